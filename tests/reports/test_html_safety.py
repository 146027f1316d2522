"""Nothing that a partner typed is more than text on the page: no element, attribute or address comes of it."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.judging.engine.assessment import Assessment, Received, SkippedRule
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.reports.html import html_report
from cvsheet.reports.visible import visible
from tests.examples import examples
from tests.reports.pages import elements, skeleton
from tests.rules.good import good, judged
from tests.rules.small import FRAMEWORK

GOOD = judged(good())
PIECES = (
    "<script>sansEffet</script>", "<", ">", "</", "/>", "&", "&lt;", "&#60;", "&#x3c;", '"', "'", "`", "=", "<!--",
    "-->", "]]>", "<![CDATA[", "<?", "</style>", "</title>", "<img alt=x onerror=sansEffet>", " onload=", "javascript:",
    "https://exemple.fr", "{{ 7 * 7 }}", "{% raw %}", "{#", "\x00", "\x1b[2J", "\u202e", "\u2028", "\ud800", "\n", "é",
)  # fmt: skip


def saying(text: str) -> Assessment:
    """An assessment in which everything that comes from outside is `text`."""
    names = (
        "typed",
        "value",
        "expected",
        "bounds",
        "detail",
        "personal",
        "other_file",
        "old",
        "new",
        "found",
        "allowed",
    )
    facts = dict.fromkeys(names, text)
    place = Place(text, text, text)
    single = [Finding(code, Severity.ERROR, place, text, text, text, facts) for code in ("VAL-002", "STR-016")]
    several = [
        Finding("VAL-014", Severity.WARNING, replace(place, cell=f"{text}{number}"), text, text, text, facts)
        for number in range(15)
    ]
    gesture = [
        Finding("VAL-016", Severity.ERROR, Place(text, text, f"K{row}"), text, text, text, {**facts, "value": row})
        for row in range(5, 15)
    ]
    return replace(
        GOOD,
        received=(*GOOD.received, Received(text, incident=text)),
        findings=(*single, *several, *gesture),
        skipped=(SkippedRule("COH-001", text, text),),
        incidents=(text,),
        superseded={"A-2021.xlsx": text},
    )


HARMLESS = html_report(saying("x-"), FRAMEWORK)  # no cell is called so: nothing of it is a range


@examples(60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join).map(lambda text: f"x{text}"))
def test_hostile_text_changes_no_element_and_no_attribute(text: str) -> None:
    page = html_report(saying(text), FRAMEWORK)
    assert skeleton(page) == skeleton(HARMLESS)
    assert [(one.tag, dict(one.attrib)) for one in lxml.html.fromstring(page).iter()] == [
        (one.tag, dict(one.attrib)) for one in lxml.html.fromstring(HARMLESS).iter()
    ]
    assert visible(text) in elements(page)[0].texts


def test_hostile_names_in_the_contract_are_text_too() -> None:
    hostile = "</title><script>sansEffet</script>"
    contract = replace(FRAMEWORK.contract, name=hostile)
    partners = tuple(replace(partner, name=hostile) for partner in FRAMEWORK.partners)
    page = html_report(GOOD, replace(FRAMEWORK, contract=contract, partners=partners))
    assert skeleton(page) == skeleton(html_report(GOOD, FRAMEWORK))


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    found = elements(HARMLESS)
    assert {"script", "link", "img", "iframe", "form", "base", "object"}.isdisjoint(one.tag for one in found)
    policy = [one.attributes["content"] for one in found if "http-equiv" in one.attributes]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    names = {name for one in found for name in one.attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"src", "style", "srcset", "action"})
    assert all(one.attributes["href"].startswith("#") for one in found if "href" in one.attributes)
    (style,) = [one.text for one in found if one.tag == "style"]
    assert "url(" not in style and "@import" not in style
