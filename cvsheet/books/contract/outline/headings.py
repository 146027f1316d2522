"""The header row of a framework's table: which column is which level, under any reasonable French heading.

A heading is judged by its first meaningful word (« Intitulé de l’action » is one of actions, « Cible de l’indicateur »
is none). A word may stand for two levels (« Axe »): the headings of a row are read together, so that most of them find
a level of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from cvsheet.books.contract.outline.marks import mark_of
from cvsheet.books.contract.outline.model import BRANCH_LEVELS, Level
from cvsheet.books.contract.outline.words import NUMBER_HEADINGS, SKIPPED_IN_HEADINGS, STRATEGIC, TARGET_WORDS
from cvsheet.files.grid.model import CellKind, Sheet
from cvsheet.files.headers import title_text
from cvsheet.schema.tables import fold

LONGEST_HEADING = 200  # characters; a longer text is no heading
PLAIN_HEADING = 40
LEAST_LEVELS = 2
BELOW = "sous"  # « Sous-axe », « Sous-objectif »
LEAST_PLURAL = 3  # letters; « des », « les » are no plurals
_MOST_READINGS = 4096
_Scores = Mapping[Level, int]

_WORDS: Mapping[str, _Scores] = {
    "pilier": {Level.PILLAR: 8},
    "axe": {Level.PILLAR: 6, Level.PRIORITY: 4},
    "volet": {Level.PILLAR: 6, Level.PRIORITY: 3},
    "thematique": {Level.PILLAR: 6, Level.PRIORITY: 4},
    "theme": {Level.PILLAR: 6, Level.PRIORITY: 4},
    "domaine": {Level.PILLAR: 6, Level.PRIORITY: 3},
    "priorite": {Level.PRIORITY: 8, Level.PILLAR: 3},
    "orientation": {Level.PRIORITY: 6, Level.PILLAR: 5},
    "enjeu": {Level.PRIORITY: 6, Level.PILLAR: 5},
    "ambition": {Level.PRIORITY: 6, Level.PILLAR: 5},
    "objectif": {Level.OBJECTIVE: 8, Level.PRIORITY: 2},
    "but": {Level.OBJECTIVE: 6},
    "finalite": {Level.OBJECTIVE: 5, Level.PRIORITY: 4},
    "engagement": {Level.ACTION: 5, Level.OBJECTIVE: 5},
    "action": {Level.ACTION: 8},
    "projet": {Level.ACTION: 6},
    "operation": {Level.ACTION: 6},
    "dispositif": {Level.ACTION: 5},
    "activite": {Level.ACTION: 5},
    "realisation": {Level.ACTION: 4},
    "fiche": {Level.ACTION: 5},
    "mesure": {Level.ACTION: 4, Level.INDICATOR: 3},
    "indicateur": {Level.INDICATOR: 8},
    "critere": {Level.INDICATOR: 6},
}


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: the level of each column that has one, the titles of the others.

    `numbers` are the columns that hold only the numbers or codes of a branch level, to be read with it. `subtitles`
    stand in the row below (`last`) under headings merged over several columns; without them `last` is the row itself.
    """

    row: int
    last: int
    levels: Mapping[int, Level]
    numbers: Mapping[int, Level]
    titles: Mapping[int, str]
    others: Mapping[int, str]
    subtitles: Mapping[int, str] = field(default_factory=dict)

    @property
    def found(self) -> frozenset[Level]:
        return frozenset(self.levels.values())

    @property
    def columns(self) -> Mapping[int, Level]:
        """The level of every column that has one, those of numbers included."""
        return {**self.levels, **self.numbers}

    @property
    def slots(self) -> range:
        """The columns of the table, from its first heading to its last."""
        columns = (*self.levels, *self.numbers, *self.others)
        return range(min(columns), max(columns) + 1)


def find_headers(sheet: Sheet) -> tuple[Header, ...]:
    """The rows of `sheet` that may be a framework's header, in order.

    All that name as many levels as the best, and of the others those that name indicators in few words.
    """
    headers = [header for row in sorted(sheet.rows) if (header := _header(sheet, row)) is not None]
    most = max((len(header.found) for header in headers), default=0)
    return tuple(header for header in headers if len(header.found) == most or _is_plain(header))


def _is_plain(header: Header) -> bool:
    longest = max(len(header.titles.get(column, "")) for column in header.levels)
    return Level.INDICATOR in header.found and longest <= PLAIN_HEADING


def most_levels(sheet: Sheet) -> tuple[int, int]:
    """How many levels the best header row of `sheet` names, and how many columns it has."""
    headers = find_headers(sheet)
    return max(((len(header.found), len(header.slots)) for header in headers), default=(0, 0))


def levels_of_word(word: str) -> tuple[Level, ...]:
    """The levels that a label's first word may stand for, the likeliest first."""
    return tuple(_levels([_singular(one) for one in fold(word).split()]))


def names_numbers(heading: str) -> bool:
    """Whether `heading` is that of a column of numbers or codes: « N° », « Code de l’action »."""
    words = [word for word in fold(heading).split() if word not in SKIPPED_IN_HEADINGS]
    return bool(words) and words[0] in NUMBER_HEADINGS


