"""`cvsheet validate`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvsheet.cli.deadline import NewDeadline, deadline_options, settled
from cvsheet.cli.options import (
    campaign_option,
    common_options,
    contract_at,
    folder_chosen,
    folder_option,
    report_options,
    say,
    shown_path,
)
from cvsheet.cli.progress import read_returns, said_first

if TYPE_CHECKING:
    from cvsheet import Assessment, Contract


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What is to be written besides what is shown."""

    json_file: Path | None
    html_file: Path | None
    corrections: Path | None
    deadline: NewDeadline


def _wanted(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what is written, as one argument `wanted`."""

    @wraps(command)
    def told(
        *,
        json_file: Path | None,
        html_file: Path | None,
        corrections: Path | None,
        deadline: NewDeadline,
        **others: Any,
    ) -> Any:
        return command(wanted=ToWrite(json_file, html_file, corrections, deadline), **others)

    return told


@click.command(options_metavar="[OPTIONS]")
@click.argument("paths", metavar="[FICHIERS]...", nargs=-1, type=click.Path(path_type=Path))
@campaign_option("Campagne à contrôler (par défaut : celle en cours ; de fichiers nommés, toutes).")
@report_options
@folder_option(
    "--annotate",
    "--annoter",
    "corrections",
    help_text="Écrire un classeur de correction et un message prêt à envoyer par partenaire, un accusé de réception "
    "pour un bon retour (par défaut : dans sorties/corrections).",
)
@deadline_options
@click.option(
    "--watch",
    "--surveiller",
    is_flag=True,
    help="Rester en veille et contrôler les fichiers à leur arrivée (Ctrl+C : finir).",
)
@common_options
@_wanted
def validate(
    paths: tuple[Path, ...], campaign: str | None, wanted: ToWrite, watch: bool, folder: Path, quiet: bool
) -> int:
    """Contrôler les fichiers reçus (par défaut : ceux de la campagne en cours, dans retours/).

    Exemple : cvsheet validate retours/2021 --html constats.html
    """
    from cvsheet.cli.watching import Reports, keep_watching
    from cvsheet.reports.console import print_assessment
    from cvsheet.sentences import checking

    contract = contract_at(folder)
    wanted = replace(wanted, corrections=folder_chosen(wanted.corrections, contract, "corrections"))
    contract.refuse_targets(json_file=wanted.json_file, html_file=wanted.html_file, folder=wanted.corrections)
    reports = Reports(contract, wanted.json_file, wanted.html_file)
    if watch:
        return keep_watching(reports, paths, campaign, quiet=quiet)
    every = read_returns(contract, paths, quiet=quiet, beside=contract.folder.inbox)
    code = said_first(contract, campaign, every, quiet=quiet)
    shown = every if code is None or (paths and campaign is None) else contract.of_campaign(code, every)
    print_assessment(shown, quiet=quiet)
    say(quiet, *checking.other_campaigns(every, shown))
    corrected = [] if wanted.corrections is None else _corrected(contract, every, shown, campaign, wanted)
    say(quiet, *reports.write(shown), *corrected, checking.after_checking(shown))
    return checking.exit_code(shown)


def _corrected(
    contract: Contract, every: Assessment, shown: Assessment, campaign: str | None, wanted: ToWrite
) -> list[str]:
    """Write the corrections of what is `shown`, unless its campaign is closed: what was written."""
    from cvsheet.sentences import checking

    assert wanted.corrections is not None, "asked by the caller"
    if not shown.current:
        return [checking.NO_RETURN]
    hand = contract.at_hand(campaign, every)
    code = None if shown is every else hand.campaign.code
    if code is not None and campaign is None and contract.is_adopted(code):
        return [checking.closed(code)]
    limit = settled(hand, wanted.deadline)
    result = contract.annotate(wanted.corrections, every, code, before=limit)
    return [*checking.corrected(result, wanted.corrections, shown_path)]
