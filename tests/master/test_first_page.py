"""*Synthèse* on one screen and one page: every indicator counted once, those in trouble by name, nothing doubtful shown
as the strongest; live as a spreadsheet recalculates it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from cvsheet.books.kit.charts import GROUPS
from cvsheet.books.master.decisions import NOTHING_WRITTEN, Arbitration, Coordination
from cvsheet.books.master.read_back import read_master
from cvsheet.books.master.review import doubtful
from cvsheet.books.master.writing import MasterContent, master_workbook
from cvsheet.books.master.writing.summary_lists import moves_of
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.figures import contexts
from cvsheet.figures.overview import Counted, headline
from cvsheet.files.grid import open_grid
from cvsheet.files.scalars import answer_of
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Fact, Finding, Severity
from cvsheet.model.framework import Framework, Measure, Pillar, Priority, Reference
from cvsheet.workflows.consolidate import arbitrated
from cvsheet.workflows.publish import doubts_sentence
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, framework, measure
from tests.engine import recalculated, results
from tests.master.chance import random_answers, random_contract
from tests.master.test_live_formulas import master
from tests.recalculated import differences
from tests.words import plain

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines
SUMMARY = "Synthèse"
SCREEN = (1266, 586)  # pixels of a sheet that LibreOffice shows at 1366 x 768
LIBREOFFICE = 7.81  # pixels there per character of a column in the file, margins included; Excel shows less
GOALS = Reference(10, 2019, "validée", 40, 2023, "validée")


def contract(pillars: int = 1, each: int = 3, **more: object) -> Framework:
    """Pillars of indicators whose codes are P1-I1, P1-I2..., all of them to rise from 10 to 40."""
    codes = [(f"P{p}", f"P{p}-I{i}.M1") for p in range(1, pillars + 1) for i in range(1, each + 1)]
    measures: list[Measure] = [measure(code, pillar=pillar, priority=f"{pillar}-1", **more) for pillar, code in codes]
    made = framework(*measures, references={one.code: GOALS for one in measures})
    return replace(
        made,
        pillars=tuple(Pillar(f"P{p}", f"Pilier numéro {p}", f"Feuille {p}") for p in range(1, pillars + 1)),
        priorities=tuple(Priority(f"P{p}-1", f"P{p}", "Priorité") for p in range(1, pillars + 1)),
    )


def written(
    path: Path, made: Framework, *rows: str, findings: tuple[Finding, ...] = (), decided: Coordination = NOTHING_WRITTEN
) -> Path:
    """The master that judges 2021."""
    assessment = Assessment((), (), as_table(answers(*rows)), findings)
    consolidation = arbitrated(made, assessment, decided)
    content = MasterContent(made, consolidation, assessment, made.campaign["2021"], (), (), decided)
    path.write_bytes(master_workbook(content))
    return path


def rows_of(path: Path, sheet: str = SUMMARY) -> list[list[object]]:
    """The rows that hold something, from left to right."""
    page = next(one for one in open_grid(path).sheets if one.name == sheet)
    return [[cell.value for _, cell in sorted(cells.items())] for _, cells in sorted(page.rows.items())]


def texts(path: Path) -> str:
    return plain("\n".join(str(cell) for row in rows_of(path) for cell in row))


def cards(path: Path) -> list[int]:
    """The large figures: what stands right of *Ensemble*, as many as there are groups."""
    row = next(row for row in rows_of(path) if str(row[0]).startswith(("Ensemble", "Aucun indicateur")))
    return [int(str(value or 0).removesuffix(".0")) for value in row[1 : 1 + len(GROUPS)]]


def trouble(path: Path) -> list[tuple[object, ...]]:
    """Name, situation, former value, value, target, gap and doubt of each indicator that is named."""
    found = rows_of(path)
    start = next(n for n, row in enumerate(found) if row[:2] == ["Indicateur", "Situation"])
    return [tuple(None if cell == "" else cell for cell in row[:7]) for row in found[start + 1 :] if row and row[0]]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.sample(1)
def test_the_cards_add_up_to_all_indicators(seed: int, tmp_path: Path) -> None:
    made = random_contract(seed)
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(made, random_answers(made, seed)))
    indicators = len({one.indicator for one in made.measures})
    assert sum(cards(path)) == indicators
    assert f"Ensemble : {indicators} indicateurs" in texts(path)


def test_without_an_indicator_the_page_says_so(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(master(framework(), answers()))
    assert sum(cards(path)) == 0
    assert "Le contrat n’a pas encore d’indicateur." in texts(path)


@pytest.mark.parametrize(
    ("everything", "well", "watched", "late", "said"),
    [
        (54, 25, 1, 20, "Au 31/12/2021, sur 54 indicateurs, 25 ont atteint leur cible ou sont en bonne voie, "
                        "1 est à surveiller et 20 sont en retard ou en recul."),
        (2, 1, 0, 1, "Au 31/12/2021, sur 2 indicateurs, 1 a atteint sa cible ou est en bonne voie et 1 est en retard "
                     "ou en recul."),
        (3, 3, 0, 0, "Au 31/12/2021, sur 3 indicateurs, 3 ont atteint leur cible ou sont en bonne voie et aucun n’est "
                     "en retard ni en recul."),
        (2, 0, 2, 0, "Au 31/12/2021, sur 2 indicateurs, aucun n’a atteint sa cible ni n’est en bonne voie, 2 sont à "
                     "surveiller et aucun n’est en retard ni en recul."),
        (7, 0, 0, 0, "Au 31/12/2021, aucun des 7 indicateurs ne peut encore être jugé."),
        (1, 0, 0, 0, "Au 31/12/2021, l’indicateur du contrat ne peut pas encore être jugé."),
        (0, 0, 0, 0, "Le contrat n’a pas encore d’indicateur."),
    ],
)  # fmt: skip
def test_the_headline_is_a_sentence_whatever_the_counts(
    everything: int, well: int, watched: int, late: int, said: str
) -> None:
    counts = [everything, well, watched, late, everything - well - watched - late]
    sentence = headline("31/12/2021", *(Counted(f"A{n}", count) for n, count in enumerate(counts, start=1)))
    assert plain(sentence.text) == said
    cells = {f"A{n}": float(count) for n, count in enumerate(counts, start=1)}
    [live] = results(cells, [sentence.formula])
    assert live == sentence.text


def test_the_indicators_in_trouble_are_named_the_furthest_from_their_target_first(tmp_path: Path) -> None:
    made = contract(1, 4)
    rows = ("2020 A P1-I1.M1 12", "2021 A P1-I1.M1 11", "2021 A P1-I2.M1 39", "2020 A P1-I3.M1 9", "2021 A P1-I3.M1 8")
    path = written(tmp_path / "m.xlsx", made, *rows)
    assert trouble(path) == [
        ("Mesure P1-I3.M1", "En recul", 9, 8, 40, -32, None),
        ("Mesure P1-I1.M1", "En retard", 12, 11, 40, -29, None),
    ]
    assert "2 indicateurs en difficulté" in texts(path)
    assert "Partenaire A" in texts(path)  # who pilots, for want of a pilot: the first producer


def test_a_value_that_a_warning_asks_about_is_marked_and_never_the_strongest(tmp_path: Path) -> None:
    made = contract(1, 2)
    rows = ("2020 A P1-I1.M1 10", "2021 A P1-I1.M1 2", "2020 A P1-I2.M1 10", "2021 A P1-I2.M1 9")
    asked = Finding("HIS-001", Severity.WARNING, line="P1-I1.M1", campaign="2021", partner="A")
    before = replace(asked, campaign="2020")
    for findings in ((asked,), (before,), (replace(asked, line="", also=(asked,)),)):
        path = written(tmp_path / "m.xlsx", made, *rows, findings=findings)
        assert "Plus fort recul : Mesure P1-I2.M1 (−10 %)." in texts(path)
        assert "aucun ne progresse, 1 recule, 1 est à confirmer." in texts(path)
        _, back = moves_of(_content(made, rows, findings))
        assert [move.line.code for move in back] == ["P1-I2.M1"]
    assert trouble(written(tmp_path / "m.xlsx", made, *rows, findings=(asked,)))[0][6] == "À confirmer"
    plain = written(tmp_path / "m.xlsx", made, *rows)
    assert "Plus fort recul : Mesure P1-I1.M1 (−80 %)." in texts(plain)


@pytest.mark.parametrize(
    ("code", "facts", "asked"),
    [
        ("HIS-001", {}, True),
        ("VAL-017", {}, True),
        ("VAL-021", {}, False),  # an address in a comment
        ("VAL-022", {}, False),  # a year
        ("COH-020", {}, True),
        ("COH-021", {}, False),  # a target
        ("COH-015", {}, False),
        ("STR-016", {"name": "unite"}, True),
        ("STR-016", {"name": "cible"}, False),
        ("STR-016", {"name": "precedente"}, False),
    ],
)
def test_only_what_is_said_of_the_value_itself_puts_it_in_doubt(
    code: str, facts: Mapping[str, Fact], asked: bool
) -> None:
    made, rows = contract(1, 1), ("2021 A P1-I1.M1 2",)
    said = Finding(code, Severity.WARNING, line="P1-I1.M1", campaign="2021", partner="A", facts=facts)
    content = _content(made, rows, (said,))
    assert doubtful(content) == ({("2021", "P1-I1.M1")} if asked else set())
    told = doubts_sentence(
        content.consolidation, content.assessment, contexts(made)
    )  # to the coordination that publishes
    assert [sentence[2:33] for sentence in told] == (["valeur est encore à confirmer ("] if asked else [])


def test_a_value_that_the_coordination_decided_is_confirmed(tmp_path: Path) -> None:
    asked = Finding("HIS-001", Severity.WARNING, line="P1-I1.M1", campaign="2021", partner="A")
    decision = Arbitration("2021", "P1-I1.M1", 3, answer_of(3), "vu avec A")
    decided = Coordination({("2021", "P1-I1.M1"): decision})
    rows = ("2020 A P1-I1.M1 10", "2021 A P1-I1.M1 2")
    path = written(tmp_path / "m.xlsx", contract(1, 1), *rows, findings=(asked,), decided=decided)
    assert trouble(path) == [("Mesure P1-I1.M1", "En recul", 10, 3, 40, -37, None)]


def test_a_decision_typed_in_the_pillar_sheet_moves_the_sentence_the_cards_and_the_names(
    tmp_path: Path, libreoffice: Convert
) -> None:
    asked = Finding("HIS-001", Severity.WARNING, line="P1-I1.M1", campaign="2021", partner="A")
    rows = ("2020 A P1-I1.M1 10", "2021 A P1-I1.M1 2", "2020 A P1-I2.M1 10", "2021 A P1-I2.M1 40")
    path = written(tmp_path / "m.xlsx", contract(1, 2), *rows, findings=(asked,))
    book = openpyxl.load_workbook(path)
    page = book["Feuille 1"]
    titles = {cell.value: cell.column for cell in page[4]}
    codes = {row[titles["Code"] - 1].value: row[0].row for row in page.iter_rows(min_row=5)}
    page.cell(codes["P1-I1.M1"], titles["Valeur arbitrée 2021"]).value = 45
    page.cell(codes["P1-I2.M1"], titles["Valeur arbitrée 2021"]).value = 5
    book.save(path)
    for changed in (libreoffice(path, "xlsx"), libreoffice(path, "ods")):
        assert [row[0] for row in trouble(changed)] == ["Mesure P1-I2.M1"]
        assert "sur 2 indicateurs, 1 a atteint sa cible ou est en bonne voie et 1 est en retard" in texts(changed)
        assert "Plus fort progrès : Mesure P1-I1.M1 (+350 %). Plus fort recul : Mesure P1-I2.M1 (−50 %)" in texts(
            changed
        )
        assert sum(cards(changed)) == 2


def test_the_rows_of_bilan_may_be_sorted(tmp_path: Path, libreoffice: Convert) -> None:
    """A formula of a row that moves still looks at its own line of the pillar sheet, and is found again by name."""
    rows = ("2021 A P1-I1.M1 11", "2021 A P1-I2.M1 2", "2021 A P1-I3.M1 40")
    path = written(tmp_path / "m.xlsx", contract(1, 3), *rows)
    book = openpyxl.load_workbook(path)
    page = book["Bilan"]
    outside = [cell.value for row in page.iter_rows(min_row=5) for cell in row if "!" in str(cell.value)]
    assert outside
    assert not [formula for formula in outside if re.search(r"![A-Z]+\$?\d|!\$[A-Z]+\d", formula)]
    page.move_range("A5:T5", rows=5)  # the pillar, below its indicators
    book.save(path)
    sorted_by_hand = libreoffice(path, "xlsx")
    assert [row[0] for row in trouble(sorted_by_hand)] == ["Mesure P1-I2.M1", "Mesure P1-I1.M1"]


CASES: dict[str, tuple[Framework, tuple[str, ...]]] = {
    "one pillar, nothing received": (contract(1, 3), ()),
    "one campaign": (contract(4, 5), tuple(f"2021 A P{p}-I{i}.M1 {i}" for p in range(1, 5) for i in range(1, 6))),
    "three campaigns, seventeen pillars": (
        contract(17, 4),
        tuple(f"{y} A P{p}-I{i}.M1 {i + p}" for y in (2020, 2021) for p in range(1, 18) for i in range(1, 5))
        + tuple(f"REF A P{p}-I1.M1 12 - référence" for p in range(1, 18)),
    ),
    "thirty-one pillars": (
        contract(31, 2),
        tuple(f"2021 A P{p}-I{i}.M1 {i + p}" for p in range(1, 32) for i in range(1, 3)),
    ),
    "long names": (
        contract(6, 12, title="Personnes des quartiers prioritaires ayant bénéficié d’un accompagnement renforcé " * 2),
        tuple(f"{y} A P{p}-I{i}.M1 {20 - y % 5}" for y in (2020, 2021) for p in range(1, 7) for i in range(1, 13)),
    ),
}


@pytest.mark.parametrize(
    ("pillars", "named", "others"),
    [(12, 12, ""), (17, 17, ""), (18, 13, "5 autres piliers : plus bas"), (31, 13, "18 autres piliers : plus bas")],
)
@pytest.mark.sample(1)
def test_pillars_that_no_screen_has_room_for_are_added_up(
    pillars: int, named: int, others: str, tmp_path: Path
) -> None:
    rows = tuple(f"2021 A P{p}-I{i}.M1 {i + p}" for p in range(1, pillars + 1) for i in range(1, 3))
    path = written(tmp_path / "m.xlsx", contract(pillars, 2), *rows)
    page = openpyxl.load_workbook(path, data_only=True)[SUMMARY]
    shown = [row for row in page.iter_rows(min_row=10, max_col=len(GROUPS) + 1, values_only=True) if row[0]]
    labels = [str(row[0]) for row in shown]
    end = next(number for number, label in enumerate(labels) if "difficulté" in label)
    assert labels[:named] == [f"Pilier numéro {number}" for number in range(1, named + 1)]
    assert plain(" ".join(labels[named:end])).startswith(others) and end == named + bool(others)
    assert [sum(column) for column in zip(*(row[1:] for row in shown[:end]), strict=True)] == cards(path)


MANY = [17, 18, 30, 70]


def further(path: Path) -> list[list[object]]:
    """The rows below the first page: titles of parts, and pillars."""
    page = openpyxl.load_workbook(path, data_only=True)[SUMMARY]
    starts = [one.id + 1 for one in page.row_breaks.brk]
    columns = page.iter_rows(min_row=starts[0], max_col=11, values_only=True) if starts else ()
    return [list(row) for row in columns if row[0]]


@pytest.mark.parametrize("pillars", MANY)
@pytest.mark.sample(1)
def test_every_pillar_is_named_once_with_its_counts(pillars: int, tmp_path: Path) -> None:
    rows = tuple(f"2021 A P{p}-I{i}.M1 {i + p}" for p in range(1, pillars + 1) for i in range(1, 3))
    path = written(tmp_path / "m.xlsx", contract(pillars, 2), *rows)
    page = openpyxl.load_workbook(path, data_only=True)[SUMMARY]
    found = [row for row in page.iter_rows(max_col=9, values_only=True) if str(row[0]).startswith("Pilier numéro")]
    assert [row[0] for row in found] == [f"Pilier numéro {number}" for number in range(1, pillars + 1)]
    assert {sum(row[1:]) for row in found} == {2}
    assert [sum(column) for column in zip(*(row[1:] for row in found), strict=True)] == cards(path)


@pytest.mark.parametrize(("pillars", "parts"), [(17, 0), (18, 1), (30, 1), (70, 2)])
def test_further_pillars_stand_under_titles_on_each_page(
    pillars: int, parts: int, tmp_path: Path, libreoffice: Convert
) -> None:
    path = written(tmp_path / "m.xlsx", contract(pillars, 1), *(f"2021 A P{p}-I1.M1 {p}" for p in range(1, pillars)))
    titled = [row for row in further(path) if row[0] == "Autres piliers"]
    assert len(titled) == parts and all(row[1] == "✔\xa0Atteinte" for row in titled)
    assert differences(path, recalculated(path, tmp_path / "recalculated.xlsx"))[1] == []
    pages = libreoffice(only(path, SUMMARY), "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pages)) == 1 + parts


LONG = "Emploi, insertion et développement économique des quartiers prioritaires de la politique de la ville"
TITLES = [
    (6, "Emploi, insertion et développement économique des quartiers prioritaires de la politique de la…"),
    (12, "Emploi, insertion et développement…"),
    (30, LONG),
]


@pytest.mark.parametrize(("pillars", "shown"), TITLES)
@pytest.mark.sample(1)
def test_a_long_title_of_a_pillar_is_cut_at_a_word_where_there_is_no_room(
    pillars: int, shown: str, tmp_path: Path
) -> None:
    """A comment typed beside it is one on this pillar all the same."""
    made = contract(pillars, 1)
    renamed = replace(made, pillars=(*made.pillars[:-1], replace(made.pillars[-1], title=LONG)))
    path = written(tmp_path / "m.xlsx", renamed, "2021 A P1-I1.M1 5")
    book = openpyxl.load_workbook(path)
    row = next(cell.row for cell in book[SUMMARY]["A"] if cell.value == shown)
    book[SUMMARY].cell(row, 11).value = "tapé ici"
    book.save(path)
    (note,) = [note for note in read_master(path, renamed).notes if note.value == "tapé ici"]
    assert note.key == ("2021", "Pilier", f"P{pillars}")


@pytest.mark.parametrize(("length", "shown"), [(75, 75), (76, 75), (300, 75)])
def test_a_long_name_in_trouble_is_cut_at_its_end(length: int, shown: int, tmp_path: Path) -> None:
    """Two lines of it fit: of more, a row shows those in the middle."""
    name = "Personnes accompagnées ".ljust(length, "x")
    path = written(tmp_path / "m.xlsx", contract(1, 2, title=name), "2021 A P1-I1.M1 5", "2021 A P1-I2.M1 6")
    names = [str(row[0]) for row in trouble(path)]
    assert [(len(one), one[:30] == name[:30], one.endswith("…")) for one in names] == [(shown, True, length > 75)] * 2
    assert differences(path, recalculated(path, tmp_path / "recalculated.xlsx"))[1] == []


@pytest.mark.parametrize("case", CASES)
@pytest.mark.sample(2)
def test_the_page_fits_a_screen_of_1366_by_768(case: str, tmp_path: Path) -> None:
    path = written(tmp_path / "m.xlsx", CASES[case][0], *CASES[case][1])
    page = openpyxl.load_workbook(path)[SUMMARY]
    _, last_column, last_row = re.fullmatch(r".*\$A\$1:(\$?)([A-Z]+)\$(\d+)", page.print_area).groups()  # type: ignore[union-attr]
    shown = [one for one in page.column_dimensions.values() if one.min <= column_index_from_string(last_column)]
    widths = [one.width * (one.max - one.min + 1) for one in shown]
    ends = [one.id for one in page.row_breaks.brk] or [int(last_row)]
    heights = [page.row_dimensions[row].height or 15 for row in range(1, ends[0] + 1)]
    assert sum(widths) * LIBREOFFICE <= SCREEN[0]
    assert sum(heights) / 0.75 <= SCREEN[1]


@pytest.mark.parametrize("case", CASES)
def test_the_page_is_one_page_of_paper(case: str, tmp_path: Path, libreoffice: Convert) -> None:
    path = written(tmp_path / "m.xlsx", CASES[case][0], *CASES[case][1])
    assert differences(path, recalculated(path, tmp_path / "recalculated.xlsx"))[1] == []
    pages = libreoffice(only(path, SUMMARY), "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pages)) == 1 + bool(further(path))
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pages)
    assert {tuple(sorted(round(float(side), -1) for side in box)) for box in boxes} == {(600, 840)}  # A4 in points


def only(path: Path, sheet: str) -> Path:
    """The workbook as it prints with its other sheets hidden; LibreOffice prints hidden ones that have a print area."""
    to = path.with_name("only.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/workbook.xml":
                hidden = re.sub(rf'<sheet (?!name="{sheet}")', '<sheet state="hidden" ', text.decode())
                own = re.findall(r'<sheet [^>]*?name="([^"]*)"', hidden).index(sheet)
                others = rf'<definedName [^>]*localSheetId="(?!{own}")[^<]*</definedName>'
                text = (
                    re.sub(others, "", hidden).replace("<workbookView ", f'<workbookView activeTab="{own}" ').encode()
                )
            target.writestr(name, text)
    return to


def _content(made: Framework, rows: tuple[str, ...], findings: tuple[Finding, ...]) -> MasterContent:
    assessment = Assessment((), (), as_table(answers(*rows)), findings)
    return MasterContent(made, aggregate(made, assessment.frame), assessment, made.campaign["2021"], (), ())
