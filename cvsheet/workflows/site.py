"""From judged returns to the page that a town publishes: the figures of ``export --diffusion``, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvsheet.books.opendata import ExportContent, Format, package_files, tables_of
from cvsheet.errors import UsageError
from cvsheet.figures.disclosure.figures import has_value
from cvsheet.figures.follow_up import follow_up
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Campaign, CampaignType, Framework
from cvsheet.reports.kept import kept_sentence
from cvsheet.reports.site import site_page
from cvsheet.reports.site_rows import PublishedContract
from cvsheet.text.french import french_list
from cvsheet.workflows.current import latest
from cvsheet.workflows.editions import compared_sentences, is_on_file
from cvsheet.workflows.export import figures_of, summary_of
from cvsheet.workflows.replacing import keep_copy
from cvsheet.workflows.report_files import SITE, refuse_other_target, write_report

NEXT_STEP = "À faire : ouvrez la page, relisez-la, puis mettez-la sur le site de la ville."


@dataclass(frozen=True, slots=True)
class SiteResult:
    """The page that was written, the campaign that it shows, a few French lines about it, what to do next."""

    path: Path
    campaign: Campaign
    size: int
    summary: tuple[str, ...]
    next_step: str


def site_name(framework: Framework) -> str:
    """How the page is called by default."""
    return f"{framework.contract.code}_site.html"


def site(
    framework: Framework,
    assessment: Assessment,
    wanted: str | None,
    path: Path,
    masters: Path,
    root: Path | None = None,
    *,
    keep: bool = False,
) -> SiteResult:
    """Write the page at `path`. It shows the campaign `wanted` as the one where everything stands, by default the
    latest with values; UsageError where that one has none. `masters`, `root` and `keep` are those of `export`."""
    found = figures_of(framework, assessment, path.parent, masters, public=True, root=root, keep=keep)
    content = found.content
    campaign = _shown(content, wanted)
    tables = tables_of(content)
    package = {file.name: file.data for file in package_files(content, Format.CSV, tables)}
    page = site_page(PublishedContract(tables, campaign.code, _textual(content, campaign)), package)
    kept = _kept(path, page, masters)
    with found.published_as(page, masters):
        write_report(path, page, SITE)
    told = (*summary_of(content, assessment), *compared_sentences(content.secrecy, found.moved), *kept)
    return SiteResult(path, campaign, len(page), told, NEXT_STEP)


def _kept(path: Path, page: bytes, masters: Path) -> tuple[str, ...]:
    """Keep a copy of the page that a person changed; the sentence that says so."""
    refuse_other_target(path, SITE)
    former = path.read_bytes() if path.is_file() else page
    if former in (page, b"") or is_on_file(masters, former):
        return ()
    return (kept_sentence(path, keep_copy(path, None)),)


def _shown(content: ExportContent, wanted: str | None) -> Campaign:
    """The campaign to show: of a year as soon as one has values, before that the one of the baselines."""
    framework = content.framework
    answered = [one.code for one in content.consolidation.yearly]
    known = answered or list({campaign for campaign, _, _ in content.consolidation.typed})
    if wanted is not None and wanted not in known:
        raise UsageError(
            f"La campagne « {wanted} » n’a pas de valeurs annuelles à montrer. Avec des valeurs : {french_list(known)}."
        )
    shown = latest(framework, known if wanted is None else [wanted])
    assert shown is not None  # some return counts
    return shown


def _textual(content: ExportContent, campaign: Campaign) -> dict[str, str]:
    """The situation of the lines that are answered in words, which no table of figures holds; of a campaign without
    values there is none."""
    if campaign.type is CampaignType.BASELINE:
        return {}
    return {
        code: follow_up(content.consolidation, content.secrecy, line, campaign).situation
        for code, line in content.framework.line.items()
        if not has_value(content.consolidation, campaign.code, line)
    }
