"""A contract may find a rule of cvsheet too severe or not severe enough: table *Sévérités* of its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.errors import FrameworkError
from cvsheet.judging.contract.judge import judge_canonical
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.records import Canonical, Record
from tests.canonical.conftest import TEMPLATE
from tests.canonical.csv_folder import write_csv_folder
from tests.opened import opened
from tests.words import plain

GOOD = read_canonical(TEMPLATE)
TYPED = (
    ("VAL-019", "désactivée", "Les associations n’ont pas de secrétariat."),
    ("HIS-001", "info", None),
    ("STR-016", "erreur", None),
)


def deciding(*rows: tuple[str | None, str | None]) -> Canonical:
    """The template with `rows` (rule, severity) in its table *Sévérités*."""
    records = tuple(
        Record("severites", {"regle": code, "severite": word}, "Règles", n, {"regle": f"A{n}", "severite": f"B{n}"})
        for n, (code, word) in enumerate(rows, start=60)
    )
    return replace(GOOD, tables={**GOOD.tables, "severites": records})


def said(canonical: Canonical) -> Iterator[Finding]:
    outcome = judge_canonical(canonical)
    assert outcome.incidents == ()
    return (finding for finding in outcome.findings if finding.code != "REF-031")


def test_what_a_coordinator_types_reaches_the_framework(contract: Path) -> None:
    workbook = opened(contract)
    sheet = workbook["Sévérités"]
    (header,) = (cell.row for cell in sheet["A"] if cell.value == "Règle de cvsheet")
    for row, values in enumerate(TYPED, start=header + 1):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    workbook.save(contract)
    framework = framework_from(read_canonical(contract))
    assert framework.severities == (("VAL-019", None), ("HIS-001", Severity.INFO), ("STR-016", Severity.ERROR))
    assert framework.rules == framework_from(GOOD).rules


def test_severities_go_through_csv_and_back(tmp_path: Path) -> None:
    canonical = deciding(("VAL-019", "désactivée"), ("HIS-001", "info"))
    write_csv_folder(canonical, tmp_path)
    read = read_csv_folder(tmp_path)
    assert framework_from(read) == framework_from(canonical)
    assert canonical_workbook(read) == canonical_workbook(canonical)


def test_workbooks_that_are_out_stay_current_when_a_severity_changes() -> None:
    changed, good = framework_from(deciding(("VAL-019", "désactivée"))), framework_from(GOOD)
    assert all(changed.version_for(one.code) == good.version_for(one.code) for one in good.campaigns)


def test_a_severity_that_is_none_stops_the_framework_at_its_cell() -> None:
    with pytest.raises(FrameworkError, match=r"Règles.*B60.*« grave » n’est pas dans la liste"):
        framework_from(deciding(("VAL-019", "grave")))


@pytest.mark.parametrize(
    ("row", "code", "cell", "says"),
    [
        (("VAL-119", "info"), "REF-060", "A60", "La règle « VAL-119 » n’existe pas. Vouliez-vous dire « VAL-019 »"),
        (("VAL-002", "info"), "REF-061", "B60", "La sévérité de la règle « VAL-002 » est fixe"),
        (("FIC-013", "désactivée"), "REF-061", "B60", "n’a pas d’effet"),
        (("REF-001", "avertissement"), "REF-061", "B60", "n’a pas d’effet"),
        (("R02a", "info"), "REF-014", "A60", "forme attendue"),
        (("VAL-019", "grave"), "REF-011", "B60", "désactivée, info, avertissement, erreur"),
        (("VAL-019", None), "REF-010", "B60", "doit être rempli"),
    ],
)
def test_what_has_no_effect_is_told(row: tuple[str, str | None], code: str, cell: str, says: str) -> None:
    (finding,) = said(deciding(row))
    assert (finding.code, finding.place.sheet, finding.place.cell) == (code, "Règles", cell)
    assert says in plain(find_rule(code).message(finding))


def test_a_rule_named_twice_is_told_once() -> None:
    (finding,) = said(deciding(("VAL-019", "info"), ("VAL-019", "erreur")))
    assert (finding.code, finding.place.cell) == ("REF-015", "A61")


@pytest.mark.parametrize("row", [("VAL-019", "désactivée"), ("FIC-013", "erreur"), ("COH-001", "avertissement")])
def test_a_choice_that_can_be_made_is_no_fault(row: tuple[str, str]) -> None:
    assert list(said(deciding(row))) == []


def test_check_follows_the_workbook_on_what_is_no_error() -> None:
    assert "REF-031" in {finding.code for finding in judge_canonical(GOOD).findings}
    assert judge_canonical(deciding(("REF-031", "désactivée"))).findings == ()
