"""`cvsheet generate`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.deadline import NewDeadline, deadline_options, settled
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
    from cvsheet.sentences import sending
    from cvsheet.sentences.deadline import heading

    contract = contract_at(folder)
    letters = folder_chosen(messages, contract, "messages")
    contract.refuse_targets(folder=letters)
    read = read_returns(contract, quiet=quiet) if campaign is None or partners or letters is not None else None
    hand = contract.to_prepare(campaign, read)
    say(quiet, heading(hand, deadline.before))
    limit = settled(hand, deadline)
    with progress_bar("Classeurs", quiet=quiet) as tick:
        result = contract.telling(tick).generate(
            hand.campaign.code, partners, before=limit, messages=letters, assessment=read
        )
    complain(*sending.lost_answers(result))
    say(quiet, *sending.prepared(result, hand.campaign, contract.folder, shown_path))
    if letters is not None and result.messages is not None:
        say(quiet, *sending.messages(result.messages, letters, shown_path))
