"""Who makes what: one table of makers. A maker draws the files of one job and judges each of them.

Comes in: a Bench and a Job. Goes out: one Finished for every file wanted. A new maker is a function here, a row in
MAKERS, and a format in theme/formats.yml that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from generator.errors import Place, Problem
from generator.plain import to_plain
from generator.preflight import (
    inspect_docx,
    inspect_imposed,
    inspect_pages_of_booklet,
    inspect_picture,
    inspect_pictures,
    inspect_press,
    inspect_preview_pdf,
    remedy_of,
)
from generator.render.impose import impose_booklet, order_pages
from generator.render.marks import Marks, mark_pages, mark_sides
from generator.render.office import Signature, write_docx
from generator.render.press import Order, count_pages, crop_to_trim, finish_press
from generator.render.qr import make_qr_picture
from generator.render.text import write_text
from generator.render.thumbnail import make_thumbnails
from generator.workshop.bench import LOGO_PX, Bench
from generator.workshop.job import Finished, Job, Wanted

SCREEN_PPI = 96
#: The picture of this name in a Word template gives way to the piece's own code.
QR_PICTURE = "qr.png"
LOGO_REMEDY = f"Dùng tệp biểu trưng (logo) lớn hơn, tốt nhất là cạnh dài từ {LOGO_PX} điểm ảnh trở lên."
LOGO_PLACE = Place("campaigns/organisation.yml")

Maker: TypeAlias = Callable[[Bench, Job], Iterable[Finished]]


def make_typeset(bench: Bench, job: Job) -> Iterator[Finished]:
    """Yield the PDFs of a job, all from one drawing: the preview cut at the trim, the press file in inks with its
    marks.
    """
    drawn = bench.typesetter.draw(job.kind, bench.document(job), job.timestamp, bench.logo(job.logo))
    for wanted in job.wanted:
        make = _make_press if wanted.purpose == "print" else _make_preview
        yield make(bench, job, wanted, drawn)


def make_picture(bench: Bench, job: Job) -> Iterator[Finished]:
    """Yield the screen pictures (PNG) of a job."""
    document, logo = bench.document(job), bench.logo(job.logo)
    body = bench.typesetter.draw_picture(job.kind, document, SCREEN_PPI, job.timestamp, logo)
    wrong = inspect_picture(body, job.preset.width_px or 0, job.preset.height_px or 0)
    for wanted in job.wanted:
        yield _judge(job, wanted, body, wrong)


def make_text(bench: Bench, job: Job) -> Iterator[Finished]:
    """Yield the plain texts of a job."""
    body = write_text(bench.theme, job.kind, bench.document(job), bench.printed)
    for wanted in job.wanted:
        yield Finished(wanted, body)


def make_office(bench: Bench, job: Job) -> Iterator[Finished]:
    """Yield the Word files of a job."""
    document, brief = bench.document(job), job.brief
    signature = Signature(brief.piece.title, brief.organisation.name, brief.campaign.name, job.timestamp)
    body = write_docx(bench.theme, job.kind, document, signature, {QR_PICTURE: make_qr_picture(job.url)})
    wrong = inspect_docx(body, job.sheet, job.must_read, job.office_fonts, to_plain(brief.content), job.whole)
    for wanted in job.wanted:
        yield _judge(job, wanted, body, wrong)


#: Reading this table is reading what Loa can make; theme/formats.yml says which format each maker makes.
MAKERS: dict[str, Maker] = {
    "typeset": make_typeset,
    "picture": make_picture,
    "text": make_text,
    "office": make_office,
}


def _judge(job: Job, wanted: Wanted, body: bytes, wrong: Iterable[str]) -> Finished:
    return Finished(wanted, body, wrong=tuple(job.tell(sentence, remedy_of(sentence)) for sentence in wrong))


def _make_preview(bench: Bench, job: Job, wanted: Wanted, drawn: bytes) -> Finished:
    body = crop_to_trim(drawn)
    if wrong := inspect_preview_pdf(body, job.sheet, job.must_read, job.whole):
        return _judge(job, wanted, body, wrong)
    return Finished(wanted, body, make_thumbnails(body))


def _make_press(bench: Bench, job: Job, wanted: Wanted, drawn: bytes) -> Finished:
    """Return the press file, imposed on sheets if that is wanted."""
    sheet, count = job.sheet, count_pages(drawn)
    if not wanted.is_imposed:
        body = _finish(bench, job, drawn, mark_pages(sheet, job.slug_line, count))
        wrong = inspect_press(body, sheet, job.must_read, job.whole)
    elif not (wrong := inspect_pages_of_booklet(drawn)):
        body = _finish(bench, job, impose_booklet(drawn), mark_sides(sheet, job.slug_line, order_pages(count)))
        wrong = inspect_imposed(body, drawn, sheet, job.must_read, job.whole)
    if wrong:
        return _judge(job, wanted, drawn, wrong)
    coarse = inspect_pictures(body, sheet) if job.logo else []
    told = (Problem(LOGO_PLACE, f"{sentence} ({job.preset.name})", LOGO_REMEDY) for sentence in coarse)
    return Finished(wanted, body, wrong=tuple(told))


def _finish(bench: Bench, job: Job, drawn: bytes, marks: Marks) -> bytes:
    order = Order(
        title=job.brief.piece.title,
        timestamp=job.timestamp,
        slug_mm=bench.press.slug_mm,
        profile=bench.profile,
        inks=bench.inks,
    )
    return finish_press(drawn, bench.draw_marks(marks, job.brief.fonts["text"]), order)
