"""What a correction workbook still asks although its tables are whole again.

The writer of a correction puts back missing sheets, rows and columns, and leaves empty what cannot be given to a line.
So that a correction sent back untouched is not taken for a corrected one, the questions travel on the hidden sheet;
each is open as long as nothing was done about it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cvsheet.books.partner.identity import TextPlace, text_mark
from cvsheet.model.findings import Fact
from cvsheet.model.submission import Leftover, StructureFact, StructureKind

QUESTIONS_KEY = "questions"
_LONGEST_FACT = 200  # characters: sentences show less
_PER_ROW = 30_000  # characters of a cell
_MOST_ROWS = 60  # of the hidden sheet


@dataclass(frozen=True, slots=True)
class Question:
    """The fact noticed in the earlier file, and what stands as long as nobody answered.

    `typed` is the `row_fingerprint` of the input cells of `lines`; `kept` are the marks of rows of *Contenu non
    repris*. The question is open while the former is unchanged and, where there are any of the latter, one of these
    still stands.
    """

    fact: StructureFact
    lines: tuple[str, ...]
    typed: str
    kept: frozenset[str] = frozenset()


def kept_mark(leftover: Leftover) -> str:
    """The mark of one row of *Contenu non repris*."""
    return text_mark(TextPlace.KEPT, kept_text(leftover))


def kept_text(leftover: Leftover) -> str:
    """One row of *Contenu non repris* as it is compared."""
    return f"{leftover.where} | {leftover.cell} | {leftover.text}"


def question_pairs(questions: Iterable[Question]) -> Iterator[tuple[str, str]]:
    """The rows of the hidden sheet that carry `questions`, in plain ASCII."""
    packed: list[str] = []
    for question in questions:
        text = json.dumps(_as_json(question), ensure_ascii=True, separators=(",", ":"))
        if packed and len(packed[-1]) + len(text) < _PER_ROW:
            packed[-1] += f",{text}"
        elif len(text) < _PER_ROW:
            packed.append(text)
    for number, text in enumerate(packed[:_MOST_ROWS], 1):
        yield f"{QUESTIONS_KEY} {number}", f"[{text}]"


def questions_from_pairs(pairs: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions on a hidden sheet; what cannot be read there is no question."""
    rows = (row for key, row in pairs.items() if key.split(" ")[0] == QUESTIONS_KEY)
    return tuple(question for row in rows for question in _read(row))


def _as_json(question: Question) -> dict[str, object]:
    fact = question.fact
    facts = {name: value[:_LONGEST_FACT] if isinstance(value, str) else value for name, value in fact.facts.items()}
    return {
        "kind": fact.kind.value, "sheet": fact.sheet, "cell": fact.cell, "line": fact.line, "facts": facts,
        "lines": list(question.lines), "typed": question.typed, "kept": sorted(question.kept),
    }  # fmt: skip


def _read(row: str) -> Iterator[Question]:
    try:
        for item in json.loads(row):
            facts: dict[str, Fact] = {str(n): v for n, v in item["facts"].items() if isinstance(v, Fact)}
            sheet, cell, line = (str(item[name]) for name in ("sheet", "cell", "line"))
            fact = StructureFact(StructureKind(item["kind"]), sheet, cell, line, facts)
            kept = frozenset(map(str, item["kept"]))
            yield Question(fact, tuple(map(str, item["lines"])), str(item["typed"]), kept)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return
