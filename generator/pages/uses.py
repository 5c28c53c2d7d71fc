"""Which parts of the site serve a plan's place, and which cite a document.

Comes in: a Project. Goes out: a Uses index, made once for all pages. Used by this folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.pages.links import Link, campaign_uri, place_anchor
from generator.project import CampaignFolder, Project


@dataclass(frozen=True)
class Uses:
    """`serves`: plan reference → links to what serves it; `cites`: document id → links to what cites it."""

    serves: dict[str, list[Link]]
    cites: dict[str, list[Link]]

    def of_place(self, plan_id: str, at: str) -> list[Link]:
        """Return the links to everything that serves one place of a plan."""
        return self.serves.get(f"{plan_id}:{at}", [])


#: A part of the site, its sources, and the plan places it serves.
Part = tuple[Link, Sequence[str], Sequence[str]]


def find_uses(project: Project) -> Uses:
    """Return the index of the whole project."""
    serves: dict[str, list[Link]] = {}
    cites: dict[str, list[Link]] = {}
    for link, sources, places in _parts(project):
        for place in places:
            _add(serves, place, link)
        for reference in sources:
            _add(cites, reference.partition(":")[0], link)
    return Uses(serves, cites)


def _add(table: dict[str, list[Link]], key: str, link: Link) -> None:
    links = table.setdefault(key, [])
    if link not in links:
        links.append(link)


def _parts(project: Project) -> Iterator[Part]:
    for folder in project.campaigns.values():
        yield from _campaign_parts(folder)
    for name, hazard in project.hazards.items():
        yield Link(f"Nguy cơ: {hazard.front.title}", f"nguy-co/{name}.md"), hazard.front.source, hazard.front.serves
    for name, text in project.audiences.items():
        yield Link(f"Đối tượng: {text.front.people}", f"doi-tuong/{name}.md"), text.front.source, text.front.serves
    for plan_id, plan in project.plans.items():
        page = Link(plan.short_title, f"ke-hoach/{plan_id}.md")
        yield page, plan.implements, ()
        for cite in plan.cites:
            yield Link(f"{plan.short_title}, mục {cite.at}", page.uri, place_anchor(cite.at)), [cite.document], ()


def _campaign_parts(folder: CampaignFolder) -> Iterator[Part]:
    campaign, name = folder.campaign, folder.campaign.short_name

    def link(words: str, part: str = "index", anchor: str = "") -> Link:
        return Link(f"{name}: {words}", campaign_uri(folder.id, part), anchor)

    yield link("căn cứ", anchor="can-cu"), campaign.documents, ()
    yield link("chủ đề"), campaign.subject.source, ()
    yield link("khẩu hiệu", anchor="khau-hieu"), _all(slogan.source for slogan in campaign.slogans), ()
    for message in campaign.messages:
        yield link(f"thông điệp “{message.title}”", anchor=f"thong-diep-{message.id}"), message.source, message.serves
    for target in campaign.targets:
        yield link(f"chỉ tiêu “{target.subject}”", "chi-tieu", f"chi-tieu-{target.id}"), target.source, target.serves
    for event in campaign.events:
        yield link(f"lịch “{event.title}”", "lich", f"su-kien-{event.id}"), event.source, event.serves
    for task in campaign.assignments:
        yield link("phân công", "phan-cong", f"co-quan-{task.body}"), task.source, task.source
    for key, topic in folder.topics.items():
        yield link(topic.front.title, f"noi-dung/{key}"), topic.front.source, topic.front.serves
    for key, script in folder.scripts.items():
        yield link(f"bài phát thanh {script.front.minutes} phút", f"phat-thanh/{key}"), script.front.source, script.front.serves  # fmt: skip


def _all(groups: Iterable[Sequence[str]]) -> list[str]:
    return [reference for group in groups for reference in group]
