from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from conftest import ROOT

from generator.schema import MODELS, make_schemas, write_schemas

SCHEMAS = {name: json.loads(text) for name, text in make_schemas().items()}
FILES = {"campaign.json": "campaigns/*/campaign.yml", "plan.json": "campaigns/plans/*.yml"} | {
    f"{name}.json": f"campaigns/{name}.yml" for name in ("organisation", "bodies", "documents", "terms")
}


def test_every_model_is_written_and_nothing_else(tmp_path: Any) -> None:
    assert sorted(path.name for path in write_schemas(tmp_path)) == sorted(f"{name}.json" for name in MODELS)


def _walk(node: Any) -> list[dict[str, Any]]:
    parts = node if isinstance(node, list) else node.values() if isinstance(node, dict) else []
    return ([node] if isinstance(node, dict) else []) + [found for part in parts for found in _walk(part)]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_key_is_described_in_vietnamese(name: str) -> None:
    keys = [field for node in _walk(SCHEMAS[name]) for field in node.get("properties", {}).items()]
    assert keys
    for key, field in keys:
        assert field.get("description"), key
    assert sum(bool(re.search("[ăâđêôơưà-ỹ]", field["description"], re.I)) for _, field in keys) > len(keys) * 0.9


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_key_that_people_use_is_known_to_the_editor(name: str) -> None:
    paths = sorted(ROOT.glob(FILES[name]))
    assert paths
    for path in paths:
        assert _unknown(SCHEMAS[name], SCHEMAS[name], yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def _unknown(root: dict[str, Any], node: dict[str, Any], value: Any) -> list[str]:
    """Return the keys that the schema does not allow, and the required ones that are not there."""
    for part in (node, *node.get("anyOf", [])):
        if "$ref" in part:
            return _unknown(root, root["$defs"][part["$ref"].rsplit("/", 1)[1]], value)
    if isinstance(value, list) and "items" in node:
        return [found for item in value for found in _unknown(root, node["items"], item)]
    if isinstance(value, dict) and "properties" in node:
        wrong = [key for key in value if key not in node["properties"]]
        wrong += [key for key in node.get("required", []) if key not in value]
        return wrong + [
            found
            for key, part in value.items()
            if key in node["properties"]
            for found in _unknown(root, node["properties"][key], part)
        ]
    return []


def test_scalars_without_quotes_do_not_annoy() -> None:
    year = SCHEMAS["campaign.json"]["properties"]["year"]
    assert set(year["type"]) >= {"string", "number"}
