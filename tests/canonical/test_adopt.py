"""Adopting writes agreed baselines and targets and nothing else, or refuses and says why."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.contract.adoption.limits import what_would_be_lost
from cvsheet.books.contract.adoption.values import Proposal
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.books.contract.writing.layout import pillars_of
from cvsheet.errors import CvsheetError, FrameworkError, OutputError
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import CellKind
from cvsheet.model.framework import Reference as Agreed
from cvsheet.model.records import Canonical
from cvsheet.workflows.adopt import AdoptResult, adopt
from tests.canonical.conftest import TEMPLATE
from tests.conftest import Convert
from tests.opened import opened
from tests.words import plain

TODAY = date(2021, 3, 1)
LINE = "EMP-P1-I02.M1"
CATEGORY = "EMP-P1-I02.M1/VER"
AGREED = {LINE: Proposal(120, 2019, 180.5, 2022, "Comité du 1er mars"), CATEGORY: Proposal(baseline=40)}


@pytest.fixture(scope="module")
def one_pillar(amboise: Canonical) -> bytes:
    """A contract of one pillar: as the template, and three times quicker to edit."""
    first = amboise.rows("piliers")[:1]
    kept = {name: amboise.rows(name) for name in ("contrat", "partenaires", "campagnes", "ventilations")}
    tree = {
        name: tuple(row for row in amboise.rows(name) if pillars_of(amboise)(row) == first[0].text("code"))
        for name in ("priorites", "actions", "indicateurs")
    }
    priorities = {row.text("code") for row in tree["priorites"]}
    objectives = tuple(row for row in amboise.rows("objectifs") if row.text("priorite") in priorities)
    return canonical_workbook(Canonical("c", {**kept, **tree, "piliers": first, "objectifs": objectives}))


@pytest.fixture
def contract(tmp_path: Path, one_pillar: bytes) -> Path:
    """A coordinator's own copy."""
    path = tmp_path / "contrat.xlsx"
    path.write_bytes(one_pillar)
    return path


def adopted(workbook: Path, proposals: dict[str, Proposal] | None = None, *, replace: bool = False) -> AdoptResult:
    wanted = AGREED if proposals is None else proposals
    return adopt(workbook, "2019-REF", wanted, TODAY, replace_validated=replace)


def references(workbook: Path) -> dict[str, Agreed]:
    return framework_from(read_canonical(workbook)).reference


def change(workbook: Path, sheet: str, cell: str, value: object) -> None:
    book = opened(workbook)
    book[sheet][cell] = value
    book.save(workbook)


def cell_at(workbook: Path, sheet: str, title: str, code: str) -> str:
    """The name of the cell below `title`, in the row of `code`."""
    page = opened(workbook)[sheet]
    column = next(cell.column for row in page.iter_rows() for cell in row if cell.value == title)
    row = next(cell.row for cell in page["A"] if cell.value == code)
    return page.cell(row, column).coordinate


@pytest.mark.long
def test_totals_go_to_their_rows_and_categories_to_new_ones(contract: Path) -> None:
    result = adopted(contract)
    assert references(contract) == {
        LINE: Agreed(120, 2019, "validée", 180.5, 2022, "validée", "Comité du 1er mars"),
        CATEGORY: Agreed(40, None, "validée", None, None, "", "Campagne 2019-REF"),
    }
    said = [plain(change) for change in result.changes]
    assert result.adopted == 3
    assert said[0].startswith("EMP-P1-I02.M1, référence : (vide) → 120 (2019), validée (feuille « Emploi », cellule ")
    assert said[2].startswith(
        "EMP-P1-I02.M1/VER, référence : (vide) → 40, validée (feuille « Références par modalité »"
    )


def test_the_former_workbook_is_kept_beside_under_a_dated_name(contract: Path) -> None:
    before = contract.read_bytes()
    first, second = adopted(contract), adopted(contract, {LINE: Proposal(target=190)}, replace=True)
    assert first.backup == contract.with_name("contrat.avant-adoption-2021-03-01.xlsx")
    assert first.backup.read_bytes() == before
    assert second.backup == contract.with_name("contrat.avant-adoption-2021-03-01-2.xlsx")
    assert sorted(path.name for path in contract.parent.iterdir()) == [
        "contrat.avant-adoption-2021-03-01-2.xlsx", "contrat.avant-adoption-2021-03-01.xlsx", "contrat.xlsx"
    ]  # fmt: skip


