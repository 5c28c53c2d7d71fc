"""The print document and those who read it: every name that a template uses is a field, and every field is used."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import ROOT

from generator.model import Sheet
from generator.project import read_project
from generator.wording import blocks, content, letters
from generator.worklist.brief import Brief, CampaignHead, FaceLook, Head, NameGroups, Sender

THEME = ROOT / "theme"
#: What templates call the parts of the document.
OBJECTS: dict[str, type] = {
    "data": Brief,
    "piece": Head,
    "sheet": Sheet,
    "face": FaceLook,
    "organisation": Sender,
    "campaign": CampaignHead,
}
#: What the document holds beside the brief: the code's dots and the logo's size.
BESIDE = {"qr", "logo"}
#: Where a name after an object is Typst's own, not a field.
METHODS = {"at", "len", "pairs", "map", "split", "clusters", "replace", "enumerate", "filter", "yml", "txt", "typ"}
VALUES = [
    form
    for module in (content, blocks, letters)
    for form in vars(module).values()
    if isinstance(form, type) and hasattr(form, "__dataclass_fields__") and form.__module__ == module.__name__
]
#: `kind` of a block and `id` of a value tell templates apart what they hold; these are for the website and the worklist.
ELSEWHERE = {"Reported.date", "Said.id", "Aim.id", "Statement.id", "Picture.id", "Number.number", "Spoken.id"}


def read_docx(path: Path) -> str:
    with zipfile.ZipFile(path) as opened:
        parts = (opened.read(name).decode("utf-8") for name in opened.namelist() if name.endswith(".xml"))
        return re.sub(r"<[^>]+>", "", " ".join(parts))


def templates() -> Iterator[tuple[Path, str]]:
    """Yield every template that gets a brief, without its comments."""
    for folder in ("shared", "materials"):
        for path in sorted((THEME / folder).rglob("*")):
            if path.suffix == ".typ":
                yield path, re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
            elif path.suffix == ".j2":
                yield path, path.read_text(encoding="utf-8")
            elif path.suffix == ".docx":
                yield path, read_docx(path)


TEXTS = dict(templates())


def names_after(word: str) -> dict[str, Path]:
    """Return every name that a template reads of an object, and one template that does."""
    found: dict[str, Path] = {}
    pattern = re.compile(rf"(?<![\w.\"-]){word}\.([a-z_]+)|data\.{word}\.([a-z_]+)|{word}\.at\(\"([a-z_]+)\"\)")
    for path, text in TEXTS.items():
        for match in pattern.finditer(text):
            found.setdefault(next(filter(None, match.groups())), path)
    return {name: path for name, path in found.items() if name not in METHODS}


def test_there_are_templates_to_guard() -> None:
    assert len(TEXTS) > 60
    assert {path.suffix for path in TEXTS} == {".typ", ".j2", ".docx"}


@pytest.mark.parametrize("word", OBJECTS)
def test_every_name_in_a_template_is_a_field(word: str) -> None:
    known = {field.name for field in fields(OBJECTS[word])} | (BESIDE if word == "data" else set())
    used = names_after(word)
    assert used, word
    assert {name: path.name for name, path in used.items() if name not in known} == {}


@pytest.mark.parametrize("word", OBJECTS)
def test_every_field_is_read_by_a_template(word: str) -> None:
    used = names_after(word)
    everything = " ".join(TEXTS.values())
    assert {field.name for field in fields(OBJECTS[word])} - set(used) == set()
    # The sender's names are read by their key, so are the groups of them.
    assert all(f'"{field.name}"' in everything for field in fields(NameGroups))


@pytest.mark.parametrize("form", VALUES, ids=lambda form: form.__name__)
def test_every_field_of_a_content_value_is_read_by_a_template(form: type) -> None:
    everything = " ".join(TEXTS.values())
    unread = {
        f"{form.__name__}.{field.name}"
        for field in fields(form)
        if not re.search(rf"\.{field.name}\b|\"{field.name}\"", everything)
    }
    assert unread - ELSEWHERE == set()


def test_every_parameter_of_a_contract_is_read_by_its_templates_and_no_other() -> None:
    project, _ = read_project(ROOT)
    assert project is not None
    shared = " ".join(text for path, text in TEXTS.items() if "materials" not in path.parts)
    for kind, material in project.theme.materials.items():
        own = " ".join(text for path, text in TEXTS.items() if path.is_relative_to(THEME / "materials" / kind))
        named = set(re.findall(r'param\("([a-z0-9-]+)"', own))
        assert named <= set(material.params), kind
        read = named | set(re.findall(r'"([a-z0-9-]+)"', own + shared)) | set(re.findall(r"content\.([a-z_]+)", own))
        assert set(material.params) <= read, kind
