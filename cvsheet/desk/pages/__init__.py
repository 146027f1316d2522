"""What the pages show, a module per page: each arranges for its template what the façade says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet import __version__
from cvsheet.desk.actions import ACTIONS
from cvsheet.desk.office import Office
from cvsheet.desk.wording import for_the_desk
from cvsheet.errors import CvsheetError
from cvsheet.reports.html import page_environment

if TYPE_CHECKING:
    from cvsheet.desk.follower import FolderView

PAGES = (
    ("campagne", "Campagne"),
    ("retours", "Retours"),
    ("constats", "Constats"),
    ("suivi", "Suivi"),
    ("a-decider", "À décider"),
)
"""Where each page is, and what it is called."""
READING = "Le dossier du contrat est en cours de lecture : la page s’affichera d’elle-même."


class NotReady(CvsheetError):
    """The folder was not read yet, or cannot be: the sentence says so."""


def seen_in(office: Office) -> FolderView:
    """What lies in the folder; NotReady where nobody knows yet."""
    seen = office.follower.seen
    if seen is None:
        raise NotReady(office.follower.failure.removeprefix("Erreur : ") or READING)
    return seen


def render(office: Office, template: str, **values: object) -> str:
    """The page made of `template`; every file in it is offered by its number on the shelf."""
    seen = office.follower.seen

    def link(path: Path) -> str:
        return office.shelf.put(path)

    environment = page_environment("cvsheet.desk")
    return environment.get_template(template).render(
        office=office,
        job=office.jobs.latest,
        contract=seen.framework.contract.name if seen else office.root.name,
        being_read=seen is None and not office.follower.failure,
        failure=office.follower.failure,
        pages=PAGES,
        actions=ACTIONS,
        link=link,
        said=for_the_desk,
        version=__version__,
        **values,
    )
