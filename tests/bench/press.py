"""Figures 1 and 2: a new drawing against the same one again; our press file against WeasyPrint and Chromium."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from browser import Browser, find_browser, print_cold
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from table import GOAL_HEADS, NUMBERS, Goal, Job, measure_in_turn, print_table, show
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from generator.plain import to_plain
from generator.preflight import inspect_press
from generator.project import Project
from generator.render.look import make_svg
from generator.render.marks import mark_pages
from generator.render.press import Order, count_pages, finish_press
from generator.render.qr import make_qr
from generator.render.refusals import DrawError
from generator.render.typeset import pack_drawings
from generator.theme.fonts import find_font_folders
from generator.worklist import Ticket, make_examples
from generator.workshop.bench import Bench, Setup

#: The poster that poster.html.j2 copies: the kind, and the motif of the example's face.
POSTER, MOTIF = "ap-phich", "soc-bien-bao"
FACES = {500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
#: How many times slower the other engines must be at the same poster.
GOALS = {"WeasyPrint PDF/X-4": 6.0, "Chromium": 2.5}
#: Ours as a whole process: start Python, load fonts and art, draw, finish, write.
COLD = """
import json, sys; from pathlib import Path
from generator.model import Sheet
from generator.render.marks import mark_pages
from generator.render.press import Order, count_pages, finish_press
from generator.workshop.bench import Bench, Setup
root, out, *packages = sys.argv[1:]; given = json.loads(sys.stdin.buffer.read())
bench = Bench(Setup(Path(root), tuple(packages), Path(out).parent, "", given["drawings"].encode()))
data = given["data"]; lists = ("panels_mm", "margins_mm")
sheet = Sheet(**{**given["sheet"], **{name: tuple(given["sheet"][name]) for name in lists}})
pdf = bench.typesetter.draw(given["kind"], data, given["timestamp"])
marks = bench.draw_marks(mark_pages(sheet, given["slug_line"], count_pages(pdf)), data["fonts"]["text"])
order = Order(data["piece"]["title"], given["timestamp"], bench.press.slug_mm, bench.profile, bench.inks)
Path(out).write_bytes(finish_press(pdf, marks, order))
"""


class Press:
    """Our way and the bare way to a press PDF, both warm, with the theme of one project."""

    def __init__(self, project: Project) -> None:
        self.project, self.theme = project, project.theme.folder
        self.packages = tuple(project.theme.fonts.packages)
        self.fonts = find_font_folders(self.packages, self.theme)
        self.drawings = project.theme.read_drawings()
        self.packed = pack_drawings(self.drawings)
        self.bench = Bench(Setup(project.root, self.packages, project.root / "khong-co-kho", "", self.packed))
        self.typesetter = self.bench.typesetter

    def vary(self, ticket: Ticket, number: int) -> dict[str, Any]:
        """Return the ticket's print document with `number` added to its large words and to the first lines of its texts."""
        data: Any = copy.deepcopy(to_plain(ticket.brief))
        for value in data["content"].values():
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    _mark(part, number)
        data["piece"]["title"] += f" {number}"
        return {**data, "qr": make_qr(ticket.url)}

    def draw(self, ticket: Ticket, data: Mapping[str, Any]) -> bytes:
        """Draw, not yet finished for press."""
        return self.typesetter.draw(ticket.entry.kind, data, ticket.timestamp)

    def finish(self, pdf: bytes, ticket: Ticket, data: Mapping[str, Any]) -> bytes:
        """Finish as the workshop does."""
        bench = self.bench
        marks = mark_pages(ticket.sheet, ticket.slug_line, count_pages(pdf))
        order = Order(data["piece"]["title"], ticket.timestamp, bench.press.slug_mm, bench.profile, bench.inks)
        return finish_press(pdf, bench.draw_marks(marks, data["fonts"]["text"]), order)


def _mark(value: dict[str, Any], number: int) -> None:
    """Change words of a content value, so that no engine has seen them."""
    if "groups" in value:
        value["text"] += f" {number}"
        value["groups"] = [*value["groups"], str(number)]
    for block in [block for block in value.get("blocks", []) if "runs" in block][:1]:
        block["runs"][0]["text"] = f"{number} {block['runs'][0]['text']}"
    for name in ("points", "do", "signs"):
        if value.get(name):
            value[name][0] += f" {number}"


def compare_first_with_repeat(press: Press, runs: int) -> None:
    """Figure 1: what the layout costs on top of the export: a new document against the same one compiled once more."""
    rows = []
    for kind in sorted(press.project.theme.materials):
        ticket = next(_drawable(press, kind), None)
        if ticket is not None:
            rows.append(_compare_one(press, ticket, runs))
    print_table(
        "1. Vẽ một tệp, mili giây, chữ mỗi lần một khác (tiến trình đã nóng)",
        ["loại", "khổ", "lần đầu", "vẽ lại", "hoàn thiện", "kiểm tệp", *GOAL_HEADS],
        rows,
        ["đo được = lần đầu : vẽ lại y nguyên; hoàn thiện và kiểm tệp: của bản in, nếu loại ấy có bản in"],
    )


