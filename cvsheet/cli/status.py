"""`cvsheet status`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import cvsheet
from cvsheet.cli.deadline import NewDeadline, deadline_options, said_of, settled
from cvsheet.cli.messages import before_sending
from cvsheet.cli.options import (
    campaign_option,
    common_options,
    contract_at,
    folder_chosen,
    folder_option,
    say,
    shown_path,
)
from cvsheet.cli.progress import read_returns
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import RemindResult, StatusResult

_CORRECTIONS = "cvsheet validate --annotate"


@click.command(options_metavar="[OPTIONS]")
@campaign_option("Campagne à suivre (par défaut : celle en cours).")
@folder_option(
    "--relances",
    "--reminders",
    "letters",
    help_text="Écrire un message prêt à envoyer par partenaire en retard ou incomplet, classeur joint (par défaut : "
    "dans sorties/relances).",
)
@deadline_options
@common_options
def status(campaign: str | None, letters: Path | None, deadline: NewDeadline, folder: Path, quiet: bool) -> None:
    """Dire qui a répondu, quand, et ce qui manque.

    Exemple : cvsheet status --campaign 2021 --relances
    """
    from cvsheet.reports.status_table import print_status

    contract = contract_at(folder)
    target = folder_chosen(letters, contract, "relances")
    contract.refuse_targets(folder=target)
    assessment = read_returns(contract, quiet=quiet)
    hand = contract.at_hand(campaign, assessment)
    say(quiet, said_of(hand, deadline))
    found = contract.status(hand.campaign.code, assessment)
    print_status(contract.framework, found.rows, found.unattributed, quiet=quiet)
    if target is None:
        say(quiet, *_next_step(found))
        return
    if not found.awaited:
        say(quiet, "", *_nobody(found))
        return
    limit = settled(hand, deadline)
    result = contract.remind(target, hand.campaign.code, assessment, found=found, before=limit)
    say(quiet, "", *_written(result, target))


def _next_step(found: StatusResult) -> tuple[str, ...]:
    if not found.rows:
        return ("", "Cette campagne ne demande rien à personne : vérifiez producteurs et pilotes dans le contrat.")
    unfiled = found.partners(cvsheet.Standing.UNFILED)
    if unfiled:
        return ("", f"À faire d’abord : enregistrer dans retours/ ce qu’ont envoyé {', '.join(unfiled)} (ci-dessus).")
    if found.awaited:
        count = french_count(len(found.awaited), "partenaire n’a pas fini", "partenaires n’ont pas fini")
        command = f"cvsheet status --campaign {found.campaign.code} --relances"
        return ("", *_unsent(found), f"{count}. À faire, pour des messages tout prêts : {command}")
    if found.partners(cvsheet.Standing.UNSENT):
        return ("", *_unsent(found))
    if found.partners(cvsheet.Standing.TO_CORRECT):
        return ("", f"Tout le monde a répondu. À faire : {_CORRECTIONS}")
    return ("", "Tout le monde a répondu. À faire : cvsheet consolidate")


def _nobody(found: StatusResult) -> Iterator[str]:
    """Why nobody is reminded."""
    if found.partners(cvsheet.Standing.UNSENT) and not any(row.file for row in found.rows):
        yield from _unsent(found)
    else:
        yield "Personne à relancer : aucun message."
        yield from _next_step(found)[1:]


def _unsent(found: StatusResult) -> Iterator[str]:
    """To whom nothing was sent, and how to."""
    unsent, code = found.partners(cvsheet.Standing.UNSENT), found.campaign.code
    if len(unsent) == len(found.rows):
        yield f"La campagne « {code} » n’a pas été envoyée. À faire : cvsheet generate --campaign {code}"
    elif unsent:
        chosen = " ".join(f"-p {one}" for one in unsent)
        yield f"Rien n’a été envoyé à {', '.join(unsent)}. À faire : cvsheet generate --campaign {code} {chosen}"


def _written(result: RemindResult, folder: Path) -> list[str]:
    """What was made, and what to look at before sending."""
    if not result.reminders:
        lines = ["Personne à relancer : aucun message."]
    else:
        count = french_count(len(result.reminders), "message", "messages")
        lines = [f"{count} dans {shown_path(folder)}. À faire : ouvrir, relire, envoyer."]
    if result.without_address:
        lines.append(f"Sans adresse connue (feuille « Partenaires ») : {', '.join(result.without_address)}.")
    if result.unsent:
        lines.append(f"Pas de relance, car rien ne leur a été envoyé : {', '.join(result.unsent)}.")
    if result.to_correct:
        lines.append(f"Complets mais à corriger : {', '.join(result.to_correct)}. Pour eux : {_CORRECTIONS}")
    lines += before_sending(result)
    if result.outdated:
        names = ", ".join(path.name for path in result.outdated)
        lines.append(f"À ne plus envoyer, ces partenaires ont répondu depuis : {names}.")
    return lines
