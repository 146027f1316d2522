"""One returned workbook, as read: identity, observations, action reports, and facts about the file and its structure.

Nothing is judged here: an entry that is no answer keeps what was typed, and the rules say what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TypeAlias

from cvsheet.model.entities import Campaign, CampaignType
from cvsheet.model.findings import Fact
from cvsheet.schema.roles import columns_of, name_of
from cvsheet.schema.tables import Role


class AnswerKind(StrEnum):
    """The five kinds of answer, and what is none. Only NUMBER and TEXT carry a value; none of the others is a 0."""

    NUMBER = "nombre"
    TEXT = "texte"
    NOT_AVAILABLE = "nd"
    SECRET = "ns"
    NOT_APPLICABLE = "so"
    BLANK = "vide"
    UNREADABLE = "illisible"


CellKey = tuple[str, str, str]  # file, sheet, cell
REASONS = (AnswerKind.NOT_AVAILABLE, AnswerKind.SECRET, AnswerKind.NOT_APPLICABLE)


class Form(StrEnum):
    """How an entry was typed. The forms after FORMULA are not read as a number: a rule says what to type instead."""

    PLAIN = "plain"  # a number, a text where text is wanted, a reason, or nothing
    CONVERTED = "converted"  # text read as a number without doubt: 1 234,5 · 45 % · 1 234 €
    PERCENT_CELL = "percent_cell"  # 0.125 in a cell formatted as 12,5 %
    FORMULA = "formula"  # a formula's stored result
    DATE = "date"
    CLOCK = "clock"  # 12:30, 1 h 30: a time of day or a duration
    BOOLEAN = "boolean"
    EXCEL_ERROR = "excel_error"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    APPROXIMATE = "approximate"  # env. 20, ~20
    RANGE = "range"  # 20-25, 10 ou 12
    COMPARISON = "comparison"  # > 5
    AMBIGUOUS = "ambiguous"  # 1,234.5 · 1,234
    OTHER_UNIT = "other_unit"  # 12 k€
    TOO_LARGE = "too_large"  # more digits than any spreadsheet keeps
    NOT_A_NUMBER = "not_a_number"


class Quantity(StrEnum):
    """What an observation measures of its line."""

    VALUE = "valeur"
    BASELINE = "référence"
    TARGET = "cible"


def quantities_of(campaign: Campaign) -> tuple[Quantity, ...]:
    """What `campaign` asks of a line; the first is the one that is judged and arbitrated."""
    yearly = campaign.type is CampaignType.YEARLY
    return (Quantity.VALUE,) if yearly else (Quantity.BASELINE, Quantity.TARGET)


def judged_quantity(campaign: Campaign) -> Quantity:
    """What is judged, and arbitrated: the value of the year, or the baseline that a `référence` campaign brings."""
    return quantities_of(campaign)[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its kind, with a number (also years, percents typed as 12,5) or a text or a date."""

    kind: AnswerKind
    number: float | None = None
    text: str = ""
    day: date | None = None


BLANK = Answer(AnswerKind.BLANK)
NOTHING_BESIDE: Mapping[str, Entry] = {}  # shared by all answers that stand alone
Elsewhere: TypeAlias = tuple[str, str]  # file, sheet


@dataclass(frozen=True, slots=True)
class Entry:
    """One input cell: the answer read in it, how it was typed, the raw text, and where (``J12``).

    `elsewhere` is the file and the sheet of that cell, where they are not those of its row: two files of one partner
    may each hold a part of it.
    """

    answer: Answer
    form: Form = Form.PLAIN
    raw: str = ""
    cell: str = ""
    elsewhere: Elsewhere | None = None

    @property
    def filled(self) -> bool:
        """Whether the partner put anything there."""
        return self.answer.kind is not AnswerKind.BLANK


@dataclass(frozen=True, slots=True)
class Observation:
    """What a partner answered for one line and one quantity in one campaign.

    `beside` is whatever else was typed for it, by column of the partner's tables: its year, comment, source... (empty
    remarks left out). `stale_comment` says that the comment was written for another answer, in a file that this one
    replaces.
    """

    campaign: str
    partner: str
    line: str
    quantity: Quantity
    entry: Entry
    file: str
    sheet: str
    beside: Mapping[str, Entry] = field(default_factory=lambda: NOTHING_BESIDE)
    stale_comment: bool = False

    @property
    def comment(self) -> str:
        """The partner's own words on the answer, empty where there are none."""
        return self.words(name_of(Role.COMMENT))

    @property
    def source(self) -> str:
        """Where the partner says that the answer comes from."""
        return self.words(name_of(Role.SOURCE))

    @property
    def year(self) -> Entry | None:
        """The year that was typed beside the answer."""
        return self.beside.get(columns_of(self.quantity)[1])

    def words(self, column: str) -> str:
        """What was typed in `column` beside the answer, as a text."""
        entry = self.beside.get(column)
        return "" if entry is None else entry.answer.text or entry.raw

    @property
    def explanation(self) -> str:
        """The comment, where it speaks of this answer: what silences a question about it."""
        return "" if self.stale_comment else self.comment


@dataclass(frozen=True, slots=True)
class ActionReport:
    """What a partner reports of one action: `entries` by column name of schemas/saisie_actions.json (statut...).

    `complementary` actions are added by the partner: `title` and `objective` are then the partner's own words.
    """

    campaign: str
    partner: str
    action: str
    title: str
    objective: str
    complementary: bool
    entries: Mapping[str, Entry]
    file: str
    sheet: str


