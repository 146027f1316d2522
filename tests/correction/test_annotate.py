"""`annotate`: two files for each return with something to do, none for the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.model.framework import Framework
from cvsheet.workflows.annotate import annotate
from cvsheet.workflows.validate import validate
from tests.correction.rounds import cell_of, opened, sent, sheet_of

WRONG = {("E-I1.M1", "valeur"): "env. 30"}


def put(folder: Path, **files: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.xlsx").write_bytes(content)


def test_two_files_for_a_return_in_fault_none_for_a_clean_one(small: Framework, good: Prefill, tmp_path: Path) -> None:
    put(tmp_path / "retours", wrong=sent(small, {**good, **WRONG}))
    put(tmp_path / "autres", good=sent(small, good), cut=sent(small, good)[:2000])
    for folder, made in (("retours", ["wrong_correction.eml", "wrong_correction.xlsx"]), ("autres", [])):
        assessment = validate(small, [tmp_path / folder], tmp_path)
        result = annotate(small, assessment, tmp_path / f"sorties-{folder}")
        assert sorted(path.name for path in (tmp_path / f"sorties-{folder}").glob("*")) == made
        assert [file.workbook.name for file in result.files] == made[1:]
    assert result.clean == ("autres/good.xlsx",)
    assert result.without_correction == ("autres/cut.xlsx",)


def test_the_second_correction_does_not_overwrite_the_first(small: Framework, good: Prefill, tmp_path: Path) -> None:
    names = []
    content = sent(small, {**good, **WRONG})
    for round_number, name in enumerate(("caf", "caf_correction", "caf_correction-2")):
        put(tmp_path / f"{round_number}", **{name: content})
        (file,) = annotate(small, validate(small, [tmp_path / f"{round_number}"], tmp_path), tmp_path / "sorties").files
        names.append(file.workbook.name)
        content = file.workbook.read_bytes()
    assert names == ["caf_correction.xlsx", "caf_correction-2.xlsx", "caf_correction-3.xlsx"]


def test_files_of_the_same_name_in_two_folders_keep_their_own_correction(
    small: Framework, good: Prefill, tmp_path: Path
) -> None:
    from cvsheet.books.partner.writing import partner_workbook

    put(tmp_path / "retours" / "2021", Retour=sent(small, {**good, **WRONG}))
    b = partner_workbook(small, "2021", "B", prefill={("H-I1.M1", "valeur"): "env. 2"})
    put(tmp_path / "retours" / "B", retour=b)
    result = annotate(small, validate(small, [tmp_path / "retours"], tmp_path), tmp_path / "sorties")
    assert [file.workbook.name for file in result.files] == ["Retour_correction.xlsx", "retour_correction (2).xlsx"]


def test_the_former_value_is_shown_again_where_its_campaign_is_at_hand(amboise: Framework, tmp_path: Path) -> None:
    from cvsheet.books.partner.writing import partner_workbook
    from cvsheet.demo.fictitious import typed_answers
    from cvsheet.demo.returns import good_return

    line = amboise.lines_for("CCVA")[0].code
    typed = {**typed_answers(amboise, "2021", "CCVA", 0), (line, "valeur"): "env. 8"}
    put(tmp_path, y2020=good_return(amboise, "2020", "CCVA").content)
    put(tmp_path, y2021=partner_workbook(amboise, "2021", "CCVA", prefill=typed))
    (file,) = annotate(amboise, validate(amboise, [tmp_path], tmp_path), tmp_path / "sorties").files
    sheet = sheet_of(opened(file.workbook.read_bytes()), line)
    assert sheet[cell_of(sheet, line, "Valeur précédente")].value is not None


@pytest.mark.parametrize("stem", ["é" * 120, "a b (1)", "-x"])
def test_any_name_of_a_return_gives_a_name_that_fits(
    small: Framework, good: Prefill, tmp_path: Path, stem: str
) -> None:
    put(tmp_path / "retours", **{stem: sent(small, {**good, **WRONG})})
    (file,) = annotate(small, validate(small, [tmp_path / "retours"], tmp_path), tmp_path / "sorties").files
    assert file.workbook.exists()
    assert file.message.exists()
