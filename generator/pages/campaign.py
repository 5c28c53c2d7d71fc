"""One campaign: what all its pages share, and its front page.

Comes in: a Project, one campaign, the day, the pieces. Goes out: the campaign as every page shows it, and its overview.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.addresses import Part, campaign_uri, message_anchor, photo_uri
from generator.model import Message, Photo, Slogan
from generator.pages.cards import Card, find_share_image, group_by_channel, group_by_entry, previews_of
from generator.pages.links import Link, Links, Tile, link_plan, link_source, link_sources, link_topic
from generator.pages.page import Page, PageData
from generator.pages.words import StatusMark, find_state, keep_phrases, mark_status
from generator.project import SUBJECT_SLOGAN, CampaignFolder, Project
from generator.wording.dates import say_span
from generator.worklist.shape import Piece

#: How many materials the overview shows, each of another channel.
MOST_CARDS = 6


@dataclass(frozen=True)
class CampaignView:
    """What every page shows of a campaign; `headline` and `subject` are big letters that break by phrase."""

    id: str
    name: str
    headline: str
    short_name: str
    summary: str
    subject: str
    subject_status: StatusMark
    is_announced: bool
    span: str
    starts: str
    ends: str
    state: str
    state_words: str
    face: str
    motif: str
    lead: str
    uri: str
    library: str
    parts: Links


@dataclass(frozen=True)
class CampaignPage(PageData):
    """What every page of a campaign gets; `current` is the part that its menu marks."""

    campaign: CampaignView
    current: str


@dataclass(frozen=True)
class CampaignContext:
    """One campaign with what the makers of its pages need: its previews, its view, its share picture."""

    project: Project
    folder: CampaignFolder
    previews: Sequence[Piece]
    view: CampaignView
    image: str

    def uri(self, part: Part) -> str:
        """Return the page of a part of this campaign."""
        return campaign_uri(self.folder.id, part)

    def page(self, data: CampaignPage, uri: str = "", edit_path: str = "") -> Page:
        """Return a page of this campaign: by default its current part, written in campaign.yml."""
        return Page(uri or data.current, data, edit_path or f"campaigns/{self.folder.id}/campaign.yml", self.image)


def make_context(project: Project, folder: CampaignFolder, day: date, pieces: Sequence[Piece]) -> CampaignContext:
    """Return a campaign as it stands on `day`, with those of the pieces that the public may have."""
    previews = previews_of(folder, pieces)
    view = describe_campaign(project, folder, day)
    return CampaignContext(project, folder, previews, view, find_share_image(folder, previews))


def describe_campaign(project: Project, folder: CampaignFolder, day: date) -> CampaignView:
    """Return what every page shows of a campaign: names, dates, state on `day`, subject, face, menu."""
    campaign, face = folder.campaign, project.theme.faces[folder.campaign.face]
    state, state_words = find_state(folder, day)
    return CampaignView(
        id=folder.id,
        name=campaign.name,
        headline=keep_phrases(project, campaign.name, folder),
        short_name=campaign.short_name,
        summary=campaign.summary,
        subject=keep_phrases(project, campaign.subject.text, folder),
        subject_status=mark_status(project, campaign.subject.status),
        is_announced=folder.is_announced,
        span=say_span(campaign.starts, campaign.ends),
        starts=campaign.starts.isoformat() if campaign.starts else "",
        ends=campaign.ends.isoformat() if campaign.ends else "",
        state=state,
        state_words=state_words,
        face=campaign.face,
        motif=face.motif,
        lead=face.lead,
        uri=campaign_uri(folder.id),
        library=campaign_uri(folder.id, Part.LIBRARY),
        parts=_link_parts(folder),
    )


def _link_parts(folder: CampaignFolder) -> Links:
    """Return the campaign's own menu: only the parts that hold something."""
    campaign = folder.campaign
    parts = (
        (Part.OVERVIEW, "Tổng quan", True),
        (Part.TOPICS, "Nội dung", bool(folder.topics)),
        (Part.AUDIENCES, "Đối tượng", bool(campaign.audiences)),
        (Part.HAZARDS, "Nguy cơ", bool(campaign.hazards)),
        (Part.TARGETS, "Chỉ tiêu", bool(campaign.targets)),
        (Part.CALENDAR, "Lịch", bool(campaign.events)),
        (Part.LIBRARY, "Tài liệu", True),
        (Part.ASSIGNMENTS, "Phân công", bool(campaign.assignments)),
    )
    return tuple(Link(label, campaign_uri(folder.id, part)) for part, label, is_there in parts if is_there)


@dataclass(frozen=True)
class SloganView:
    """A slogan with its provenance."""

    text: str
    status: StatusMark
    sources: Links


@dataclass(frozen=True)
class MessageView:
    """A message with its provenance."""

    anchor: str
    title: str
    text: str
    sources: Links


@dataclass(frozen=True)
class PhotoView:
    """A photo, with what it shows and who took it."""

    uri: str
    alt: str
    credit: str


@dataclass(frozen=True)
class OverviewPage(CampaignPage):
    """The front page of a campaign."""

    template = "campaign.md.j2"
    subject_sources: Links
    photos: tuple[PhotoView, ...]
    slogans: tuple[SloganView, ...]
    topics: tuple[Tile, ...]
    messages: tuple[MessageView, ...]
    cards: tuple[Card, ...]
    count: int
    documents: tuple[Tile, ...]
    plans: Links


def make_overview(context: CampaignContext) -> Page:
    """Return the front page of a campaign."""
    project, folder, campaign = context.project, context.folder, context.folder.campaign
    own_slogans = [slogan for slogan in folder.slogans.values() if slogan.id != SUBJECT_SLOGAN]
    groups = group_by_channel(project, context.previews)
    data = OverviewPage(
        campaign=context.view,
        current=context.uri(Part.OVERVIEW),
        subject_sources=link_sources(project, campaign.subject.source),
        photos=tuple(_describe_photo(folder, photo) for photo in campaign.photos),
        slogans=tuple(_describe_slogan(context, slogan) for slogan in own_slogans),
        topics=tile_topics(folder),
        messages=tuple(_describe_message(project, message) for message in campaign.messages),
        cards=tuple(group.cards[0] for group in groups[:MOST_CARDS]),
        count=len(group_by_entry(context.previews)),
        documents=tuple(Tile(link_source(project, name), project.documents[name].title) for name in campaign.documents),
        plans=tuple(link_plan(project, plan) for plan in campaign.plans),
    )
    return context.page(data)


def tile_topics(folder: CampaignFolder) -> tuple[Tile, ...]:
    """Return the topics of a campaign with their summaries."""
    return tuple(Tile(link_topic(folder, name), topic.front.summary) for name, topic in folder.topics.items())


def _describe_slogan(context: CampaignContext, slogan: Slogan) -> SloganView:
    text = keep_phrases(context.project, slogan.text, context.folder)
    return SloganView(text, mark_status(context.project, slogan.status), link_sources(context.project, slogan.source))


def _describe_message(project: Project, message: Message) -> MessageView:
    sources = link_sources(project, message.source)
    return MessageView(message_anchor(message.id), message.title, message.text, sources)


def _describe_photo(folder: CampaignFolder, photo: Photo) -> PhotoView:
    return PhotoView(photo_uri(folder.id, photo.file), photo.alt, photo.credit)
