"""`cvsheet status`."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from cvsheet.cli.options import campaign_option, common_options, contract_folder, say, shown_path
from cvsheet.cli.progress import progress_bar
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet.judging.campaign.reception import Reception
    from cvsheet.judging.files.unusable import UnusableFile
    from cvsheet.workflows.reminders import RemindResult

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
    from cvsheet.judging.campaign.reception import by_urgency, reception, unattributed
    from cvsheet.judging.files.unusable import unusable_files
    from cvsheet.reports.status_table import print_status
    from cvsheet.workflows.folder import choose_campaign, load_framework, refuse_inbox
    from cvsheet.workflows.validate import validate
    from cvsheet.workflows.workers import Workers

    place = contract_folder(folder)
    framework = load_framework(place.workbook)
    today = date.today()
    chosen = choose_campaign(framework, campaign, today)
    if letters is not None:
        refuse_inbox(letters, place)
    with progress_bar("Lecture des retours", quiet=quiet) as tick:
        assessment = validate(framework, [place.inbox], place.root, tick, Workers())
    unusable = unusable_files(framework, assessment)
    rows = by_urgency(reception(framework, assessment, chosen.code, today, unusable))
    print_status(framework, chosen, rows, unattributed(unusable, chosen.code), quiet=quiet)
    if letters is None:
        say(quiet, *_next_step(chosen.code, rows))
        return
    from cvsheet.workflows.reminders import remind  # with all that writes workbooks, so only where it is asked for

    outbox = place.outbox / chosen.code
    result = remind(framework, assessment, chosen.code, letters, today=today, outbox=outbox, unusable=unusable)
    say(quiet, "", *_written(result, letters))


def _name(one: UnusableFile) -> str:
    return visible(PurePosixPath(one.file).name)


def _next_step(campaign: str, rows: tuple[Reception, ...]) -> tuple[str, ...]:
    from cvsheet.judging.campaign.reception import ANSWERED, Standing

    if not rows:
        return ("", "Cette campagne ne demande rien à personne : vérifiez producteurs et pilotes dans le contrat.")
    unfiled = [row.partner for row in rows if row.standing is Standing.UNFILED]
    if unfiled:
        return ("", f"À faire d’abord : enregistrer dans retours/ ce qu’ont envoyé {', '.join(unfiled)} (ci-dessus).")
    late = sum(row.standing not in ANSWERED for row in rows)
    if late:
        count = french_count(late, "partenaire n’a pas fini", "partenaires n’ont pas fini")
        command = f"cvsheet status -c {campaign} --relances sorties/relances"
        return ("", f"{count}. À faire, pour des messages tout prêts : {command}")
    if any(row.standing is Standing.TO_CORRECT for row in rows):
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
