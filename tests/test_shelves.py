"""Files that people bring: found as they are named, published under plain addresses by what they are, or refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from conftest import CAMPAIGN
from PIL import Image
from site_case import make_built

from generator.errors import Problem
from generator.project import read_project
from generator.project.stored import MAX_BYTES, STORED
from generator.shelves import Contents, fill_shelf

PHOTOS = "campaigns/thang-an-toan-2025/photos"
DOCUMENTS = "campaigns/documents.yml"


def put_photo(demo: Path, on_disk: str, written: str) -> None:
    Image.new("RGBA", (40, 20), (200, 16, 32, 128)).save(demo / PHOTOS / on_disk, "PNG")
    path = demo / CAMPAIGN
    path.write_text(path.read_text("utf-8").replace("file: photos/le-phat-dong.jpg", f"file: {written}"), "utf-8")


def put_document(demo: Path, name: str, content: bytes, size: int = 0) -> None:
    folder = demo / "campaigns" / "van-ban"
    folder.mkdir(exist_ok=True)
    with (folder / name).open("wb") as file:
        file.write(content)
        file.truncate(max(size, len(content)))
    path = demo / DOCUMENTS
    number = "    number: 31-CT/TW\n"
    written = unicodedata.normalize("NFC", name)
    path.write_text(path.read_text("utf-8").replace(number, f"{number}    file: van-ban/{written}\n", 1), "utf-8")


def fill(demo: Path) -> Contents:
    project, problems = read_project(demo)
    assert project is not None and problems == [], problems
    return fill_shelf(make_built(project), [])[1]


def problems_of(demo: Path) -> list[Problem]:
    return read_project(demo)[1]


@pytest.mark.parametrize(
    ("on_disk", "written", "address"),
    [
        ("le.png", "photos/le.png", "photos/le.jpg"),
        (unicodedata.normalize("NFD", "lễ.png"), "photos/lễ.png", "photos/le.jpg"),
        ("Ảnh #1 (Zalo) 100%.PNG", "'photos/Ảnh #1 (Zalo) 100%.PNG'", "photos/anh-1-zalo-100.jpg"),
        ("la-png.jpg", "photos\\la-png.jpg", "photos/la-png.jpg"),
    ],
)
def test_the_copy_of_a_photo_is_named_plainly_and_by_what_it_is(
    demo: Path, on_disk: str, written: str, address: str
) -> None:
    put_photo(demo, on_disk, written)
    copies = {uri: body for uri, body in fill(demo).items() if "/photos/" in uri}
    [(uri, body)] = copies.items()
    assert uri == f"chien-dich/thang-an-toan-2025/{address}"
    assert isinstance(body, bytes) and body.startswith(b"\xff\xd8\xff")


def test_the_copy_of_a_document_is_the_file_itself_under_a_plain_address(demo: Path) -> None:
    put_document(demo, unicodedata.normalize("NFD", "Chỉ thị 31.pdf"), b"%PDF-1.7\n")
    content = fill(demo)["van-ban/van-ban/chi-thi-31.pdf"]
    assert isinstance(content, Path) and content.read_bytes() == b"%PDF-1.7\n", (
        "handed on by its place, never read whole"
    )


@pytest.mark.parametrize(("ending", "mark"), [(ending, mark) for ending, marks in STORED.items() for mark in marks])
def test_every_sort_of_document_is_known_by_its_first_bytes(demo: Path, ending: str, mark: bytes) -> None:
    put_document(demo, f"a{ending}", mark + bytes(20))
    assert problems_of(demo) == []
    (demo / "campaigns/van-ban" / f"a{ending}").write_bytes(b"<script>")
    [problem] = problems_of(demo)
    assert problem.place.path == DOCUMENTS and f"không phải của tệp {ending}" in problem.wrong and problem.remedy


def test_a_document_is_weighed_and_not_read(demo: Path) -> None:
    put_document(demo, "a.pdf", b"%PDF-", MAX_BYTES)
    download = demo / "content" / "mau.pdf"
    download.parent.mkdir(exist_ok=True)
    download.write_bytes(b"%PDF-")
    (demo / "content" / "tai-ve.md").write_text("# Tải về\n\n[Mẫu đơn](mau.pdf)\n", "utf-8")
    assert problems_of(demo) == []
    for path in (demo / "campaigns/van-ban/a.pdf", download):
        with path.open("r+b") as file:
            file.truncate(2 * 10**9)
    wrong = {problem.place.path: problem.wrong for problem in problems_of(demo)}
    assert wrong == {
        DOCUMENTS: "tệp “a.pdf” nặng 2000 MB, nhiều nhất là 50 MB",
        "content/tai-ve.md": "tệp “mau.pdf” nặng 2000 MB, nhiều nhất là 50 MB",
    }


def test_two_documents_may_share_a_file_but_two_files_no_address(demo: Path) -> None:
    put_document(demo, "a 1.pdf", b"%PDF-")
    (demo / "campaigns/van-ban/a-1.pdf").write_bytes(b"%PDF-")
    path = demo / DOCUMENTS
    assert problems_of(demo) == []
    path.write_text(path.read_text("utf-8") + DOCUMENT.format("a-1.pdf"), "utf-8")
    [problem] = problems_of(demo)
    assert "“van-ban/a-1.pdf” và “van-ban/a 1.pdf” cùng có tên trên trang web" in problem.wrong
    path.write_text(path.read_text("utf-8").replace("a-1.pdf", "a 1.pdf"), "utf-8")
    assert problems_of(demo) == []


DOCUMENT = """
  - id: van-ban-khac
    form: Luật
    title: Một văn bản khác
    file: van-ban/{}
"""
