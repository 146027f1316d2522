"""The receipt of a good return: when it came, how many answers, that nothing is to be corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cvsheet.model.framework import Framework
from cvsheet.reports.draft import closing, draft
from cvsheet.text.french import french_count, french_date, quoted, typeset


@dataclass(frozen=True, slots=True)
class Thanks:
    """A return of `partner` in `campaign`: the names of its files, when it came, when its sender saved it, how many
    answers it holds and how many of them are to be corrected."""

    campaign: str
    partner: str
    files: Sequence[str]
    received: date
    saved_at: datetime | None
    answers: int
    errors: int = 0

    @property
    def sentence(self) -> str:
        """``reçu le 12/03/2022, 37 réponses, 0 à corriger``"""
        return typeset(
            f"reçu le {french_date(self.received)}, {french_count(self.answers, 'réponse')}, {self.errors} à corriger"
        )


def thanks_message(framework: Framework, thanks: Thanks) -> bytes:
    """The .eml file of the receipt."""
    title = framework.campaign[thanks.campaign].title
    subject = f"{framework.contract.name} – {title} : {thanks.sentence}"
    return draft(framework.contract, framework.partner[thanks.partner], subject, _lines(framework, thanks, title))


def _lines(framework: Framework, thanks: Thanks, title: str) -> Iterator[str]:
    saved = f", enregistré le {french_date(thanks.saved_at)}" if thanks.saved_at else ""
    yours = "vos classeurs" if thanks.files[1:] else "votre classeur"
    yield from ("Bonjour,", "")
    yield typeset(f"Nous avons bien reçu {yours} {quoted(thanks.files)} ({title}){saved} : {thanks.sentence}.")
    yield ""
    yield typeset("Vos réponses sont complètes et prises en compte. Il n’y a rien à renvoyer : merci.")
    yield from closing(framework.contract)
