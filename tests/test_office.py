"""Word files: filled, letters stay letters, the same bytes twice, the official forms, and what preflight must find."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from workshop_case import PREVIEW, make_good, read_sound

from generator.plain import to_plain
from generator.preflight import inspect_docx
from generator.project import Project
from generator.render.office import Signature, write_docx
from generator.render.qr import make_qr_picture
from generator.worklist import Ticket, make_examples

ROOT = Path(__file__).parent.parent
STATE, PARTY = "thong-bao-chinh-quyen", "thong-bao-dang"
NOTICES = (STATE, PARTY)
HOSTILE = 'Đi {{ x }} {% for y in z %} {_{ </w:t><w:p> & "an" ]]> ${1} {# z #}'


@pytest.fixture(scope="module")
def project() -> Project:
    return read_sound()


@pytest.fixture(scope="module")
def tickets(project: Project) -> list[Ticket]:
    found = [ticket for ticket in make_examples(project) if ticket.maker == "office"]
    assert {ticket.entry.kind for ticket in found} > set(NOTICES)
    return found


def of(tickets: list[Ticket], kind: str, example: str) -> Ticket:
    return next(ticket for ticket in tickets if ticket.entry.address == f"{kind}-{example}")


def document_of(ticket: Ticket) -> dict[str, Any]:
    """Return the print document as JSON, free to be changed."""
    document = copy.deepcopy(to_plain(ticket.brief))
    assert isinstance(document, dict)
    return document


def write(ticket: Ticket, document: Any = None) -> bytes:
    """Fill the template as the maker does; `document` in place of the ticket's own."""
    document = document or document_of(ticket)
    signature = Signature(
        document["piece"]["title"], document["organisation"]["name"], document["campaign"]["name"], ticket.timestamp
    )
    pictures = {"qr.png": make_qr_picture(ticket.url)}
    return write_docx(ROOT / "theme", ticket.entry.kind, document, signature, pictures)


def inspect(
    project: Project, ticket: Ticket, docx: bytes, document: Any = None, must_read: tuple[str, ...] | None = None
) -> list[str]:
    must, whole = ticket.entry.to_read()
    if must_read is not None:
        must, whole = list(must_read), []
    content = (document or document_of(ticket))["content"]
    return inspect_docx(docx, ticket.sheet, must, project.theme.fonts.office, content, whole)


