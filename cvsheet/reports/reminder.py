"""The message to a partner that is asked for the first time, or has not answered completely: what is missing, until
when, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from cvsheet.judging.campaign.reception import Reception, Standing, missing_words
from cvsheet.judging.cells.values import line_unanswered
from cvsheet.model.findings import Finding, counts_by_severity
from cvsheet.model.framework import Framework
from cvsheet.reports.draft import Attachment, closing, draft
from cvsheet.text.french import french_count, french_date, french_list, quoted, typeset

_HOW = (
    "Ouvrez le classeur joint, qui est le vôtre, remplissez les cellules colorées, enregistrez-le, puis renvoyez-le en "
    "réponse à ce message."
)
_HOW_AGAIN = (
    "Vos réponses sont déjà dans le classeur joint : complétez-le plutôt que l’ancien, enregistrez-le, puis "
    "renvoyez-le en réponse à ce message. Sa feuille « À corriger » mène aux cellules concernées."
)
_REASONS = "Une donnée manque ? Saisissez nd si elle n’est pas disponible, so si elle est sans objet, 0 si c’est zéro."
_CROSSED = "Si vous nous avez répondu entre-temps, ne tenez pas compte de ce message."


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whom to remind: its `row` of the reception as it stands on the day `today`; `findings` are those that the
    attached correction shows, none where nothing usable came. `first`: the partner was not asked before."""

    row: Reception
    today: date
    findings: Sequence[Finding] = ()
    first: bool = False


def reminder_message(framework: Framework, reminder: Reminder, workbook: Attachment) -> bytes:
    """The .eml file of `reminder`, with the partner's `workbook` attached. No other partner is named in it."""
    row = reminder.row
    partner = framework.partner[row.partner]
    subject = f"{framework.contract.name} – {framework.campaign[row.campaign].title} : {_asked(framework, reminder)}"
    return draft(framework.contract, partner, subject, _lines(framework, reminder), workbook)


def _asked(framework: Framework, reminder: Reminder) -> str:
    row = reminder.row
    if reminder.first:
        limit = _limit(framework, reminder)
        return f"à renvoyer avant le {french_date(limit)}" if limit else "votre classeur à remplir"
    if row.standing is Standing.INCOMPLETE:
        left = row.expected - row.answered
        return f"il reste {french_count(left, 'réponse')} à donner"
    return "votre réponse est attendue"


def _lines(framework: Framework, reminder: Reminder) -> Iterator[str]:
    row = reminder.row
    yield from ("Bonjour,", "")
    yield typeset(" ".join(_opening(framework, reminder)))
    missing = tuple(_missing(framework, row))
    if missing:
        yield ""
        yield typeset("Il reste à renseigner :" if row.filled else "Ce qui vous est demandé :")
        yield from missing
    yield ""
    yield typeset(f"{_HOW_AGAIN if row.filled else _HOW} {_REASONS}")
    yield ""
    yield typeset(_deadline(framework, reminder))
    yield from closing(framework.contract)


def _opening(framework: Framework, reminder: Reminder) -> Iterator[str]:
    """What came until now."""
    row = reminder.row
    title = framework.campaign[row.campaign].title
    if reminder.first:
        yield f"Voici votre classeur pour « {title} » ({framework.contract.name})."
        return
    if not row.file:
        yield f"Nous n’avons pas encore de réponse de votre part pour « {title} »."
        yield from _about_unusable(row)
        return
    names = quoted([PurePosixPath(file).name for file in row.files])
    if not row.filled:
        yield f"Votre classeur {names} ({title}) nous est revenu vide : aucune réponse n’y est saisie."
        return
    yield f"Merci pour votre envoi {names} ({title}). Il n’est pas encore complet."
    yield from _about_others(reminder.findings)


def _about_unusable(row: Reception) -> Iterator[str]:
    """What is wrong with a file that cannot be used; of one that could be opened only that, for its fault may name
    another partner."""
    for one in row.unusable:
        yield f"Votre fichier « {PurePosixPath(one.file).name} » est arrivé, mais il n’a pas pu être repris."
        if not one.opened:
            yield one.fault
    if row.unusable:
        yield "Si vous l’avez gardé, vous pouvez aussi le vérifier, l’enregistrer au format .xlsx et le renvoyer."


def _about_others(findings: Sequence[Finding]) -> Iterator[str]:
    """What the correction shows beside the lines without an answer."""
    errors, warnings, _ = counts_by_severity(one for one in findings if one.code != line_unanswered.code)
    words = [french_count(errors, "correction à apporter", "corrections à apporter")] if errors else []
    words += [french_count(warnings, "point à confirmer", "points à confirmer")] if warnings else []
    if words:
        verb = "S’y ajoute" if errors + warnings == 1 else "S’y ajoutent"
        yield f"{verb} {french_list(words)}."


def _missing(framework: Framework, row: Reception) -> Iterator[str]:
    """``- Emploi : 3 lignes et 2 actions``, for each pillar sheet that is not complete."""
    for share in row.pillars:
        if not share.complete:
            yield typeset(f"- {framework.pillar[share.pillar].sheet} : {missing_words(share)}")


def _deadline(framework: Framework, reminder: Reminder) -> str:
    limit, crossed = _limit(framework, reminder), "" if reminder.first else f" {_CROSSED}"
    campaign = framework.campaign[reminder.row.campaign]
    former = campaign.deadline_for(reminder.row.partner) if limit is None else campaign.deadline
    past = f"La date limite était le {french_date(former)} : m" if former and reminder.today > former else "M"
    when = f"au plus tard le {french_date(limit)}" if limit else "dès que possible"
    return f"{past}erci de nous le renvoyer {when}.{crossed}"


def _limit(framework: Framework, reminder: Reminder) -> date | None:
    """Until when the partner may answer; None where that is past, or nobody said."""
    limit = framework.campaign[reminder.row.campaign].deadline_for(reminder.row.partner)
    return limit if limit is not None and reminder.today <= limit else None
