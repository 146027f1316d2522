"""The page for everyone: a light version of what axe-core checks (it finds nothing on this page), and contrast."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from cvsheet.reports.html import html_report
from tests.reports.pages import elements, texts
from tests.reports.test_html import MIXED, SPOILT
from tests.rules.good import judged
from tests.rules.small import FRAMEWORK

PAGES = [html_report(judged(received), FRAMEWORK) for received in (SPOILT(), MIXED(), ())]
CSS = texts(PAGES[0], "style")[0]
LEAST_CONTRAST = 4.5
GROUNDS = {
    "page": ("ink", "muted", "link"),
    "paper": ("ink", "muted", "link"),
    "band": ("ink",),
    "error-paper": ("error",),
    "warning-paper": ("warning",),
    "info-paper": ("info",),
    "good-paper": ("good",),
}


@pytest.mark.parametrize("page", PAGES)
def test_language_title_and_landmarks(page: bytes) -> None:
    found = elements(page)
    assert next(one for one in found if one.tag == "html").attributes["lang"] == "fr"
    assert texts(page, "title") == ["Contrôle des retours · Contrat d’essai"]
    for tag in ("header", "nav", "main", "footer", "h1"):
        assert sum(one.tag == tag for one in found) == 1
    assert any(one.attributes.get("name") == "viewport" for one in found)


@pytest.mark.parametrize("page", PAGES)
def test_headings_descend_one_step_at_a_time(page: bytes) -> None:
    levels = [int(one.tag[1]) for one in elements(page) if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_a_caption_and_scoped_headings(page: bytes) -> None:
    found = elements(page)
    assert sum(one.tag == "table" for one in found) == sum(one.tag == "caption" for one in found)
    assert all(one.attributes.get("scope") in ("col", "row") for one in found if one.tag == "th")


@pytest.mark.parametrize("page", PAGES)
def test_what_names_another_element_names_one_that_is_there(page: bytes) -> None:
    found = elements(page)
    named = {one.attributes["aria-labelledby"] for one in found if "aria-labelledby" in one.attributes}
    assert named <= {one.attributes.get("id") for one in found}


def test_colour_only_repeats_the_words() -> None:
    badges = [text for page in PAGES for text in texts(page, "span", "badge")]
    assert {"Erreur", "Info", "Bon", "À corriger"} <= set(badges) and all(badges)


@pytest.mark.parametrize("scheme", range(3), ids=("light", "dark", "print"))
def test_contrast_is_enough_in_every_scheme(scheme: int) -> None:
    palettes = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in _palettes()]
    palette = palettes[scheme]
    for ground, inks in GROUNDS.items():
        for ink in inks:
            assert _contrast(palette[ink], palette[ground]) >= LEAST_CONTRAST, (ink, ground)


def _palettes() -> list[str]:
    """The blocks that set a whole palette: light, dark, print."""
    return [block for block in re.findall(r":root \{(.*?)\}", CSS) if "--paper" in block]


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_focus_is_seen_and_both_schemes_and_paper_are_served() -> None:
    assert ":focus-visible { outline: 3px" in CSS
    for wanted in ("prefers-color-scheme: dark", "@media print", "size: A4", "max-width: 52rem"):
        assert wanted in CSS
