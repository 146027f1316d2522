"""Every rule that compares with a number: one case at its limit, one just beyond, and the words of its page for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.catalogue import all_rules, find_rule
from cvsheet.judging.returns.shifts import shifted_run
from cvsheet.model.framework import Campaign, CampaignType, CoherenceRule, Direction, Framework
from tests.conftest import ROOT
from tests.rules.good import A_2021, A_ACTIONS, A_REF, B_2021, Returns, of, reported, retyped, swap
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned
from tests.rules.test_unchanged import T1_OF_LAST_YEAR, findings
from tests.words import plain

Speaks = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Limit:
    """Rule `code` is silent in one case and speaks in the other; one stands at the limit, the other just beyond it.
    `words` of its page say which."""

    code: str
    words: str
    silent: Speaks
    speaks: Speaks
    what: str = ""


def told(code: str, received: Returns, framework: Framework = FRAMEWORK, line: str = "") -> bool:
    assessment = assess(framework, received)
    assert assessment.incidents == ()
    return any(one.code == code and line in ("", one.line) for one in assessment.findings)


def typed(
    code: str,
    *now: str,
    before: tuple[str, ...] = (),
    framework: Framework = FRAMEWORK,
    b: str = "",
    line: str = "",
) -> Speaks:
    """What `code` says of A's return of 2021 with some rows typed otherwise, of its return of the campaign before, and
    of the return of B; of one line only where it is given."""

    def speaks() -> bool:
        received = retyped(*now)()
        if before:
            (former,) = (
                one.submission for one in retyped(*before, table=A_REF, campaign="REF")() if one.file == "A-REF.xlsx"
            )
            assert former
            received = swap(received, former)
        if b:
            (other,) = (one.submission for one in retyped(b, table=B_2021, partner="B")() if one.file == "B-2021.xlsx")
            assert other
            received = swap(received, other)
        return told(code, received, framework, line)

    return speaks


def change(before: str, now: str, framework: Framework = FRAMEWORK) -> Speaks:
    """HIS-001 on T2.M1, a percentage."""
    return typed(
        "HIS-001", f"T2.M1 | {now} |", before=(f"T2.M1 | {before} | 2018 | | |",), framework=framework, line="T2.M1"
    )


def action(code: str, row: str) -> Speaks:
    return lambda: told(code, reported(row)())


def added(code: str, title: str) -> Speaks:
    """On an action that A adds, with its title."""
    head = "action | intitule | statut | avancement | debut | fin | beneficiaires | femmes | commentaire"
    return lambda: told(
        code, swap(retyped()(), returned(A_2021, f"{head}\nCOMPL-1 | {title} | En cours | 50 | | | | |"))
    )


def baselines(code: str, *rows: str, framework: Framework = FRAMEWORK) -> Speaks:
    return lambda: told(code, retyped(*rows, table=A_REF, campaign="REF")(), framework)


def of_measure(code: str, **changes: object) -> Framework:
    changed = (replace(one, **changes) if one.code == code else one for one in FRAMEWORK.measures)  # type: ignore[arg-type]
    return replace(FRAMEWORK, measures=tuple(changed))


CHANGE_OF_20 = replace(FRAMEWORK, contract=replace(FRAMEWORK.contract, strong_change=20))
FALLING = of_measure("T2.M1", direction=Direction.FALL)
AMOUNTS = of_measure("T1.M1", type="montant", minimum=0)
NO_RULES = replace(FRAMEWORK, rules=())
BOUNDED = of_measure("T2.M1", minimum=10, maximum=90)
PLAUSIBLE = of_measure("T2.M1", plausible_minimum=42, plausible_maximum=70)
SAME_RATE = replace(
    of_measure("T6.M1", type="montant"),
    measures=tuple(
        replace(one, type="montant") if one.code in ("T6.M1", "T6.M2", "T6.M3") else one for one in FRAMEWORK.measures
    ),
)
AT_MOST_RATE = replace(SAME_RATE, rules=(CoherenceRule("R9", "T6.M2", "<=", "T6.M1", "erreur", "Pas plus."),))
TOTALS = replace(
    FRAMEWORK,
    measures=tuple(
        replace(one, type="montant") if one.code in ("T7.M1", "T6.M1") else one for one in FRAMEWORK.measures
    ),
    rules=(CoherenceRule("R6", "T7.M1", "<=", "T6.M1", "erreur", "B ne dépasse pas A."),),
)
NEXT = Campaign("2022", "Bilan 2022", CampaignType.YEARLY, 2022, date(2022, 1, 1), date(2022, 12, 31))
TWO_YEARS = replace(FRAMEWORK, campaigns=(*FRAMEWORK.campaigns, NEXT))


def replaced(saved: datetime) -> Speaks:
    """FIC-044 on a file of 2021 that replaces another, saved on a day about the end of 2022."""

    def speaks() -> bool:
        first = returned(A_2021, A_ACTIONS, saved_at=datetime(2022, 2, 1))
        last = returned(A_2021.replace("| 45.5 ", "| 44   "), A_ACTIONS, file="A-2021 (2).xlsx", saved_at=saved)
        return told("FIC-044", (of(first), of(last)), TWO_YEARS)

    return speaks


def filed(*files: str) -> Speaks:
    """FIC-043 on files of the campaign 2021."""
    tables = ((A_2021, A_ACTIONS, "A"), (B_2021, "", "B"))
    made = zip(files, tables, strict=False)
    return lambda: told(
        "FIC-043", tuple(of(returned(table, acts, partner=who), file=file) for file, (table, acts, who) in made)
    )


def slid(*pairs: tuple[float, float]) -> Speaks:
    return lambda: bool(shifted_run(pairs, 1))


def column(factor: float, growth: float = 3, rows: int = 5, step: int = 1) -> Speaks:
    """A column of `rows` figures, each `growth` times the one above, that slid by one row; then `factor` off."""
    own = [10.1 * growth ** (row // step) for row in range(rows)]
    return slid((own[0], own[0]), *((factor * own[row - 1], own[row]) for row in range(1, rows)))


def second_version(*, shared: int, blanked: int) -> Speaks:
    """A later file that takes up some answers of the former, leaves others blank, and holds one more."""
    lines = ("T1.M2", "T2.M1", "T3.M1", "T6.M1", "T6.M2", "T6.M3")
    former = [f"{line} | 12 |" for line in lines[: shared + blanked]]
    later = [f"{line} | {'12' if number < shared else ''} |" for number, line in enumerate(lines)]
    head = "ligne | valeur | commentaire"
    received = tuple(
        of(returned("\n".join([head, *rows]), file=file, saved_at=datetime(2022, 1, day)))
        for rows, file, day in ((former, "v1.xlsx", 1), ([*later, "T4.M1 | 3 |"], "v2.xlsx", 2))
    )
    return lambda: told("HIS-006", received)


LIMITS = (
    Limit("FIC-043", "au moins deux", filed("REF/a.xlsx", "REF/b.xlsx"), filed("REF/a.xlsx")),
    Limit("FIC-044", "après la fin", replaced(datetime(2022, 12, 31, 23)), replaced(datetime(2023, 1, 1, 8))),
    Limit(
        "VAL-016",
        "bornes",
        typed("VAL-016", "T2.M1 | 90 |", framework=BOUNDED),
        typed("VAL-016", "T2.M1 | 90.1 |", framework=BOUNDED),
        "maximum",
    ),
    Limit(
        "VAL-016",
        "bornes",
        typed("VAL-016", "T2.M1 | 10 |", framework=BOUNDED),
        typed("VAL-016", "T2.M1 | 9.9 |", framework=BOUNDED),
        "minimum",
    ),
    Limit("VAL-016", "plus de 100 %", typed("VAL-016", "T2.M1 | 100 |"), typed("VAL-016", "T2.M1 | 100.1 |")),
    Limit(
        "VAL-017",
        "plausib",
        typed("VAL-017", "T2.M1 | 42 |", framework=PLAUSIBLE),
        typed("VAL-017", "T2.M1 | 41.9 |", framework=PLAUSIBLE),
        "minimum",
    ),
    Limit(
        "VAL-017",
        "plausib",
        typed("VAL-017", "T2.M1 | 70 |", framework=PLAUSIBLE),
        typed("VAL-017", "T2.M1 | 70.1 |", framework=PLAUSIBLE),
        "maximum",
    ),
    Limit("VAL-018", "comprise entre −1 et 1", typed("VAL-018", "T2.M1 | 1 |"), typed("VAL-018", "T2.M1 | 0.99 |")),
    Limit("VAL-018", "zéro mis à part", typed("VAL-018", "T2.M1 | 0 |"), typed("VAL-018", "T2.M1 | 0.01 |"), "zero"),
    Limit(
        "VAL-018",
        "1 est demandé aussi",
        action("VAL-018", "ACT-1 | En cours | 1.1 | | | | |"),
        action("VAL-018", "ACT-1 | En cours | 1 | | | | |"),
        "progress",
    ),
    Limit(
        "VAL-018",
        "1 au plus",
        typed("VAL-018", "T2.M1 | 0.5 |", framework=of_measure("T2.M1", plausible_minimum=None, plausible_maximum=1)),
        typed("VAL-018", "T2.M1 | 0.5 |", framework=of_measure("T2.M1", plausible_minimum=None, plausible_maximum=1.1)),
        "expected low",
    ),
    Limit(
        "VAL-018",
        "comprise entre −1 et 1",
        typed("VAL-018", "T2.M1 | 0.5 |", framework=of_measure("T2.M1", plausible_minimum=0.5)),
        typed("VAL-018", "T2.M1 | 0.5 |", framework=of_measure("T2.M1", plausible_minimum=0.51)),
        "expected from there",
    ),
    Limit(
        "VAL-018",
        "comprise entre −1 et 1",
        typed("VAL-018", "T2.M1 | 0.5 |", framework=of_measure("T2.M1", plausible_minimum=0.1)),
        typed("VAL-018", "T2.M1 | 0.5 |", framework=of_measure("T2.M1", plausible_minimum=0)),
        "a range from 0 says nothing",
    ),
    Limit(
        "VAL-022",
        "avant l’année où commence le contrat",
        action("VAL-022", "ACT-1 | En cours | 50 | 2019-01-01 | | | |"),
        action("VAL-022", "ACT-1 | En cours | 50 | 2018-12-31 | | | |"),
        "start, before",
    ),
    Limit(
        "VAL-022",
        "après l’année où il finit",
        action("VAL-022", "ACT-1 | En cours | 50 | | 2022-12-31 | | |"),
        action("VAL-022", "ACT-1 | En cours | 50 | | 2023-01-01 | | |"),
        "end, after",
    ),
    Limit(
        "VAL-022",
        "quinze ans",
        baselines("VAL-022", "T2.M1 | 43 | 2004 | 60 | 2022 |"),
        baselines("VAL-022", "T2.M1 | 43 | 2003 | 60 | 2022 |"),
        "baseline, before",
    ),
    Limit(
        "VAL-022",
        "après la campagne",
        baselines("VAL-022", "T2.M1 | 43 | 2019 | 60 | 2022 |"),
        baselines("VAL-022", "T2.M1 | 43 | 2020 | 60 | 2022 |"),
        "baseline, after",
    ),
    Limit(
        "VAL-022",
        "quinze ans",
        baselines("VAL-022", "T2.M1 | 43 | 2018 | 60 | 2004 |"),
        baselines("VAL-022", "T2.M1 | 43 | 2018 | 60 | 2003 |"),
        "target, before",
    ),
    Limit(
        "COH-001",
        "0,05 près",
        typed("COH-001", "T4.M1/J | 300.4 |"),
        typed("COH-001", "T4.M1/J | 300.5 |"),
        "four figures with one decimal: 0,2 at most",
    ),
    Limit(
        "COH-001", "un dénombrement est exact", typed("COH-001", "T1.M1/N | 12 |"), typed("COH-001", "T1.M1/N | 13 |")
    ),
    Limit(
        "COH-001",
        "n’est pas le total",
        typed("COH-001", "T1.M1 | 0 |", "T1.M1/N | 0 |", "T1.M1/S | 0 |"),
        typed("COH-001", "T1.M1 | 0 |", "T1.M1/N | 1 |", "T1.M1/S | 0 |"),
        "a total of zero",
    ),
    Limit(
        "COH-002",
        "plus grande que le total",
        typed("COH-002", "T1.M1/CJ | 30 |"),
        typed("COH-002", "T1.M1/CJ | 31 |"),
        "counts",
    ),
    Limit(
        "COH-002",
        "plus grande que le total",
        typed("COH-002", "T1.M1 | 30.1 |", "T1.M1/CJ | 30.2 |", framework=AMOUNTS),
        typed("COH-002", "T1.M1 | 30.1 |", "T1.M1/CJ | 30.3 |", framework=AMOUNTS),
        "amounts",
    ),
    Limit(
        "COH-003",
        "dépasse le total, aux arrondis près",
        typed("COH-003", "T4.M1/A | nd | x", "T4.M1/J | 700.5 |"),
        typed("COH-003", "T4.M1/A | nd | x", "T4.M1/J | 700.6 |"),
        "three figures with one decimal: 0,15 at most",
    ),
    Limit(
        "COH-010",
        "aux arrondis près",
        typed("COH-010", "T6.M1 | 12.3 |", "T6.M2 | 12.4 |", framework=AT_MOST_RATE),
        typed("COH-010", "T6.M1 | 12.3 |", "T6.M2 | 12.5 |", framework=AT_MOST_RATE),
        "amounts",
    ),
    Limit("COH-010", "aux arrondis près", typed("COH-010", "T6.M1 | 30 |"), typed("COH-010", "T6.M1 | 31 |"), "counts"),
    Limit(
        "COH-011",
        "aux arrondis près",
        typed("COH-011", "T6.M1 | 12.3 |", "T6.M3 | 12.4 |", framework=SAME_RATE),
        typed("COH-011", "T6.M1 | 12.3 |", "T6.M3 | 12.5 |", framework=SAME_RATE),
        "amounts",
    ),
    Limit("COH-011", "aux arrondis près", typed("COH-011", "T6.M3 | 12 |"), typed("COH-011", "T6.M3 | 11 |"), "counts"),
    Limit(
        "COH-012",
        "la première ligne est positive",
        typed("COH-012", "T3.M1 | so |", "T6.M1 | 0 |"),
        typed("COH-012", "T3.M1 | so |", "T6.M1 | 1 |"),
        "first line",
    ),
    Limit("COH-012", "nulle", typed("COH-012", "T3.M1 | 1 |"), typed("COH-012", "T3.M1 | 0 |"), "second line"),
    Limit(
        "COH-013",
        "plus petit que la plus grande modalité",
        typed("COH-013", "T1.M2 | 20 |"),
        typed("COH-013", "T1.M2 | 19 |"),
        "maximum of the categories",
    ),
    Limit(
        "COH-013", "plus grand que la somme", typed("COH-013", "T1.M2 | 35 |"), typed("COH-013", "T1.M2 | 36 |"), "sum"
    ),
    Limit(
        "COH-020",
        "plus basse que la référence",
        baselines("COH-020", "T2.M1 | 43 | 2018 | 43 | 2022 |"),
        baselines("COH-020", "T2.M1 | 43 | 2018 | 42.9 | 2022 |"),
        "rise",
    ),
    Limit(
        "COH-020",
        "ou l’inverse",
        baselines("COH-020", "T2.M1 | 43 | 2018 | 43 | 2022 |", framework=FALLING),
        baselines("COH-020", "T2.M1 | 43 | 2018 | 43.1 | 2022 |", framework=FALLING),
        "fall",
    ),
    Limit(
        "COH-023",
        "la même que celle de la référence",
        baselines("COH-023", "T2.M1 | 43 | 2018 | 60 | 2019 |"),
        baselines("COH-023", "T2.M1 | 43 | 2018 | 60 | 2018 |"),
    ),
    Limit(
        "COH-030",
        "dépasse « Bénéficiaires »",
        action("COH-030", "ACT-1 | En cours | 50 | | | 20 | 20 |"),
        action("COH-030", "ACT-1 | En cours | 50 | | | 20 | 21 |"),
    ),
    Limit(
        "COH-031",
        "inférieur à 100",
        action("COH-031", "ACT-1 | Réalisée | 100 | | | | |"),
        action("COH-031", "ACT-1 | Réalisée | 99.9 | | | | |"),
    ),
    Limit(
        "COH-031",
        "inférieur à 100",
        action("COH-031", "ACT-1 | Réalisée | 1 | | | | |"),  # what a 1 means is asked first
        action("COH-031", "ACT-1 | Réalisée | 0 | | | | |"),
        "zero",
    ),
    Limit(
        "COH-032",
        "supérieur à 0",
        action("COH-032", "ACT-1 | Non démarrée | 0 | | | | |"),
        action("COH-032", "ACT-1 | Non démarrée | 0.1 | | | | | 0,1 %"),
    ),
    Limit(
        "COH-032",
        "supérieur à 0",
        action("COH-032", "ACT-1 | Non démarrée | 1 | | | | |"),  # what a 1 means is asked first
        action("COH-032", "ACT-1 | Non démarrée | 1.1 | | | | |"),
        "one",
    ),
    Limit(
        "COH-033",
        "précède la date de début",
        action("COH-033", "ACT-1 | En cours | 50 | 2021-06-30 | 2021-06-30 | | |"),
        action("COH-033", "ACT-1 | En cours | 50 | 2021-06-30 | 2021-06-29 | | |"),
    ),
    Limit("COH-035", "sans texte", added("COH-035", "Forum"), added("COH-035", "")),
    Limit("HIS-001", "plus que le seuil du contrat", change("60", "90"), change("60", "90.1"), "rise"),
    Limit("HIS-001", "plus que le seuil du contrat", change("60", "30"), change("60", "29.9"), "fall"),
    Limit(
        "COH-037",
        "après la fin de la campagne",
        action("COH-037", "ACT-1 | En cours | 50 | 2021-12-31 | | | |"),
        action("COH-037", "ACT-1 | En cours | 50 | 2022-01-01 | | | |"),
        "the next day",
    ),
    Limit(
        "COH-037",
        "après la fin de la campagne",
        action("COH-037", "ACT-1 | En cours | 50 | 2023-01-01 | | | |"),  # after the contract: VAL-022 asks
        action("COH-037", "ACT-1 | En cours | 50 | 2022-12-31 | | | |"),
        "the last day of the contract",
    ),
    Limit(
        "HIS-001", "plus que le seuil du contrat", change("20.4", "30.6"), change("20.4", "30.7"), "in binary fractions"
    ),
    Limit(
        "HIS-001",
        "plus que le seuil du contrat",
        change("50.5", "60.6", CHANGE_OF_20),
        change("50.5", "60.7", CHANGE_OF_20),
        "another threshold",
    ),
    Limit(
        "HIS-001",
        "le commentaire est vide",
        typed("HIS-001", "T2.M1 | 90.1 | ouverture", before=("T2.M1 | 60 | 2018 | | |",)),
        typed("HIS-001", "T2.M1 | 90.1 |", before=("T2.M1 | 60 | 2018 | | |",)),
        "explained",
    ),
    Limit("HIS-001", "atteint le minimum du contrat (10)", change("4", "9.9"), change("4", "10"), "minimum"),
    Limit("HIS-001", "atteint le minimum du contrat (10)", change("9.9", "4"), change("10", "4"), "minimum, falling"),
    Limit(
        "HIS-006",
        "plus de réponses qu’il n’en laisse vides",
        second_version(shared=2, blanked=2),
        second_version(shared=3, blanked=2),
    ),
    Limit(
        "HIS-002",
        "cinq au moins",
        lambda: bool(findings(*T1_OF_LAST_YEAR[:4], "T1.M1/CJ | nd | x", "T1.M2 | nd | x")),
        lambda: bool(findings(*T1_OF_LAST_YEAR, "T1.M2 | nd | x")),
    ),
    Limit(
        "HIS-004",
        "aux arrondis près",
        typed("HIS-004", "T6.M2 | 10.1 |", before=("T6.M1 | 10.2 | 2018 | | |",), framework=SAME_RATE),
        typed("HIS-004", "T6.M2 | 10.1 |", before=("T6.M1 | 10.3 | 2018 | | |",), framework=SAME_RATE),
    ),
    Limit(
        "HIS-004",
        "trois ans plus tôt",
        typed("HIS-004", "T6.M2 | 9 |", before=("T6.M1 | 10 | 2017 | | |",)),
        typed("HIS-004", "T6.M2 | 9 |", before=("T6.M1 | 10 | 2018 | | |",)),
        "year",
    ),
    Limit("HIS-005", "à 20 % au plus", column(0.79), column(0.8), "below"),
    Limit("HIS-005", "à 20 % au plus", column(1 / 0.79), column(1 / 0.8), "above"),
    Limit("HIS-005", "à 50 % au moins", column(1, growth=1.99), column(1, growth=2)),
    Limit("HIS-005", "au moins quatre valeurs", column(1, rows=4), column(1, rows=5), "rows"),
    Limit("ENS-001", "autre valeur", typed("ENS-001", "T3.M1 | 7 |"), typed("ENS-001", "T3.M1 | 8 |"), "counts"),
    Limit(
        "ENS-001",
        "aux arrondis près",
        typed("ENS-001", "T3.M1 | 7.1 |", b="T3.M1 | 7.2 |", framework=of_measure("T3.M1", type="montant")),
        typed("ENS-001", "T3.M1 | 7.1 |", b="T3.M1 | 7.3 |", framework=of_measure("T3.M1", type="montant")),
        "amounts",
    ),
    Limit(
        "ENS-002",
        "atteint le minimum",
        typed("ENS-002", "T1.M2 | 9 |", b="T1.M2 | 9 |", framework=NO_RULES),
        typed("ENS-002", "T1.M2 | 10 |", b="T1.M2 | 10 |", framework=NO_RULES),
        "minimum",
    ),
    Limit(
        "ENS-002",
        "exactement le même total",
        typed("ENS-002", "T1.M2 | 34 |", b="T1.M2 | 35 |", framework=NO_RULES),
        typed("ENS-002", "T1.M2 | 35 |", b="T1.M2 | 35 |", framework=NO_RULES),
        "same",
    ),
    Limit(
        "ENS-005",
        "aux arrondis près",
        typed("ENS-005", "T6.M1 | 12.3 |", b="T7.M1 | 12.4 |", framework=TOTALS),
        typed("ENS-005", "T6.M1 | 12.3 |", b="T7.M1 | 12.5 |", framework=TOTALS),
    ),
)

ELSEWHERE = {  # the test that has both cases, where one needs files, workers or a contract of its own
    "COH-014": "tests/rules/test_weights.py::test_one_partner_alone_needs_no_weight",
    "COH-015": "tests/rules/test_weights.py::test_one_partner_alone_needs_no_weight",
    "ENS-004": "tests/rules/test_between_partners.py::test_a_required_line_that_nobody_reports_is_told",
    "ENS-006": "tests/rules/test_between_partners.py::test_a_partner_asked_for_both_terms_of_a_share_gives_both",
    "FIC-017": "tests/grid/test_grid_hostile.py::test_sizes_over_the_limits",
    "FIC-018": "tests/grid/test_grid_hostile.py::test_a_style_sheet_repeats_itself",
    "FIC-019": "tests/grid/test_grid_hostile.py::test_more_filled_cells_than_memory_allows",
    "FIC-023": "tests/workflows/test_workers.py::test_a_file_that_hangs_costs_itself_and_its_seconds",
    "FIC-052": "tests/workflows/test_any_name.py::test_many_are_one_finding",
    "FIC-053": "tests/rules/test_file_joins.py::test_of_three_the_one_that_contradicts_another_is_left_out_and_told",
    "VAL-025": "tests/returned/test_odd_entries.py::test_a_number_of_fifteen_digits_is_one",
}
NO_NUMBER = {  # pages whose words only look like a comparison or a count
    "FIC-002": "0 octet is nothing at all",
    "FIC-005": "« Excel 97-2003 »",
    "FIC-047": "« Excel 2003 »",
    "STR-024": "« n’a plus de titres »",
    "STR-028": "« n’a plus de codes »",
    "STR-039": "the years from which days are counted",
    "VAL-005": "names of errors",
    "VAL-009": "quotes what was typed: « moins de »",
    "VAL-013": "« de plusieurs façons »",
    "VAL-031": "quotes what is shown: 12,5 %",
}
COMPARES = re.compile(
    r"\bplus (?:que|grand|petit|bas|de \w)|\bmoins (?:de|que)|au moins|au plus|dépasse|inférieur|supérieur|\batteint"
    r"|précède|après|comprise? entre|arrondis près|la même que"
    r"|\b(?:plusieurs|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|cent|mille|demi|moitié"
    r"|tiers|quarts?)\b|(?<![A-Z]{3}-)(?<![\w-])\d"
)
"""What a page says where it compares or counts. Of « un » and « deux » nothing is asked: those are the things that one
rule speaks of, and a second of the same code or title is what each of its own cases has."""


def page_of(code: str) -> str:
    return " ".join(find_rule(code).page.split())


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: f"{one.code} {one.what or one.words}")
def test_a_rule_is_silent_on_one_side_of_its_limit_and_speaks_on_the_other(limit: Limit) -> None:
    assert (limit.silent(), limit.speaks()) == (False, True)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: f"{one.code} {one.what or one.words}")
def test_its_page_says_on_which_side_the_limit_itself_is(limit: Limit) -> None:
    assert limit.words in plain(page_of(limit.code))


def test_every_rule_whose_page_compares_or_counts_is_tried_at_its_limit() -> None:
    """A new rule with a number fails here until it has its cases. ATT and REF have tables of their own."""
    pages = {
        rule.code: rule.page.partition("Pourquoi")[0] for rule in all_rules() if rule.code[:3] not in ("REF", "ATT")
    }
    comparing = {code for code, constat in pages.items() if COMPARES.search(" ".join(constat.split()))}
    tried = {limit.code for limit in LIMITS}
    assert comparing - tried == set(ELSEWHERE) | set(NO_NUMBER)
    assert not set(ELSEWHERE) & set(NO_NUMBER)


@pytest.mark.parametrize("place", ELSEWHERE.values())
def test_what_is_tried_elsewhere_is_there(place: str) -> None:
    file, _, name = place.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")
