"""Returned files handed to the desk, and what is made of each at once: its correction and the message with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import cvsheet
from cvsheet.desk.office import Office
from cvsheet.errors import UsageError

if TYPE_CHECKING:
    from cvsheet import AnnotatedFile


FORBIDDEN_IN_FORMS = '"\r\n'
"""What browsers write otherwise in the names of files, as the HTML standard says: ``%22``."""


def dropped(office: Office, name: str, content: BinaryIO) -> str:
    """Where the file that a form sends as `name` is kept, as it is shown."""
    for sign in FORBIDDEN_IN_FORMS:
        name = name.replace(f"%{ord(sign):02X}", sign)
    return office.shelf.shown(cvsheet.open_contract(office.root).drop(name, content))


def corrected(office: Office, path: Path) -> AnnotatedFile:
    """The correction of the return at `path`, with its message, in `sorties/corrections/`; UsageError where there is
    nothing to correct."""
    seen = office.follower.seen
    file = office.shelf.shown(path)
    for one in seen.assessment.current if seen else ():
        if seen is not None and one.identity is not None and file in one.files:
            place = seen.contract.folder.results / "corrections"
            campaign, partner = one.identity.campaign, one.identity.partner
            made = seen.contract.annotate(place, seen.assessment, campaign, [partner]).files
            if made:
                return made[0]
    raise UsageError(f"« {path.name} » n’a rien à corriger, ou n’est plus pris en compte.")
