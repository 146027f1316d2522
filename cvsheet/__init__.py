"""cvsheet: follow a French *contrat de ville* with Excel workbooks and nothing else to install.

For programs: ``cvsheet.open_contract(folder).validate()``, and what else stands in `__all__` (docs/api.md). Everything
else is private: modules change, move and go without notice.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cvsheet.api.contract import Contract as Contract
    from cvsheet.api.opened import Progress as Progress
    from cvsheet.api.tools import check_records as check_records
    from cvsheet.api.tools import check_workbook as check_workbook
    from cvsheet.api.tools import export_schemas as export_schemas
    from cvsheet.api.tools import import_framework as import_framework
    from cvsheet.api.tools import message_of as message_of
    from cvsheet.api.tools import new_contract as new_contract
    from cvsheet.api.tools import observatory as observatory
    from cvsheet.api.tools import open_contract as open_contract
    from cvsheet.api.tools import require_audit as require_audit
    from cvsheet.api.tools import rules as rules
    from cvsheet.errors import CvsheetError as CvsheetError
    from cvsheet.errors import FrameworkError as FrameworkError
    from cvsheet.errors import OutputError as OutputError
    from cvsheet.errors import UnreadableFile as UnreadableFile
    from cvsheet.errors import UsageError as UsageError
    from cvsheet.figures.consolidation import Consolidation as Consolidation
    from cvsheet.judging.campaign.reception import Reception as Reception
    from cvsheet.judging.campaign.reception import Standing as Standing
    from cvsheet.judging.engine.assessment import Assessment as Assessment
    from cvsheet.judging.engine.rule import Rule as Rule
    from cvsheet.judging.files.unusable import UnusableFile as UnusableFile
    from cvsheet.model.findings import Finding as Finding
    from cvsheet.model.findings import Place as Place
    from cvsheet.model.findings import Severity as Severity
    from cvsheet.model.framework import Campaign as Campaign
    from cvsheet.model.framework import Framework as Framework
    from cvsheet.workflows.adopt import AdoptResult as AdoptResult
    from cvsheet.workflows.annotate import AnnotatedFile as AnnotatedFile
    from cvsheet.workflows.annotate import AnnotateResult as AnnotateResult
    from cvsheet.workflows.audit import AuditResult as AuditResult
    from cvsheet.workflows.check import CheckResult as CheckResult
    from cvsheet.workflows.consolidate import ConsolidateResult as ConsolidateResult
    from cvsheet.workflows.current import AtHand as AtHand
    from cvsheet.workflows.export import ExportResult as ExportResult
    from cvsheet.workflows.folder import ContractFolder as ContractFolder
    from cvsheet.workflows.generate import GenerateResult as GenerateResult
    from cvsheet.workflows.import_framework import Imported as Imported
    from cvsheet.workflows.messages import MessagesResult as MessagesResult
    from cvsheet.workflows.observatory.observe import ObservatoryResult as ObservatoryResult
    from cvsheet.workflows.publish import PublishResult as PublishResult
    from cvsheet.workflows.reminders import RemindResult as RemindResult
    from cvsheet.workflows.site import SiteResult as SiteResult
    from cvsheet.workflows.status import StatusResult as StatusResult
    from cvsheet.workflows.watch import Round as Round

__version__ = "0.1.0"

_HOMES = {
    "api.contract": ("Contract",),
    "api.opened": ("Progress",),
    "api.tools": (
        "check_records",
        "check_workbook",
        "export_schemas",
        "import_framework",
        "message_of",
        "new_contract",
        "observatory",
        "open_contract",
        "require_audit",
        "rules",
    ),
    "errors": ("CvsheetError", "FrameworkError", "OutputError", "UnreadableFile", "UsageError"),
    "figures.consolidation": ("Consolidation",),
    "judging.campaign.reception": ("Reception", "Standing"),
    "judging.engine.assessment": ("Assessment",),
    "judging.engine.rule": ("Rule",),
    "judging.files.unusable": ("UnusableFile",),
    "model.findings": ("Finding", "Place", "Severity"),
    "model.framework": ("Campaign", "Framework"),
    "workflows.adopt": ("AdoptResult",),
    "workflows.annotate": ("AnnotatedFile", "AnnotateResult"),
    "workflows.audit": ("AuditResult",),
    "workflows.check": ("CheckResult",),
    "workflows.consolidate": ("ConsolidateResult",),
    "workflows.current": ("AtHand",),
    "workflows.export": ("ExportResult",),
    "workflows.folder": ("ContractFolder",),
    "workflows.generate": ("GenerateResult",),
    "workflows.import_framework": ("Imported",),
    "workflows.messages": ("MessagesResult",),
    "workflows.observatory.observe": ("ObservatoryResult",),
    "workflows.publish": ("PublishResult",),
    "workflows.reminders": ("RemindResult",),
    "workflows.site": ("SiteResult",),
    "workflows.status": ("StatusResult",),
    "workflows.watch": ("Round",),
}
"""The module where each public name stands, imported where the name is first asked for: `cvsheet --help` needs none."""
_PUBLIC = {name: f"{__name__}.{home}" for home, names in _HOMES.items() for name in names}
__all__ = ["__version__", *sorted(_PUBLIC)]  # noqa: PLE0604 - names, from the table above


if not TYPE_CHECKING:  # a type checker that saw it would take any name for a public one

    def __getattr__(name: str) -> Any:
        if name not in _PUBLIC:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_PUBLIC[name]), name)
        return found


def __dir__() -> list[str]:
    return [*__all__]
