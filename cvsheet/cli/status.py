"""`cvsheet status`."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

import cvsheet
from cvsheet.cli.options import campaign_option, common_options, contract_at, say, shown_path
from cvsheet.cli.progress import read_returns
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import RemindResult, StatusResult, UnusableFile

_CORRECTIONS = "cvsheet validate --annotate sorties/corrections"


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne à suivre (par défaut : la dernière commencée).")
@click.option(
    "--relances",
    "letters",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Écrire dans ce dossier un message prêt à envoyer par partenaire en retard ou incomplet, classeur joint.",
)
@common_options
def status(campaign: str | None, letters: Path | None, folder: Path, quiet: bool) -> None:
    """Dire qui a répondu, quand, et ce qui manque.

    Exemple : cvsheet status --campaign 2021 --relances sorties/relances
    """
    from cvsheet.reports.status_table import print_status

    contract = contract_at(folder)
    chosen = contract.campaign(campaign)
    contract.refuse_targets(folder=letters)
    assessment = read_returns(contract, quiet=quiet)
    found = contract.status(chosen.code, assessment)
    print_status(contract.framework, chosen, found.rows, found.unattributed, quiet=quiet)
    if letters is None:
        say(quiet, *_next_step(found))
    else:
        say(quiet, "", *_written(contract.remind(letters, chosen.code, assessment, unusable=found.unusable), letters))


def _name(one: UnusableFile) -> str:
    return visible(PurePosixPath(one.file).name)


def _next_step(found: StatusResult) -> tuple[str, ...]:
    if not found.rows:
        return ("", "Cette campagne ne demande rien à personne : vérifiez producteurs et pilotes dans le contrat.")
    unfiled = found.partners(cvsheet.Standing.UNFILED)
    if unfiled:
        return ("", f"À faire d’abord : enregistrer dans retours/ ce qu’ont envoyé {', '.join(unfiled)} (ci-dessus).")
    if found.awaited:
        count = french_count(len(found.awaited), "partenaire n’a pas fini", "partenaires n’ont pas fini")
        command = f"cvsheet status -c {found.campaign.code} --relances sorties/relances"
        return ("", f"{count}. À faire, pour des messages tout prêts : {command}")
    if found.partners(cvsheet.Standing.TO_CORRECT):
        return ("", f"Tout le monde a répondu. À faire : {_CORRECTIONS}")
    return ("", "Tout le monde a répondu. À faire : cvsheet consolidate")


def _written(result: RemindResult, folder: Path) -> list[str]:
    """What was made, and what to look at before sending."""
    if not result.reminders:
        lines = ["Personne à relancer : aucun message."]
    else:
        count = french_count(len(result.reminders), "message", "messages")
        lines = [f"{count} dans {shown_path(folder)}. À faire : ouvrir, relire, envoyer."]
    if result.without_address:
        lines.append(f"Sans adresse connue (feuille « Partenaires ») : {', '.join(result.without_address)}.")
    if result.to_correct:
        lines.append(f"Complets mais à corriger : {', '.join(result.to_correct)}. Pour eux : {_CORRECTIONS}")
    lines += [
        f"Pas de message pour {one.partner} : sa réponse est à prendre dans « {_name(one)} »." for one in result.unfiled
    ]
    lines += [
        f"Avant d’envoyer : « {_name(one)} » contient peut-être une réponse. {one.fault}" for one in result.unknown
    ]
    if result.outdated:
        names = ", ".join(path.name for path in result.outdated)
        lines.append(f"À ne plus envoyer, ces partenaires ont répondu depuis : {names}.")
    return lines
