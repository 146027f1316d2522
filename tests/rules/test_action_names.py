"""What tells an action from the others where the files of one partner are compared."""

from __future__ import annotations

import pytest

from cvsheet.judging.files.contents import action_names
from cvsheet.model.submission import ActionReport


def report(action: str, title: str, *, added: bool) -> ActionReport:
    return ActionReport("2021", "A", action, title, "", added, {}, "a.xlsx", "Actions")


@pytest.mark.parametrize(
    ("reports", "names"),
    [
        ([report("ACT-1", "Jobs d’été", added=False)], ["ACT-1"]),  # of the contract: its code, whatever its title
        ([report("COMPL-1", "Jobs d’été", added=True)], ["COMPL: jobs d ete"]),
        ([report("COMPL-1", " ", added=True)], ["COMPL-1"]),  # that nobody named
        (
            [report(f"COMPL-{number}", "Repas", added=True) for number in (1, 2, 3)],
            ["COMPL: repas", "COMPL: repas (2)", "COMPL: repas (3)"],
        ),
    ],
)
def test_an_action_is_known_by_its_code_and_an_added_one_by_its_title(
    reports: list[ActionReport], names: list[str]
) -> None:
    assert list(action_names(reports)) == names
