"""Every row of the catalogue gets the verdict wanted, and the committed page says so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

from .table import CHAPTERS, row_of_page
from .verdicts import Case, given

CASES = tuple(case for _, cases, _ in CHAPTERS for case in cases)


@cache
def page() -> tuple[str, ...]:
    """The committed page; made by ``python -m tests.catalogue.table docs/precision.md``."""
    return tuple((ROOT / "docs" / "precision.md").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("case", CASES, ids=[f"{case.id} {case.what}" for case in CASES])
@pytest.mark.sample(63)
def test_a_damage_ends_in_the_verdict_wanted_and_the_page_says_so(case: Case, tmp_path: Path) -> None:
    today = given(case, tmp_path)
    assert today.verdict == case.wanted
    assert today.strays == ()
    assert row_of_page(case, today) in page()


def test_the_page_holds_these_rows_and_no_false_alarm() -> None:
    verdicts = [line for line in page() if "| yes |" in line or "| **no** |" in line]
    assert len(verdicts) == len(CASES)
    assert f"**{len(CASES)} of {len(CASES)} verdicts are the ones wanted.**" in page()
    assert any(line.startswith("| **All** |") and line.endswith("| 0 |") for line in page())


def test_ids_are_unique() -> None:
    ids = [case.id for case in CASES if case.id != "+"]
    assert len(ids) == len(set(ids))
