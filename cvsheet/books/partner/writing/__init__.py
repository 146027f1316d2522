"""Partner workbooks: `layout` says where things stand, `entries` what they say, `guide`, `pillar` and `technical` write
the three kinds of sheets, `workbook` puts them together."""

from cvsheet.books.partner.writing.workbook import partner_file_name, partner_workbook

__all__ = ["partner_file_name", "partner_workbook"]
