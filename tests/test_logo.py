"""The organisation's logo: on every kind, in inks for press, fine enough, and new pieces when the file changes."""

from __future__ import annotations

import dataclasses
import io
import shutil
from functools import lru_cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from workshop_case import PRINT, Which, make_good, make_here, read_sound, which

from generator.errors import Problem
from generator.photo import make_logo_copy
from generator.preflight import inspect_pictures
from generator.project import Project, read_project
from generator.worklist import Ticket, make_examples
from generator.workshop import Store, Workshop, part
from generator.workshop.keys import KeyMaker

ROOT = Path(__file__).parent.parent
RED = (200, 16, 32, 255)


def write_logo(path: Path, width: int = 1300, height: int = 900) -> None:
    """Write a red round shape on nothing, with empty margins and words that must not go on."""
    picture = Image.new("RGBA", (width + 40, height + 40), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((20, 20, width + 19, height + 19), fill=RED)
    picture.save(path, exif=b"Exif\0\0secret")


def read_with_logo(folder: Path, **size: int) -> Project:
    """Return this project, copied, with a logo."""
    for name in ("theme", "campaigns", "content"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    write_logo(folder / "campaigns" / "logo.png", **size)
    path = folder / "campaigns" / "organisation.yml"
    path.write_text(path.read_text(encoding="utf-8").replace('logo: ""', "logo: logo.png"), encoding="utf-8")
    project, problems = read_project(folder)
    assert project is not None and project.organisation.logo == "logo.png", problems
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return read_with_logo(tmp_path_factory.mktemp("project"))


@lru_cache(maxsize=2)
def examples_of(root: Path) -> list[Ticket]:
    return make_examples(read_sound(root))


def one_of_each(project: Project) -> list[Ticket]:
    """Return the first example of every kind and maker in its smallest and its largest size."""
    examples = sorted(examples_of(project.root), key=lambda ticket: ticket.sheet.width_mm * ticket.sheet.height_mm)
    first = {(ticket.entry.kind, ticket.maker): ticket for ticket in examples[::-1]}
    last = {(ticket.entry.kind, ticket.maker): ticket for ticket in examples}
    return [*first.values(), *(ticket for key, ticket in last.items() if ticket.preset != first[key].preset)]


def printed(project: Project) -> list[Ticket]:
    """Return those of them that have a press file."""
    return [ticket for ticket in one_of_each(project) if PRINT in map(which, ticket.pieces)]


#: Objects of pikepdf live as long as their file is open.
OPENED: list[pikepdf.Pdf] = []


def pictures_of(pdf: bytes) -> list[pikepdf.Object]:
    """Return the pictures that the pages draw."""
    OPENED.append(pikepdf.open(io.BytesIO(pdf)))
    drawn = [one for page in OPENED[-1].pages for one in page.obj.Resources.get("/XObject", {}).values()]
    return [one for one in drawn if one.Subtype == "/Image"]


def test_every_kind_carries_the_logo(project: Project) -> None:
    # An imposed file holds the pages of the press file beside it.
    tickets = [ticket for ticket in one_of_each(project) if ticket.maker not in ("text", "office")]
    assert {ticket.entry.kind for ticket in tickets} == set(project.theme.materials)
    seen: set[Which] = set()
    for ticket in tickets:
        wanted = [which(piece) for piece in ticket.pieces if not piece.is_imposed]
        for (purpose, format, is_imposed), body in make_good(project, ticket, *wanted).items():
            seen.add((purpose, format, is_imposed))
            if format == "png":
                with Image.open(io.BytesIO(body)) as picture:
                    assert RED[:3] in {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
                continue
            found = pictures_of(body)
            assert len(found) == 1, ticket.head.title
            if purpose == "print":
                assert found[0].ColorSpace == "/DeviceCMYK" and found[0].SMask.ColorSpace == "/DeviceGray"
                assert len(found[0].read_bytes()) == 4 * int(found[0].Width) * int(found[0].Height)
                assert inspect_pictures(body, ticket.sheet) == []
    assert len(seen) == 3, "previews, press files, screen pictures"


def test_white_stays_paper_and_red_has_no_blue_ink(project: Project) -> None:
    inks = pictures_of(make_good(project, printed(project)[0], PRINT)[PRINT])[0]
    width, height = int(inks.Width), int(inks.Height)
    middle = inks.read_bytes()[4 * (width * (height // 2) + width // 2) :][:4]
    assert middle[0] < 60 and middle[1] > 200 and middle[2] > 180, list(middle)


def test_an_empty_logo_leaves_nothing() -> None:
    project = read_sound()
    assert project.organisation.logo == ""
    assert pictures_of(make_good(project, printed(project)[0], PRINT)[PRINT]) == []


def test_a_coarse_logo_is_refused_on_large_pieces_only(tmp_path: Path) -> None:
    project = read_with_logo(tmp_path, width=300, height=300)
    refused: dict[str, list[tuple[Problem, ...]]] = {}
    for ticket in (ticket for ticket in examples_of(tmp_path) if ticket.preset.id in ("bang-ron-8x1", "a5", "a3")):
        refused.setdefault(ticket.preset.id, []).append(make_here(project, ticket, PRINT)[PRINT].wrong)
    for [problem] in refused["bang-ron-8x1"]:
        assert problem.place.path == "campaigns/organisation.yml" and "điểm/inch" in problem.wrong and problem.remedy
    assert not any(refused["a5"]) and not any(refused["a3"])


def test_the_copy_is_clean_and_small(tmp_path: Path) -> None:
    write_logo(tmp_path / "x.png", 3000, 1500)
    png, width, height = make_logo_copy(tmp_path / "x.png", 1200)
    assert (width, height) == (1200, 600) and b"secret" not in png
    with Image.open(io.BytesIO(png)) as copy:
        assert copy.mode == "RGBA" and copy.getpixel((0, 0))[3] == 0 and copy.getpixel((600, 300)) == RED


def test_a_new_logo_makes_new_pieces(project: Project, tmp_path: Path) -> None:
    ticket = printed(project)[0]
    piece = next(piece for piece in ticket.pieces if which(piece) == PRINT)
    only = dataclasses.replace(ticket, pieces=(piece,))
    keys, bodies, drawn = [], [], []
    for width in (1300, 1000, 1000):
        write_logo(project.root / "campaigns" / "logo.png", width)
        keys.append(KeyMaker(project.root, project.theme.fonts.packages).key_of(ticket, piece))
        with Workshop(project.root, project.theme) as workshop:
            workshop.store = Store(tmp_path / "kho")
            [made], wrong = part(workshop.make([only]))
            drawn.append(workshop.drawn)
        bodies.append(made.kept.body.path.read_bytes())
        assert not wrong
    assert keys[0] != keys[1] == keys[2] and bodies[0] != bodies[1] == bodies[2]
    assert drawn == [1, 1, 0]
    with pypdfium2.PdfDocument(bodies[1]) as opened:
        assert len(opened) == piece.pages
