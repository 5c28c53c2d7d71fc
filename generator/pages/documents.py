"""The register of documents and a page per document (fields of Nghị định 42/2022/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.addresses import LANDING, copy_uri, document_uri
from generator.model import Document
from generator.pages.links import Link, Links
from generator.pages.page import Page, PageData
from generator.pages.uses import Uses
from generator.pages.words import say_body
from generator.project import Project
from generator.project.names import name_document
from generator.wording.dates import say_day

FORCE = {
    "con-hieu-luc": "Còn hiệu lực",
    "het-hieu-luc": "Hết hiệu lực",
    "mot-phan": "Hết hiệu lực một phần",
    "khong-ro": "Chưa rà soát",
}
CONFIDENCE = {"V": "Đã đối chiếu với nguồn", "L": "Cần đối chiếu với bản gốc", "?": "Chưa rõ"}
EDIT_DOCUMENTS = "campaigns/documents.yml"


@dataclass(frozen=True)
class DocumentPage(PageData):
    """One document, what leads to it, and its stored copy (`file`, may be empty)."""

    template = "document.md.j2"
    name: str
    form: str
    number: str
    issuer: str
    issued: str
    effective: str
    name_in_full: str
    abstract: str
    force: str
    confidence: str
    note: str
    uses: Links
    file: str


@dataclass(frozen=True)
class DocumentRow:
    """A document's line in the register."""

    link: Link
    form: str
    name_in_full: str
    issuer: str
    issued: str
    force: str
    confidence: str


@dataclass(frozen=True)
class DocumentsPage(PageData):
    """The register, the newest first."""

    template = "documents.md.j2"
    rows: tuple[DocumentRow, ...]


def make_document_pages(project: Project, uses: Uses) -> Iterator[Page]:
    """Yield a page per document, then the register."""
    for name, document in project.documents.items():
        data = _describe_document(project, document, uses.of_document(name))
        yield Page(document_uri(name), data, EDIT_DOCUMENTS)
    newest_first = sorted(project.documents.values(), key=_say_age, reverse=True)
    rows = tuple(_describe_row(project, document) for document in newest_first)
    yield Page(LANDING.documents, DocumentsPage(rows), EDIT_DOCUMENTS)


def _say_age(document: Document) -> tuple[str, str]:
    return document.issued.isoformat() if document.issued else "", name_document(document)


def _describe_document(project: Project, document: Document, uses: Links) -> DocumentPage:
    return DocumentPage(
        name=name_document(document),
        form=document.form,
        number=document.number,
        issuer=say_body(project, document.issuer),
        issued=say_day(document.issued),
        effective=say_day(document.effective),
        name_in_full=document.title,
        abstract=document.abstract,
        force=FORCE[document.status],
        confidence=CONFIDENCE[document.confidence],
        note=document.note,
        uses=uses,
        file=copy_uri(document.file) if document.file else "",
    )


def _describe_row(project: Project, document: Document) -> DocumentRow:
    return DocumentRow(
        link=Link(name_document(document), document_uri(document.id)),
        form=document.form,
        name_in_full=document.title,
        issuer=say_body(project, document.issuer),
        issued=say_day(document.issued),
        force=FORCE[document.status],
        confidence=CONFIDENCE[document.confidence],
    )
