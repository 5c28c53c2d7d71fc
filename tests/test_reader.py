"""One reader: what a text says on the website and on paper is the same, construct by construct."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser

import markdown
import pytest

from generator.render.article import make_article
from generator.render.safe_html import SafeHtml
from generator.wording.blocks import (
    Block,
    Heading,
    ListOfItems,
    Notes,
    Paragraph,
    Quote,
    Runs,
    Table,
    read_blocks,
)
from generator.wording.reader import find_references, find_slips

#: What people write, paste, or write by mistake: name → text.
CONSTRUCTS = {
    "paragraph": "Một câu.",
    "two paragraphs": "Một.\n\nHai.",
    "wrapped lines": "Một\nhai\nba.",
    "many empty lines": "Một.\n\n\n\nHai.",
    "indented paragraph": "Một.\n\n    Hai, thụt đầu dòng như trong Word.",
    "tab before a paragraph": "\tMột.\n\n\tHai.",
    "hard break by spaces": "Nhà văn hóa xã  \n1 Đường Hòa Bình",
    "hard break by a stroke": "Một\\\nhai",
    "hard break by br": "Một<br>hai<br/>ba",
    "headings": "## Một\n\n### Hai\n\nChữ.\n\n## Ba",
    "title and headings": "# Nhan đề\n\n## Một\n\nChữ.",
    "heading that skips": "## Một\n\n#### Hai\n\nChữ.",
    "heading that begins deep": "### Một\n\n## Hai\n\n### Ba",
    "heading with bold": "## Một **hai**",
    "heading closed": "## Một ##",
    "heading right after words": "Chữ.\n## Một\nChữ khác.",
    "late title": "Chữ.\n\n# Một\n\n## Hai",
    "line under words": "Một câu\n---\nCâu khác",
    "line": "Một\n\n---\n\nHai",
    "list": "- một\n- hai",
    "list under its sentence": "Kiểm tra:\n- dây an toàn;\n- mũ bảo hộ.",
    "list with stars": "* một\n* hai",
    "list with plus": "+ một\n+ hai",
    "loose list": "- một\n\n- hai",
    "list with paragraphs": "- một\n\n  thêm\n\n- hai",
    "nested by two": "- một\n  - sâu\n- hai",
    "nested by four": "- một\n    - sâu\n- hai",
    "nested by tab": "- một\n\t- sâu\n- hai",
    "three levels": "- một\n  - hai\n    - ba",
    "list and words": "- một\n\nChữ.",
    "list then list": "- một\n\n* hai",
    "wrapped item": "- một\n  nối dòng\n- hai",
    "lazy item": "- một\nnối dòng\n- hai",
    "numbers": "1. một\n2. hai",
    "numbers from three": "1. một\n2. hai\n\nTreo biển.\n\n3. ba\n4. bốn",
    "numbers that skip": "1. một\n3. ba\n7. bảy",
    "numbers all one": "1. một\n1. hai\n1. ba",
    "numbers from nought": "0. không\n1. một",
    "numbers by bracket": "1) một\n2) hai",
    "a year that begins a line": "2025. Năm của an toàn.",
    "numbers in the middle": "Làm tiếp:\n3. ba\n4. bốn",
    "numbers with list": "1. một\n   - sâu\n   - sâu nữa\n2. hai",
    "number with paragraph": "1. một\n\n   thêm\n\n2. hai",
    "letters": "a) Khẩu trang;\nb) Găng tay.",
    "letters under a sentence": "Cần mang:\na) Khẩu trang;\nb) Găng tay.",
    "numbers without space": "1.Dừng máy.\n2.Ngắt điện.",
    "numbers by stroke": "1/ Dừng máy.\n2/ Ngắt điện.",
    "bullets of Word": "• Ý một\n• Ý hai",
    "bullets without space": "•Ý một\n•Ý hai",
    "bullets with tab": "•\tÝ một\n•\tÝ hai",
    "dashes of Word": "– Ý một\n– Ý hai",
    "dash under a colon": "Cần có:\n– dây an toàn",
    "a dash among words": "Trung tâm Văn hóa\n– Thể thao thành phố",
    "square bullets": "▪ Một\n▪ Hai",
    "ticks": "- [ ] chưa\n- [x] rồi",
    "bold": "Gọi **115** ngay.",
    "emphasis": "Nói *nhỏ* và _nhẹ_.",
    "bold and emphasis": "***Rất*** gấp.",
    "bold over lines": "**một\nhai**",
    "stars that are no marks": "5 * 3 * 2",
    "underscores in a name": "tệp an_toan_lao_dong",
    "blank to fill in": "Họ tên: ________",
    "escaped marks": "\\*không đậm\\* và \\[ngoặc\\] \\# \\|",
    "entity": "A &amp; B &lt;C&gt; &nbsp;D",
    "angle brackets": "Gửi về <Tên đơn vị> trước <ngày>.",
    "less than": "a < b và c > d",
    "code": "Gõ `loa build` rồi đợi.",
    "fenced code": "```\nmột\n  hai\n```",
    "code with marks": "`**x** [y](z) <br>`",
    "link to a page": "Xem [bài này](../nguy-co/index.md).",
    "link with title": '[bài](a.md "Nhan đề")',
    "link by reference": "[bài][1]\n\n[1]: a.md",
    "words that look like an address": "[Lưu ý]: Dừng.\n\n[Chú ý]: Không bật máy.",
    "link by brackets": "<https://vidu.vn/a>",
    "mail by brackets": "<a@vidu.vn>",
    "bare address": "Vào https://vidu.vn/a_b_c nhé.",
    "picture among words": "Trước ![ảnh](a.jpg) sau.",
    "picture alone": "Một.\n\n![ảnh](a.jpg)\n\nHai.",
    "comment": "Một <!-- giấu --> hai.",
    "comment block": "Một.\n\n<!-- giấu\n- không in\n-->\n\nHai.",
    "mark of the list of news": "Một.\n\n<!-- more -->\n\nHai.",
    "quote": "> Lời trích",
    "quote in lines": "> Một\n> hai\n\nChữ.",
    "quote with list": "> - một\n> - hai",
    "quote in quote": "> một\n> > hai",
    "box": '!!! warning "Chú ý"\n    Không bật máy.',
    "box without title": "!!! note\n    Chữ trong khung.",
    "box with list": '!!! tip "Nhớ"\n    - một\n    - hai\n\nSau khung.',
    "foldable box": '??? note "Thêm"\n    Chữ.',
    "footnote": "Luật quy định[^1].\n\n[^1]: Luật số 84.",
    "footnotes used twice": "Một[^a], hai[^b], ba[^a].\n\n[^a]: Chú a.\n[^b]: Chú b.",
    "footnote of two paragraphs": "Một[^1].\n\n[^1]: Chú.\n\n    Chú nữa.\n\nHai.",
    "table": "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
    "table without edges": "A | B\n---|---\n1 | 2",
    "table with marks": "| A | B |\n|:--|--:|\n| **1** | `2` |",
    "table with breaks": "| A | B |\n|---|---|\n| một<br>hai | 2 |",
    "table with a stroke": "| A | B |\n|---|---|\n| x \\| y | 2 |",
    "table with too few cells": "| A | B |\n|---|---|\n| 1 |",
    "table right under words": "Bảng:\n| A | B |\n|---|---|\n| 1 | 2 |",
    "tilde": "Khoảng ~500 người, ~ 3 km.",
    "stroke": "Thứ hai | thứ ba",
    "hash tag": "#AnToanLaoDong",
    "dollar and at": "Giá 5$ @ chợ ^2",
    "emoji": "⚠️ Nguy hiểm",
    "windows lines": "Một.\n\n- a\n- b\n\nHai.",
    "number sign in words": "Quyết định số 5. Điều 3.",
    "tab among words": "Một\thai, `ba\tbốn`.",
    "empty code": "Một.\n\n```\n```\n\nHai.",
    "numbers that repeat and skip": "1. một\n1. hai\n3. ba",
    "two paragraphs in a tight item": "- một\n  <!-- giấu -->\n  hai\n- ba",
    "a note between two lines of an item": "- một[^1]\n  [^1]: Chú.\n  hai\n- ba",
    "list in a note": "Một[^1].\n\n[^1]: Chú:\n\n    - a\n    - b",
    "words after what lies in an item": "- > trích\n\n  hai\n- một\n  ---\n  ba",
    "address in Vietnamese": "Vào <https://điện.vn/đèn>.",
    "bullets of Word in three levels": "• Một\no Con\n▪ Cháu\no Con nữa\n• Hai",
    "bullets of Word with empty lines": "·       Một\n\no   Con\n\n§  Cháu\n\n·       Hai",
    "numbers, dashes and plus": "1. Tuyên truyền\n- Treo băng rôn:\n+ Cổng chợ\n+ Sân xã\n- Phát loa\n2. Kiểm tra\n- Điện",
    "stars, dashes and plus": "* Tuyên truyền:\n- Treo:\n+Chợ;\n+Sân.\n* Kiểm tra:\n– Điện.",
    "dashes without space": "Gồm:\n-Mũ;\n-Dây.",
    "stars without space": "*Mũ;\n*Dây.",
    "two hyphens": "-- Mũ\n-- Dây",
    "below nought": "Nhiệt độ\n-5 °C\n+84 912 345 678",
    "lists in a box": '!!! note "Gồm"\n    - Một\n    + Con\n    - Hai',
    "what to do and not": "✓ Đội mũ\n✗ Chạy trong xưởng\n✓ Đi giày",
    "table of tabs": "Việc:\nGiờ\tViệc\tGhi chú\n7h30\tĐón khách\t\n8h\t\tTổ 2\n\nHết.",
    "tabs after letters": "a)\tMũ\nb)\tDây",
    "a tab among words": "Một\thai",
    "steps": "Bước 1: Dừng máy.\nBước 2: Ngắt điện.",
    "counted by letter and number": "B1. Dừng máy\nB2. Ngắt điện",
    "counted in brackets": "(1) Dừng máy;\n(2) Ngắt điện.",
    "counted by signs": "① Dừng máy\n② Ngắt điện\n1️⃣ Dừng\n2️⃣ Ngắt",
    "numbers of official documents": "1. Tuyên truyền\n1.1 Trên loa\n1.2. Trên mạng\n2. Kiểm tra",
    "sections": "I. MỤC ĐÍCH\n1. Mục đích\na) Một.\nb) Hai.\nII. NỘI DUNG\n1. Treo",
    "articles": "Điều 1. Phạm vi\n1. Một\nĐiều 2. Hiệu lực\nTừ ngày ký.",
    "a number in wrapped words": "Năm nay cả xã có tất cả là\n12. Trong đó có 3 vụ, theo Thông tư số\n5. Hết.",
    "dates": "28/4: Lễ phát động\n29/4/2025 – Hội thi",
    "hours": "7:30 – Đón khách\n8h00: Khai mạc\n9g Bế mạc",
    "when and where": "Kính mời bà con\ntới dự lễ.\nThời gian: 7h30\n**Địa điểm:** Nhà văn hóa",
    "when and where under items": "1. Lễ\nThời gian: 7h30\nĐịa điểm: Sân xã\n2. Hội thi\nThời gian: 8h",
    "words right under a list": "- Mũ;\n- Dây.\nRất mong bà con nhớ.",
    "answers under a question": "1. Làm gì?\nA. Dừng tay\nB. Làm tiếp\n2. Gọi ai?\nA. 113",
    "verses": "Tháng Năm về với công nhân,\nLời ca tiếng hát xa gần vang lên.\nAn toàn nhớ lấy chớ quên.",
    "signature": "Kính thư,\nGiám đốc\nNguyễn Văn A",
    "full lines with names": "Trung tâm Văn hóa tổ chức lễ phát động tại Nhà văn hóa xã do\nỦy ban nhân dân xã chủ trì.",
    "sentences on lines of their own": "Đội mũ.\nĐi giày.",
    "emoji before lines": "👉 Dừng máy\n👉 Ngắt điện",
    "arrows": "-> Dừng máy\n-> Ngắt điện\n=> Xong",
    "hash tags at the head": "#AnToan #ThangCongNhan\n#BaoHo nào cũng được",
    "dotted lines": "Kính gửi: ..........\nHọ tên: ……… Năm sinh: ……",
    "a line of underscores": "__________\nKý tên",
    "a line of equal signs": "THÔNG BÁO\n=====\nChữ",
    "signs of notes": "Mức phạt (*) theo luật (*) và (**).\n\n(**) Nghị định 12.",
    "more than": "Nhiệt độ\n> 38 độ thì nghỉ\n\n>= 2 m phải móc dây",
    "quote that begins with a number": "> 12 người\n> cùng dự",
    "numbers with units": "38 °C, 80 %, 20 m², CO₂, H2O, ≥ 2 m, ½, 10⁻³, Ø 20",
    "marks of Zalo": "Chúc mừng :D /-strong <3 ^^ :-h --b",
    "picture of Windows": "Một.\n\n![ảnh](IMG_0001 (1).JPG)\n\n[bảng](bảng (2) mới.xlsx)",
    "bare addresses": "Vào https://forms.gle/a_b, (www.vidu.vn/x) hoặc thư a.b@vidu.gov.vn. **https://vidu.vn/y**",
    "colon list of definitions": "Cân\n:   Dụng cụ đo",
}

#: What a reader sees, one after the other: ("h", level, words), ("p", depth, words), ("cell", row, words) …
Seen = tuple[str, object, str]


def on_paper(blocks: tuple[Block, ...], inside: str = "") -> Iterator[Seen]:
    """Yield what a reader of paper sees."""
    for block in blocks:
        if isinstance(block, Heading):
            yield "h", block.level, words_of(block.runs)
        elif isinstance(block, Paragraph):
            yield "p", inside, words_of(block.runs)
        elif isinstance(block, ListOfItems | Notes):
            sign = "n" if isinstance(block, Notes) else "o" if block.is_ordered else "u"
            for mark, item in zip(block.marks, block.items, strict=True):
                yield "li", inside + sign, mark.rstrip(".")
                yield from on_paper(item, inside + sign)
        elif isinstance(block, Quote):
            yield from on_paper(block.blocks, inside + "q")
        elif isinstance(block, Table):
            for row in (block.head, *block.rows):
                yield from (("cell", len(row), words_of(cell)) for cell in row)


def words_of(runs: Runs) -> str:
    return re.sub(r" *\n *", "\n", "".join(run.text for run in runs))


class Site(HTMLParser):
    """Reads a page as people see it, into the same list."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Seen] = []
        self.inside: list[str] = []
        self.numbers: list[int] = []
        self.words: list[str] = []
        self.head: tuple[str, object] | None = None
        self.row = 0
        self.in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("ol", "ul", "hr", "table"):
            self._end()
            self._go_on()
        if tag in ("ol", "ul"):
            self.inside.append("n" if self.inside[-1:] == ["footnote"] else "o" if tag == "ol" else "u")
            self.numbers.append(int(given.get("start") or 1))
        elif tag == "li":
            self._end()
            number = int(given.get("value") or self.numbers[-1])
            self.numbers[-1] = number + 1
            self.seen.append(("li", self._depth(), str(number) if self.inside[-1] != "u" else ""))
            self.head = "p", self._depth()
        elif tag == "blockquote":
            self.inside.append("q")
        elif tag == "div":
            self.inside.append("footnote" if given.get("class") == "footnote" else "q")
        elif tag == "tr":
            self.row = 0
        elif tag in ("p", "pre"):
            self._end()
            self.head = "p", self._depth()
        elif re.fullmatch("h[1-6]", tag):
            self._end()
            self.head = "h", int(tag[1])
        elif tag in ("td", "th"):
            self.row += 1
            self.head = "cell", self.row
        elif tag == "br":
            self.words.append("\n")
        self.in_code = tag == "pre" or (self.in_code and tag == "code")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul"):
            self.numbers.pop()
        if tag in ("ol", "ul", "blockquote", "div"):
            self._end()
            self.inside.pop()
            self._go_on()
        elif tag in ("p", "pre", "li", "td", "th") or re.fullmatch("h[1-6]", tag):
            self._end()
            self._go_on()
            self.in_code &= tag != "pre"
        elif tag == "tr":
            cells = [one for one in self.seen if one[0] == "cell" and isinstance(one[1], int)][-self.row :]
            self.seen[-self.row :] = [("cell", str(self.row), words) for _, _, words in cells]

    def handle_data(self, data: str) -> None:
        if self.head:
            self.words.append(data if self.in_code else data.replace("\n", " "))

    def _go_on(self) -> None:
        """Words of a tight list stand in its item alone, after whatever else lies there."""
        self.head = ("p", self._depth()) if self.inside else None

    def _depth(self) -> str:
        return "".join(one for one in self.inside if one != "footnote")

    def _end(self) -> None:
        words = re.sub("[ \u00a0]+", " ", "".join(self.words)).strip().removesuffix("↩").strip()
        if self.head and (words or self.head[0] == "cell"):
            self.seen.append((*self.head, words))
        self.head, self.words = None, []


