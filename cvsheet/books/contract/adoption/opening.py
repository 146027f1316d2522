"""The canonical workbook opened for editing, whatever its styles: openpyxl refuses some that every program shows."""

from __future__ import annotations

import io
import re
import warnings
import zipfile

from openpyxl import Workbook, load_workbook

from cvsheet.errors import FrameworkError
from cvsheet.text.french import typeset

_STYLES = "xl/styles.xml"
_FAMILY = re.compile(rb'(<(?:\w+:)?family\s+val=")([0-9]+)(")')
_LAST_FAMILY = 14  # ECMA-376, part 1, 18.8.18: a hint for choosing a substitute font; the font's name says more
_UNKNOWN_FAMILY = b"0"


def opened(data: bytes) -> Workbook:
    """The workbook in the xlsx file `data`; FrameworkError, in French, where openpyxl refuses it.

    openpyxl 3.1.5 refuses a whole workbook for a font family above 14, which public templates hold: it is set to
    « not applicable » first. Its warnings are about content that `what_would_be_lost` has judged already.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(_with_known_families(data)), rich_text=True)
        except Exception as error:  # openpyxl raises a dozen types for the styles of innocent files
            raise FrameworkError(
                typeset(
                    "Ce classeur s’ouvre dans Excel, mais sa mise en forme est écrite d’une façon que cvsheet ne sait "
                    "pas reprendre. Ouvrez-le dans LibreOffice ou dans Excel, enregistrez-le au format .xlsx, "
                    f"puis relancez. Rien n’a été modifié. (Détail : {type(error).__name__}, {error})"
                )
            ) from error


def _with_known_families(data: bytes) -> bytes:
    """`data`, itself where all its font families are known."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read(_STYLES) if _STYLES in archive.namelist() else b""
        known = _FAMILY.sub(_known, styles)
        if known == styles:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in archive.infolist():
                target.writestr(entry, known if entry.filename == _STYLES else archive.read(entry))
        return out.getvalue()


def _known(match: re.Match[bytes]) -> bytes:
    family = match[2] if int(match[2]) <= _LAST_FAMILY else _UNKNOWN_FAMILY
    return match[1] + family + match[3]
