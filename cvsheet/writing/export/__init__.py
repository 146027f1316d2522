"""The open-data package of a contract: ``datapackage.json`` and the tables that ``schemas/export_*.json`` describe."""

from cvsheet.writing.export.content import ExportContent
from cvsheet.writing.export.package import Format, OutputFile, package_files

__all__ = ["ExportContent", "Format", "OutputFile", "package_files"]
