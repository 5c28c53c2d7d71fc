"""Figures 1 and 2: our press PDF against bare Typst, WeasyPrint and Chromium, on the same words and drawings."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typst
from browser import Browser, find_browser, print_cold
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from table import GOAL_HEADS, Goal, Job, measure_in_turn, print_table, show
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from generator.model import read_sheet
from generator.preflight import inspect_press
from generator.project import Project
from generator.render.art import read_art
from generator.render.fonts import find_font_folders
from generator.render.marks import Marks, mark_pages
from generator.render.press import Order, count_pages, finish_press
from generator.render.qr import make_qr
from generator.render.refusals import DrawError
from generator.render.site import make_svg
from generator.render.typeset import Typesetter
from generator.worklist import Piece, make_examples

#: The poster that poster.html.j2 copies: the kind, and the motif of the example's face.
POSTER, MOTIF = "ap-phich", "soc-bien-bao"
FACES = {500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
NOON = 1746057600
PROFILE = "FOGRA39L_coated.icc"
#: Ours as a whole process: start Python, load fonts and art, draw, finish, write.
COLD = """
import json, sys; from pathlib import Path
from generator.render.typeset import Typesetter; from generator.render.press import finish_press
from generator.render.marks import mark_pages; from generator.render.press import Order
from generator.model import Press, read_sheet; from generator.theme import read_model
theme, out, *fonts = map(Path, sys.argv[1:]); data = json.loads(sys.stdin.buffer.read())
typesetter, piece, sheet = Typesetter(theme, fonts), data["piece"], read_sheet(data["sheet"])
pdf = typesetter.draw(piece["kind"], data, "pdf", 72).pages[0]
profile = (theme / "icc" / "FOGRA39L_coated.icc").read_bytes()
press = read_model(theme.parent, theme / "press.yml", Press)[0]
marks = typesetter.draw_marks(mark_pages(sheet, piece["slug_line"], 1), press, data["fonts"]["text"])
order = Order(piece["title"], piece["timestamp"], press.slug_mm, profile, data["inks"])
out.write_bytes(finish_press(pdf, marks, order))
"""


class Press:
    """Our way and the bare way to a press PDF, both warm, with the theme of one project."""

    def __init__(self, project: Project) -> None:
        self.project, self.theme = project, project.theme.folder
        self.fonts = find_font_folders(tuple(project.theme.fonts.packages), self.theme)
        self.drawings = {name: art.drawing for name, art in read_art(self.theme / "art").items()}
        self.inks = {paint.screen: tuple(paint.cmyk) for paint in project.theme.tokens.paints.values()}
        self.known_marks: dict[Marks, bytes] = {}
        self.profile = (self.theme / "icc" / PROFILE).read_bytes()
        self.typesetter = Typesetter(self.theme, self.fonts)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, self.fonts))
        )
        self.compiler = typst.Compiler(root=str(self.theme), font_paths=fonts)

    def vary(self, piece: Piece, number: int) -> dict[str, Any]:
        """Return the piece's print document with `number` added to its large words."""
        data = copy.deepcopy(dict(piece.data))
        for value in data["content"].values():
            if isinstance(value, dict) and "groups" in value:
                value["text"] += f" {number}"
                value["groups"] = [*value["groups"], str(number)]
        data["piece"]["title"] += f" {number}"
        return {**data, "art": self.drawings, "qr": make_qr(data["piece"]["url"])}

    def draw_bare(self, sources: dict[str, bytes]) -> bytes:
        """Compile the same template and document with nothing around it."""
        compile_sources: Any = self.compiler.compile
        made: bytes = compile_sources(sources, format="pdf", timestamp=NOON)
        return made

    def draw(self, data: Mapping[str, Any]) -> bytes:
        """Draw for press, not yet finished."""
        return self.typesetter.draw(data["piece"]["kind"], data, "pdf", 72).pages[0]

    def finish(self, pdf: bytes, data: Mapping[str, Any]) -> bytes:
        """Finish as the workshop does."""
        piece, sheet, press = data["piece"], read_sheet(data["sheet"]), self.project.theme.press
        marks = self.draw_marks(mark_pages(sheet, piece["slug_line"], count_pages(pdf)), data["fonts"]["text"])
        order = Order(piece["title"], piece["timestamp"], press.slug_mm, self.profile, self.inks)
        return finish_press(pdf, marks, order)

    def draw_marks(self, marks: Marks, font: str) -> bytes:
        """Draw the marks around a piece, once for all pieces that have the same."""
        if marks not in self.known_marks:
            self.known_marks[marks] = self.typesetter.draw_marks(marks, self.project.theme.press, font)
        return self.known_marks[marks]


