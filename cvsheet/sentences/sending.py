"""What is said of workbooks prepared, messages written and partners reminded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cvsheet.judging.campaign.reception import Standing
from cvsheet.reports.kept import answers_sentence, kept_sentence
from cvsheet.reports.visible import visible
from cvsheet.sentences import Show
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import (
        Campaign,
        ContractFolder,
        GenerateResult,
        MessagesResult,
        RemindResult,
        StatusResult,
        UnusableFile,
    )

CORRECTIONS = "cvsheet validate --annotate"


def prepared(result: GenerateResult, chosen: Campaign, place: ContractFolder, show: Show) -> Iterator[str]:
    """The workbooks of a campaign; what `lost_answers` says is said apart."""
    for partner in result.without_content:
        yield f"{partner} : rien à renseigner dans cette campagne, aucun classeur."
    for file in result.files:
        asked = f"{french_count(file.lines, 'ligne')}, {french_count(file.actions, 'action')}"
        yield f"{file.path.name} : {asked} ({file.outcome.value})"
        if file.kept is not None and not file.answers:
            yield kept_sentence(file.path, file.kept)
    yield from _changed(result)
    if not result.files:
        yield f"Aucun classeur pour « {chosen.title} » : cette campagne ne demande rien à ces partenaires."
        yield "À faire : vérifiez qui est producteur des indicateurs et pilote des actions dans le classeur du contrat."
        return
    yield (
        f"{french_count(len(result.files), 'classeur')} dans {show(place.outbox / chosen.code)} pour "
        f"« {chosen.title} »."
    )
    yield (
        f"À faire : envoyez {'les messages' if result.messages else 'les classeurs'}, déposez ce qui revient dans "
        f"{show(place.inbox)}, puis : cvsheet validate"
    )


def lost_answers(result: GenerateResult) -> Iterator[str]:
    """Where the answers are that somebody had typed into a workbook that was replaced."""
    for file in result.files:
        if file.kept is not None and file.answers:
            yield answers_sentence(file.path, file.kept, file.answers)


def _changed(result: GenerateResult) -> Iterator[str]:
    """For whom the contract asks something else than the workbooks that stood there, one line per partner."""
    changed = [file for file in result.files if file.changes]
    if changed:
        yield "Le contrat a changé depuis le dernier envoi. Si ces classeurs étaient partis, renvoyez les nouveaux :"
        yield from (f"- {file.partner} : {file.changes}" for file in changed)


def messages(result: MessagesResult, folder: Path, show: Show) -> Iterator[str]:
    """The messages of one campaign, in `folder`: how many of each kind, and what to look at before sending."""
    if result.sentence:
        yield f"Messages dans {show(folder)} : {result.sentence}. À faire : ouvrir, relire, envoyer."
    else:
        yield "Aucun message à envoyer."
    yield from before_sending(result.reminders)
    if result.without_address:
        yield f"Sans adresse connue (feuille « Partenaires ») : {', '.join(dict.fromkeys(result.without_address))}."
    if result.outdated:
        yield f"À ne plus envoyer : {', '.join(path.name for path in result.outdated)}."
    yield f"Qui a été invité, relancé, qui a répondu : {result.tracked_in}, à la racine du contrat."


def before_sending(result: RemindResult) -> Iterator[str]:
    """Files that hold an answer, and to whom nothing was sent."""
    for one in result.unfiled:
        yield f"Pas de message pour {one.partner} : sa réponse est à prendre dans « {_name(one)} »."
    for one in result.unknown:
        yield f"Avant d’envoyer : « {_name(one)} » contient peut-être une réponse. {one.fault}"


def _name(one: UnusableFile) -> str:
    return visible(PurePosixPath(one.file).name)


def reminded(result: RemindResult, folder: Path, show: Show) -> Iterator[str]:
    """The reminders in `folder`, and what to look at before sending."""
    if not result.reminders:
        yield "Personne à relancer : aucun message."
    else:
        count = french_count(len(result.reminders), "message", "messages")
        yield f"{count} dans {show(folder)}. À faire : ouvrir, relire, envoyer."
    if result.without_address:
        yield f"Sans adresse connue (feuille « Partenaires ») : {', '.join(result.without_address)}."
    if result.unsent:
        yield f"Pas de relance, car rien ne leur a été envoyé : {', '.join(result.unsent)}."
    if result.to_correct:
        yield f"Complets mais à corriger : {', '.join(result.to_correct)}. Pour eux : {CORRECTIONS}"
    yield from before_sending(result)
    if result.outdated:
        names = ", ".join(path.name for path in result.outdated)
        yield f"À ne plus envoyer, ces partenaires ont répondu depuis : {names}."


def after_status(found: StatusResult) -> Iterator[str]:
    """What to do as the campaign stands."""
    if not found.rows:
        yield "Cette campagne ne demande rien à personne : vérifiez producteurs et pilotes dans le contrat."
        return
    unfiled = found.partners(Standing.UNFILED)
    if unfiled:
        yield f"À faire d’abord : enregistrer dans retours/ ce qu’ont envoyé {', '.join(unfiled)} (ci-dessus)."
    elif found.awaited:
        count = french_count(len(found.awaited), "partenaire n’a pas fini", "partenaires n’ont pas fini")
        yield from unsent(found)
        yield (
            f"{count}. À faire, pour des messages tout prêts : cvsheet status --campaign {found.campaign.code} "
            "--relances"
        )
    elif found.partners(Standing.UNSENT):
        yield from unsent(found)
    elif found.partners(Standing.TO_CORRECT):
        yield f"Tout le monde a répondu. À faire : {CORRECTIONS}"
    else:
        yield "Tout le monde a répondu. À faire : cvsheet consolidate"


def nobody_reminded(found: StatusResult) -> Iterator[str]:
    """Why nobody is."""
    if found.partners(Standing.UNSENT) and not any(row.file for row in found.rows):
        yield from unsent(found)
    else:
        yield "Personne à relancer : aucun message."
        yield from after_status(found)


def unsent(found: StatusResult) -> Iterator[str]:
    """To whom nothing was sent, and how to."""
    without, code = found.partners(Standing.UNSENT), found.campaign.code
    if len(without) == len(found.rows):
        yield f"La campagne « {code} » n’a pas été envoyée. À faire : cvsheet generate --campaign {code}"
    elif without:
        chosen = " ".join(f"-p {one}" for one in without)
        yield f"Rien n’a été envoyé à {', '.join(without)}. À faire : cvsheet generate --campaign {code} {chosen}"
