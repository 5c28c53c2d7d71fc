"""Make a campaign's contact sheet: every piece small, with its kind, size and status, on A3 pages, for those who approve.

Comes in: a campaign's id. Goes out: one PDF in build/, swapped in like any partial build.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generator import output
from generator.build import Report, Say, Wants, read_whole, refuse_unknown
from generator.errors import UserError
from generator.model import Sheet
from generator.project import CampaignFolder, Project
from generator.render.fonts import find_font_folders
from generator.render.thumbnail import shrink
from generator.render.typeset import Typesetter
from generator.worklist import make_pieces
from generator.worklist.document import STATUS_WORDS, describe_campaign, make_timestamp, statuses_of
from generator.worklist.pages.words import say_size
from generator.workshop import Made, Workshop

#: A3, landscape: ISO 216.
SHEET = Sheet(width_mm=420, height_mm=297, bleed_mm=0, safe_mm=10)
#: Pictures of one piece that are shown; the label says how many pages there are.
MOST_PAGES = 4
#: 45 mm on paper at 150 pixels an inch.
PICTURE_PX = 266
NAME = "to-duyet"


def make_contact_sheet(root: Path, campaign: str, say: Say) -> tuple[Path, int]:
    """Write build/<campaign>/to-duyet/….pdf and return its path and the number of pieces. Raises UserError."""
    project = read_whole(root, Report())
    refuse_unknown(project, Wants(campaign=campaign))
    pieces = [piece for piece in make_pieces(project) if piece.campaign == campaign]
    previews = [piece for piece in pieces if piece.purpose == "preview"]
    printed = {(piece.entry, piece.preset.id) for piece in pieces if piece.purpose == "print"}
    say(f"Vẽ {len(previews)} ấn phẩm …")
    with Workshop(root, project.theme.fonts.packages) as workshop:
        made, wrong = workshop.make(previews)
    if wrong:
        raise UserError(wrong)
    body = _draw(project, project.campaigns[campaign], made, printed)
    path = f"{campaign}/{NAME}/{NAME}-{campaign}.pdf"
    with output.staging(root) as draft:
        rows = [row for row in output.read_manifest(root) if row["path"] != path]
        output.copy_last_build(root, draft, [path, output.MANIFEST])
        output.write_file(draft, path, body)
        row = {"path": path, "campaign": campaign, "kind": NAME, "purpose": "preview", "format": "pdf"}
        output.write_manifest(draft, [*rows, {**row, "channel": "", "preset": "a3", **output.describe(body)}])
    return root / output.BUILD / path, len(_together(made))


def _draw(project: Project, folder: CampaignFolder, made: Sequence[Made], printed: set[tuple[str, str]]) -> bytes:
    pictures: dict[str, tuple[bytes, int, int]] = {}
    groups: dict[int, dict[str, Any]] = {}
    for files in _together(made):
        one = files[0]
        channel = project.theme.channels[one.piece.channel]
        shown = [one.body] if one.piece.format == "png" else list(one.thumbnails[:MOST_PAGES])
        names = [f"p{len(pictures) + number}" for number in range(len(shown))]
        pictures |= dict(zip(names, (shrink(picture, PICTURE_PX) for picture in shown), strict=True))
        cell = {
            **_label(project, files, printed),
            "pictures": [{"name": name, "ratio": pictures[name][1] / pictures[name][2]} for name in names],
        }
        groups.setdefault(channel.number, {"channel": channel.name, "cells": []})["cells"].append(cell)
    data = {
        "piece": {
            "kind": NAME,
            "title": f"Tờ duyệt: {folder.campaign.name}",
            "timestamp": make_timestamp(folder),
            "alt": f"Mọi ấn phẩm của {folder.campaign.name}, thu nhỏ để duyệt",
            "short_url": "",
            "slug_line": "",
        },
        "sheet": asdict(SHEET),
        "content": {"groups": [groups[number] for number in sorted(groups)], "count": len(_together(made))},
        "art": {},
        "qr": [],
        **describe_campaign(project, folder),
    }
    typesetter = Typesetter(
        project.theme.folder, find_font_folders(tuple(project.theme.fonts.packages), project.theme.folder)
    )
    return typesetter.draw_contact(data, pictures)


def _together(made: Sequence[Made]) -> list[list[Made]]:
    """Return what is one piece in several formats together, the one that can be shown first."""
    groups: dict[tuple[str, str], list[Made]] = {}
    for one in sorted(made, key=lambda one: not (one.thumbnails or one.piece.format == "png")):
        groups.setdefault((one.piece.entry, one.piece.preset.id), []).append(one)
    return sorted(groups.values(), key=lambda files: files[0].piece.path)


def _label(project: Project, files: Sequence[Made], printed: set[tuple[str, str]]) -> dict[str, Any]:
    """Return what stands under a piece: kind, title, size, status, format, number of pages, whether there is a print file."""
    piece = files[0].piece
    statuses = sorted(STATUS_WORDS[status] for status in statuses_of(piece.data["content"]))
    return {
        "kind": project.theme.materials[piece.kind].name,
        "title": piece.title,
        "size": say_size(piece.preset),
        "statuses": statuses,
        "formats": ", ".join(one.piece.format.upper() for one in files),
        "pages": len(files[0].thumbnails),
        "is_printed": (piece.entry, piece.preset.id) in printed,
    }