def on_the_website(body: str) -> list[Seen]:
    site = Site()
    html = make_article(body, lambda address: address, has_title=False)
    site.feed(markdown.markdown(f"<header>đầu</header>\n\n{html}", extensions=[SafeHtml()]))
    return [one for one in site.seen if one[2] or one[0] != "p"]


def tidy(seen: list[Seen]) -> list[Seen]:
    """Leave out how each side shows what it shows: boxes to tick are drawn on paper, words have their spaces."""
    kept: list[Seen] = []
    for kind, where, words in seen:
        lines = [re.sub("[ \u00a0]+", " ", line).strip() for line in words.split("\n")]
        shown = re.sub("^(?:[☐☑] ?)+", "", "\n".join(lines).strip("\n"))
        kept.append((kind, str(where), shown))
    return [one for one in kept if one[2] or one[0] != "p"]


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_both_sides_say_the_same(name: str) -> None:
    body = CONSTRUCTS[name]
    assert tidy(on_the_website(body)) == tidy(list(on_paper(read_blocks(body))))


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_nothing_right_is_refused(name: str) -> None:
    assert [slip for slip in find_slips(CONSTRUCTS[name]) if not slip.is_warning] == []


def test_there_are_enough_constructs() -> None:
    assert len(CONSTRUCTS) >= 60
    assert any(on_the_website(body) for body in CONSTRUCTS.values())


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("list under its sentence", ["Kiểm tra:", "dây an toàn;", "mũ bảo hộ."]),
        ("angle brackets", ["Gửi về <Tên đơn vị> trước <ngày>."]),
        ("indented paragraph", ["Một.", "Hai, thụt đầu dòng như trong Word."]),
        ("a dash among words", ["Trung tâm Văn hóa – Thể thao thành phố"]),
        ("letters", ["a) Khẩu trang;\nb) Găng tay."]),
        ("comment block", ["Một.", "Hai."]),
        ("words that look like an address", ["[Lưu ý]: Dừng.", "[Chú ý]: Không bật máy."]),
        ("picture alone", ["Một.", "Hai."]),
        ("footnote", ["Luật quy định1.", "Luật số 84."]),
        ("line under words", ["Một câu", "Câu khác"]),
        ("table with a stroke", ["A", "B", "x | y", "2"]),
        ("dashes without space", ["Gồm:", "Mũ;", "Dây."]),
        ("stars without space", ["Mũ;", "Dây."]),
        ("two hyphens", ["Mũ", "Dây"]),
        ("below nought", ["Nhiệt độ -5 °C +84 912 345 678"]),
        ("what to do and not", ["✓ Đội mũ\n✗ Chạy trong xưởng\n✓ Đi giày"]),
        (
            "table of tabs",
            ["Việc:", "Giờ", "Việc", "Ghi chú", "7h30", "Đón khách", "", "8h", "", "Tổ 2", "Hết."],
        ),
        ("tabs after letters", ["a) Mũ\nb) Dây"]),
        ("a tab among words", ["Một hai"]),
        ("steps", ["Bước 1: Dừng máy.\nBước 2: Ngắt điện."]),
        ("counted by letter and number", ["B1. Dừng máy\nB2. Ngắt điện"]),
        ("counted in brackets", ["(1) Dừng máy;\n(2) Ngắt điện."]),
        ("counted by signs", ["① Dừng máy\n② Ngắt điện\n1️⃣ Dừng\n2️⃣ Ngắt"]),
        ("numbers of official documents", ["Tuyên truyền\n1.1 Trên loa\n1.2. Trên mạng", "Kiểm tra"]),
        ("sections", ["I. MỤC ĐÍCH", "Mục đích\na) Một.\nb) Hai.", "II. NỘI DUNG", "Treo"]),
        ("articles", ["Điều 1. Phạm vi", "Một", "Điều 2. Hiệu lực\nTừ ngày ký."]),
        (
            "a number in wrapped words",
            ["Năm nay cả xã có tất cả là 12. Trong đó có 3 vụ, theo Thông tư số 5. Hết."],
        ),
        ("dates", ["28/4: Lễ phát động\n29/4/2025 – Hội thi"]),
        ("hours", ["7:30 – Đón khách\n8h00: Khai mạc\n9g Bế mạc"]),
        ("when and where", ["Kính mời bà con tới dự lễ.\nThời gian: 7h30\nĐịa điểm: Nhà văn hóa"]),
        ("when and where under items", ["Lễ\nThời gian: 7h30\nĐịa điểm: Sân xã", "Hội thi", "Thời gian: 8h"]),
        ("words right under a list", ["Mũ;", "Dây.", "Rất mong bà con nhớ."]),
        ("answers under a question", ["Làm gì?\nA. Dừng tay\nB. Làm tiếp", "Gọi ai?\nA. 113"]),
        (
            "verses",
            ["Tháng Năm về với công nhân,\nLời ca tiếng hát xa gần vang lên.\nAn toàn nhớ lấy chớ quên."],
        ),
        ("signature", ["Kính thư,\nGiám đốc\nNguyễn Văn A"]),
        (
            "full lines with names",
            ["Trung tâm Văn hóa tổ chức lễ phát động tại Nhà văn hóa xã do Ủy ban nhân dân xã chủ trì."],
        ),
        ("sentences on lines of their own", ["Đội mũ. Đi giày."]),
        ("emoji before lines", ["👉 Dừng máy\n👉 Ngắt điện"]),
        ("arrows", ["-> Dừng máy\n-> Ngắt điện\n=> Xong"]),
        ("hash tags at the head", ["#AnToan #ThangCongNhan\n#BaoHo nào cũng được"]),
        ("dotted lines", ["Kính gửi: ..........\nHọ tên: ……… Năm sinh: ……"]),
        ("a line of underscores", ["__________\nKý tên"]),
        ("a line of equal signs", ["THÔNG BÁO", "Chữ"]),
        ("signs of notes", ["Mức phạt (*) theo luật (*) và (**).", "(**) Nghị định 12."]),
        ("more than", ["Nhiệt độ\n> 38 độ thì nghỉ", ">= 2 m phải móc dây"]),
        ("quote that begins with a number", ["12 người cùng dự"]),
        ("picture of Windows", ["Một.", "bảng"]),
    ],
)
def test_the_words_are_the_right_ones(name: str, seen: list[str]) -> None:
    assert [words for kind, _, words in tidy(on_the_website(CONSTRUCTS[name])) if kind != "li"] == seen