def parts_of(docx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        return {
            name: opened.read(name).decode("utf-8") for name in opened.namelist() if name.endswith((".xml", ".rels"))
        }


def lines_of(docx: bytes) -> list[tuple[str, str]]:
    """Return (name of the style, words) of every paragraph of the body, tables included, in order."""
    opened = Document(io.BytesIO(docx))
    names = {style.style_id: style.name for style in opened.styles}
    found = []
    for line in opened.element.body.iter(qn("w:p")):
        style = line.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        words = "".join(text.text or "" for text in line.iter(qn("w:t")))
        if words:
            found.append((names["Normal" if style is None else style.get(qn("w:val"))], words.replace("\u00a0", " ")))
    return found


def all_words(docx: bytes) -> str:
    names = re.compile(r"word/(document|header\d|footer\d)\.xml")
    xml = (text for name, text in sorted(parts_of(docx).items()) if names.fullmatch(name))
    return "".join(re.sub(r"<[^>]+>", "", text.split("?>", 1)[-1]) for text in xml)


def test_every_example_is_filled_and_passes(tickets: list[Ticket], project: Project) -> None:
    for ticket in tickets:
        made = make_good(project, ticket)
        assert {format for _, format, _ in made} == {"docx"}
        for docx in made.values():
            assert not re.search(r"\{\{|\}\}|\{%|%\}", all_words(docx)), ticket.head.title
            assert docx == write(ticket)


def test_the_same_bytes_twice(tickets: list[Ticket]) -> None:
    for ticket in tickets:
        first = write(ticket)
        assert first == write(ticket)
        with zipfile.ZipFile(io.BytesIO(first)) as opened:
            assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert opened.namelist() == sorted(opened.namelist())


def test_who_and_when_stand_in_the_properties(tickets: list[Ticket], project: Project) -> None:
    ticket = of(tickets, STATE, "de-trong")
    [docx] = make_good(project, ticket).values()
    said = Document(io.BytesIO(docx)).core_properties
    assert (said.title, said.author, said.language) == (ticket.head.title, ticket.sender.name, "vi-VN")
    assert said.subject == ticket.look.campaign.name and said.last_modified_by == ticket.sender.name
    assert said.created == said.modified and int(said.created.timestamp()) == ticket.timestamp


def test_what_people_wrote_stays_letters(tickets: list[Ticket], project: Project) -> None:
    ticket = of(tickets, STATE, "du-thanh-phan")
    data = document_of(ticket)
    data["content"]["abstract"] |= {"text": HOSTILE, "groups": HOSTILE.split()}
    data["content"]["opening"] = HOSTILE + "\n\tdòng sau\x0b"
    data["content"]["recipients"] = [HOSTILE]
    data["organisation"]["name"] = data["piece"]["title"] = HOSTILE
    docx = write(ticket, data)
    lines = [words for _, words in lines_of(docx)]
    assert HOSTILE in lines and f"- {HOSTILE};" in lines
    assert any(words.startswith(HOSTILE) and words.endswith("dòng sau ") for words in lines)
    assert Document(io.BytesIO(docx)).core_properties.title == HOSTILE
    assert "<w:br" not in parts_of(docx)["word/document.xml"]
    assert inspect(project, ticket, docx, data, (HOSTILE,)) == []


def test_long_names_stay_whole(tickets: list[Ticket]) -> None:
    ticket = of(tickets, PARTY, "de-trong")
    data = document_of(ticket)
    name = "Trung tâm Văn hóa - Thông tin - Thể thao và Truyền thanh phường Nguyễn Hữu Thọ"
    data["organisation"] |= {"name": name, "groups": {**data["organisation"]["groups"], "name": name.split()}}
    assert f"Dự thảo do {name} cung cấp" in all_words(write(ticket, data))


def test_the_state_form_has_its_required_lines(tickets: list[Ticket]) -> None:
    lines = lines_of(write(of(tickets, STATE, "du-thanh-phan")))
    for line in [
        ("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc"),
        ("Cơ quan cấp trên", "SỞ VÍ DỤ TỈNH MẪU"),
        ("Số và ký hiệu", "Số: 05/TB-TTVD"),
        ("Địa danh, ngày tháng", "Mẫu, ngày 05 tháng 5 năm 2025"),
        ("Heading 1", "THÔNG BÁO"),
        ("Căn cứ", "Căn cứ Luật An toàn, vệ sinh lao động số 84/2015/QH13."),
        ("Heading 2", "Trách nhiệm của người đứng đầu"),
        ("Điểm", "đ) Khó khăn, bất cập ở cơ sở phải được phát hiện và đề xuất tháo gỡ kịp thời;"),
        ("Điểm", "e) Gương tốt, cách làm hay được giới thiệu để nơi khác cùng học."),
        ("Nơi nhận", "Nơi nhận:"),
        ("Nơi nhận (từng dòng)", "- Lưu: VT, NV."),
        ("Quyền hạn, chức vụ", "PHÓ GIÁM ĐỐC"),
        ("Họ tên người ký", "Nguyễn Thị Ví Dụ"),
    ]:
        assert line in lines


def test_the_party_form_has_its_required_lines(tickets: list[Ticket]) -> None:
    lines = lines_of(write(of(tickets, PARTY, "dai-nhat")))
    for line in [
        ("Tiêu đề Đảng", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("Dấu sao", "*"),
        ("Số và ký hiệu", "Số 05-TB/ĐU"),
        ("Heading 1", "THÔNG BÁO"),
        ("Gạch nối dưới trích yếu", "-----"),
        ("Căn cứ", "- Căn cứ chương trình công tác năm của cấp ủy."),
        ("Nơi nhận (từng dòng)", "- Các chi bộ trực thuộc,"),
        ("Nơi nhận (từng dòng)", "- Lưu Văn phòng Đảng ủy."),
        ("Quyền hạn, chức vụ", "T/M BAN THƯỜNG VỤ"),
        ("Chức vụ", "PHÓ BÍ THƯ"),
    ]:
        assert line in lines
    assert not any("CỘNG HÒA" in words for _, words in lines)


@pytest.mark.parametrize("kind", NOTICES)
def test_what_is_not_given_is_a_visible_blank(tickets: list[Ticket], kind: str) -> None:
    words = [words for _, words in lines_of(write(of(tickets, kind, "de-trong")))]
    number = "Số: ………/TB-………" if kind == STATE else "Số ………-TB/………"
    assert number in words and "…………, ngày …… tháng …… năm 2025" in words
    assert sum(set(line) <= set("…- ,;T/M") for line in words) >= 4


def test_fields_tables_and_nothing_that_word_stumbles_over(tickets: list[Ticket]) -> None:
    for ticket in tickets:
        parts = parts_of(write(ticket))
        body = parts["word/document.xml"]
        for name, text in parts.items():
            for unwanted in (
                "w:sdt",
                "txbxContent",
                "w:pict",
                "w:br",
                'TargetMode="External"',
                "vbaProject",
                "w:hyperlink",
            ):
                assert unwanted not in text, (ticket.head.title, name, unwanted)
        assert "<w:tbl>" in body and "<w:titlePg/>" in body
        headers = [text for name, text in parts.items() if re.fullmatch(r"word/(header|footer)\d\.xml", name)]
        assert any('w:instr=" PAGE "' in text for text in headers)
        assert all(
            "</w:tc></w:tr>" not in cell for cell in re.findall(r"<w:tc>(.*?)</w:tc>", body) if "<w:p" not in cell
        )


def test_the_code_in_the_foot_is_the_pieces_own(tickets: list[Ticket], project: Project) -> None:
    ticket = tickets[0]
    [docx] = make_good(project, ticket).values()
    assert make_qr_picture(ticket.url) != make_qr_picture(ticket.url + "x")
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        assert opened.read("word/media/qr.png") == make_qr_picture(ticket.url)
        with Image.open(io.BytesIO(opened.read("word/media/qr.png"))) as picture:
            assert picture.width == picture.height >= 29 * 8


def pdf_words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    # The number of the page stands first on every page but the first.
    return pages[0] + "".join(
        re.sub(rf"^\s*{number}\s|\s{number}\s*$", " ", page) for number, page in enumerate(pages[1:], 2)
    )


@pytest.mark.parametrize("kind", NOTICES)
def test_word_and_pdf_say_the_same(tickets: list[Ticket], project: Project, kind: str) -> None:
    checked = 0
    for ticket in (ticket for ticket in tickets if ticket.entry.kind == kind):
        twin = next(
            one
            for one in make_examples(project, kind)
            if one.maker == "typeset" and one.entry.address == ticket.entry.address
        )
        pdf = make_good(project, twin, PREVIEW)[PREVIEW]
        content = document_of(ticket)["content"]
        numbers = "".join(f"{n}." for n in range(1, len(content["topics"]) + len(content["messages"]) + 1))

        def letters(text: str) -> Counter[str]:
            return Counter(re.sub(r"[\s\u0002\ufffe\u00ad-]", "", text))

        # Word's page number is a field that shows 2 until it is opened.
        in_word = all_words(write(ticket)).removesuffix("2") + numbers
        field = letters("2") if "fldSimple" in "".join(parts_of(write(ticket)).values()) else Counter()
        assert letters(in_word) - field == letters(pdf_words(pdf)), ticket.entry.address
        checked += 1
    assert checked >= 2


def change(docx: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, edit(body.decode("utf-8")).encode("utf-8") if name == part else body)
    return changed.getvalue()


FAULTS: list[tuple[str, str, str, str]] = [
    ("word/document.xml", 'w:w="11906"', 'w:w="12240"', "khổ giấy là 215,9, 297 mm, phải là 210, 297 mm"),
    ("word/document.xml", 'w:left="1701"', 'w:left="1134"', "lề trên, phải, dưới, trái"),
    ("word/styles.xml", 'w:ascii="Times New Roman"', 'w:ascii="Calibri"', "bộ chữ “Calibri”"),
    ("word/styles.xml", 'w:lang w:val="vi-VN"', 'w:lang w:val="en-US"', "ngôn ngữ tiếng Việt"),
    ("word/document.xml", "THÔNG BÁO", "{{ THÔNG BÁO }}", "còn dấu {{ của khuôn mẫu"),
    ("word/document.xml", "hưởng", "hửng", "không đọc lại được"),
    (
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="rId99" TargetMode="External" Target="https://x.example" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>',
        "liên kết ra ngoài",
    ),
]


@pytest.mark.parametrize(("part", "old", "new", "sentence"), FAULTS)
def test_preflight_finds(tickets: list[Ticket], project: Project, part: str, old: str, new: str, sentence: str) -> None:
    ticket = of(tickets, STATE, "de-trong")
    good = write(ticket)
    assert inspect(project, ticket, good) == []
    assert old in parts_of(good)[part]
    found = inspect(project, ticket, change(good, part, lambda text: text.replace(old, new)))
    assert any(sentence in wrong for wrong in found), found


def test_a_broken_file_is_named(tickets: list[Ticket], project: Project) -> None:
    ticket = of(tickets, STATE, "de-trong")
    for broken in (b"", b"PK\x03\x04", write(ticket)[:2000]):
        assert inspect(project, ticket, broken) == ["không mở được tệp Word"]


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "theme" / "materials").glob("*/template.docx"))


def test_templates_are_clean_themselves() -> None:
    found = list(templates())
    assert len(found) >= 3
    for path in found:
        parts = parts_of(path.read_bytes())
        assert set(re.findall(r'w:ascii="([^"]+)"', "".join(parts.values()))) == {"Times New Roman"}
        assert not any(name.startswith(("customXml", "word/theme", "docProps/thumbnail")) for name in parts)
