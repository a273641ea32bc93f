"""An agreement as a document: PDF, Markdown and JSON, all written from one shape."""

from eaa.documents.content import document_of
from eaa.documents.markdown import as_markdown
from eaa.documents.pdf import as_pdf

__all__ = ["as_markdown", "as_pdf", "document_of"]
