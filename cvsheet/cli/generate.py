"""`cvsheet generate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvsheet.cli.deadline import NewDeadline, deadline_options, said_of, settled
from cvsheet.cli.messages import messages_told
from cvsheet.cli.options import (
    campaign_option,
    common_options,
    complain,
    contract_at,
    folder_chosen,
    folder_option,
    say,
    shown_path,
)
from cvsheet.cli.progress import progress_bar, read_returns

if TYPE_CHECKING:
    from cvsheet import Campaign, ContractFolder, GenerateResult


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne à préparer (par défaut : celle en cours).")
@click.option(
    "--partner",
    "--partenaire",
    "-p",
    "partners",
    metavar="CODE",
    multiple=True,
    help="Seulement ce partenaire (répétable).",
)
@folder_option(
    "--messages",
    help_text="Écrire aussi, pour chaque partenaire, le message qui lui est dû, prêt à envoyer : premier envoi, "
    "relance, correction ou accusé de réception (par défaut : dans sorties/messages).",
)
@deadline_options
@common_options
def generate(
    campaign: str | None,
    partners: tuple[str, ...],
    messages: Path | None,
    deadline: NewDeadline,
    folder: Path,
    quiet: bool,
) -> None:
    """Préparer un classeur par partenaire dans envois/.

    Exemple : cvsheet generate --campaign 2021 --messages
    """
    contract = contract_at(folder)
    letters = folder_chosen(messages, contract, "messages")
    contract.refuse_targets(folder=letters)
    read = read_returns(contract, quiet=quiet) if campaign is None or partners or letters is not None else None
    hand = contract.to_prepare(campaign, read)
    say(quiet, said_of(hand, deadline))
    limit = settled(hand, deadline)
    with progress_bar("Classeurs", quiet=quiet) as tick:
        result = contract.telling(tick).generate(
            hand.campaign.code, partners, before=limit, messages=letters, assessment=read
        )
    _say_what_was_made(result, hand.campaign, contract.folder, quiet=quiet)
    if letters is not None and result.messages is not None:
        say(quiet, *messages_told(result.messages, letters))


def _say_what_was_made(result: GenerateResult, chosen: Campaign, place: ContractFolder, *, quiet: bool) -> None:
    from cvsheet.reports.kept import answers_sentence, kept_sentence
    from cvsheet.text.french import french_count

    for partner in result.without_content:
        say(quiet, f"{partner} : rien à renseigner dans cette campagne, aucun classeur.")
    for file in result.files:
        asked = f"{french_count(file.lines, 'ligne')}, {french_count(file.actions, 'action')}"
        say(quiet, f"{file.path.name} : {asked} ({file.outcome.value})")
        if file.kept is not None and file.answers:
            complain(answers_sentence(file.path, file.kept, file.answers))
        elif file.kept is not None:
            say(quiet, kept_sentence(file.path, file.kept))
    _say_what_changed(result, quiet=quiet)
    if not result.files:
        say(
            quiet,
            f"Aucun classeur pour « {chosen.title} » : cette campagne ne demande rien à ces partenaires.",
            "À faire : vérifiez qui est producteur des indicateurs et pilote des actions dans le classeur du contrat.",
        )
        return
    say(
        quiet,
        f"{french_count(len(result.files), 'classeur')} dans {shown_path(place.outbox / chosen.code)} pour "
        f"« {chosen.title} ».",
        f"À faire : envoyez {'les messages' if result.messages else 'les classeurs'}, déposez ce qui revient dans "
        f"{shown_path(place.inbox)}, puis : cvsheet validate",
    )


def _say_what_changed(result: GenerateResult, *, quiet: bool) -> None:
    """For whom the contract asks something else than the workbooks that stood there, one line per partner."""
    changed = [file for file in result.files if file.changes]
    if changed:
        say(
            quiet,
            "Le contrat a changé depuis le dernier envoi. Si ces classeurs étaient partis, renvoyez les nouveaux :",
            *(f"- {file.partner} : {file.changes}" for file in changed),
        )