def place_of(row: Observation | ActionReport, entry: Entry) -> CellKey:
    """The file, the sheet and the cell in which an `entry` of `row` was typed."""
    file, sheet = entry.elsewhere or (row.file, row.sheet)
    return file, sheet, entry.cell


class StructureKind(StrEnum):
    """What the reader noticed about the structure of a returned workbook."""

    IDENTITY_RECOVERED = "identity_recovered"  # hidden sheet gone, printed identity used
    IDENTITY_CONFLICT = "identity_conflict"  # hidden and printed identity differ
    IDENTITY_MISSING = "identity_missing"  # line codes of this contract, and nobody's
    CANONICAL_WORKBOOK = "canonical_workbook"  # contrat.xlsx, put among the returns
    MASTER_WORKBOOK = "master_workbook"  # a master, put among the returns
    RESULTS_WORKBOOK = "results_workbook"  # the workbook to publish, or open data in one, put among the returns
    SHEET_MISSING = "sheet_missing"
    SHEET_RENAMED = "sheet_renamed"
    SHEET_HIDDEN = "sheet_hidden"
    SHEET_EXTRA = "sheet_extra"
    COLUMN_MISSING = "column_missing"
    COLUMN_MOVED = "column_moved"
    COLUMN_ADDED = "column_added"  # a column of answers beside ours
    COLUMN_RENAMED = "column_renamed"
    COLUMN_TWICE = "column_twice"
    HEADER_RECOVERED = "header_recovered"  # the title line is gone, columns found by their texts
    CODES_RECOVERED = "codes_recovered"  # the column of codes is gone, rows found by their texts
    LINE_MISSING = "line_missing"
    LINE_UNKNOWN = "line_unknown"
    LINE_TWICE = "line_twice"
    ROW_WITHOUT_CODE = "row_without_code"  # answers in a row of a table that belongs to no line
    ACTIONS_ADDED = "actions_added"  # more actions of the partner's own than there are rows for
    ROWS_SHUFFLED = "rows_shuffled"  # texts of a row belong to another code
    ROW_OF_ANOTHER = "row_of_another"  # a row pasted from the workbook of another partner
    ROW_OF_ANOTHER_CAMPAIGN = "row_of_another_campaign"  # a row pasted from one's own workbook of another campaign
    LOCKED_CHANGED = "locked_changed"
    INPUT_MERGED = "input_merged"
    ROWS_HIDDEN = "rows_hidden"
    INVISIBLE_MARKS = "invisible_marks"  # in an input cell, signs that show nothing
    OUTSIDE_CONTENT = "outside_content"
    DAYS_FROM_ELSEWHERE = "days_from_elsewhere"  # dates counted from another day than in the workbook that was sent
    TEXT_ABOVE = "text_above"  # a text box or a shape with words over the cells
    PICTURE_ABOVE = "picture_above"  # a picture or an object over an answer
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"


@dataclass(frozen=True, slots=True)
class StructureFact:
    """One thing noticed about the structure; `facts` as named in the rule's template (old, new, expected, found...).

    `file` is told in a return that several files make together.
    """

    kind: StructureKind
    sheet: str = ""
    cell: str = ""
    line: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    file: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which contract, campaign and partner a workbook was generated for.

    `version` is the fingerprint of the framework at generation, `content` the fingerprint of the locked content.
    """

    contract: str
    campaign: str
    partner: str
    version: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A cell that the partner filled and that has no place in the tables; `file` is told in a return that several files
    make together."""

    sheet: str
    cell: str
    text: str
    file: str = ""

    @property
    def where(self) -> str:
        """The sheet, with the file where it needs to be told."""
        return f"{PurePosixPath(self.file).name} · {self.sheet}" if self.file else self.sheet


@dataclass(frozen=True, slots=True)
class Submission:
    """One returned file. `identity` is None where the file is no workbook of ours.

    Or several that complete one another, its `joined` ones: then `file` is the one that leads, and each answer tells
    its own.
    """

    file: str
    sha256: str
    format: str
    saved_at: datetime | None
    identity: Identity | None
    observations: tuple[Observation, ...] = ()
    actions: tuple[ActionReport, ...] = ()
    structure: tuple[StructureFact, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    kept: tuple[Leftover, ...] = ()  # still on *Contenu non repris* of an earlier correction, with its first place
    joined: tuple[Submission, ...] = ()

    @property
    def parts(self) -> tuple[Submission, ...]:
        """The files that it was read from, each for itself, the leading one first."""
        return self.joined or (self,)

    @property
    def files(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(part.file for part in self.parts)

    @property
    def filled_cells(self) -> tuple[CellKey, ...]:
        """Where each input cell stands that the partner filled."""
        entries: list[tuple[Observation | ActionReport, Entry]] = [(seen, seen.entry) for seen in self.observations]
        entries += [(report, entry) for report in self.actions for entry in report.entries.values()]
        return tuple(place_of(row, entry) for row, entry in entries if entry.filled)

    @property
    def given_twice(self) -> frozenset[CellKey]:
        """The filled cells that say what another file of the same return says: of each answer one cell is taken."""
        given = {place for part in self.joined for place in part.filled_cells}
        return frozenset(given.difference(self.filled_cells)) if given else frozenset()
