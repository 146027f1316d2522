"""The pages of an audit: they ask nothing of any machine, hold no element but ours, and say it in French."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cvsheet.judging.campaign.checkpoint import harmless
from cvsheet.model.framework import Partner
from cvsheet.reports.data_docs import data_docs_body
from cvsheet.workflows.audit import audit
from tests.reports.pages import elements, skeleton

from .campaigns import FRAMEWORK, SUMS, good_values, judged, returned, returns

HOSTILE = "<img src=x onerror=alert(1)></td></section><script>alert(1)</script>&lt;b&gt;{{ 7 * 7 }}'\"$x"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
BROWSERS_OWN = (".google.com", ".googleapis.com", ".gvt1.com")
"""Where Chromium asks by itself, whatever it shows, although it is told not to; no page of ours holds any address."""
PAGES = {"index.html", *(f"{kind}{name}.html" for kind in ("", "attentes-") for name in ("reponses", "retours"))} | {
    f"{kind}{name}.html" for kind in ("", "attentes-") for name in ("piliers", "totaux")
}


def pages_with(text: str) -> Mapping[str, bytes]:
    """The pages of an audit with findings, in which everything that others wrote is `text`."""
    spoilt = returned("2021", "A", {**good_values("A", 2021), **dict.fromkeys(SUMS, 0)})
    seen = tuple(replace(one, file=f"{text}.xlsx", sheet=text) for one in spoilt.observations)
    bad = replace(spoilt, file=f"{text}.xlsx", observations=seen)
    contract = replace(FRAMEWORK.contract, name=text)
    named = tuple(Partner(one.code, text) for one in FRAMEWORK.partners)
    pillars = tuple(replace(one, title=text) for one in FRAMEWORK.pillars)
    framework = replace(FRAMEWORK, contract=contract, partners=named, pillars=pillars)
    result = audit(framework, judged(returns({("2021", "A"): bad}), framework), "2021")
    assert [one.code for one in result.own.findings] == ["ATT-015"]
    return result.pages


@pytest.fixture(scope="module")
def pages() -> Mapping[str, bytes]:
    return pages_with("x")


@pytest.mark.long
def test_there_is_an_index_and_two_pages_per_table(pages: Mapping[str, bytes]) -> None:
    assert set(pages) == PAGES


def test_no_page_loads_or_runs_anything(pages: Mapping[str, bytes]) -> None:
    for name, page in pages.items():
        found = elements(page)
        assert {"script", "img", "iframe", "form", "base", "object"}.isdisjoint(one.tag for one in found), name
        assert [one.attributes["content"] for one in found if "http-equiv" in one.attributes] == [POLICY]
        attributes = {attribute for one in found for attribute in one.attributes}
        assert not {one for one in attributes if one.startswith("on")} | (attributes & {"src", "style", "srcset"})
        links = {one.attributes["href"] for one in found if "href" in one.attributes}
        assert links - {"data:,", "#contenu"} <= PAGES
        assert not re.search(rb"https?:|url\(|@import|//[a-z]", page)


def test_what_others_wrote_changes_no_element(pages: Mapping[str, bytes]) -> None:
    hostile = pages_with(HOSTILE)
    for name in PAGES:
        assert skeleton(hostile[name]) == skeleton(pages[name])


@pytest.mark.long
def test_same_inputs_same_pages(pages: Mapping[str, bytes]) -> None:
    assert pages_with("x") == pages


def test_the_pages_are_in_french(pages: Mapping[str, bytes]) -> None:
    said = " ".join(one.text for page in pages.values() for one in elements(page) if one.tag != "style")
    english = r"\b(Expectation|expectation|Unexpected|unexpected|Status|Overview|values|rows|Show|Validation|Count)\b"
    assert re.findall(english, said) == []
    assert "Les totaux d’un partenaire ne sont pas presque tous des zéros" in said


def test_a_refused_row_says_where_it_comes_from(pages: Mapping[str, bytes]) -> None:
    cells = [one.text for one in elements(pages["retours.html"]) if one.tag == "td"]
    assert "A · x.xlsx" in cells
    (lead,) = [one.text for one in elements(pages["index.html"]) if one.attributes.get("class") == "lead"]
    assert lead == "Bilan 2021 (2021) : 15 attentes tenues, 1 non tenue."


@pytest.mark.long
def test_a_refusal_that_another_finding_says_better_is_told_as_such() -> None:
    """The same round value everywhere: what is said is that it is the same."""
    values = {**good_values("A", 2021), **dict.fromkeys(SUMS, 90)}
    result = audit(FRAMEWORK, judged(returns({("2021", "A"): returned("2021", "A", values)})), "2021")
    assert [one.code for one in result.own.findings] == ["ATT-014"]
    rows = [one.text for one in elements(result.pages["index.html"]) if one.tag == "tr" and "ATT-013" in one.text]
    assert len(rows) == 1 and "Déjà signalé par un autre constat." in rows[0]


@pytest.mark.parametrize(
    "raw",
    [
        f"<div class='ge-section'><p>{HOSTILE}</p></div>",
        "<div class='ge-section'><p onclick='x()' style='a'>y<svg><a href='javascript:z'>v</a></svg></p></div>",
        "<div class='ge-section'><table><tr><td>open<script>",
        "<script>x</script><p>outside</p>",
    ],
)
def test_whatever_the_library_writes_only_known_elements_come_out(raw: str) -> None:
    body = data_docs_body(raw, {}, with_notes=True)
    assert set(re.findall(r"<[^>]*>", body)) <= {
        f"<{mark}{tag}>" for tag in ("section", "p", "table", "tr", "td") for mark in ("", "/")
    } | {'<div class="scroll">', "</div>"}
    assert "outside" not in body


def test_what_the_library_is_shown_cannot_be_taken_for_markup() -> None:
    assert not set(str(harmless(HOSTILE))) & set("<>'\"")


def test_chromium_shows_them_without_asking_for_anything(dumped: Callable[[Path, Path], str], tmp_path: Path) -> None:
    """The browser's own log of the network: no request but for the file itself, nothing blocked by the policy."""
    for name, content in pages_with(HOSTILE).items():
        (tmp_path / name).write_bytes(content)
    for name in ("index.html", "retours.html", "attentes-retours.html"):
        log = tmp_path / f"{name}.json"
        shown = dumped(tmp_path / name, log)
        assert "zéros" in shown and "<script" not in shown and "onerror=" not in re.sub(r">[^<]*<", "><", shown)
        assert {host for host in hosts_in(log) if not host.endswith(BROWSERS_OWN)} == set()


def hosts_in(log: Path) -> set[str]:
    """Every host that the browser's network log names as asked for."""
    events = json.loads(log.read_text(encoding="utf-8"))["events"]
    addresses = (urlsplit(str(one["params"]["url"])) for one in events if "url" in one.get("params", {}))
    return {one.hostname or "" for one in addresses if one.scheme in ("http", "https", "ws", "wss")}


def test_the_browser_check_sees_a_page_that_asks(dumped: Callable[[Path, Path], str], tmp_path: Path) -> None:
    page, log = tmp_path / "page.html", tmp_path / "log.json"
    page.write_text("<!DOCTYPE html><title>x</title><img src='https://exemple.invalid/x.png'>", encoding="utf-8")
    dumped(page, log)
    assert "exemple.invalid" in hosts_in(log)
