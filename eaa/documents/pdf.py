"""The document as a PDF, set by typst, which comes as a wheel. What people wrote is data to it, never markup."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from eaa.documents.labels import labels

SHEET = Path(__file__).with_name("agreement.typ")


def as_pdf(document: dict[str, Any]) -> bytes:
    """DOCUMENT (from document_of) as a tagged PDF (PDF/UA-1). The same document gives the same bytes.

    PDF/UA refuses signs that no font of the machine has, such as a new emoji. Then it is tagged all the same, without
    the claim, and the sign is an empty box.
    """
    told = json.dumps({"document": document, "labels": labels()}, ensure_ascii=False)
    try:
        return _set(told, ["ua-1"])
    except typst.TypstError as trouble:
        if "could not be displayed" not in str(trouble):
            raise
        return _set(told, [])


def _set(told: str, standards: list[Any]) -> bytes:
    made = _compiler().compile(format="pdf", sys_inputs={"told": told}, pdf_standards=standards)
    assert isinstance(made, bytes)  # noqa: S101  -- without an output file it gives bytes
    return made


@cache
def _compiler() -> typst.Compiler:
    """Reads the sheet and the fonts once for a process."""
    return typst.Compiler(str(SHEET), root=str(SHEET.parent))
