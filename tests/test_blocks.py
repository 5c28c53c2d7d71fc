"""Markdown as blocks: what a text of the campaign becomes on paper."""

from __future__ import annotations

from generator.wording.blocks import Heading, ListOfItems, Paragraph, Quote, Runs, Table, read_blocks, words_of_blocks


def words(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def test_headings_paragraphs_and_lists_keep_their_order() -> None:
    blocks = read_blocks("# Nhan đề\n\nĐoạn một\nnối dòng.\n\n## Mục\n\n1. Một\n2. Hai\n\n- Ba")
    assert [block.kind for block in blocks] == ["paragraph", "heading", "list", "list"]
    paragraph, heading, ordered, plain = blocks
    assert isinstance(paragraph, Paragraph) and words(paragraph.runs) == "Đoạn một nối dòng."
    assert isinstance(heading, Heading) and (heading.level, words(heading.runs)) == (2, "Mục")
    assert isinstance(ordered, ListOfItems) and isinstance(plain, ListOfItems)
    assert [ordered.is_ordered, plain.is_ordered] == [True, False]
    assert [words(item[0].runs) for item in ordered.items if isinstance(item[0], Paragraph)] == ["Một", "Hai"]


def test_strong_emphasis_links_and_pictures_become_runs() -> None:
    [block] = read_blocks("Gọi **115 *ngay***, xem [trang này](http://a.example)![ảnh mũ](mu.png).")
    assert isinstance(block, Paragraph)
    assert [(run.text, run.is_strong, run.is_emphasis) for run in block.runs] == [
        ("Gọi ", False, False),
        ("115 ", True, False),
        ("ngay", True, True),
        (", xem trang này (a.example).", False, False),
    ]


def test_tables_and_quotes() -> None:
    table, quote = read_blocks("| A | B |\n|---|---|\n| 1 | 2 |\n\n> Lời trích")
    assert isinstance(table, Table) and isinstance(quote, Quote)
    assert [words(cell) for cell in table.head] == ["A", "B"]
    assert [[words(cell) for cell in row] for row in table.rows] == [["1", "2"]]
    [said] = quote.blocks
    assert isinstance(said, Paragraph) and words(said.runs) == "Lời trích"


def test_html_stays_letters_and_the_mark_of_the_blog_goes() -> None:
    first, second = read_blocks("<script>alert(1)</script>\n\n<!-- more -->\n\nChữ `mã`")
    assert isinstance(first, Paragraph) and words(first.runs) == "<script>alert(1)</script>"
    assert isinstance(second, Paragraph) and words(second.runs) == "Chữ mã"


def test_every_word_is_told_in_reading_order() -> None:
    body = "## Mục\n\nĐoạn **đậm**.\n\n- Một\n  - Sâu\n\n> Lời trích\n\n| A | |\n|---|---|\n| 1 | 2 |\n\n```\nmã\n```"
    assert list(words_of_blocks(read_blocks(body))) == [
        "Mục",
        "Đoạn đậm.",
        "Một",
        "Sâu",
        "Lời trích",
        "A",
        "1",
        "2",
        "mã",
    ]
