"""`cvsheet status`."""

from __future__ import annotations

from pathlib import Path

import click

from cvsheet.cli.deadline import NewDeadline, deadline_options, settled
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
    from cvsheet.sentences import sending
    from cvsheet.sentences.deadline import heading

    contract = contract_at(folder)
    target = folder_chosen(letters, contract, "relances")
    contract.refuse_targets(folder=target)
    assessment = read_returns(contract, quiet=quiet)
    hand = contract.at_hand(campaign, assessment)
    say(quiet, heading(hand, deadline.before))
    found = contract.status(hand.campaign.code, assessment)
    print_status(contract.framework, found.rows, found.unattributed, quiet=quiet)
    if target is None:
        say(quiet, "", *sending.after_status(found))
        return
    if not found.awaited:
        say(quiet, "", *sending.nobody_reminded(found))
        return
    limit = settled(hand, deadline)
    result = contract.remind(target, hand.campaign.code, assessment, found=found, before=limit)
    say(quiet, "", *sending.reminded(result, target, shown_path))