def compare_with_bare_typst(press: Press, runs: int) -> None:
    """Figure 1: every kind with a print purpose; the first example that has room for the added number."""
    rows = []
    for kind in sorted(press.project.theme.materials):
        piece = next(_drawable(press, kind), None)
        if piece is not None:
            rows.append(_compare_one(press, piece, runs))
    print_table(
        "1. Tệp in, mili giây một tệp, chữ mỗi lần một khác (tiến trình đã nóng)",
        ["loại", "khổ", "Typst trần", "vẽ", "hoàn thiện", "kiểm tệp", *GOAL_HEADS],
        rows,
        ["đo được = (vẽ + hoàn thiện) : Typst trần, cùng khuôn mẫu, cùng tài liệu JSON"],
    )


def _drawable(press: Press, kind: str) -> Iterator[Piece]:
    for piece in make_examples(press.project, kind):
        if piece.purpose == "print" and piece.made_by == "typeset":
            try:
                press.draw(press.vary(piece, 10_000))
            except DrawError:
                continue
            yield piece


def _compare_one(press: Press, piece: Piece, runs: int) -> list[str]:
    def prepare(number: int) -> tuple[dict[str, Any], dict[str, bytes]]:
        data = press.vary(piece, number)
        return data, press.typesetter.make_sources(piece.kind, data)

    def draw_first(number: int) -> tuple[dict[str, Any], bytes, bytes]:
        data = press.vary(piece, number)
        drawn = press.draw(data)
        return data, drawn, press.finish(drawn, data)

    sheet = piece.data["sheet"]
    bare, draw = measure_in_turn(
        [lambda given: press.draw_bare(given[1]), lambda given: press.draw(given[0])], runs, prepare
    )
    finish, inspect = measure_in_turn(
        [
            lambda given: press.finish(given[1], given[0]),
            lambda given: inspect_press(given[2], sheet, piece.must_read, piece.pages),
        ],
        runs,
        draw_first,
    )
    figures = [show(1000 * seconds) for seconds in (bare, draw, finish, inspect)]
    return [piece.kind, piece.preset.id, *figures, *Goal((draw + finish) / bare, 2.0).cells()]


