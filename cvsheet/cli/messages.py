"""What is said of the messages that were written: how many of each kind, and what to look at before sending."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cvsheet.cli.options import shown_path
from cvsheet.reports.visible import visible

if TYPE_CHECKING:
    from cvsheet import MessagesResult, RemindResult, UnusableFile


def messages_told(result: MessagesResult, folder: Path) -> Iterator[str]:
    """The messages of one campaign, in `folder`."""
    if result.sentence:
        yield f"Messages dans {shown_path(folder)} : {result.sentence}. À faire : ouvrir, relire, envoyer."
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
