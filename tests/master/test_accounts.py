"""What is received is consolidated or set aside, each answer with its reason; else nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.errors import CvsheetError, UsageError
from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.engine.assessment import Assessment, CellKey, Received
from cvsheet.model.framework import Framework
from cvsheet.model.long_table import long_table
from cvsheet.model.submission import Answer, AnswerKind, Entry, Identity, Observation, Quantity, Submission
from cvsheet.workflows.consolidate import LEFT_OUT, REPLACED, balance, consolidate
from tests.consolidation.frameworks import as_table, framework, measure

CONTRACT = framework(
    measure("SUM.M1"),
    measure("SOURCE.M1", "source unique"),
    measure("MEAN.M1", "moyenne pondérée", weight="SUM.M1"),
    measure("SIDE.M1", "aucune"),
)
LINES = tuple(CONTRACT.line)


def returned(partner: str, typed: Mapping[str, float | str], campaign: str = "2021", file: str = "") -> Submission:
    """A file in which `partner` typed numbers and reasons by line; each stands in the cell named like its line."""
    name = file or f"{campaign}_{partner}.xlsx"
    observations = tuple(
        Observation(
            campaign, partner, line, Quantity.VALUE, Entry(_answer(value), raw=str(value), cell=line), name, "P"
        )
        for line, value in typed.items()
    )
    identity = Identity("essai", campaign, partner)
    return Submission(name, "0" * 64, "xlsx", datetime(2022, 1, 1), identity, observations)


def _answer(value: float | str) -> Answer:
    return Answer(AnswerKind(value)) if isinstance(value, str) else Answer(AnswerKind.NUMBER, float(value))


def judged(
    *current: Submission, aside: Mapping[CellKey, str] | None = None, others: tuple[Submission, ...] = ()
) -> Assessment:
    """An assessment in which `current` count and `others` do not."""
    rules = aside or {}
    frame = long_table(seen for submission in current for seen in submission.observations)
    keys = zip(frame["fichier"], frame["feuille"], frame["cellule"], strict=True)
    received = tuple(Received(one.file, one) for one in (*current, *others))
    return Assessment(received, current, as_table(frame.assign(ecart=[rules.get(key, "") for key in keys])), (), rules)


def accounts(assessment: Assessment, contract: Framework = CONTRACT) -> dict[str, int]:
    return dict(balance(assessment, aggregate(contract, assessment.frame)))


def test_each_answer_is_in_a_total_or_has_its_reason() -> None:
    a = returned("A", {"SUM.M1": 1, "SOURCE.M1": 2, "SIDE.M1": 3, "MEAN.M1": 4})
    b = returned("B", {"SUM.M1": "nd", "SOURCE.M1": 9, "MEAN.M1": 5})
    c = returned("C", {"SUM.M1": -1})
    assert accounts(judged(a, b, c, aside={("2021_C.xlsx", "P", "SUM.M1"): "VAL-016"})) == {
        "Réponses reçues": 8,
        "Consolidées": 3,  # SUM, SOURCE and MEAN of A
        "Sans valeur : nd, ns ou so": 1,
        "Gardées hors total : une autre source fait autorité": 1,
        "Gardées hors total : poids absent ou nul": 1,
        "Gardées hors total : montrées par partenaire": 1,
        "Écartées : règle VAL-016": 1,
    }


def test_answers_of_files_that_do_not_count_are_accounted_for() -> None:
    new, old = returned("A", {"SUM.M1": 1}), returned("A", {"SUM.M1": 7, "SIDE.M1": 7}, file="vieux.xlsx")
    assessment = judged(new, others=(old,))
    assert accounts(assessment)[LEFT_OUT] == 2
    replaced = Assessment(assessment.received, (new,), assessment.answers, (), superseded={"vieux.xlsx": new.file})
    assert accounts(replaced)[REPLACED] == 2


def test_accounts_that_do_not_balance_stop_everything(tmp_path: Path) -> None:
    assessment = judged(returned("A", {"SUM.M1": 1, "SIDE.M1": 2}))
    lost = Assessment(assessment.received, assessment.current, as_table(assessment.frame.iloc[:1]), ())
    with pytest.raises(CvsheetError, match="Le compte n’est pas juste"):
        consolidate(CONTRACT, lost, None, tmp_path / "maitre.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_latest_campaign_with_a_return_is_judged(tmp_path: Path) -> None:
    assessment = judged(returned("A", {"SUM.M1": 1}, "2020"), returned("B", {"SUM.M1": 1}, "2020"))
    result = consolidate(CONTRACT, assessment, None, tmp_path)
    assert result.path.name == "essai_2020_maitre.xlsx"
    assert result.summary[0].startswith("2\u00a0réponses reçues = 2\u00a0consolidées + 0\u00a0mise de côté")


def test_a_campaign_that_does_not_exist_is_answered_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="REF, 2020, 2021"):
        consolidate(CONTRACT, judged(returned("A", {"SUM.M1": 1})), "2031", tmp_path)


def test_without_a_usable_return_there_is_nothing_to_consolidate(tmp_path: Path) -> None:
    with pytest.raises(CvsheetError, match="rien à consolider"):
        consolidate(CONTRACT, judged(), None, tmp_path)


ANSWERS = st.dictionaries(st.sampled_from(LINES), st.sampled_from([0, 3, 12.5, "nd", "ns", "so", "vide"]))
ASIDE = st.sets(st.tuples(st.sampled_from(["2021_A.xlsx", "2021_B.xlsx"]), st.sampled_from(LINES)))


@given(ANSWERS, ANSWERS, ASIDE)
def test_whatever_comes_in_the_accounts_balance(
    one: dict[str, float | str], other: dict[str, float | str], aside: set[tuple[str, str]]
) -> None:
    filled = {("2021_A.xlsx", line) for line, value in one.items() if value != "vide"}
    filled |= {("2021_B.xlsx", line) for line, value in other.items() if value != "vide"}
    rules = {(file, "P", line): "VAL-016" for file, line in aside & filled}
    received, *parts = accounts(judged(returned("A", one), returned("B", other), aside=rules)).values()
    assert received == len(filled) == sum(parts)
