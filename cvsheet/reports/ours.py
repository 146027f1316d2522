"""Reports of cvsheet known again by what they hold, those of earlier versions too."""

from __future__ import annotations

from cvsheet.reports.json_report import FORMAT

PAGE_SIGN = b"produit par cvsheet "  # at the foot of every page
SITE_SIGN = "Page à publier, produite par cvsheet ".encode()


def is_our_page(content: bytes) -> bool:
    """Whether `content` is a report of ours for the coordination, or nothing at all: no page that a town publishes,
    in whose place a report would show what partners sent."""
    return not content or PAGE_SIGN in content


def is_our_site(content: bytes) -> bool:
    """Whether `content` is a page of ours to publish, or nothing at all."""
    return not content or SITE_SIGN in content


def is_our_json(content: bytes) -> bool:
    """Whether `content` is a report of ours for programs, or nothing at all."""
    return not content or b'"format": "%s"' % FORMAT.encode() in content
