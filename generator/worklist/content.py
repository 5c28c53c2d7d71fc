"""One `make:` entry → the `content` of the JSON document: every reference replaced by what it names.

Comes in: a Project, a campaign, an entry checked by `project.contract`. Goes out: plain JSON values. Called by `pieces`.
"""

from __future__ import annotations

import re
from typing import Any

from generator.model import Make, Material, Param
from generator.project import CampaignFolder, Project
from generator.project.contract import known_of
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

    def _param(self, param: Param, written: Any) -> Any:
        if written is None or written in ("", []):
            return [] if param.is_list == "co" else None
        if param.is_list == "co":
            return [self._item(param, item) for item in written]
        return self._item(param, written)

    def _item(self, param: Param, written: str) -> Any:
        if param.type in ("text", "art"):
            return written
        if param.type == "line":
            return self.line(written)
        found = known_of(self.project, self.folder, param.type)[written]
        return self._describe(param.type, written, found)

    def _describe(self, type_: str, id_: str, found: Any) -> dict[str, Any]:
        if type_ == "slogan":
            return {**self.line(found.text), "status": found.status}
        if type_ in ("message", "target"):
            return dict(found.model_dump(exclude={"source", "serves"}))
        front = found.front.model_dump(exclude={"source", "serves", "sectors"})
        described = {"id": id_, **front, "title_groups": self.line(found.front.title)["groups"]}
        if type_ == "script":
            described["paragraphs"] = [
                " ".join(part.split()) for part in re.split(r"\n\s*\n", found.body) if part.strip()
            ]
        return described


def read_out(value: Any) -> str:
    """Return the words that stand for a content value in a title or alternative text."""
    if isinstance(value, dict):
        return str(value.get("text") or value.get("title") or "")
    if isinstance(value, list):
        return "; ".join(filter(None, map(read_out, value)))
    return str(value or "")
