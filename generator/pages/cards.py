"""Pieces → what the libraries show of them: a card for every entry, all its sizes and formats together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.addresses import channel_anchor, entry_uri, piece_uri
from generator.model import Preset
from generator.pages.words import StatusMark, mark_status, say_size
from generator.project import CampaignFolder, Project
from generator.worklist.shape import Piece

#: What is more than so many times as wide as high is shown wide, and the other way round tall.
WIDE_FROM, TALL_FROM = 2.2, 1.7


@dataclass(frozen=True)
class Card:
    """An entry in a library; `file` is the piece whose picture stands for it."""

    title: str
    kind: str
    size: str
    formats: str
    uri: str
    file: str
    format: str
    shape: str
    statuses: tuple[StatusMark, ...]


@dataclass(frozen=True)
class Group:
    """The cards of one channel."""

    channel: str
    anchor: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class File:
    """One file of an entry, to be fetched."""

    uri: str
    size: str
    format_words: str


def previews_of(folder: CampaignFolder, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the campaign's pieces that the public may download: previews, never print files."""
    return [piece for piece in pieces if piece.campaign == folder.id and piece.purpose == "preview"]


def find_share_image(folder: CampaignFolder, pieces: Sequence[Piece]) -> str:
    """Return the address of the campaign's share picture inside the site, or empty."""
    shared = (piece for piece in previews_of(folder, pieces) if piece.is_share_picture and piece.format == "png")
    return next((piece_uri(piece.path) for piece in shared), "")


def group_by_channel(project: Project, pieces: Sequence[Piece]) -> list[Group]:
    """Return the cards of all entries, by channel, in the order of the channels' numbers."""
    cards: dict[str, list[Card]] = {}
    for entry in group_by_entry(pieces):
        cards.setdefault(entry[0].channel, []).append(make_card(project, entry))
    channels = sorted(project.theme.channels.values(), key=lambda channel: channel.number)
    return [
        Group(channel.name, channel_anchor(channel.id), tuple(cards[channel.id]))
        for channel in channels
        if channel.id in cards
    ]


def group_by_entry(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of each entry, those that can be shown small first."""

    def key(piece: Piece) -> tuple[str, str, str]:
        return piece.campaign, piece.channel, piece.entry

    ranked = sorted(pieces, key=lambda piece: (*key(piece), not piece.form.is_shown, piece.path))
    return [list(entry) for _, entry in groupby(ranked, key=key)]


def make_card(project: Project, entry: Sequence[Piece]) -> Card:
    """Return the card of an entry, given its pieces."""
    first, kind = entry[0], project.theme.materials[entry[0].kind].name
    sizes = list(dict.fromkeys(_say_size(piece.preset, kind) for piece in entry))
    formats = dict.fromkeys(piece.format.upper() for piece in entry)
    return Card(
        title=_drop_kind(first.title, kind),
        kind=kind,
        size=sizes[0] if len(sizes) == 1 else f"{len(sizes)} khổ",
        formats=", ".join(formats),
        uri=entry_uri(first.campaign, first.entry),
        file=piece_uri(first.path),
        format=first.format,
        shape=_find_shape(first.preset),
        statuses=tuple(mark_status(project, status) for status in first.statuses),
    )


def list_files(project: Project, entry: Sequence[Piece]) -> tuple[File, ...]:
    """Return every file of an entry."""
    kind = project.theme.materials[entry[0].kind].name
    return tuple(File(piece_uri(piece.path), _say_size(piece.preset, kind), piece.form.name) for piece in entry)


def _drop_kind(title: str, kind: str) -> str:
    """Return a title without the kind it opens with (`Tờ gấp: …` under “Tờ gấp ba”): the card says the kind already."""
    head, colon, rest = title.partition(": ")
    return rest if colon and rest and kind.lower().startswith(head.lower()) else title


def _say_size(preset: Preset, kind: str) -> str:
    """Return the size's name (without the kind) and its figures, said once."""
    size, name = say_size(preset), preset.name
    shown = name.removeprefix(kind).lstrip(" ,·–") or name
    figures = size.rpartition(" ")[0]
    if shown == figures:
        return size
    return shown if figures in shown else f"{shown[0].upper()}{shown[1:]} · {size}"


def _find_shape(preset: Preset) -> str:
    width = preset.width_px or preset.width_mm or 1
    height = preset.height_px or preset.height_mm or 1
    if width > WIDE_FROM * height:
        return "wide"
    return "tall" if height > TALL_FROM * width else "plain"
