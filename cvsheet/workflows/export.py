"""From judged returns to the open-data package of a contract."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from cvsheet.books.opendata import ExportContent, Format, package_files
from cvsheet.books.opendata.package import DESCRIPTOR, WARNING
from cvsheet.errors import CvsheetError
from cvsheet.figures.action_results import ActionResult, action_results, masked_beneficiaries
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY, secrecy
from cvsheet.figures.disclosure.editions import Edition
from cvsheet.figures.disclosure.figures import contexts
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.text.french import french_list
from cvsheet.workflows.consolidate import arbitrated
from cvsheet.workflows.editions import compared_sentences, edition_of, masked_actions, published_before, remembered
from cvsheet.workflows.export_folder import put_package
from cvsheet.workflows.former_master import decided_in
from cvsheet.workflows.kept_masters import kept_masters
from cvsheet.workflows.publish import doubts_sentence, masks_sentence


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The folder that holds the package, and a few French lines about it."""

    folder: Path
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The `content`, the codes of the actions where a former edition hides more, and the former `editions`."""

    content: ExportContent
    moved: tuple[str, ...]
    editions: tuple[Edition, ...]

    def published_as(self, data: bytes, masters: Path) -> AbstractContextManager[None]:
        """Put what is public on file as an edition, known by `data`, before it is written inside."""
        content = self.content
        if not content.public:
            return nullcontext()
        edition = edition_of(content.consolidation, content.secrecy, contexts(content.framework), content.actions)
        return remembered(masters, self.editions, edition, data)


def export(  # noqa: PLR0913 - what is read, how, and where it goes
    framework: Framework,
    assessment: Assessment,
    chosen: Format,
    folder: Path,
    masters: Path,
    *,
    public: bool,
    root: Path | None = None,
    keep: bool = False,
) -> ExportResult:
    """Write the package of `framework` in `folder`, masked where it is made to be `public`.

    What the coordination decided in the register of the contract folder `root` and in the master workbooks of the
    folder `masters` counts, as it does there.

    The package is all that is there afterwards: real answers must not stay beside tables that are handed on, nor a
    descriptor that calls them publishable. UsageError where the folder holds somebody else's package or serves another
    purpose, CvsheetError where no return can be used. What is public is compared with the editions published before.
    """
    found = figures_of(framework, assessment, folder, masters, public=public, root=root, keep=keep)
    content = found.content
    files = {file.name: file.data for file in package_files(content, chosen)}
    with found.published_as(files[DESCRIPTOR], masters):
        told = put_package(folder, files, masters)
    return ExportResult(
        folder, (*told, *summary_of(content, assessment), *compared_sentences(content.secrecy, found.moved))
    )


def figures_of(
    framework: Framework,
    assessment: Assessment,
    folder: Path,
    masters: Path,
    *,
    public: bool,
    root: Path | None = None,
    keep: bool = False,
) -> Exported:
    """What an export into `folder` holds, whatever it is written as; the arguments and errors are those of `export`."""
    if not assessment.current:
        raise CvsheetError(
            "Aucun retour utilisable : rien à exporter. Déposez les fichiers des partenaires dans retours/, "
            "puis : cvsheet validate"
        )
    decided = decided_in(masters, framework, assessment, root, kept_masters(root, keep=keep))
    consolidation = arbitrated(framework, assessment, decided)
    editions = published_before(framework, masters, folder) if public else ()
    return Exported(*content_of(consolidation, assessment, editions, public=public), editions)


def content_of(
    consolidation: Consolidation, assessment: Assessment, editions: Sequence[Edition], *, public: bool
) -> tuple[ExportContent, tuple[str, ...]]:
    """What is exported, masked where it is `public`, and the codes of the actions where a former edition hides more."""
    framework, reports, aside = consolidation.framework, assessment.action_reports, assessment.aside
    moved: dict[str, None] = {}
    actions: dict[str, tuple[ActionResult, ...]] = {}
    for campaign in (one.code for one in consolidation.yearly):
        if public:
            actions[campaign], more = masked_actions(framework, assessment, campaign, editions)
            moved |= dict.fromkeys(more)
        else:
            actions[campaign] = tuple(action_results(framework, reports, aside, campaign))
    content = ExportContent(
        framework=framework,
        consolidation=consolidation,
        secrecy=secrecy(consolidation, editions) if public else NO_SECRECY,
        actions=actions,
        observations=None if public else list(assessment.answers.records()),
    )
    return content, tuple(moved)


def summary_of(content: ExportContent, assessment: Assessment) -> tuple[str, ...]:
    """What a person must know of the content before it is handed on."""
    contract = content.framework.contract
    lines = []
    if content.public:
        lines.append(
            masks_sentence(
                content.secrecy.count(contexts(content.framework)), masked_beneficiaries(*content.actions.values())
            )
        )
        lines += doubts_sentence(content.consolidation, assessment, contexts(content.framework))
    else:
        lines.append(WARNING)
        lines.append("Pour des données à publier : cvsheet export --diffusion")
    missing = [word for word, text in (("la licence", contract.licence), ("la source", contract.source)) if not text]
    if missing:
        lines.append(f"À préciser dans la feuille « Contrat » : {french_list(missing)}.")
    return tuple(lines)
