"""Shared and synchronised folders: what docs/dossiers-partages.md says of locks, conflict copies and placeholders."""

# ruff: noqa: F811 - fixtures are asked for by the names that they are imported under

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.judging.engine.assess import assess
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.receive import receive
from tests.addin.conftest import small, small_original  # noqa: F401 - fixtures


def codes(folder: ContractFolder) -> dict[str, set[str]]:
    """The rules that speak, by file."""
    framework = load_framework(folder.workbook)
    found: dict[str, set[str]] = {}
    for one in assess(framework, receive(framework, [folder.inbox], folder.root)).findings:
        found.setdefault(Path(one.place.file).name, set()).add(one.code)
    return found


def a_return(folder: ContractFolder) -> Path:
    return min(folder.inbox.rglob("*.xlsx"))


@pytest.mark.parametrize(
    "name",
    [
        "contrat-PC-DE-MARIE.xlsx",  # OneDrive
        "contrat-DESKTOP-AB12CD3.xlsx",
        "contrat (conflicted copy 2021-05-03 101010).xlsx",  # Nextcloud, Dropbox
        "contrat (Copie en conflit de Marie 2021-05-03).xlsx",
        "contrat.sync-conflict-20210503-101010-ABCDEFG.xlsx",  # Syncthing
        "decisions-PC-DE-MARIE.csv",
        "notes (conflicted copy 2021-05-03 101010).csv",
    ],
)
def test_a_conflict_copy_of_what_the_coordination_writes_is_asked_about(
    small: ContractFolder,
    name: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(small.workbook, small.root / name)
    assert execute(["check", "-C", str(small.root)]) == 2
    said = " ".join(capsys.readouterr().err.replace("\xa0", " ").split())
    assert f"« {name} » est une copie en conflit de « {name[:5]}" in said


@pytest.mark.parametrize(
    "name",
    ["contrat - Copie.xlsx", "contrat 2022.xlsx", "contrat-2021-2022.xlsx", "contrat-VERSION2.xlsx",
     "contrat.avant-adoption-2019-12-31.xlsx", "notes de réunion.xlsx", "decisions du comité.csv"],
)  # fmt: skip
@pytest.mark.sample(3)
def test_other_files_beside_the_contract_are_nobody_s_business(small: ContractFolder, name: str) -> None:
    shutil.copy(small.workbook, small.root / name)
    assert execute(["check", "-C", str(small.root), "--quiet"]) == 0


def test_an_identical_conflict_copy_of_a_return_counts_once(small: ContractFolder) -> None:
    own = a_return(small)
    copy = shutil.copy(own, own.with_name(f"{own.stem}-PC-DE-MARIE.xlsx"))
    said = codes(small)
    assert said.get(own.name, set()) | said.get(Path(copy).name, set()) == {"FIC-040"}


def test_a_file_that_is_not_there_yet_stops_no_other(small: ContractFolder) -> None:
    own = a_return(small)
    (own.parent / "pas encore.xlsx").write_bytes(b"")
    (own.parent / "coupé.xlsx").write_bytes(own.read_bytes()[:3000])
    said = codes(small)
    assert said["pas encore.xlsx"] == {"FIC-002"}
    assert len(said["coupé.xlsx"]) == 1
    assert not [code for code in said.get(own.name, ()) if code.startswith("FIC")]


def test_a_file_that_only_the_cloud_has_is_refused_and_stops_no_other(
    small: ContractFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Offline, Windows answers an error to whoever opens a file « on demand »."""
    own = a_return(small)
    cloud = shutil.copy(own, own.with_name("nuage.xlsx"))
    opened = Path.open

    def refused(self: Path, *args: str, **more: str) -> object:
        if self.name == Path(cloud).name:
            raise OSError(22, "The cloud file provider is not running")
        return opened(self, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    assert codes(small)["nuage.xlsx"] == {"FIC-001"}


def test_a_lock_among_the_returns_is_told(small: ContractFolder) -> None:
    own = a_return(small)
    own.with_name(f"~${own.name}").write_bytes(b"\x05Marie")
    assert codes(small)[f"~${own.name}"] == {"FIC-003"}
