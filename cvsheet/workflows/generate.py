"""Generate: one workbook per partner that has something to fill in a campaign."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cvsheet.books.partner.rows import PartnerSheet, partner_sheets
from cvsheet.books.partner.writing import partner_file_name, partner_workbook
from cvsheet.errors import UsageError
from cvsheet.model.framework import Framework
from cvsheet.text.french import typeset
from cvsheet.workflows.replacing import replace_workbook

Previous = Mapping[str, Mapping[str, float | str]]
"""Partner -> line code -> its answer to the campaign before."""


class Outcome(StrEnum):
    """What became of a file."""

    CREATED = "créé"
    UNCHANGED = "inchangé"
    REPLACED = "remplacé"  # another content stood there


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """One workbook: `lines` and `actions` count what its partner is asked, complementary rows aside; `kept` is the copy
    of the former one where a person had saved it."""

    partner: str
    path: Path
    lines: int
    actions: int
    outcome: Outcome
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class GenerateResult:
    """The files in the order of the partners, and the partners that have nothing to fill in this campaign."""

    campaign: str
    files: tuple[GeneratedFile, ...]
    without_content: tuple[str, ...]

    @property
    def replaced(self) -> tuple[GeneratedFile, ...]:
        return tuple(file for file in self.files if file.outcome is Outcome.REPLACED)


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

    UsageError names an unknown campaign or partner before anything is written. `tell` receives each file as it is
    done. Every file is written whole or not at all.
    """
    _known(campaign, framework.campaign, "La campagne", "Campagnes du contrat")
    for partner in partners or ():
        _known(partner, framework.partner, "Le partenaire", "Partenaires du contrat")
    asked = dict.fromkeys(partners) if partners is not None else framework.reporting_partners
    files, without_content = [], []
    for partner in asked:
        sheets = partner_sheets(framework, campaign, partner)
        if not sheets:
            without_content.append(partner)
            continue
        content = partner_workbook(framework, campaign, partner, previous=(previous or {}).get(partner))
        files.append(_write(folder / partner_file_name(framework, campaign, partner), content, partner, sheets))
        tell(files[-1])
    return GenerateResult(campaign, tuple(files), tuple(without_content))


def _write(path: Path, content: bytes, partner: str, sheets: Sequence[PartnerSheet]) -> GeneratedFile:
    outcome, kept = _outcome(path, content), None
    if outcome is not Outcome.UNCHANGED:
        kept = replace_workbook(path, content)
    lines = sum(len(sheet.indicators) for sheet in sheets)
    actions = sum(row.action is not None for sheet in sheets for row in sheet.actions)
    return GeneratedFile(partner, path, lines, actions, outcome, kept)


def _outcome(path: Path, content: bytes) -> Outcome:
    if not path.exists():
        return Outcome.CREATED
    try:
        return Outcome.UNCHANGED if path.read_bytes() == content else Outcome.REPLACED
    except OSError:  # locked or not a file: writing will say so in clear words
        return Outcome.REPLACED


def _known(code: str, codes: Iterable[str], noun: str, title: str) -> None:
    """UsageError where `code` is none of `codes`, with the nearest one and the whole list."""
    known = list(codes)
    if code in known:
        return
    by_fold = {other.casefold(): other for other in known}
    near = difflib.get_close_matches(code.casefold(), by_fold, n=1)
    hint = f" Vouliez-vous dire « {by_fold[near[0]]} » ?" if near else ""
    raise UsageError(typeset(f"{noun} « {code} » n’existe pas.{hint} {title} : {', '.join(known) or 'aucun'}."))
