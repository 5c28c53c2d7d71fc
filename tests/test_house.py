"""Tests of the house itself: fresh schemas, editors pointed at them, modules that a newcomer can read."""

import ast
import tomllib
from pathlib import Path

from generator.schema import FOLDER, make_schemas

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "generator").rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 250, 40


def test_schemas_are_fresh() -> None:
    fresh = make_schemas()
    assert fresh
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / FOLDER).glob("*.json")}
    assert kept == fresh, "run: loa schema"


def test_every_yaml_file_points_editors_at_its_schema() -> None:
    files = sorted((ROOT / "campaigns").rglob("*.yml"))
    assert files
    for path in files:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.split("=", 1)[1]).is_file(), path


def test_modules_say_what_they_do_and_stay_short() -> None:
    assert len(MODULES) > 20
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), path
        assert text.count("\n") <= LONGEST_MODULE, path


def test_functions_stay_short_and_public_ones_are_documented() -> None:
    found = 0
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found += 1
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{path}:{node.lineno} {node.name} ({length} lines)"
    assert found > 100


def test_every_room_has_its_row_and_every_library_its_door() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    rows = [room.strip() for row in config["contracts"][0]["layers"] for room in row.replace(":", "|").split("|")]
    rooms = {p.stem for p in (ROOT / "generator").glob("*.py")} | {
        p.parent.name for p in (ROOT / "generator").glob("*/__init__.py")
    }
    assert set(rows) == rooms - {"__init__"}
    doors = {contract["protected_modules"][0] for contract in config["contracts"] if contract["type"] == "protected"}
    assert {"typst", "mkdocs", "yaml", "pikepdf", "nh3"} <= doors


def test_no_campaign_kind_or_organisation_is_named_in_the_program() -> None:
    names = [
        path.name for folder in ("theme/materials", "campaigns") for path in (ROOT / folder).iterdir() if path.is_dir()
    ]
    names = [name for name in names if "-" in name]
    assert "bang-ron-ngang" in names
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        }
        strings = [
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value not in docs
        ]
        for name in names:
            assert name not in strings, f"{path} names {name}"
