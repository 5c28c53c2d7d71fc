"""Pieces → what the materials library shows of them. Used by this folder only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.model import Preset
from generator.project import CampaignFolder, Project
from generator.worklist.pages.links import piece_uri, thumbnail_uri
from generator.worklist.pages.words import STATUS, say_size
from generator.worklist.shape import Piece

FORMAT_WORDS = {"pdf": "PDF xem thử", "png": "Ảnh PNG", "txt": "Văn bản TXT"}


def previews_of(folder: CampaignFolder, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the campaign's pieces that the public may download: previews, never print files."""
    return [piece for piece in pieces if piece.campaign == folder.id and piece.purpose == "preview"]


def find_share_image(folder: CampaignFolder, pieces: Sequence[Piece]) -> str:
    """Return the address of the campaign's share picture inside the site, or empty."""
    shared = [piece for piece in previews_of(folder, pieces) if piece.is_share_picture and piece.format == "png"]
    return piece_uri(shared[0].path) if shared else ""


def group_by_channel(project: Project, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return [{"channel", "group", "cards"}] in the order of the channels' numbers."""
    channels = sorted(project.theme.channels.values(), key=lambda channel: channel.number)
    grouped = [(channel, [_card(project, piece) for piece in pieces if piece.channel == channel.id])
               for channel in channels]  # fmt: skip
    return [{"id": channel.id, "channel": channel.name, "group": channel.group, "cards": cards}
            for channel, cards in grouped if cards]  # fmt: skip


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


def _card(project: Project, piece: Piece) -> dict[str, Any]:
    preset, material = piece.preset, project.theme.materials[piece.kind]
    width = preset.width_px or preset.width_mm or 1
    height = preset.height_px or preset.height_mm or 1
    statuses = {str(value["status"]) for value in piece.data.get("content", {}).values()
                if isinstance(value, dict) and "status" in value}  # fmt: skip
    return {
        "title": _drop_kind(piece.title, material.name), "alt": piece.data.get("piece", {}).get("alt", piece.title), "kind": material.name,
        "size": _say_size(preset, material.name), "uri": piece_uri(piece.path),
        "format": piece.format, "format_words": FORMAT_WORDS[piece.format],
        "thumbnail": piece_uri(piece.path) if piece.format == "png" else thumbnail_uri(piece.path, 1),
        "shape": "wide" if width > 2.2 * height else "tall" if height > 1.7 * width else "plain",
        "statuses": [{"id": status, "words": STATUS[status]} for status in sorted(statuses)],
    }  # fmt: skip
