"""Files and folders in: every file is accounted for, in the same order everywhere, and one never stops another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cvsheet.errors import Refusal
from cvsheet.judging.engine.assessment import Ignored
from cvsheet.model.submission import Submission
from cvsheet.workflows.receive import receive
from tests.rules.small import FRAMEWORK


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes any content for a workbook but ``panne``, where it crashes."""

    def read(path: Path, framework: object, shown_as: str) -> Submission:
        if path.read_text() == "panne":
            raise RuntimeError("lecteur en panne")
        return Submission(shown_as, "0" * 64, "xlsx", None, None)

    monkeypatch.setattr("cvsheet.books.partner.reading.read_returned", read)


def put(root: Path, *names: str, content: str = "") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def test_folders_are_searched_in_natural_order(tmp_path: Path) -> None:
    put(tmp_path, "retours/envoi 10.xlsx", "retours/envoi 9.xlsx", "retours/2021/b.ods", "retours/A.xlsx")
    files = [one.file for one in receive(FRAMEWORK, [tmp_path / "retours"], tmp_path)]
    assert files == ["retours/2021/b.ods", "retours/A.xlsx", "retours/envoi 9.xlsx", "retours/envoi 10.xlsx"]


def test_a_folder_that_cannot_be_looked_into_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "retours/fermé/a.xlsx", "retours/b.xlsx")
    listed = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("fermé"):
            raise PermissionError(13, "refused", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    files = [one.file for one in receive(FRAMEWORK, [tmp_path / "retours"], tmp_path)]
    assert files == ["retours/b.xlsx", "retours/fermé"]


def test_a_file_given_twice_is_received_once(tmp_path: Path) -> None:
    put(tmp_path, "retours/a.xlsx")
    paths = [tmp_path / "retours", tmp_path / "retours" / "a.xlsx", tmp_path / "retours" / ".." / "retours"]
    assert [one.file for one in receive(FRAMEWORK, paths, tmp_path)] == ["retours/a.xlsx"]


def test_what_is_no_return_is_noted_and_not_opened(tmp_path: Path) -> None:
    put(tmp_path, ".DS_Store", "courrier.docx", "~$caf.xlsx", ".git/objets/x.xlsx", content="panne")
    found = {
        one.file: one.ignored or (one.refusal and one.refusal.reason)
        for one in receive(FRAMEWORK, [tmp_path], tmp_path)
    }
    assert found == {
        ".DS_Store": Ignored.HIDDEN,
        "courrier.docx": Ignored.NOT_A_WORKBOOK,
        "~$caf.xlsx": Refusal.LOCK_FILE,
    }


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini"])
def test_what_the_system_leaves_is_passed_over_also_where_a_pattern_names_it(tmp_path: Path, name: str) -> None:
    put(tmp_path, "retours/a.xlsx", f"retours/{name}")
    paths = sorted((tmp_path / "retours").iterdir())  # as a shell makes it of retours/*
    noted = {one.file: one.ignored for one in receive(FRAMEWORK, paths, tmp_path)}
    assert noted == {"retours/a.xlsx": None, f"retours/{name}": Ignored.HIDDEN}


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "ailleurs/secret.xlsx", "retours/a.xlsx")
    inbox = tmp_path / "retours"
    (inbox / "lien.xlsx").symlink_to(tmp_path / "ailleurs" / "secret.xlsx")
    (inbox / "dossier").symlink_to(tmp_path / "ailleurs")
    found = {one.file: one.ignored for one in receive(FRAMEWORK, [inbox], tmp_path)}
    assert found == {
        "retours/a.xlsx": None,
        "retours/dossier": Ignored.LINK_OUTSIDE,
        "retours/lien.xlsx": Ignored.LINK_OUTSIDE,
    }


def test_a_crash_in_one_file_is_an_incident_and_the_others_are_read(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "c.xlsx")
    put(tmp_path, "b.xlsx", content="panne")
    first, crashed, last = receive(FRAMEWORK, [tmp_path], tmp_path)
    assert first.submission and last.submission
    assert crashed.submission is None and "lecteur en panne" in crashed.incident


def test_a_file_outside_of_the_root_keeps_its_full_name(tmp_path: Path) -> None:
    put(tmp_path, "ailleurs/a.xlsx", "contrat/x")
    (one,) = receive(FRAMEWORK, [tmp_path / "ailleurs" / "a.xlsx"], tmp_path / "contrat")
    assert one.file == (tmp_path / "ailleurs" / "a.xlsx").as_posix()
