"""Pages that belong to no single campaign: home, lists, audiences, hazards, library, contact.

Comes in: a Project, the day, the pieces. Goes out: Pages. Called by `make_pages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from generator.pages.campaign import describe_campaign
from generator.pages.links import (
    AUDIENCES,
    CAMPAIGNS,
    CONTACT,
    HAZARDS,
    HOME,
    LIBRARY,
    Link,
    campaign_uri,
    link_sources,
)  # fmt: skip
from generator.pages.page import Page
from generator.pages.pieces import find_share_image, group_by_channel, group_by_entry, previews_of
from generator.pages.words import find_state
from generator.project import CampaignFolder, Project
from generator.project.names import shorten
from generator.worklist.shape import Piece

#: What is shown first: running now, then what runs all year, then the next to come, then the last one that ran.
#: `loa.js` keeps the same order for the reader's own date.
ORDER = ("on", "standing", "next", "past")
#: How many materials of each campaign the home page shows.
EACH = 3
EDIT_ORGANISATION = "campaigns/organisation.yml"


def make_shared_pages(project: Project, day: date, pieces: Sequence[Piece]) -> Iterator[Page]:
    """Yield home, the lists of campaigns and materials, contact, and the audience and hazard pages."""
    folders = sort_campaigns(project, day)
    described = [describe_campaign(project, folder, day) for folder in folders]
    image = next((found for folder in folders if (found := find_share_image(folder, pieces))), "")
    yield _home(project, described, image, folders, pieces)
    yield Page(CAMPAIGNS, "campaigns.md.j2", "Chiến dịch", "Các chiến dịch tuyên truyền: đang diễn ra, sắp tới, đã kết thúc.",
               EDIT_ORGANISATION, image=image, data={"campaigns": described})  # fmt: skip
    yield _library(project, folders, described, pieces, image)
    yield Page(CONTACT, "contact.md.j2", "Liên hệ", f"Liên hệ {project.organisation.name}.", EDIT_ORGANISATION, image=image,
               data={"organisation": project.organisation.model_dump(exclude={"source"})})  # fmt: skip
    yield from _hazards(project, image)
    yield from _audiences(project, image)


def sort_campaigns(project: Project, day: date) -> list[CampaignFolder]:
    """Return the campaigns in the order they matter on `day`; among those to come the nearest, among past the latest."""

    def key(folder: CampaignFolder) -> tuple[int, int, str]:
        starts = folder.campaign.starts or day
        state = find_state(folder, day)[0]
        return ORDER.index(state), abs((starts - day).days), folder.id

    return sorted(project.campaigns.values(), key=key)


def place_campaigns(described: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the campaigns (sorted) with their place at home: all that are first alike in `now`, coming ones in `next`."""

    def place(campaign: dict[str, Any]) -> str:
        lead = described[0]
        is_same_day = lead["state"] in ("on", "standing") or campaign["starts"] == lead["starts"]
        if campaign["state"] == lead["state"] and is_same_day:
            return "now"
        return "next" if campaign["state"] == "next" else "rest"

    return [{**campaign, "place": place(campaign)} for campaign in described]


def _home(project: Project, described: list[dict[str, Any]], image: str, folders: Sequence[CampaignFolder],
          pieces: Sequence[Piece]) -> Page:  # fmt: skip
    cards = [card for folder in folders for group in group_by_channel(project, previews_of(folder, pieces))[:EACH]
             for card in group["cards"][:1]]  # fmt: skip
    data = {
        "campaigns": place_campaigns(described), "cards": cards[: 2 * EACH], "count": len(group_by_entry(pieces)),
        "hazards": [Link(entry.front.title, f"nguy-co/{name}.md") for name, entry in project.hazards.items()],
        "organisation": project.organisation.name,
    }  # fmt: skip
    return Page(HOME, "home.md.j2", project.organisation.name,
                "Tuyên truyền an toàn, vệ sinh lao động: chiến dịch, nội dung, nguy cơ cần tránh, tài liệu tải về.",
                EDIT_ORGANISATION, image=image, data=data)  # fmt: skip


def _library(project: Project, folders: Sequence[CampaignFolder], described: Sequence[dict[str, Any]],
             pieces: Sequence[Piece], image: str) -> Page:  # fmt: skip
    shelves = [{"campaign": campaign, "uri": campaign_uri(folder.id, "tai-lieu"),
                "count": len(group_by_entry(previews_of(folder, pieces))), "scripts": len(folder.scripts),
                "groups": [{"channel": group["channel"], "count": len(group["cards"]), "id": group["id"],
                            "card": group["cards"][0]} for group in group_by_channel(project, previews_of(folder, pieces))]}
               for folder, campaign in zip(folders, described, strict=True)]  # fmt: skip
    shelves.sort(key=lambda shelf: not shelf["count"])
    return Page(LIBRARY, "shelves.md.j2", "Kho tài liệu", "Mọi ấn phẩm của các chiến dịch, xem trước và tải về.",
                EDIT_ORGANISATION, image=image, data={"shelves": shelves})  # fmt: skip


def _campaigns_with(project: Project, register: str, name: str) -> list[Link]:
    return [Link(folder.campaign.short_name, campaign_uri(folder.id)) for folder in project.campaigns.values()
            if name in getattr(folder.campaign, register)]  # fmt: skip


def _hazards(project: Project, image: str) -> Iterator[Page]:
    sectors = {term.id: term.name for term in project.terms.sectors}
    tiles = []
    for name, entry in project.hazards.items():
        front = entry.front
        tiles.append({"link": Link(front.title, f"nguy-co/{name}.md"), "summary": front.summary})
        data = {**front.model_dump(include={"title", "summary", "signs", "do", "avoid", "emergency"}), "body": entry.body,
                "id": name, "sectors": [sectors.get(sector, sector) for sector in front.sectors],
                "sources": link_sources(project, front.source), "serves": link_sources(project, front.serves),
                "campaigns": _campaigns_with(project, "hazards", name)}  # fmt: skip
        yield Page(f"nguy-co/{name}.md", "hazard.md.j2", front.title, shorten(front.summary, 155), entry.source.path,
                   image=image, data=data)  # fmt: skip
    yield Page(HAZARDS, "hazards.md.j2", "Nguy cơ và cách phòng tránh", "Dấu hiệu nhận biết, việc phải làm, điều không được làm.",
               "campaigns/terms.yml", image=image, data={"tiles": tiles})  # fmt: skip


def _audiences(project: Project, image: str) -> Iterator[Page]:
    tiles = []
    for name, entry in project.audiences.items():
        front = entry.front
        tiles.append({"link": Link(front.people, f"doi-tuong/{name}.md"), "summary": front.summary})
        data = {**front.model_dump(include={"title", "summary", "people", "points"}), "body": entry.body,
                "sources": link_sources(project, front.source), "serves": link_sources(project, front.serves),
                "campaigns": _campaigns_with(project, "audiences", name)}  # fmt: skip
        yield Page(f"doi-tuong/{name}.md", "audience.md.j2", front.title, shorten(front.summary, 155), entry.source.path,
                   image=image, data=data)  # fmt: skip
    yield Page(AUDIENCES, "audiences.md.j2", "Dành cho ai", "Mỗi nhóm người một trang: quyền, nghĩa vụ, việc nên làm.",
               "campaigns/terms.yml", image=image, data={"tiles": tiles})  # fmt: skip
