"""Correction workbooks: `answers` says what the partner typed, `content` where it goes, `remarks` which finding stands
where, `to_fix_sheet` and `kept_sheet` write the two sheets that are added, `workbook` puts them together."""

from cvsheet.writing.correction.remarks import needs_correction, own_findings
from cvsheet.writing.correction.workbook import Correction, correct, correction_workbook

__all__ = ["Correction", "correct", "correction_workbook", "needs_correction", "own_findings"]
