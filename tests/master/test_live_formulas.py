"""The master is live and true: its cached values are what LibreOffice computes, and Données moves everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cvsheet.books.master.decisions import NOTHING_WRITTEN, Coordination
from cvsheet.books.master.writing import MasterContent, master_workbook
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework, Reference
from cvsheet.workflows.consolidate import arbitrated
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, evolution, framework, measure, share
from tests.consolidation.test_progress import HALF_GONE
from tests.master.chance import random_answers, random_contract, random_decisions
from tests.recalculated import differences
from tests.words import plain

DISTRICTS = ("quartier",)
EVERYTHING = framework(
    measure("SUM.M1", breakdowns=DISTRICTS),
    measure("MEAN.M1", "moyenne", type="note"),
    measure("WEIGHTED.M1", "moyenne pondérée", type="note", weight="WEIGHT.M1", breakdowns=DISTRICTS),
    measure("WEIGHT.M1", headline=False),
    measure("SOURCE.M1", "source unique"),
    measure("MOST.M1", "maximum", breakdowns=DISTRICTS),
    measure("TEXT.M1", "texte", type="texte", headline=False),
    measure("NONE.M1", "aucune"),
    share("SHARE.M1", "SOURCE.M1", "SUM.M1"),
    share("PART.M1", "SUM.M1/N", "SUM.M1"),
    evolution("CHANGE.M1", "SUM.M1"),
    references={
        "SUM.M1": Reference(10, 2019, "validée", 40, 2023, "validée"),
        "SOURCE.M1": Reference(20, 2019, "validée", 20, 2023, "validée"),
        "MEAN.M1": Reference(4, 2019, "validée", 3, 2023, "proposée"),
        "NONE.M1": Reference(4, 2019, "", 9, 2023, ""),
    },
)


def master(
    contract: Framework, table: pd.DataFrame, campaign: str = "2021", decided: Coordination = NOTHING_WRITTEN
) -> bytes:
    """The master of a long table written in the test, with what the coordination decided."""
    assessment = Assessment((), (), as_table(table), ())
    consolidation = arbitrated(contract, assessment, decided)
    accounts = (("Réponses reçues", 0),)
    judged = contract.campaign[campaign]
    return master_workbook(MasterContent(contract, consolidation, assessment, judged, (), accounts, decided))


@pytest.mark.parametrize(("seed", "campaign"), [(0, "2021"), (1, "2020"), (2, "S3"), (3, "REF"), (4, "REF2")])
def test_cached_values_are_those_of_libreoffice(tmp_path: Path, libreoffice: Convert, seed: int, campaign: str) -> None:
    contract = random_contract(seed)
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(contract, random_answers(contract, seed), campaign, random_decisions(contract, seed)))
    count, found = differences(path, libreoffice(path, "xlsx"))
    assert count > 1000
    assert found == []


def test_cached_values_of_a_contract_without_indicators(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(framework(), answers()))
    assert differences(path, libreoffice(path, "xlsx"))[1] == []


@pytest.mark.parametrize(("too_early_until", "late"), [(50, "En retard"), (50.1, "Trop tôt")])
def test_at_its_limits_a_formula_gives_the_same_word(
    tmp_path: Path, libreoffice: Convert, too_early_until: float, late: str
) -> None:
    """Half of the time is gone between the baseline, at the end of 2019, and a target due on the first day of 2024."""
    lines = {f"L{number}.M1": row for number, row in enumerate(HALF_GONE)}
    known = framework(
        *(measure(code, type="note", producers=("A",), direction=row[3]) for code, row in lines.items()),
        references={code: Reference(row[1], 2019, "validée", row[2], 2024, "validée") for code, row in lines.items()},
    )
    until = replace(known.contract, end=date(2024, 1, 1), too_early_until=too_early_until)
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(
        master(replace(known, contract=until), answers(*(f"2021 A {code} {row[0]}" for code, row in lines.items())))
    )
    recalculated = libreoffice(path, "xlsx")
    assert differences(path, recalculated)[1] == []
    judged = ("En bonne voie", "À surveiller", "En retard")
    expected = {code: late if late == "Trop tôt" and row[4] in judged else row[4] for code, row in lines.items()}
    assert {code: shown(recalculated, code, "Situation") for code in lines} == expected


@pytest.mark.parametrize(("end", "gone"), [(date(2022, 3, 31), 0), (date(2021, 12, 31), 1)])
def test_a_baseline_dated_after_the_target_leaves_no_time_or_all_of_it(
    tmp_path: Path, libreoffice: Convert, end: date, gone: int
) -> None:
    """A `référence` campaign of 2021 that ends in 2022: a baseline of 2021 holds from its end."""
    known = framework(measure("M.M1"), references={"M.M1": Reference(100, 2021, "validée", 200, 2022, "validée")})
    first = replace(known.campaigns[0], year=2021, start=date(2021, 1, 1), end=date(2022, 3, 31))
    contract = replace(known, campaigns=(first, *known.campaigns[1:]), contract=replace(known.contract, end=end))
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(contract, answers("2021 A M.M1 150")))
    recalculated = libreoffice(path, "xlsx")
    assert differences(path, recalculated)[1] == []
    assert shown(recalculated, "M.M1", "Durée écoulée") == gone


@pytest.mark.parametrize(
    ("line", "given", "remark"),
    [
        ("NONE.M1", ("2021 A NONE.M1 3",), "Les réponses ne se consolident pas : voir « Contributions »."),
        ("NONE.M1", ("2021 A NONE.M1 nd",), ""),
        ("SUM.M1", ("2021 A SUM.M1 3",), ""),
        ("TEXT.M1", ("2021 A TEXT.M1 bien",), "A : bien"),
        (
            "WEIGHTED.M1",
            ("2021 A WEIGHTED.M1 6", "2021 A WEIGHT.M1 10", "2021 B WEIGHTED.M1 9"),
            "Poids manquant : voir « Conflits ».",
        ),
        ("WEIGHTED.M1", ("2021 A WEIGHTED.M1 6", "2021 A WEIGHT.M1 10"), ""),
        ("CHANGE.M1", ("2020 A SUM.M1 4", "2021 A SUM.M1 5"), ""),
        ("CHANGE.M1", ("2020 A SUM.M1 0", "2021 A SUM.M1 5"), "Pas d’évolution en % : la base (campagne 2020) vaut 0."),
        ("SOURCE.M1", ("2021 A SOURCE.M1 nd", "2021 B SOURCE.M1 5"),
         "Source de repli : B (le premier producteur n’a pas répondu)."),
    ],
)  # fmt: skip
def test_the_remarks_say_what_a_reader_of_the_value_must_know(
    tmp_path: Path, line: str, given: tuple[str, ...], remark: str
) -> None:
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(EVERYTHING, answers(*given)))
    assert plain(shown(path, line, "Réponses en texte et remarques")) == remark


def test_a_change_typed_in_the_data_moves_totals_and_progress(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(EVERYTHING, answers("2021 A SUM.M1 15", "2021 B SUM.M1 5")))
    assert shown(path, "SUM.M1", "Progression") == pytest.approx((20 - 10) / 30)
    book = openpyxl.load_workbook(path)
    titles = {cell.value: cell.column for cell in book["Données"][4]}
    book["Données"].cell(5, titles["Valeur"]).value = 35  # A's answer
    book.save(path)
    changed = libreoffice(path, "xlsx")
    assert shown(changed, "SUM.M1", "Valeur 2021") == 40
    assert shown(changed, "SUM.M1", "Progression") == 1
    assert shown(changed, "SUM.M1", "Situation") == "Cible atteinte"


def test_setting_an_answer_aside_by_hand_takes_it_out_of_the_total(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(EVERYTHING, answers("2021 A SOURCE.M1 15", "2021 B SOURCE.M1 5")))
    assert shown(path, "SOURCE.M1", "Valeur 2021") == 15
    book = openpyxl.load_workbook(path)
    titles = {cell.value: cell.column for cell in book["Données"][4]}
    book["Données"].cell(5, titles["Compte"]).value = 0
    book.save(path)
    assert shown(libreoffice(path, "xlsx"), "SOURCE.M1", "Valeur 2021") == 5


@pytest.mark.filterwarnings("ignore:Sparkline")  # openpyxl drops them
def test_a_change_is_shown_as_what_it_is_counted_in_whatever_is_decided_of_its_base(tmp_path: Path) -> None:
    """20 of 10 is +100 %; of a base that is decided to be -10 it is a difference of 30: never +3000 %."""
    path = tmp_path / "maitre.xlsx"
    rows = ("2020 A SUM.M1 10", "2021 A SUM.M1 20", "2020 A SOURCE.M1 -10", "2021 A SOURCE.M1 20")
    path.write_bytes(master(EVERYTHING, answers(*rows)))
    sheet = openpyxl.load_workbook(path)["Pilier"]
    titles = {cell.value: cell.column_letter for cell in sheet[4]}
    former, value, change = (titles[title] for title in ("Valeur 2020", "Valeur retenue", "Variation"))
    places = {cell.value: cell.row for cell in sheet[titles["Code"]][4:]}
    for code in ("SUM.M1", "SOURCE.M1", "MOST.M1/S"):
        shown_by = [
            (rule.formula[0], rule.dxf.numFmt.formatCode)
            for area in sheet.conditional_formatting
            if f"{change}{places[code]}" in area
            for rule in area.rules
        ]
        area = next(area for area in sheet.conditional_formatting if f"{change}{places[code]}" in area)
        top = min(cells.min_row for cells in area.cells.ranges)
        f, v, c = (f"${column}{top}" for column in (former, value, change))
        relative = f"IF({f}>0.000000001,ABS({c}-({v}-{f})/{f})<=0.000000001,FALSE)"
        assert shown_by == [
            (f"IF(ISNUMBER({f}),{relative},FALSE)", "+0\\ %;-0\\ %;0\\ %"),
            (f"IF(ISNUMBER({f}),{f}<=0.000000001,FALSE)", "+#,##0;-#,##0;#,##0"),
        ]


@pytest.mark.long
def test_the_same_content_gives_the_same_bytes() -> None:
    table = random_answers(EVERYTHING, 7)
    assert master(EVERYTHING, table) == master(EVERYTHING, table)


def test_a_pillar_named_like_a_sheet_of_the_master_gets_another_name(tmp_path: Path) -> None:
    pillar = replace(EVERYTHING.pillars[0], sheet="données")
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(master(replace(EVERYTHING, pillars=(pillar,)), answers("2021 A SUM.M1 15")))
    names = [sheet.name for sheet in open_grid(path).sheets]
    assert "Données" in names
    assert "Pilier données" in names


def shown(path: Path, line: str, title: str) -> object:
    """The value that the pillar sheet shows for `line` under `title`."""
    sheet = next(sheet for sheet in open_grid(path).sheets if sheet.name == "Pilier")
    titles = {cell.value: column for column, cell in sheet.rows[4].items()}
    code = titles["Code"]
    row = next(row for row, cells in sheet.rows.items() if row > 4 and code in cells and cells[code].value == line)
    cell = sheet.cell(row, titles[title])
    return cell.value if cell else None
