"""Generate: one workbook per partner that has something to fill in a campaign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.books.partner.rows import PartnerSheet, partner_sheets
from cvsheet.books.partner.writing import partner_file_name, partner_workbook
from cvsheet.model.framework import Framework
from cvsheet.workflows.current import named_campaign, named_partners
from cvsheet.workflows.previous import Previous
from cvsheet.workflows.replacing import replace_workbook
from cvsheet.workflows.sent import NO_CHANGES, QuestionChanges, Sent, read_sent

if TYPE_CHECKING:
    from cvsheet.workflows.messages import MessagesResult


class FileOutcome(StrEnum):
    """What became of a file."""

    CREATED = "créé"
    UNCHANGED = "inchangé"
    REPLACED = "remplacé"  # another content stood there


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """One workbook: `lines` and `actions` count what its partner is asked, complementary rows aside; `kept` is the copy
    of the former one where a person had saved it, which held `answers`; `changes` is what differs of what it asked."""

    partner: str
    path: Path
    lines: int
    actions: int
    outcome: FileOutcome
    kept: Path | None = None
    answers: int = 0
    changes: QuestionChanges = NO_CHANGES


@dataclass(frozen=True, slots=True)
class GenerateResult:
    """The files in the order of the partners, and the partners that have nothing to fill in this campaign; the messages
    that were written with them, where they were asked for."""

    campaign: str
    files: tuple[GeneratedFile, ...]
    without_content: tuple[str, ...]
    messages: MessagesResult | None = None

    @property
    def replaced(self) -> tuple[GeneratedFile, ...]:
        return tuple(file for file in self.files if file.outcome is FileOutcome.REPLACED)


def generate(
    framework: Framework,
    campaign: str,
    partners: Sequence[str] | None,
    folder: Path,
    *,
    previous: Previous | None = None,
    tell: Callable[[GeneratedFile], None] = lambda file: None,
) -> GenerateResult:
    """Write the workbooks of `partners` (all that report, if None) for `campaign` into `folder`.

    UsageError names an unknown campaign or partner before anything is written; all workbooks are made before the first
    is written, so that one that cannot be made leaves none. `tell` receives each as it is made. Every file is written
    whole or not at all.
    """
    campaign = named_campaign(framework, campaign).code
    asked = framework.reporting_partners if partners is None else named_partners(framework, partners)
    made: list[tuple[GeneratedFile, bytes, bool]] = []
    without_content = []
    for partner in asked:
        sheets = partner_sheets(framework, campaign, partner)
        if not sheets:
            without_content.append(partner)
            continue
        content = partner_workbook(framework, campaign, partner, previous=(previous or {}).get(partner))
        path = folder / partner_file_name(framework, campaign, partner)
        sent = _sent(path, content, framework, campaign, partner)
        made.append((_made(path, partner, sheets, sent), content, sent is not None and sent.touched))
        tell(made[-1][0])
    files = tuple(_written(file, content, typed=typed) for file, content, typed in made)
    return GenerateResult(campaign, files, tuple(without_content))


def _made(path: Path, partner: str, sheets: Sequence[PartnerSheet], sent: Sent | None) -> GeneratedFile:
    """`sent` is what stands at `path`, None where nothing does."""
    outcome = FileOutcome.CREATED
    if sent is not None:
        outcome = FileOutcome.UNCHANGED if sent.same else FileOutcome.REPLACED
    return GeneratedFile(
        partner,
        path,
        lines=sum(len(sheet.indicators) for sheet in sheets),
        actions=sum(row.action is not None for sheet in sheets for row in sheet.actions),
        outcome=outcome,
        answers=sent.answers if sent else 0,
        changes=sent.changes if sent else NO_CHANGES,
    )


def _written(file: GeneratedFile, content: bytes, *, typed: bool) -> GeneratedFile:
    if file.outcome is FileOutcome.UNCHANGED:
        return file
    return replace(file, kept=replace_workbook(file.path, content, typed=typed))


def _sent(path: Path, content: bytes, framework: Framework, campaign: str, partner: str) -> Sent | None:
    if not path.exists():
        return None
    try:
        return read_sent(path, content, framework, campaign, partner)
    except OSError:  # locked or not a file: writing will say so in clear words
        return Sent()
