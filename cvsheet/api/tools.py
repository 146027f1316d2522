"""What a program asks first: a contract opened or made; and what needs none: a workbook looked at, rules, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.api.contract import Contract
from cvsheet.api.opened import Progress, unseen

if TYPE_CHECKING:
    from cvsheet.judging.engine.rule import AnyRule
    from cvsheet.model.findings import Finding
    from cvsheet.model.records import Canonical
    from cvsheet.workflows.check import CheckResult
    from cvsheet.workflows.import_framework import Imported
    from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask
    from cvsheet.workflows.observatory.observe import ObservatoryResult


def open_contract(
    folder: Path | str = ".",
    *,
    progress: Progress = unseen,
    jobs: int | None = None,
    keep: bool = False,
    today: date | None = None,
) -> Contract:
    """The contract whose folder is `folder`, or the nearest one above it; UsageError where there is none."""
    from cvsheet.workflows.folder import find_contract_folder

    return Contract(find_contract_folder(Path(folder)), progress=progress, jobs=jobs, keep=keep, today=today)


def new_contract(folder: Path | str, *, identity: str | None = None) -> Contract:
    """A new contract folder from the template, with what opens its desk by a double click; UsageError where a contract
    stands there.

    `identity` tells its workbooks from those of other contracts with the same code: by default a new one.
    """
    from cvsheet.workflows.init import init
    from cvsheet.workflows.launchers import write_launchers

    place = init(Path(folder), identity=identity)
    write_launchers(place)
    return Contract(place)


def import_framework(document: Path, target: Path, *, sheet: str = "", force: bool = False) -> Imported:
    """Make the contract's workbook `target` of the plain table in `document`; `force`: in place of a former one."""
    from cvsheet.workflows.import_framework import import_framework

    return import_framework(document, target, sheet=sheet, force=force)


def observatory(
    folders: Sequence[Path],
    output: Path,
    *,
    public: bool = False,
    remove: Sequence[str] = (),
    jobs: int | None = None,
    scheduler: str | None = None,
    progress: Progress = unseen,
) -> ObservatoryResult:
    """Bring the data set at `output` up to date with the contracts in `folders`, each one's or one that holds many;
    `public`: masked. Contracts are read by `jobs` processes, 0 for as many as there are processors, by default by this
    one; or by the workers of the Dask `scheduler` at that address. `remove` are the codes of those that are to go."""
    from cvsheet.workflows.observatory.cluster import on_cluster
    from cvsheet.workflows.observatory.observe import observe
    from cvsheet.workflows.observatory.processors import here, in_processes

    def run(tasks: Sequence[ContractTask]) -> Iterator[ContractOutcome]:
        if scheduler is not None:
            return on_cluster(tasks, scheduler)
        return here(tasks) if jobs is None else in_processes(tasks, jobs)

    return observe(folders, output, run, public=public, remove=remove, tick=progress)


def check_workbook(path: Path) -> CheckResult:
    """What is wrong with the contract's workbook at `path`, wherever it stands."""
    from cvsheet.workflows.check import check

    return check(path)


def check_records(canonical: Canonical) -> CheckResult:
    """The same of a workbook that is read already."""
    from cvsheet.workflows.check import check_records

    return check_records(canonical)


def rules() -> tuple[AnyRule, ...]:
    """All rules, by family in the order of the journey of a file, then by code."""
    from cvsheet.judging.engine.catalogue import all_rules
    from cvsheet.judging.engine.rule import Family

    order = list(Family)
    return tuple(sorted(all_rules(), key=lambda rule: (order.index(rule.family), rule.code)))


def message_of(finding: Finding) -> str:
    """What a finding says to a person, in French: the fault and its remedy."""
    from cvsheet.judging.engine.catalogue import find_rule

    return find_rule(finding.code).message(finding)


def export_schemas(folder: Path) -> tuple[Path, ...]:
    """Describe all tables in `folder` to other programs: the folders, one a language."""
    from cvsheet.workflows.export_schemas import export_schemas

    return export_schemas(folder)


def require_audit() -> None:
    """CvsheetError where great_expectations is not installed."""
    from cvsheet.judging.campaign.checkpoint import require_library

    require_library()
