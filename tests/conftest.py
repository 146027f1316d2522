"""What tests share: how commands read returns, LibreOffice where it is asked for, one profile of hypothesis, names of
tests that never change."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import cvsheet
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.framework import Framework
from cvsheet.workflows import folder, receive, workers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
Convert = Callable[[Path, str], Path]

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""

# No deadline: a loaded machine is no fault of the code. Fixtures may last for all examples of a test:
# ours are folders and workbooks that are only read, or written anew by every example.
settings.register_profile("cvsheet", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.register_profile("fast", settings.get_profile("cvsheet"), max_examples=25)  # `make fast`
settings.load_profile("cvsheet")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Contents of files are called by their argument: the zips among them hold the time, and workers must agree."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make fast` leaves out: the tests that wait for another program, and most cases of a long sweep."""
    sweeps: dict[str, list[pytest.Item]] = {}
    for item in items:
        if {"libreoffice", "chromium_program"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("other_program")
        if item.get_closest_marker("sample"):
            sweeps.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for cases in sweeps.values():
        count = cases[0].get_closest_marker("sample").args[0]  # type: ignore[union-attr]
        tried = {rank * len(cases) // count for rank in range(count)}
        for rank, item in enumerate(cases):
            if rank not in tried:
                item.add_marker("long")


def pytest_collection_finish() -> None:
    """Look for cycles more seldom than commands do, and never through the thousands of tests that were collected."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(500_000, 20, 20)  # 50 megabytes of what openpyxl leaves, which is found every few tests


def read_here(
    framework: Framework,
    found: Sequence[receive.Arrival],
    _: workers.Workers,
    read: workers.Reader,
    tick: Callable[[int, int], None],
) -> tuple[Received, ...]:
    """As `read_in_workers`, in this process."""
    received = []
    for done, arrival in enumerate(found, start=1):
        received.append(read(framework, arrival))
        tick(done, len(found))
    return tuple(received)


@contextmanager
def read_here_at_once(_: Framework, __: workers.Workers, read: workers.Reader) -> Iterator[workers.Reader]:
    """As `warm_reader`, in this process."""
    yield read


@pytest.fixture(scope="session", autouse=True)
def _without_workers() -> Iterator[None]:
    """Commands read returns in this process, for the same result: a worker takes a third of a second to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receive, "read_in_workers", read_here)
        patch.setattr(receive, "warm_reader", read_here_at_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """What is written is not brought to the disk itself, for which a command waits: no test cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def contracts_read_once() -> Iterator[Callable[[Path], Framework]]:
    """Commands read a contract of the same bytes once: most tests give them the same one, and nothing changes what was
    read."""
    known: dict[tuple[str, bytes], Framework] = {}
    read = folder.load_framework

    def read_once(workbook: Path) -> Framework:
        if not workbook.is_file():
            return read(workbook)
        key = workbook.name, hashlib.sha256(workbook.read_bytes()).digest()
        if key not in known:
            known[key] = read(workbook)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "load_framework", read_once)
        yield read_once


@pytest.fixture
def in_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test reads returns as commands do for a user: in processes of their own."""
    monkeypatch.setattr(receive, "read_in_workers", workers.read_in_workers)
    monkeypatch.setattr(receive, "warm_reader", workers.warm_reader)


@pytest.fixture(scope="session")
def read_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example campaign as a second command finds it: its returns were read and judged, which is kept."""
    root = tmp_path_factory.mktemp("example") / "contrat"
    shutil.copytree(ROOT / "examples" / "campagne", root)
    cvsheet.open_contract(root, jobs=0, keep=True).validate()
    return root


@pytest.fixture(scope="session")
def new_contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract folder as `cvsheet init` leaves it, to be copied."""
    return cvsheet.new_contract(tmp_path_factory.mktemp("contrat") / "essai").folder.root


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """``convert(path, "xlsx" | "ods" | "pdf")``: the file as LibreOffice saves it, every formula recalculated.

    Without LibreOffice these tests are skipped on a visitor's machine and fail under CI.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("CI") or os.environ.get("CVSHEET_REQUIRE_LIBREOFFICE"):
            pytest.fail("LibreOffice is required here: apt-get install libreoffice-calc")
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")

    def convert(path: Path, extension: str) -> Path:
        folder = tmp_path_factory.mktemp("libreoffice")
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", extension]
        subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
        return folder / f"{path.stem}.{extension}"

    return convert


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """The browser; without it these tests are skipped on a visitor's machine and fail under CI."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI") or os.environ.get("CVSHEET_REQUIRE_CHROMIUM"):
            pytest.fail("Chromium is required here: apt-get install chromium")
        pytest.skip("Chromium is not installed")
    return program


@pytest.fixture(scope="session")
def chromium(chromium_program: str) -> Iterator[Browser]:
    """Chromium without a window, for which no name leads anywhere: one for all tests, since Playwright starts once in a
    process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        offline = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=chromium_program, args=["--no-sandbox", offline])
        yield browser
        browser.close()
