"""The grid and the motifs of theme/shared: which composition a sheet gets, and what every motif must export."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from print_case import THEME, draw, make_document, read_lines
from workshop_case import make_instead, read_sound, tickets_in

from generator.build import PREVIEWS
from generator.model import Make
from generator.worklist import pieces_of
from generator.workshop import Store, Workshop, part

ROOT = THEME.parent
SHAPE = '#import "/shared/grid.typ": shape\n#place(top + left, dx: safe, dy: safe, text(size: 12pt, shape))'
#: A size of every shape, as people write it: tall, upright, square, landscape, very long.
FREE_SIZES = ["1x3", "2x3", "2x2", "4,2x2,6", "12x2"]


@pytest.mark.parametrize(
    ("width", "height", "base", "shape"),
    [
        (800, 2000, 0, "tall"),
        (1000, 2000, 0, "tall"),
        (1000, 1990, 0, "portrait"),
        (297, 420, 0, "portrait"),
        (2000, 2000, 0, "landscape"),
        (3000, 800, 0, "landscape"),
        (5000, 1000, 0, "long"),
        (8000, 1000, 0, "long"),
        (950, 2000, 150, "portrait"),
        (950, 2000, 0, "tall"),
    ],
)
def test_a_sheet_gets_the_composition_of_what_is_seen_of_it(
    tmp_path: Path, width: int, height: int, base: int, shape: str
) -> None:
    document = make_document({}, scale=10)
    document["sheet"] |= {"width_mm": width, "height_mm": height, "base_mm": base}
    assert read_lines(draw(tmp_path, SHAPE, document)) == [shape]


def test_every_motif_exports_the_same_names_and_every_face_has_one() -> None:
    motifs = {
        path.stem: path.read_text(encoding="utf-8") for path in sorted((THEME / "shared" / "motifs").glob("*.typ"))
    }
    named = {
        path.stem: re.findall(r"^motif: (\S+)$", path.read_text(encoding="utf-8"), re.M)
        for path in (THEME / "faces").glob("*.yml")
    }
    assert motifs and named
    assert all(len(names) == 1 and names[0] in motifs for names in named.values())
    exported = {id: set(re.findall(r"^#let ([a-z][a-z-]*)", text, re.M)) for id, text in motifs.items()}
    assert set(map(frozenset, exported.values())) == {
        frozenset({"band", "foot", "scene", "badge", "lean", "end-width", "end", "seam"})
    }


def test_boards_and_backdrops_hold_at_any_size(tmp_path: Path) -> None:
    project = read_sound()
    words = {
        "pano": {"slogan": "chu-de", "kicker": "Tháng hành động về an toàn"},
        "backdrop": {"occasion": "Lễ phát động", "title": "Tháng hành động về an toàn năm 2025", "slogan": "chu-de"},
    }
    lines = [Make.model_validate({"kind": kind, "sizes": FREE_SIZES, "with": given}) for kind, given in words.items()]
    # One campaign for each face.
    faces = {folder.campaign.face: id for id, folder in project.campaigns.items() if folder.is_announced}
    assert len(faces) > 1
    tickets = list(PREVIEWS.pick(tickets_in(make_instead(project, dict.fromkeys(faces.values(), lines)))))
    assert len(pieces_of(tickets)) == len(faces) * len(words) * len(FREE_SIZES)
    with Workshop(ROOT, project.theme) as workshop:
        workshop.store = Store(tmp_path)
        made, wrong = part(workshop.make(tickets))
    assert not wrong, "\n".join(map(str, wrong))
    assert len(made) == len(tickets)
