"""One partner's workbook holds no string of another's, and nothing of the machine that made it."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.model.framework import Action, Framework
from tests.catalogue.contract import CAMPAIGN, FRAMEWORK, OTHER, PARTNER
from tests.conftest import ROOT

SECRET = "zq7x"  # in every text that belongs to the other partner alone


@cache
def amboise() -> Framework:
    return framework_from(read_csv_folder(ROOT / "examples" / "amboise" / "referentiel"))


def texts(content: bytes) -> list[str]:
    """Every text and attribute value of every part, as a program shows it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        found = [*archive.namelist()]
    for part in parts:
        found += [
            html.unescape(text) for pair in re.findall(r">([^<>]+)<|=\"([^\"]*)\"", part) for text in pair if text
        ]
    return found


def shared_texts(framework: Framework, partner: str) -> set[str]:
    """The texts of the contract that name partners and stand in the rows of `partner`."""
    found = {framework.contract.name, framework.contract.territory, framework.contract.coordinator}
    for line in framework.lines_for(partner):
        found |= {line.measure.indicator_title, line.measure.title, line.label}
        found |= {line.category.code} if line.category else set()  # « CULT » and « PRE » are categories too
    for action in framework.actions_for(partner):
        found.add(action.title)
    return found | {one.title for one in (*framework.pillars, *framework.priorities, *framework.objectives)} - {""}


@pytest.mark.parametrize("partner", amboise().reporting_partners)
def test_no_other_partner_is_named(partner: str) -> None:
    framework = amboise()
    own, shared = framework.partner[partner], shared_texts(framework, partner)
    found = texts(partner_workbook(framework, "2021", partner))
    rest = " ".join("\n".join(found).split())  # bands are cut at words
    for known in sorted(shared, key=len, reverse=True):
        rest = rest.replace(" ".join(known.split()), "")
    for other in framework.partners:
        if other.code == partner:
            continue
        assert other.code not in found or other.code in shared
        assert f"· {other.code} ·" not in rest
        for private in (other.name, other.contact, other.email):
            assert not private or private in own.name or private not in rest


@pytest.mark.parametrize("campaign", ["2020", CAMPAIGN])
def test_no_string_of_another_is_in_any_part(campaign: str) -> None:
    partners = tuple(
        replace(one, name=f"{SECRET} nom", contact=f"{SECRET} contact", email=f"{SECRET}@example.org")
        if one.code == OTHER
        else one
        for one in FRAMEWORK.partners
    )
    measures = tuple(
        replace(one, title=f"{SECRET} mesure", indicator_title=f"{SECRET} indicateur", unit=f"{SECRET} unité")
        if one.producers == (OTHER,)
        else one
        for one in FRAMEWORK.measures
    )
    actions = (*FRAMEWORK.actions, Action(f"{SECRET}-A02", "1-1", f"{SECRET} action", pilot=OTHER, partners=(PARTNER,)))
    framework = replace(FRAMEWORK, partners=partners, measures=measures, actions=actions)
    assert [text for text in texts(partner_workbook(framework, campaign, PARTNER)) if SECRET in text] == []
    assert any(SECRET in text for text in texts(partner_workbook(framework, campaign, OTHER)))


def test_nothing_of_the_machine_is_written() -> None:
    found = "\n".join(texts(partner_workbook(FRAMEWORK, CAMPAIGN, PARTNER)))
    assert str(ROOT) not in found
    assert not re.search(r"/home/|/Users/|[A-Z]:\\", found)