def test_a_validated_value_stays_unless_its_replacement_is_asked_for(contract: Path) -> None:
    adopted(contract)
    before = contract.read_bytes()
    result = adopted(contract, {LINE: Proposal(baseline=125, target=180.5)})
    assert ([change.new[0] for change in result.kept], result.changes) == ([125], ())
    assert contract.read_bytes() == before
    asked = adopted(contract, {LINE: Proposal(baseline=125)}, replace=True)
    assert ([change.new[0] for change in asked.changes], asked.kept) == ([125], ())
    assert references(contract)[LINE].baseline == 125


@pytest.mark.long
def test_a_proposed_value_is_replaced(contract: Path) -> None:
    change(contract, "Emploi", cell_at(contract, "Emploi", "Référence", LINE), 110)
    change(contract, "Emploi", cell_at(contract, "Emploi", "Statut de la référence", LINE), "proposée")
    adopted(contract, {LINE: Proposal(baseline=120)})
    assert (references(contract)[LINE].baseline, references(contract)[LINE].baseline_status) == (120, "validée")


@pytest.mark.long
def test_a_value_that_another_program_saved_with_fifteen_digits_is_no_other_value(contract: Path) -> None:
    adopted(contract, {LINE: Proposal(baseline=3601.7999999999997)})
    change(contract, "Emploi", cell_at(contract, "Emploi", "Référence", LINE), 3601.8)
    result = adopted(contract, {LINE: Proposal(baseline=3601.7999999999997)})
    assert (result.changes, result.kept) == ((), ())


def test_a_font_family_that_openpyxl_refuses_is_no_obstacle(contract: Path) -> None:
    restyle(contract, b'<family val="2"/>', b'<family val="34"/>')
    adopted(contract)
    assert references(contract)[LINE].baseline == 120


def test_a_link_whose_text_somebody_deleted_is_no_obstacle(contract: Path) -> None:
    """openpyxl writes its target into the empty cell."""
    link = re.compile(rb'<c r="A3"( s="\d+")?[^>]*><v>.*?</c>')
    with zipfile.ZipFile(contract) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(contract, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, link.sub(rb'<c r="A3"\1/>', text) if "worksheets/sheet" in name else text)
    before = open_grid(contract)
    assert any(sheet.cell(3, 1) is None for sheet in before.sheets if sheet.name == "Partenaires")
    adopted(contract)
    after = {sheet.name: sheet for sheet in open_grid(contract).sheets}
    assert after["Partenaires"].cell(3, 1) is None


def test_any_other_refusal_of_a_style_says_what_to_do(contract: Path) -> None:
    restyle(contract, b'horizontal="center"', b'horizontal="middle"')
    before = contract.read_bytes()
    with pytest.raises(FrameworkError, match=r"mise en forme .* enregistrez-le au format \.xlsx"):
        adopted(contract)
    assert contract.read_bytes() == before


