"""A contract's framework read from a plain one-table spreadsheet, as people typed it: `read_outline`.

    file ─ sources ─ headings ─ alignment ─ tree ─ Outline ─ items, codes, guesses ─ drafting ─ Draft (records, points)

Nothing of the document is lost: what finds no place in the tables becomes a point for the coordinator to decide, with
its cell.
"""

from __future__ import annotations

from cvsheet.books.contract.outline.drafting import draft_contract
from cvsheet.books.contract.outline.model import Draft, OpenPoint, Outline
from cvsheet.books.contract.outline.tree import read_outline

__all__ = ["Draft", "OpenPoint", "Outline", "draft_contract", "read_outline"]
