"""One YAML in worklists/ = what a campaign makes, and the pieces it must give: path, title, slug line, groups."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CAMPAIGN, ROOT, TESTS

from generator.errors import UserError
from generator.project import Project, read_project
from generator.worklist import Piece, make_pieces

CASES = sorted((TESTS / "worklists").glob("*.yml"))
NBSP = "\u00a0"
#: A list of phrases of our own, so that a phrase added to theme/ changes no case.
PHRASES = "compounds: [an toàn, người lao động, nơi làm việc, Chỉ thị]\nunits: [phút]\nleaders: [số]\n"
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


def write_make(root: Path, make: Any, replace: Sequence[Sequence[str]] = ()) -> Project:
    path = root / CAMPAIGN
    text = path.read_text(encoding="utf-8").partition("make:\n")[0]
    for old, new in replace:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text + yaml.safe_dump({"make": make}, allow_unicode=True), encoding="utf-8")
    project, problems = read_project(root)
    assert [problem for problem in problems if not problem.is_warning] == []
    assert project is not None
    return project


def describe(piece: Piece) -> dict[str, Any]:
    slogan = piece.data["content"].get("slogan") or {"groups": []}
    return {
        "path": piece.path,
        "title": piece.title,
        "slug_line": piece.data["piece"]["slug_line"],
        "groups": [group.replace(NBSP, "_") for group in slogan["groups"]],
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_campaign_gives_these_pieces(path: Path, demo: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    (demo / "theme/phrases.yml").write_text(PHRASES, encoding="utf-8")
    pieces = make_pieces(write_make(demo, case["make"], case.get("replace", ())))
    assert [describe(piece) for piece in pieces] == case["pieces"]


def test_there_are_cases_to_guard() -> None:
    assert len(CASES) >= 5


@pytest.fixture(scope="module")
def real() -> list[Piece]:
    project, problems = read_project(ROOT)
    assert [str(problem) for problem in problems if not problem.is_warning] == [], "the real data must hold no errors"
    assert project is not None
    return make_pieces(project)


def test_every_name_can_be_a_file_on_every_system(real: list[Piece]) -> None:
    assert len(real) > 50
    paths = [piece.path for piece in real]
    assert paths == sorted(paths)
    assert len({path.lower() for path in paths}) == len(paths)
    for path in paths:
        assert len(path) <= 150
        folders, name = path.split("/")[:-1], path.split("/")[-1]
        stem, _, ending = name.partition(".")
        assert ending in ("pdf", "png", "txt", "docx")
        for part in (*folders, stem):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part), path
            assert len(part) <= 60
            assert part not in RESERVED


def test_the_order_and_content_do_not_depend_on_the_run(real: list[Piece]) -> None:
    project, _ = read_project(ROOT)
    assert project is not None
    assert make_pieces(project) == real


def test_a_document_does_not_say_what_the_piece_is_for(real: list[Piece]) -> None:
    """One drawing serves for both: it is drawn once for every entry and size."""
    assert {piece.purpose for piece in real} == {"print", "preview"}
    documents: dict[tuple[str, str, str], object] = {}
    for piece in real:
        assert documents.setdefault((piece.campaign, piece.entry, piece.preset.id), piece.data) == piece.data
    assert len(documents) < 0.7 * len(real)


def test_long_pieces_are_drawn_at_a_tenth_and_say_so(real: list[Piece]) -> None:
    long = [piece for piece in real if (piece.preset.width_mm or 0) > 5000]
    assert long
    for piece in long:
        assert piece.data["sheet"]["scale"] == 10
        assert "TỈ LỆ 1:10" in piece.data["piece"]["slug_line"]
        assert piece.name.endswith("-1-10")


def test_where_a_pdf_ends_is_data(real: list[Piece]) -> None:
    project, _ = read_project(ROOT)
    assert project is not None
    press = project.theme.press.model_copy(update={"longest_pt": 1000.0, "scale": 20})
    smaller = dataclasses.replace(project, theme=dataclasses.replace(project.theme, press=press))
    for piece, before in zip(make_pieces(smaller), real, strict=True):
        size = max(piece.preset.width_mm or 0, piece.preset.height_mm or 0) + 2 * (
            piece.preset.bleed_mm + press.slug_mm
        )
        assert piece.data["sheet"]["scale"] == (20 if size > press.longest_mm else 1)
        assert piece.entry == before.entry or size > press.longest_mm


def test_a_suggested_slogan_is_marked_in_the_slug(real: list[Piece]) -> None:
    marked = [piece for piece in real if (piece.data["content"].get("slogan") or {}).get("status") == "goi-y"]
    assert marked
    assert all("GỢI Ý, CHƯA DUYỆT" in piece.data["piece"]["slug_line"] for piece in marked)


def test_free_words_never_reach_a_path(demo: Path) -> None:
    bad = ["../../../ngoai", "/etc/passwd", "CON", "a b", "Loa.2025", "x" * 60]
    make = [
        {
            "kind": "ap-phich",
            "presets": ["a3"],
            "id": f"thu-{index}" if index % 2 else None,
            "with": {"kicker": word, "slogan": "ve-nha"},
        }
        for index, word in enumerate(bad)
    ]
    make = [{key: value for key, value in entry.items() if value is not None} for entry in make]
    for entry in make:
        first = make_pieces(write_make(demo, [entry]))[0]
        assert re.fullmatch(r"thang-an-toan-2025/35-ap-phich/[a-z0-9-]{1,56}\.pdf", first.path)


def test_twins_are_refused_once_for_each_entry(demo: Path) -> None:
    entry = {"kind": "ap-phich", "presets": ["a3", "a2"], "with": {"slogan": "ve-nha"}}
    project = write_make(demo, deepcopy([entry]) + deepcopy([entry]) + deepcopy([{**entry, "id": "cong-cho"}]))
    with pytest.raises(UserError) as caught:
        make_pieces(project)
    assert len(caught.value.problems) == 1
    assert "cho ra cùng một tệp" in caught.value.problems[0].wrong


@pytest.mark.parametrize("old", [["    starts: 05/5/2025", "    starts: 01/01/1945"], ['year: "2025"', 'year: "0000"']])
def test_absurd_years_break_nothing(demo: Path, old: list[str]) -> None:
    dates = [["starts: 01/5/2025\n", ""], ["\nends: 31/5/2025\n", "\n"]]
    project = write_make(
        demo, [{"kind": "ap-phich", "with": {"slogan": "ve-nha"}}], [old, *dates] if "year" in old[0] else [old]
    )
    assert all(piece.data["piece"]["timestamp"] >= 0 for piece in make_pieces(project))
