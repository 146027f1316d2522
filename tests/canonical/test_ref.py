"""Each REF rule is silent on the template and finds exactly its fault, at its cell, in a damaged copy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.books.master.decisions import OUR_SHEETS
from cvsheet.books.partner.identity import HIDDEN_SHEET, KEPT_TITLE, TO_FIX_TITLE
from cvsheet.books.partner.writing.guide import GUIDE_SHEET
from cvsheet.errors import FrameworkError
from cvsheet.judging.contract.judge import REF_RULES, judge_canonical
from cvsheet.judging.contract.settings import RESERVED_SHEETS
from cvsheet.judging.contract.survey import LINE_COLUMNS
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.records import Canonical, HeaderPlace, Record, Scalar
from cvsheet.schema.tables import fold
from cvsheet.workflows.check import check
from tests.canonical.conftest import CSV_FOLDER, TEMPLATE
from tests.words import plain

GOOD = read_canonical(TEMPLATE)
WITHOUT_PILOT = "REF-031"


@dataclass(frozen=True)
class Case:
    """Damage done to one row (its code), and the one finding expected of it."""

    code: str
    table: str
    row: str
    values: dict[str, Scalar]
    column: str
    says: str
    also: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}-{self.column}"


CASES = (
    Case("REF-010", "indicateurs", "EMP-P1-I01.M1", {"mesure": None}, "mesure", "« Mesure » doit être rempli"),
    Case("REF-011", "indicateurs", "EMP-P1-I01.M1", {"sens": "augmentation"}, "sens", "hausse, baisse, suivi"),
    Case("REF-011", "ventilations", "VER", {"exclusive": "peut-être"}, "exclusive", "Choisissez : oui, non."),
    Case("REF-012", "indicateurs", "EMP-P1-I01.M1", {"reference": "environ 20"}, "reference", "n’est pas un nombre"),
    Case("REF-012", "campagnes", "2021", {"limite": "fin février"}, "limite", "n’est pas une date"),
    Case("REF-013", "indicateurs", "EMP-P1-I01.M1", {"annee_cible": 22}, "annee_cible", "de 1990 à 2100"),
    Case("REF-014", "partenaires", "EMM", {"code": "Emmaüs Connect"}, "code", "forme attendue",
         {"REF-021": 2}),
    Case("REF-014", "partenaires", "CAF", {"courriel": "au secrétariat"}, "courriel", "forme attendue"),
    Case("REF-015", "partenaires", "EMM", {"code": "caf"}, "code", "déjà pris", {"REF-021": 2}),
    Case("REF-015", "ventilations", "PMP", {"code": "VER"}, "code", "déjà pris"),
    Case("REF-020", "actions", "EMP-1-1-A01", {"objectif": "1-9"}, "objectif", "« 1-9 » n’existe pas (« Objectif"),
    Case("REF-020", "priorites", "P8", {"pilier": "VALEUR"}, "pilier", "n’existe pas"),
    Case("REF-021", "actions", "EMP-1-1-A01", {"pilote": "CAFF"}, "pilote", "Vouliez-vous dire « CAF » ?"),
    Case("REF-021", "indicateurs", "EMP-P1-I02.M1", {"producteurs": "PE;MLL"}, "producteurs", "« MLL » n’existe pas"),
    Case("REF-022", "indicateurs", "EMP-P1-I02.M1", {"ventilations": "quartiers"}, "ventilations", "« quartier »"),
    Case("REF-023", "indicateurs", "EMP-P1-I01.M4", {"denominateur": "EMP-P1-I01.M9"}, "denominateur", "n’existe pas"),
    Case("REF-024", "regles", "R09", {"gauche": "EMP-P2-I02.M1/XX"}, "gauche", "n’existe pas"),
    Case("REF-026", "indicateurs", "EMP-P1-I01.M1", {"pilier": "COH"}, "priorite", "au pilier « EMP », pas à « COH »"),
    Case("REF-027", "indicateurs", "EMP-P1-I01.M1", {"objectif": "2-1"}, "objectif", "à la priorité « P2 »"),
    Case("REF-030", "indicateurs", "EMP-P1-I01.M1", {"producteurs": None}, "producteurs", "pas de producteur"),
    Case("REF-032", "indicateurs", "EMP-P1-I02.M1",
         {"reference": 120.0, "statut_reference": "validée", "cible": 100.5, "statut_cible": "proposée"},
         "cible", "La cible (100,5) va contre le sens"),
    Case("REF-033", "indicateurs", "EMP-P1-I01.M4", {"denominateur": None}, "denominateur", "« Dénominateur »"),
    Case("REF-034", "indicateurs", "EMP-P1-I01.M1", {"calcul": "part"}, "calcul", "est saisie"),
    Case("REF-035", "indicateurs", "EMP-P1-I02.M1", {"agregation": "moyenne pondérée"}, "poids", "pas de poids",
         {"REF-048": 1}),
    Case("REF-036", "indicateurs", "EMP-P1-I02.M1", {"type": "pourcentage", "unite": "%"}, "agregation",
         "ne s’additionne pas"),
    Case("REF-043", "indicateurs", "EMP-P1-I02.M1", {"mesure": "Coût moyen"}, "agregation", "comme une moyenne"),
    Case("REF-047", "regles", "R08", {"droite": "HAB-P5-I02.M1"}, "droite", "n’est pas une somme"),
    Case("REF-048", "indicateurs", "EMP-P1-I02.M1", {"agregation": "moyenne"}, "ventilations", "« moyenne »"),
    Case("REF-048", "indicateurs", "EMP-P1-I01.M1", {"mesure": "Revenu médian"}, "ventilations", "d’après ses mots"),
    Case("REF-058", "indicateurs", "HAB-P5-I03.M1", {"poids": "HAB-P5-I02.M2"}, "poids", "n’est pas demandé à TL"),
    Case("REF-058", "indicateurs", "HAB-P5-I03.M1", {"poids": "EMP-P1-I01.M4"}, "poids", "n’est pas demandé à"),
    Case("REF-037", "indicateurs", "EMP-P1-I02.M1", {"principale": False}, "principale", "n’est la principale"),
    Case("REF-038", "indicateurs", "EMP-P1-I01.M2", {"principale": True}, "principale", "déjà une mesure principale"),
    Case("REF-064", "indicateurs", "HAB-P5-I03.M1", {"unite": "‰"}, "unite", "« pourcentage » et son unité est « ‰ »"),
    Case("REF-063", "ventilations", "PMP", {"ventilation_intitule": "Secteur"}, "ventilation_intitule",
         "« Quartier », qui est retenu, et « Secteur »"),
    Case("REF-040", "indicateurs", "EMP-P1-I02.M1", {"statut_cible": "validée"}, "statut_cible", "la valeur manque"),
    Case("REF-041", "indicateurs", "EMP-P1-I02.M1", {"cible": 12.5}, "cible", "La valeur 12,5 n’a pas de statut"),
    Case("REF-042", "indicateurs", "EMP-P1-I01.M1", {"maximum": -1.0}, "minimum", "dépasse le maximum"),
    Case("REF-044", "regles", "R02a", {"droite": "EMP-P1-I01.M1"}, "droite", "à elle-même"),
    Case("REF-045", "regles", "R08", {"droite": "EMP-P1-I05.M1"}, "droite", "qui n’en a pas"),
    Case("REF-046", "indicateurs", "EMP-P1-I01.M4", {"denominateur": "EMP-P1-I01.M4"}, "numerateur", "lui-même"),
    Case("REF-049", "contrat", "", {"seuil_surveiller": 0.75}, "seuil_surveiller", "vouliez-vous dire 75 %"),
    Case("REF-049", "contrat", "", {"seuil_trop_tot": 1.0}, "seuil_trop_tot", "vouliez-vous dire 100 %"),
    Case("REF-050", "contrat", "", {"fin": date(2018, 1, 1)}, "fin", "La fin (01/01/2018) précède le début"),
    Case("REF-051", "campagnes", "2021", {"limite": date(2021, 2, 28)}, "limite", "précède la fin de la période"),
    Case("REF-052", "campagnes", "2022", {"debut": date(2021, 12, 1)}, "debut", "avant la fin de « 2021 »"),
    Case("REF-053", "campagnes", "2022", {"annee": 2021}, "annee", "L’année (2021) n’est pas celle"),
    Case("REF-054", "contrat", "", {"seuil_surveiller": 99.0}, "seuil_surveiller", "dépasse le seuil"),
    Case("REF-057", "campagnes", "2021", {"code": "Nul"}, "code", "réservé par Windows"),
    Case("REF-055", "piliers", "COH", {"feuille": "Synthèse"}, "feuille", "ne peut pas être le nom"),
)  # fmt: skip


def damaged(table: str, row: str, values: dict[str, Scalar]) -> tuple[Canonical, Record]:
    """The template with `values` in the row called `row`."""
    rows = list(GOOD.rows(table))
    at = next((n for n, record in enumerate(rows) if record.values.get("code") == row), 0)
    rows[at] = replace(rows[at], values={**rows[at].values, **values})
    return replace(GOOD, tables={**GOOD.tables, table: tuple(rows)}), rows[at]


def findings(canonical: Canonical) -> list[Finding]:
    outcome = judge_canonical(canonical)
    assert outcome.incidents == ()
    return [finding for finding in outcome.findings if finding.code != WITHOUT_PILOT]


def message(finding: Finding) -> str:
    return plain(find_rule(finding.code).message(finding))


def test_the_template_has_no_fault_but_actions_without_a_pilot() -> None:
    assert findings(GOOD) == []
    unpiloted = [finding for finding in judge_canonical(GOOD).findings if finding.code == WITHOUT_PILOT]
    assert len(unpiloted) == 89
    first = unpiloted[0]
    assert (first.severity, first.place.sheet, first.place.cell) == (Severity.WARNING, "Actions", "D5")
    assert message(first) == "L’action n’a pas de pilote. Choisissez le partenaire qui en rend compte."


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_damaged_cell_gives_exactly_its_finding(case: Case) -> None:
    canonical, record = damaged(case.table, case.row, case.values)
    found = findings(canonical)
    assert Counter(finding.code for finding in found) == {case.code: 1, **case.also}
    finding = next(finding for finding in found if finding.code == case.code)
    assert (finding.place.file, finding.place.sheet, finding.place.cell) == (
        "contrat_ville_template.xlsx", record.sheet, record.cells[case.column]
    )  # fmt: skip
    assert case.says in message(finding)
    assert "{" not in message(finding)


@pytest.mark.parametrize(
    ("table", "row", "values", "line"),
    [
        ("indicateurs", "EMP-P1-I01.M1", {"mesure": None}, "EMP-P1-I01.M1"),
        ("campagnes", "2021", {"limite": "fin février"}, "2021"),
        ("ventilations", "VER", {"exclusive": "peut-être"}, "VER"),
        ("contrat", "", {"seuil_surveiller": 99.0}, ""),  # a setting has no code
    ],
)
def test_a_finding_names_the_code_of_its_row(table: str, row: str, values: dict[str, Scalar], line: str) -> None:
    (finding,) = findings(damaged(table, row, values)[0])
    assert finding.line == line


@pytest.mark.parametrize(
    ("values", "told"), [({}, True), ({"pilote": "CAF"}, False), ({"code": None}, False)]
)  # fmt: skip
def test_an_action_without_its_pilot_is_asked_for_one(values: dict[str, Scalar], told: bool) -> None:
    """Of a row without a code that is what is said."""
    canonical, record = damaged("actions", "EMP-1-1-A01", values)
    asked = {finding.place.cell for finding in judge_canonical(canonical).findings if finding.code == WITHOUT_PILOT}
    assert (record.cells["pilote"] in asked) is told


def test_two_breakdowns_of_a_measure_may_not_share_a_category_code() -> None:
    canonical, record = damaged("indicateurs", "EMP-P1-I02.M1", {"ventilations": "sexe;doublon"})
    twin = Record("ventilations", {"ventilation": "doublon", "code": "F", "intitule": "x", "exclusive": True}, "V", 50)
    canonical = replace(canonical, tables={**canonical.tables, "ventilations": (*GOOD.rows("ventilations"), twin)})
    (finding,) = findings(canonical)
    assert (finding.code, finding.place.cell, finding.facts["category"]) == (
        "REF-039",
        record.cells["ventilations"],
        "F",
    )


SHARES = [  # values of a rate -> the columns that are asked about
    ({"reference": 0.35, "cible": 60.0}, ["reference"]),
    ({"reference": 35.0, "cible": 0.6}, ["cible"]),
    ({"reference": 0.0, "cible": 1.0}, []),
    ({"reference": 0.35, "cible": 0.2, "alerte_max": 1.0}, []),
    ({"reference": 0.35, "cible": 0.6, "alerte_min": 0.3}, []),
    ({"reference": 0.35, "cible": 60.0, "alerte_max": 90.0}, ["reference"]),
    ({"reference": 35.0, "cible": 60.0, "maximum": 1.0}, ["maximum"]),
    ({"reference": 35.0, "cible": 60.0, "maximum": 1.5}, []),
]


@pytest.mark.parametrize(("values", "asked"), SHARES)
def test_a_percentage_typed_as_a_share_of_1_is_asked_about(values: dict[str, Scalar], asked: list[str]) -> None:
    kind = {"type": "pourcentage", "unite": "%", "agregation": "source unique", "sens": "suivi", "nature": "stock"}
    settled = {"statut_reference": "validée", "statut_cible": "validée"}
    canonical, record = damaged("indicateurs", "EMP-P1-I02.M1", {**kind, **settled, **values})
    found = [finding for finding in findings(canonical) if finding.code == "REF-049"]
    assert [finding.place.cell for finding in found] == [record.cells[name] for name in asked]


def test_a_reference_of_a_category_needs_its_line() -> None:
    row = Record("references_modalites", {"ligne": "EMP-P1-I02.M1/NORD"}, "Références", 5, {"ligne": "A5"})
    (finding,) = findings(replace(GOOD, tables={**GOOD.tables, "references_modalites": (row,)}))
    assert (finding.code, finding.place.cell) == ("REF-025", "A5")


@pytest.mark.parametrize(
    "name", ["Mode d’emploi", "mode d'emploi", "_cvsheet", "À corriger", "CONTENU NON REPRIS", "'a"]
)
def test_a_pillar_is_not_called_like_a_sheet_that_cvsheet_writes(name: str) -> None:
    canonical, record = damaged("piliers", "COH", {"feuille": name})
    (finding,) = findings(canonical)
    assert (finding.code, finding.place.cell) == ("REF-055", record.cells["feuille"])
    assert "Choisissez un autre nom" in message(finding)


def test_every_sheet_that_cvsheet_writes_is_reserved() -> None:
    empty = canonical_workbook(Canonical("", {}))
    own = openpyxl.load_workbook(BytesIO(empty)).sheetnames
    own += [HIDDEN_SHEET, TO_FIX_TITLE, KEPT_TITLE, GUIDE_SHEET, *OUR_SHEETS]
    assert {fold(name) for name in own} <= {fold(name) for name in RESERVED_SHEETS}


def test_two_pillars_never_share_a_sheet_whatever_the_case() -> None:
    canonical, record = damaged("piliers", "COH", {"feuille": "EMPLOI"})
    (finding,) = findings(canonical)
    assert (finding.code, finding.place.cell) == ("REF-015", record.cells["feuille"])


def test_a_table_that_is_gone_is_one_finding_and_not_one_per_row() -> None:
    headers = {name: at for name, at in GOOD.headers.items() if name != "partenaires"}
    tables = {name: rows for name, rows in GOOD.tables.items() if name != "partenaires"}
    places = tuple(place for place in GOOD.places if place.table != "partenaires")
    (finding,) = findings(Canonical(GOOD.file, tables, headers, places))
    assert finding.code == "REF-001"
    assert message(finding).startswith("La table « Partenaires » n’a pas été trouvée. Rétablissez sa ligne de titres")


@pytest.mark.parametrize(
    ("code", "place", "says"),
    [
        ("REF-003", HeaderPlace("regles", "Règles", 4, ("message",), (), "A4"), "La colonne « Message » manque"),
        ("REF-004", HeaderPlace("regles", "Règles", 4, ("fondement",), (), "A4"), "elle est lue comme vide"),
        ("REF-005", HeaderPlace("regles", "Règles", 4, (), ("message",), "A4"), "figure deux fois"),
        ("REF-006", HeaderPlace("contrat", "Contrat (2)", 4, (), (), ""), "plusieurs fois"),
    ],
)
def test_a_header_row_that_is_not_whole_is_told_at_its_place(code: str, place: HeaderPlace, says: str) -> None:
    (finding,) = findings(replace(GOOD, places=(*GOOD.places, place)))
    assert (finding.code, finding.place.sheet) == (code, place.sheet)
    assert says in message(finding)


def test_a_column_that_is_younger_than_the_contract_is_not_missed() -> None:
    place = HeaderPlace("ventilations", "Ventilations", 4, ("ventilation_intitule",), (), "A4")
    assert findings(replace(GOOD, places=(*GOOD.places, place))) == []


def test_an_optional_table_that_is_gone_is_told_and_nothing_more() -> None:
    headers = {name: at for name, at in GOOD.headers.items() if name != "glossaire"}
    (finding,) = findings(replace(GOOD, headers=headers))
    assert (finding.code, finding.severity) == ("REF-002", Severity.INFO)


def test_a_contract_without_campaign_is_told_at_the_table() -> None:
    (finding,) = findings(replace(GOOD, tables={**GOOD.tables, "campagnes": ()}))
    assert (finding.code, finding.place.sheet, finding.place.cell) == ("REF-007", "Campagnes", "A4")


def without_pillar(canonical: Canonical, pillar: str) -> Canonical:
    """`canonical` as it is read once the sheet of `pillar` was deleted."""
    tables = {
        name: tuple(row for row in rows if row.sheet != pillar) if name in ("actions", "indicateurs") else rows
        for name, rows in canonical.tables.items()
    }
    return replace(canonical, tables=tables, places=tuple(place for place in canonical.places if place.sheet != pillar))


def test_a_pillar_sheet_that_is_gone_is_one_finding_and_not_one_per_rule() -> None:
    (finding,) = findings(without_pillar(GOOD, "Emploi"))
    assert (finding.code, finding.severity, finding.place.sheet) == ("REF-008", Severity.ERROR, "Piliers")
    assert "La feuille « Emploi » du pilier « EMP » manque" in message(finding)


def test_a_pillar_sheet_of_a_former_layout_takes_its_actions_along() -> None:
    """Actions stood on the sheet of their pillar, below one another with the indicators."""
    of_pillar = {row.text("code") for row in GOOD.rows("objectifs") if row.text("priorite") in ("P1", "P2", "P3")}
    kept = tuple(row for row in GOOD.rows("actions") if row.text("objectif") not in of_pillar)
    former = replace(GOOD, tables={**GOOD.tables, "actions": kept})
    assert [finding.code for finding in findings(without_pillar(former, "Emploi"))] == ["REF-008"]


def without_what_names(canonical: Canonical, pillar: str) -> Canonical:
    """`canonical` without the rows of other tables that name a line of `pillar`."""
    left = {
        name: tuple(row for row in canonical.rows(name) if not any(f"{pillar}-" in row.text(one) for one in columns))
        for name, columns in LINE_COLUMNS.items()
    }
    return replace(canonical, tables={**canonical.tables, **left})


UNNAMED = without_what_names(without_pillar(GOOD, "Emploi"), "EMP")


def test_a_pillar_sheet_that_is_gone_and_that_nothing_names_is_told_too() -> None:
    """Its actions stand elsewhere, so that the pillar is not empty."""
    (finding,) = findings(UNNAMED)
    assert (finding.code, finding.severity, finding.place.sheet) == ("REF-062", Severity.WARNING, "Piliers")
    assert message(finding).startswith("La feuille « Emploi » du pilier « EMP » n’a pas été trouvée : seules")


NOWHERE = "EMP-P2-I02.M1"  # stood on the sheet *Emploi*


@pytest.mark.parametrize(
    ("table", "values", "told"),
    [
        ("regles", {"gauche": NOWHERE}, "REF-008"),
        ("regles", {"droite": f"{NOWHERE}/VER"}, "REF-008"),
        ("regles", {"droite": "deux mots"}, "REF-062"),  # names no line, whatever it may mean
        ("indicateurs", {"poids": NOWHERE}, "REF-008"),
        ("indicateurs", {"numerateur": NOWHERE}, "REF-008"),
        ("references_modalites", {"ligne": f"{NOWHERE}/VER"}, "REF-008"),
    ],
)
def test_a_sheet_is_lost_where_anything_still_names_one_of_its_lines(
    table: str, values: dict[str, Scalar], told: str
) -> None:
    rows = UNNAMED.rows(table)
    own = next(iter(rows), Record(table, {}, "Références par modalité", 5, {}))
    naming = replace(own, values={**own.values, **values}, cells={**own.cells, **dict.fromkeys(values, "A9")})
    changed = replace(UNNAMED, tables={**UNNAMED.tables, table: (naming, *rows[1:])})
    about_sheets = {"REF-008", "REF-062"}
    assert about_sheets & {finding.code for finding in findings(changed)} == {told}


@pytest.mark.parametrize(("beside", "told"), [("actions", []), ("regles", ["REF-062"])])
def test_a_sheet_with_the_titles_of_actions_is_there(beside: str, told: list[str]) -> None:
    """In a former layout a pillar without indicators had its actions there."""
    former = replace(UNNAMED, places=(*UNNAMED.places, HeaderPlace(beside, "Emploi", 4)))
    assert [finding.code for finding in findings(former)] == told


@pytest.mark.parametrize("blank", ["pilier", "priorite"])
def test_an_indicator_is_of_a_pillar_by_its_own_word_or_by_its_priority(blank: str) -> None:
    """Without actions it is what the pillar holds."""
    rows = tuple(replace(row, values={**row.values, blank: None}) for row in GOOD.rows("indicateurs"))
    canonical = replace(GOOD, tables={**GOOD.tables, "indicateurs": rows, "actions": ()})
    assert not {finding.code for finding in findings(canonical)} & {"REF-008", "REF-009", "REF-062"}


def test_each_of_all_pillar_sheets_that_are_gone_is_one_finding() -> None:
    alone = GOOD
    for row in GOOD.rows("piliers"):
        alone = without_pillar(alone, row.text("feuille"))
    headers = {name: at for name, at in GOOD.headers.items() if name != "indicateurs"}
    found = Counter(one.code for one in findings(replace(alone, headers=headers)))
    assert found == {"REF-008": len(GOOD.rows("piliers")), "REF-016": 1}


def test_without_sheets_of_pillars_a_line_that_is_nowhere_is_no_lost_sheet() -> None:
    """In a folder of CSV files all indicators stand in one table: a pillar followed by actions alone lost nothing."""
    canonical = read_csv_folder(CSV_FOLDER)
    rows = [row for row in canonical.rows("indicateurs") if not row.text("code").startswith("VAL-")]
    named = [row for row in canonical.rows("regles") if "VAL-" not in row.text("gauche") + row.text("droite")]
    named[0] = replace(named[0], values={**named[0].values, "gauche": "EMP-P9-I01.M1"})
    tables = {**canonical.tables, "indicateurs": tuple(rows), "regles": tuple(named), "references_modalites": ()}
    found = [one.code for one in findings(replace(canonical, tables=tables))]
    assert (found.count("REF-024"), found.count("REF-008")) == (1, 0)


def test_a_pillar_that_waits_for_its_sheet_is_a_warning() -> None:
    new = Record("piliers", {"code": "NEW", "intitule": "Neuf", "feuille": "Neuf"}, "Objectifs", 99, {"code": "A99"})
    (finding,) = findings(replace(GOOD, tables={**GOOD.tables, "piliers": (*GOOD.rows("piliers"), new)}))
    assert (finding.code, finding.severity, finding.place.cell) == ("REF-009", Severity.WARNING, "A99")


def test_a_contract_may_have_actions_only_but_not_nothing() -> None:
    lists = {"indicateurs": (), "regles": (), "references_modalites": ()}
    actions_only = replace(GOOD, tables={**GOOD.tables, **lists})
    assert findings(actions_only) == []
    headers = {name: at for name, at in GOOD.headers.items() if name != "indicateurs"}
    (finding,) = findings(replace(actions_only, headers=headers))
    assert (finding.code, finding.severity) == ("REF-016", Severity.WARNING)
    nothing = replace(actions_only, tables={**actions_only.tables, "actions": ()})
    assert {finding.code for finding in findings(nothing)} == {"REF-007"}


def test_check_names_the_cell_of_a_real_workbook(contract: Path) -> None:
    workbook = openpyxl.load_workbook(contract)
    workbook["Partenaires"]["A6"] = workbook["Partenaires"]["A5"].value
    workbook["Règles"]["C8"] = "est plus petit que"
    workbook.save(contract)
    errors = [f for f in check(contract).findings if f.severity is Severity.ERROR]
    assert ("REF-015", "Partenaires", "A6") in [(f.code, f.place.sheet, f.place.cell) for f in errors]
    assert ("REF-011", "Règles", "C8") in [(f.code, f.place.sheet, f.place.cell) for f in errors]


def test_check_reads_a_csv_folder_too() -> None:
    assert not [f for f in check(CSV_FOLDER).findings if f.severity is Severity.ERROR]


def test_what_is_no_workbook_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "contrat.xlsx").write_bytes(b"%PDF-1.7")
    with pytest.raises(FrameworkError, match=r"n’est pas lisible.*PDF"):
        check(tmp_path / "contrat.xlsx")


def test_every_rule_has_a_test() -> None:
    files = (Path(__file__), *map(Path(__file__).with_name, ("test_severities.py", "test_struck.py")))
    here = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [code for code in (rule.code for rule in REF_RULES) if f'"{code}"' not in here] == []
