"""`adopt` shows first, holds back what partners disagree on, and takes what was arbitrated."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.cli import adopt as command
from cvsheet.cli.main import execute
from cvsheet.files.kept_csv import written_table
from cvsheet.model.framework import Framework
from cvsheet.workflows.folder import load_framework
from tests.conftest import ROOT

Captured = pytest.CaptureFixture[str]
CAMPAIGN = "2019-REF"


@pytest.fixture(scope="module")
def template() -> Framework:
    return load_framework(ROOT / "workbook" / "contrat_ville_template.xlsx")


def lines_of(framework: Framework) -> tuple[str, str]:
    """A line of one producer, and one that two give the same value of."""
    numbers = [line for line in framework.input_lines if line.category is None and not line.measure.is_text]
    single = next(one for one in numbers if len(one.measure.producers) == 1)
    shared = next(one for one in numbers if one.measure.method.same_for_all and len(one.measure.producers) > 1)
    return single.code, shared.code


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, template: Framework) -> Path:
    """A contract whose partners gave the baseline of one line, and two baselines of another."""
    root = tmp_path_factory.mktemp("contrat")
    (root / "retours").mkdir(parents=True)
    shutil.copy(ROOT / "workbook" / "contrat_ville_template.xlsx", root / "contrat.xlsx")
    single, shared = lines_of(template)
    given: dict[str, dict[tuple[str, str], float]] = {}
    given.setdefault(template.line[single].measure.producers[0], {})[single, "reference"] = 40.0
    for number, partner in enumerate(template.line[shared].measure.producers[:2]):
        given.setdefault(partner, {})[shared, "reference"] = 12.0 + number
    for partner, answers in given.items():
        content = partner_workbook(template, CAMPAIGN, partner, prefill=answers)
        (root / "retours" / f"{partner}.xlsx").write_bytes(content)
    return root


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy of the contract."""
    return Path(shutil.copytree(original, tmp_path / "contrat"))


def run(folder: Path, *arguments: str) -> int:
    return execute(["adopt", "-C", str(folder), *arguments])


def said(capsys: Captured) -> str:
    return " ".join(capsys.readouterr().out.split())


def baselines(folder: Path) -> Mapping[str, float | None]:
    found = framework_from(read_canonical(folder / "contrat.xlsx")).reference
    return {line: one.baseline for line, one in found.items()}


def test_each_value_stands_on_a_line_of_its_own(folder: Path, capsys: Captured) -> None:
    assert run(folder, "--preview") == 0
    lines = capsys.readouterr().out.splitlines()
    heading = next(number for number, line in enumerate(lines) if line.startswith("1\u00a0valeur nouvelle"))
    assert lines[heading].endswith(":") and lines[heading + 1].startswith("- ")
    assert "⏎" not in "".join(lines)


@pytest.mark.parametrize("option", ["--preview", "--aperçu"])
@pytest.mark.sample(1)
def test_a_preview_shows_and_writes_nothing(folder: Path, option: str, capsys: Captured) -> None:
    before = (folder / "contrat.xlsx").read_bytes()
    assert run(folder, option) == 0
    told = said(capsys)
    assert "1 valeur nouvelle" in told
    assert "1 valeur en désaccord, mise de côté" in told
    assert (folder / "contrat.xlsx").read_bytes() == before
    assert "en désaccord, attend votre arbitrage" in (folder / "sorties" / "adoption.csv").read_text("utf-8-sig")


@pytest.mark.long
def test_what_partners_disagree_on_waits_and_the_arbitrated_baseline_is_taken(
    folder: Path, template: Framework, capsys: Captured
) -> None:
    single, shared = lines_of(template)
    assert run(folder) == 0
    assert (baselines(folder).get(single), baselines(folder).get(shared)) == (40, None)
    titles = ["Campagne", "Ligne", "Valeur arbitrée", "Motif"]
    row = dict(zip(titles, [CAMPAIGN, shared, "12,5", "vu en comité"], strict=True))
    (folder / "decisions.csv").write_bytes(written_table(titles, [row]))
    assert run(folder) == 0
    assert baselines(folder)[shared] == 12.5
    before = (folder / "contrat.xlsx").read_bytes()
    capsys.readouterr()
    assert run(folder) == 0
    assert "Rien de nouveau à inscrire." in said(capsys)
    assert (folder / "contrat.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "arguments", "written"), [(False, (), False), (True, (), True), (False, ("--oui",), True)]
)
@pytest.mark.long
def test_on_a_terminal_it_asks(
    folder: Path, answer: bool, arguments: tuple[str, ...], written: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "asked_on_terminal", lambda: True)
    monkeypatch.setattr(command, "agreed", lambda question: answer)
    before = (folder / "contrat.xlsx").read_bytes()
    assert run(folder, *arguments) == 0
    assert ((folder / "contrat.xlsx").read_bytes() != before) is written
