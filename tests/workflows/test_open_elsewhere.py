"""What somebody has open is not replaced; sheets of the coordinator's own are said to be where they are."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cvsheet.errors import OutputError
from cvsheet.files.atomic import write_atomically
from cvsheet.files.atomic.locks import STALE_AFTER
from tests.master.test_coordination import edit
from tests.workflows.test_register import made

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines

NAME = "Zoé Durand"
EXCEL = (
    bytes([len(NAME)]) + NAME.encode("cp1252").ljust(54) + bytes([len(NAME), 0]) + NAME.encode("utf-16-le").ljust(108)
)
LIBREOFFICE = f"{NAME},zdurand,PC-12,28.11.2026 08:43,file:///profil;".encode()
LOCKS = {"~${}": EXCEL, ".~lock.{}#": LIBREOFFICE}


@pytest.mark.parametrize(("lock", "program"), [("~${}", "Excel"), (".~lock.{}#", "LibreOffice")])
def test_an_open_master_is_refused_with_who_has_it_open(tmp_path: Path, lock: str, program: str) -> None:
    path = made(tmp_path).path
    before = path.read_bytes()
    at = path.with_name(lock.format(path.name))
    at.write_bytes(LOCKS[lock])
    with pytest.raises(OutputError) as refusal:
        made(tmp_path)
    told = " ".join(str(refusal.value).split())
    assert f"est ouvert dans {program} par {NAME}" in told
    assert at.name in told
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"x", b"\xff" * 200, b",,"])
def test_a_lock_that_says_nothing_is_a_lock_all_the_same(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "contrat.xlsx"
    path.write_bytes(b"a")
    (tmp_path / ".~lock.contrat.xlsx#").write_bytes(content)
    with pytest.raises(OutputError, match="est ouvert dans LibreOffice"):
        write_atomically(path, b"b")


@pytest.mark.parametrize(("age", "refused"), [(STALE_AFTER - 60, True), (STALE_AFTER + 60, False)])
def test_a_lock_older_than_two_days_was_left_by_a_crash(tmp_path: Path, age: int, refused: bool) -> None:
    path, lock = tmp_path / "a.xlsx", tmp_path / "~$a.xlsx"
    path.write_bytes(b"a")
    lock.write_bytes(EXCEL)
    os.utime(lock, (time.time() - age,) * 2)
    if refused:
        with pytest.raises(OutputError):
            write_atomically(path, b"b")
    else:
        write_atomically(path, b"b")
    assert path.read_bytes() == (b"a" if refused else b"b")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Mes calculs"], "Votre feuille « Mes calculs » n’est pas dans le nouveau classeur : elle est dans"),
        (["A", "B"], "Vos feuilles « A » et « B » ne sont pas dans le nouveau classeur : elles sont dans"),
    ],
)
def test_sheets_of_ones_own_are_named_with_the_copy_that_holds_them(
    names: list[str], told: str, tmp_path: Path
) -> None:
    path = made(tmp_path).path

    def add(book: object) -> None:
        for name in names:
            book.create_sheet(name)["A1"] = "=1+1"  # type: ignore[attr-defined]

    edit(path, add)
    said = " ".join(" ".join(made(tmp_path).summary).split())
    [copy] = (tmp_path / "sorties" / "archives").iterdir()
    assert f"{told} sorties/archives/{copy.name}." in said
    assert f"est gardé tel quel : sorties/archives/{copy.name}" in said
    assert "nouveau classeur" not in " ".join(made(tmp_path).summary)
