"""Write the JSON Schemas that make editors complete and check YAML, with Vietnamese descriptions.

Comes in: the models. Goes out: campaigns/.schema/*.json; a test holds that the files are fresh.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.model import Bodies, Campaign, Documents, Organisation, Plan, Terms
from generator.output import write_file

FOLDER = "campaigns/.schema"
MODELS: dict[str, type[BaseModel]] = {
    "campaign": Campaign,
    "plan": Plan,
    "organisation": Organisation,
    "bodies": Bodies,
    "documents": Documents,
    "terms": Terms,
}
#: Our reader takes every scalar as written, so an editor must not complain about 2025 or “có” without quotes.
SCALARS = ["string", "number", "boolean", "null"]


def make_schemas() -> dict[str, str]:
    """Return every schema as JSON text, by file name."""
    return {
        f"{name}.json": json.dumps(_loosen(model.model_json_schema()), ensure_ascii=False, indent=1) + "\n"
        for name, model in MODELS.items()
    }


def write_schemas(root: Path) -> list[Path]:
    """Write every schema below campaigns/.schema and return the paths."""
    return [write_file(root, f"{FOLDER}/{name}", text.encode("utf-8")) for name, text in make_schemas().items()]


def _loosen(node: Any) -> Any:
    if isinstance(node, list):
        return [_loosen(item) for item in node]
    if not isinstance(node, dict):
        return node
    loose = {key: _loosen(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}
    if loose.get("type") in ("string", "integer", "number", "boolean"):
        loose = {key: value for key, value in loose.items() if key not in ("format", "minLength", "default")}
        loose["type"] = SCALARS
    return loose