@pytest.mark.parametrize(
    ("name", "depths"),
    [
        ("bullets of Word in three levels", ["u", "uu", "uuu", "uu", "u"]),
        ("bullets of Word with empty lines", ["u", "uu", "uuu", "u"]),
        ("numbers, dashes and plus", ["o", "ou", "ouu", "ouu", "ou", "o", "ou"]),
        ("stars, dashes and plus", ["u", "uu", "uuu", "uuu", "u", "uu"]),
        ("lists in a box", ["qu", "quu", "qu"]),
        ("list then list", ["u", "u"]),
        ("numbers from three", ["o", "o", "o", "o"]),
    ],
)
def test_marks_of_one_sort_stand_side_by_side(name: str, depths: list[str]) -> None:
    assert [where for kind, where, _ in on_paper(read_blocks(CONSTRUCTS[name])) if kind == "li"] == depths


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("numbers from three", ["1", "2", "3", "4"]),
        ("numbers that skip", ["1", "3", "7"]),
        ("numbers all one", ["1", "2", "3"]),
        ("numbers from nought", ["0", "1"]),
        ("a year that begins a line", ["2025"]),
    ],
)
def test_numbers_are_those_that_were_written(name: str, numbers: list[str]) -> None:
    assert [words for kind, _, words in on_paper(read_blocks(CONSTRUCTS[name])) if kind == "li"] == numbers
    assert [words for kind, _, words in on_the_website(CONSTRUCTS[name]) if kind == "li"] == numbers


