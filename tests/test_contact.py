"""The contact sheet: every piece of a campaign small, on A3, and nothing lost when it cannot be made."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import CAMPAIGN
from workshop_case import Silent, pieces_in, read_sound

from generator.cli import main
from generator.contact import make_contact_sheet
from generator.errors import UserError
from generator.output import read_manifest

NAME = "thang-an-toan-2025"
MM = 72 / 25.4


def read_words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


def test_every_piece_is_there_with_kind_size_and_status(demo: Path) -> None:
    teller = Silent()
    path, count = make_contact_sheet(demo, NAME, teller)
    project = read_sound(demo)
    pieces = [piece for piece in pieces_in(project) if piece.purpose == "preview"]
    assert teller.drawings == len(teller.done) > 2, "people see how the drawing goes"
    assert count == len({(piece.entry, piece.preset.id) for piece in pieces}) > 2
    body = path.read_bytes()
    words = read_words(body)
    for piece in pieces:
        assert piece.title in words
        assert project.theme.materials[piece.kind].name in words
    for said in ("6 × 0,8 m", "297 × 420 mm", "GỢI Ý, CHƯA DUYỆT", "chính thức", "có bản in", "PDF, TXT"):
        assert said in words
    with pikepdf.open(io.BytesIO(body)) as opened:
        sizes = {tuple(round(float(edge) / MM) for edge in page.mediabox[2:]) for page in opened.pages}
        pictures = sum(len(page.get_images()) for page in opened.pages)
    assert sizes == {(420, 297)}
    assert pictures >= count


def test_the_sheet_joins_the_last_build_and_is_named_in_its_manifest(demo: Path) -> None:
    assert main(["--project", str(demo), "build", "--purpose", "preview"]) == 0
    before = {row.path: row.sha256 for row in read_manifest(demo)}
    assert main(["--project", str(demo), "sheet", NAME]) == 0
    assert main(["--project", str(demo), "sheet", NAME]) == 0
    after = {row.path: row.sha256 for row in read_manifest(demo)}
    assert set(after) - set(before) == {f"{NAME}/to-duyet/to-duyet-{NAME}.pdf"}
    assert {path: after[path] for path in before} == before
    assert all((demo / "build" / path).is_file() for path in after)


def test_two_sheets_are_the_same_bytes(demo: Path) -> None:
    first = make_contact_sheet(demo, NAME, Silent())[0].read_bytes()
    assert make_contact_sheet(demo, NAME, Silent())[0].read_bytes() == first


@pytest.mark.parametrize("campaign", ["khong-co", NAME])
def test_an_unknown_or_unannounced_campaign_is_refused(demo: Path, campaign: str) -> None:
    text = (demo / CAMPAIGN).read_text(encoding="utf-8")
    subject = "text: Chủ động nhận diện nguy cơ tại nơi làm việc"
    assert subject in text
    (demo / CAMPAIGN).write_text(text.replace(subject, 'text: ""'), encoding="utf-8")
    with pytest.raises(UserError):
        make_contact_sheet(demo, campaign, Silent())
    assert not (demo / "build").exists()
