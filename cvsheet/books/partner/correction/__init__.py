"""Correction workbooks: `answers` says what the partner typed, `content` where it goes, `remarks` which finding stands
where, `to_fix_sheet` and `kept_sheet` write the two sheets that are added, `workbook` puts them together.

A correction is whole again: sheets, rows, columns, titles and locked texts are back. What that repairs for good (hidden
sheets, macros, links to other files, a locked text that was only erased) is not asked again when it comes back; what
needs an answer travels as a `cvsheet.books.partner.questions.Question` until there is one.
"""

from cvsheet.books.partner.correction.remarks import needs_correction, own_findings
from cvsheet.books.partner.correction.workbook import Correction, correct

__all__ = ["Correction", "correct", "needs_correction", "own_findings"]