@pytest.mark.parametrize(
    ("body", "line", "wrong"),
    [
        ("Chữ.\n\n##\n\nChữ.", 3, "đề mục không có chữ"),
        ("Chữ.\n## ![ảnh](a.jpg)", 2, "đề mục không có chữ"),
        ('!!! "Chú ý"\n    Chữ.', 1, "khung “!!!” viết chưa đúng"),
        ("!!! Chú ý\n    Chữ.", 1, "khung “!!! Chú” viết chưa đúng"),
        ('!!! note Đọc kỹ "Chú ý"\n    Chữ.', 1, "khung “!!! note” viết chưa đúng"),
        ("Chữ.\n!!! Chú ý\n    Chữ.", 2, "khung “!!! Chú” viết chưa đúng"),
        ("Một[^1].\n\n[^1]: a\n[^1]: b", 4, "hai lời chú cùng tên [^1]"),
        ("Một.\n\n[^1]: Chú.", 3, "lời chú [^1] không chỗ nào trong bài dẫn tới"),
        ("Một\n[](https://vidu.vn).", 2, "liên kết không có chữ"),
        ("Một[^1].\n\n[^1]: 1. [^2]: Chú.", 3, "chú thích “[^2]” không có lời chú"),
        ("Một[^1].\n\n[^1]: > [^2]: Chú.", 3, "chú thích “[^2]” không có lời chú"),
    ],
)
def test_what_would_be_lost_is_told(body: str, line: int, wrong: str) -> None:
    [slip] = find_slips(body)
    assert (slip.line, slip.wrong.partition(" nên")[0]) == (line, wrong) and not slip.is_warning


