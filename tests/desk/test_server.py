"""The desk started as a person starts it: on this machine only, at a free port, and closed for good."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from cvsheet.desk.server import HOME, free_socket
from cvsheet.errors import CvsheetError
from tests.conftest import ROOT
from tests.desk.conftest import until


class Started:
    """A desk in a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "cvsheet", "bureau", "-C", str(folder), "--sans-navigateur", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        lines = iter(self.process.stdout.readline, "")
        self.address = next(url[0] for line in lines if (url := re.search(r"http://\S+", line)))
        self.home = self.address.partition("/entrer")[0]
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, url: str | urllib.request.Request) -> str:
        with self.browser.open(url) as answer:
            return str(answer.read().decode())

    def ended(self) -> tuple[int, str]:
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said


@pytest.fixture
def started(read_example: Path, tmp_path: Path) -> Iterator[Started]:
    folder = shutil.copytree(read_example, tmp_path / "contrat")
    desk = Started(folder)
    yield desk
    desk.process.kill()
    if desk.process.stdout is not None and not desk.process.stdout.closed:
        desk.process.communicate()


@pytest.mark.long
def test_ctrl_c_closes_it_cleanly(started: Started) -> None:
    assert "Ouvrir le bureau" in started.get(started.address)
    until(lambda: "Reçus" in started.get(started.home + "/campagne"))
    started.process.send_signal(signal.SIGINT)
    code, said = started.ended()
    assert (code, said.splitlines()[-1], "Traceback" in said) == (0, "Bureau fermé.", False)


def test_its_button_closes_it(started: Started) -> None:
    started.get(started.address)
    asked = urllib.request.Request(started.home + "/fermer", b"", {"Origin": started.home})
    assert "Le bureau est fermé" in started.get(asked)
    assert started.ended()[0] == 0


def test_nobody_who_lacks_the_key_gets_in(started: Started) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        started.get(started.home + "/campagne")
    assert refused.value.code == 403
    refused.value.close()


def test_it_listens_on_this_machine_only_and_takes_the_next_free_port() -> None:
    with free_socket(18_470) as first, free_socket(first.getsockname()[1]) as second:
        assert {first.getsockname()[0], second.getsockname()[0]} == {HOME}
        assert second.getsockname()[1] > first.getsockname()[1]


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "bind", taken)
    with pytest.raises(CvsheetError, match="Aucun port libre"):
        free_socket(18_470)


@pytest.mark.long
def test_ctrl_c_in_the_middle_of_work_leaves_whole_files(started: Started) -> None:
    started.get(started.address)
    until(lambda: "Reçus" in started.get(started.home + "/campagne"))
    asked = urllib.request.Request(started.home + "/actions/consolider", b"", {"Origin": started.home})
    started.get(asked)
    started.process.send_signal(signal.SIGINT)
    code, said = started.ended()
    assert (code, said.splitlines()[-1], "Traceback" in said) == (0, "Bureau fermé.", False)
