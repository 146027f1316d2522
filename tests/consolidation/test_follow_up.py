"""What stands in each place of a publication: a number, a mask, or the word for why there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.figures.changes import ChangeKind
from cvsheet.figures.consolidation import Consolidation, Key, aggregate
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY, Secrecy, secrecy
from cvsheet.figures.follow_up import FigureState, FollowUp, follow_up, published_figures, shown, state_of
from cvsheet.model.framework import Direction, Reference
from cvsheet.model.submission import AnswerKind
from tests.consolidation.frameworks import answers, framework, measure, share

SECRET, NOT_AVAILABLE = AnswerKind.SECRET, AnswerKind.NOT_AVAILABLE

# answers of A, B (and the rule that sets B's aside) -> state of the sum, and what is shown
STATES = [
    (("10",), FigureState.PUBLISHED, 10),
    (("10", "nd"), FigureState.PUBLISHED, 10),
    (("nd", "ns"), FigureState.SECRET, SECRET),
    (("nd", "so"), FigureState.NOT_AVAILABLE, NOT_AVAILABLE),
    (("so", "so"), FigureState.NOT_APPLICABLE, AnswerKind.NOT_APPLICABLE),
    (("so", "10 VAL-016"), FigureState.NOT_APPLICABLE, AnswerKind.NOT_APPLICABLE),
    (("10 VAL-016",), FigureState.SET_ASIDE, None),
    ((), FigureState.ABSENT, None),
]


@pytest.mark.parametrize(("given", "state", "seen"), STATES)
def test_a_place_says_why_there_is_no_number(given: tuple[str, ...], state: FigureState, seen: object) -> None:
    rows = (f"2021 {who} M.M1 {answer}" for who, answer in zip("AB", given, strict=False))
    found = aggregate(framework(measure("M.M1")), answers(*rows))
    assert state_of(found, NO_SECRECY, "2021", "M.M1", "valeur") is state
    assert shown(found, NO_SECRECY, "2021", "M.M1") == seen


def test_a_number_that_makes_no_value_is_set_aside() -> None:
    weighed = framework(measure("M.M1", "moyenne pondérée", weight="W.M1"), measure("W.M1"))
    found = aggregate(weighed, answers("2021 A M.M1 10", "2021 B M.M1 12", "2021 C M.M1 nd"))
    assert state_of(found, NO_SECRECY, "2021", "M.M1", "valeur") is FigureState.SET_ASIDE


def masked(found: Consolidation, *keys: tuple[str, str, str]) -> Secrecy:
    return replace(secrecy(found), hidden=frozenset(keys))


def followed(answer: str, direction: Direction = Direction.RISE, *hidden: tuple[str, str, str]) -> FollowUp:
    """A line from 100 in 2019 to 200 in 2023, in the campaign of 2021."""
    known = framework(measure("M.M1", direction=direction), references={"M.M1": Reference(100, 2019, "", 200, 2023)})
    found = aggregate(known, answers(f"2021 A M.M1 {answer}"))
    return follow_up(found, masked(found, *hidden), known.line["M.M1"], known.campaign["2021"])


VALUE, BASELINE, TARGET = ("2021", "M.M1", "valeur"), ("", "M.M1", "référence"), ("", "M.M1", "cible")


@pytest.mark.parametrize("hidden", [VALUE, BASELINE, TARGET])
def test_what_is_worked_out_from_a_masked_figure_is_masked_with_it(hidden: tuple[str, str, str]) -> None:
    seen = followed("150", Direction.RISE, hidden)
    assert (seen.progress, seen.lag, seen.situation) == (SECRET, SECRET, "Secret statistique")
    assert (seen.expected is SECRET) == (hidden is not VALUE)


def test_where_there_is_no_value_nothing_is_worked_out_or_masked() -> None:
    seen = followed("nd", Direction.RISE, BASELINE)
    assert (seen.value, seen.baseline) == (NOT_AVAILABLE, SECRET)
    assert (seen.progress, seen.expected, seen.lag, seen.situation) == (None, None, None, "Non renseigné")


def test_a_line_that_is_only_followed_has_nothing_to_mask() -> None:
    seen = followed("150", Direction.WATCH, BASELINE)
    assert (seen.progress, seen.expected, seen.lag, seen.situation) == (None, None, None, "Suivi")


SHARE_BASELINE, SHARE_TARGET = ("", "S.M1", "référence"), ("", "S.M1", "cible")
BASE = (Reference(0.4, 2019, "validée", None, 2023, ""), "validée", "")
AIM = (Reference(None, 2019, "", 0.8, 2023, "validée"), "", "validée")


@pytest.mark.parametrize(
    ("own", "direction", "answer", "hidden", "situation", "dated"),
    [
        # without a target nothing is judged; that a masked share has a baseline at all tells of who it counts
        (BASE, Direction.RISE, "5", (), "Cible à préciser", True),
        (BASE, Direction.RISE, "5", (SHARE_BASELINE,), "Secret statistique", False),
        (BASE, Direction.RISE, "nd", (SHARE_BASELINE,), "Non renseigné", False),
        (BASE, Direction.WATCH, "5", (SHARE_BASELINE,), "Suivi", False),
        (AIM, Direction.RISE, "5", (), "Référence à préciser", False),
        (AIM, Direction.RISE, "5", (SHARE_TARGET,), "Secret statistique", False),
    ],
)
def test_a_masked_share_does_not_show_by_its_situation_or_date_what_it_is_made_of(
    own: tuple[Reference, str, str],
    direction: Direction,
    answer: str,
    hidden: tuple[Key, ...],
    situation: str,
    dated: bool,
) -> None:
    reference, *statuses = own
    shared = replace(share("S.M1", "M.M1", "N.M1"), direction=direction)
    known = framework(measure("M.M1"), measure("N.M1"), shared, references={"S.M1": reference})
    found = aggregate(known, answers(f"2021 A M.M1 {answer}", "2021 A N.M1 10"))
    seen = follow_up(found, masked(found, *hidden), known.line["S.M1"], known.campaign["2021"])
    assert (seen.situation, seen.baseline_date is not None) == (situation, dated)
    assert [seen.baseline_status, seen.target_status] == statuses


@pytest.mark.parametrize(
    ("reference", "hidden", "situation", "dated", "statuses"),
    [
        (Reference(100, 2019, "validée"), (), "Cible à préciser", True, ("validée", "")),
        (Reference(100, 2019, "validée"), (BASELINE,), "Cible à préciser", True, ("validée", "")),
        (Reference(100, 2019, "validée"), (VALUE,), "Secret statistique", True, ("validée", "")),
        (Reference(), (), "Référence à préciser", False, ("", "")),
        (
            Reference(),
            (BASELINE,),
            "Référence à préciser",
            False,
            ("", ""),
        ),  # masked, though not there
        (Reference(), (VALUE,), "Secret statistique", False, ("", "")),
    ],
)
def test_a_typed_line_keeps_its_word_and_date_beside_a_masked_baseline(
    reference: Reference, hidden: tuple[Key, ...], situation: str, dated: bool, statuses: tuple[str, str]
) -> None:
    """Without a target nothing is judged: only a masked value has a word of its own."""
    known = framework(measure("M.M1"), references={"M.M1": reference})
    found = aggregate(known, answers("2021 A M.M1 150"))
    seen = follow_up(found, masked(found, *hidden), known.line["M.M1"], known.campaign["2021"])
    assert (seen.situation, seen.baseline_date is not None) == (situation, dated)
    assert (seen.baseline_status, seen.target_status) == statuses


@pytest.mark.parametrize(("hidden", "status"), [((), ""), ((SHARE_BASELINE,), "calculée")])
def test_a_masked_share_has_the_status_of_one_in_any_case(hidden: tuple[Key, ...], status: str) -> None:
    """Without one its denominator would be known to be zero."""
    known = framework(measure("M.M1"), measure("N.M1"), share("S.M1", "M.M1", "N.M1"))
    found = aggregate(known, answers("2021 A M.M1 5", "2021 A N.M1 10"))
    seen = follow_up(found, masked(found, *hidden), known.line["S.M1"], known.campaign["2021"])
    assert seen.baseline_status == status


FORMER = ("2020", "M.M1", "valeur")


@pytest.mark.parametrize(
    ("former", "now", "hidden", "change"),
    [
        ("100", "150", (), 0.5),
        ("nd", "150", (), None),
        ("100", "nd", (), None),
        ("nd", "nd", (), None),
        ("", "150", (), None),
        ("100", "", (), None),
        ("100", "150", (VALUE,), SECRET),
        ("100", "150", (FORMER,), SECRET),
        ("100", "", (FORMER,), None),  # nothing has changed as far as anyone can see
    ],
)
def test_the_change_against_the_year_before(former: str, now: str, hidden: tuple[Key, ...], change: object) -> None:
    known = framework(measure("M.M1"), measure("N.M1"))
    rows = [f"{year} A M.M1 {answer}" for year, answer in (("2020", former), ("2021", now)) if answer]
    found = aggregate(known, answers(*rows, "2020 A N.M1 1", "2021 A N.M1 1"))
    seen = follow_up(found, masked(found, *hidden), known.line["M.M1"], known.campaign["2021"])
    assert (seen.change, seen.change_kind) == (change, ChangeKind.RELATIVE)


def test_in_a_baseline_campaign_nothing_changes() -> None:
    known = framework(measure("M.M1"))
    found = aggregate(known, answers("2020 A M.M1 100", "REF A M.M1 150 - référence"))
    assert follow_up(found, NO_SECRECY, known.line["M.M1"], known.campaign["REF"]).change is None


def test_every_figure_that_can_have_a_number_is_listed_once() -> None:
    """No proposed baseline of what is worked out, no number of a text; a campaign without answers has none."""
    known = framework(measure("M.M1"), share("S.M1", "M.M1", "M.M1"), measure("T.M1", "texte", type="texte"))
    found = aggregate(known, answers("REF A M.M1 5 - référence", "REF A M.M1 9 - cible", "2021 A M.M1 7"))
    assert [(campaign, line.code, quantity) for campaign, line, quantity in published_figures(found)] == [
        ("REF", "M.M1", "référence"),
        ("REF", "M.M1", "cible"),
        ("2021", "M.M1", "valeur"),
        ("2021", "S.M1", "valeur"),
    ]
