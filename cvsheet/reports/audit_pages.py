"""The pages of an audit: a French index, and the Data Docs of each table behind it; nothing fetched, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cvsheet import __version__
from cvsheet.judging.campaign.expectations import AuditedTable
from cvsheet.judging.engine.assessment import SkippedRule
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Campaign, Framework
from cvsheet.reports.data_docs import data_docs_body
from cvsheet.reports.grouping import Section, sections_of
from cvsheet.reports.html import page_environment
from cvsheet.text.french import french_count

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """What became of one check of an expectation; `refused` counts rows."""

    code: str
    sentence: str
    refused: int
    crashed: bool

    @property
    def kept(self) -> bool:
        return not self.refused and not self.crashed


@dataclass(frozen=True, slots=True)
class AuditView:
    """All that the pages show. `lines` are by table; `raw` are the library's pages by path."""

    framework: Framework
    campaign: Campaign
    tables: Sequence[AuditedTable]
    lines: Mapping[str, Sequence[CheckLine]]
    findings: Sequence[Finding]
    skipped: Sequence[SkippedRule]
    raw: Mapping[str, str]

    def said_elsewhere(self, line: CheckLine) -> bool:
        """Whether rows were refused and another finding says all of it better."""
        return line.refused > 0 and line.code not in {finding.code for finding in self.findings}

    @property
    def sections(self) -> tuple[Section, ...]:
        return sections_of(self.findings)

    def label(self, line: str) -> str:
        """What the line of a finding is about; empty where there is none."""
        return self.framework.label_of(line)

    @property
    def sentence(self) -> str:
        """``14 attentes tenues, 1 non tenue, déjà signalée par un autre constat.``"""
        lines = [line for own in self.lines.values() for line in own]
        kept = sum(line.kept for line in lines)
        broken = french_count(len(lines) - kept, "non tenue", "non tenues")
        told = ", ".join(filter(None, [broken, self._told]))
        return f"{french_count(kept, 'attente tenue', 'attentes tenues')}, {told}."

    @property
    def _told(self) -> str:
        """That expectations were not met, and that nothing new is to be said of them."""
        lines = [line for own in self.lines.values() for line in own if not line.kept]
        elsewhere = sum(self.said_elsewhere(line) for line in lines)
        if not elsewhere:
            return ""
        words = french_count(elsewhere, "déjà signalée", "déjà signalées")
        alone = words.partition("\u00a0")[2]  # of all of them: the count was just given
        return f"{alone if elsewhere == len(lines) else f'dont {words}'} par d’autres constats"


def audit_pages(view: AuditView) -> Mapping[str, bytes]:
    """The files of the folder, by name: the index, and for each judged table its results and its expectations."""
    index = page_environment().get_template("audit_index.html").render(view=view, version=__version__)
    pages = {INDEX: index.encode()}
    for table in view.tables:
        for path, raw in view.raw.items():
            kind, _, rest = path.partition("/")
            if kind == "validations" and rest.startswith(f"{table.name}/"):
                pages[f"{table.name}.html"] = _page(view, table, raw, with_notes=False)
            elif path == f"expectations/{table.name}.html":
                pages[f"attentes-{table.name}.html"] = _page(view, table, raw, with_notes=True)
    return pages


def _page(view: AuditView, table: AuditedTable, raw: str, *, with_notes: bool) -> bytes:
    columns = {name: f"{text[:1].upper()}{text[1:]} ({name})" for name, text in table.columns.items()}
    words = columns | {table.name: table.title}
    body = Markup(data_docs_body(raw, words, with_notes=with_notes))  # rebuilt element by element
    template = page_environment().get_template("audit_page.html")
    return template.render(view=view, table=table, body=body, with_notes=with_notes, version=__version__).encode()
