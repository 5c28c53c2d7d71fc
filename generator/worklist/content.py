"""One `make:` entry → the `content` of the JSON document: every reference replaced by what it names.

Comes in: a Project, a campaign, an entry checked by `project.contract`. Goes out: plain JSON values. Called by `pieces`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.model import Make, Material, Param
from generator.project import CampaignFolder, Project
from generator.project.contract import ALL, all_of, known_of, spread_params
from generator.worklist.blocks import read_blocks
from generator.worklist.letters import describe_letters
from generator.worklist.names import name_source
from generator.worklist.phrases import split_groups


class ContentMaker:
    """Resolves the parameters of one campaign's entries."""

    def __init__(self, project: Project, folder: CampaignFolder) -> None:
        self.project, self.folder = project, folder

    def make(self, make: Make, material: Material) -> dict[str, Any]:
        """Return the content by parameter; parameters that were not given are null."""
        return {name: self._param(param, make.with_.get(name)) for name, param in material.params.items()}

    def line(self, text: str) -> dict[str, Any]:
        """Return big text with its unbreakable groups."""
        groups = split_groups(text, self.project.theme.phrases, self.folder.campaign.keep_together)
        return {"text": text, "groups": groups}

    def slogan(self, text: str, status: str, sources: list[str], note: str) -> dict[str, Any]:
        """Return a slogan: its line, how official it is and by what, and what a painter needs to know of its letters."""
        line = self.line(text)
        return {
            **line,
            "status": status,
            "sources": sources,
            "note": note,
            "painting": describe_letters(line["groups"]),
        }

    def _param(self, param: Param, written: Any) -> Any:
        if written is None or written in ("", []):
            return [] if param.is_list == "co" else None
        if param.is_list == "co":
            items = all_of(self.project, self.folder, param.type) if written == ALL else written
            return [self._item(param, item) for item in items]
        return self._item(param, written)

    def _item(self, param: Param, written: str) -> Any:
        if param.type == "text":
            return written
        if param.type == "line":
            return self.line(written)
        if param.type == "art":
            return self.project.theme.art_by_meaning[written]
        found = known_of(self.project, self.folder, param.type)[written]
        return self._describe(param.type, written, found)

    def _describe(self, type_: str, id_: str, found: Any) -> dict[str, Any]:
        if type_ == "slogan":
            sources = [name_source(self.project, source) for source in found.source]
            return self.slogan(found.text, found.status, sources, found.note)
        if type_ == "message":
            return dict(found.model_dump(exclude={"source", "serves"}))
        if type_ == "target":
            groups = self.line(found.subject)["groups"]
            return {**found.model_dump(exclude={"source", "serves"}), "subject_groups": groups}
        front = found.front.model_dump(exclude={"source", "serves", "sectors", "campaign"})
        described = {
            "id": id_,
            **front,
            "title_groups": self.line(found.front.title)["groups"],
            "sources": [name_source(self.project, source) for source in found.front.source],
        }
        if type_ == "hazard":
            described["summary_groups"] = self.line(found.front.summary)["groups"]
        if type_ == "script":
            paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", found.body))
            return {**described, "paragraphs": [words for words in paragraphs if words]}
        return {**described, "blocks": read_blocks(found.body)}


def spread(project: Project, folder: CampaignFolder, make: Make, material: Material) -> Iterator[Make]:
    """Yield the entries that one entry stands for: itself, or one for each of what it asks for with `tat-ca`."""
    names = spread_params(make, material.params)
    if not names:
        yield make
        return
    name = names[0]
    for id_ in all_of(project, folder, material.params[name].type):
        part = f"{make.id}-{id_}" if make.id else id_
        yield make.model_copy(update={"id": part, "with_": {**make.with_, name: id_}})


def read_out(value: Any) -> str:
    """Return the words that stand for a content value in a title or alternative text."""
    if isinstance(value, dict):
        return str(value.get("text") or value.get("title") or value.get("subject") or "")
    if isinstance(value, list):
        return "; ".join(filter(None, map(read_out, value)))
    return str(value or "")
