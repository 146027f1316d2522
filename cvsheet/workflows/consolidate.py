"""From judged returns to the master workbook."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cvsheet.books.master.decisions import TO_REVIEW, Coordination
from cvsheet.books.master.writing import MasterContent, master_workbook
from cvsheet.books.master.writing.conflicts_sheet import unsettled
from cvsheet.errors import CvsheetError, WithoutReturns
from cvsheet.figures.consolidation import Consolidation, consolidated, unused
from cvsheet.files.atomic import ScratchFile, look, refuse_held, refuse_unsound, write_atomically
from cvsheet.judging.campaign.reception import Reception, by_urgency, latest_saving, reception, unattributed
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.unusable import UnusableFile, unusable_files
from cvsheet.model.framework import Campaign, CampaignType, Framework
from cvsheet.model.submission import Submission, judged_quantity, place_of
from cvsheet.text.french import french_count, french_list, quoted
from cvsheet.workflows.current import latest, named_campaign, without_returns
from cvsheet.workflows.folder import ContractFolder, refuse_inbox
from cvsheet.workflows.former_master import Carried, archive, carried_over, left_behind, master_name
from cvsheet.workflows.kept_masters import kept_masters
from cvsheet.workflows.output_names import WORKBOOK_FORMAT, refuse_other_format
from cvsheet.workflows.register import write_register

REPLACED = "Écartées : fichier remplacé par un plus récent"
LEFT_OUT = "Écartées : fichier non pris en compte"
GIVEN_TWICE = "Réunies : même cellule remplie dans un fichier repris avec celui-ci"


@dataclass(frozen=True, slots=True)
class ConsolidateResult:
    """The master that was written, a few French lines about it, and what to do next."""

    path: Path
    content: MasterContent
    summary: tuple[str, ...]
    next_step: str


def consolidate(
    framework: Framework,
    assessment: Assessment,
    campaign: str | None,
    target: Path,
    root: Path | None = None,
    *,
    keep: bool = False,
) -> ConsolidateResult:
    """Write the master at `target` (a file, or a folder for a file named after contract and campaign).

    `campaign` is the one judged: by default the latest that has a usable return. What the coordination typed in the
    master that is replaced, and decided in those of other campaigns beside it, is carried over. `root` is the folder
    that the names of the received files start from: with it, the master links to them. With `keep`, a master that would
    be what it is already is not made again. CvsheetError where there is no usable return, where a former master cannot
    be read back, or where the accounts do not balance, which would be a fault of cvsheet: nothing is written then.
    """
    _refuse_target(target, root)
    judged = _judged_campaign(framework, assessment, campaign)
    path = target if target.suffix.lower() == WORKBOOK_FORMAT else target / master_name(framework, judged.code)
    seen, kept = look(path), kept_masters(root, keep=keep)
    carried = carried_over(framework, path, assessment, root, kept)
    content = content_of(framework, assessment, judged, carried.coordination, _way(path.parent, root))
    made = None if kept is not None and kept.is_made_of(path, content) else master_workbook(content)
    workbook = made.path if isinstance(made, ScratchFile) else made
    left = left_behind(framework, carried, path, path.parent if root is None else ContractFolder(root).results)
    if workbook is not None:
        refuse_unsound(path.name, workbook)
    refuse_held(path)
    copy = archive(carried, path)
    if root is not None:
        write_register(root, framework, carried.register)
    if workbook is not None:
        write_atomically(path, workbook, seen=seen)
        if kept is not None:
            kept.keep(content, workbook)
    summary = (*_accounted(content.accounts), *_told_of_former(content, carried, copy), *_told_of_others(left, path))
    return ConsolidateResult(path, content, summary, _next_step(content))


def master_content(
    framework: Framework, assessment: Assessment, campaign: str | None, results: Path, root: Path, *, keep: bool = False
) -> MasterContent:
    """What `consolidate` would write now into the folder `results`; nothing is written."""
    judged = _judged_campaign(framework, assessment, campaign)
    path = results / master_name(framework, judged.code)
    carried = carried_over(framework, path, assessment, root, kept_masters(root, keep=keep))
    return content_of(framework, assessment, judged, carried.coordination, _way(results, root))


def content_of(
    framework: Framework, assessment: Assessment, judged: Campaign, coordination: Coordination, way: str
) -> MasterContent:
    """What the master of the campaign `judged` shows; `way` leads from it to the received files."""
    consolidation = arbitrated(framework, assessment, coordination)
    accounts = balance(assessment, consolidation)
    unusable = unusable_files(framework, assessment)
    return MasterContent(
        framework,
        consolidation,
        assessment,
        judged,
        _receptions(framework, assessment, judged, unusable),
        accounts,
        coordination,
        way,
        unattributed(unusable),
    )


def _next_step(content: MasterContent) -> str:
    """Consolidate, arbitrate, adopt: what comes next; a yearly campaign has nothing to adopt."""
    campaign = content.campaign
    if campaign.type is not CampaignType.BASELINE:
        return "À faire : ouvrez-le à la feuille « Synthèse »."
    adopting = f"cvsheet adopt --campaign {campaign.code}"
    if unsettled(content):
        return (
            "À faire : arbitrez les désaccords (feuille « Conflits »), consolidez de nouveau (cvsheet consolidate), "
            f"puis adoptez références et cibles : {adopting}"
        )
    return f"À faire : ouvrez-le à la feuille « Synthèse », puis adoptez références et cibles : {adopting}"


def _told_of_former(content: MasterContent, carried: Carried, kept: Path | None) -> Iterator[str]:
    """What became of the master that was replaced, of its own sheets and of its twins in other formats."""
    yield from _told(content, kept, carried.replaced.left_out if carried.replaced else ())
    yield from _told_of_sheets(carried, kept)
    yield from _told_of_twins(carried)


def _refuse_target(target: Path, root: Path | None) -> None:
    """UsageError where no master can stand at `target`: in another format, or among what came back."""
    refuse_other_format(target)
    if root is not None:
        refuse_inbox(target, ContractFolder(root))


def arbitrated(framework: Framework, assessment: Assessment, coordination: Coordination) -> Consolidation:
    """All results, with what the coordination decided in place of what the answers yield."""
    decided = {
        (campaign, line, judged_quantity(framework.campaign[campaign]).value): value
        for (campaign, line), value in coordination.arbitrated.items()
        if not framework.line[line].measure.is_text
    }
    return consolidated(framework, assessment.answers.records(), decided)


def _way(folder: Path, root: Path | None) -> str:
    """The way from `folder` to `root` with forward slashes; empty where there is none."""
    if root is None:
        return ""
    try:
        return Path(os.path.relpath(root.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return ""


def _told(content: MasterContent, kept: Path | None, left_out: Sequence[str]) -> Iterator[str]:
    """What a person must know of decisions and notes; `kept` is the copy of the former master, if one was made, and
    `left_out` those of its sheets that could not be read back."""
    states = Counter(content.decision_state(*key) for key in content.coordination.arbitrations)
    review = sum(states[state] for state in TO_REVIEW)
    if states.total() - states[None]:
        told = french_count(states.total() - states[None], "valeur arbitrée", "valeurs arbitrées")
        yield f"{told}, dont {review} à revoir (feuille « Décisions »)." if review else f"{told}."
    waiting = len(unsettled(content))
    if waiting:
        yield f"{french_count(waiting, 'désaccord')} à trancher (feuille « Conflits »)."
    if kept is not None and left_out:
        names = ", ".join(f"« {name} »" for name in left_out)
        yield (
            f"Vos décisions sont reprises. Feuilles trop grandes pour être relues : {names}. "
            "Si vous y avez tapé des notes, recopiez-les de l’ancien classeur, gardé tel quel : "
            f"{_as_told(kept)}"
        )
    elif kept is not None:
        yield (f"Vos notes sont reprises ; le classeur que vous aviez modifié est gardé tel quel : {_as_told(kept)}")


def _told_of_sheets(carried: Carried, kept: Path | None) -> Iterator[str]:
    """Where the sheets that the coordination added are now."""
    if kept is not None and carried.replaced is not None and carried.replaced.own_sheets:
        names, several = quoted(carried.replaced.own_sheets), len(carried.replaced.own_sheets) > 1
        whose = f"Vos feuilles {names} ne sont pas" if several else f"Votre feuille {names} n’est pas"
        there = "elles sont" if several else "elle est"
        yield f"{whose} dans le nouveau classeur : {there} dans {_as_told(kept)}."


def _as_told(kept: Path) -> str:
    """Where a copy is, from the folder of the contract."""
    return f"{kept.parent.parent.name}/{kept.parent.name}/{kept.name}"


def _told_of_others(left: Sequence[Path], path: Path) -> Iterator[str]:
    """That the notes of other masters stay where they are, and how to have them taken over."""
    if left:
        names = french_list([f"« {other.parent.name}/{other.name} »" for other in left])
        yield (
            f"Nouveau classeur maître : les notes de {names} n’y sont pas reprises. Pour les reprendre, mettez le "
            f"classeur qui les porte à la place de « {path.name} », sous ce nom, puis relancez."
        )


def _told_of_twins(carried: Carried) -> Iterator[str]:
    """What was taken from masters in another format, which of them could not be read, and what was withdrawn."""
    if carried.twins:
        yield f"Décisions et notes reprises aussi de {quoted(carried.twins)}."
    if carried.unread:
        yield (
            f"{quoted(carried.unread)} : ce format ne peut pas être relu. Si vous y avez tapé des décisions, "
            "enregistrez-le en .ods à la même place, puis relancez."
        )
    if carried.doubled:
        count = french_count(carried.doubled, "décision a plusieurs lignes", "décisions ont plusieurs lignes")
        yield f"{count} dans « decisions.csv » : la dernière compte, les autres sont dans « Notes orphelines »."
    if carried.withdrawn:
        yield f"{french_count(carried.withdrawn, 'décision effacée', 'décisions effacées')} dans le classeur maître."


def _accounted(accounts: Sequence[tuple[str, int]]) -> tuple[str]:
    received, consolidated = accounts[0][1], accounts[1][1]
    return (
        f"{french_count(received, 'réponse reçue', 'réponses reçues')} = "
        f"{french_count(consolidated, 'consolidée')} + "
        f"{french_count(received - consolidated, 'mise de côté', 'mises de côté')}, "
        "chacune avec sa raison (feuille « Journal »).",
    )


def _receptions(
    framework: Framework, assessment: Assessment, judged: Campaign, unusable: Sequence[UnusableFile]
) -> tuple[Reception, ...]:
    """Who was asked and what came, in the judged campaign and every one with returns, the latest first and whom to
    call on top. Late is who has sent nothing while another file was saved after the deadline: the master is the same
    on any day."""
    answered = assessment.answered | {judged.code}
    campaigns = sorted((framework.campaign[code] for code in answered), key=lambda one: one.end, reverse=True)
    today = latest_saving(assessment)
    rows = (by_urgency(reception(framework, assessment, campaign.code, today, unusable)) for campaign in campaigns)
    return tuple(row for campaign in rows for row in campaign)


def balance(assessment: Assessment, consolidation: Consolidation) -> tuple[tuple[str, int], ...]:
    """The accounts: received = consolidated + each reason why not. CvsheetError where they do not balance."""
    received = sum(len(one.submission.filled_cells) for one in assessment.received if one.submission)
    aside = Counter(
        f"Écartées : règle {code}" for submission in assessment.current for code in _codes(assessment, submission)
    )
    aside[GIVEN_TWICE] = sum(len(submission.given_twice) for submission in assessment.current)
    counted = assessment.counted_files
    for one in assessment.received:
        if one.submission is not None and one.file not in counted:
            aside[REPLACED if one.file in assessment.superseded else LEFT_OUT] += len(one.submission.filled_cells)
    consolidated, left = _uses(assessment, consolidation)
    aside += left
    if received != consolidated + aside.total():
        raise CvsheetError(
            f"Le compte n’est pas juste : {received} réponses reçues, {consolidated} consolidées, {aside.total()} "
            "mises de côté. C’est un défaut de cvsheet : rien n’a été écrit. Signalez-le avec les fichiers concernés."
        )
    reasons = sorted((label, count) for label, count in aside.items() if count)
    return (("Réponses reçues", received), ("Consolidées", consolidated), *reasons)


def _uses(assessment: Assessment, consolidation: Consolidation) -> tuple[int, Counter[str]]:
    """How many answers that no rule sets aside went into a result, and why the others did not."""
    reasons = [
        unused(consolidation.framework, line, result, one)
        for (_, line, _), result in consolidation.typed.items()
        for one in result.contributions
        if one.kept
    ]
    reports = sum(
        entry.filled and place_of(report, entry) not in assessment.aside
        for report in assessment.action_reports
        for entry in report.entries.values()
    )
    left = Counter(reason.value for reason in reasons if reason is not None)
    return len(reasons) - left.total() + reports, left


def _codes(assessment: Assessment, submission: Submission) -> list[str]:
    """The rule that sets aside each answer of `submission` that is set aside."""
    return [assessment.aside[key] for key in submission.filled_cells if key in assessment.aside]


def _judged_campaign(framework: Framework, assessment: Assessment, code: str | None) -> Campaign:
    answered = assessment.answered
    wanted = latest(framework, answered) if code is None else named_campaign(framework, code)
    if wanted is None or wanted.code not in answered:
        in_order = [one.code for one in sorted(framework.campaigns, key=lambda one: one.end) if one.code in answered]
        raise WithoutReturns(without_returns(code or "", in_order), tuple(in_order))
    return wanted
