"""A format is a row, a maker is a row: a made-up format with a maker of ten lines is seen everywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from workshop_case import Silent

from generator import plugin
from generator.asked import Wants
from generator.build import build
from generator.cli import main
from generator.contact import make_contact_sheet
from generator.pages.cards import list_files
from generator.project import read_project
from generator.worklist import make_tickets, pieces_of
from generator.workshop import makers
from generator.workshop.bench import Bench
from generator.workshop.job import Finished, Job

CAMPAIGN = "thang-an-toan-2025"
FORMAT = {"id": "csv", "name": "Bảng chữ CSV", "maker": "table", "tail": "bang", "is_edited": "co"}
KIND = "bang-ron-ngang"


def make_table(bench: Bench, job: Job) -> Iterator[Finished]:
    """Yield the words of a job, one a line."""
    body = "\n".join(job.must_read).encode()
    for wanted in job.wanted:
        yield Finished(wanted, body, wrong=() if body else (job.tell("bảng trống"),))


@pytest.fixture
def project(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo project whose banner also comes as a table, drawn in this process."""
    monkeypatch.setitem(makers.MAKERS, "table", make_table)
    monkeypatch.setattr("generator.workshop.FEW", 100)
    path = demo / "theme" / "formats.yml"
    formats = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({"formats": [*formats["formats"], FORMAT]}, allow_unicode=True), encoding="utf-8")
    path = demo / "theme" / "materials" / KIND / "material.yml"
    text = path.read_text(encoding="utf-8")
    assert "preview: [pdf]" in text
    path.write_text(text.replace("preview: [pdf]", "preview: [pdf, csv]"), encoding="utf-8")
    for name in ("content", "mkdocs.yml", "theme/site", "theme/pages"):
        source, target = ROOT / name, demo / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)
    for post in (demo / "content" / "tin-tuc" / "posts").glob("*.md"):
        if "\ncampaign: " in post.read_text(encoding="utf-8"):
            post.unlink()
    return demo


def test_the_format_is_in_names_and_pages(project: Path) -> None:
    read, _ = read_project(project)
    assert read is not None
    pieces = [piece for piece in pieces_of(make_tickets(read, read.organisation)) if piece.kind == KIND]
    tables = [piece for piece in pieces if piece.format == "csv"]
    assert tables and all(piece.path.endswith("-bang-1-10.csv") for piece in tables if piece.preset.id != "x")
    assert {file.format_words for file in list_files(read, pieces)} >= {"Bảng chữ CSV", "PDF xem thử"}


def test_the_format_is_in_manifest_website_and_contact_sheet(project: Path, tmp_path: Path) -> None:
    day = plugin.hooks._today()
    report = build(project, day, Wants(), lambda built, folder: plugin.make_site(project, built, folder), Silent())
    assert report.pieces
    rows = json.loads((project / "build" / "manifest.json").read_text(encoding="utf-8"))["files"]
    tables = [row for row in rows if row["format"] == "csv"]
    assert tables
    for row in tables:
        made = project / "build" / row["path"]
        assert made.read_text(encoding="utf-8").strip()
        assert made.stat().st_nlink == 1, "what people edit is copied, never linked to the store"
    pages = project / "build" / "site" / "an-pham" / CAMPAIGN
    assert "Bảng chữ CSV" in "".join(page.read_text(encoding="utf-8") for page in pages.rglob("index.html"))
    sheet, _ = make_contact_sheet(project, CAMPAIGN, Silent())
    assert sheet.is_file()
    assert "CSV" in _words_of(sheet)


def _words_of(pdf: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as opened:
        return " ".join(page.get_textpage().get_text_range() for page in opened)


def test_a_format_that_nothing_knows_is_refused(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = demo / "theme" / "materials" / KIND / "material.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("preview: [pdf]", "preview: [pfd]"), encoding="utf-8")
    assert main(["--project", str(demo), "list"]) == 1
    said = capsys.readouterr().err
    assert "không có khuôn dạng nào tên “pfd”" in said or "“pfd”" in said
    assert "pdf" in said


def test_every_format_has_a_maker_and_every_maker_a_format() -> None:
    read, _ = read_project(ROOT)
    assert read is not None
    assert {form.maker for form in read.theme.formats.values()} == set(makers.MAKERS)
