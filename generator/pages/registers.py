"""Pages of the official plans (every requirement with its place and where it is served) and of the document register.

Comes in: a Project, the Uses index, the pieces. Goes out: Pages. Called by `make_pages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.model import Document, Plan
from generator.pages.links import (
    DOCUMENTS,
    PLANS,
    Link,
    campaign_uri,
    document_uri,
    link_source,
    place_anchor,
)  # fmt: skip
from generator.pages.page import Page
from generator.pages.uses import Uses
from generator.pages.words import CONFIDENCE, DIRECTION, FORCE, describe_body, say_body
from generator.project import Project
from generator.project.names import name_document, shorten
from generator.wording.dates import say_day
from generator.worklist.shape import Piece

#: The lists of a plan, in the order people read it.
SORTS = (
    ("aims", "Mục đích, yêu cầu"), ("targets", "Chỉ tiêu"), ("contents", "Nội dung, nhiệm vụ, giải pháp"),
    ("channels", "Kênh, hình thức"), ("spots", "Địa điểm"), ("audiences", "Đối tượng"), ("hazards", "Nguy cơ"),
    ("sectors", "Ngành, lĩnh vực"), ("machines", "Máy, thiết bị"), ("tasks", "Phân công"),
    ("deadlines", "Chế độ báo cáo"), ("cites", "Văn bản viện dẫn"), ("recipients", "Nơi nhận"),
)  # fmt: skip


def make_plan_pages(project: Project, uses: Uses, pieces: Sequence[Piece]) -> Iterator[Page]:
    """Yield the list of plans and a page per plan."""
    rows = _Rows(project, uses, pieces)
    tiles = []
    for plan_id, plan in project.plans.items():
        sorts = [
            {"id": sort, "name": name, "rows": found}
            for sort, name in SORTS
            if (found := rows.make(plan_id, plan, sort))
        ]
        facts = _plan_facts(project, plan)
        tiles.append({**facts, "link": Link(plan.short_title, f"ke-hoach/{plan_id}.md"),
                      "count": sum(len(sort["rows"]) for sort in sorts)})  # fmt: skip
        fixed = _anchor_once(sorts)
        data = {**facts, "sorts": sorts, "fixed": fixed, "implements": [link_source(project, name) for name in plan.implements],
                "campaigns": [Link(folder.campaign.short_name, campaign_uri(folder.id))
                              for folder in project.campaigns_of(plan_id)]}  # fmt: skip
        yield Page(f"ke-hoach/{plan_id}.md", "plan.md.j2", plan.short_title, shorten(f"{plan.form}: {plan.title}", 155),
                   f"campaigns/plans/{plan_id}.yml", data=data)  # fmt: skip
    yield Page(PLANS, "plans.md.j2", "Kế hoạch", "Các kế hoạch, chương trình mà chiến dịch phục vụ: từng yêu cầu, từng chỗ đã đáp ứng.",
               "campaigns/plans", data={"tiles": tiles})  # fmt: skip


def _plan_facts(project: Project, plan: Plan) -> dict[str, Any]:
    return {"id": plan.id, "form": plan.form, "number": plan.number, "title": plan.title, "short_title": plan.short_title,
            "issuer": say_body(project, plan.issuer), "date": say_day(plan.date), "note": plan.note,
            "signer": f"{plan.signer.title} {plan.signer.name}" if plan.signer else ""}  # fmt: skip


def _anchor_once(sorts: Sequence[dict[str, Any]]) -> list[str]:
    """Give each place its anchor at the first row that stands there: an id may stand once on a page.

    The title's anchor is the template's; returned are those of the opening and the recipients when no row has them.
    """
    seen = {place_anchor("T")}
    for row in (row for sort in sorts for row in sort["rows"]):
        anchor = place_anchor(row["at"])
        row["anchor"] = "" if anchor in seen else anchor
        seen.add(anchor)
    return [anchor for anchor in map(place_anchor, ("0", "NN")) if anchor not in seen]


class _Rows:
    """Makes the rows of a plan's lists: place, head, text, where it is served."""

    def __init__(self, project: Project, uses: Uses, pieces: Sequence[Piece]) -> None:
        self.project, self.uses = project, uses
        self.made: dict[str, list[Link]] = {}
        for piece in pieces:
            folder = project.campaigns[piece.campaign]
            link = Link(
                f"{folder.campaign.short_name}: tài liệu", campaign_uri(folder.id, "tai-lieu"), f"kenh-{piece.channel}"
            )
            if link not in self.made.setdefault(piece.channel, []):
                self.made[piece.channel].append(link)

    def make(self, plan_id: str, plan: Plan, sort: str) -> list[dict[str, Any]]:
        """Return the rows of one list."""
        return [self._row(plan_id, sort, row) for row in getattr(plan, sort)]

    def _row(self, plan_id: str, sort: str, row: Any) -> dict[str, Any]:
        text = str(getattr(row, "text", ""))
        head, body_id = self._head(sort, row), getattr(row, "body", "")
        body = describe_body(self.project, body_id) if body_id else {"successor": ""}
        served = list(self.uses.of_place(plan_id, row.at))
        if sort == "channels":
            served = [*self.made.get(row.channel, []), *served]
        return {"at": row.at, "head": head, "text": "" if text == head else text, "link": self._link(sort, row),
                "successor": body["successor"], "served": served,
                "due": getattr(row, "due", "")}  # fmt: skip

    def _head(self, sort: str, row: Any) -> str:
        if sort == "contents":
            return str(row.title)
        if sort == "channels":
            return self.project.theme.channels[row.channel].name
        if sort in ("audiences", "hazards", "sectors"):
            return self.project.term(sort, getattr(row, sort[:-1]))
        if sort in ("tasks", "deadlines"):
            return say_body(self.project, row.body)
        if sort == "targets":
            parts = [
                row.subject + ":",
                DIRECTION[row.direction],
                row.qualifier,
                row.figure + row.unit,
                row.by and f"đến năm {row.by}",
            ]
            return " ".join(filter(None, parts))
        if sort == "cites":
            return name_document(self.project.documents[row.document])
        return str(getattr(row, "name", ""))

    def _link(self, sort: str, row: Any) -> str:
        if sort == "hazards" and row.hazard in self.project.hazards:
            return f"nguy-co/{row.hazard}.md"
        if sort == "audiences" and row.audience in self.project.audiences:
            return f"doi-tuong/{row.audience}.md"
        return f"van-ban/{row.document}.md" if sort == "cites" else ""


