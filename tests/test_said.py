"""What commands say on a terminal of 80 columns."""

from __future__ import annotations

import io
import shutil
import threading
from pathlib import Path

import pytest

from cvsheet import Contract, ContractFolder
from cvsheet.cli.main import execute
from cvsheet.cli.options import fitted
from cvsheet.cli.watching import Reports, keep_watching
from cvsheet.text.french import typeset


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


LONG = typeset("Vos notes sont gardées dans la feuille « Notes orphelines » et la suivante, « Réception », à lire :")


def test_guillemets_and_their_words_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    lines = fitted(LONG, Terminal()).split("\n")
    assert len(lines) == 3 and max(map(len, lines)) <= 50
    assert not any(line.endswith("«") or line.startswith(("»", ":")) for line in lines)


def test_a_command_is_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = "À faire, pour des messages tout prêts : cvsheet status -c 2022 --relances sorties/relances"
    assert fitted(said, Terminal()).split("\n")[-1] == "cvsheet status -c 2022 --relances sorties/relances"


def test_what_goes_to_a_file_is_left_alone() -> None:
    assert fitted(LONG, io.StringIO()) == LONG


EXAMPLE = Path(__file__).parents[1] / "examples" / "campagne"
TEMPLATE = Path(__file__).parents[1] / "workbook" / "contrat_ville_template.xlsx"
AT_HAND = "Campagne en cours : Bilan annuel 2021 (2021), à renvoyer avant le "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A contract with two returns of 2021."""
    shutil.copy(TEMPLATE, tmp_path / "contrat.xlsx")
    shutil.copytree(EXAMPLE / "retours" / "2021", tmp_path / "retours" / "2021", ignore=_but_two)
    return tmp_path


def _but_two(_: object, names: list[str]) -> list[str]:
    return sorted(names)[2:]


@pytest.mark.parametrize(
    "command", [["check"], ["excel", "install"], ["excel", "doctor"], ["validate"], ["status"], ["consolidate"]]
)
@pytest.mark.sample(2)
def test_the_campaign_at_hand_is_said_first(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    execute([*command, "-C", str(folder)])
    assert capsys.readouterr().out.startswith(typeset(AT_HAND))


def test_the_campaign_at_hand_is_said_first_while_watching(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = threading.Event()
    stop.set()
    keep_watching(Reports(Contract(ContractFolder(folder)), None, None), [], stop=stop)
    assert capsys.readouterr().out.startswith(typeset(AT_HAND))


def test_a_workbook_may_be_checked_from_anywhere(
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("ailleurs"))
    assert execute(["check", str(folder / "contrat.xlsx")]) == 0
    assert capsys.readouterr().out.startswith(typeset(AT_HAND))


def test_a_contract_that_cannot_be_read_is_told_by_its_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "contrat.xlsx").write_text("rien")
    execute(["check", "-C", str(tmp_path)])
    assert "Campagne" not in capsys.readouterr().out
