from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest
from print_case import PROFILE, SLOGAN, draw, finish, make_document, make_line, sheet_of

from generator.model import Sheet

LINK = '#place(bottom + left, link("https://loa.example")[loa])'


@pytest.fixture
def drawn(tmp_path: Path) -> tuple[bytes, Sheet]:
    document = make_document({"slogan": make_line("An toàn là trên hết")}, scale=10)
    return draw(tmp_path, SLOGAN + LINK, document), sheet_of(document)


def in_mm(box: pikepdf.Object) -> list[float]:
    left, bottom, right, top = (float(edge) * 25.4 / 72 for edge in list(box))
    return [round(right - left, 2), round(top - bottom, 2)]


def test_boxes_at_one_to_ten(drawn: tuple[bytes, Sheet]) -> None:
    with pikepdf.open(io.BytesIO(finish(*drawn))) as press:
        page = press.pages[0].obj
        assert in_mm(page.TrimBox) == [30, 10]
        assert in_mm(page.BleedBox) == [30.6, 10.6]
        assert in_mm(page.MediaBox) == [54.6, 34.6]
        assert press.pdf_version == "1.6"


def test_links_and_tags_are_removed(drawn: tuple[bytes, Sheet]) -> None:
    with pikepdf.open(io.BytesIO(drawn[0])) as before:
        assert "/Annots" in before.pages[0].obj and "/StructTreeRoot" in before.Root
    with pikepdf.open(io.BytesIO(finish(*drawn))) as press:
        assert "/Annots" not in press.pages[0].obj and "/StructTreeRoot" not in press.Root


def test_output_intent_carries_the_profile(drawn: tuple[bytes, Sheet]) -> None:
    with pikepdf.open(io.BytesIO(finish(*drawn))) as press:
        intent = press.Root.OutputIntents[0]
        assert intent.S == pikepdf.Name.GTS_PDFX and str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.N == 4
        assert bytes(intent.DestOutputProfile.read_bytes()) == PROFILE.read_bytes()


def test_a_profile_that_is_not_cmyk_is_refused(drawn: tuple[bytes, Sheet]) -> None:
    with pytest.raises(ValueError, match="CMYK"):
        finish(*drawn, profile=b"\0" * 12 + b"mntrRGB " + b"\0" * 200)


def test_metadata_agrees_and_is_escaped(drawn: tuple[bytes, Sheet]) -> None:
    with pikepdf.open(io.BytesIO(finish(*drawn))) as press:
        words = bytes(press.Root.Metadata.read_bytes()).decode()
        assert "Băng rôn &amp; &lt;thử&gt;" in words and "PDF/X-4" in words and "<pdf:Trapped>False" in words
        assert "2025-05-01T00:00:00Z" in words and str(press.docinfo["/CreationDate"]) == "D:20250501000000Z"
        assert str(press.docinfo["/Title"]) == "Băng rôn & <thử>" and press.docinfo["/Trapped"] == "/False"


def test_marks_are_drawn_on_every_plate(drawn: tuple[bytes, Sheet]) -> None:
    with pikepdf.open(io.BytesIO(finish(*drawn))) as press:
        [marks] = press.pages[0].obj.Resources.XObject.values()
        spaces = [list(space) for space in marks.Resources.ColorSpace.values()]
        assert [space[:3] for space in spaces] == [["/Separation", "/All", "/DeviceCMYK"]]


def test_same_input_gives_same_bytes(drawn: tuple[bytes, Sheet]) -> None:
    assert finish(*drawn) == finish(*drawn)
    assert finish(*drawn) != finish(drawn[0], replace(drawn[1], bleed_mm=2))


def mark_archive(pdf: bytes) -> bytes:
    """Re-mark a press file as PDF/A-2b with the same intent: what can be checked of PDF/X-4 with a free validator."""
    with pikepdf.open(io.BytesIO(pdf)) as press:
        press.Root.OutputIntents[0].S = pikepdf.Name.GTS_PDFA1
        words = bytes(press.Root.Metadata.read_bytes()).decode()
        for old, new in (
            ('xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"', 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'),
            (
                "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
                "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
            ),
            ("<pdf:Trapped>False</pdf:Trapped>", ""),
        ):
            assert old in words
            words = words.replace(old, new)
        press.Root.Metadata = pikepdf.Stream(
            press, words.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        marked = io.BytesIO()
        press.save(marked, deterministic_id=True)
    return marked.getvalue()


def test_the_same_file_marked_as_archive_passes_a_validator(drawn: tuple[bytes, Sheet]) -> None:
    good = page.validate_pdf_bytes(mark_archive(finish(*drawn)), profile="2b")
    # qpdf writes no line end of its own after a stream that happens to end with one: a matter of PDF/A, not of printing.
    assert {failure.rule_id for failure in good.failures} <= {"PDFA2B-STREAM-LENGTH-001"}
    assert good.rules.total > 50
    unfinished = page.validate_pdf_bytes(drawn[0], profile="2b")
    assert not unfinished.is_compliant
