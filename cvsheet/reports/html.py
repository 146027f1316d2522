"""The report as one HTML page: no script, nothing fetched, opens offline, good on a phone and on paper.

What partners typed (texts, names of files and sheets) is only ever text of the page: everything that is filled in is
escaped, and characters that would act or hide are shown as signs. Same inputs, same bytes.
"""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cvsheet import __version__
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.reports.html_view import view_of
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_number


def html_report(assessment: Assessment, framework: Framework) -> bytes:
    """The page, in UTF-8."""
    template = page_environment().get_template("report.html")
    return template.render(view=view_of(assessment, framework), version=__version__).encode()


@cache
def page_environment(*packages: str) -> Environment:
    """How templates are filled, those of `packages` before ours: everything that is filled in is escaped and made
    visible."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (*packages, "cvsheet.reports")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = french_number
    return environment


def _shown(value: object) -> object:
    """Every text that a template fills in, made visible; what a macro made is text already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
