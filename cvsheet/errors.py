"""What stops the tool. What is wrong *in* a workbook is a `cvsheet.model.findings.Finding` instead.

CvsheetError                 one clear French sentence for the person at the keyboard, exit code 3
├── UnreadableFile           a file cannot be opened as a workbook (also turned into a FIC finding)
├── FrameworkError           the canonical workbook cannot serve: the sentence names sheet and cell
├── WithoutReturns           nothing came yet of the campaign that is meant
├── OutputError              an output cannot be written (open in Excel, disk full...)
└── UsageError               what was asked for does not exist (unknown campaign, no contract here), exit code 2
"""

from __future__ import annotations

from enum import StrEnum


class CvsheetError(Exception):
    """The tool cannot do its work; ``str(error)`` is the French sentence to show."""

    exit_code = 3


def what_stopped(error: Exception) -> str:
    """One French sentence for whatever stopped the tool, foreseen or not; never a traceback."""
    if isinstance(error, CvsheetError):
        return f"Erreur : {error}"
    return (
        f"Erreur imprévue ({type(error).__name__}) : cvsheet n’a pas pu finir ; les fichiers déjà présents sont restés "
        "entiers."
    )


class FrameworkError(CvsheetError):
    """The canonical workbook is unusable as it stands."""


class OutputError(CvsheetError):
    """An output could not be written; what stood there before is untouched."""


class UsageError(CvsheetError):
    """The command asks for something that does not exist."""

    exit_code = 2


class WithoutReturns(CvsheetError):
    """No usable return has come of the campaign that is meant; of those called `received`, some have."""

    def __init__(self, sentence: str, received: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.received = received


class Refusal(StrEnum):
    """Why a file is not read as a workbook. The value is stable: it is a fact in findings and reports."""

    MISSING = "missing"  # no such file, or not a regular file
    EMPTY = "empty"  # 0 bytes
    LOCK_FILE = "lock_file"  # ~$name.xlsx, left by Excel
    ENCRYPTED = "encrypted"  # password to open
    LEGACY_XLS = "legacy_xls"  # Excel 97-2003
    BINARY_XLSB = "binary_xlsb"
    CSV = "csv"
    PROSE = "prose"  # text that is no table
    OPEN_DATA = "open_data"  # a table of `cvsheet export`, in CSV
    HTML = "html"
    PDF = "pdf"
    PLAIN_ZIP = "plain_zip"  # a zip archive that is no workbook; `names` are the workbooks inside
    FLAT_XML = "flat_xml"  # a workbook in one XML text: .fods, XML of Excel 2003
    NUMBERS = "numbers"  # Numbers, or another program of Apple's
    SHORTCUT = "shortcut"  # a link to a workbook: .gsheet, .url, .lnk, .webloc, .desktop
    EMAIL = "email"  # a saved message; `names` are its attachments
    BASE64 = "base64"  # a workbook as a mail program encodes it
    OTHER_DOCUMENT = "other_document"  # docx, odt, pptx, picture...
    UNKNOWN = "unknown"  # none of the above
    TRUNCATED = "truncated"  # a zip that ends too early
    DAMAGED = "damaged"  # bad CRC, malformed XML, missing part
    AMBIGUOUS = "ambiguous"  # duplicate parts: two programs would read two different files
    DTD = "dtd"  # a DOCTYPE in a part that is read
    TOO_LARGE = "too_large"  # file, part or total size over the limits
    BOMB = "bomb"  # compression ratio or entry count over the limits
    GEOMETRY = "geometry"  # cells, bounding box, merges or repeats over the limits
    HANGS = "hangs"  # not read in the time that a file may take
    CRASHES = "crashes"  # the worker that read it died


class UnreadableFile(CvsheetError):
    """A file that is not read as a workbook: `reason` says why, `detail` adds one technical fact, `names` are the files
    that it holds, where it holds some, `at` the sheet and the cell where a limit was reached.

    The French sentence per reason belongs to the FIC rules; ``str(error)`` is for logs.
    """

    def __init__(
        self, reason: Refusal, detail: str = "", names: tuple[str, ...] = (), at: tuple[str, str] = ("", "")
    ) -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
        self.names = names
        self.sheet, self.cell = at

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[Refusal, str, tuple[str, ...], tuple[str, str]]]:
        """How a worker hands it over: an exception is rebuilt from its message otherwise."""
        return UnreadableFile, (self.reason, self.detail, self.names, (self.sheet, self.cell))
