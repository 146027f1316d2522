"""Which lines of a master open an indicator, which measure stands for it, where added columns come back."""

from __future__ import annotations

from dataclasses import replace

from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import Coordination
from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.engine.assessment import Assessment
from tests.consolidation.frameworks import answers, as_table, framework, measure

CONTRACT = framework(
    measure("I.M1", headline=False, breakdowns=("quartier",)),
    measure("I.M2", headline=True),
    measure("I.M3", headline=False),
    measure("J.M1", headline=False),
    measure("J.M2", headline=False),
)
CONTENT = MasterContent(
    CONTRACT,
    aggregate(CONTRACT, answers()),
    Assessment((), (), as_table(answers()), ()),
    CONTRACT.campaign["2020"],
    (),
    (),
)


def test_the_total_of_the_first_measure_opens_its_indicator() -> None:
    assert [code for code, line in CONTRACT.line.items() if CONTENT.opens_indicator(line)] == ["I.M1", "J.M1"]


def test_the_measure_marked_so_stands_for_its_indicator_else_the_first() -> None:
    assert [line.code for line in CONTENT.headline_lines] == ["I.M2", "J.M1"]
    marked = [replace(one, headline=one.code in ("I.M1", "J.M2")) for one in CONTRACT.measures]
    content = replace(CONTENT, framework=replace(CONTRACT, measures=tuple(marked)))
    assert content.framework.headlines == ("I.M1", "J.M2")


def test_the_added_columns_of_two_tables_come_back_in_their_own() -> None:
    added = (("Emploi", "suivi", "Relance"), ("Habitat", "suivi", "Élu"), ("Réception", "reception", "Téléphone"))
    told = Coordination(titles=added)
    assert told.margin("suivi").titles == ("Relance", "Élu")
    assert told.margin("suivi", keys=(), sheet="Habitat").titles == ("Élu",)
    assert told.margin("reception").titles == ("Téléphone",)
    assert told.margin("donnees").titles == ()
