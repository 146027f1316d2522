"""The rows of a partner's workbook before anything is typed: what the writer writes and the reader expects.

Column names are those of `schemas/saisie_annuelle.json`, `saisie_reference.json` and `saisie_actions.json`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from cvsheet.books.partner.identity import row_fingerprint, row_mark
from cvsheet.model.framework import Action, CampaignType, Framework, Line, Pillar
from cvsheet.schema.roles import BASELINES, YEARLY
from cvsheet.schema.tables import Table, load_table

COMPLEMENTARY_ROWS = 3
COMPLEMENTARY_PREFIX = "COMPL"

Locked = Mapping[str, str | float | None]
Owner = tuple[str, str, str]  # contract, campaign, partner


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One row to fill: its code and the content of its locked cells by column name (controls and fingerprint aside).

    `owner` is the contract, campaign and partner of the workbook. `line` is set on indicator rows, `action` on rows of
    known actions, neither on rows for complementary actions.
    """

    code: str
    locked: Locked
    owner: Owner
    line: Line | None = None
    action: Action | None = None

    @property
    def fingerprint(self) -> str:
        """What the hidden column *Empreinte* holds."""
        return row_mark(*self.owner, self.locked.values())

    @property
    def complementary(self) -> bool:
        return self.line is None and self.action is None


@dataclass(frozen=True, slots=True)
class PartnerSheet:
    """One pillar sheet of a partner workbook: its indicator rows and its action rows."""

    pillar: Pillar
    indicators: tuple[PartnerRow, ...]
    actions: tuple[PartnerRow, ...]


def entry_table(framework: Framework, campaign: str) -> Table:
    """The table in which indicator lines are typed in `campaign`."""
    yearly = framework.campaign[campaign].type is CampaignType.YEARLY
    return load_table(YEARLY if yearly else BASELINES)


def partner_sheets(
    framework: Framework,
    campaign: str,
    partner: str,
    previous: Mapping[str, float | str] | None = None,
    free_rows: Mapping[str, int] | None = None,
) -> tuple[PartnerSheet, ...]:
    """The pillar sheets that concern `partner` in `campaign`, in the order of the pillars.

    `previous` gives the partner's own answers to the campaign before, by line code; `free_rows` how many rows a pillar
    has for actions of the partner's own, where they are more than COMPLEMENTARY_ROWS. Actions are reported in yearly
    campaigns only: a `référence` campaign collects baselines and targets.
    """
    yearly = framework.campaign[campaign].type is CampaignType.YEARLY
    all_lines, all_actions = framework.lines_for(partner), framework.actions_for(partner)
    owner = (framework.contract.code, campaign, partner)
    sheets = []
    for pillar in framework.pillars:
        lines = [line for line in all_lines if line.measure.pillar == pillar.code]
        actions = [action for action in all_actions if framework.pillar_of_action(action) == pillar.code]
        if not lines and not (yearly and actions):
            continue
        sheets.append(
            PartnerSheet(
                pillar,
                tuple(_indicator_row(framework, line, owner, previous or {}) for line in lines),
                _action_rows(framework, actions, owner, _free_codes(pillar, free_rows or {})) if yearly else (),
            )
        )
    return tuple(sheets)


def content_fingerprint(sheets: Iterable[PartnerSheet]) -> str:
    """The fingerprint of everything that is locked in a workbook (`Identity.content`)."""
    rows = (row for sheet in sheets for row in (*sheet.indicators, *sheet.actions))
    return row_fingerprint(row.fingerprint for row in rows)


def _indicator_row(framework: Framework, line: Line, owner: Owner, previous: Mapping[str, float | str]) -> PartnerRow:
    measure, (_, campaign, _) = line.measure, owner
    locked: dict[str, str | float | None] = {
        "code": line.code,
        "objectif": _heading(framework, measure.priority, measure.objective),
        "indicateur": measure.indicator_title,
        "mesure": measure.title,
        "ventilation": line.label,
        "unite": measure.unit,
    }
    if framework.campaign[campaign].type is CampaignType.YEARLY:
        reference = framework.reference.get(line.code)
        locked["reference"] = reference.baseline if reference else None
        locked["cible"] = reference.target if reference else None
        locked["precedente"] = previous.get(line.code)
    return PartnerRow(line.code, locked, owner, line=line)


def _action_rows(
    framework: Framework, actions: list[Action], owner: Owner, free: Iterable[str]
) -> tuple[PartnerRow, ...]:
    """A partner reports what it pilots and what nobody pilots yet: no other partner is ever named here."""
    known = tuple(
        PartnerRow(
            action.code,
            {
                "code": action.code,
                "objectif": f"{action.objective} {framework.objective[action.objective].title}",
                "action": action.title,
                "pilote": "Vous" if action.pilot == owner[-1] else "À désigner",
            },
            owner,
            action=action,
        )
        for action in actions
    )
    return (*known, *(PartnerRow(code, {"code": code}, owner) for code in free))


def _free_codes(pillar: Pillar, free_rows: Mapping[str, int]) -> tuple[str, ...]:
    """The codes of the empty rows where a partner may add actions of its own."""
    most = max(COMPLEMENTARY_ROWS, free_rows.get(pillar.code, 0))
    return tuple(complementary_code(pillar.code, number) for number in range(1, most + 1))


def complementary_code(pillar: str, number: int) -> str:
    """The code of the action number `number` that a partner adds to `pillar`."""
    return f"{COMPLEMENTARY_PREFIX}-{pillar}-{number}"


def is_added(code: str) -> bool:
    """Whether `code` is that of an action which a partner added."""
    return code.startswith(f"{COMPLEMENTARY_PREFIX}-")


def next_complementary_code(code: str, taken: Container[str]) -> str:
    """The first code for an action of the partner's own, in the pillar of `code`, that is not `taken`."""
    pillar = code.removeprefix(f"{COMPLEMENTARY_PREFIX}-").rpartition("-")[0]
    codes = (complementary_code(pillar, number) for number in count(1))
    return next(one for one in codes if one not in taken)


def free_rows_for(codes: Iterable[str]) -> Mapping[str, int]:
    """How many free rows each pillar needs for the complementary actions `codes`."""
    needed: dict[str, int] = {}
    for code in codes:
        pillar, _, number = code.removeprefix(f"{COMPLEMENTARY_PREFIX}-").rpartition("-")
        needed[pillar] = max(needed.get(pillar, 0), int(number))
    return needed


def _heading(framework: Framework, priority: str, objective: str) -> str:
    """The objective that an indicator serves, or its priority where it serves the whole of it."""
    if objective in framework.objective:
        return f"{objective} {framework.objective[objective].title}"
    return f"{priority} {framework.priority[priority].title}" if priority in framework.priority else priority
