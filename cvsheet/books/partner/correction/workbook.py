"""The correction workbook of one return: the partner's own workbook with its answers, what is wrong shown in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvsheet.books.partner.correction import wording
from cvsheet.books.partner.correction.answers import AnswerKey
from cvsheet.books.partner.correction.content import Content, content_of, writable
from cvsheet.books.partner.correction.kept_sheet import kept_places, kept_texts, write_kept
from cvsheet.books.partner.correction.remarks import NOTED, Remark, own_findings, remarks_of, spots_of
from cvsheet.books.partner.correction.to_fix_sheet import ToFix, rows_of, write_to_fix
from cvsheet.books.partner.identity import KEPT_TITLE, TO_FIX_TITLE, YES, TextPlace
from cvsheet.books.partner.questions import kept_text, question_pairs
from cvsheet.books.partner.rows import entry_table, partner_sheets
from cvsheet.books.partner.writing.entries import CellRemark
from cvsheet.books.partner.writing.layout import sheet_layouts
from cvsheet.books.partner.writing.workbook import Additions, partner_workbook
from cvsheet.judging.engine.gestures import apart
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework
from cvsheet.model.groups import grouped
from cvsheet.model.submission import Leftover, Submission
from cvsheet.text.numerals import tidy

FormerAnswers = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as a file, and the findings that it shows, each at its place in it, the gravest first."""

    content: bytes
    findings: tuple[Finding, ...]


def correct(
    framework: Framework,
    submission: Submission,
    findings: Iterable[Finding],
    previous: FormerAnswers | None = None,
    today: date | None = None,
) -> Correction:
    """The correction of `submission`, whose identity must be that of a known campaign and partner (ValueError).

    `findings` are those of the whole assessment: what concerns other files or partners is left out. `previous` holds
    the partner's answers to the campaign before, by line code, as in `partner_workbook`. A deadline that is past on the
    day `today` is not asked for.
    """
    identity = submission.identity
    if identity is None or identity.campaign not in framework.campaign or identity.partner not in framework.partner:
        raise ValueError(f"{submission.file}: no correction for a file that is nobody's")
    added = tuple(report.action for report in submission.actions if report.complementary)
    sheets = partner_sheets(framework, identity.campaign, identity.partner, previous, added)
    layouts = sheet_layouts(sheets, entry_table(framework, identity.campaign))
    content = content_of(framework, submission, sheets, layouts)
    to_fix, kept = (_free(title, [layout.name for layout in layouts]) for title in (TO_FIX_TITLE, KEPT_TITLE))
    places = kept_places(kept, content.kept)
    own = own_findings(submission, findings)
    remarks = remarks_of(submission, own, layouts, places)
    to_tell = ToFix(framework, identity, remarks, bool(content.kept), spots_of(layouts), content.prefill, today)
    rows = rows_of(to_tell)
    marks = _marks(remarks_of(submission, apart(own), layouts, places), writable(layouts))
    texts = [YES, *(text for row in rows for text in row.texts)]
    additions = Additions(
        identity,
        marks,
        before=lambda book: write_to_fix(book, to_fix, rows),
        after=lambda book: write_kept(book, kept, content.kept) if content.kept else None,
        texts=_marked(texts, content, marks.values()),
        pairs=tuple(question_pairs(content.questions)),
    )
    written = partner_workbook(
        framework, identity.campaign, identity.partner,
        previous=previous, prefill=content.prefill, additions=additions, added=added,
    )  # fmt: skip
    return Correction(written, tuple(remark.finding for remark in remarks))


def _marks(remarks: Sequence[Remark], room: frozenset[AnswerKey]) -> Mapping[AnswerKey, CellRemark]:
    """A note and a tint for each cell in fault."""
    noted = (one for one in remarks if one.finding.severity in NOTED)
    by_key = grouped((one.key, one) for one in noted if one.key is not None and one.key in room)
    return {
        key: CellRemark(wording.note(group), wording.COLOURS[group[0].finding.severity][1])
        for key, group in by_key.items()
    }


def _marked(
    texts: Sequence[str], content: Content, marks: Iterable[CellRemark]
) -> tuple[tuple[TextPlace, object], ...]:
    """Everything that the correction adds outside the tables, by which it is known again."""
    shown = (*texts, *(kept_texts(content.kept) if content.kept else ()))
    return (
        *((TextPlace.CORRECTION, tidy(text)) for text in shown),
        *((TextPlace.KEPT, kept_text(_tidied(one))) for one in content.kept),
        *((TextPlace.NOTE, tidy(mark.note)) for mark in marks),
    )


def _tidied(one: Leftover) -> Leftover:
    return Leftover(tidy(one.where), tidy(one.cell), tidy(one.text))


def _free(title: str, taken: Sequence[str]) -> str:
    """A sheet name that no pillar has."""
    names = {name.casefold() for name in taken}
    return title if title.casefold() not in names else f"{title} (cvsheet)"
