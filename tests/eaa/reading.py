"""Reading a PDF as somebody does who has it before them."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from eaa.documents import as_pdf


def pdf_text(told: dict[str, Any]) -> str:
    """What can be read in the PDF, on one line."""
    pages = PdfReader(BytesIO(as_pdf(told))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
