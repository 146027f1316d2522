"""What a coordinator typed is read as what was meant; what cannot be is kept as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.reading.workbook import canonical_from_grid
from cvsheet.errors import FrameworkError
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.scalars import typed_value
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.records import Canonical, Scalar
from cvsheet.schema.tables import load_table
from cvsheet.workflows.check import CheckResult
from cvsheet.workflows.folder import framework_of
from tests.canonical.sheets import Content, cell_of, grid_of, sheet_of


@pytest.mark.parametrize(
    ("table", "column", "typed", "read"),
    [
        ("indicateurs", "reference", "12,5", 12.5),
        ("indicateurs", "reference", "1 200 €", 1200.0),
        ("indicateurs", "reference", "environ 20", "environ 20"),
        ("indicateurs", "annee_reference", "2019", 2019),
        ("indicateurs", "annee_reference", 2019.5, "2019,5"),
        ("campagnes", "fin", "31/12/2021", date(2021, 12, 31)),
        ("campagnes", "fin", "2021-12-31", date(2021, 12, 31)),
        ("campagnes", "fin", "fin 2021", "fin 2021"),
        ("campagnes", "type", "REFERENCE", "référence"),
        ("campagnes", "type", "mensuelle", "mensuelle"),
        ("campagnes", "code", 2021.0, "2021"),
        ("campagnes", "intitule", "  Bilan  ", "  Bilan  "),
        ("ventilations", "exclusive", "OUI ", True),
        ("ventilations", "exclusive", False, False),
        ("ventilations", "exclusive", "peut-être", "peut-être"),
        ("regles", "operateur", "≤", "<="),
        ("partenaires", "code", " CAF\u00a0", "CAF"),
        ("partenaires", "note", "   ", None),
    ],
)
def test_a_cell_is_typed_as_its_column_says(table: str, column: str, typed: Content, read: Scalar) -> None:
    assert typed_value(cell_of(1, 1, typed), load_table(table).column(column)) == read


def test_an_operator_that_excel_took_for_a_formula_is_recovered() -> None:
    broken = Cell(1, 1, CellKind.ERROR, None, "#NAME?", formula="N-3")
    assert typed_value(broken, load_table("regles").column("operateur")) == "= N-3"


def tree(*codes: Content, action: Content = None) -> Canonical:
    """Objectives with these codes, and one action that serves `action`."""
    objectives = sheet_of(
        "Objectifs",
        ["Code de l’objectif", "Priorité de l’objectif", "Intitulé de l’objectif"],
        *([code, "P1", "x"] for code in codes),
    )
    actions = sheet_of("Emploi", ["Code action", "Objectif de l’action", "Action", "Pilote"], ["A1", action, "x", None])
    return canonical_from_grid(grid_of(objectives, actions), "contrat.xlsx")


def codes(canonical: Canonical) -> list[str]:
    return [record.text("code") for record in canonical.rows("objectifs")]


def test_a_code_that_excel_turned_into_a_date_is_recovered_where_only_one_can_be_meant() -> None:
    assert codes(tree(date(2026, 1, 1), "1-2", date(2026, 2, 1))) == ["1-1", "1-2", "2-1"]


def test_a_code_that_may_be_one_of_two_stays_as_excel_shows_it() -> None:
    assert codes(tree(date(2026, 2, 1))) == ["01/02/2026"]


def test_a_reference_turned_into_a_date_is_recovered_from_the_codes_that_exist() -> None:
    (action,) = tree("1-1", "1-2", action=date(2026, 2, 1)).rows("actions")
    assert action.text("objectif") == "1-2"


def test_records_know_their_cells_and_the_coordinator_s_own_columns() -> None:
    sheet = sheet_of(
        "G", [], ["Vu", "Sens du sigle", "Sigle"], [], [3, "sens", "PE", "en marge"], ["sans rien d’autre", None, None]
    )
    canonical = canonical_from_grid(grid_of(sheet), "contrat.xlsx")
    (record,) = canonical.rows("glossaire")
    assert record.values == {"sigle": "PE", "sens": "sens"}
    assert record.cells == {"sigle": "C4", "sens": "B4"}
    assert record.extras == {"Vu": 3.0, "Colonne sans titre D": "en marge"}
    assert canonical.headers == {"glossaire": (("G", 2),)}


def test_the_framework_is_refused_with_sheet_and_cell(amboise: Canonical) -> None:
    (broken, *others) = amboise.rows("campagnes")
    values = {**broken.values, "fin": "fin décembre"}
    record = type(broken)("campagnes", values, "Campagnes", 5, {"fin": "F5"})
    canonical = Canonical("contrat.xlsx", {**amboise.tables, "campagnes": (record, *others)})
    with pytest.raises(FrameworkError, match=r"Feuille « Campagnes », cellule F5 \(Fin\).*cvsheet check"):
        framework_from(canonical)


def test_a_code_that_stands_twice_is_refused(amboise: Canonical) -> None:
    first, second, *others = amboise.rows("partenaires")
    twin = type(second)("partenaires", {**second.values, "code": first.text("code")}, "Partenaires", 6, {"code": "A6"})
    canonical = Canonical("contrat.xlsx", {**amboise.tables, "partenaires": (first, twin, *others)})
    with pytest.raises(FrameworkError, match=r"A6.*déjà pris"):
        framework_from(canonical)


def test_settings_that_are_absent_have_their_defaults(amboise: Canonical) -> None:
    (record,) = amboise.rows("contrat")
    kept = {name: value for name, value in record.values.items() if not name.startswith(("seuil", "variation"))}
    bare = type(record)("contrat", kept, "Contrat")
    contract = framework_from(Canonical("c", {**amboise.tables, "contrat": (bare,)})).contract
    assert (contract.on_track_from, contract.watch_from, contract.secrecy_people) == (95, 75, 5)


def test_a_measure_without_pillar_has_that_of_its_priority(amboise: Canonical) -> None:
    rows = tuple(
        type(row)("indicateurs", {**row.values, "pilier": None}, row.sheet) for row in amboise.rows("indicateurs")
    )
    framework = framework_from(Canonical("c", {**amboise.tables, "indicateurs": rows}))
    assert framework == framework_from(amboise)


def test_a_code_that_a_cell_names_twice_counts_once(amboise: Canonical) -> None:
    row = next(row for row in amboise.rows("indicateurs") if row.text("producteurs").count(";") == 1)
    doubled = {name: f"{row.text(name)}; {row.text(name)}" for name in ("producteurs", "ventilations")}
    twice = replace(row, values={**row.values, **doubled})
    rows = tuple(twice if one is row else one for one in amboise.rows(row.table))
    assert framework_from(Canonical("c", {**amboise.tables, row.table: rows})) == framework_from(amboise)


def test_amboise_is_read_whole(amboise: Canonical) -> None:
    framework = framework_from(amboise)
    counts = (len(framework.pillars), len(framework.priorities), len(framework.objectives), len(framework.actions))
    assert counts == (4, 8, 21, 89)
    assert (len({measure.indicator for measure in framework.measures}), len(framework.measures)) == (54, 93)
    assert (len(framework.partners), len(framework.reporting_partners), len(framework.input_lines)) == (23, 18, 288)
    assert len(framework.rules) == 27


def test_the_first_fault_without_a_place_names_none(amboise: Canonical) -> None:
    missing = Finding("REF-001", Severity.ERROR, facts={"table": "Campagnes", "titles": "Code"})
    with pytest.raises(FrameworkError, match="La première : La table"):
        framework_of(CheckResult(amboise, (missing,)), "contrat.xlsx")
