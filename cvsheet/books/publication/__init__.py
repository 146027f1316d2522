"""The publication workbook: what anybody may read of a contract. Values only, small counts masked."""

from cvsheet.books.publication.content import PublicationContent
from cvsheet.books.publication.workbook import publication_workbook

__all__ = ["PublicationContent", "publication_workbook"]
