"""The texts of a campaign: the list of its topics, a page per topic, a page per loudspeaker script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.addresses import Part, piece_uri, script_uri, topic_uri
from generator.pages.campaign import CampaignContext, CampaignPage, tile_topics
from generator.pages.links import Links, Tile, link_sources, link_topic
from generator.pages.page import Page
from generator.pages.words import keep_phrases
from generator.wording.blocks import read_blocks, words_of_blocks


@dataclass(frozen=True)
class TopicsPage(CampaignPage):
    """The list of topics."""

    template = "topics.md.j2"
    is_searchable = False
    topics: tuple[Tile, ...]


@dataclass(frozen=True)
class TopicPage(CampaignPage):
    """One topic; `headline` is its name in letters that break by phrase."""

    template = "topic.md.j2"
    name: str
    headline: str
    summary: str
    points: tuple[str, ...]
    body: str
    sources: Links
    serves: Links
    others: Links


@dataclass(frozen=True)
class ScriptPage(CampaignPage):
    """One loudspeaker script, and its plain text files."""

    template = "script.md.j2"
    name: str
    minutes: int
    syllables: int
    body: str
    files: tuple[str, ...]
    sources: Links


def make_text_pages(context: CampaignContext) -> Iterator[Page]:
    """Yield the list of topics, then a page per topic and per script."""
    folder = context.folder
    if folder.topics:
        yield context.page(TopicsPage(context.view, context.uri(Part.TOPICS), tile_topics(folder)))
    for name in folder.topics:
        yield _make_topic(context, name)
    for name in folder.scripts:
        yield _make_script(context, name)


def _make_topic(context: CampaignContext, name: str) -> Page:
    project, folder, topic = context.project, context.folder, context.folder.topics[name]
    data = TopicPage(
        campaign=context.view,
        current=context.uri(Part.TOPICS),
        name=topic.front.title,
        headline=keep_phrases(project, topic.front.title, folder),
        summary=topic.front.summary,
        points=tuple(topic.front.points),
        body=topic.body,
        sources=link_sources(project, topic.front.source),
        serves=link_sources(project, topic.front.serves),
        others=tuple(link_topic(folder, other) for other in folder.topics if other != name),
    )
    return context.page(data, topic_uri(folder.id, name), topic.source.path)


def _make_script(context: CampaignContext, name: str) -> Page:
    folder, script = context.folder, context.folder.scripts[name]
    texts = [piece for piece in context.previews if piece.format == "txt" and ("script", name) in piece.holds]
    data = ScriptPage(
        campaign=context.view,
        current=context.uri(Part.LIBRARY),
        name=script.front.title,
        minutes=script.front.minutes,
        syllables=sum(len(words.split()) for words in words_of_blocks(read_blocks(script.body))),
        body=script.body,
        files=tuple(piece_uri(piece.path) for piece in texts),
        sources=link_sources(context.project, script.front.source),
    )
    return context.page(data, script_uri(folder.id, name), script.source.path)
