"""`cvsheet status` on a terminal: a line per partner, whom to call first on top. It fits 80 columns, in a file too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cvsheet.judging.campaign.reception import PillarShare, Reception, Standing, missing_words
from cvsheet.judging.files.unusable import Blame, UnusableFile
from cvsheet.model.framework import Framework
from cvsheet.reports.console import INDENT, print_lines
from cvsheet.reports.visible import visible
from cvsheet.text.french import NO_BREAK_SPACE, french_count, french_date, quoted, typeset

STYLES = {
    Standing.OVERDUE: "bold red",
    Standing.UNUSABLE: "bold red",
    Standing.UNFILED: "bold red",
    Standing.EMPTY: "bold red",
    Standing.INCOMPLETE: "yellow",
    Standing.TO_CORRECT: "yellow",
    Standing.COMPLETE: "green",
}
CALLED = (Standing.OVERDUE, Standing.UNUSABLE, Standing.EMPTY, Standing.INCOMPLETE)
_HOW = {Blame.FILE: "illisible", Blame.CONTENT: "inutilisable", Blame.COORDINATION: "à ouvrir par vous"}
_GAP = 2
_MOST_OTHERS = 20  # files of unknown partners that are named
_NARROWEST = 18  # columns for the pillars, however little room is left
_LONGEST_CODE = 16  # columns of a partner's code before it is broken


def print_status(
    framework: Framework,
    rows: Sequence[Reception],
    others: Sequence[UnusableFile] = (),
    *,
    quiet: bool = False,
    console: Console | None = None,
) -> None:
    """Print who was asked in a campaign, who answered, how completely, and whom to call about what; `others` are the
    files of which nobody knows the sender."""
    if quiet:
        return
    out = console or Console(highlight=False)
    print_lines(out, 0, visible(typeset(_head(rows))))
    if rows:
        out.print(_table(rows, out.width))
    _print_block(out, "À relancer :", [_call(framework, row) for row in rows if row.standing in CALLED])
    _print_block(out, "Fichiers reçus :", [note for row in rows for note in _notes(row)])
    _print_block(
        out,
        "Fichiers dont le partenaire n’a pas pu être reconnu :",
        [f"« {_name(one.file)} » : {visible(one.fault)}" for one in others[:_MOST_OTHERS]]
        + ([f"… et {french_count(len(others) - _MOST_OTHERS, 'autre')}"] if len(others) > _MOST_OTHERS else []),
    )


def _head(rows: Sequence[Reception]) -> str:
    came = sum(bool(row.file) for row in rows)
    days = max((row.late_days for row in rows if not row.file and row.sent), default=0)
    late = f" Date limite dépassée de {french_count(days, 'jour')}." if days else ""
    return f"Reçus : {came} sur {len(rows)}.{late}"


def _print_block(out: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        out.print()
        print_lines(out, 0, typeset(title))
        print_lines(out, INDENT, *(typeset(f"- {line}") for line in lines))


@dataclass(frozen=True, slots=True)
class _Column:
    """A title, a text per partner, and whether they are figures."""

    title: str
    texts: Sequence[str]
    figures: bool = False

    @property
    def width(self) -> int:
        return max(map(cell_len, (self.title, *self.texts)))


def _table(rows: Sequence[Reception], width: int) -> Table:
    columns = _columns(rows, width)
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False)
    code = min(_LONGEST_CODE, columns[0].width)
    table.add_column(columns[0].title, min_width=code, max_width=code, overflow="fold")
    for column in columns[1:]:
        table.add_column(column.title, justify="right" if column.figures else "left", no_wrap=True, overflow="fold")
    for row, texts in zip(rows, zip(*(column.texts for column in columns), strict=True), strict=True):
        styles = ["", STYLES.get(row.standing, ""), *[""] * (len(columns) - 2)]
        table.add_row(*map(Text, texts, styles))
    return table


def _columns(rows: Sequence[Reception], width: int) -> list[_Column]:
    """A column per pillar where they fit into `width`; else a text that names those that are not complete."""
    columns = [
        _Column("Partenaire", [visible(row.partner) for row in rows]),
        _Column("État", [str(row.standing) for row in rows]),
        _Column("Enregistré", [_saved(row) for row in rows]),
        _Column("Err.", [str(row.errors or "") for row in rows], figures=True),
        _Column("Total", [_percent(row.percent) for row in rows], figures=True),
    ]
    codes = dict.fromkeys(share.pillar for row in rows for share in row.pillars)
    pillars = [_Column(visible(code), [_of_pillar(row, code) for row in rows], figures=True) for code in codes]
    if _width_of([*columns, *pillars]) <= width:
        return [*columns, *pillars]
    room = max(_NARROWEST, width - _width_of(columns) - _GAP)
    packed = [_packed([_share(share) for share in row.pillars if not share.complete], room) for row in rows]
    return [*columns, _Column("Piliers incomplets", packed)]


def _width_of(columns: Sequence[_Column]) -> int:
    widths = [min(columns[0].width, _LONGEST_CODE), *(column.width for column in columns[1:])]
    return sum(widths) + _GAP * (len(widths) - 1)


def _saved(row: Reception) -> str:
    """``12/03/2022 (+12 j)``: how many days after the deadline."""
    if row.saved_at is None:
        return ""
    late = f" (+{row.late_days}{NO_BREAK_SPACE}j)" if row.late_days else ""
    return f"{french_date(row.saved_at)}{late}"


def _of_pillar(row: Reception, pillar: str) -> str:
    return next((_percent(one.percent) for one in row.pillars if one.pillar == pillar), "")


def _share(share: PillarShare) -> str:
    """``EMP 80 %``, in one piece."""
    return f"{visible(share.pillar)}{NO_BREAK_SPACE}{_percent(share.percent)}"


def _percent(value: int | None) -> str:
    return "" if value is None else f"{value}{NO_BREAK_SPACE}%"


def _call(framework: Framework, row: Reception) -> str:
    """Whom to call, and about what."""
    partner = framework.partner[row.partner]
    who = ", ".join(dict.fromkeys(filter(None, (partner.code, partner.name))))
    missing = ", ".join(
        f"{framework.pillar[share.pillar].sheet} {missing_words(share)}" for share in row.pillars if not share.complete
    )
    contact = " · ".join(filter(None, (partner.contact, partner.email)))
    return visible(" – ".join(filter(None, (who, missing, contact))))


def _packed(pieces: Sequence[str], room: int) -> str:
    """`pieces` on lines of at most `room`, none of them broken."""
    lines = [""]
    for piece in pieces:
        longer = f"{lines[-1]}  {piece}" if lines[-1] else piece
        if lines[-1] and cell_len(longer) > room:
            lines.append(piece)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _notes(row: Reception) -> Iterator[str]:
    """Which of several files counts, and what is wrong with those that cannot be used."""
    if row.joined:
        names = quoted([_name(file) for file in row.files])
        yield f"{row.partner} : {french_count(row.versions, 'fichier')}, {names} comptent ensemble."
    elif row.versions > 1:
        yield f"{row.partner} : {row.versions} fichiers, « {_name(row.file)} » compte."
    for one in row.unusable:
        yield f"{row.partner} : fichier reçu mais {_HOW[one.blame]}, « {_name(one.file)} ». {visible(one.fault)}"


def _name(file: str) -> str:
    return visible(PurePosixPath(file).name)
