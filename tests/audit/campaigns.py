"""A contract of two partners in two pillars, three campaigns in which nothing is wrong, and how to spoil the last one.

A and B each type ten counts that add up (N01 to N10), a count split by quartier (S01), and B alone the pillar COH.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.model.framework import (
    Aggregation,
    Calculation,
    Campaign,
    CampaignType,
    Category,
    ContractSettings,
    Framework,
    Measure,
    Partner,
    Pillar,
    Priority,
)
from cvsheet.model.long_table import LongTable
from cvsheet.model.submission import Entry, Identity, Observation, Quantity, Submission
from tests.beside import beside
from tests.rules.small import measure
from tests.rules.tables import entry

SUMS = tuple(f"N{rank:02}.M1" for rank in range(1, 11))
COHESION = tuple(f"C{rank:02}.M1" for rank in range(1, 6))
ENDS = {"2019-REF": 2019, "2020": 2020, "2021": 2021}
SHEETS = {"EMP": "Emploi", "COH": "Cohésion"}
Values = Mapping[str, object]


def _share() -> Measure:
    return measure(
        "P01.M1",
        type="pourcentage",
        aggregation=Aggregation.RECOMPUTED,
        computed=True,
        calculation=Calculation.SHARE,
        numerator="N01.M1",
        denominator="N10.M1",
        producers=(),
        minimum=0,
        maximum=100,
    )


def campaign(code: str, year: int) -> Campaign:
    kind = CampaignType.BASELINE if code.endswith("REF") else CampaignType.YEARLY
    return Campaign(code, f"Bilan {year}", kind, year, date(year, 1, 1), date(year, 12, 31))


FRAMEWORK = Framework(
    contract=ContractSettings("essai", "Contrat d’essai", date(2019, 1, 1), date(2023, 12, 31)),
    partners=(Partner("A", "Association A"), Partner("B", "Bailleur B")),
    campaigns=tuple(campaign(code, year) for code, year in ENDS.items()),
    pillars=(Pillar("EMP", "Emploi", "Emploi"), Pillar("COH", "Cohésion", "Cohésion")),
    priorities=(Priority("P1", "EMP", "Priorité"), Priority("P2", "COH", "Priorité")),
    objectives=(),
    actions=(),
    measures=(
        *(measure(code, producers=("A", "B"), required=True) for code in SUMS),
        measure("S01.M1", producers=("A", "B"), required=True, breakdowns=("quartier",)),
        *(measure(code, pillar="COH", producers=("B",), required=True) for code in COHESION),
        _share(),
    ),
    categories=(Category("quartier", "N", "Nord", True), Category("quartier", "S", "Sud", True)),
)


def good_values(partner: str, year: int) -> dict[str, object]:
    """What `partner` types: figures that rise by three per cent a year, none round, none the same."""
    place = 0 if partner == "A" else 1
    growth = 1.03 ** (year - 2019)
    values: dict[str, object] = {code: round((53 + 37 * rank + 11 * place) * growth) for rank, code in enumerate(SUMS)}
    parts = {"S01.M1/N": round((24 + place) * growth), "S01.M1/S": round((41 + place) * growth)}
    values |= {"S01.M1": sum(parts.values()), **parts}
    if partner == "B":
        values |= {code: round((71 + 17 * rank) * growth) for rank, code in enumerate(COHESION)}
    return values


def year(kind: Quantity, cell: str) -> Entry:
    return entry(str(2019 if kind is Quantity.BASELINE else 2023), cell)


def returned(code: str, partner: str, values: Values, *, comments: Mapping[str, str] | None = None) -> Submission:
    """The return of `partner` in campaign `code`: ``values`` by line, typed as in the tables of tests/rules."""
    file = f"{partner}-{code}.xlsx"
    identity = Identity("essai", code, partner, FRAMEWORK.version_for(code))
    said = comments or {}
    kinds = (Quantity.BASELINE, Quantity.TARGET) if code.endswith("REF") else (Quantity.VALUE,)
    observations = [
        Observation(
            code,
            partner,
            line,
            kind,
            entry("" if kind is Quantity.TARGET and value == "" else str(value), f"{'KM'[column]}{row}"),
            file,
            SHEETS["COH" if line.startswith("C") else "EMP"],
            beside(kind, said.get(line, ""), year(kind, f"{'LN'[column]}{row}") if len(kinds) > 1 else None),
        )
        for row, (line, value) in enumerate(values.items(), start=5)
        for column, kind in enumerate(kinds)
    ]
    return Submission(file, f"{file} {sorted(values.items())}", "xlsx", None, identity, tuple(observations))


def returns(changes: Mapping[tuple[str, str], Submission | None] | None = None) -> tuple[Received, ...]:
    """The returns of all campaigns, some replaced, or left out where None, by campaign and partner."""
    good = {(code, who): returned(code, who, good_values(who, year)) for code, year in ENDS.items() for who in "AB"}
    submissions: Iterable[Submission | None] = {**good, **(changes or {})}.values()
    return tuple(Received(one.file, one) for one in submissions if one is not None)


def with_values(partner: str, values: Values, code: str = "2021", **comments: str) -> tuple[Received, ...]:
    """Good returns but for some lines of one return; ``N01_M1="..."`` comments on line ``N01.M1``."""
    said = {name.replace("_", "."): text for name, text in comments.items()}
    spoilt = returned(code, partner, {**good_values(partner, ENDS[code]), **values}, comments=said)
    return returns({(code, partner): spoilt})


def judged(received: tuple[Received, ...], framework: Framework = FRAMEWORK) -> Assessment:
    assessment = assess(framework, received)
    assert assessment.incidents == ()
    return assessment


def mapped(change: Callable[[Observation], Observation | None], assessment: Assessment) -> Assessment:
    """`assessment` with the long table as a faulty reader would give it."""
    seen = (one for submission in assessment.current for one in submission.observations)
    changed = tuple(other for one in seen if (other := change(one)) is not None)
    return replace(assessment, answers=LongTable(changed))
