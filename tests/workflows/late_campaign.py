"""A campaign as it stands around its deadline, as bytes in a folder of returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cvsheet.books.partner.writing import partner_workbook
from cvsheet.demo.fictitious import typed_answers
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.workflows.validate import validate

CAMPAIGN, BEFORE, AFTER = "2021", date(2022, 2, 1), date(2022, 3, 10)  # the deadline is 2022-02-28


def four_partners(framework: Framework) -> Framework:
    """The small framework with a line in the second pillar for each of its partners."""
    shared = tuple(
        replace(one, producers=("A", "B", "C", "D")) if one.code == "H-I1.M1" else one for one in framework.measures
    )
    return replace(framework, measures=shared)


@pytest.fixture(scope="module")
def framework(small: Framework) -> Framework:
    """`four_partners`, where B has an address too."""
    whole = four_partners(small)
    partners = (replace(one, email="b@b.example") if one.code == "B" else one for one in whole.partners)
    return replace(whole, partners=tuple(partners))


def filled(framework: Framework, partner: str, *left_out: str) -> bytes:
    """The workbook of `partner` with every answer but those to the lines and actions `left_out`."""
    typed = typed_answers(framework, CAMPAIGN, partner, 0)
    kept = {key: value for key, value in typed.items() if key[0] not in left_out}
    return partner_workbook(framework, CAMPAIGN, partner, prefill=kept)


def judged(framework: Framework, root: Path, files: Mapping[str, bytes]) -> Assessment:
    """What the rules say of `files`, by path, in the folder of returns of the contract at `root`."""
    for name, content in files.items():
        path = root / "retours" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return validate(framework, [root / "retours"], root)


def four_ways(framework: Framework) -> dict[str, bytes]:
    """A left a line and an action out, B's file was cut short, C sent nothing, D everything."""
    return {
        "2021/de A.xlsx": filled(framework, "A", "H-I1.M1", "E-I1.M2", "A2"),
        "2021/test_2021_B (1).xlsx": filled(framework, "B")[:3000],
        "2021/de D.xlsx": filled(framework, "D"),
    }
