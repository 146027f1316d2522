"""What a file that is no workbook holds, as its finding tells it."""

from __future__ import annotations

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.rule import SHOWN_AT_MOST
from cvsheet.judging.files.kinds import what_is_inside

MANY = tuple(f"{number}.xlsx" for number in range(1, 8))
FIVE = "« 1.xlsx », « 2.xlsx », « 3.xlsx », « 4.xlsx », « 5.xlsx »"


@pytest.mark.parametrize(
    ("reason", "names", "told"),
    [
        (Refusal.EMAIL, (), "Il n’a pas de pièce jointe reconnue."),
        (Refusal.EMAIL, MANY[:1], "Pièces jointes : « 1.xlsx »."),
        (Refusal.PLAIN_ZIP, (), ""),
        (Refusal.PLAIN_ZIP, MANY[:5], f"Elle contient : {FIVE}."),
        (Refusal.PLAIN_ZIP, MANY[:6], f"Elle contient : {FIVE} et 1 autre."),
        (Refusal.PLAIN_ZIP, MANY, f"Elle contient : {FIVE} et 2 autres."),
    ],
)
def test_five_names_are_told_and_the_others_counted(reason: Refusal, names: tuple[str, ...], told: str) -> None:
    assert what_is_inside(UnreadableFile(reason, names=names)) == told


def test_names_that_are_longer_than_a_sentence_are_counted_not_cut() -> None:
    names = tuple(f"contrat de ville_campagne 2021_partenaire numéro {number}.xlsx" for number in range(1, 9))
    told = what_is_inside(UnreadableFile(Refusal.PLAIN_ZIP, names=names))
    assert len(told) <= SHOWN_AT_MOST and told.endswith("numéro 2.xlsx » et 6 autres.")
