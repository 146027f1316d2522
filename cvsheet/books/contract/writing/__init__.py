"""Records out as the canonical workbook: the file that a coordinator keeps and edits for years."""

from __future__ import annotations

from cvsheet.books.contract.writing.workbook import canonical_workbook

__all__ = ["canonical_workbook"]
