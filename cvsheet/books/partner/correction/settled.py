"""« Réglé ? » of *À corriger*: a formula that looks at the partner's own cells, in functions of Excel 2016.

A line is settled once its cell, or one that it is compared with, holds something else than what was sent, and the
*Contrôle* of its row has nothing to say any more. A comment is answer enough to an AVERTISSEMENT. What no cell tells
is left to the reader: `TO_CHECK`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from cvsheet.books.kit.limits import LONGEST_FORMULA, beyond
from cvsheet.books.partner.correction.answers import AnswerKey
from cvsheet.books.partner.correction.remarks import CorrectionCell, Remark
from cvsheet.books.partner.identity import NO, YES
from cvsheet.books.partner.writing.checks import Word, literal
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.books.partner.writing.typed import serial
from cvsheet.files.addresses import quoted
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import LooksAt
from cvsheet.model.findings import Severity
from cvsheet.schema.roles import named
from cvsheet.schema.tables import Role

TO_CHECK = "à vérifier"
_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+){,5}")  # a status, nd: letters and figures alone
_SETTLED = (Word.OK, Word.OPTIONAL)


def settled_formula(remarks: Iterable[Remark], spots: Mapping[AnswerKey, CorrectionCell], sent: Prefill) -> str:
    """The formula of a line that says `remarks`: « oui » once all of them are settled, else « non ».

    Empty where no cell tells: what concerns the whole workbook, a text that was moved, more cells than Excel takes.
    """
    tests = list(dict.fromkeys(_settled(remark, spots, sent) for remark in remarks))
    formula = f'=IFERROR(IF({_all(tests)},"{YES}","{NO}"),"{NO}")' if tests and "" not in tests else ""
    return "" if beyond(formula, LONGEST_FORMULA) else formula


def _settled(remark: Remark, spots: Mapping[AnswerKey, CorrectionCell], sent: Prefill) -> str:
    """The condition under which `remark` is settled; empty where no cell tells."""
    if remark.key is None or (remark.key in sent and find_rule(remark.finding.code).looks_at is LooksAt.STRUCTURE):
        return ""
    watched = [remark.key, *remark.compared]
    if remark.finding.severity is not Severity.ERROR:
        watched += _beside(watched, named(Role.COMMENT), spots)
    changed = _any([_changed(spots[key], sent) for key in dict.fromkeys(watched) if key in spots])
    words = [_quiet(spots[key]) for key in _beside([remark.key], named(Role.CONTROL), spots)]
    return _all([changed, *words])


def _beside(
    keys: Iterable[AnswerKey], columns: Iterable[str], spots: Mapping[AnswerKey, CorrectionCell]
) -> list[AnswerKey]:
    """The cells of `columns` in the rows of `keys`."""
    return [(code, column) for code, _ in keys for column in sorted(columns) if (code, column) in spots]


def _changed(spot: CorrectionCell, sent: Prefill) -> str:
    """Whether a cell holds something else than the correction was sent with."""
    cell, value = _reference(spot), sent.get(spot.key)
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return f'{cell}<>"{value}"'
    if isinstance(value, str):  # of other texts of a partner nothing goes into a formula, but how long they are
        lengths = {len(value), len(value.encode("utf-16-le")) // 2}  # programs count an emoji as one or as two
        return f"NOT(AND(ISTEXT({cell}),{_any([f'LEN({cell})={length}' for length in sorted(lengths)])}))"
    if isinstance(value, date):
        return f"{cell}<>{literal(serial(value))}"
    return f'{cell}<>""' if value is None else f"{cell}<>{literal(value)}"


def _quiet(spot: CorrectionCell) -> str:
    return _any([f'{_reference(spot)}="{word}"' for word in _SETTLED])


def _reference(spot: CorrectionCell) -> str:
    return f"{quoted(spot.sheet)}!{spot.cell}"


def _any(tests: list[str]) -> str:
    return f"OR({','.join(tests)})" if len(tests) > 1 else "".join(tests)


def _all(tests: list[str]) -> str:
    return f"AND({','.join(tests)})" if len(tests) > 1 else "".join(tests)
