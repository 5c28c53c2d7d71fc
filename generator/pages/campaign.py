"""The pages of one campaign: overview, topics, audiences, hazards, targets, calendar, library, who does what.

Comes in: a Project, one campaign, the day, the pieces. Goes out: Pages. Called by `make_pages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.model import Event, Slogan
from generator.pages.chart import make_chart
from generator.pages.links import (
    Link,
    calendar_uri,
    campaign_uri,
    entry_uri,
    link_parts,
    link_source,
    link_sources,
    piece_uri,
)  # fmt: skip
from generator.pages.page import Page
from generator.pages.pieces import (
    describe_entry,
    find_share_image,
    group_by_channel,
    group_by_entry,
    previews_of,
)
from generator.pages.words import (
    DIRECTION,
    STATUS,
    describe_body,
    find_state,
    keep_phrases,
    say_body,
)  # fmt: skip
from generator.project import CampaignFolder, Project
from generator.project.names import shorten
from generator.wording.dates import say_day, say_long_day, say_span
from generator.worklist.shape import Piece

#: Pages that only repeat others: kept out of the search index, which every reader fetches.
REPEATS = ("noi-dung/index", "doi-tuong", "nguy-co", "tai-lieu")


def make_campaign_pages(project: Project, folder: CampaignFolder, day: date, pieces: Sequence[Piece]) -> Iterator[Page]:
    """Yield every page of one campaign."""
    maker = _CampaignPages(project, folder, day, pieces)
    yield maker.overview()
    if folder.topics:
        yield maker.topics()
    yield from maker.texts()
    parts = [(folder.campaign.audiences, maker.audiences), (folder.campaign.hazards, maker.hazards),
             (folder.campaign.targets, maker.targets), (folder.campaign.events, maker.calendar),
             (folder.campaign.assignments, maker.assignments)]  # fmt: skip
    for has_some, make in parts:
        if has_some:
            yield make()
    yield maker.library()
    yield from maker.entries()


def describe_campaign(project: Project, folder: CampaignFolder, day: date) -> dict[str, Any]:
    """Return what every page shows of a campaign: names, dates, state on `day`, subject, face."""
    campaign, face = folder.campaign, project.theme.faces[folder.campaign.face]
    state, words = find_state(folder, day)
    return {
        "id": folder.id, "name": keep_phrases(project, campaign.name, folder), "short_name": campaign.short_name, "year": campaign.year,
        "uri": campaign_uri(folder.id), "summary": campaign.summary, "face": campaign.face, "motif": face.motif,
        "lead": face.lead, "subject": keep_phrases(project, campaign.subject.text, folder), "subject_status": STATUS[campaign.subject.status],
        "is_announced": folder.is_announced, "span": say_span(campaign.starts, campaign.ends),
        "starts": campaign.starts.isoformat() if campaign.starts else "",
        "ends": campaign.ends.isoformat() if campaign.ends else "", "state": state, "state_words": words,
        "parts": link_parts(folder),
    }  # fmt: skip


class _CampaignPages:
    def __init__(self, project: Project, folder: CampaignFolder, day: date, pieces: Sequence[Piece]) -> None:
        self.project, self.folder, self.campaign, self.day = project, folder, folder.campaign, day
        self.pieces = previews_of(folder, pieces)
        self.image = find_share_image(folder, self.pieces)
        self.shared = describe_campaign(project, folder, day)

    def page(self, part: str, template: str, title: str, description: str, data: Mapping[str, Any],
             edit_path: str = "") -> Page:  # fmt: skip
        """Return a page of this campaign; `edit_path` defaults to campaign.yml."""
        uri = campaign_uri(self.folder.id, part)
        here = part if part == "index" or not part.startswith("noi-dung/") else "noi-dung/index"
        current = campaign_uri(self.folder.id, "tai-lieu" if part.startswith("phat-thanh/") else here)
        return Page(uri, f"{template}.md.j2", title, shorten(description, 155),
                    edit_path or f"campaigns/{self.folder.id}/campaign.yml", self.folder.id, self.image,
                    is_searchable=part not in REPEATS, data={"campaign": self.shared, "current": current, **data})  # fmt: skip

    def overview(self) -> Page:
        """Return the campaign's front page."""
        campaign, project = self.campaign, self.project
        data = {
            "subject_sources": link_sources(project, campaign.subject.source),
            "slogans": [self._slogan(slogan) for slogan in self.folder.slogans.values() if slogan.id != "chu-de"],
            "messages": [{"id": message.id, "title": message.title, "text": message.text,
                          "sources": link_sources(project, message.source)} for message in campaign.messages],
            "documents": [{"link": link_source(project, name), "title": project.documents[name].title}
                          for name in campaign.documents],
            "topics": [self._topic(name) for name in self.folder.topics],
            "plans": [Link(project.plans[name].short_title, f"ke-hoach/{name}.md") for name in campaign.plans],
            "cards": [card for group in group_by_channel(project, self.pieces) for card in group["cards"][:1]][:6],
            "count": len(group_by_entry(self.pieces)),
            "photos": [photo.model_dump() for photo in campaign.photos],
        }  # fmt: skip
        return self.page("index", "campaign", campaign.name, campaign.summary, data)

    def _slogan(self, slogan: Slogan) -> dict[str, Any]:
        return {"text": keep_phrases(self.project, slogan.text, self.folder), "status": slogan.status, "status_words": STATUS[slogan.status],
                "sources": link_sources(self.project, slogan.source)}  # fmt: skip

    def _topic(self, name: str) -> dict[str, Any]:
        front = self.folder.topics[name].front
        return {"link": Link(front.title, campaign_uri(self.folder.id, f"noi-dung/{name}")), "summary": front.summary}

    def topics(self) -> Page:
        """Return the list of topics."""
        data = {"topics": [self._topic(name) for name in self.folder.topics]}
        return self.page("noi-dung/index", "topics", f"Nội dung – {self.campaign.short_name}",
                         f"Các chuyên đề của {self.campaign.name}.", data)  # fmt: skip

    def texts(self) -> Iterator[Page]:
        """Yield a page per topic and per loudspeaker script."""
        topics = list(self.folder.topics)
        for number, name in enumerate(topics):
            entry = self.folder.topics[name]
            data = {"title": keep_phrases(self.project, entry.front.title, self.folder), "summary": entry.front.summary, "points": entry.front.points,
                    "body": entry.body, "number": number + 1,
                    "sources": link_sources(self.project, entry.front.source),
                    "serves": link_sources(self.project, entry.front.serves),
                    "others": [self._topic(other)["link"] for other in topics if other != name]}  # fmt: skip
            yield self.page(
                f"noi-dung/{name}", "topic", entry.front.title, entry.front.summary, data, entry.source.path
            )
        for name, script in self.folder.scripts.items():
            files = [
                piece_uri(piece.path)
                for piece in self.pieces
                if piece.format == "txt" and ("script", name) in piece.holds
            ]
            data = {"title": script.front.title, "minutes": script.front.minutes, "body": script.body, "files": files,
                    "syllables": len(script.body.split()), "sources": link_sources(self.project, script.front.source)}  # fmt: skip
            yield self.page(f"phat-thanh/{name}", "script", f"Bài phát thanh {script.front.minutes} phút: {script.front.title}",
                            f"Bài phát thanh {script.front.minutes} phút của {self.campaign.name}.", data,
                            script.source.path)  # fmt: skip

    def audiences(self) -> Page:
        """Return the tiles of the people addressed."""
        found = [(name, self.project.audiences[name].front) for name in self.campaign.audiences]
        data = {"audiences": [{"link": Link(front.people, f"doi-tuong/{name}.md"), "summary": front.summary,
                               "points": front.points[:3]} for name, front in found]}  # fmt: skip
        return self.page("doi-tuong", "campaign-audiences", f"Đối tượng – {self.campaign.short_name}",
                         f"{self.campaign.name} nói với ai và nói điều gì.", data)  # fmt: skip

    def hazards(self) -> Page:
        """Return the hazards with what to do and to avoid."""
        found = [(name, self.project.hazards[name].front) for name in self.campaign.hazards]
        data = {"hazards": [{"link": Link(front.title, f"nguy-co/{name}.md"), "summary": front.summary,
                             "do": front.do[:2], "avoid": front.avoid[:2]} for name, front in found]}  # fmt: skip
        return self.page("nguy-co", "campaign-hazards", f"Nguy cơ – {self.campaign.short_name}",
                         f"Các nguy cơ mà {self.campaign.name} nhắc: việc phải làm, điều không được làm.", data)  # fmt: skip

    def targets(self) -> Page:
        """Return the targets with an illustration of what they come to."""
        rows = [{**target.model_dump(exclude={"source", "serves", "direction"}),
                 "direction": DIRECTION[target.direction], "sign": target.direction,
                 "sources": link_sources(self.project, target.source)} for target in self.campaign.targets]  # fmt: skip
        return self.page("chi-tieu", "targets", f"Chỉ tiêu – {self.campaign.short_name}",
                         f"Những con số mà {self.campaign.name} hướng tới, kèm nguồn.",
                         {"targets": rows, "chart": make_chart(self.campaign.targets)})  # fmt: skip

    def calendar(self) -> Page:
        """Return the calendar; events with a day stand in its .ics file too."""
        dated = sorted(
            (e for e in self.campaign.events if e.starts), key=lambda e: (e.starts or self.day, e.time or "")
        )
        data = {"dated": [self._event(event) for event in dated], "ics": calendar_uri(self.folder.id) if dated else "",
                "undated": [self._event(event) for event in self.campaign.events if not event.starts]}  # fmt: skip
        return self.page("lich", "calendar", f"Lịch – {self.campaign.short_name}",
                         f"Lịch hoạt động của {self.campaign.name}.", data)  # fmt: skip

    def _event(self, event: Event) -> dict[str, Any]:
        starts = event.starts
        return {"id": event.id, "title": event.title, "place": event.place, "note": event.note, "time": event.time or "", "when": event.when,
                "body": say_body(self.project, event.body), "status": event.status, "status_words": STATUS[event.status],
                "sources": link_sources(self.project, event.source),
                "starts": starts.isoformat() if starts else "", "ends": (event.ends or starts or self.day).isoformat(),
                "day": f"{starts.day:02d}" if starts else "", "month": f"tháng {starts.month}/{starts.year}" if starts else "",
                "until": say_day(event.ends) if event.ends and event.ends != starts else "",
                "long_day": say_long_day(starts) if starts else ""}  # fmt: skip

    def assignments(self) -> Page:
        """Return who does what, by body, in the order of first mention."""
        bodies: dict[str, list[dict[str, Any]]] = {}
        for task in self.campaign.assignments:
            bodies.setdefault(task.body, []).append(
                {"text": task.text, "sources": link_sources(self.project, task.source)}
            )
        data = {"bodies": [{**describe_body(self.project, name), "tasks": tasks} for name, tasks in bodies.items()]}
        return self.page("phan-cong", "assignments", f"Phân công – {self.campaign.short_name}",
                         f"Cơ quan nào làm việc gì trong {self.campaign.name}.", data)  # fmt: skip

    def library(self) -> Page:
        """Return the materials library of the campaign."""
        scripts = [{"link": Link(script.front.title, campaign_uri(self.folder.id, f"phat-thanh/{name}")),
                    "minutes": script.front.minutes} for name, script in self.folder.scripts.items()]  # fmt: skip
        data = {"groups": group_by_channel(self.project, self.pieces), "scripts": scripts}
        return self.page("tai-lieu", "library", f"Tài liệu – {self.campaign.short_name}",
                         f"Băng rôn, áp phích, tờ gấp, ảnh mạng xã hội, bài phát thanh của {self.campaign.name}.", data)  # fmt: skip

    def entries(self) -> Iterator[Page]:
        """Yield a page per entry, where the QR code of its pieces leads; lists name it, so the search need not."""
        for entry in group_by_entry(self.pieces):
            shown = describe_entry(self.project, entry)
            shown["headline"] = keep_phrases(self.project, shown["title"], self.folder)
            yield Page(entry_uri(entry[0]), "entry.md.j2", f"{shown['kind']}: {shown['title']}", shorten(shown["alt"], 155),
                       f"campaigns/{self.folder.id}/campaign.yml", self.folder.id, self.image, is_searchable=False,
                       data={"campaign": self.shared, "current": campaign_uri(self.folder.id, "tai-lieu"), "entry": shown})  # fmt: skip
