"""What an export is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cvsheet.figures.action_results import ActionResult
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.disclosure.confidentiality import Secrecy
from cvsheet.model.framework import Framework


@dataclass(frozen=True)
class ExportContent:
    """`actions` gives the results of the actions by yearly campaign; `observations` the rows of the long table, one per
    answer (columns of `cvsheet.model.long_table`, and `ecart`), None where the package is made to be published."""

    framework: Framework
    consolidation: Consolidation
    secrecy: Secrecy
    actions: Mapping[str, tuple[ActionResult, ...]]
    observations: Sequence[Mapping[str, Any]] | None = None

    @property
    def public(self) -> bool:
        """Whether anybody may read the package."""
        return self.observations is None
