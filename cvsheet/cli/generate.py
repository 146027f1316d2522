"""`cvsheet generate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvsheet.cli.options import campaign_option, common_options, complain, contract_at, say, shown_path
from cvsheet.cli.progress import progress_bar

if TYPE_CHECKING:
    from cvsheet import Campaign, ContractFolder, GenerateResult


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne à préparer (par défaut : la dernière commencée).")
@click.option("--partner", "-p", "partners", metavar="CODE", multiple=True, help="Seulement ce partenaire (répétable).")
@common_options
def generate(campaign: str | None, partners: tuple[str, ...], folder: Path, quiet: bool) -> None:
    """Préparer un classeur par partenaire dans envois/.

    Exemple : cvsheet generate --campaign 2021
    """
    contract = contract_at(folder)
    chosen = contract.campaign(campaign)
    with progress_bar("Classeurs", quiet=quiet) as tick:
        result = contract.telling(tick).generate(chosen.code, partners)
    _say_what_was_made(result, chosen, contract.folder, quiet=quiet)


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
        f"À faire : envoyez-les, déposez ce qui revient dans {shown_path(place.inbox)}, puis : cvsheet validate",
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
