"""Opening a workbook file, whoever made it: `open_grid` gives its cells as facts, or one reason why it is not read."""

from __future__ import annotations

from cvsheet.files.grid.limits import DEFAULT_LIMITS, FileLimits
from cvsheet.files.grid.opening import open_grid

__all__ = ["DEFAULT_LIMITS", "FileLimits", "open_grid"]
