"""The master workbook: what a steering committee reads and an auditor follows."""

from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.writing.workbook import master_workbook

__all__ = ["MasterContent", "master_workbook"]
