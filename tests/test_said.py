"""What commands say on a terminal of 80 columns."""

from __future__ import annotations

import io

import pytest

from cvsheet.cli.options import fitted
from cvsheet.text.french import typeset


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


LONG = typeset("Vos notes sont gardées dans la feuille « Notes orphelines » et la suivante, « Réception », à lire :")


def test_guillemets_and_their_words_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    lines = fitted(LONG, Terminal()).split("\n")
    assert len(lines) == 3 and max(map(len, lines)) <= 50
    assert not any(line.endswith("«") or line.startswith(("»", ":")) for line in lines)


def test_a_command_is_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = "À faire, pour des messages tout prêts : cvsheet status -c 2022 --relances sorties/relances"
    assert fitted(said, Terminal()).split("\n")[-1] == "cvsheet status -c 2022 --relances sorties/relances"


def test_what_goes_to_a_file_is_left_alone() -> None:
    assert fitted(LONG, io.StringIO()) == LONG