class Poster:
    """The A2 poster for every engine; `folder` is scratch."""

    def __init__(self, press: Press, folder: Path) -> None:
        self.press, self.folder = press, folder
        self.piece = next(
            piece
            for piece in make_examples(press.project, POSTER)
            if (piece.preset.id, piece.purpose, piece.data["face"]["motif"]) == ("a2", "print", MOTIF)
        )
        pages = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True)
        self.template = pages.get_template("poster.html.j2")
        files = next(folder for folder in press.fonts if (folder / "BeVietnamPro-Bold.ttf").is_file())
        self.faces = {weight: (files / f"BeVietnamPro-{name}.ttf").as_uri() for weight, name in FACES.items()}

    def write_html(self, number: int) -> str:
        """Return the poster as HTML: our document's words, the drawing in screen colours, the code."""
        theme, data = self.press.project.theme, self.press.vary(self.piece, number)
        face = theme.faces[data["face"]["id"]]
        jobs = {**theme.tokens.jobs, **face.jobs}
        art = self.press.drawings[face.lead]
        dots = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(data["qr"]) for x, dot in enumerate(row) if dot == "1"]
        return self.template.render(
            title=data["piece"]["title"],
            faces=self.faces,
            paint=lambda job: theme.tokens.paints[jobs[job]].screen,
            art=art,
            art_svg=Markup(make_svg(art, theme, data["face"]["id"])),
            qr=data["qr"],
            qr_path="".join(dots),
            kicker=data["content"]["kicker"]["text"],
            slogan=data["content"]["slogan"]["text"],
            organisation=data["organisation"],
            year=data["campaign"]["year"],
            short_url=data["piece"]["short_url"],
        )

    def save_html(self, number: int) -> Path:
        """Write the poster's page and return its path."""
        page = self.folder / "poster.html"
        page.write_text(self.write_html(number), encoding="utf-8")
        return page

    def draw_cold(self, data: Mapping[str, Any]) -> None:
        """Our press PDF with a Python of its own."""
        words = [
            sys.executable,
            "-c",
            COLD,
            str(self.press.theme),
            str(self.folder / "loa.pdf"),
            *map(str, self.press.fonts),
        ]
        subprocess.run(words, input=json.dumps({**data, "inks": self.press.inks}).encode(), check=True)

    def weasyprint_cold(self, page: Path) -> None:
        """WeasyPrint with a Python of its own."""
        subprocess.run(
            [sys.executable, "-m", "weasyprint", "-q", str(page), str(self.folder / "weasyprint.pdf")], check=True
        )


def compare_with_html(press: Press, runs: int, folder: Path) -> None:
    """Figure 2: the A2 poster as our press PDF against HTML/CSS in WeasyPrint and Chromium; `folder` is scratch."""
    poster, program = Poster(press, folder), find_browser()
    fonts = FontConfiguration()

    def prepare(number: int) -> tuple[dict[str, Any], str]:
        return press.vary(poster.piece, number), poster.write_html(number)

    def prepare_cold(number: int) -> tuple[dict[str, Any], Path]:
        return press.vary(poster.piece, number), poster.save_html(number)

    names = ["Loa", "WeasyPrint"]
    warm: list[Job] = [
        lambda given: press.finish(press.draw(given[0]), given[0]),
        lambda given: HTML(string=given[1], base_url=str(folder)).write_pdf(font_config=fonts),
    ]
    cold: list[Job] = [lambda given: poster.draw_cold(given[0]), lambda given: poster.weasyprint_cold(given[1])]
    browser = Browser(program, folder / "warm", poster.save_html(0)) if program else None
    if program and browser:
        names.append("Chromium")
        warm.append(lambda given: browser.print_pdf(given[1]))
        cold.append(lambda given: print_cold(program, folder / "cold", given[1], folder / "chromium.pdf"))
    hot = measure_in_turn(warm, max(3, runs // 3), prepare, block=5)
    if browser:
        browser.close()
    chill = measure_in_turn(cold, max(3, runs // 5), prepare_cold)
    rows = [["Loa", show(1000 * hot[0]), show(1000 * chill[0]), "", "", "", ""]]
    for name, here, there in list(zip(names, hot, chill, strict=True))[1:]:
        rows.append(
            [
                name,
                show(1000 * here),
                show(1000 * there),
                show(there / chill[0], "×"),
                *Goal(here / hot[0], 5.0, is_least=True).cells(),
            ]
        )
    notes = [
        "đo được = tiến trình đã nóng so với tiến trình đã nóng; Loa ra tệp in CMYK có dấu cắt, hai bên kia ra PDF màu RGB"
    ]
    if program is None:
        notes.append("KHÔNG CÓ CHROMIUM trên máy này: không đo (apt-get install chromium)")
    print_table(
        "2. Áp phích A2, mili giây một tệp", ["", "nóng", "nguội", "nguội, so với Loa", *GOAL_HEADS], rows, notes
    )
