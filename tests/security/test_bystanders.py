"""What a run must leave alone: the files that came in, the other files beside a bad one, the network."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cvsheet.demo.mistakes import approximate, wrong_sum
from cvsheet.demo.returns import drop_into, good_return, spoilt_return
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Framework
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.validate import validate
from tests.catalogue.random_contracts import random_contract
from tests.grid.packages import MAIN, xlsx_parts, zipped

BASELINE, YEAR = "REF", "2020"
HOSTILE: dict[str, bytes] = {
    "00 vide.xlsx": b"",
    "01 pdf.xlsx": b"%PDF-1.7",
    "02 bombe.xlsx": zipped({**xlsx_parts(), "xl/sharedStrings.xml": b" " * 2_000_000}),
    "03 dtd.xlsx": zipped({**xlsx_parts(), "xl/sharedStrings.xml": f'<!DOCTYPE x><sst xmlns="{MAIN}"/>'}),
    "05 malforme.xlsx": zipped({**xlsx_parts(), "xl/workbook.xml": "<workbook"}),
    "06 remonte.xlsx": zipped({**xlsx_parts(), "../../remonte.xml": "x"}),
    "07 coupe.xlsx": zipped(xlsx_parts())[:300],
    "zz autre.xlsx": zipped(xlsx_parts('<row r="1"><c r="A1" t="str"><v>Budget</v></c></row>')),
    "zz image.ods": b"\x89PNG\r\n\x1a\n\0",
}  # fmt: skip


@pytest.fixture(scope="module")
def framework() -> Framework:
    """A contract of four partners."""
    return next(one for one in map(random_contract, range(50)) if len(one.reporting_partners) == 4)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any use of a socket fails the test."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was asked for")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


def deliver(framework: Framework, folder: Path) -> None:
    """Two campaigns, with two mistakes among them."""
    for campaign in (BASELINE, YEAR):
        asked = [partner.code for partner in framework.partners_asked(campaign)]
        good = tuple(good_return(framework, campaign, partner) for partner in asked)
        drop_into(folder / campaign, good)
    spoilt = spoilt_return(framework, YEAR, framework.reporting_partners[0], (approximate, wrong_sum))
    drop_into(folder / YEAR, (spoilt,))


def digests(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def about(assessment: Assessment, names: set[str]) -> list[Finding]:
    """The findings that do not stand in the files `names`."""
    return [finding for finding in assessment.findings if Path(finding.place.file).name not in names]


@pytest.mark.long
def test_inputs_are_never_modified_and_no_socket_is_opened(framework: Framework, tmp_path: Path) -> None:
    inbox = tmp_path / "retours"
    deliver(framework, inbox)
    before = digests(inbox)
    assessment = validate(framework, [inbox], tmp_path)
    consolidate(framework, assessment, None, tmp_path / "maitre.xlsx")
    assert digests(inbox) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["maitre.xlsx", "retours"]


def test_hostile_files_change_nothing_for_the_others(framework: Framework, tmp_path: Path) -> None:
    inbox = tmp_path / "retours"
    deliver(framework, inbox)
    alone = validate(framework, [inbox], tmp_path)
    for name, content in HOSTILE.items():
        (inbox / YEAR / name).write_bytes(content)
    beside = validate(framework, [inbox], tmp_path)
    assert len(beside.received) == len(alone.received) + len(HOSTILE)
    assert about(beside, set(HOSTILE)) == list(alone.findings)
    assert {Path(one.place.file).name for one in beside.findings} >= set(HOSTILE)
    assert beside.frame.equals(alone.frame)
    assert (beside.aside, beside.current, beside.incidents) == (alone.aside, alone.current, ())


def test_the_order_of_the_files_is_irrelevant(framework: Framework, tmp_path: Path) -> None:
    inbox = tmp_path / "retours"
    deliver(framework, inbox)
    paths = list(_files(inbox))
    in_order, backwards = (validate(framework, given, tmp_path) for given in (paths, paths[::-1]))
    assert in_order.findings == backwards.findings
    assert in_order.frame.equals(backwards.frame)
    masters = [
        consolidate(framework, one, None, tmp_path / f"{rank}.xlsx").path.read_bytes()
        for rank, one in enumerate((in_order, backwards))
    ]
    assert masters[0] == masters[1]
