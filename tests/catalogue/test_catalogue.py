"""Every row of the catalogue gets the verdict wanted, and the committed page says so."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import ROOT

from .table import CHAPTERS, recall_page
from .verdicts import Case, Given, given

CASES = tuple(case for _, cases, _ in CHAPTERS for case in cases)
PAGE = ROOT / "docs" / "precision.md"


@cache
def today(case: Case) -> Given:
    """The verdict that `case` gets, judged once for its test and for the page."""
    with TemporaryDirectory() as folder:
        return given(case, Path(folder))


@pytest.mark.xdist_group("catalogue")
@pytest.mark.parametrize("case", CASES, ids=[f"{case.id} {case.what}" for case in CASES])
def test_a_damage_ends_in_the_verdict_wanted(case: Case) -> None:
    found = today(case)
    assert found.verdict == case.wanted
    assert found.strays == ()


@pytest.mark.xdist_group("catalogue")
def test_the_page_is_current() -> None:
    """Else: python -m tests.catalogue.table docs/precision.md"""
    page = recall_page([[(case, today(case)) for case in cases] for _, cases, _ in CHAPTERS])
    assert PAGE.read_text(encoding="utf-8").startswith(page)
    assert "| **All** |" in PAGE.read_text(encoding="utf-8")


def test_ids_are_unique() -> None:
    ids = [case.id for case in CASES if case.id != "+"]
    assert len(ids) == len(set(ids))
