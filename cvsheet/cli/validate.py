"""`cvsheet validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import cvsheet
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
from cvsheet.cli.progress import read_returns, said_first
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import AnnotateResult, Assessment, Contract


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
@click.option("--json", "json_file", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire le rapport JSON.")
@click.option(
    "--html", "html_file", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire le rapport en une page web."
)
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

    contract = contract_at(folder)
    wanted = replace(wanted, corrections=folder_chosen(wanted.corrections, contract, "corrections"))
    contract.refuse_targets(json_file=wanted.json_file, html_file=wanted.html_file, folder=wanted.corrections)
    reports = Reports(contract, wanted.json_file, wanted.html_file)
    if watch:
        return keep_watching(reports, paths, quiet=quiet)
    every = read_returns(contract, paths, quiet=quiet, beside=contract.folder.inbox)
    code = said_first(contract, campaign, every, quiet=quiet)
    shown = every if code is None or (paths and campaign is None) else contract.of_campaign(code, every)
    print_assessment(shown, quiet=quiet)
    say(quiet, *_of_others(every, shown))
    corrected = [] if wanted.corrections is None else _corrected(contract, every, shown, campaign, wanted)
    say(quiet, *reports.write(shown), *corrected, _next_step(shown))
    return exit_code(shown)


def _of_others(every: Assessment, shown: Assessment) -> Iterator[str]:
    """What is known of the returns of other campaigns."""
    from cvsheet.reports.grouping import to_settle

    told = {id(one) for one in shown.findings}
    left = [one for one in every.findings if id(one) not in told and one.severity is not cvsheet.Severity.INFO]
    errors = sum(one.severity is cvsheet.Severity.ERROR for one in left)
    codes = dict.fromkeys(one.campaign for one in left if one.campaign)
    count = every.files_received - shown.files_received
    if count:
        files = french_count(count, "fichier reçu", "fichiers reçus")
        commands = " ; ".join(f"cvsheet validate --campaign {code}" for code in codes)
        where = f" Pour les voir : {commands}" if codes else ""
        yield f"Autres campagnes : {files}, {to_settle(errors, len(left) - errors)}.{where}"


def _corrected(
    contract: Contract, every: Assessment, shown: Assessment, campaign: str | None, wanted: ToWrite
) -> list[str]:
    """Write the corrections of what is `shown`, unless its campaign is closed: what was written."""
    assert wanted.corrections is not None, "asked by the caller"
    if not shown.current:
        return ["Aucun retour utilisable : aucune correction à écrire."]
    hand = contract.at_hand(campaign, every)
    code = None if shown is every else hand.campaign.code
    if code is not None and campaign is None and contract.is_adopted(code):
        return [
            f"La campagne « {code} » est adoptée, donc close : aucune correction n’a été écrite. Pour en écrire tout "
            f"de même : cvsheet validate --campaign {code} --annotate"
        ]
    limit = settled(hand, wanted.deadline)
    return _annotated(contract.annotate(wanted.corrections, every, code, before=limit), wanted.corrections)


def _annotated(result: AnnotateResult, folder: Path) -> list[str]:
    """Which corrections were written; a file without a known partner has none."""
    from cvsheet.reports.kept import kept_sentence
    from cvsheet.reports.visible import visible

    lines = [f"{one.partner} : {visible(one.workbook.name)}, {visible(one.message.name)}" for one in result.files]
    lines += [kept_sentence(one.workbook, one.kept) for one in result.files if one.kept is not None]
    count = french_count(len(result.files), "classeur de correction", "classeurs de correction")
    if result.files:
        lines.append(f"{count} dans {shown_path(folder)}, chacun avec un message prêt à envoyer.")
    else:
        lines.append("Aucun classeur de correction à envoyer.")
    if result.receipts:
        thanks = french_count(len(result.receipts), "accusé de réception", "accusés de réception")
        lines.append(f"{thanks} pour qui a bien répondu : {', '.join(one.partner for one in result.receipts)}.")
    if result.without_correction:
        lines.append(f"Sans correction possible : {visible(', '.join(result.without_correction))}.")
    return lines


def exit_code(assessment: Assessment) -> int:
    """0 without ERREUR, 1 with, 3 where a part of cvsheet itself failed."""
    if assessment.incidents:
        return 3
    return 1 if assessment.count(cvsheet.Severity.ERROR) else 0


def _next_step(assessment: Assessment) -> str:
    if not assessment.arrived:
        return "Aucun fichier reçu. À faire : déposez les fichiers des partenaires dans retours/."
    if exit_code(assessment):
        return (
            "À faire : demandez les corrections aux partenaires, ou consolidez sans ces valeurs : cvsheet consolidate"
        )
    return "À faire : cvsheet consolidate"
