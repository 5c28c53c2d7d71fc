"""Inks of pictures: grey is black ink alone, colours stay, no pixel takes more than paper does; the judge sees it."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from print_case import FONTS, NOON, PROFILE, SLOGAN, finish, make_document, make_line, make_theme, sheet_of

from generator.model import MOST_INK, Sheet
from generator.photo import make_logo_copy
from generator.preflight import inspect_press
from generator.render.separation import separate
from generator.render.typeset import Typesetter

ICC = PROFILE.read_bytes()
LOGO = '#import "/shared/logo.typ": logo\n#place(bottom + right, dx: mm(-12), dy: mm(-12), logo(mm(20)))\n'
NEAR_BLACKS = [(0, 0, 0), (35, 31, 32), (10, 8, 14), (20, 20, 20)]


def inks_of(*colours: tuple[int, int, int]) -> list[tuple[int, ...]]:
    """Return the percent of the four inks of colours of the screen."""
    picture = Image.frombytes("RGB", (len(colours), 1), bytes(part for colour in colours for part in colour))
    inks = separate(picture, ICC).tobytes()
    return [tuple(round(ink / 2.55) for ink in inks[at : at + 4]) for at in range(0, len(inks), 4)]


def test_what_looks_black_is_black_ink_alone() -> None:
    assert inks_of(*NEAR_BLACKS) == [(0, 0, 0, 100)] * len(NEAR_BLACKS)


def test_greys_are_black_ink_alone_and_get_lighter_up_to_bare_paper() -> None:
    blacks = []
    for cyan, magenta, yellow, black in inks_of(*((grey, grey, grey) for grey in range(256))):
        assert (cyan, magenta, yellow) == (0, 0, 0)
        blacks.append(black)
    assert blacks[0] == 100 and blacks[-1] == 0 and blacks == sorted(blacks, reverse=True)
    assert 60 <= blacks[128] <= 68, "dots grow on paper: as much black as looks like half grey, not half of it"


def test_colours_stay_colours() -> None:
    red, blue, brown = inks_of((200, 16, 32), (0, 84, 159), (90, 60, 30))
    assert red[0] < 20 and red[1] > 90 and red[2] > 75
    assert blue[0] > 90 and blue[1] > 55 and blue[2] < 30
    assert min(brown[:3]) > 20, "a dark colour is no grey"


def test_no_pixel_takes_more_ink_than_paper_does() -> None:
    deep = [*product(range(0, 64, 3), repeat=3)]
    assert max(map(sum, inks_of(*deep))) <= MOST_INK + 2, "each ink is rounded to a whole percent"
    picture = Image.frombytes("RGB", (len(deep), 1), bytes(part for colour in deep for part in colour))
    inks = separate(picture, ICC).tobytes()
    assert max(sum(inks[at : at + 4]) for at in range(0, len(inks), 4)) <= MOST_INK * 2.55


def test_a_picture_that_is_too_heavy_loses_colour_and_no_black(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.render.separation.MOST", 200 * 255 // 100)
    before = (0, 0, 40)
    [(cyan, magenta, yellow, black)] = inks_of(before)
    monkeypatch.undo()
    [(more_cyan, more_magenta, _, same)] = inks_of(before)
    assert cyan + magenta + yellow + black <= 201 and black == same
    assert cyan < more_cyan and abs(cyan / magenta - more_cyan / more_magenta) < 0.05, "the hue stays"


def draw_logo(path: Path, shape: tuple[int, ...]) -> tuple[bytes, int, int]:
    """Return the copy of a logo: a ring and a fine line on nothing, smooth at its edges."""
    large = Image.new("RGBA", (1200, 1200))
    pen = ImageDraw.Draw(large)
    pen.ellipse((40, 40, 1160, 1160), outline=shape, width=90)
    pen.line((100, 600, 1100, 640), fill=shape, width=6)
    large.resize((600, 600), Image.Resampling.LANCZOS).save(path)
    return make_logo_copy(path, 1200)


def make_press(folder: Path, shape: tuple[int, ...]) -> tuple[bytes, Sheet]:
    document = make_document({"slogan": make_line("An toàn")}, scale=1)
    logo = draw_logo(folder / "logo.png", shape)
    drawn = Typesetter(make_theme(folder, LOGO + SLOGAN), FONTS).draw("thu", document, NOON, logo)
    return finish(drawn, sheet_of(document)), sheet_of(document)


def find_picture(press: pikepdf.Pdf) -> pikepdf.Object:
    [picture] = [one for one in press.objects if isinstance(one, pikepdf.Stream) and "/SMask" in one]
    return picture


def read_seen_inks(pdf: bytes) -> set[bytes]:
    """Return the inks of the pixels that are seen: nearly clear ones have no colour to speak of."""
    with pikepdf.open(io.BytesIO(pdf)) as press:
        picture = find_picture(press)
        inks, alpha = picture.read_bytes(), picture.SMask.read_bytes()
    return {inks[4 * at : 4 * at + 4] for at, opaque in enumerate(alpha) if opaque >= 64}


@pytest.mark.parametrize("shape", [(0, 0, 0, 255), (35, 31, 32, 255), (0, 84, 159, 255)])
def test_a_logo_is_printed_in_inks_that_the_judge_lets_pass(tmp_path: Path, shape: tuple[int, ...]) -> None:
    press, sheet = make_press(tmp_path, shape)
    assert inspect_press(press, sheet, []) == []
    seen = read_seen_inks(press)
    is_black = max(shape[:3]) < 40
    assert is_black == all(inks[:3] == b"\0\0\0" for inks in seen), "edges and fine lines, too"
    assert not is_black or bytes((0, 0, 0, 255)) in seen


def test_the_judge_tells_how_much_ink_is_too_much(tmp_path: Path) -> None:
    press, sheet = make_press(tmp_path, (0, 0, 0, 255))
    heavy = io.BytesIO()
    with pikepdf.open(io.BytesIO(press)) as opened:
        picture = find_picture(opened)
        picture.write(bytes((217, 201, 138, 250)) + picture.read_bytes()[4:])
        opened.save(heavy)
    assert inspect_press(heavy.getvalue(), sheet, []) == ["trang 1: ảnh có chỗ phủ 316 % mực, nhiều nhất là 300 %"]
