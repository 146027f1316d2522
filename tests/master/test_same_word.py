"""The situation of a line is one word, wherever it stands: master, *Synthèse*, publication and open data."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.master.decisions import Arbitration, Coordination
from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.rows import rows_of
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.follow_up import follow_up
from cvsheet.files.scalars import answer_of
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework, Reference
from cvsheet.workflows.consolidate import arbitrated
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, framework, measure
from tests.master.test_live_formulas import master, shown

SECRET, NOT_FILLED = "Secret statistique", "Non renseigné"
# the answers of A and B to one line -> its situation
WORDS = [
    (("ns",), SECRET),
    (("nd",), NOT_FILLED),
    (("so",), NOT_FILLED),
    ((), NOT_FILLED),
    (("ns", "nd"), SECRET),
    (("ns", "so"), SECRET),
    (("so", "nd"), NOT_FILLED),
    (("ns", "15"), "En recul"),
    (("25",), "En retard"),
]


# what is decided of a measure whose answers are kept side by side -> its situation
DECIDED = [("25", "En retard"), ("45", "Cible atteinte"), ("nd", "Suivi"), ("", "Suivi")]


def contract() -> Framework:
    codes = [f"M{number}.M1" for number in range(len(WORDS))]
    decided = [f"D{number}.M1" for number in range(len(DECIDED))]
    codes += decided
    return framework(
        *(measure(code, "aucune" if code in decided else "somme") for code in codes),
        references={code: Reference(20, 2019, "validée", 40, 2023, "validée") for code in codes},
    )


TABLE = answers(
    *(
        f"2021 {partner} M{number}.M1 {answer}"
        for number, (given, _) in enumerate(WORDS)
        for partner, answer in zip("AB", given, strict=False)
    ),
    *(f"2021 {partner} D{number}.M1 {answer}" for number in range(len(DECIDED)) for partner, answer in ("A2", "B3")),
)
COORDINATION = Coordination(
    {
        ("2021", code): Arbitration("2021", code, typed, answer_of(typed), "vu")
        for number, (said, _) in enumerate(DECIDED)
        if said
        for code, typed in ((f"D{number}.M1", float(said) if said.isdigit() else said),)
    }
)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory, libreoffice: Convert) -> Path:
    path = tmp_path_factory.mktemp("mot") / "maitre.xlsx"
    path.write_bytes(master(contract(), TABLE, decided=COORDINATION))
    return libreoffice(path, "xlsx")


def consolidated(known: Framework) -> Consolidation:
    return arbitrated(known, Assessment((), (), as_table(TABLE), ()), COORDINATION)


@pytest.mark.parametrize("number", range(len(WORDS)))
def test_a_line_has_one_situation(recalculated: Path, number: int) -> None:
    code, (_, word) = f"M{number}.M1", WORDS[number]
    known = contract()
    found = consolidated(known)
    published = follow_up(found, secrecy(found), known.line[code], known.campaign["2021"])
    rows = rows_of(ExportContent(known, found, secrecy(found), {}), "progression")
    exported = next(row for row in rows if (row["campagne"], row["ligne"]) == ("2021", code))
    assert (shown(recalculated, code, "Situation"), published.situation, exported["situation"]) == (word, word, word)
    if word == "En recul":
        assert shown(recalculated, code, "Retard (mois)") in (None, "")
        assert (published.lag, exported["retard_mois"]) == (None, None)


@pytest.mark.parametrize("number", range(len(DECIDED)))
def test_a_number_decided_of_answers_kept_side_by_side_is_judged_everywhere(recalculated: Path, number: int) -> None:
    code, (said, word) = f"D{number}.M1", DECIDED[number]
    known = contract()
    found = consolidated(known)
    published = follow_up(found, secrecy(found), known.line[code], known.campaign["2021"])
    content = ExportContent(known, found, secrecy(found), {})
    rows = [row for name in ("valeurs", "progression") for row in rows_of(content, name) if row["ligne"] == code]
    value = float(said) if said.isdigit() else None
    assert (shown(recalculated, code, "Situation"), published.situation) == (word, word)
    assert (shown(recalculated, code, "Valeur retenue") or None, published.value) == (value, value)
    assert [row["valeur"] for row in rows] == ([value, value] if value else [])
    assert [row["situation"] for row in rows[1:]] == ([word] if value else [])


def test_a_decision_that_no_value_is_retained_is_no_secret(tmp_path: Path, libreoffice: Convert) -> None:
    decided = Coordination({("2021", "M0.M1"): Arbitration("2021", "M0.M1", "nd", answer_of("nd"), "vu")})
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(contract(), TABLE, decided=decided))
    assert shown(path, "M0.M1", "Situation") == NOT_FILLED
    assert shown(libreoffice(path, "xlsx"), "M0.M1", "Situation") == NOT_FILLED
