"""The master workbook: what a steering committee reads and an auditor follows."""

from cvsheet.writing.master.content import MasterContent
from cvsheet.writing.master.workbook import master_workbook

__all__ = ["MasterContent", "master_workbook"]
