"""A deadline that is past is asked about before anything is written: a new one, or none, on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from cvsheet.cli.options import asked_on_terminal, command_typed, say, yes_option
from cvsheet.errors import UsageError
from cvsheet.sentences.deadline import day_proposed, is_past, read_day
from cvsheet.text.french import french_date, typeset

if TYPE_CHECKING:
    from cvsheet import AtHand


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """What was typed: the new last day for partners, or that it is to go on without one."""

    before: date | None
    going_on: bool


def deadline_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--avant DATE`` and ``--oui``, which commands that write to partners take, as one argument `deadline`."""

    @wraps(command)
    def told(*, before: date | None, yes: bool, **others: Any) -> Any:
        return command(deadline=NewDeadline(before, yes), **others)

    option = click.option(
        "--before",
        "--avant",
        metavar="DATE",
        callback=_day,
        help="Nouvelle date limite donnée aux partenaires : 15/01/2027, ou 30j (dans trente jours).",
    )
    return option(yes_option("Continuer même si la date limite est passée.")(told))


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    day = read_day(text)
    if day is None:
        raise click.BadParameter(f"« {text} » n’est pas une date. Tapez par exemple 15/01/2027.")
    if day < date.today():
        raise click.BadParameter(f"le {french_date(day)} est déjà passé. Donnez une date à venir.")
    return day


def settled(hand: AtHand, deadline: NewDeadline) -> date | None:
    """The new last day that partners are given, None where the contract's stays.

    UsageError where that is past, and nobody says what to do: on a terminal a person is asked.
    """
    today = date.today()
    if deadline.before is not None or deadline.going_on or hand.limit is None or not hand.overdue(today):
        return deadline.before
    past, proposed = is_past(hand, today), french_date(day_proposed(today))
    if not asked_on_terminal():
        raise UsageError(
            f"{past} Rien n’a été écrit. Pour donner une nouvelle date (ou --oui pour continuer sans) : "
            f"{command_typed()} --avant {proposed}"
        )
    say(False, past)
    return _asked(proposed, today)


def _asked(proposed: str, today: date) -> date | None:
    """What the person at the terminal wants; a day that cannot be is asked again."""
    question = f"Nouvelle date (par exemple {proposed}), « oui » pour continuer sans, « non » pour arrêter"
    while True:
        answer: str = click.prompt(typeset(question), default="non", show_default=False)
        word, day = answer.strip().casefold(), read_day(answer)
        if word in ("o", "oui", "y", "yes"):
            return None
        if word in ("n", "non", "no"):
            raise UsageError("Rien n’a été écrit.")
        if day is not None and day >= today:
            return day
        say(False, f"« {answer} » n’est pas une date à venir.")
