"""A partner's figures beside those of its former campaigns, and which were only copied. Called by the HIS rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose

from cvsheet.figures.changes import by_nearness, strong_change
from cvsheet.judging.engine.evidence import AnswerSet, Evidence, cell_key
from cvsheet.judging.returns.sums import TINY
from cvsheet.model.findings import Place
from cvsheet.model.framework import ContractSettings, Framework, Line
from cvsheet.model.groups import grouped
from cvsheet.model.submission import Quantity

COUNTED = (Quantity.VALUE, Quantity.BASELINE)
ENOUGH_TO_COMPARE = 5  # fewer figures may all be unchanged by chance
ENOUGH_DIFFERENT = 3  # figures among these: ones and twos often stay what they are
SURVEY = "enquête"  # the nature of a measure that is not taken every year


@dataclass(frozen=True, slots=True)
class Compared:
    """A value and the one that the same partner gave for the same line in an `earlier` campaign."""

    answers: AnswerSet
    earlier: AnswerSet
    line: str
    previous: float
    value: float

    @property
    def earlier_campaign(self) -> str:
        return self.earlier.campaign

    @property
    def unchanged(self) -> bool:
        return isclose(self.previous, self.value, rel_tol=TINY)

    @property
    def explained(self) -> bool:
        """Whether the comment was written for this value: last year's comes with last year's figures."""
        words = self.answers.answers[self.line].explanation
        return bool(words) and words != self.earlier.answers[self.line].comment


def compared(evidence: Evidence) -> Iterator[Compared]:
    """Every value beside that of the campaign, of those in which the partner answered (value, or baseline), that ends
    nearest to a year before."""
    for answers, formers in _formers(evidence):
        yield from _pairs(answers, formers[0]) if formers else ()


def beside_former(evidence: Evidence) -> Iterator[Sequence[Sequence[Compared]]]:
    """The values of every return beside those of each campaign in which its partner answered, in that order."""
    for answers, formers in _formers(evidence):
        yield [tuple(_pairs(answers, former)) for former in formers]


def _formers(evidence: Evidence) -> Iterator[tuple[AnswerSet, Sequence[AnswerSet]]]:
    """Every return with those that its partner sent before: first the one that ends nearest to a year before."""
    known = {(one.campaign, one.partner): one for one in evidence.sets if one.quantity in COUNTED}
    framework = evidence.framework
    for answers in evidence.sets:
        if answers.quantity is Quantity.VALUE:
            campaigns = [other for other in framework.campaigns if (other.code, answers.partner) in known]
            former = by_nearness(framework.campaign[answers.campaign], campaigns)
            yield answers, [known[one.code, answers.partner] for one in former]


def _pairs(answers: AnswerSet, before: AnswerSet) -> Iterator[Compared]:
    for line, value in answers.numbers.items():
        previous = before.number(line)
        if previous is not None:
            yield Compared(answers, before, line, previous, value)


def changed_strongly(value: float, previous: float, contract: ContractSettings) -> bool:
    """Whether `value` differs from `previous` by more than the contract's threshold."""
    return strong_change(contract).is_beyond(previous, value)


def copies(groups: Sequence[Sequence[Compared]], framework: Framework) -> Iterator[tuple[Place, Sequence[Compared]]]:
    """What a return repeats of one of its former campaigns (`groups`): the whole of it, else each of its sheets."""
    whole = next((group for group in groups if is_copied(group, framework)), None)
    if whole:
        yield Place(whole[0].answers.file), whole
        return
    told: dict[Place, Sequence[Compared]] = {}
    for group in groups:
        by_sheet = grouped((cell_key(one.answers.answers[one.line])[:2], one) for one in group)
        told = {Place(*sheet): part for sheet, part in by_sheet.items() if is_copied(part, framework)} | told
    yield from told.items()


def is_copied(group: Sequence[Compared], framework: Framework) -> bool:
    """Whether nothing changed among values of which enough were likely to."""
    if not all(one.unchanged for one in group):  # first, since the first value tells it most often
        return False
    moving = [one.value for one in group if _likely_to_move(one, framework.line.get(one.line))]
    return len(moving) >= ENOUGH_TO_COMPARE and len(set(moving)) >= ENOUGH_DIFFERENT


def _likely_to_move(one: Compared, line: Line | None) -> bool:
    """Whether the same value again is a surprise: not so of a zero, of a bound (100 %), of a survey made every few
    years."""
    if line is None:  # no longer in the contract
        return False
    at_rest = one.value in (0.0, line.limits.minimum, line.limits.maximum)
    return not at_rest and line.measure.nature != SURVEY and not one.explained
