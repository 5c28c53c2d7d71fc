"""The geometry of a strict SVG subset: path data, basic shapes and transforms become absolute M L C Z steps.

Comes in: attribute values of one SVG element. Goes out: lists such as ["C", x1, y1, x2, y2, x, y].
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

Step = list[str | float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Control distance of the cubic that follows a quarter circle to 0.03 %.
ROUND = 0.5522847498
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
TOKEN = re.compile(r"[A-Za-z]|" + NUMBER.pattern)
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "Z": 0}


def make_path(name: str, attributes: Mapping[str, str]) -> list[Step]:
    """Return the steps of one element (`path`, `rect`, `circle`, `ellipse`, `polygon`); raises ValueError."""
    if name == "path":
        return _read_path(attributes["d"])
    if name == "polygon":
        numbers = [float(n) for n in NUMBER.findall(attributes["points"])]
        corners = zip(numbers[::2], numbers[1::2], strict=True)
        lines: list[Step] = [["L" if index else "M", x, y] for index, (x, y) in enumerate(corners)]
        return [*lines, ["Z"]]
    value = {key: float(attributes.get(key, 0)) for key in ("x", "y", "width", "height", "rx", "cx", "cy", "r", "ry")}
    if name == "rect":
        return _make_rect(value["x"], value["y"], value["width"], value["height"], value["rx"])
    radius_x, radius_y = (value["r"], value["r"]) if name == "circle" else (value["rx"], value["ry"])
    return _make_ellipse(value["cx"], value["cy"], radius_x, radius_y)


def _make_rect(x: float, y: float, width: float, height: float, radius: float) -> list[Step]:
    if not radius:
        return [["M", x, y], ["L", x + width, y], ["L", x + width, y + height], ["L", x, y + height], ["Z"]]
    r = min(radius, width / 2, height / 2)
    k = r * (1 - ROUND)
    right, bottom = x + width, y + height
    return [
        ["M", x + r, y],
        ["L", right - r, y],
        ["C", right - k, y, right, y + k, right, y + r],
        ["L", right, bottom - r],
        ["C", right, bottom - k, right - k, bottom, right - r, bottom],
        ["L", x + r, bottom],
        ["C", x + k, bottom, x, bottom - k, x, bottom - r],
        ["L", x, y + r],
        ["C", x, y + k, x + k, y, x + r, y],
        ["Z"],
    ]


def _make_ellipse(cx: float, cy: float, rx: float, ry: float) -> list[Step]:
    kx, ky = rx * ROUND, ry * ROUND
    return [
        ["M", cx + rx, cy],
        ["C", cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry],
        ["C", cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy],
        ["C", cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry],
        ["C", cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy],
        ["Z"],
    ]


def _read_path(data: str) -> list[Step]:
    """Return path data as absolute steps; H, V become lines, Q and S become cubics."""
    steps: list[Step] = []
    here = start = handle = (0.0, 0.0)
    for letter, numbers in _split(data):
        if letter.upper() == "Z":
            steps.append(["Z"])
            here = handle = start
            continue
        points = _to_points(letter, numbers, here)
        step = _make_step(letter.upper(), points, here, handle)
        steps.append(step)
        handle = points[-2] if letter.upper() in "CS" else points[-1]
        here = points[-1]
        if letter.upper() == "M":
            start = here
    return steps


def _split(data: str) -> list[tuple[str, list[float]]]:
    """Return (letter, numbers) for every step; repeated steps get their letter back (after M comes L)."""
    if re.sub(TOKEN, "", data).strip(" ,\n\t"):
        raise ValueError(f"path {data[:20]!r}")
    found: list[tuple[str, list[float]]] = []
    letter, numbers = "", [0.0]
    for token in TOKEN.findall(data):
        if token.isalpha():
            if token.upper() not in COUNTS:
                raise ValueError(f"path command {token}")
            letter, numbers = token, []
            found.append((letter, numbers))
            continue
        if not letter or not COUNTS[letter.upper()]:
            raise ValueError("number without a path command")
        if len(numbers) == COUNTS[letter.upper()]:
            letter, numbers = {"M": "L", "m": "l"}.get(letter, letter), []
            found.append((letter, numbers))
        numbers.append(float(token))
    if any(len(numbers) != COUNTS[letter.upper()] for letter, numbers in found):
        raise ValueError("path with a number missing")
    return found


def _to_points(letter: str, numbers: Sequence[float], here: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the absolute points of one step."""
    x, y = here if letter.islower() else (0.0, 0.0)
    if letter.upper() == "H":
        return [(numbers[0] + x, here[1])]
    if letter.upper() == "V":
        return [(here[0], numbers[0] + y)]
    return [(a + x, b + y) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]


def _make_step(
    letter: str, points: list[tuple[float, float]], here: tuple[float, float], handle: tuple[float, float]
) -> Step:
    if letter in "LHV":
        return ["L", *points[0]]
    if letter == "Q":
        (qx, qy), (x, y) = points
        first = (here[0] + 2 / 3 * (qx - here[0]), here[1] + 2 / 3 * (qy - here[1]))
        return ["C", *first, x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y), x, y]
    if letter == "S":
        return ["C", 2 * here[0] - handle[0], 2 * here[1] - handle[1], *points[0], *points[1]]
    return [letter, *(number for point in points for number in point)]


def read_transform(written: str) -> Matrix:
    """Return the matrix of a `transform` (translate, scale and rotate, applied as SVG does); raises ValueError."""
    matrix = IDENTITY
    calls = re.findall(r"(\w+)\s*\(([^)]*)\)", written)
    if re.sub(r"\w+\s*\([^)]*\)", "", written).strip(" ,"):
        raise ValueError(f"transform {written!r}")
    for name, inside in calls:
        numbers = [float(n) for n in NUMBER.findall(inside)]
        matrix = join(matrix, _make_matrix(name, numbers))
    return matrix


def _make_matrix(name: str, numbers: list[float]) -> Matrix:
    if name == "translate":
        return (1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1] if len(numbers) > 1 else 0.0)
    if name == "scale":
        return (numbers[0], 0.0, 0.0, numbers[-1], 0.0, 0.0)
    if name != "rotate":
        raise ValueError(f"transform {name}")
    turn = math.radians(numbers[0])
    x, y = numbers[1:3] if len(numbers) == 3 else (0.0, 0.0)
    cos, sin = math.cos(turn), math.sin(turn)
    return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)


def join(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def move(steps: list[Step], matrix: Matrix) -> list[Step]:
    """Return `steps` through `matrix`, rounded to 0.01 unit."""
    a, b, c, d, e, f = matrix
    moved: list[Step] = []
    for letter, *numbers in steps:
        points = [float(number) for number in numbers]
        pairs = zip(points[::2], points[1::2], strict=True)
        flat = [value for x, y in pairs for value in (a * x + c * y + e, b * x + d * y + f)]
        moved.append([letter, *(round(value, 2) for value in flat)])
    return moved
