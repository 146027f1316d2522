"""A damaged return as it was written, or as LibreOffice saves it in another format, judged."""

from __future__ import annotations

import pytest

from cvsheet.judging.engine.assessment import Assessment

from ..catalogue.verdicts import delivered
from ..conftest import Convert


def saved_and_judged(
    content: bytes, extension: str, request: pytest.FixtureRequest, folders: pytest.TempPathFactory
) -> Assessment:
    """What is said of the xlsx file `content`, saved as `extension`; LibreOffice is asked for where it is needed."""
    folder, saved = folders.mktemp(extension), content
    if extension != "xlsx":
        (folder / "retour.xlsx").write_bytes(content)
        convert: Convert = request.getfixturevalue("libreoffice")
        saved = convert(folder / "retour.xlsx", extension).read_bytes()
    return delivered({f"retour.{extension}": saved}, folder)
