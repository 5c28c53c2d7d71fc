"""What people call a document and a source, and titles cut to a length."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Document, Plan

#: Longest title that a link or a source line carries before it is cut.
LONGEST = 80


def shorten(text: str, longest: int = LONGEST) -> str:
    """Return `text`, cut at a word when it is longer than `longest` letters."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:.–- ") + "…"


def name_document(document: Document) -> str:
    """Return how people call a document: form and number, or its title where it has no number."""
    if document.number:
        return f"{document.form} {document.number}"
    is_named = document.title.lower().startswith(document.form.lower())
    return shorten(document.title if is_named else f"{document.form}: {document.title}")


def name_source(plans: Mapping[str, Plan], documents: Mapping[str, Document], reference: str) -> str:
    """Return what people call `001:II.4`, a document id or `document-id:Điều 16`; anything else as it is."""
    head, _, place = reference.partition(":")
    if head in plans:
        return f"{plans[head].short_title}, mục {place}"
    document = documents.get(head)
    if document is None:
        return reference
    name = name_document(document)
    return f"{name}, {place}" if place else name
