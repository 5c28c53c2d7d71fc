"""The examples of every kind as tickets: each example × preset × purpose, through the same door as a campaign's
entries.

Comes in: a Project (for the theme and the sender). Goes out: Tickets like any others. A new kind is tested by its
examples alone. An example is a little project of its own: what its contract would refer to stands in the example
itself, and is put on that project's shelves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from pydantic import BaseModel

from generator.errors import Place, UserError
from generator.model import (
    Article,
    AudienceText,
    Campaign,
    Example,
    HazardAdvice,
    Make,
    Material,
    Message,
    News,
    Script,
    Slogan,
    Subject,
    Target,
    Topic,
)
from generator.project import CampaignFolder, Project, TextFile
from generator.project.entries import EntryReader
from generator.project.shelf import PARAM_TYPES
from generator.source import Source
from generator.worklist.brief import make_look, make_sender
from generator.worklist.pieces import tickets_of_entry
from generator.worklist.shape import Ticket

EXAMPLE_ID = "vi-du"
#: What the types of a contract are made of; texts with a body come as files.
MODELS: dict[str, type[BaseModel]] = {"slogan": Slogan, "message": Message, "target": Target}
FRONTS: dict[str, type[BaseModel]] = {
    "topic": Topic,
    "hazard": HazardAdvice,
    "audience": AudienceText,
    "script": Script,
    "news": News,
}


def make_examples(project: Project, kind: str = "") -> list[Ticket]:
    """Return every example of `kind` (of all kinds when empty). Raises UserError for an example that its contract
    refuses.
    """
    kinds = [kind] if kind else sorted(project.theme.materials)
    return [ticket for name in kinds for ticket in _tickets_of(project, name)]


def _tickets_of(project: Project, kind: str) -> Iterator[Ticket]:
    for example in project.theme.materials[kind].examples:
        small, folder, make = _small_project(project, kind, example)
        reading = EntryReader(small, folder).read(0, make)
        if reading.problems:
            raise UserError(reading.problems)
        look, sender = make_look(small, folder), make_sender(small, folder, project.organisation)
        for entry in reading.entries:
            yield from tickets_of_entry(small, entry, project.organisation, look, sender)


class _Shelves:
    """The parts of one example, by type and id; what they are called takes their place in the entry."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, object]] = {}

    def put(self, type_: str, written: object) -> str:
        """Put one inline value on its shelf and return its id."""
        fields: dict[str, object] = {**written} if isinstance(written, dict) else {"text": written}
        table = self.tables.setdefault(type_, {})
        id_ = str(fields.pop("id", f"{EXAMPLE_ID}-{len(table) + 1}"))
        sources, body = fields.pop("sources", ()), str(fields.pop("body", ""))
        if type_ == "slogan":
            fields = {"status": "goi-y", **fields}
        if type_ in MODELS:
            table[id_] = _check(MODELS[type_], {**fields, "id": id_}, sources)
        else:
            front = cast("Article", _check(FRONTS[type_], fields, sources))
            table[id_] = TextFile(id_, front, body, Source(EXAMPLE_ID, {}, {}, {(): Place(EXAMPLE_ID)}))
        return id_


def _check(model: type[BaseModel], fields: dict[str, object], sources: object) -> BaseModel:
    """Return the checked part; its sources stand there in words, not as references."""
    return model.model_validate(fields).model_copy(update={"source": sources})


def _small_project(project: Project, kind: str, example: Example) -> tuple[Project, CampaignFolder, Make]:
    """Return the project of one example, its campaign, and the line that makes it."""
    shelves = _Shelves()
    material = project.theme.materials[kind]
    content = {name: _refer(shelves, material, name, written) for name, written in example.with_.items()}
    table = cast("dict[str, Any]", shelves.tables).get
    campaign = Campaign(
        id=EXAMPLE_ID,
        name="Chiến dịch ví dụ",
        short_name="Chiến dịch ví dụ",
        face=example.face,
        year="2025",
        subject=Subject(text="Chủ đề ví dụ", status="goi-y"),
        summary=example.says,
        plans=[],
    ).model_copy(update={f"{name}s": list(table(name, {}).values()) for name in MODELS})
    path = f"theme/materials/{kind}/material.yml"
    source = Source(path, {}, {}, {(): Place(path)})
    folder = CampaignFolder(EXAMPLE_ID, campaign, table("topic", {}), table("script", {}), source)
    small = replace(project, hazards=table("hazard", {}), audiences=table("audience", {}), news=table("news", {}))
    return small, folder, Make.model_validate({"kind": kind, "id": example.id, "presets": [], "with": content})


def _refer(shelves: _Shelves, material: Material, name: str, written: object) -> object:
    """Return what an entry would write: the ids of the parts instead of the parts themselves."""
    param = material.params.get(name)
    if written is None or param is None or param.type not in PARAM_TYPES or param.type == "art":
        return "" if written is None else written
    if isinstance(written, list):
        return [shelves.put(param.type, part) for part in written]
    return shelves.put(param.type, written)