def test_headings_never_skip_a_level() -> None:
    levels = [where for kind, where, _ in on_the_website(CONSTRUCTS["heading that begins deep"]) if kind == "h"]
    assert levels == [2, 2, 3]


def test_links_to_other_websites_keep_their_address_on_paper() -> None:
    body = "[Luật](https://vbpl.vn/x/), [vbpl.vn/x](https://vbpl.vn/x), [bài](a.md), <a@b.vn>, [gọi](tel:115)"
    [block] = read_blocks(body)
    assert isinstance(block, Paragraph)
    assert words_of(block.runs) == "Luật (vbpl.vn/x), vbpl.vn/x, bài, a@b.vn, gọi (115)"


def test_bare_addresses_are_links() -> None:
    html = make_article(CONSTRUCTS["bare addresses"], lambda address: address, has_title=False)
    assert re.findall('href="([^"]+)">([^<]+)<', html) == [
        ("https://forms.gle/a_b", "https://forms.gle/a_b"),
        ("https://www.vidu.vn/x", "www.vidu.vn/x"),
        ("mailto:a.b@vidu.gov.vn", "a.b@vidu.gov.vn"),
        ("https://vidu.vn/y", "https://vidu.vn/y"),
    ]
    quiet = "`https://a.vn` [https://b.vn](https://c.vn) <https://d.vn> 0900.000.000 an.toan"
    assert len(re.findall("<a ", make_article(quiet, lambda address: address, has_title=False))) == 2