def _drawable(press: Press, kind: str) -> Iterator[Ticket]:
    for ticket in make_examples(press.project, kind):
        if ticket.maker == "typeset":
            try:
                press.draw(ticket, press.vary(ticket, 10_000))
            except DrawError:
                continue
            yield ticket


def _compare_one(press: Press, ticket: Ticket, runs: int) -> list[str]:
    must, whole = ticket.entry.to_read()
    is_printed = any(piece.purpose == "print" for piece in ticket.pieces)
    seconds: list[list[float]] = [[], [], [], []]
    for _ in range(runs + 1):
        data = press.vary(ticket, next(NUMBERS))
        drawn, first = _time(press.draw, ticket, data)
        _, repeat = _time(press.draw, ticket, data)
        body, finish = _time(press.finish, drawn, ticket, data) if is_printed else (b"", 0.0)
        _, inspect = _time(inspect_press, body, ticket.sheet, must, whole) if is_printed else ([], 0.0)
        for times, taken in zip(seconds, (first, repeat, finish, inspect), strict=True):
            times.append(taken)
    first, repeat, finish, inspect = (median(times[1:]) for times in seconds)
    figures = [show(1000 * taken) if taken else "" for taken in (first, repeat, finish, inspect)]
    return [ticket.entry.kind, ticket.preset.id, *figures, *Goal(first / repeat, 3.0).cells()]


def _time(job: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    """Return what a job gives and its CPU seconds in this process: another program's turn counts for nothing."""
    since = time.process_time()
    made = job(*given)
    return made, time.process_time() - since


class Poster:
    """The A2 poster for every engine; `folder` is scratch."""

    def __init__(self, press: Press, folder: Path) -> None:
        self.press, self.folder = press, folder
        self.ticket = next(
            ticket
            for ticket in make_examples(press.project, POSTER)
            if (ticket.preset.id, ticket.maker, ticket.look.face.motif) == ("a2", "typeset", MOTIF)
        )
        pages = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True)
        self.template = pages.get_template("poster.html.j2")
        files = next(folder for folder in press.fonts if (folder / "BeVietnamPro-Bold.ttf").is_file())
        self.faces = {weight: (files / f"BeVietnamPro-{name}.ttf").as_uri() for weight, name in FACES.items()}

    def write_html(self, number: int) -> str:
        """Return the poster as HTML: our document's words, the drawing in screen colours, the code."""
        theme, data = self.press.project.theme, self.press.vary(self.ticket, number)
        name = self.ticket.entry.folder.campaign.face
        face = theme.faces[name]
        jobs = {**theme.tokens.jobs, **face.jobs}
        art = self.press.drawings.drawings[face.lead]
        dots = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(data["qr"]) for x, dot in enumerate(row) if dot == "1"]
        return self.template.render(
            title=data["piece"]["title"],
            faces=self.faces,
            paint=lambda job: theme.tokens.paints[jobs[job]].screen,
            art=art,
            art_svg=Markup(make_svg(art, theme, name)),
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
        press, ticket = self.press, self.ticket
        given = {
            "kind": ticket.entry.kind,
            "data": data,
            "sheet": to_plain(ticket.sheet),
            "drawings": press.packed.decode(),
            "timestamp": ticket.timestamp,
            "slug_line": ticket.slug_line,
        }
        words = [sys.executable, "-c", COLD, str(press.project.root), str(self.folder / "loa.pdf"), *press.packages]
        subprocess.run(words, input=json.dumps(given).encode(), check=True)

    def weasyprint_cold(self, page: Path) -> None:
        """WeasyPrint with a Python of its own."""
        subprocess.run(
            [
                sys.executable,
                "-m",
                "weasyprint",
                "-q",
                "--pdf-variant",
                "pdf/x-4",
                str(page),
                str(self.folder / "weasyprint.pdf"),
            ],
            check=True,
        )


def compare_with_html(press: Press, runs: int, folder: Path) -> None:
    """Figure 2: the A2 poster as our press PDF against HTML/CSS in WeasyPrint and Chromium; `folder` is scratch."""
    poster, program = Poster(press, folder), find_browser()
    fonts = FontConfiguration()

    def prepare(number: int) -> tuple[dict[str, Any], str]:
        return press.vary(poster.ticket, number), poster.write_html(number)

    def prepare_cold(number: int) -> tuple[dict[str, Any], Path]:
        return press.vary(poster.ticket, number), poster.save_html(number)

    names = ["Loa", "WeasyPrint PDF/X-4"]
    warm: list[Job] = [
        lambda given: press.finish(press.draw(poster.ticket, given[0]), poster.ticket, given[0]),
        lambda given: HTML(string=given[1], base_url=str(folder)).write_pdf(font_config=fonts, pdf_variant="pdf/x-4"),
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
                *Goal(here / hot[0], GOALS[name], is_least=True).cells(),
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
