"""Every kind: every example × preset is drawn in every purpose, passes preflight, and looks like its reference.

`pytest tests/test_theme.py --update-references` remakes the reference pictures: look at them before committing.
"""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from workshop_case import read_sound

from generator.project import Project
from generator.worklist import make_examples
from generator.workshop import Made, Store, Workshop, part

ROOT = Path(__file__).parent.parent
LONGEST_PX = 240
LARGEST_BYTES = 20 * 1024
TOLERANCE = 1
COLOURS = 48
#: Pages side by side in the picture of a longer piece.
COLUMNS = 6


@pytest.fixture(scope="module")
def project() -> Project:
    return read_sound()


@pytest.fixture(scope="module")
def made(project: Project, tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    with Workshop(ROOT, project.theme) as workshop:
        workshop.store = Store(tmp_path_factory.mktemp("store"))
        made, wrong = part(workshop.make(make_examples(project)))
    assert not wrong, "\n".join(map(str, wrong))
    return made


def picture(one: Made) -> Image.Image:
    """Return all pages of a piece in one small picture with few colours: up to two below each other, more in rows."""
    body = one.kept.body.path.read_bytes()
    if one.piece.format == "png":
        pages = [Image.open(io.BytesIO(body)).convert("RGB")]
    else:
        document = pypdfium2.PdfDocument(body)
        pages = [page.render(scale=LONGEST_PX / max(page.get_size())).to_pil().convert("RGB") for page in document]
        document.close()
    columns, longest = (1, LONGEST_PX) if len(pages) <= 2 else (COLUMNS, LONGEST_PX // 2)
    for page in pages:
        page.thumbnail((longest, longest))
    width, height = max(page.width for page in pages), max(page.height for page in pages)
    rows = -(-len(pages) // columns)
    sheet = Image.new("RGB", (width * min(columns, len(pages)), height * rows), "white")
    for number, page in enumerate(pages):
        sheet.paste(page, (number % columns * width, number // columns * height))
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")


def reference_of(one: Made) -> Path:
    return ROOT / "theme" / "materials" / one.piece.kind / "reference" / f"{one.piece.name}.png"


def previews(made: list[Made]) -> list[Made]:
    return [one for one in made if one.piece.purpose == "preview" and one.piece.format in ("pdf", "png")]


def test_every_kind_has_examples_and_the_longest_text(project: Project) -> None:
    assert len(project.theme.materials) >= 6
    for kind, material in project.theme.materials.items():
        assert material.examples, kind


def test_every_example_is_drawn_in_every_size_and_purpose(project: Project, made: list[Made]) -> None:
    wanted = sum(
        len(m.examples) * len(m.presets) * (sum(len(f) for f in m.formats.values()) + m.is_booklet)
        for m in project.theme.materials.values()
    )
    assert wanted and len(made) == wanted
    assert any(one.piece.is_imposed for one in made)


def test_what_is_shown_has_a_picture_of_every_page(made: list[Made]) -> None:
    for one in made:
        has_pictures = one.piece.purpose == "preview" and one.piece.format == "pdf"
        assert bool(one.kept.pictures) == has_pictures, one.piece.path
        if has_pictures:
            with pypdfium2.PdfDocument(one.kept.body.path.read_bytes()) as opened:
                assert len(one.kept.pictures) == len(opened)
            assert all(picture.path.read_bytes()[8:12] == b"WEBP" for picture in one.kept.pictures)


def test_examples_look_like_their_references(made: list[Made], pytestconfig: pytest.Config) -> None:
    shown = previews(made)
    assert shown
    wrong = []
    for one in shown:
        path, fresh = reference_of(one), picture(one)
        if pytestconfig.getoption("--update-references"):
            path.parent.mkdir(exist_ok=True)
            fresh.quantize(COLOURS, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)
            continue
        if not path.exists():
            wrong.append(f"{path.name}: no reference; run with --update-references")
            continue
        kept = Image.open(path).convert("RGB")
        if kept.size != fresh.size:
            wrong.append(f"{path.name}: size {fresh.size}, reference {kept.size}")
        elif max(high for _, high in ImageChops.difference(kept, fresh).getextrema()) > TOLERANCE:
            wrong.append(f"{path.name}: looks different")
    assert not wrong, "\n".join(wrong)


def test_no_reference_without_a_test_and_none_too_large(made: list[Made]) -> None:
    files = set((ROOT / "theme" / "materials").glob("*/reference/*.png"))
    assert files == {reference_of(one) for one in previews(made)}
    assert max(path.stat().st_size for path in files) <= LARGEST_BYTES