def test_anchors_are_plain_and_different() -> None:
    html = make_article("## Điểm đến\n\n## Điểm đến\n\n## ???", lambda address: address, has_title=False)
    assert re.findall('id="([^"]+)"', html) == ["diem-den", "diem-den-2", "ten-moi"]


def test_addresses_with_spaces_are_read() -> None:
    [picture, file] = find_references("![Nhà máy](Ảnh nhà máy số 2.jpeg)\n\nXem [bảng](bảng lương 2.pdf).")
    assert (picture.address, picture.is_picture, picture.line) == ("Ảnh nhà máy số 2.jpeg", True, 1)
    assert (file.address, file.is_picture, file.line) == ("bảng lương 2.pdf", False, 3)


MARKS = [
    "[",
    "![",
    "[a](",
    "](",
    "*",
    "_a",
    "**a",
    "`",
    "`a",
    "<a",
    "<",
    "<!--",
    ">",
    "-",
    "1.",
    "\\",
    "&",
    "|",
    "[^",
    "[^1]",
    "#",
    "~",
    "[[]]",
    "(",
    "![a](b",
    "[a]:x",
    "!!!",
    "???",
    ":::",
    ")",
    "<br>",
    "a)",
    "•",
    "–",
    "*_",
    "__a",
    "***a",
    "-a",
    "o ",
    "a\ta",
    "A: ",
    "- A\nB",
    "2) a",
    "(*)",
    "28/4: ",
    "a@b.c",
    "www.a.",
    "https://",
]


