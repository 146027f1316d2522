"""The rows of a partner's workbook before anything is typed: what the writer writes and the reader expects.

Column names are those of `schemas/saisie_annuelle.json`, `saisie_reference.json` and `saisie_actions.json`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from cvsheet.books.partner.identity import row_fingerprint, row_mark
from cvsheet.model.framework import Action, CampaignType, Framework, Line
from cvsheet.schema.roles import BASELINES, YEARLY
from cvsheet.schema.tables import Table, load_table
from cvsheet.text.french import typeset
from cvsheet.text.widths import ROOM, lines_of

COMPLEMENTARY_ROWS = 5
COMPLEMENTARY_PREFIX = "COMPL"
ACTIONS_SHEET = "Actions"
HELP = "Pas de donnée ? Tapez nd (non disponible), ns (secret statistique) ou so (sans objet)."
OWN_ACTIONS = "Vos autres actions : une par ligne, avec l’objectif qu’elle sert"
_FORMER_ROWS = 3  # for actions of the partner's own, on the sheet of each pillar

Locked = Mapping[str, str | float | None]
Owner = tuple[str, str, str]  # contract, campaign, partner
Band = tuple[tuple[int, str], ...]  # the lines above a row, each with how deep it stands: 0 for the larger heading


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One row to fill: its code and the content of its locked cells by column name (controls and fingerprint aside).

    `owner` is the contract, campaign and partner of the workbook. `line` is set on indicator rows, `action` on rows of
    known actions, neither on rows for complementary actions. `heading` is what the row belongs to, the larger first: it
    stands as a band above all rows that share it.
    """

    code: str
    locked: Locked
    owner: Owner
    line: Line | None = None
    action: Action | None = None
    heading: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What the hidden column *Empreinte* holds."""
        return row_mark(*self.owner, self.locked.values())

    @property
    def complementary(self) -> bool:
        return self.line is None and self.action is None


@dataclass(frozen=True, slots=True)
class PartnerSheet:
    """One sheet of a partner workbook: the indicator rows of a pillar, or the actions of all pillars."""

    name: str
    title: str
    indicators: tuple[PartnerRow, ...] = ()
    actions: tuple[PartnerRow, ...] = ()

    @property
    def rows(self) -> tuple[PartnerRow, ...]:
        return (*self.indicators, *self.actions)


def bands(sheet: PartnerSheet, table: Table) -> Iterator[Band]:
    """What stands above each row of `sheet` in `table`; nothing above most. A band says what changed since the one
    before and what stands below that, in as many lines as the first printed columns ask for: no cell is merged.
    """
    room = table.room_on_paper * ROOM
    above: tuple[str, ...] = ()
    for row in sheet.rows:
        pairs = enumerate(zip(above, row.heading, strict=False))
        same = next((depth for depth, (former, now) in pairs if former != now), len(above))
        new = list(enumerate(row.heading))[same:]
        yield tuple((depth, line) for depth, text in new for line in lines_of(typeset(text), room))
        above = row.heading


def entry_table(framework: Framework, campaign: str) -> Table:
    """The table in which indicator lines are typed in `campaign`."""
    yearly = framework.campaign[campaign].type is CampaignType.YEARLY
    return load_table(YEARLY if yearly else BASELINES)


def partner_sheets(
    framework: Framework,
    campaign: str,
    partner: str,
    previous: Mapping[str, float | str] | None = None,
    added: Iterable[str] = (),
) -> tuple[PartnerSheet, ...]:
    """The sheets that concern `partner` in `campaign`: its indicators, in the order of the pillars, then its actions.

    `previous` gives the partner's own answers to the campaign before, by line code; `added` the codes of actions of
    its own that are known already: rows for them come before the free ones. Actions are reported in yearly campaigns
    only: a `référence` campaign collects baselines and targets.
    """
    owner = (framework.contract.code, campaign, partner)
    all_lines, sheets = framework.lines_for(partner), []
    for pillar in framework.pillars:
        lines = [line for line in all_lines if line.measure.pillar == pillar.code]
        if lines:
            rows = tuple(_indicator_row(framework, line, owner, previous or {}) for line in lines)
            sheets.append(PartnerSheet(pillar.sheet, pillar.title, rows))
    actions = _in_order_of_pillars(framework, framework.actions_for(partner))
    if framework.campaign[campaign].type is CampaignType.YEARLY and (sheets or actions):
        rows = _action_rows(framework, actions, owner, _free_codes(added))
        sheets.append(PartnerSheet(actions_sheet(framework), "Actions", actions=rows))
    return tuple(sheets)


def actions_sheet(framework: Framework) -> str:
    """The name of the sheet of actions, which no pillar has."""
    names = {pillar.sheet.casefold() for pillar in framework.pillars}
    return ACTIONS_SHEET if ACTIONS_SHEET.casefold() not in names else f"{ACTIONS_SHEET} (suivi)"


def former_free_rows(framework: Framework, campaign: str, partner: str) -> Iterator[tuple[str, PartnerRow]]:
    """The name of the sheet and the row of each free row as workbooks had them before actions had a sheet of their own:
    three on the sheet of each pillar."""
    owner = (framework.contract.code, campaign, partner)
    for pillar in framework.pillars if framework.campaign[campaign].type is CampaignType.YEARLY else ():
        codes = (f"{COMPLEMENTARY_PREFIX}-{pillar.code}-{number}" for number in range(1, _FORMER_ROWS + 1))
        yield from ((pillar.sheet, PartnerRow(code, {"code": code}, owner)) for code in codes)


def content_fingerprint(sheets: Iterable[PartnerSheet]) -> str:
    """The fingerprint of everything that is locked in a workbook (`Identity.content`)."""
    return row_fingerprint(row.fingerprint for sheet in sheets for row in sheet.rows)


def _in_order_of_pillars(framework: Framework, actions: Iterable[Action]) -> list[Action]:
    rank = {pillar.code: number for number, pillar in enumerate(framework.pillars)}
    return sorted(actions, key=lambda action: rank.get(framework.pillar_of_action(action), len(rank)))


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
    heading = (str(locked["objectif"]), measure.indicator_title)
    return PartnerRow(line.code, locked, owner, line=line, heading=heading)


def _action_rows(
    framework: Framework, actions: list[Action], owner: Owner, free: Iterable[str]
) -> tuple[PartnerRow, ...]:
    """A partner reports what it pilots and what nobody pilots yet: no other partner is ever named here."""
    known = (_action_row(framework, action, owner) for action in actions)
    return (*known, *(PartnerRow(code, {"code": code}, owner, heading=(OWN_ACTIONS,)) for code in free))


def _action_row(framework: Framework, action: Action, owner: Owner) -> PartnerRow:
    objective = _objective(framework, action.objective)
    locked: Locked = {
        "code": action.code,
        "objectif": objective,
        "action": action.title,
        "pilote": "Vous" if action.pilot == owner[-1] else "À désigner",
    }
    pillar = framework.pillar[framework.pillar_of_action(action)]
    return PartnerRow(action.code, locked, owner, action=action, heading=(pillar.title, objective))


def _free_codes(added: Iterable[str]) -> tuple[str, ...]:
    """The codes of the rows where a partner adds actions of its own: those that it did add, then empty ones."""
    known = tuple(dict.fromkeys(added))
    own = (code for number in range(1, COMPLEMENTARY_ROWS + 1) if (code := complementary_code(number)) not in known)
    return tuple(sorted((*known, *own), key=_number_of))


def _number_of(code: str) -> tuple[str, int]:
    """What orders the rows of added actions."""
    start, _, number = code.rpartition("-")
    return start, int(number) if number.isdecimal() else 0


def complementary_code(number: int) -> str:
    """The code of the action number `number` that a partner adds."""
    return f"{COMPLEMENTARY_PREFIX}-{number}"


def is_added(code: str) -> bool:
    """Whether `code` is that of an action which a partner added."""
    return code.startswith(f"{COMPLEMENTARY_PREFIX}-")


def next_complementary_code(taken: Container[str]) -> str:
    """The first code for an action of the partner's own that is not `taken`."""
    return next(code for number in count(1) if (code := complementary_code(number)) not in taken)


def _objective(framework: Framework, code: str) -> str:
    return f"{code} {framework.objective[code].title}"


def _heading(framework: Framework, priority: str, objective: str) -> str:
    """The objective that an indicator serves, or its priority where it serves the whole of it."""
    if objective in framework.objective:
        return _objective(framework, objective)
    return f"{priority} {framework.priority[priority].title}" if priority in framework.priority else priority
