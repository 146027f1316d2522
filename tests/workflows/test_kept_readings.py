"""What was read is kept for the next command: the result is the one without it, whatever changed in between."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import cvsheet
from cvsheet.cli.main import execute
from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.findings import Severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import (
    NOTHING_BESIDE,
    Answer,
    AnswerKind,
    Entry,
    Observation,
    Quantity,
    StructureFact,
    StructureKind,
    Submission,
)
from cvsheet.workflows import kept as module
from cvsheet.workflows import receive as receiving
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.kept import Store
from cvsheet.workflows.kept_judgements import told_of
from cvsheet.workflows.kept_readings import KeptReadings, Sought, from_bytes, kept_readings, to_bytes
from cvsheet.workflows.receive import arrivals, receive
from cvsheet.workflows.workers import Workers
from tests.conftest import ROOT

CAMPAIGN = ROOT / "examples" / "campagne"
KEEPING = Workers(count=1, keep=True)
FRAMEWORK = load_framework(CAMPAIGN / "contrat.xlsx")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A contract folder with three returns, two good ones and one cut short."""
    for name in ("contrat.xlsx", "retours"):
        copy = shutil.copytree if (CAMPAIGN / name).is_dir() else shutil.copy
        copy(CAMPAIGN / name, tmp_path / name)
    returns = sorted((tmp_path / "retours").rglob("*.xlsx"))
    for path in returns[3:]:
        path.unlink()
    returns[2].write_bytes(returns[2].read_bytes()[:4000])
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were really read."""
    names: list[str] = []
    plain = receiving.read_in_workers

    def noted(framework, found, *others):  # type: ignore[no-untyped-def]
        names.extend(Path(one.name).name for one in found)
        return plain(framework, found, *others)

    monkeypatch.setattr(receiving, "read_in_workers", noted)
    return names


def received(
    root: Path, framework: Framework = FRAMEWORK, workers: Workers | None = KEEPING
) -> list[tuple[object, ...]]:
    found = receive(framework, [root / "retours"], root, workers=workers)
    return [(one.file, one.submission, str(one.refusal), one.ignored) for one in found]


def entries(root: Path) -> list[Path]:
    return sorted(path for path in (root / ".cvsheet").rglob("*") if path.is_file())


def test_a_file_is_read_once(contract: Path, read: list[str]) -> None:
    first = received(contract)
    assert len(read) == 3
    assert received(contract) == first == received(contract, workers=None)
    assert len(read) == 3


def add_a_byte(root: Path) -> None:
    path = min((root / "retours").rglob("*.xlsx"))
    path.write_bytes(path.read_bytes() + b"\0")


def rename(root: Path) -> None:
    path = min((root / "retours").rglob("*.xlsx"))
    path.rename(path.with_stem("renvoi"))


def swap_entries(root: Path) -> None:
    first, second, *_ = entries(root)
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(kept)


def cut_entries(root: Path) -> None:
    for path in entries(root):
        path.write_bytes(path.read_bytes()[:-1])


def empty_entries(root: Path) -> None:
    for path in entries(root):
        path.write_bytes(b"")


def turn_one_bit(root: Path) -> None:
    for path in entries(root):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content))


def put_folders_instead(root: Path) -> None:
    for path in entries(root):
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize(
    ("change", "again"),
    [(add_a_byte, 1), (rename, 1), (swap_entries, 2), (cut_entries, 3), (empty_entries, 3), (turn_one_bit, 3),
     (put_folders_instead, 3)],
)  # fmt: skip
def test_what_changed_is_read_again(
    contract: Path, read: list[str], change: Callable[[Path], None], again: int
) -> None:
    received(contract)
    read.clear()
    change(contract)
    assert received(contract) == received(contract, workers=None)
    assert len(read) == again


def one_label(framework: Framework) -> Framework:
    first, *others = framework.measures
    return replace(framework, measures=(replace(first, title=first.title + " bis"), *others))


def one_producer(framework: Framework) -> Framework:
    first, *others = framework.measures
    return replace(framework, measures=(replace(first, producers=("CAF",)), *others))


def one_severity(framework: Framework) -> Framework:
    return replace(framework, severities=(("VAL-017", Severity.ERROR),))


def one_deadline(framework: Framework) -> Framework:
    first, *others = framework.campaigns
    return replace(framework, campaigns=(replace(first, deadline=date(2030, 1, 1)), *others))


@pytest.mark.parametrize("change", [one_label, one_producer, one_severity, one_deadline])
def test_another_contract_reads_its_files_itself(
    contract: Path, read: list[str], change: Callable[[Framework], Framework]
) -> None:
    received(contract)
    read.clear()
    other = change(FRAMEWORK)
    assert other != FRAMEWORK
    assert received(contract, other) == received(contract, other, workers=None)
    assert len(read) == 3


@pytest.mark.parametrize(("name", "value"), [("FORMAT", 99), ("LIBRARIES", ("lxml",))])
def test_another_format_or_other_libraries_read_again(
    contract: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    received(contract)
    read.clear()
    monkeypatch.setattr(module, name, value)
    module.program.cache_clear()
    assert received(contract) == received(contract, workers=None)
    assert len(read) == 3
    monkeypatch.undo()
    module.program.cache_clear()


def test_another_version_of_the_program_reads_again(
    contract: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    received(contract)
    read.clear()
    monkeypatch.setattr(cvsheet, "__version__", "99.0")
    module.program.cache_clear()
    received(contract)
    assert len(read) == 3
    monkeypatch.undo()
    module.program.cache_clear()


def test_a_file_saved_while_it_was_read_is_not_kept(contract: Path) -> None:
    kept = kept_readings(contract, FRAMEWORK)
    (one, *_) = arrivals([contract / "retours"], contract)
    sought = kept.sought(one.path, one.name, chosen=one.chosen)
    assert sought is not None
    before = receiving.read_arrival(FRAMEWORK, one)
    one.path.write_bytes(one.path.read_bytes() + b"\0")
    kept.keep(sought, one.path, receiving.read_arrival(FRAMEWORK, one))
    assert kept.find(sought, one.name) is None
    kept.keep(sought, one.path, before)
    assert kept.find(sought, one.name) == before


@pytest.mark.parametrize(
    "outcome",
    [
        Received("a.xlsx", incident="lecture impossible"),
        Received("a.xlsx", refusal=UnreadableFile(Refusal.HANGS)),
        Received("a.xlsx", refusal=UnreadableFile(Refusal.TOO_LARGE)),
    ],
)
def test_what_may_be_the_machines_doing_is_not_kept(tmp_path: Path, outcome: Received) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"1")
    kept = KeptReadings(Store(tmp_path / "kept"), "")
    sought = kept.sought(path, "a.xlsx", chosen=False)
    assert sought is not None
    kept.keep(sought, path, outcome)
    assert not kept.store.folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="rights of files are not told by their mode there")
def test_only_its_owner_may_look_into_it(contract: Path) -> None:
    received(contract)
    made = [contract / ".cvsheet", *(contract / ".cvsheet").rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in made} == {0}


def test_a_place_that_cannot_be_written_to_changes_nothing(contract: Path) -> None:
    (contract / ".cvsheet").write_bytes(b"")
    assert received(contract) == received(contract, workers=None)


def refuse(*_: object, **__: object) -> None:
    raise OSError(errno.EROFS, "read-only file system")


def test_what_lies_where_nothing_can_be_written_is_still_found(
    contract: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = received(contract)
    monkeypatch.setattr(module.os, "utime", refuse)
    assert received(contract) == first
    assert len(read) == 3


def test_nothing_is_left_behind_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", refuse)
    store = Store(tmp_path / ".cvsheet" / "lectures")
    assert not store.keep("ab" * 32, b"content")
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("linked", [True, False])
def test_only_what_is_kept_there_ever_goes(tmp_path: Path, *, linked: bool) -> None:
    elsewhere, store = tmp_path / "mémoire", Store(tmp_path / ".cvsheet" / "lectures")
    elsewhere.mkdir()
    store.keep("ab" * 32, b"content")
    if linked:
        (store.folder / "ff").symlink_to(elsewhere, target_is_directory=True)
    own = (elsewhere if linked else store.folder / "ab") / "chapitre 1.txt"
    own.write_text("à garder", encoding="utf-8")
    os.utime(own, (1_000, 1_000))
    store.forget_unused(1_001 + module.UNUSED)
    assert own.exists()


def test_what_a_killed_command_left_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / ".cvsheet" / "lectures")
    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    store.keep("ab" * 32, b"content")
    monkeypatch.undo()
    assert len(entries(tmp_path)) == 1
    store.forget_unused(time.time() + module.UNUSED + 60)
    assert entries(tmp_path) == []


def test_what_no_format_can_hold_is_not_kept(tmp_path: Path) -> None:
    whole = receiving.read_arrival(FRAMEWORK, arrivals([CAMPAIGN / "retours"], CAMPAIGN)[0])
    assert whole.submission is not None
    fact = StructureFact(StructureKind.LOCKED_CHANGED, facts={"new": 2**70})
    read = replace(whole, submission=replace(whole.submission, structure=(fact,)))
    sought = Sought(bytes.fromhex(whole.submission.sha256), "ab" * 32)
    kept = KeptReadings(Store(tmp_path / ".cvsheet" / "lectures"), "")
    assert kept.keep(sought, tmp_path, read) == read
    assert kept.find(sought, read.file) is None
    assert told_of([read]) is None


def test_what_nobody_asks_for_any_more_goes(contract: Path) -> None:
    received(contract)
    kept = kept_readings(contract, FRAMEWORK)
    for path in entries(contract):
        os.utime(path, (1_000, 1_000))
    kept.store.forget_unused(1_000 + module.UNUSED)
    assert len(entries(contract)) == 3
    kept.store.forget_unused(1_000 + module.UNUSED + 1)
    assert entries(contract) == []


def test_every_reading_of_the_examples_comes_back_as_it_was() -> None:
    found = receive(FRAMEWORK, [CAMPAIGN / "retours"], CAMPAIGN)
    assert len(found) > 10
    assert [repr(from_bytes(one.file, to_bytes(one))) for one in found if not one.incident] == [
        repr(one) for one in found if not one.incident
    ]


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (Answer(AnswerKind.NUMBER, 42.0), Answer(AnswerKind.NUMBER, 42.0), True),
        (Answer(AnswerKind.TEXT, text="Bilan"), Answer(AnswerKind.TEXT, text="Bilan"), True),
        (Answer(AnswerKind.NUMBER, 0.0), Answer(AnswerKind.NUMBER, -0.0), False),
        (Answer(AnswerKind.NUMBER, 1.0), Answer(AnswerKind.TEXT, text="1"), False),
    ],
)
def test_equal_answers_of_two_files_are_one_in_memory(first: Answer, second: Answer, shared: bool) -> None:
    one, other = (
        from_bytes(name, to_bytes(Received(name, submission_with(answer)))).submission.observations[0].entry.answer
        for name, answer in (("a.xlsx", first), ("b.xlsx", second))
    )
    assert (repr(one), repr(other)) == (repr(first), repr(second))
    assert (one is other) == shared


def test_answers_that_stand_alone_share_one_nothing_beside_them() -> None:
    read = from_bytes("a.xlsx", to_bytes(Received("a.xlsx", submission_with(Answer(AnswerKind.NUMBER, 1.0)))))
    assert read.submission is not None
    assert read.submission.observations[0].beside is NOTHING_BESIDE


def submission_with(answer: Answer) -> Submission:
    seen = Observation("2021", "CAF", "X.M1", Quantity.VALUE, Entry(answer, raw="x", cell="J5"), "f.xlsx", "Pilier")
    return Submission("f.xlsx", "00", "xlsx", None, None, (seen,))


@pytest.mark.long
def test_the_commands_say_the_same_with_and_without(
    contract: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(contract)
    out = tmp_path_factory.mktemp("said")
    runs = {"cold": [], "warm": [], "anew": ["--no-cache"]}
    said = {}
    for name, options in runs.items():
        execute(["validate", "--quiet", "--json", str(out / f"{name}.json"), *options])
        execute(["consolidate", "--quiet", *options])
        master = next((contract / "sorties").glob("*_maitre.xlsx"))
        sheets = {sheet.name: [*sheet.cells()] for sheet in open_grid(master).sheets}
        said[name] = (json.loads((out / f"{name}.json").read_text(encoding="utf-8")), sheets)
    assert said["cold"] == said["warm"] == said["anew"]
    assert len(read) == 3 + 2 * 3
