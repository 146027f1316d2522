"""CSV -> workbook -> CSV loses nothing, and the committed template is what its command makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.files.grid import open_grid
from cvsheet.model.records import Canonical, Record, Scalar
from cvsheet.text.numerals import tidy
from cvsheet.workflows.template import make_template
from tests.canonical.conftest import CSV_FOLDER, TEMPLATE
from tests.canonical.csv_folder import csv_files, write_csv_folder
from tests.conftest import ROOT
from tests.examples import examples

Content = Mapping[str, list[tuple[Mapping[str, Scalar], Mapping[str, Scalar]]]]


def content(canonical: Canonical) -> Content:
    """What the tables hold, places aside. A table without rows is as good as none."""
    return {
        name: [(dict(row.values), dict(row.extras)) for row in rows]
        for name, rows in sorted(canonical.tables.items())
        if rows
    }


def through_workbook(canonical: Canonical, folder: Path) -> Canonical:
    path = folder / "contrat.xlsx"
    path.write_bytes(canonical_workbook(canonical))
    return read_canonical(path)


def through_csv(canonical: Canonical, folder: Path) -> Canonical:
    write_csv_folder(canonical, folder / "csv")
    return read_csv_folder(folder / "csv")


def with_extras(canonical: Canonical) -> Canonical:
    """The same after a coordinator added columns of their own to the partners and actions."""
    extras: tuple[dict[str, Scalar], ...] = (
        {"Vu le": date(2021, 3, 1), "Montant voté": 1200.5, "intitule": "12", "Appelé": True},
        {"Vu le": datetime(2021, 3, 1, 14, 30), "Montant voté": "'à voir", "intitule": "2021-03-01"},
        {"+": "plusieurs\nlignes", "Appelé": "oui", "intitule": "VRAI"},
    )
    tables = dict(canonical.tables)
    for name in ("partenaires", "actions"):
        rows = tables[name]
        tables[name] = (*(replace(row, extras=given) for row, given in zip(rows, extras, strict=False)), *rows[3:])
    return replace(canonical, tables=tables)


@pytest.mark.same_bytes
def test_the_committed_template_is_what_its_command_makes(tmp_path: Path) -> None:
    make_template(CSV_FOLDER, tmp_path / "template.xlsx")
    assert (tmp_path / "template.xlsx").read_bytes() == TEMPLATE.read_bytes(), (
        "run: python -m cvsheet.workflows.template examples/amboise/referentiel workbook/contrat_ville_template.xlsx"
    )


def test_the_workbook_holds_the_records_of_the_csv_folder(amboise: Canonical) -> None:
    workbook = read_canonical(TEMPLATE)
    assert content(workbook) == content(amboise)
    assert framework_from(workbook) == framework_from(amboise)


def test_workbook_to_csv_to_workbook_loses_nothing_and_gives_the_same_bytes(amboise: Canonical, tmp_path: Path) -> None:
    first = with_extras(amboise)
    workbook = through_workbook(first, tmp_path)
    folder = through_csv(workbook, tmp_path)
    assert content(workbook) == content(folder) == content(first)
    assert canonical_workbook(folder) == (tmp_path / "contrat.xlsx").read_bytes()
    assert csv_files(folder) == csv_files(workbook)


def test_every_word_of_the_source_is_in_the_workbook() -> None:
    cells = [cell.raw for sheet in open_grid(TEMPLATE).sheets for cell in sheet.cells()]
    source = (ROOT / "examples" / "amboise" / "source.txt").read_text(encoding="utf-8")
    assert words(source) - words("\n".join(cells)) == set()


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w'’.@%/]+", text.replace("’", "'")))


VALUES: st.SearchStrategy[Scalar] = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=30),
    st.sampled_from(["=1+1", "1-1", "007", "12,5", "'x", "a\nb", "VRAI", "2021-01-01", "#N/A", " x ", "nd"]),
    st.floats(-1e12, 1e12).map(lambda number: round(number, 4)),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.booleans(),
)


@examples(15)
@given(values=st.lists(VALUES, min_size=1, max_size=8))
@pytest.mark.long
def test_what_a_coordinator_adds_survives_whatever_it_looks_like(values: list[Scalar], tmp_path: Path) -> None:
    glossary = tuple(
        Record("glossaire", {"sigle": f"S{number}", "sens": "x"}, extras={"Note": value})
        for number, value in enumerate(values)
    )
    once = through_workbook(Canonical("c", {"glossaire": glossary}), tmp_path)
    expected = [value if tidy(str(value)) else None for value in values]
    assert [row.extras.get("Note") for row in once.rows("glossaire")] == pytest.approx(expected)
    assert content(through_csv(once, tmp_path))["glossaire"] == content(once)["glossaire"]
