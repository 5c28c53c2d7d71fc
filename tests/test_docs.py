"""The documents: every command is described and exists, every link and picture leads somewhere, Vietnamese in one spelling."""

from __future__ import annotations

import argparse
import ast
import re
import textwrap
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.commands import make_parser
from generator.source import parse_yaml

ROOT = Path(__file__).parent.parent
DOCS = [ROOT / name for name in ("README.md", "HUONG-DAN.md", "CONTRIBUTING.md", "CHANGELOG.md", "generator/README.md")]
PICTURE_BYTES = 150 * 1024
#: Commands stand in code: `loa …` or `make …` in backticks, or a line of a fence of commands.
SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^ *```(?P<kind>\w*)\n(?P<body>.*?)^ *```", re.MULTILINE | re.DOTALL)
#: A row of the handbook's table of kinds: its group, then the kind's id.
KIND_ROW = re.compile(r"\| (?:\*\*[^|]+\*\* )?\| `([\w-]+)` \|")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
#: The tone mark on the second vowel (hoà, khoẻ, uỷ); the project writes hòa, khỏe, ủy. After q the u is no vowel.
OTHER_SPELLING = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of every command of `loa`, by name."""
    for action in make_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def commands(path: Path, program: str) -> list[list[str]]:
    """Return the words of every command of `program` that a document shows in code, without comments."""
    text = read(path)
    lines = [
        line for fence in FENCE.finditer(text) if fence["kind"] in ("sh", "text") for line in fence["body"].splitlines()
    ]
    lines += SPAN.findall(FENCE.sub("", text))
    found = []
    for line in lines:
        words = line.split("#")[0].replace(".venv/bin/", "").split()
        if len(words) > 1 and words[0] == program:
            found.append(words[1:])
    return found


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as code hosts make them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", read(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


def test_every_command_of_loa_is_in_the_handbook() -> None:
    known = parsers()
    assert len(known) >= 6
    shown = {words[0] for words in commands(ROOT / "HUONG-DAN.md", "loa")}
    assert set(known) <= shown


def test_every_option_of_loa_is_in_the_handbook() -> None:
    options = {word for p in parsers().values() for action in p._actions for word in action.option_strings}
    options -= {"-h", "--help"}
    assert len(options) >= 4
    missing = {word for word in options if word not in read(ROOT / "HUONG-DAN.md")}
    assert not missing


def test_every_kind_stands_in_the_handbook_with_its_sizes() -> None:
    rows = {match[1]: row for row in read(ROOT / "HUONG-DAN.md").splitlines() if (match := KIND_ROW.match(row))}
    kinds = {path.parent.name: path for path in (ROOT / "theme" / "materials").glob("*/material.yml")}
    assert len(kinds) >= 6
    assert set(rows) == set(kinds)
    for kind, path in kinds.items():
        presets = parse_yaml(read(path), path.name).data["presets"]
        assert len(presets) == 1 or not [name for name in presets if f"`{name}`" not in rows[kind]], kind


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_loa_command_in_the_documents_exists(path: Path) -> None:
    known = parsers()
    for words in commands(path, "loa"):
        if words[0] in ("--help", "…"):
            continue
        assert words[0] in known, words
        options = set(known[words[0]]._option_string_actions)
        named = {word.strip("[]") for word in words[1:] if word.strip("[]").startswith("--")}
        assert named <= options, words


def test_every_make_command_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert {"site", "test"} <= targets
    shown = {words[0] for path in DOCS for words in commands(path, "make")}
    assert {"site", "test"} <= shown <= targets


def test_documents_were_read_for_commands() -> None:
    assert sum(len(commands(path, "loa")) for path in DOCS) >= 20


def test_every_relative_link_and_picture_exists() -> None:
    found = 0
    for path in DOCS:
        for match in LINK.finditer(SPAN.sub("", FENCE.sub("", read(path)))):
            target, _, anchor = match["target"].partition("#")
            if target.startswith(("http://", "https://", "mailto:")):
                continue
            found += 1
            leads_to = path.parent / unquote(target) if target else path
            assert leads_to.exists(), f"{path.name}: {match['target']}"
            if anchor:
                assert anchor in anchors(leads_to), f"{path.name}: {match['target']}"
    assert found >= 15


def test_pictures_are_small_and_all_shown() -> None:
    pictures = {path for path in (ROOT / "theme" / "gallery").iterdir() if path.is_file()}
    assert len(pictures) >= 6
    shown = {(ROOT / match["target"]).resolve() for match in LINK.finditer(read(ROOT / "README.md"))}
    assert pictures <= shown
    heavy = [path.name for path in pictures if path.stat().st_size > PICTURE_BYTES]
    assert not heavy


def test_every_path_named_in_the_documents_exists() -> None:
    found = 0
    for path in DOCS:
        for span in SPAN.findall(FENCE.sub("", read(path))):
            if re.fullmatch(r"(?:campaigns|content|theme|generator|tests)/[\w./-]+", span):
                found += 1
                assert (ROOT / span).exists(), f"{path.name}: {span}"
    assert found >= 20


def test_documents_are_nfc_and_spelt_in_one_way() -> None:
    spelt = 0
    for path in DOCS:
        text = read(path)
        assert text == unicodedata.normalize("NFC", text), path.name
        spelt += len(re.findall(r"(?:òa|óa|ỏe|ủy|óa)(?!\w)", text))
        assert not OTHER_SPELLING.findall(text), path.name
    assert spelt >= 20


def sayings() -> list[re.Pattern[str]]:
    """Return what the program may say: its Vietnamese strings, with anything where a value is filled in."""
    found = []
    for path in sorted((ROOT / "generator").rglob("*.py")):
        tree = ast.parse(read(path))
        inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "\0" for part in node.values]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
                parts = [re.sub(r"\{\w+\}", "\0", node.value)]
            else:
                continue
            words = "".join(map(str, parts))
            if len(re.findall(r"\w", words)) >= 8:
                found.append(re.compile(re.escape(words).replace("\0", ".+?")))
    return found


def quoted_problems() -> list[str]:
    """Return the problems that the handbook quotes: first column of the table, and lines of fences with a place or an arrow."""
    text = read(ROOT / "HUONG-DAN.md")
    table = text.split("\n| Loa nói |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    quoted = [match[1] for row in table if (match := SPAN.search(row))]
    for fence in FENCE.finditer(text):
        for line in fence["body"].splitlines():
            if match := re.match(r"\s+→ (.+)|[\w./-]+:\d+:\d+: (?:nhắc: )?(.+)", line):
                quoted.append(match[1] or match[2])
    return quoted


def test_the_handbook_quotes_the_program_word_for_word() -> None:
    quoted, known = quoted_problems(), sayings()
    assert len(quoted) >= 20 and len(known) >= 100
    strange = [words for words in quoted if not any(saying.match(words) for saying in known)]
    assert not strange


def test_every_room_of_the_generator_is_in_its_readme() -> None:
    folder = ROOT / "generator"
    rooms = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    rooms -= {"__init__"}
    assert len(rooms) >= 15
    named = {span.strip("/") for span in SPAN.findall(read(folder / "README.md"))}
    assert rooms <= named, rooms - named


def test_every_yaml_example_is_read_without_a_word() -> None:
    examples = [
        (path, textwrap.dedent(fence["body"]))
        for path in DOCS
        for fence in FENCE.finditer(read(path))
        if fence["kind"] == "yaml"
    ]
    assert len(examples) >= 15
    for path, text in examples:
        assert not parse_yaml(text, path.name).warnings, text
