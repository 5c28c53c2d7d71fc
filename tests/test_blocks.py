"""Markdown as blocks: what a text of the campaign becomes on paper."""

from __future__ import annotations

from typing import Any

from generator.wording.blocks import read_blocks


def words(runs: list[dict[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)


def test_headings_paragraphs_and_lists_keep_their_order() -> None:
    blocks = read_blocks("# Nhan đề\n\nĐoạn một\nnối dòng.\n\n## Mục\n\n1. Một\n2. Hai\n\n- Ba")
    assert [block["kind"] for block in blocks] == ["paragraph", "heading", "list", "list"]
    assert words(blocks[0]["runs"]) == "Đoạn một nối dòng."
    assert (blocks[1]["level"], words(blocks[1]["runs"])) == (2, "Mục")
    assert [block["is_ordered"] for block in blocks[2:]] == [True, False]
    assert [words(item[0]["runs"]) for item in blocks[2]["items"]] == ["Một", "Hai"]


def test_strong_emphasis_links_and_pictures_become_runs() -> None:
    [block] = read_blocks("Gọi **115 *ngay***, xem [trang này](http://a.example) ![ảnh mũ](mu.png).")
    assert [(run["text"], run["is_strong"], run["is_emphasis"]) for run in block["runs"]] == [
        ("Gọi ", False, False), ("115 ", True, False), ("ngay", True, True), (", xem trang này ảnh mũ.", False, False),
    ]  # fmt: skip


def test_tables_and_quotes() -> None:
    table, quote = read_blocks("| A | B |\n|---|---|\n| 1 | 2 |\n\n> Lời trích")
    assert [words(cell) for cell in table["head"]] == ["A", "B"]
    assert [[words(cell) for cell in row] for row in table["rows"]] == [["1", "2"]]
    assert words(quote["blocks"][0]["runs"]) == "Lời trích"


def test_html_stays_letters_and_the_mark_of_the_blog_goes() -> None:
    first, second = read_blocks("<script>alert(1)</script>\n\n<!-- more -->\n\nChữ `mã`")
    assert words(first["runs"]) == "<script>alert(1)</script>"
    assert words(second["runs"]) == "Chữ mã"
