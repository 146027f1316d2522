"""What an export is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cvsheet.consolidation.action_results import ActionResult
from cvsheet.consolidation.aggregation import Consolidation
from cvsheet.consolidation.confidentiality import Secrecy
from cvsheet.framework import Framework

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ExportContent:
    """`actions` gives the results of the actions by yearly campaign; `observations` the long table of single answers,
    None where the package is made to be published."""

    framework: Framework
    consolidation: Consolidation
    secrecy: Secrecy
    actions: Mapping[str, tuple[ActionResult, ...]]
    observations: pd.DataFrame | None = None

    @property
    def public(self) -> bool:
        """Whether anybody may read the package."""
        return self.observations is None
