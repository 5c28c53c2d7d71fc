"""The examples of every kind as pieces: each example × preset × purpose, with no campaign behind them.

Comes in: a Project (for the theme and the organisation). Goes out: Pieces like any others. Called by the tests and the
reference pictures; a new kind is tested by its examples alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import Place
from generator.model import Campaign, Example, Make, Material, Param, Subject
from generator.project import CampaignFolder, Project
from generator.source import Source
from generator.worklist.blocks import read_blocks
from generator.worklist.content import ContentMaker
from generator.worklist.pieces import make_one, make_order
from generator.worklist.shape import Piece

EXAMPLE_ID = "vi-du"


def make_examples(project: Project, kind: str = "") -> list[Piece]:
    """Return every example of `kind` (of all kinds when empty) as pieces, sorted by path."""
    kinds = [kind] if kind else sorted(project.theme.materials)
    return sorted((piece for name in kinds for piece in _pieces_of(project, name)), key=lambda piece: piece.path)


def _pieces_of(project: Project, kind: str) -> Iterator[Piece]:
    material = project.theme.materials[kind]
    for example in material.examples:
        folder = _folder(kind, example)
        content = _content(project, folder, material, example)
        make = Make.model_validate({"kind": kind, "id": example.id, "presets": [], "with": {}})
        yield from make_order(project, make_one(folder, 0, make, material, content))


def _folder(kind: str, example: Example) -> CampaignFolder:
    campaign = Campaign(
        id=EXAMPLE_ID,
        name="Chiến dịch ví dụ",
        short_name="Chiến dịch ví dụ",
        face=example.face,
        year="2025",
        subject=Subject(text="Chủ đề ví dụ", status="goi-y"),
        summary=example.says,
        plans=[],
    )
    path = f"theme/materials/{kind}/material.yml"
    return CampaignFolder(EXAMPLE_ID, campaign, {}, {}, Source(path, {}, {}, {(): Place(path)}))


def _content(project: Project, folder: CampaignFolder, material: Material, example: Example) -> dict[str, Any]:
    maker = ContentMaker(project, folder)

    def item(param: Param, written: Any) -> Any:
        if param.type == "line":
            return {**maker.line(written), "status": "goi-y"}
        if param.type == "slogan":
            said = written if isinstance(written, dict) else {"text": written}
            return maker.slogan(**{"status": "goi-y", "sources": [], "note": "", **said})
        if param.type == "art":
            return project.theme.art_by_meaning[written]
        if isinstance(written, dict) and "title" in written:
            shown = {"id": EXAMPLE_ID, "sources": [], **written, "title_groups": maker.line(written["title"])["groups"]}
            if param.type == "hazard":
                shown["summary_groups"] = maker.line(written["summary"])["groups"]
            return {**shown, "blocks": read_blocks(written.get("body", ""))}
        if param.type == "target":
            return {**written, "subject_groups": maker.line(written["subject"])["groups"]}
        return written

    def value(param: Param, written: Any) -> Any:
        if param.is_list == "co":
            return [item(param, one) for one in written or []]
        return None if written is None else item(param, written)

    return {name: value(param, example.with_.get(name)) for name, param in material.params.items()}
