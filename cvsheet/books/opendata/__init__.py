"""The open-data package of a contract: ``datapackage.json`` and the tables that ``schemas/export_*.json`` describe."""

from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.package import Format, OutputFile, package_files, tables_of

__all__ = ["ExportContent", "Format", "OutputFile", "package_files", "tables_of"]
