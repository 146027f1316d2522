"""The README and the guides are typed line by line, as a reader types them, in a fresh folder where partners answer."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from openpyxl import Workbook

import cvsheet
from cvsheet.cli.main import cvsheet as command_line
from cvsheet.cli.main import execute
from cvsheet.demo.returns import drop_into, flawed_campaign
from tests.conftest import ROOT

EXCEL = "docs/excel.md"
FIRST = "2019-REF"  # of the contract of `init`
TYPED = ["README.md", "docs/guide-coordination.md"]
READ = [*TYPED, "README.en.md", "docs/guide-partenaire.md", EXCEL, "docs/precision.md", "docs/vitesse.md"]
BLOCK = re.compile(r"^```(sh|powershell)\n(.*?)^```$|^    ((?:cvsheet|cd|pip) [^\n]*)$", re.MULTILINE | re.DOTALL)
NOT_IN_OLD_POWERSHELL = re.compile(r"&&|\|\||Activate|(?<![\w.])source |curl |wget ")


def lines_typed(page: str) -> list[tuple[str, str]]:
    """The shell and the line of each command that `page` gives to type, without its comment."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = [(shell or "sh", body or line) for shell, body, line in BLOCK.findall(text)]
    lines = [(shell, line.strip()) for shell, body in blocks for line in body.splitlines()]
    return [(shell, line) for shell, line in lines if line and not line.startswith("#")]


@dataclass
class Reader:
    """Somebody at a prompt: the folder that they are in, and what they were told to type."""

    here: Path
    codes: dict[str, int] = field(default_factory=dict)

    def types(self, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
        words = shlex.split(line.replace(".venv\\Scripts\\", ""), comments=True)
        if words[0] == "cd":
            self.here = self.here / words[1]
            monkeypatch.chdir(self.here)
        elif words[:2] == ["cvsheet", "import-framework"]:
            with monkeypatch.context() as elsewhere:  # what comes next on the page is about the contract of `init`
                elsewhere.chdir(folder_of_a_table(self.here))
                self.codes[line] = execute(words[1:])
        elif words[0] == "cvsheet" and words[1] not in ("demo", "bureau"):  # played by tests of their own
            self.codes[line] = execute(words[1:])
            self._partners_answer(words)

    def _partners_answer(self, words: list[str]) -> None:
        """After `generate`, returns good and bad arrive, one per partner but the last."""
        if words[1] != "generate":
            return
        framework = cvsheet.open_contract(self.here).framework
        code = words[words.index("--campaign") + 1]
        asked = tuple(partner.code for partner in framework.partners_asked(code))
        drop_into(self.here / "retours", flawed_campaign(framework, code, asked[:4]))


def folder_of_a_table(contract: Path) -> Path:
    """A copy of the contract's folder with the table of a document beside its workbook."""
    folder = contract.parent / "tableau"
    folder.mkdir()
    shutil.copy(contract / "contrat.xlsx", folder)
    book = Workbook()
    for row in (["Pilier", "Objectif", "Action", "Indicateur"], ["Emploi", "Insérer", "Forum", "Nombre de visiteurs"]):
        book.active.append(row)
    book.save(folder / "tableau.xlsx")
    return folder


@pytest.mark.long
@pytest.mark.parametrize("page", TYPED)
def test_every_command_of_a_page_works_as_it_is_typed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for _, line in lines_typed(page):
        reader.types(line, monkeypatch)
    assert len(reader.codes) > 8
    assert {line: code for line, code in reader.codes.items() if code not in (0, 1)} == {}


@pytest.mark.long
def test_every_command_of_the_page_on_excel_works_as_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also what its table says that a button of *Pilotage* does. No Excel here: that `install` and `doctor` say so is
    looked at; the buttons themselves are in tests/addin, beside a part played by xlwings, and in the trial by hand."""
    reader = Reader(tmp_path)
    monkeypatch.chdir(tmp_path)
    for line in ("cvsheet init mon-contrat --quiet", *(line for _, line in lines_typed(EXCEL) if "pip" not in line)):
        reader.types(line, monkeypatch)
    assert reader.here.name == "mon-contrat"
    assert (reader.here / "contrat.py").is_file()
    assert (reader.codes["cvsheet excel install"], reader.codes["cvsheet excel doctor"]) == (0, 1)
    assert "Excel : absent de cette machine" in capsys.readouterr().out.replace("\xa0", " ")
    for line in [f"cvsheet generate --campaign {FIRST} --avant 30j --quiet", *same_as_buttons()]:
        reader.types(line, monkeypatch)
    assert len(same_as_buttons()) > 5
    assert {line: code for line, code in reader.codes.items() if code not in (0, 1)} == {}


def same_as_buttons() -> list[str]:
    """The commands of the table of actions: what is done from the workbook, done from a terminal."""
    rows = re.findall(r"^\| [^|]+ \| `(cvsheet [^`]+)` \|", (ROOT / EXCEL).read_text(encoding="utf-8"), re.MULTILINE)
    return [row for row in rows if row != "cvsheet generate"]  # with its question about a deadline that is past


def test_what_the_page_on_excel_installs_is_a_part_of_ours() -> None:
    (line,) = [line for _, line in lines_typed(EXCEL) if line.startswith("pip ")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, part = re.fullmatch(r"(\w+)\[(\w+)\]", shlex.split(line)[-1]).groups()  # type: ignore[union-attr]
    assert name == project["name"]
    assert any(one.startswith("xlwings") for one in project["optional-dependencies"][part])


@pytest.mark.parametrize("page", READ)
def test_every_command_that_a_page_names_has_those_options(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = [*re.findall(r"`(cvsheet [^`]+)`", text), *(line for _, line in lines_typed(page))]
    assert [line for line in named if not understood(line)] == []


def understood(line: str) -> bool:
    """Whether the words of `line` name a command (or none) and options that it has."""
    words = shlex.split(line.replace("\\", "/"), comments=True)
    if not words or not words[0].endswith("cvsheet") or len(words) < 2 or words[1].startswith("-"):
        return True
    command: click.Command | None = command_line.commands.get(command_line.known_as(words[1]))
    if isinstance(command, click.Group):
        command = command.commands.get(words[2]) if len(words) > 2 else command
    if command is None:
        return False
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return {word for word in words[2:] if word.startswith("-")} <= known | {"--help"}


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_windows_lines_are_those_of_an_old_powershell_and_name_the_files_of_make(page: str) -> None:
    typed = [line for shell, line in lines_typed(page) if shell == "powershell"]
    assert len(typed) >= 5
    assert [line for line in typed if NOT_IN_OLD_POWERSHELL.search(line)] == []
    named = {name for line in typed for name in re.findall(r"-r (\S+)", line)}
    assert [name for name in named if not (ROOT / name.replace("\\", "/")).is_file()] == []
