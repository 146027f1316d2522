"""Decisions and notes survive their master: they have two small files of their own beside the contract."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from cvsheet.errors import OutputError
from cvsheet.files.kept_csv import (
    read_table,
    text_in,
    value_in,
    written_code,
    written_table,
    written_text,
    written_value,
)
from cvsheet.model.framework import Framework
from cvsheet.model.records import Scalar
from cvsheet.workflows.consolidate import ConsolidateResult, consolidate
from tests.conftest import Convert
from tests.master.test_accounts import judged, returned
from tests.master.test_coordination import CONTRACT, edit, orphans, shown, typing

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines

VALUE, MOTIVE, COMMENT = "Valeur arbitrée 2021", "Motif 2021", "Commentaire coordination 2021"


def made(root: Path, contract: Framework = CONTRACT, campaign: str = "2021") -> ConsolidateResult:
    given = [
        returned("A", {"SUM.M1": 15.0, "ALL.M1": 100.0}, "2021"),
        returned("B", {"SUM.M1": 5.0}, "2021"),
        returned("A", {"SUM.M1": 8.0, "ALL.M1": 80.0}, "2020"),
    ]
    return consolidate(contract, judged(*given), campaign, root / "sorties", root)


def decide(path: Path, value: object = 18, motive: str = "vu avec A") -> None:
    edit(path, typing("Pilier", "SUM.M1", VALUE, value), typing("Pilier", "SUM.M1", MOTIVE, motive))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract whose master holds a decision, a comment and a column of the coordination's own."""
    folder = tmp_path_factory.mktemp("contrat")
    path = made(folder).path
    decide(path)
    comment, opinion = ("SUM.M1/N", COMMENT, "à revoir"), ("TEXT.M1", "Avis du comité", "favorable")
    edit(path, typing("Pilier", *comment), typing("Pilier", *opinion))
    made(folder)
    return folder


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    """A copy of the contract."""
    return Path(shutil.copytree(original, tmp_path, dirs_exist_ok=True))


def master(root: Path) -> Path:
    return next((root / "sorties").glob("*_2021_maitre.xlsx"))


def all_there(path: Path) -> bool:
    return [
        shown(path, "SUM.M1", VALUE),
        shown(path, "SUM.M1", MOTIVE),
        shown(path, "SUM.M1/N", COMMENT),
        shown(path, "TEXT.M1", "Avis du comité"),
    ] == [18, "vu avec A", "à revoir", "favorable"]


