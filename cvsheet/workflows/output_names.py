"""A folder where a folder is written, a file where a file is: a name that says the other is asked about, never made.

« -o données.xlsx » of a command that writes a folder would make a folder that Excel is said to open.
"""

from __future__ import annotations

from pathlib import Path

from cvsheet.errors import UsageError
from cvsheet.files.file_names import named_as_file

WORKBOOK_FORMAT = ".xlsx"


def refuse_file_name(folder: Path) -> None:
    """UsageError where a folder is to be written and `folder` is a file, or named as one."""
    if folder.is_dir():
        return
    if folder.exists():
        raise UsageError(
            f"« {folder} » est un fichier, et ce qui s’écrit est un dossier : donnez un autre nom. Rien n’a été écrit."
        )
    if named_as_file(folder.name):
        raise UsageError(
            f"Ce qui s’écrit est un dossier, et « {folder.name} » est un nom de fichier : donnez un nom sans "
            f"« {folder.suffix} », par exemple « {folder.with_suffix('')} ». Rien n’a été écrit."
        )


def refuse_folder_name(file: Path, named: str) -> None:
    """UsageError where a file is to be written and `file` is a folder; `named` is how it may be called in there."""
    if file.is_dir():
        raise UsageError(
            f"« {file} » est un dossier, et ce qui s’écrit est un fichier : dites son nom aussi, par exemple "
            f"« {file / named} ». Rien n’a été écrit."
        )


def refuse_other_format(target: Path) -> None:
    """UsageError where `target` is meant as a file and as no .xlsx: anything else is a folder for the master."""
    if target.suffix.lower() == WORKBOOK_FORMAT:
        refuse_folder_name(target, "maitre.xlsx")
    elif named_as_file(target.name) and not target.is_dir():
        raise UsageError(f"Le classeur maître est au format .xlsx : donnez à « {target.name} » un nom qui finit ainsi.")
