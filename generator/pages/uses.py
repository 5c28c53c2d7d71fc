"""Which parts of the site serve a plan's place, and which cite a document: an index, made once for all pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import addresses
from generator.addresses import Part
from generator.pages.links import Link, Links, link_plan
from generator.project import CampaignFolder, Project


@dataclass(frozen=True)
class Uses:
    """`serves`: plan reference → links to what serves it; `cites`: document id → links to what cites it."""

    serves: Mapping[str, Links]
    cites: Mapping[str, Links]

    def of_place(self, plan_id: str, at: str) -> Links:
        """Return the links to everything that serves one place of a plan."""
        return self.serves.get(f"{plan_id}:{at}", ())

    def of_document(self, document_id: str) -> Links:
        """Return the links to everything that cites a document."""
        return self.cites.get(document_id, ())


@dataclass(frozen=True)
class _Use:
    """A part of the site, its sources, and the places of plans that it serves."""

    link: Link
    sources: Sequence[str] = ()
    serves: Sequence[str] = ()


def find_uses(project: Project) -> Uses:
    """Return the index of the whole project."""
    serves: dict[str, dict[Link, None]] = {}
    cites: dict[str, dict[Link, None]] = {}
    for use in _walk(project):
        for place in use.serves:
            serves.setdefault(place, {})[use.link] = None
        for reference in use.sources:
            cites.setdefault(reference.partition(":")[0], {})[use.link] = None
    return Uses(_freeze(serves), _freeze(cites))


def _freeze(table: dict[str, dict[Link, None]]) -> dict[str, Links]:
    return {key: tuple(links) for key, links in table.items()}


def _walk(project: Project) -> Iterator[_Use]:
    for folder in project.campaigns.values():
        yield from _walk_campaign(folder)
    for name, hazard in project.hazards.items():
        link = Link(f"Nguy cơ: {hazard.front.title}", addresses.hazard_uri(name))
        yield _Use(link, hazard.front.source, hazard.front.serves)
    for name, audience in project.audiences.items():
        link = Link(f"Đối tượng: {audience.front.people}", addresses.audience_uri(name))
        yield _Use(link, audience.front.source, audience.front.serves)
    for name, plan in project.plans.items():
        page = link_plan(project, name)
        yield _Use(page, plan.implements)
        for cite in plan.cites:
            link = Link(f"{page.label}, mục {cite.at}", page.uri, addresses.place_anchor(cite.at))
            yield _Use(link, [cite.document])


def _walk_campaign(folder: CampaignFolder) -> Iterator[_Use]:
    campaign = folder.campaign

    def link(words: str, part: Part = Part.OVERVIEW, anchor: str = "") -> Link:
        return link_to(words, addresses.campaign_uri(folder.id, part), anchor)

    def link_to(words: str, uri: str, anchor: str = "") -> Link:
        return Link(f"{campaign.short_name}: {words}", uri, anchor)

    yield _Use(link("căn cứ", anchor=addresses.BASIS_ANCHOR), campaign.documents)
    yield _Use(link("chủ đề"), campaign.subject.source)
    slogan_sources = [reference for slogan in campaign.slogans for reference in slogan.source]
    yield _Use(link("khẩu hiệu", anchor=addresses.SLOGANS_ANCHOR), slogan_sources)
    for message in campaign.messages:
        anchor = addresses.message_anchor(message.id)
        yield _Use(link(f"thông điệp “{message.title}”", anchor=anchor), message.source, message.serves)
    for target in campaign.targets:
        anchor = addresses.target_anchor(target.id)
        yield _Use(link(f"chỉ tiêu “{target.subject}”", Part.TARGETS, anchor), target.source, target.serves)
    for event in campaign.events:
        anchor = addresses.event_anchor(event.id)
        yield _Use(link(f"lịch “{event.title}”", Part.CALENDAR, anchor), event.source, event.serves)
    for task in campaign.assignments:
        anchor = addresses.body_anchor(task.body)
        yield _Use(link("phân công", Part.ASSIGNMENTS, anchor), task.source, task.source)
    for name, topic in folder.topics.items():
        uri = addresses.topic_uri(folder.id, name)
        yield _Use(link_to(topic.front.title, uri), topic.front.source, topic.front.serves)
    for name, script in folder.scripts.items():
        uri = addresses.script_uri(folder.id, name)
        words = f"bài phát thanh {script.front.minutes} phút"
        yield _Use(link_to(words, uri), script.front.source, script.front.serves)
