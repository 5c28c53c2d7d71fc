"""Tests of the house itself: fresh schemas, editors pointed at them, modules that a newcomer can read."""

import ast
import re
import tomllib
from pathlib import Path

from generator.model import Organisation
from generator.schema import FOLDER, make_schemas
from generator.theme import read_model

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


def own_names() -> set[str]:
    """Return what only people's files may name: ids of campaigns, kinds and faces, and who publishes."""
    ids = {path.parent.name for path in (ROOT / "campaigns").glob("*/campaign.yml")}
    ids |= {path.parent.name for path in (ROOT / "theme" / "materials").glob("*/material.yml")}
    ids |= {path.stem for path in (ROOT / "theme" / "faces").glob("*.yml")}
    organisation, _ = read_model(ROOT, ROOT / "campaigns" / "organisation.yml", Organisation)
    return ids | {organisation.name, organisation.short_name, organisation.site}


def find_named(source: str, names: set[str]) -> list[str]:
    """Return which names a module's strings hold, alone or inside; an example may name one (“ví dụ …”)."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    strings = [text for text in constants if isinstance(text, str) and text not in docs]
    whole = re.compile(rf"(?<![\w-])(?<!ví dụ )(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
    return [match for text in strings for match in whole.findall(text)]


def test_no_campaign_kind_or_organisation_is_named_in_the_program() -> None:
    names = own_names()
    assert {"bang-ron-ngang", "standee", "chi-thi-31"} <= names
    for path in MODULES:
        assert find_named(path.read_text(encoding="utf-8"), names) == [], path


def test_the_check_of_names_can_fail() -> None:
    names = {"standee", "bang-ron-ngang"}
    assert find_named('"""standee"""\nx = f"a/bang-ron-ngang/{y}"', names) == ["bang-ron-ngang"]
    assert find_named('x = "for a standee or two"', names) == ["standee"]
    assert find_named('x = "mã, ví dụ standee"\ny = "bang-ron-ngang-2"', names) == []
