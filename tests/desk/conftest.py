"""A desk open on a copy of the example campaign, and a browser that was let in."""

from __future__ import annotations

import html
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cvsheet.desk.app import desk_app
from cvsheet.desk.guard import Door
from cvsheet.desk.jobs import Running
from cvsheet.desk.office import Office

PORT = 8470
PATIENCE = 60.0  # seconds: a loaded machine is no fault of the desk's


def until(holds: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for what threads do."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


class Browser(TestClient):
    """A browser that the desk let in; `desk` is what it speaks to."""

    def __init__(self, desk: Office) -> None:
        super().__init__(desk_app(desk), base_url=f"http://127.0.0.1:{PORT}", raise_server_exceptions=False)
        self.desk = desk
        self.headers["Origin"] = f"http://127.0.0.1:{PORT}"
        assert self.get(desk.door.address(desk.door.first)).status_code == 200

    def does(self, action: str, **words: str) -> Running:
        """The job that a click on `action` begins, once it is over."""
        answer = self.post(f"/actions/{action}", data=words, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        job = self.desk.jobs.latest
        assert job is not None
        until(lambda: job.over)
        return job

    def text(self, path: str) -> str:
        """What a person reads of a page, spaces made plain."""
        page = re.sub(r"<(script|style|select)\b.*?</\1>", "", self.get(path).text, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def opened(root: Path) -> Office:
    """A desk that follows the contract folder `root` and opens nothing in other programs."""
    desk = Office(root, Door(PORT), open_file=lambda path: None)
    desk.follower.start()
    return desk


@pytest.fixture
def folder(read_example: Path, tmp_path: Path) -> Path:
    """A copy of the example campaign."""
    return Path(shutil.copytree(read_example, tmp_path / "contrat"))


@pytest.fixture
def desk(folder: Path) -> Iterator[Office]:
    office = opened(folder)
    until(lambda: office.follower.seen is not None)
    yield office
    office.follower.stop()


@pytest.fixture
def browser(desk: Office) -> Browser:
    return Browser(desk)


@pytest.fixture(scope="session")
def visitor(read_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser at a desk that all tests share which only look, or ask for what is refused."""
    office = opened(Path(shutil.copytree(read_example, tmp_path_factory.mktemp("desk") / "contrat")))
    until(lambda: office.follower.seen is not None)
    yield Browser(office)
    office.follower.stop()