def rows(root: Path, name: str = "decisions.csv") -> list[dict[str, str]]:
    text = (root / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def rewrite(root: Path, change: Callable[[list[dict[str, str]]], None], name: str = "decisions.csv") -> None:
    """As a person edits the file: the rows changed, the rest as it was."""
    found = rows(root, name)
    change(found)
    (root / name).write_bytes(written_table(list(found[0]), found))


def test_the_files_read_like_a_table_and_a_contract_without_decisions_has_none(tmp_path: Path) -> None:
    made(tmp_path)
    assert not list(tmp_path.glob("*.csv"))
    decide(master(tmp_path))
    made(tmp_path)
    [row] = rows(tmp_path)
    titles = ("Campagne", "Ligne", "Valeur arbitrée", "Motif")
    assert [row[title] for title in titles] == ["2021", "SUM.M1", "18", "vu avec A"]
    assert (tmp_path / "decisions.csv").read_bytes().startswith(b"\xef\xbb\xbfCampagne;Ligne;")


@pytest.mark.parametrize("lost", ["file", "folder", "moved"])
@pytest.mark.sample(1)
def test_nothing_is_lost_with_the_master(root: Path, lost: str) -> None:
    if lost == "file":
        master(root).unlink()
    elif lost == "folder":
        shutil.rmtree(root / "sorties")
    else:
        master(root).rename(root / "ailleurs.xlsx")
    assert all_there(made(root).path)
    assert orphans(master(root)) == []


def test_the_files_lost_are_made_again_from_the_master(root: Path) -> None:
    before = [path.read_bytes() for path in sorted(root.glob("*.csv"))]
    for path in root.glob("*.csv"):
        path.unlink()
    assert all_there(made(root).path)
    assert [len(path.read_bytes()) for path in sorted(root.glob("*.csv"))] == [len(one) for one in before]


def test_a_run_without_news_changes_no_byte(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    made(root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("title", [VALUE, MOTIVE])
def test_what_is_changed_in_the_master_is_followed(root: Path, title: str) -> None:
    value = 17 if title == VALUE else "vu avec B"
    edit(master(root), typing("Pilier", "SUM.M1", title, value))
    assert shown(made(root).path, "SUM.M1", title) == value
    assert orphans(master(root)) == []
    assert str(value) in rows(root)[0].values()


def test_what_is_cleared_in_the_master_does_not_come_back(root: Path) -> None:
    for title in (VALUE, MOTIVE):
        edit(master(root), typing("Pilier", "SUM.M1", title, None))
    edit(master(root), typing("Pilier", "TEXT.M1", "Avis du comité", None))
    told = " ".join(" ".join(made(root).summary).split())
    assert "1 décision effacée dans le classeur maître." in told
    for _ in range(2):
        assert shown(made(root).path, "SUM.M1", VALUE) is None
        assert shown(master(root), "TEXT.M1", "Avis du comité") is None
        master(root).unlink()


def test_an_older_master_put_back_does_not_undo_a_later_decision(root: Path) -> None:
    older = master(root).read_bytes()
    decide(master(root), 17, "vu avec B")
    made(root)
    master(root).write_bytes(older)
    assert shown(made(root).path, "SUM.M1", VALUE) == 17
    assert ("2021 | SUM.M1", "Valeur arbitrée", 18) in [one[:3] for one in orphans(master(root))]


def test_a_row_changed_by_hand_counts(root: Path) -> None:
    rewrite(root, lambda found: found[0].update({"Valeur arbitrée": "19,5", "Motif": "comité du 3 mars"}))
    assert shown(made(root).path, "SUM.M1", VALUE) == 19.5
    assert shown(made(root).path, "SUM.M1", MOTIVE) == "comité du 3 mars"


def test_a_row_added_by_hand_counts_and_one_of_no_known_line_is_kept_and_listed(root: Path) -> None:
    rewrite(
        root,
        lambda found: found.extend(
            [
                {"Campagne": "2021", "Ligne": "ALL.M1", "Valeur arbitrée": "nd", "Motif": "inconnu"},
                {"Campagne": "2021", "Ligne": "GONE.M1", "Valeur arbitrée": "4"},
            ]
        ),
    )
    for _ in range(2):
        path = made(root).path
        assert shown(path, "ALL.M1", VALUE) == "nd"
        assert [one[:3] for one in orphans(path)] == [("2021 | GONE.M1", "Valeur arbitrée", 4)]
        assert [row["Ligne"] for row in rows(root)].count("GONE.M1") == 1


def test_decisions_of_no_known_line_or_campaign_survive_the_masters_of_other_campaigns(root: Path) -> None:
    """Each master lists them; that of another campaign withdraws none."""
    added = [("2021", "GONE.M1", "4"), ("2031", "SUM.M1", "12")]
    rewrite(
        root,
        lambda found: found.extend(
            {"Campagne": campaign, "Ligne": line, "Valeur arbitrée": value} for campaign, line, value in added
        ),
    )
    for campaign in ("2021", "2020", "2020", "2021", "2020"):
        result = made(root, campaign=campaign)
        assert not [sentence for sentence in result.summary if "effacée" in sentence]
        kept = [(row["Campagne"], row["Ligne"], row["Valeur arbitrée"]) for row in rows(root)]
        assert [one for one in kept if one in added] == added
        assert {one[:3] for one in orphans(result.path)} >= {
            (f"{where} | {line}", "Valeur arbitrée", float(value)) for where, line, value in added
        }


def test_of_two_rows_of_one_line_the_last_counts_and_the_other_is_listed(root: Path) -> None:
    rewrite(
        root,
        lambda found: found.extend(
            {"Campagne": "2021", "Ligne": "ALL.M1", "Valeur arbitrée": value, "Motif": motive}
            for value, motive in (("90", "premier comité"), ("95", "second comité"))
        ),
    )
    result = made(root)
    assert "1 décision a plusieurs lignes dans « decisions.csv »" in " ".join(" ".join(result.summary).split())
    for _ in range(2):
        assert shown(master(root), "ALL.M1", VALUE) == 95
        assert [row["Valeur arbitrée"] for row in rows(root) if row["Ligne"] == "ALL.M1"] == ["95"]
        other = {("2021 | ALL.M1", "Valeur arbitrée", 90), ("2021 | ALL.M1", "Motif", "premier comité")}
        assert other <= {one[:3] for one in orphans(master(root))}
        assert "plusieurs lignes" not in " ".join(made(root).summary)


def test_of_two_rows_of_one_note_the_last_counts_and_the_other_is_listed(root: Path) -> None:
    def again(found: list[dict[str, str]]) -> None:
        row = next(row for row in found if row["Contenu"] == "favorable")
        found.extend({**row, "Contenu": said} for said in ("réservé", "défavorable"))

    rewrite(root, again, "notes.csv")
    for _ in range(3):
        path = made(root).path
        assert shown(path, "TEXT.M1", "Avis du comité") == "défavorable"
        assert {one[2] for one in orphans(path) if one[1] == "Avis du comité"} == {"favorable", "réservé"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.sample(2)
def test_what_a_spreadsheet_makes_of_the_file_is_read(root: Path, encoding: str, delimiter: str) -> None:
    """Without the mark, other delimiters, empty columns at the right and empty lines at the end."""
    lines = [*csv.reader(io.StringIO((root / "decisions.csv").read_text("utf-8-sig"), newline=""), delimiter=";")]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([*([*line, "", "", ""] for line in lines), [""] * 12])
    (root / "decisions.csv").write_bytes(out.getvalue().encode(encoding))
    master(root).unlink()
    assert all_there(made(root).path)


def test_a_file_that_is_no_table_stops_the_run_before_anything_is_written(root: Path) -> None:
    before = master(root).read_bytes()
    (root / "decisions.csv").write_text("bonjour")
    with pytest.raises(OutputError, match="rien n’a été écrit"):
        made(root)
    assert master(root).read_bytes() == before


def test_a_column_of_ones_own_stays(root: Path) -> None:
    rewrite(root, lambda found: found[0].update({"Vu en comité": "=oui"}))
    for _ in range(2):
        made(root)
        assert rows(root)[0]["Vu en comité"] == "'=oui"


def test_a_master_saved_as_ods_is_read(root: Path, libreoffice: Convert) -> None:
    path = master(root)
    decide(path, 17, "vu avec B")
    shutil.copy(libreoffice(path, "ods"), path.with_suffix(".ods"))
    path.unlink()
    result = made(root)
    assert shown(result.path, "SUM.M1", VALUE) == 17
    assert path.with_suffix(".ods").name in " ".join(result.summary)


def test_a_master_in_a_format_that_cannot_be_read_is_named(root: Path) -> None:
    path = master(root)
    path.with_suffix(".xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    result = made(root)
    assert all_there(result.path)
    assert path.with_suffix(".xls").name in " ".join(result.summary)


TEXTS = (
    "=1+1", "+33 2 47", "- tiret", "@nom", "'cité'", "3 mars", "mars 21", "01/02", "1-1", "VRAI", "12", "012", "1e5",
    "« cité »", "à revoir ; voir A", 'dit "oui"', "deux\nlignes", "(12)", "simple",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_read_back_exactly_and_none_is_a_formula(text: str) -> None:
    for write in (written_text, written_value):
        content = write(text)
        assert content[0] not in "=+-@"
        assert value_in(content) == text == text_in(content)


@pytest.mark.parametrize(
    "value", [0, 12, -3.5, 1234567.25, 0.1 + 0.2, True, False, date(2021, 3, 5), datetime(2021, 3, 5, 14, 2), None]
)
def test_values_are_read_back(value: Scalar) -> None:
    read = value_in(written_value(value))
    assert read == (pytest.approx(value) if isinstance(value, float) else value)
    assert isinstance(read, bool) is isinstance(value, bool)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("05/03/2021", date(2021, 3, 5)),
        ("1 234,5", 1234.5),
        ("1,50E+06", 1_500_000),
        ("05/03/2021 14:02", datetime(2021, 3, 5, 14, 2)),
    ],
)
def test_values_as_excel_leaves_them(content: str, value: Scalar) -> None:
    assert value_in(content) == value


def test_years_stand_as_they_are() -> None:
    assert (written_code("2021"), written_code("2019-REF"), written_code("01")) == ("2021", "'2019-REF", "'01")
    assert read_table(written_table(["A", "B"], [{"A": "1", "B": "x;y"}]), ["A", "B"]) == ((), [{"A": "1", "B": "x;y"}])
