"""What is written can be opened, whatever the names and texts; what cannot replaces nothing."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit.book import Book, input_message, put_formula, put_url, validate
from cvsheet.books.master.writing import master_workbook
from cvsheet.books.master.writing.data_sheet import file_link
from cvsheet.cli.main import execute
from cvsheet.errors import OutputError
from cvsheet.files.atomic import refuse_unsound, safe_stem, write_workbook
from cvsheet.files.grid import open_grid
from tests.conftest import ROOT

Captured = pytest.CaptureFixture[str]
ODD = {
    "escape": "a\x1b[31mb",
    "line break": "a\nb",
    "bell": "a\x07b",
    "turned round": "a\u202excod.b",
    "hidden": "a\u200bb",
    "no text": "a\udce9b",  # a byte of an old archive
    "no character": "a\uffffb",
    "markup": "a&<b>'\"b",
}


def sound(part: bytes = b"<a/>") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            archive.writestr(name, b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", part)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        sound(b"<a>\x1b</a>"),
        sound(b"<a>"),
        sound(b""),
        sound()[:-40],
        b"",
        b"PK",
        sound().replace(b"workbook", b"wrokbook"),
    ],
    ids=["control", "open", "empty part", "cut", "nothing", "signature", "missing part"],
)
def test_what_could_not_be_opened_replaces_nothing(tmp_path: Path, content: bytes) -> None:
    former = sound()
    write_workbook(tmp_path / "a.xlsx", former)
    with pytest.raises(OutputError, match=r"ne pourrait pas être relu .* rien n’a été remplacé"):
        write_workbook(tmp_path / "a.xlsx", content)
    assert (tmp_path / "a.xlsx").read_bytes() == former


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_a_workbook_is_sound_whatever_its_texts(tmp_path: Path, text: str) -> None:
    book = Book(text, date(2021, 1, 1), text)
    sheet = book.sheet("A")
    put_url(sheet, 0, 0, f"external:../retours/{text}.xlsx", text, text, book.style())
    validate(sheet, (1, 0, 1, 0), {"validate": "any", **input_message(text, text)})
    put_formula(sheet, 2, 0, f'="{text.replace(chr(34), "")}"', text)
    sheet.write_comment(3, 0, text)
    book.workbook.define_name("Nom", f'="{text.replace(chr(34), "")}"')
    book.save(tmp_path / "a.xlsx")
    assert [one.name for one in open_grid(tmp_path / "a.xlsx").sheets] == ["A"]
    openpyxl.load_workbook(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("a\x1b[31m.xlsx", "a%1B%5B31m.xlsx"),
        ("a\nb c.xlsx", "a%0Ab%20c.xlsx"),
        ("a\u202ex.xlsx", "a%E2%80%AEx.xlsx"),
        ("caf\udce9.xlsx", "caf%E9.xlsx"),
        ("é ü.xlsx", "é ü.xlsx"),
    ],
)
def test_a_link_says_the_name_in_letters_that_links_may_have(name: str, address: str) -> None:
    answer = {"fichier": f"retours/{name}", "feuille": "Emploi", "cellule": "J12"}
    assert file_link("..", answer) == f"../retours/{address}#'Emploi'!J12"


@pytest.mark.parametrize("answer", [("a.xlsx", "Em\x1bploi"), ("a\ud800.xlsx", "Emploi")], ids=["sheet", "name"])
def test_what_no_address_says_gets_no_link(answer: tuple[str, str]) -> None:
    assert file_link("..", {"fichier": answer[0], "feuille": answer[1], "cellule": "J12"}) == ""


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("caf", "caf"),
        ("é ü (1)", "é ü (1)"),
        ("a\x1b[2J", "a_[2J"),
        ("a\nb", "a_b"),
        ("a\u2028b", "a_b"),
        ("\u202ecod", "_cod"),
        ("a\udce9", "a_"),
        ('a<b>:"|?*\\', "a_b_______"),
        ("a. .", "a"),
        ("...", "_"),
    ],
)
def test_a_name_that_is_made_can_be_used_and_read_everywhere(stem: str, name: str) -> None:
    assert safe_stem(stem) == name


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract folder whose returns, in fault, have names that act on a terminal."""
    folder = tmp_path_factory.mktemp("noms") / "contrat"
    (folder / "retours").mkdir(parents=True)
    shutil.copy(ROOT / "examples" / "campagne" / "contrat.xlsx", folder)
    for code in ("TL", "PE"):
        name = f"{code}\x1b]0;x\x07\x1b[2J\n\u202e\udce9.xlsx"
        returned = next((ROOT / "examples" / "campagne").rglob(f"amboise_2021_{code}.xlsx"))
        shutil.copy(returned, folder / "retours" / name)
    return folder


@pytest.mark.long
def test_no_name_acts_on_the_terminal_or_spoils_a_file(
    contract: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(contract)
    for arguments in (
        ["validate", "--annotate", "sorties/corrections", "--oui", "--html", "c.html", "--json", "c.json"],
        ["consolidate", "--diffusion"],
        ["status", "-c", "2021"],
        ["export", "--format", "xlsx"],
    ):
        assert execute(arguments) in (0, 1), capsys.readouterr().err
    said = "".join(capsys.readouterr())
    assert not {char for char in said if not char.isprintable()} - {"\n", "\u00a0", "\u202f"}
    made = [path for path in contract.rglob("*") if path.suffix == ".xlsx" and path.parent.name != "retours"]
    assert {path.parent.name for path in made} == {"contrat", "sorties", "corrections", "export"}
    for path in made:
        refuse_unsound(path.name, path.read_bytes())
        open_grid(path)
        assert path.name.isprintable()
    assert execute(["consolidate", "-q"]) in (0, 1)  # the master is read back


@pytest.mark.long
def test_a_master_that_could_not_be_opened_replaces_nothing(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert execute(["consolidate", "-C", str(contract), "-q"]) in (0, 1)
    path = next((contract / "sorties").glob("*_maitre.xlsx"))
    before = path.read_bytes()
    genuine: Callable[..., bytes] = master_workbook
    monkeypatch.setattr("cvsheet.workflows.consolidate.master_workbook", lambda *given: genuine(*given)[:-100])
    assert execute(["consolidate", "-C", str(contract), "-q", "--no-cache"]) == 3  # else it is known and not made again
    assert path.read_bytes() == before
