"""Pieces → what the materials library shows of them: a card and a page for every entry, all its sizes and formats together.

Used by this folder only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from generator.model import Preset
from generator.pages.links import entry_uri, piece_uri, thumbnail_uri
from generator.pages.words import STATUS, say_size
from generator.project import CampaignFolder, Project
from generator.worklist.shape import Piece

FORMAT_WORDS = {"pdf": "PDF xem thử", "png": "Ảnh PNG", "txt": "Văn bản TXT", "docx": "Word, sửa được"}
#: What can be shown small; the first of them stands for its entry.
SHOWN = ("png", "pdf")


def previews_of(folder: CampaignFolder, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the campaign's pieces that the public may download: previews, never print files."""
    return [piece for piece in pieces if piece.campaign == folder.id and piece.purpose == "preview"]


def find_share_image(folder: CampaignFolder, pieces: Sequence[Piece]) -> str:
    """Return the address of the campaign's share picture inside the site, or empty."""
    shared = [piece for piece in previews_of(folder, pieces) if piece.is_share_picture and piece.format == "png"]
    return piece_uri(shared[0].path) if shared else ""


def group_by_channel(project: Project, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return [{"id", "channel", "group", "cards"}] in the order of the channels' numbers, a card for every entry."""
    channels = sorted(project.theme.channels.values(), key=lambda channel: channel.number)
    grouped = [(channel, [_card(project, entry) for entry in group_by_entry(pieces) if entry[0].channel == channel.id])
               for channel in channels]  # fmt: skip
    return [{"id": channel.id, "channel": channel.name, "group": channel.group, "cards": cards}
            for channel, cards in grouped if cards]  # fmt: skip


def group_by_entry(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of each entry, those that can be shown small first."""

    def key(piece: Piece) -> tuple[str, str, str]:
        return piece.campaign, piece.channel, piece.entry

    ranked = sorted(pieces, key=lambda piece: (*key(piece), piece.format not in SHOWN, piece.path))
    return [list(entry) for _, entry in groupby(ranked, key=key)]


def describe_entry(project: Project, entry: Sequence[Piece]) -> dict[str, Any]:
    """Return what the page of an entry shows: its card, what it is for, its words, and every file of it."""
    material = project.theme.materials[entry[0].kind]
    files = [{"size": _say_size(piece.preset, material.name), "uri": piece_uri(piece.path), "format": piece.format,
              "format_words": FORMAT_WORDS[piece.format], "thumbnail": _thumbnail(piece)} for piece in entry]  # fmt: skip
    return {**_card(project, entry), "says": material.says, "words": list(entry[0].words),
            "files": files, "channel": project.theme.channels[material.channel].name}  # fmt: skip


def _drop_kind(title: str, kind: str) -> str:
    """Return a title without the kind it opens with (`Tờ gấp: …` under “Tờ gấp ba”): the card says the kind already."""
    head, colon, rest = title.partition(": ")
    return rest if colon and rest and kind.lower().startswith(head.lower()) else title


def _say_size(preset: Preset, kind: str) -> str:
    """Return the format's name (without the kind) and its size, the size said once."""
    size, name = say_size(preset), preset.name
    shown = name.removeprefix(kind).lstrip(" ,·–") or name
    figures = size.rpartition(" ")[0]
    if shown == figures:
        return size
    return shown if figures in shown else f"{shown[0].upper()}{shown[1:]} · {size}"


def _thumbnail(piece: Piece) -> str:
    return piece_uri(piece.path) if piece.format == "png" else thumbnail_uri(piece.path, 1)


def _card(project: Project, entry: Sequence[Piece]) -> dict[str, Any]:
    first, material = entry[0], project.theme.materials[entry[0].kind]
    preset = first.preset
    width = preset.width_px or preset.width_mm or 1
    height = preset.height_px or preset.height_mm or 1
    sizes = list(dict.fromkeys(_say_size(piece.preset, material.name) for piece in entry))
    formats = list(dict.fromkeys(piece.format.upper() for piece in entry))
    return {
        "title": _drop_kind(first.title, material.name), "alt": first.alt,
        "kind": material.name, "size": sizes[0] if len(sizes) == 1 else f"{len(sizes)} khổ", "formats": ", ".join(formats),
        "uri": entry_uri(first), "format": first.format, "thumbnail": _thumbnail(first),
        "shape": "wide" if width > 2.2 * height else "tall" if height > 1.7 * width else "plain",
        "statuses": [{"id": status, "words": STATUS[status]} for status in first.statuses],
    }  # fmt: skip
