"""Read the project's own drawings: theme/art/art.yml and one strict SVG per drawing (parts in theme/art/kit/).

Comes in: the folder theme/art. Goes out: `Art` by id: flat shapes whose colours are palette jobs, which
theme/shared/art.typ draws as native curves and the website as SVG.
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.errors import Place, Problem, UserError
from generator.explain import check
from generator.model import Drawing, Drawings
from generator.source import read_yaml
from generator.theme.vector import IDENTITY, Matrix, Step, join, make_path, move, read_transform

MOST_BYTES = 200_000
DEEPEST_PART = 4
SHAPES = ("path", "rect", "circle", "ellipse", "polygon")


@dataclass(frozen=True)
class Shape:
    """One flat shape: its colours are palette jobs ("" for none), `path` its steps in units of the drawing.

    `box`: how far its points reach (left, top, right, bottom).
    """

    fill: str
    stroke: str
    thick: float
    rule: Literal["even-odd", "non-zero"]
    box: tuple[float, float, float, float]
    path: list[Step]


@dataclass(frozen=True)
class Art:
    """One drawing: its size in units, what it shows and stands for, and its shapes in painting order.

    `is_hollow`: its shaded part is a hole. `keep` (data-keep) and `close`: the share of the height, from the top,
    that no layout, and no close-up, may crop away.
    """

    width: float
    height: float
    keep: float
    alt: str
    sort: str
    close: float
    is_hollow: bool
    trades: tuple[str, ...]
    hazards: tuple[str, ...]
    audiences: tuple[str, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class DrawingSet:
    """Every drawing by id, and which stands for what: the picture of a hazard, audience or trade, the sign of a
    hazard.
    """

    drawings: Mapping[str, Art]
    pictures: Mapping[str, str]
    signs: Mapping[str, str]


@dataclass(frozen=True)
class _Pen:
    """What a shape inherits from its groups."""

    matrix: Matrix = IDENTITY
    fill: str = ""
    stroke: str = ""
    thick: float = 0.0
    swaps: tuple[tuple[str, str], ...] = ()


def read_art(folder: Path) -> dict[str, Art]:
    """Return every drawing that `folder`/art.yml names, by id.

    Raises UserError with a Problem for each drawing that is missing, unnamed or outside the SVG subset.
    """
    register = check(Drawings, read_yaml(folder / "art.yml", "theme/art/art.yml")).art
    drawn, problems = _read_each(folder, register)
    for orphan in sorted({path.stem for path in folder.glob("*.svg")} - set(register)):
        problems.append(Problem(Place(f"theme/art/{orphan}.svg"), f"hình “{orphan}” chưa được mô tả", REMEDY_ALT))
    if problems:
        raise UserError(problems)
    return drawn


def read_some(folder: Path, entries: Mapping[str, Drawing]) -> dict[str, Art]:
    """Return these drawings of `folder`, by id. Raises UserError with a Problem for each outside the SVG subset."""
    drawn, problems = _read_each(folder, entries)
    if problems:
        raise UserError(problems)
    return drawn


def _read_each(folder: Path, entries: Mapping[str, Drawing]) -> tuple[dict[str, Art], list[Problem]]:
    drawn: dict[str, Art] = {}
    problems: list[Problem] = []
    for name, entry in sorted(entries.items()):
        try:
            drawn[name] = read_drawing(folder, name, entry)
        except (ValueError, OSError, Xml.ParseError) as mistake:
            problems.append(Problem(Place(f"theme/art/{name}.svg"), f"không đọc được hình này ({mistake})", REMEDY))
    return drawn, problems


REMEDY = (
    'hình chỉ gồm path, rect, circle, ellipse, polygon, g, use; màu ghi fill="slot:<việc>" (xem theme/art/README.md)'
)
REMEDY_ALT = "thêm một mục trong theme/art/art.yml: alt (mô tả bằng lời), trades, hazards"


def read_drawing(folder: Path, name: str, entry: Drawing) -> Art:
    """Return the drawing of `folder`/`name`.svg, of which `entry` says what it shows. Raises ValueError."""
    root = _parse(folder / f"{name}.svg")
    left, top, width, height = (float(number) for number in root.get("viewBox", "").replace(",", " ").split())
    pen = _Pen(matrix=(1.0, 0.0, 0.0, 1.0, -left, -top))
    shapes = tuple(_walk(folder, root, pen, 0))
    if not shapes:
        raise ValueError("empty")
    keep = float(root.get("data-keep", "1"))
    if not 0 < keep <= 1:
        raise ValueError(f"data-keep {keep}")
    return Art(
        width=width,
        height=height,
        keep=keep,
        alt=entry.alt,
        sort=entry.sort,
        close=entry.close,
        is_hollow=entry.is_hollow,
        trades=tuple(entry.trades),
        hazards=tuple(entry.hazards),
        audiences=tuple(entry.audiences),
        shapes=shapes,
    )


def _parse(path: Path) -> Xml.Element:
    written = path.read_bytes()
    if len(written) > MOST_BYTES or b"<!" in written.replace(b"<!--", b""):
        raise ValueError("too big, or holds a DOCTYPE")
    root = Xml.fromstring(written)
    if _name(root) != "svg":
        raise ValueError("not an SVG")
    return root


def _name(element: Xml.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _walk(folder: Path, parent: Xml.Element, pen: _Pen, depth: int) -> Iterator[Shape]:
    """Yield the shapes under `parent` in painting order, all in the coordinates of the drawing."""
    for element in parent:
        name = _name(element)
        if name in ("title", "desc"):
            continue
        inner = _inherit(pen, element)
        if name == "g":
            yield from _walk(folder, element, inner, depth)
        elif name == "use":
            yield from _walk(folder, _read_part(folder, element, depth), inner, depth + 1)
        elif name in SHAPES:
            yield _make_shape(name, element, inner)
        else:
            raise ValueError(f"<{name}>")


def _read_part(folder: Path, element: Xml.Element, depth: int) -> Xml.Element:
    href = element.get("href", "")
    if depth >= DEEPEST_PART or not href.startswith("kit/") or not href[4:].replace("-", "").isalnum():
        raise ValueError(f"use href={href!r}")
    return _parse(folder / f"{href}.svg")


def _inherit(pen: _Pen, element: Xml.Element) -> _Pen:
    for banned in ("style", "class", "opacity", "filter", "clip-path", "mask"):
        if banned in element.attrib:
            raise ValueError(f"attribute {banned}")
    swaps = dict(pen.swaps)
    inner = {}
    for pair in element.get("slots", "").split():
        slot, _, job = pair.partition("=")
        inner[slot] = swaps.get(job, job)
    return _Pen(
        matrix=join(pen.matrix, read_transform(element.get("transform", ""))),
        fill=_read_slot(element.get("fill"), pen.fill, pen.swaps),
        stroke=_read_slot(element.get("stroke"), pen.stroke, pen.swaps),
        thick=float(element.get("stroke-width", pen.thick)),
        swaps=tuple((swaps | inner).items()),
    )


def _read_slot(written: str | None, inherited: str, swaps: tuple[tuple[str, str], ...]) -> str:
    if written is None:
        return inherited
    if written == "none":
        return ""
    if not written.startswith("slot:"):
        raise ValueError(f"colour {written!r}")
    job = written.removeprefix("slot:")
    return dict(swaps).get(job, job)


def _make_shape(name: str, element: Xml.Element, pen: _Pen) -> Shape:
    if not pen.fill and not pen.stroke:
        raise ValueError(f"<{name}> has no colour")
    a, b, c, d, _, _ = pen.matrix
    size = abs(a * d - b * c) ** 0.5
    path = move(make_path(name, element.attrib), pen.matrix)
    across, down = ([float(at) for step in path for at in step[first::2]] for first in (1, 2))
    return Shape(
        fill=pen.fill,
        stroke=pen.stroke,
        thick=round(pen.thick * size, 2) if pen.stroke else 0,
        rule="even-odd" if element.get("fill-rule") == "evenodd" else "non-zero",
        box=(min(across), min(down), max(across), max(down)),
        path=path,
    )
