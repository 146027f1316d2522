"""Fictitious returns as files: what partners send back, good and bad, for the demonstration and the examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cvsheet.books.partner.writing import partner_file_name, partner_workbook
from cvsheet.demo import mistakes
from cvsheet.demo.fictitious import typed_answers
from cvsheet.demo.mistakes import Mistake
from cvsheet.files.atomic import write_atomically
from cvsheet.model.framework import Framework

SPOILERS: tuple[Mistake, ...] = (
    mistakes.approximate,
    mistakes.wrong_sum,
    mistakes.typed_as_text,
    mistakes.out_of_bounds,
    mistakes.unavailable,
    mistakes.strong_change,
)


@dataclass(frozen=True, slots=True)
class FictitiousReturn:
    """One returned file: its name and its bytes."""

    name: str
    content: bytes


def good_return(framework: Framework, campaign: str, partner: str, seed: int = 0) -> FictitiousReturn:
    """The workbook of `partner` filled without a fault."""
    return spoilt_return(framework, campaign, partner, (), seed)


def spoilt_return(
    framework: Framework, campaign: str, partner: str, spoilers: tuple[Mistake, ...], seed: int = 0
) -> FictitiousReturn:
    """The workbook of `partner` with each of `spoilers` made in turn."""
    typed = typed_answers(framework, campaign, partner, seed)
    for spoil in spoilers:
        typed = spoil(framework, typed)
    content = partner_workbook(framework, campaign, partner, prefill=typed)
    return FictitiousReturn(partner_file_name(framework, campaign, partner), content)


def flawed_campaign(framework: Framework, campaign: str, partners: tuple[str, ...]) -> tuple[FictitiousReturn, ...]:
    """A campaign as it really comes back: the first partners each make one mistake, one sends twice, one sends a file
    that arrived cut short, the last one sends nothing."""
    answered = partners[:-1] if len(partners) > 1 else partners
    chosen: Mapping[str, Mistake] = dict(zip(answered, SPOILERS, strict=False))
    returns = [
        spoilt_return(framework, campaign, partner, (chosen[partner],) if partner in chosen else ())
        for partner in answered
    ]
    first = good_return(framework, campaign, answered[0])
    half = first.content[: len(first.content) // 2]
    return (*returns, FictitiousReturn(first.name.replace(".xlsx", " (incomplet).xlsx"), half))


def drop_into(folder: Path, returns: tuple[FictitiousReturn, ...]) -> None:
    """Put the files into `folder`, as a coordinator saves them from the mail."""
    for item in returns:
        write_atomically(folder / item.name, item.content)
