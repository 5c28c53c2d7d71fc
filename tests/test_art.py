"""The drawings: the SVG subset, what is refused, and that every drawing of the theme fits the palette of every face."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import UserError
from generator.model import Drawing
from generator.source import read_yaml
from generator.theme.art import Art, read_art, read_drawing
from generator.theme.vector import make_path, move, read_transform

THEME = Path(__file__).parents[1] / "theme"
FACES = sorted(path.stem for path in (THEME / "faces").glob("*.yml"))
ENTRY = Drawing(alt="Một hình", sort="bien", close=0.5, hazards=["nga-cao"])
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20">'


@pytest.fixture(scope="module")
def art() -> dict[str, Art]:
    return read_art(THEME / "art")


def draw(folder: Path, inside: str, name: str = "hinh") -> Art:
    (folder / f"{name}.svg").write_text(f"{HEAD}{inside}</svg>", encoding="utf-8")
    return read_drawing(folder, name, ENTRY)


def jobs_of(face: str) -> set[str]:
    common = read_yaml(THEME / "tokens.yml", "tokens.yml").data["jobs"]
    return {*common, *read_yaml(THEME / f"faces/{face}.yml", face).data["jobs"]}


def test_there_is_art_to_test(art: dict[str, Art]) -> None:
    assert len(art) >= 36
    assert all(one.alt and one.shapes for one in art.values())


@pytest.mark.parametrize("sort", ["hinh", "bien", "bieu-tuong"])
def test_there_are_at_least_twelve_of_each_sort_in_its_own_size(sort: str, art: dict[str, Art]) -> None:
    found = [one for one in art.values() if one.sort == sort]
    assert len(found) >= 12
    is_small = {drawing.width <= 200 for drawing in found}
    assert is_small == {sort != "hinh"}


@pytest.mark.parametrize(
    ("meaning", "register"), [("hazards", "hazards"), ("trades", "sectors"), ("audiences", "audiences")]
)
def test_drawings_stand_for_what_the_register_knows(meaning: str, register: str, art: dict[str, Art]) -> None:
    terms = read_yaml(THEME.parent / "campaigns" / "terms.yml", "terms.yml").data
    meant = {word for one in art.values() for word in getattr(one, meaning)}
    assert len(meant) >= 12
    assert meant - {row["id"] for row in terms[register]} == set()


def test_every_audience_has_a_picture(art: dict[str, Art]) -> None:
    terms = read_yaml(THEME.parent / "campaigns" / "terms.yml", "terms.yml").data
    shown = {word for one in art.values() if one.sort == "hinh" for word in one.audiences}
    assert {row["id"] for row in terms["audiences"]} - shown == set()


@pytest.mark.parametrize("face", FACES)
def test_every_face_has_a_colour_for_every_slot_and_its_lead(face: str, art: dict[str, Art]) -> None:
    slots = {slot for one in art.values() for shape in one.shapes for slot in (shape.fill, shape.stroke)} - {""}
    assert len(slots) > 5
    assert slots - jobs_of(face) == set()
    assert read_yaml(THEME / f"faces/{face}.yml", face).data["lead"] in art


def test_every_hazard_has_a_sign(art: dict[str, Art]) -> None:
    terms = read_yaml(THEME.parent / "campaigns" / "terms.yml", "terms.yml").data
    shown = {hazard for one in art.values() if one.sort == "bien" for hazard in one.hazards}
    assert {row["id"] for row in terms["hazards"]} - shown == set()


def test_shapes_become_absolute_steps(tmp_path: Path) -> None:
    drawn = draw(tmp_path, '<g transform="translate(1 2) scale(2)"><path fill="slot:ink" d="m1 1h2v2l-2 0z"/></g>')
    assert (drawn.width, drawn.height) == (10, 20)
    assert drawn.shapes[0].path == [["M", 3, 4], ["L", 7, 4], ["L", 7, 8], ["L", 3, 8], ["Z"]]


def test_viewbox_origin_is_the_corner_of_the_drawing(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg viewBox="-5 -5 10 10"><rect fill="slot:ink" width="1" height="1"/></svg>')
    assert read_drawing(tmp_path, "a", ENTRY).shapes[0].path[0] == ["M", 5, 5]


def test_quadratic_and_smooth_curves_become_cubics() -> None:
    assert make_path("path", {"d": "M0 0 Q3 3 6 0"})[1] == ["C", 2, 2, 4, 2, 6, 0]
    assert make_path("path", {"d": "M0 0 C0 1 2 1 2 0 S4 -1 4 0"})[2] == ["C", 2, -1, 4, -1, 4, 0]


def test_rotation_turns_about_a_point() -> None:
    turned = move([["M", 2.0, 1.0]], read_transform("rotate(90 1 1)"))
    assert turned == [["M", 1, 2]]


def test_strokes_scale_with_their_group(tmp_path: Path) -> None:
    drawn = draw(
        tmp_path, '<g transform="scale(3)"><path fill="none" stroke="slot:ink" stroke-width="2" d="M0 0L1 1"/></g>'
    )
    assert (drawn.shapes[0].fill, drawn.shapes[0].thick) == ("", 6)


def test_parts_are_recoloured_where_they_are_used(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit/mu.svg").write_text(f'{HEAD}<rect fill="slot:cap" width="1" height="1"/></svg>', encoding="utf-8")
    drawn = draw(tmp_path, '<use href="kit/mu" slots="cap=accent"/><use href="kit/mu"/>')
    assert [shape.fill for shape in drawn.shapes] == ["accent", "cap"]


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<image href="x.png"/>',
        "<script/>",
        '<rect fill="#ff0000" width="1" height="1"/>',
        '<rect fill="slot:ink" opacity="0.5" width="1" height="1"/>',
        '<rect width="1" height="1"/>',
        '<path fill="slot:ink" d="M0 0 A1 1 0 0 1 2 2"/>',
        '<path fill="slot:ink" d="M0 0 L1"/>',
        '<path fill="slot:ink" d="M0 0 Z 5"/>',
        '<path fill="slot:ink" d="M0,0 L1;1"/>',
        '<g transform="skewX(3)"><rect fill="slot:ink" width="1" height="1"/></g>',
        '<use href="../kit/mu"/>',
        '<use href="kit/../mu"/>',
    ],
)
def test_what_is_outside_the_subset_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(ValueError):
        draw(tmp_path, inside)


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}<rect fill="slot:ink"/></svg>')
    with pytest.raises(ValueError):
        read_drawing(tmp_path, "a", ENTRY)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "art.yml").write_text("art:\n  mot: {alt: Một}\n  hai: {alt: Hai}\n", encoding="utf-8")
    (tmp_path / "ba.svg").write_text(f'{HEAD}<rect fill="slot:ink" width="1" height="1"/></svg>', encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_art(tmp_path)
    assert [problem.place.path for problem in caught.value.problems] == [
        f"theme/art/{name}.svg" for name in ("ba", "hai", "mot")
    ]


def test_a_drawing_without_words_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "art.yml").write_text("art:\n  mot: {alt: Một}\n  hai: {trades: []}\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_art(tmp_path)
    assert [(problem.place.path, problem.place.line) for problem in caught.value.problems] == [("theme/art/art.yml", 3)]


def test_a_drawing_says_how_much_of_it_must_be_seen(tmp_path: Path) -> None:
    shape = '<rect fill="slot:ink" width="1" height="1"/>'
    (tmp_path / "a.svg").write_text(f'<svg viewBox="0 0 9 9" data-keep="0.7">{shape}</svg>', encoding="utf-8")
    (tmp_path / "b.svg").write_text(f'<svg viewBox="0 0 9 9" data-keep="7">{shape}</svg>', encoding="utf-8")
    assert read_drawing(tmp_path, "a", ENTRY).keep == 0.7
    with pytest.raises(ValueError, match="data-keep"):
        read_drawing(tmp_path, "b", ENTRY)


def test_a_drawing_says_what_it_stands_for(tmp_path: Path) -> None:
    drawn = draw(tmp_path, '<rect fill="slot:ink" width="1" height="1"/>')
    assert (drawn.alt, drawn.sort, drawn.close, drawn.hazards) == ("Một hình", "bien", 0.5, ("nga-cao",))
    assert drawn.trades == drawn.audiences == ()
