"""Protected sheets: cvsheet protects those of partners without a password, and Excel then lets nobody colour a cell.

xlwings has no words for protection: these are Excel's own, by COM on Windows and by Apple events on macOS. On the web
there are none, and the person takes the protection off first (*Révision*, *Ôter la protection de la feuille*).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import xlwings as xw

from cvsheet.errors import CvsheetError
from cvsheet.text.french import typeset

RIGHTS = (
    "allow_formatting_cells", "allow_formatting_columns", "allow_formatting_rows", "allow_inserting_columns",
    "allow_inserting_rows", "allow_inserting_hyperlinks", "allow_deleting_columns", "allow_deleting_rows",
    "allow_sorting", "allow_filtering",
)  # fmt: skip
"""What protection may leave free, in the words of macOS; Windows writes AllowFormattingCells."""


@contextmanager
def unprotected(sheet: xw.Sheet) -> Iterator[None]:
    """Take the protection of `sheet` off for a while; it comes back with the same rights, after an error too."""
    kind = str(sheet.book.app.engine.type)
    protected = kind != "remote" and (_is_protected_mac if _is_mac(sheet) else _is_protected_windows)(sheet.api)
    if not protected:
        yield
        return
    lift, restore = (_lift_mac, _restore_mac) if _is_mac(sheet) else (_lift_windows, _restore_windows)
    try:
        rights = lift(sheet.api)
    except Exception as error:
        raise CvsheetError(
            typeset(
                f"La feuille « {sheet.name} » est protégée par un mot de passe : ôtez la protection (onglet Révision), "
                "puis relancez."
            )
        ) from error
    try:
        yield
    finally:
        restore(sheet.api, rights)


def _is_mac(sheet: xw.Sheet) -> bool:
    return hasattr(sheet.api, "protect_contents")  # a name of Apple events: COM says ProtectContents


def _windows_name(right: str) -> str:
    return "".join(part.capitalize() for part in right.split("_"))


def _is_protected_windows(api: Any) -> bool:
    return bool(api.ProtectContents)


def _lift_windows(api: Any) -> Mapping[str, bool]:
    rights = {_windows_name(right): bool(getattr(api.Protection, _windows_name(right))) for right in RIGHTS}
    rights |= {"DrawingObjects": bool(api.ProtectDrawingObjects), "Scenarios": bool(api.ProtectScenarios)}
    api.Unprotect("")
    return rights


def _restore_windows(api: Any, rights: Mapping[str, bool]) -> None:
    api.Protect(Contents=True, **rights)


def _is_protected_mac(api: Any) -> bool:
    return bool(api.protect_contents.get())


def _lift_mac(api: Any) -> Mapping[str, bool]:
    rights = {right: bool(getattr(api.protection_object, right).get()) for right in RIGHTS}
    rights |= {
        "drawing_objects": bool(api.protect_drawing_objects.get()),
        "scenarios": bool(api.protect_scenarios.get()),
    }
    api.unprotect(password="")
    return rights


def _restore_mac(api: Any, rights: Mapping[str, bool]) -> None:
    api.protect_worksheet(worksheet_contents=True, **rights)