def restyle(workbook: Path, old: bytes, new: bytes) -> None:
    """Replace `old` by `new` in the style sheet."""
    with zipfile.ZipFile(workbook) as archive:
        parts = {entry: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(workbook, "w") as archive:
        for entry, content in parts.items():
            if entry.filename == "xl/styles.xml":
                assert old in content
            archive.writestr(entry, content.replace(old, new) if entry.filename == "xl/styles.xml" else content)


def test_nothing_new_writes_nothing(contract: Path) -> None:
    adopted(contract)
    before = contract.read_bytes()
    result = adopted(contract)
    assert (result.changes, result.backup) == ((), None)
    assert contract.read_bytes() == before


@pytest.mark.long
def test_a_blank_proposal_clears_nothing_and_an_unknown_line_is_told(contract: Path) -> None:
    adopted(contract)
    result = adopted(contract, {LINE: Proposal(), "EMP-P9-I99.M1": Proposal(baseline=1)})
    assert (result.changes, result.unknown) == ((), ("EMP-P9-I99.M1",))
    assert references(contract)[LINE].baseline == 120


@pytest.mark.long
def test_a_value_that_is_replaced_is_reported_with_what_stood_there(contract: Path) -> None:
    adopted(contract)
    later = {LINE: Proposal(baseline=120, target=200, source="Avenant 1")}
    (changed,) = adopted(contract, later, replace=True).changes
    assert "180,5 (2022), validée → 200 (2022), validée" in str(changed)
    assert references(contract)[LINE].source.replace("\u202f", " ") == "Comité du 1er mars ; Avenant 1"


def test_the_coordinator_s_colours_columns_notes_and_dropdowns_stay(contract: Path) -> None:
    book = opened(contract)
    sheet = book["Emploi"]
    at = cell_at(contract, "Emploi", "Référence", LINE)
    sheet[at].fill = PatternFill("solid", fgColor="FFABCD12")
    sheet["A8"].comment = Comment("À revoir avec la CAF", "Coordination")
    sheet["AZ8"] = "ma colonne"
    before = look(sheet)
    book.save(contract)
    adopted(contract)
    after = opened(contract)["Emploi"]
    assert after[at].value == 120
    assert after[at].fill.fgColor.rgb == "FFABCD12"
    assert after["A8"].comment.text == "À revoir avec la CAF"
    assert after["AZ8"].value == "ma colonne"
    assert look(after) == before


def look(sheet: Worksheet) -> tuple[object, ...]:
    """What a coordinator would miss."""
    widths = tuple(sheet.column_dimensions[letter].width for letter in "ABCDEF")
    return len(sheet.data_validations.dataValidation), sheet.freeze_panes, set(sheet.tables), widths


@pytest.mark.long
def test_a_table_without_room_left_grows_with_its_dropdowns(contract: Path) -> None:
    lines = [line.code for line in framework_from(read_canonical(contract)).input_lines if line.category]
    assert len(lines) > 40
    adopted(contract, {line: Proposal(baseline=n, target=n + 1) for n, line in enumerate(lines)})
    found = references(contract)
    assert [found[line].baseline for line in lines] == [float(n) for n in range(len(lines))]
    sheet = opened(contract)["Références par modalité"]
    (table,) = sheet.tables.values()
    assert table.ref == table.autoFilter.ref == f"A4:H{4 + len(lines)}"
    assert any(f"D{4 + len(lines)}" in validation.sqref for validation in sheet.data_validations.dataValidation)


def test_no_room_left_is_refused_with_what_to_do(contract: Path) -> None:
    change(contract, "Références par modalité", "J7", "note de la coordination, sous le tableau")
    lines = [f"EMP-P1-I02.M1/{code}" for code in ("VER", "PMP", "F", "H")]
    with pytest.raises(FrameworkError, match=r"insérez 2.lignes vides au-dessus de la ligne 7"):
        adopted(contract, dict.fromkeys(lines, Proposal(baseline=1)))


def test_the_results_of_formulas_stay_except_where_they_must_change(contract: Path, libreoffice: Convert) -> None:
    target = cell_at(contract, "Emploi", "Cible", LINE)
    change(contract, "Emploi", "BB1", "=2*21")
    change(contract, "Emploi", "BB2", f"={target}*2")
    change(contract, "Emploi", "BB3", '=BB2&" euros"')
    contract.write_bytes(libreoffice(contract, "xlsx").read_bytes())
    adopted(contract)
    sheet = next(sheet for sheet in open_grid(contract).sheets if sheet.name == "Emploi")
    cells = [sheet.cell(row, 54) for row in (1, 2, 3)]
    assert [cell and cell.value for cell in cells] == [42, None, None]
    assert [cell and cell.kind for cell in cells[1:]] == [CellKind.MISSING, CellKind.MISSING]
    opened = next(sheet for sheet in open_grid(libreoffice(contract, "xlsx")).sheets if sheet.name == "Emploi")
    assert [cell and cell.value for cell in (opened.cell(row, 54) for row in (1, 2, 3))] == [42, 361, "361 euros"]


@pytest.mark.long
def test_a_chart_is_refused_and_the_workbook_stays_as_it_was(contract: Path) -> None:
    book = opened(contract)
    chart = BarChart()
    chart.add_data(Reference(book["Campagnes"], min_col=4, min_row=5, max_row=8))
    book["Campagnes"].add_chart(chart, "J2")
    book.save(contract)
    before = contract.read_bytes()
    with pytest.raises(CvsheetError, match=r"contient un graphique, que cvsheet ne saurait pas garder.*Rien n’a été"):
        adopted(contract)
    assert contract.read_bytes() == before
    assert [path.name for path in contract.parent.iterdir()] == ["contrat.xlsx"]


@pytest.mark.parametrize(
    ("part", "content", "says"),
    [
        ("xl/media/image1.png", b"", "une image"),
        ("xl/pivotTables/pivotTable1.xml", b"", "un tableau croisé dynamique"),
        ("xl/slicers/slicer1.xml", b"", "un segment ou une chronologie"),
        ("xl/ctrlProps/ctrlProp1.xml", b"", "un bouton ou un autre contrôle de formulaire"),
        ("xl/drawings/vmlDrawing9.vml", b'<x:ClientData ObjectType="Button"/>', "un bouton ou un autre contrôle"),
        ("xl/vbaProject.bin", b"", "des macros"),
        ("xl/threadedComments/threadedComment1.xml", b"", "des commentaires en fil de discussion"),
        ("xl/drawings/drawing9.xml", b"", "une forme ou un dessin"),
        ("xl/worksheets/sheet99.xml", b"<ext><x14:dataValidation type='list'>", "une liste déroulante"),
        ("xl/worksheets/sheet99.xml", b"<x14:sparklineGroup >", "des graphiques sparkline"),
    ],
)
def test_what_openpyxl_would_drop_is_named(part: str, content: bytes, says: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr(part, content)
    (lost,) = what_would_be_lost(buffer.getvalue())
    assert lost.startswith(says)


@pytest.mark.parametrize(
    ("cell", "lost"),
    [
        ('<c r="A1" cm="1">', True),
        ('<x:c r="A1" s="3" vm="2">', True),
        ('<c r="A1">', False),
        ('<c r="A1" cm="0">', False),
    ],
)
def test_what_some_programs_always_write_is_no_loss(cell: str, lost: bool) -> None:
    """SheetJS 0.18.5 and IronCalc 0.9.1 write xl/metadata.xml into every workbook; only a cell may refer to it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/metadata.xml", b"<metadata/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><row>{cell}</c></row></worksheet>")
    assert any("dynamiques" in one for one in what_would_be_lost(buffer.getvalue())) is lost


def test_the_template_itself_holds_nothing_that_would_be_lost() -> None:
    assert what_would_be_lost(TEMPLATE.read_bytes()) == ()


@pytest.mark.parametrize(("lock", "program"), [("~$contrat.xlsx", "Excel"), (".~lock.contrat.xlsx#", "LibreOffice")])
def test_a_workbook_that_is_open_is_refused(contract: Path, lock: str, program: str) -> None:
    contract.with_name(lock).write_bytes(b"x")
    with pytest.raises(OutputError, match=f"est ouvert dans {program}"):
        adopted(contract)


def test_another_format_is_refused(contract: Path) -> None:
    with pytest.raises(CvsheetError, match=r"n’est pas un classeur \.xlsx"):
        adopted(contract.rename(contract.with_suffix(".xlsm")))


def test_a_missing_column_is_named(contract: Path) -> None:
    book = opened(contract)
    page = book["Emploi"]
    page[cell_at(contract, "Emploi", "Référence", "Code mesure")] = "Valeur de départ"
    book.save(contract)
    with pytest.raises(FrameworkError, match=r"La colonne «.Référence.» manque"):
        adopted(contract)


@pytest.mark.long
def test_the_same_adoption_gives_the_same_bytes(contract: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre" / "contrat.xlsx"
    other.parent.mkdir()
    other.write_bytes(contract.read_bytes())
    adopted(contract)
    adopted(other)
    assert contract.read_bytes() == other.read_bytes()


def test_a_contract_saved_at_the_last_moment_stays(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*arguments: object) -> Path:
        contract.write_bytes(b"saved by a person")
        return contract.with_name("copie.xlsx")

    monkeypatch.setattr("cvsheet.workflows.adopt.dated_name", late)
    with pytest.raises(OutputError, match="vient d’être enregistré par quelqu’un d’autre"):
        adopted(contract)
    assert contract.read_bytes() == b"saved by a person"


def test_a_contract_set_read_only_stays_and_no_copy_is_made(contract: Path) -> None:
    contract.chmod(0o444)
    with pytest.raises(OutputError, match="est en lecture seule"):
        adopted(contract)
    assert [path.name for path in contract.parent.iterdir()] == ["contrat.xlsx"]
