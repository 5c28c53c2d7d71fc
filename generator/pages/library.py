"""What can be fetched: a campaign's library, a page per entry (where QR codes lead), the libraries of all campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.addresses import LANDING, Part, entry_uri, script_uri
from generator.pages.campaign import CampaignContext, CampaignPage, CampaignView
from generator.pages.cards import Card, File, Group, group_by_channel, group_by_entry, list_files, make_card
from generator.pages.links import Link
from generator.pages.page import Page, PageData
from generator.pages.words import keep_phrases
from generator.worklist.shape import Piece


@dataclass(frozen=True)
class ScriptTile:
    """A loudspeaker script and how long it takes to read."""

    link: Link
    minutes: int


@dataclass(frozen=True)
class LibraryPage(CampaignPage):
    """Everything that a campaign offers."""

    template = "library.md.j2"
    is_searchable = False
    groups: tuple[Group, ...]
    scripts: tuple[ScriptTile, ...]


@dataclass(frozen=True)
class EntryPage(CampaignPage):
    """One entry in all its sizes and formats; lists name it, so the search need not."""

    template = "entry.md.j2"
    is_searchable = False
    card: Card
    headline: str
    says: str
    alt: str
    words: tuple[str, ...]
    files: tuple[File, ...]


@dataclass(frozen=True)
class CampaignShelf:
    """What a campaign offers, at a glance: how many materials and scripts, and the first card of each channel."""

    campaign: CampaignView
    count: int
    scripts: int
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class ShelvesPage(PageData):
    """The libraries of all campaigns."""

    template = "shelves.md.j2"
    shelves: tuple[CampaignShelf, ...]


def make_library_pages(context: CampaignContext) -> Iterator[Page]:
    """Yield the library of a campaign, then a page per entry, at its former addresses too: printed codes lead there."""
    yield _make_library(context)
    for entry in group_by_entry(context.previews):
        page, origin = _make_entry(context, entry), entry[0].origin
        yield page
        yield from (replace(page, uri=entry_uri(origin.folder.id, address)) for address in origin.former_addresses)


def _make_library(context: CampaignContext) -> Page:
    folder = context.folder
    scripts = tuple(
        ScriptTile(Link(script.front.title, script_uri(folder.id, name)), script.front.minutes)
        for name, script in folder.scripts.items()
    )
    groups = tuple(group_by_channel(context.project, context.previews))
    return context.page(LibraryPage(context.view, context.uri(Part.LIBRARY), groups, scripts))


def _make_entry(context: CampaignContext, entry: Sequence[Piece]) -> Page:
    card, first = make_card(context.project, entry), entry[0]
    data = EntryPage(
        campaign=context.view,
        current=context.uri(Part.LIBRARY),
        card=card,
        headline=keep_phrases(context.project, card.title, context.folder),
        says=context.project.theme.materials[first.kind].says,
        alt=first.alt,
        words=first.words,
        files=list_files(context.project, entry),
    )
    return context.page(data, card.uri)


def make_shelves_page(contexts: Sequence[CampaignContext], image: str, edit_path: str) -> Page:
    """Return the library of all campaigns; those that offer nothing come last."""
    shelves = sorted(map(_make_shelf, contexts), key=lambda shelf: not shelf.count)
    return Page(LANDING.library, ShelvesPage(tuple(shelves)), edit_path, image)


def _make_shelf(context: CampaignContext) -> CampaignShelf:
    groups = group_by_channel(context.project, context.previews)
    return CampaignShelf(
        campaign=context.view,
        count=len(group_by_entry(context.previews)),
        scripts=len(context.folder.scripts),
        cards=tuple(group.cards[0] for group in groups),
    )
