"""A further run makes what has changed, and touches nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from benchmarks.country import SmallContract
from cvsheet import UsageError
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.observatory import fingerprint
from tests.observatory.country import CAMPAIGN, answer, contract, observed, rows, state


def values(output: Path, code: str) -> list[object]:
    return [row["nombre"] for row in rows(output, "observations") if row["contrat"] == code]


def test_nothing_changed_nothing_is_touched(country: Path, output: Path) -> None:
    observed(output, country)
    before = state(output)
    os.utime(country / "aa" / "contrat.xlsx")  # a date says nothing
    result = observed(output, country)
    assert (result.added, result.replaced, result.unchanged) == ((), (), ("aa", "bb"))
    assert state(output) == before


def test_one_answer_changes_its_contract_alone(country: Path, output: Path) -> None:
    observed(output, country)
    before = state(output)
    answer(ContractFolder(country / "aa"), CAMPAIGN, "P01", {"I1.M1": 200})
    result = observed(output, country)
    assert (result.replaced, result.unchanged) == (("aa",), ("bb",))
    assert values(output, "aa") == [200]
    changed = {path for path, what in state(output).items() if before.get(path) != what}
    assert {path.split("/")[0] for path in changed} >= {"observations", "valeurs", "observatoire.json"}
    assert all("contract=c-aa" in path for path in changed if path.endswith(".parquet"))


def test_a_contract_that_is_read_anew_with_the_same_result_is_not_touched(country: Path, output: Path) -> None:
    observed(output, country)
    before = state(output)
    (country / "aa" / "note.txt").write_text("À voir", encoding="utf-8")
    result = observed(output, country)
    assert result.unchanged == ("aa", "bb")
    after = state(output)
    assert {path for path in after if after[path] != before[path]} == {"observatoire.json"}  # its new fingerprint


def test_another_run_with_other_folders_adds_theirs(country: Path, output: Path) -> None:
    observed(output, country / "aa")
    before = state(output)
    result = observed(output, country / "bb")
    assert result.added == ("bb",)
    assert any("« aa »" in line and "--retirer" in line for line in result.told)
    assert {path: what for path, what in state(output).items() if "c-aa" in path} == {
        path: what for path, what in before.items() if "c-aa" in path
    }


def test_a_contract_goes_when_it_is_told_to(country: Path, output: Path) -> None:
    observed(output, country)
    result = observed(output, remove=("AA",))
    assert result.contracts == ("bb",)
    assert "« aa » est retiré de l’observatoire." in result.told
    assert {row["contrat"] for row in rows(output, "valeurs")} == {"bb"}
    with pytest.raises(UsageError, match="n’existe pas"):
        observed(output, remove=("aa",))


def test_a_campaign_that_has_gone_is_said(tmp_path: Path, output: Path) -> None:
    made = SmallContract("aa", years=(2023, 2024))
    place = contract(tmp_path / "aa", made, {"A2023": {"I1.M1": 1}, "A2024": {"I1.M1": 2}})
    observed(output, tmp_path / "aa")
    shutil.rmtree(place.inbox / "A2023")
    result = observed(output, tmp_path / "aa")
    assert any("« A2023 »" in line and "retirée" in line for line in result.told)
    assert {row["campagne"] for row in rows(output, "observations")} == {"A2024"}


def test_a_folder_that_moved_is_the_same_contract(country: Path, output: Path, tmp_path: Path) -> None:
    observed(output, country)
    before = {path: what for path, what in state(output).items() if path.endswith(".parquet")}
    country.rename(tmp_path / "ailleurs")
    assert observed(output, tmp_path / "ailleurs").unchanged == ("aa", "bb")
    assert {path: what for path, what in state(output).items() if path.endswith(".parquet")} == before


def test_a_damaged_file_is_made_anew_and_the_other_one_is_kept_aside(country: Path, output: Path) -> None:
    observed(output, country)
    before = state(output)
    damaged = next((output / "valeurs").rglob("*.parquet"))
    damaged.write_bytes(b"PAR1")
    result = observed(output, country)
    assert {path: what[0] for path, what in state(output).items()} == {path: what[0] for path, what in before.items()}
    assert any("autres fichiers" in line for line in result.told)
    (aside,) = output.parent.glob("out (autres fichiers)/**/*.parquet")
    assert aside.read_bytes() == b"PAR1"


def test_a_copy_that_a_synchronisation_left_is_read_by_nobody(country: Path, output: Path) -> None:
    observed(output, country)
    before = rows(output, "valeurs")
    original = next((output / "valeurs").rglob("*.parquet"))
    shutil.copy(original, original.with_name("valeurs-PC-DE-MARIE.parquet"))
    observed(output, country)
    assert rows(output, "valeurs") == before
    assert [*output.parent.glob("out (autres fichiers)/valeurs/*/*/valeurs-PC-DE-MARIE.parquet")]


@pytest.mark.long
def test_another_version_of_the_program_reads_all_anew(
    country: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    observed(output, country)
    before = state(output)
    monkeypatch.setattr(fingerprint, "program", lambda: "another")
    monkeypatch.setattr("cvsheet.workflows.observatory.observe.program", lambda: "another")
    monkeypatch.setattr("cvsheet.workflows.observatory.contract.program", lambda: "another")
    assert observed(output, country).unchanged == ("aa", "bb")
    after = state(output)
    assert {path for path in after if after[path] != before[path]} == {"observatoire.json"}


def test_a_decision_of_the_coordination_counts(country: Path, output: Path) -> None:
    observed(output, country)
    (country / "aa" / "decisions.csv").write_text(
        "Campagne;Ligne;Valeur arbitrée;Motif\nA2024;I1.M1;123;Recompté\n", encoding="utf-8-sig"
    )
    result = observed(output, country)
    assert result.replaced == ("aa",), result.unread
    (value,) = [row["valeur"] for row in rows(output, "valeurs") if (row["contrat"], row["ligne"]) == ("aa", "I1.M1")]
    assert value == 123
