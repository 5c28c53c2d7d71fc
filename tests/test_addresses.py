"""Addresses of the website: how they lead from page to page, and that one module alone spells them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from generator import addresses
from generator.addresses import LANDING, Part, make_relative

#: The first folder of every address, or the name of a page at the top.
ROOMS = sorted({uri.removesuffix(".md").removesuffix("/index") for uri in LANDING if uri != LANDING.home} | {"an-pham"})
SPELT = re.compile(rf"(?:^|[/\"'])(?:{'|'.join(map(re.escape, ROOMS))})(?:/|\.md)|/(?:noi-dung|phat-thanh)/")
HREF = re.compile(r"href\(\s*['\"]")


def read_strings(source: str) -> Iterator[str]:
    """Yield what a module's strings say, those inside f-strings too; not its documentation."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and has_doc(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def has_doc(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> bool:
    return bool(node.body) and isinstance(node.body[0], ast.Expr) and ast.get_docstring(node) is not None


def spells(source: str) -> list[str]:
    return [text for text in read_strings(source) if SPELT.search(text)]


def test_no_other_module_spells_an_address() -> None:
    modules = sorted((ROOT / "generator").rglob("*.py"))
    own = Path(addresses.__file__)
    assert own in modules and len(spells(own.read_text("utf-8"))) > 10
    assert {path.name: found for path in modules if path != own and (found := spells(path.read_text("utf-8")))} == {}


def test_the_check_of_modules_can_fail() -> None:
    assert spells('"""nguy-co/x.md"""\ndef f(name: str) -> str:\n    return f"nguy-co/{name}.md"\n') == ["nguy-co/"]
    assert spells("x = 'lien-he.md'") and spells("x = f'chien-dich/{y}/tai-lieu.md'")
    assert not spells("x = 'thong-bao-tai-lieu'")


def test_templates_take_every_address_from_data() -> None:
    templates = sorted((ROOT / "theme" / "pages").glob("*.j2"))
    assert len(templates) > 20
    for path in templates:
        text = path.read_text("utf-8")
        assert not SPELT.search(text), path.name
        assert not HREF.search(text), path.name
    assert HREF.search("{{ href('nguy-co/index.md') }}") and SPELT.search("{{ href('nguy-co/index.md') }}")


def test_no_two_things_have_one_address() -> None:
    uris = [addresses.campaign_uri("x", part) for part in Part]
    uris += [spell("x") for spell in (addresses.hazard_uri, addresses.audience_uri, addresses.plan_uri)]
    uris += [addresses.document_uri("x"), addresses.copy_uri("x.pdf"), addresses.calendar_uri("x")]
    uris += [addresses.topic_uri("x", "y"), addresses.script_uri("x", "y"), addresses.entry_uri("x", "y"), *LANDING]
    assert len(set(uris)) == len(uris)


@pytest.mark.parametrize(
    ("start", "end", "address"),
    [
        ("index.md", "nguy-co/nga-cao.md", "nguy-co/nga-cao/"),
        ("nguy-co/nga-cao.md", "index.md", "../../"),
        ("nguy-co/nga-cao.md", "nguy-co/index.md", "../"),
        ("a/b.md", "a/b.md", "./"),
        ("a/index.md", "a/lich.ics", "lich.ics"),
        ("a/b.md", "a/lich.ics", "../lich.ics"),
    ],
)
def test_relative_addresses(start: str, end: str, address: str) -> None:
    assert make_relative(start, end) == address
