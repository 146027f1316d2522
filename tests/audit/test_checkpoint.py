"""What the library says of a check, and what is made of it: rows refused, or an incident that nobody may overlook."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cvsheet.judging.campaign.checkpoint import RefusedRow, _verdict

FINE: dict[str, Any] = {"raised_exception": False, "exception_message": None}
CRASH = {"raised_exception": True, "exception_message": "colonne absente"}
NESTED = {"('column.min', ())": {"exception_message": "colonne absente"}}  # of one of its measures, by its name


def said(success: bool, rows: list[int] | None, info: dict[str, Any]) -> SimpleNamespace:
    """A result as the library gives it: the places of rows by column, none of a check that names no rows."""
    meta = {"rule": "ATT-001", "table": "reponses", "sentence": "Une réponse."}
    found = {} if rows is None else {"unexpected_index_list": [{"rang": row, "où": "A"} for row in rows]}
    return SimpleNamespace(
        success=success, result=found, exception_info=info, expectation_config=SimpleNamespace(meta=meta)
    )


@pytest.mark.parametrize(
    ("success", "rows", "info", "refused", "crashed", "why"),
    [
        (True, [], FINE, [], False, None),
        (True, None, FINE, [], False, None),
        (True, None, {}, [], False, None),
        (False, [3, 1, 3], FINE, [1, 3], False, None),  # each row once, in its order
        (True, [3], FINE, [3], False, None),  # some rows may be refused
        (False, None, FINE, [], False, "sans réponse de great_expectations"),
        (False, [], {}, [], False, "sans réponse de great_expectations"),
        (False, None, CRASH, [], True, "colonne absente"),
        (False, None, NESTED, [], True, "colonne absente"),
        (True, None, CRASH, [], True, "colonne absente"),
        (True, [3], CRASH, [3], True, "colonne absente"),
    ],
)
def test_a_check_refuses_rows_or_is_an_incident(
    success: bool, rows: list[int] | None, info: dict[str, Any], refused: list[int], crashed: bool, why: str | None
) -> None:
    verdict = _verdict([said(success, rows, info)], {})
    assert verdict.refusals == tuple(RefusedRow("ATT-001", "reponses", row) for row in refused)
    assert [(one.refused, one.crashed) for one in verdict.results] == [(len(refused), crashed)]
    assert verdict.incidents == (() if why is None else (f"ATT-001 : Une réponse. ({why})",))
