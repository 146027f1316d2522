"""A breakdown has a title that people read; its code stays where programs look for it, and gives its words where a
contract has no title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.books.kit.breakdowns import blocks_of
from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.rows import rows_of
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY
from cvsheet.judging.contract.judge import judge_canonical
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.records import Canonical
from tests.rules.good import FRAMEWORK, good, judged, retyped

AMBOISE = Path(__file__).parent.parent / "examples" / "amboise" / "referentiel"
CANONICAL = read_csv_folder(AMBOISE)
TITLED = replace(FRAMEWORK, breakdown_titles=(("quartier", "Quartier prioritaire"),))


def titled(titles: dict[str, str]) -> Canonical:
    """The contract of Amboise with these titles in its rows of categories, and no other."""
    rows = [
        replace(row, values={**row.values, "ventilation_intitule": titles.get(row.text("code"))})
        for row in CANONICAL.rows("ventilations")
    ]
    return replace(CANONICAL, tables={**CANONICAL.tables, "ventilations": tuple(rows)})


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        ({}, "durée de garde"),
        ({"HEURE": "Durée de garde"}, "Durée de garde"),
        ({"JOUR": "Durée de garde"}, "Durée de garde"),  # on any row
        ({"HEURE": "Durée de garde", "JOUR": "Horaire"}, "Durée de garde"),  # the first one; `check` asks
        ({"F": "Sexe"}, "durée de garde"),
    ],
)
def test_the_first_title_counts_and_else_the_words_of_the_code(titles: dict[str, str], shown: str) -> None:
    assert framework_from(titled(titles)).breakdown_title("durée_de_garde") == shown


def test_words_of_a_code_are_elided() -> None:
    assert framework_from(titled({})).breakdown_title("type_d_emploi") == "type d’emploi"


def test_every_breakdown_of_the_example_has_its_title() -> None:
    framework = framework_from(CANONICAL)
    assert {name for name, _ in framework.breakdown_titles} == set(framework.breakdown)


def test_a_title_makes_no_workbook_that_was_sent_an_older_one() -> None:
    before, after = framework_from(titled({})), framework_from(CANONICAL)
    assert {one.code: before.version_for(one.code) for one in before.campaigns} == {
        one.code: after.version_for(one.code) for one in after.campaigns
    }


def test_a_contract_made_before_there_were_titles_is_read_and_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "contrat.xlsx"
    path.write_bytes(canonical_workbook(CANONICAL))
    book = openpyxl.load_workbook(path)
    sheet = book["Ventilations"]
    (header,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Intitulé de la ventilation"]
    sheet.delete_cols(header.column)
    book.save(path)
    former = read_canonical(path)
    assert framework_from(former).breakdown_titles == ()
    assert framework_from(former).categories == framework_from(CANONICAL).categories
    assert {one.code for one in judge_canonical(former).findings} == {"REF-031"}  # actions without a pilot


def test_titles_come_back_from_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "contrat.xlsx"
    path.write_bytes(canonical_workbook(CANONICAL))
    assert framework_from(read_canonical(path)).breakdown_titles == framework_from(CANONICAL).breakdown_titles


@pytest.mark.parametrize(
    ("title", "block"),
    [
        ("", "Par quartier"),
        ("Quartier prioritaire", "Par quartier prioritaire"),
        ("Âge", "Par âge"),
        ("QPV", "Par QPV"),
        ("Par quartier", "Par quartier"),
        ("H/F", "Par H/F"),
    ],
)
def test_the_title_heads_its_block_of_par_ventilation(title: str, block: str) -> None:
    framework = replace(FRAMEWORK, breakdown_titles=(("quartier", title),) if title else ())
    assert block in [one.title for one in blocks_of(framework)]


@pytest.mark.parametrize(("framework", "said"), [(FRAMEWORK, "« quartier »"), (TITLED, "« Quartier prioritaire »")])
def test_a_sentence_on_a_sum_names_the_breakdown_by_its_title(framework: object, said: str) -> None:
    found = judged(retyped("T1.M1/N | 14 |")(), framework).findings  # type: ignore[arg-type]
    (message,) = [find_rule(one.code).message(one) for one in found if one.code == "COH-001"]
    assert said in message.replace("\u00a0", " ")


def test_the_codes_of_the_open_data_have_both() -> None:
    content = ExportContent(TITLED, aggregate(TITLED, judged(good()).frame), NO_SECRECY, {})
    lines = {row["ligne"]: (row["ventilation"], row["ventilation_intitule"]) for row in rows_of(content, "referentiel")}
    assert lines["T1.M1/N"] == ("quartier", "Quartier prioritaire")
    assert lines["T1.M1"] == (None, None)
    codes = {row["code"]: row["signification"] for row in rows_of(content, "codes") if row["colonne"] == "ventilation"}
    assert codes == {"quartier": "Quartier prioritaire", "outil": "outil", "tranche": "tranche"}