def make_document_pages(project: Project, uses: Uses) -> Iterator[Page]:
    """Yield the document register and a page per document (fields of Nghị định 42/2022/NĐ-CP)."""
    rows = []
    for name, document in project.documents.items():
        facts = _document_facts(project, document)
        rows.append({**facts, "link": Link(facts["name"], f"van-ban/{name}.md")})
        data = {**facts, "uses": uses.cites.get(name, []), "file": document_uri(document.file) if document.file else ""}
        yield Page(f"van-ban/{name}.md", "document.md.j2", facts["name"], shorten(document.abstract or document.title, 155),
                   "campaigns/documents.yml", data=data)  # fmt: skip
    rows.sort(key=lambda row: (row["issued_iso"], row["name"]), reverse=True)
    yield Page(DOCUMENTS, "documents.md.j2", "Văn bản", "Sổ văn bản: hình thức, số, ký hiệu, ngày, trích yếu, hiệu lực.",
               "campaigns/documents.yml", data={"rows": rows})  # fmt: skip


def _document_facts(project: Project, document: Document) -> dict[str, Any]:
    return {"id": document.id, "name": name_document(document), "form": document.form, "number": document.number,
            "issuer": say_body(project, document.issuer), "issued": say_day(document.issued),
            "issued_iso": document.issued.isoformat() if document.issued else "", "effective": say_day(document.effective),
            "title": document.title, "abstract": document.abstract, "status": document.status,
            "status_words": FORCE[document.status], "confidence": CONFIDENCE[document.confidence], "note": document.note}  # fmt: skip