def _header(sheet: Sheet, row: int) -> Header | None:
    texts = {
        cell.column: title_text(cell)
        for cell in sheet.rows[row].values()
        if cell.kind is CellKind.TEXT and len(title_text(cell)) <= LONGEST_HEADING
    }
    scores = {column: found for column, text in texts.items() if (found := _scores(text))}
    possible = set().union(*scores.values()) if scores else set()
    if len(possible) < LEAST_LEVELS:
        return None
    levels = _assigned(scores)
    if len(set(levels.values())) < LEAST_LEVELS:
        return None
    for merge in sheet.merges:
        if merge.covers(row, merge.first_column) and merge.first_column in levels:
            spanned = range(merge.first_column, merge.last_column + 1)
            levels.update({column: levels[merge.first_column] for column in spanned if column not in texts})
    numbers = dict(_numbers(texts, levels))
    others = {column: text for column, text in texts.items() if column not in levels and column not in numbers}
    return _with_subtitles(sheet, Header(row, row, levels, numbers, texts, others))


def _with_subtitles(sheet: Sheet, header: Header) -> Header:
    """`header` with the row of titles below its merged headings (« Actions » above « Intitulé » and « Pilote »)."""
    wide = {
        merge.first_column: range(merge.first_column, merge.last_column + 1)
        for merge in sheet.merges
        if merge.first_row == header.row and merge.first_column in header.levels
    }
    below = {column: title_text(cell) for column, cell in sheet.rows.get(header.row + 1, {}).items()}
    spanned = {column for columns in wide.values() if len(columns) > 1 for column in columns}
    if len(below) < LEAST_LEVELS or not below.keys() <= spanned:
        return header
    levels, numbers, others = dict(header.levels), dict(header.numbers), dict(header.others)
    for first, columns in wide.items():
        level = header.levels[first]
        own = [column for column in columns if _names(below.get(column, ""), level)] or [first]
        for column in set(columns) - set(own):
            levels.pop(column, None)
            if level in BRANCH_LEVELS and names_numbers(below.get(column, "")):
                numbers[column] = level
            else:
                others[column] = below.get(column, "")
    return replace(header, last=header.row + 1, levels=levels, numbers=numbers, others=others, subtitles=below)


def _names(subtitle: str, level: Level) -> bool:
    """Whether a title below a heading says the same (« Intitulé », « Libellé de l’action »)."""
    words = fold(subtitle).split()
    return bool(words) and (SKIPPED_IN_HEADINGS.issuperset(words) or level in _scores(subtitle))


def _scores(heading: str) -> _Scores:
    """The levels that `heading` may stand for; none where it is a text of the table (« Action 3 »)."""
    if mark_of(heading).strong:
        return {}
    words = [_singular(word) for word in fold(heading.split("(", maxsplit=1)[0]).split()]
    while words and words[0] in SKIPPED_IN_HEADINGS:
        words = words[1:]
    if not words or any(word in TARGET_WORDS or word.isdigit() for word in words[1:2]):
        return {}
    if words[0] == "objectif" and STRATEGIC & set(words):
        return {Level.OBJECTIVE: 7, Level.PRIORITY: 4}
    return _levels(words)


def _levels(words: Sequence[str]) -> _Scores:
    """The levels that the first of `words` may stand for; behind « sous » those just below, where they are branches."""
    if not words:
        return {}
    if words[0] != BELOW:
        return _WORDS.get(words[0], {})
    above = _WORDS.get(words[1], {}) if len(words) > 1 else {}
    if Level.OBJECTIVE in above:
        return {Level.OBJECTIVE: 9}
    return {Level(level + 1): score + 1 for level, score in above.items() if level + 1 in BRANCH_LEVELS}


def _assigned(scores: Mapping[int, _Scores]) -> dict[int, Level]:
    """The best reading of a row of headings: a branch level once, most columns used, then the best scores."""
    columns = sorted(scores)
    choices = [(*scores[column], None) for column in columns]
    readings = 1
    for choice in choices:
        readings *= len(choice)
    if readings > _MOST_READINGS:
        choices = [(next(iter(scores[column])),) for column in columns]
    best: tuple[tuple[int, int, int], dict[int, Level]] = ((0, 0, 0), {})
    for reading in product(*choices):
        levels = {column: level for column, level in zip(columns, reading, strict=True) if level is not None}
        branches = [level for level in levels.values() if level in BRANCH_LEVELS]
        if len(branches) != len(set(branches)):
            continue
        ordered = sum(first <= second for first, second in pairwise(branches))
        worth = (len(levels), sum(scores[column][level] for column, level in levels.items()), ordered)
        best = max(best, (worth, levels), key=lambda pair: pair[0])
    return best[1]


def _numbers(texts: Mapping[int, str], levels: Mapping[int, Level]) -> Iterator[tuple[int, Level]]:
    """The columns of numbers: « N° » beside a level, « Code de l’objectif » wherever it stands."""
    for column, text in texts.items():
        words = [word for word in fold(text).split() if word not in SKIPPED_IN_HEADINGS]
        if column in levels or not names_numbers(text):
            continue
        named = _WORDS.get(_singular(words[1]), {}) if len(words) > 1 else {}
        level = next(iter(named), None) if named else levels.get(column + 1)
        if level in BRANCH_LEVELS and level in levels.values():
            yield column, level


def _singular(word: str) -> str:
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    return word[:-1] if len(word) > LEAST_PLURAL and word[-1] in "sx" and word != "sous" else word
