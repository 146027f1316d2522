"""The live counts of the first sheet and of each other: what is filled, expected and to look at again.

Counts are formulas over the *Contrôle* columns, with the number of the moment cached; the sentence below them is a
formula over the counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cvsheet.books.partner.identity import TO_FIX_TITLE
from cvsheet.books.partner.writing.checks import QUIET, Word
from cvsheet.books.partner.writing.entries import FilledArea
from cvsheet.books.partner.writing.layout import SheetLayout
from cvsheet.files.addresses import quoted
from cvsheet.text.french import NO_BREAK_SPACE

Shown = TypeVar("Shown", int, str)
DONE = "Tout est renseigné. Vous pouvez renvoyer le classeur."
NOTHING_HERE, TO_REVIEW = "Rien d’obligatoire ici", "à revoir"
NOTHING_REQUIRED = "Aucune ligne n’est obligatoire. Renseignez celles que vous connaissez, puis renvoyez le classeur."
TO_CORRECT = f"Tout est renseigné. Corrigez ou confirmez ce que liste « {TO_FIX_TITLE} », puis renvoyez le classeur."


@dataclass(frozen=True, slots=True)
class Live(Generic[Shown]):
    """A count or a text: a formula and what it shows now, or a plain figure (`formula` empty)."""

    formula: str
    value: Shown


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """One sheet: rows filled and expected, and those to look at again; whether they are actions."""

    sheet: str
    filled: Live[int]
    expected: int
    again: Live[int]
    of_actions: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still missing in all: cell references, or the counts of the moment."""

    lines: int
    actions: int
    again: int


def sheet_progress(layout: SheetLayout, table: FilledArea) -> SheetProgress:
    """The counts of one sheet."""
    return SheetProgress(layout.name, _filled(table), table.expected, _again(table), layout.of_actions)


def count_of(table: FilledArea) -> Live[str]:
    """``18 sur 27 · 1 à revoir``, for the sheet of `table` itself."""
    filled, again = _filled(table), _again(table)
    left, more = filled.formula.removeprefix("="), again.formula.removeprefix("=")
    words = f"{filled.value} sur {table.expected}" if table.expected else NOTHING_HERE
    start = f'({left})&" sur {table.expected}"' if table.expected else f'"{NOTHING_HERE}"'
    return Live(
        f'={start}&IF({more}>0," · "&({more})&" {TO_REVIEW}","")',
        f"{words} · {again.value} {TO_REVIEW}" if again.value else words,
    )


def when_done(progress: Sequence[SheetProgress], *, correction: bool) -> str:
    """What is said once nothing is missing: `correction` where another sheet lists what to correct."""
    if correction:
        return TO_CORRECT
    return DONE if any(sheet.expected for sheet in progress) else NOTHING_REQUIRED


def sentence(missing: Missing, done: str) -> str:
    """What is left to do, in plain words; `done` where nothing is. `sentence_formula` is its live twin."""
    if not missing.lines and not missing.actions:
        if not missing.again:
            return done
        return f"Tout est renseigné, mais {_again_words(missing.again)}."
    parts = [_words(missing.lines, "ligne"), _words(missing.actions, "action")]
    left = " et ".join(part for part in parts if part)
    more = f" {_again_words(missing.again).capitalize()}." if missing.again else ""
    return f"Il reste {left} à renseigner.{more}"


def sentence_formula(lines: str, actions: str, again: str, done: str) -> str:
    """The sentence over three expressions that count missing lines, missing actions, and rows to look at again."""
    checks = f'{again}&IF({again}>1,"{NO_BREAK_SPACE}saisies sont à revoir","{NO_BREAK_SPACE}saisie est à revoir")&"."'
    left = (
        f'IF({lines}>0,{_formula_words(lines, "ligne")},"")&IF(AND({lines}>0,{actions}>0)," et ","")'
        f'&IF({actions}>0,{_formula_words(actions, "action")},"")'
    )
    return (
        f'=IF({lines}+{actions}=0,IF({again}=0,"{done}","Tout est renseigné, mais "&{checks}),'
        f'"Il reste "&{left}&" à renseigner."&IF({again}>0," "&{checks},""))'
    )


def _filled(table: FilledArea) -> Live[int]:
    where = _controls(table)
    return Live(f'={table.expected}-COUNTIF({where},"{Word.TO_FILL}")', table.expected - table.count()[Word.TO_FILL])


def _again(table: FilledArea) -> Live[int]:
    """The rows whose word is none of the quiet ones."""
    where, count = _controls(table), table.count()
    quiet = "".join(f'-COUNTIF({where},"{word}")' for word in QUIET)
    return Live(f'=COUNTIF({where},"?*"){quiet}', len(table.controls) - sum(count[word] for word in QUIET))


def _controls(table: FilledArea) -> str:
    return f"{quoted(table.area.sheet)}!{table.area.range('controle')}"


def _words(count: int, noun: str) -> str:
    return f"{count}{NO_BREAK_SPACE}{noun}{'s' if count > 1 else ''}" if count else ""


def _formula_words(count: str, noun: str) -> str:
    return f'{count}&IF({count}>1,"{NO_BREAK_SPACE}{noun}s","{NO_BREAK_SPACE}{noun}")'


def _again_words(count: int) -> str:
    return (
        f"{count}{NO_BREAK_SPACE}saisies sont à revoir" if count > 1 else f"{count}{NO_BREAK_SPACE}saisie est à revoir"
    )
