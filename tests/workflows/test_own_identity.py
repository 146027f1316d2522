"""Two contracts made from one template do not take each other's returns; contracts without identity keep working."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.model.framework import Framework
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.init import init
from cvsheet.workflows.validate import validate
from tests.partner.conftest import small

__all__ = ["small"]


def called(framework: Framework, identity: str) -> Framework:
    return replace(framework, contract=replace(framework.contract, identity=identity))


def returned(framework: Framework, path: Path) -> Path:
    path.write_bytes(partner_workbook(framework, "2021", "A", prefill={("E-I1.M1", "valeur"): 12.0}))
    return path


@pytest.mark.parametrize(
    ("sender", "receiver", "taken"),
    [("a1", "a1", True), ("a1", "b2", False), ("", "b2", True), ("a1", "", True), ("", "", True)],
    ids=["own", "other", "sent before", "receiver without", "both without"],
)
def test_a_return_counts_in_the_contract_that_sent_it(
    small: Framework, tmp_path: Path, sender: str, receiver: str, taken: bool
) -> None:
    path = returned(called(small, sender), tmp_path / "retour.xlsx")
    assessment = validate(called(small, receiver), [path], tmp_path)
    assert bool(assessment.current) is taken
    assert ("FIC-031" in [one.code for one in assessment.findings]) is not taken


def test_identity_is_no_new_version_of_what_was_sent(small: Framework) -> None:
    assert called(small, "a1").version_for("2021") == small.version_for("2021")


def test_the_answers_of_another_contract_are_not_read(small: Framework, tmp_path: Path) -> None:
    path = returned(called(small, "a1"), tmp_path / "retour.xlsx")
    assert not read_returned(path, called(small, "b2"), "retour.xlsx").observations
    assert read_returned(path, called(small, "a1"), "retour.xlsx").observations


def test_init_gives_each_contract_its_own_and_leaves_the_template_as_it_is(tmp_path: Path) -> None:
    one, other, without = (init(tmp_path / name, identity) for name, identity in (("1", None), ("2", None), ("3", "")))
    keys = {load_framework(folder.workbook).contract.key for folder in (one, other, without)}
    assert len(keys) == 3
    assert "amboise" in keys
    tables = [read_canonical(folder.workbook).tables for folder in (one, without)]
    for name in tables[1]:
        if name != "contrat":
            assert [row.values for row in tables[0][name]] == [row.values for row in tables[1][name]], name
