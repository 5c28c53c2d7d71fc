"""Addresses of the website's pages, and what a source reference such as `001:II.4` is called and where it leads.

Comes in: ids and references. Goes out: Markdown source paths (`nguy-co/nga-cao.md`) and Links. Used by this folder.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.project import CampaignFolder, Project
from generator.project.names import name_source
from generator.worklist import Piece
from generator.worklist.pieces import entry_address

HOME, CAMPAIGNS, LIBRARY = "index.md", "chien-dich/index.md", "tai-lieu/index.md"
AUDIENCES, HAZARDS = "doi-tuong/index.md", "nguy-co/index.md"
PLANS, DOCUMENTS, CONTACT = "ke-hoach/index.md", "van-ban/index.md", "lien-he.md"
#: Pages that stand in the navigation; everything else is reached through them (a nav of 1,000 pages costs minutes).
LANDING = (HOME, CAMPAIGNS, LIBRARY, HAZARDS, AUDIENCES, PLANS, DOCUMENTS, CONTACT)


class Link(NamedTuple):
    """A link inside the site: its words, the page's Markdown path, and an anchor on that page."""

    label: str
    uri: str
    anchor: str = ""


def campaign_uri(campaign: str, part: str = "index") -> str:
    """Return the page of a campaign's part: index, noi-dung/<topic>, doi-tuong, nguy-co, chi-tieu, lich …"""
    return f"chien-dich/{campaign}/{part}.md"


def document_uri(file: str) -> str:
    """Return the path of a document's stored copy."""
    return f"van-ban/{file}"


def calendar_uri(campaign: str) -> str:
    """Return the path of the campaign's calendar file."""
    return f"chien-dich/{campaign}/lich.ics"


def piece_uri(path: str) -> str:
    """Return where the website keeps a piece whose path in build/ is `path`."""
    return f"an-pham/{path}"


def entry_uri(piece: Piece) -> str:
    """Return the page of the entry that a piece belongs to: where the QR code on it leads."""
    return f"{entry_address(piece.campaign, piece.entry)}index.md"


def thumbnail_uri(path: str, number: int) -> str:
    """Return where the website keeps the picture of page `number` (from 1) of a piece."""
    return f"an-pham/{path.rpartition('.')[0]}-{number}.webp"


def place_anchor(at: str) -> str:
    """Return the anchor of a plan's place: `II.2(2)-1` → `muc-ii.2_2-1` (distinct for distinct places)."""
    return "muc-" + at.lower().replace("(", "_").replace(")", "")


def link_source(project: Project, reference: str) -> Link:
    """Return the link of `001:II.4`, of a document id or of `document-id:Điều 16`."""
    head, _, place = reference.partition(":")
    name = name_source(project.plans, project.documents, reference)
    if head in project.plans:
        return Link(name, f"ke-hoach/{head}.md", place_anchor(place))
    return Link(name, f"van-ban/{head}.md" if head in project.documents else "")


def link_sources(project: Project, references: list[str]) -> list[Link]:
    """Return the links of several references, in their order."""
    return [link_source(project, reference) for reference in references]


def link_parts(folder: CampaignFolder) -> list[Link]:
    """Return the campaign's own menu: only the parts that hold something."""
    campaign = folder.campaign
    parts = [("index", "Tổng quan", True), ("noi-dung/index", "Nội dung", folder.topics),
             ("doi-tuong", "Đối tượng", campaign.audiences), ("nguy-co", "Nguy cơ", campaign.hazards),
             ("chi-tieu", "Chỉ tiêu", campaign.targets), ("lich", "Lịch", campaign.events),
             ("tai-lieu", "Tài liệu", True), ("phan-cong", "Phân công", campaign.assignments)]  # fmt: skip
    return [Link(label, campaign_uri(folder.id, part)) for part, label, is_there in parts if is_there]