def count_calls(body: str) -> int:
    """Return how many functions are called to read a text."""
    calls = 0

    def note(frame: object, event: str, called: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        find_slips(body)
        read_blocks(body)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("mark", MARKS)
def test_the_work_grows_no_faster_than_the_text(mark: str, end: str) -> None:
    few, many = ((mark + end) * (length // len(mark + end)) for length in (200, 800))
    assert count_calls(many) < 8 * count_calls(few)


@pytest.mark.parametrize("mark", MARKS)
def test_much_of_a_mark_is_read_or_refused(mark: str) -> None:
    body = (f"{mark}\n" * 20_000)[:20_000]
    if not any("dấu [" in slip.wrong for slip in find_slips(body)):
        read_blocks(body)


def test_too_much_is_refused_at_its_line() -> None:
    assert [(slip.line, slip.wrong) for slip in find_slips("a\n\n" + "b" * 8_001)] == [
        (3, "dòng này dài hơn 8000 chữ cái")
    ]
    assert "bài dài hơn" in find_slips("a\n" * 60_000)[0].wrong
    assert "dấu [" in find_slips("[a\n" * 2_001)[0].wrong
    assert "quá sâu" in find_slips("".join(f"{'  ' * depth}- a\n" for depth in range(7)))[0].wrong
    assert find_slips("".join(f"{'  ' * depth}- a\n" for depth in range(5))) == []
