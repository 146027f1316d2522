"""What the name of a file tells: who left it there, and what its sender took it for. Never what it is: its bytes do."""

from __future__ import annotations

from pathlib import PurePath

WORKBOOK_ENDINGS = (
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".ods", ".ots", ".fods", ".xls", ".xlt", ".xlsb", ".csv", ".tsv",
    ".numbers", ".gsheet",
)  # fmt: skip
"""Under which a person means to send a table."""
SENT_ENDINGS = (*WORKBOOK_ENDINGS, ".zip")
"""Under which a partner means to send answers."""
DOCUMENT_ENDINGS = (
    ".doc", ".docx", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".pages", ".ppt", ".pptx", ".odp", ".key",
    ".pdf", ".txt", ".md", ".log", ".htm", ".html", ".xml", ".json", ".ics", ".vcf", ".jpg", ".jpeg", ".png",
    ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp", ".svg", ".mp3", ".mp4", ".mov", ".avi", ".wav", ".m4a",
    ".ogg", ".vsd", ".vsdx", ".pub", ".mdb", ".accdb", ".exe", ".msi", ".dll", ".ttf", ".otf", ".iso", ".p7s",
    ".p7m", ".asc", ".bak", ".tmp", ".py", ".sh", ".bat",
)  # fmt: skip
"""Under which nobody sends answers: a file that cannot be read is then no lost answer."""
_FILE_ENDINGS = frozenset((*SENT_ENDINGS, *DOCUMENT_ENDINGS, ".parquet", ".eml", ".7z", ".gz", ".tar", ".yaml", ".yml"))

LAUNCHER = "Bureau cvsheet"
LAUNCHER_ENDINGS = (".bat", ".command", ".desktop")
"""Of what opens the desk by a double click, on Windows, macOS and Linux: never an answer, wherever it lies."""

_TRACES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin", "system volume information"})
_LAUNCHERS = frozenset(f"{LAUNCHER}{ending}".casefold() for ending in LAUNCHER_ENDINGS)
_TRACE_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})


def is_lock(name: str) -> bool:
    """What Excel or LibreOffice leaves beside a workbook that is open."""
    return name.startswith(("~$", ".~lock."))


def is_trace(name: str) -> bool:
    """What a system or a program leaves in a folder by itself: hidden files, Thumbs.db, desktop.ini..."""
    return name.startswith(".") or is_of_the_system(name)


def is_of_the_system(name: str) -> bool:
    """Whether only a system gives a file this name: nobody means it, even where a pattern (``retours/*``) names it."""
    return name.casefold() in _TRACES


def is_launcher(name: str) -> bool:
    """What opens the desk: nobody sent it, and nothing is to be said of it."""
    return name.casefold() in _LAUNCHERS


def is_trace_folder(name: str) -> bool:
    """A folder that a system keeps for itself, whatever lies in it."""
    return name.startswith(".") or name.casefold() in _TRACE_FOLDERS


def sent_as_workbook(name: str) -> bool:
    """Whether one of the endings of `name` is that of a workbook: also ``caf.xlsx.txt``."""
    return any(ending.casefold() in SENT_ENDINGS for ending in PurePath(name).suffixes)


def named_as_document(name: str) -> bool:
    """Whether the last ending of `name` is that of a letter, a picture or a program."""
    return PurePath(name).suffix.casefold() in DOCUMENT_ENDINGS


def named_as_file(name: str) -> bool:
    """Whether nobody means a folder by `name`: its last ending is one of files."""
    return PurePath(name).suffix.casefold() in _FILE_ENDINGS
