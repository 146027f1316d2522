"""HIS-002: the figures of a former campaign sent again, in the whole return or in one of its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from cvsheet.judging.engine.assessment import Received
from cvsheet.model.framework import Campaign, CampaignType, Framework
from cvsheet.model.submission import Observation, Submission
from tests.rules.good import A_REF, good, judged, retyped, swap
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned

SHEETS = {"T1": "Emploi", "T2": "Logement", "T3": "Logement", "T4": "Logement", "T6": "Cadre de vie"}
T1_OF_LAST_YEAR = ("T1.M1 | 24 |", "T1.M1/N | 10 |", "T1.M1/S | 14 |", "T1.M1/JD | 16 |", "T1.M1/CJ | 12 |")


def findings(*changes: str, framework: Framework = FRAMEWORK, former: Mapping[str, str] | None = None) -> list[str]:
    """Where HIS-002 speaks (``sheet count``) of A's return on three sheets, some of its rows typed otherwise; `former`
    replaces texts in the return of the campaign before."""
    before = A_REF
    for old, new in (former or {}).items():
        assert old in before
        before = before.replace(old, new)
    received = _placed(swap(retyped(*changes)(), returned(before, campaign="REF")))
    told = [one for one in judged(received, framework).findings if one.code == "HIS-002"]
    return [f"{one.place.sheet or 'classeur'} {one.facts['count']}" for one in told]


def _on_sheets(submission: Submission) -> tuple[Observation, ...]:
    return tuple(replace(seen, sheet=SHEETS.get(seen.line[:2], "Emploi")) for seen in submission.observations)


def test_one_sheet_of_three_holds_last_years_figures() -> None:
    assert findings(*T1_OF_LAST_YEAR, "T1.M2 | 20 |") == ["Emploi 6"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("T1.M2 | 25 |",), []),  # a single other figure: the sheet was worked on
        (("T1.M2 | 21 |",), []),
        (("T1.M2 | nd | en mars",), ["Emploi 5"]),  # five figures can be compared
        (("T1.M2 | nd | en mars", "T1.M1/CJ | nd | en mars"), []),  # four
    ],
)
def test_five_figures_that_can_be_compared(changed: tuple[str, ...], told: list[str]) -> None:
    assert findings(*T1_OF_LAST_YEAR, *changed) == told


def test_a_whole_return_is_told_once() -> None:
    everything = (
        *T1_OF_LAST_YEAR, "T1.M2 | 20 |", "T2.M1 | 43 |", "T3.M1 | 6 |", "T4.M1 | 900.5 |", "T4.M1/A | 300.2 |",
        "T6.M1 | 10 |", "T6.M2 | 9 |", "T6.M3 | 10 |",
    )  # fmt: skip
    assert findings(*everything) == ["classeur 15"]


def test_two_sheets_of_three_are_told_each() -> None:
    two = (*T1_OF_LAST_YEAR, "T1.M2 | 20 |", "T2.M1 | 43 |", "T3.M1 | 6 |", "T4.M1 | 900.5 |", "T4.M1/A | 300.2 |")
    assert findings(*two) == ["Emploi 6", "Logement 6"]


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ("24 10 14 16 12 20", ["Emploi 6"]),
        ("24 0 24 16 12 20", ["Emploi 6"]),  # one zero stays zero, five others could have moved
        ("24 0 24 0 12 20", []),
        ("12 6 6 12 12 12", []),  # two figures, however often
        ("12 6 6 12 12 24", ["Emploi 6"]),  # three
    ],
)
def test_figures_that_have_no_reason_to_move_are_no_sign(figures: str, told: list[str]) -> None:
    lines = ("T1.M1", "T1.M1/N", "T1.M1/S", "T1.M1/JD", "T1.M1/CJ", "T1.M2")
    pairs = dict(zip(lines, figures.split(), strict=True))
    before = {row: f"{code:8} | {pairs[code]} | 2018 |  | |" for code, row in _rows(A_REF, pairs)}
    assert findings(*(f"{code} | {value} |" for code, value in pairs.items()), former=before) == told


def _rows(table: str, lines: Mapping[str, str]) -> list[tuple[str, str]]:
    named = [(row.partition("|")[0].strip(), row) for row in table.splitlines()]
    return [(code, row) for code, row in named if code in lines]


def test_a_survey_is_not_made_every_year() -> None:
    surveys = tuple(replace(one, nature="enquête") if one.code.startswith("T1") else one for one in FRAMEWORK.measures)
    assert findings(*T1_OF_LAST_YEAR, "T1.M2 | 20 |", framework=replace(FRAMEWORK, measures=surveys)) == []


@pytest.mark.parametrize(("last_year", "told"), [("", []), ("compté deux fois", ["Emploi 6"])])
def test_a_comment_of_this_year_confirms_a_figure_that_of_last_year_does_not(last_year: str, told: list[str]) -> None:
    """With two figures of six confirmed, four are left."""
    said = ("T1.M1/JD | 16 | compté deux fois", "T1.M1/CJ | 12 | compté deux fois")
    rows = {
        "T1.M1/JD": f"T1.M1/JD | 16 | 2018 | | | {last_year}",
        "T1.M1/CJ": f"T1.M1/CJ | 12 | 2018 | | | {last_year}",
    }
    former = {row: rows[code] for code, row in _rows(A_REF, rows)}
    assert findings(*T1_OF_LAST_YEAR[:3], *said, "T1.M2 | 20 |", former=former) == told


def test_lines_that_are_no_longer_in_the_contract_are_no_sign() -> None:
    left = tuple(one for one in FRAMEWORK.measures if not one.code.startswith("T1"))
    assert findings(*T1_OF_LAST_YEAR, "T1.M2 | 20 |", framework=replace(FRAMEWORK, measures=left)) == []


HALF = Campaign("S1", "Semestre", CampaignType.YEARLY, 2021, date(2021, 1, 1), date(2021, 6, 30))
YEAR = Campaign("2020", "Bilan 2020", CampaignType.YEARLY, 2020, date(2020, 1, 1), date(2020, 12, 31))
T1 = ("T1.M1", "T1.M1/N", "T1.M1/S", "T1.M1/JD", "T1.M1/CJ", "T1.M2")


@pytest.mark.parametrize(
    ("copied", "told"),
    [
        ((), []),
        (("REF",), [("Emploi", "REF")]),  # 2020 lies in between
        (("2020",), [("Emploi", "2020")]),
        (("S1",), [("Emploi", "S1")]),  # half a year before, while 2020 is nearer to a year
        (("REF", "2020"), [("Emploi", "2020")]),  # one cause, told once
    ],
)
def test_another_former_campaign_may_have_been_copied(copied: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    framework = replace(FRAMEWORK, campaigns=(*FRAMEWORK.campaigns, HALF, YEAR))
    now = dict(zip(T1, ("30", "12", "18", "20", "15", "25"), strict=True))
    other = dict(zip(T1, ("42", "18", "24", "26", "21", "31"), strict=True))
    received = list(good()[:1])
    for campaign in ("REF", "2020", "S1"):
        given = now if campaign in copied else {code: f"{int(value) + len(campaign)}" for code, value in other.items()}
        of_year = campaign == "REF"
        title = "reference | annee_reference" if of_year else "valeur"
        rows = (
            f"{code} | {value}{' | 2018' if of_year else ''} |" for code, value in (*given.items(), ("T2.M1", "41"))
        )
        made = returned("\n".join([f"ligne | {title} | commentaire", *rows]), campaign=campaign, framework=framework)
        received.append(Received(made.file, made))
    findings = [one for one in judged(_placed(received), framework).findings if one.campaign == "2021"]
    told_of = [(one.place.sheet, one.facts["previous_campaign"]) for one in findings if one.code == "HIS-002"]
    assert told_of == told


def _placed(received: Iterable[Received]) -> tuple[Received, ...]:
    return tuple(
        Received(one.file, replace(one.submission, observations=_on_sheets(one.submission)))
        for one in received
        if one.submission
    )
