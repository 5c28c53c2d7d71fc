"""Open a finished .docx with python-docx and say what is wrong with it.

Comes in: bytes and what was ordered (sheet, words, fonts, content). Goes out: sentences in Vietnamese, none when the
file is good. It never repairs anything.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docx import Document
from docx.document import Document as Opened
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from generator.model import Sheet
from generator.preflight.readback import find_lost, fold, unique

#: Half a millimetre: Word itself rounds to twentieths of a point.
TOLERANCE_MM = 0.5
#: What a template writes between; left over, it would be printed.
MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")
LANGUAGE = "vi-VN"
#: Parts with words or looks in them.
WORDS = re.compile(r"/word/(document|styles|numbering|header\d*|footer\d*|footnotes|fontTable)\.xml")
FONT_SLOTS = tuple(qn(f"w:{slot}") for slot in ("ascii", "hAnsi", "cs", "eastAsia"))


def inspect_docx(
    docx: bytes,
    sheet: Sheet,
    must_read: Sequence[str],
    fonts: Sequence[str],
    content: object,
    whole: Sequence[str] = (),
) -> list[str]:
    """Return what is wrong with a Word file: size, margins (mm), fonts, language, words, leftovers, macros, links.

    `fonts`: the families that may be named; `content`: what people wrote, where template marks are just letters;
    `whole`: words that stand there whole or not at all.
    """
    try:
        opened = Document(io.BytesIO(docx))
        parts = {str(part.partname): part for part in opened.part.package.iter_parts()}
        trees = {name: parse_xml(part.blob) for name, part in parts.items() if WORDS.fullmatch(name)}
    except Exception:  # zip, XML and python-docx each fail in their own ways on a broken file
        return ["không mở được tệp Word"]
    text = "\n".join(_text(tree) for name, tree in trees.items() if "styles" not in name)
    return [
        *_check_pages(opened, sheet),
        *_check_fonts(trees, fonts),
        *_check_language(opened, trees),
        *find_lost([fold(text)], must_read, whole),
        *_check_marks(text, content),
        *_check_package(parts),
    ]


def _text(tree: BaseOxmlElement) -> str:
    """Return the words of a part, one line for every paragraph."""
    return "\n".join("".join(words.text or "" for words in line.iter(qn("w:t"))) for line in tree.iter(qn("w:p")))


def _check_pages(opened: Opened, sheet: Sheet) -> list[str]:
    wrong = []
    for section in opened.sections:
        size = (section.page_width, section.page_height)
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        for what, found, wanted in (
            ("khổ giấy", size, (sheet.width_mm, sheet.height_mm)),
            ("lề trên, phải, dưới, trái", margins, sheet.margins_mm),
        ):
            real = [Mm(0) if one is None else one for one in found]
            if any(abs(one.mm - should) > TOLERANCE_MM for one, should in zip(real, wanted, strict=False)):
                wrong.append(f"{what} là {_join(one.mm for one in real)} mm, phải là {_join(wanted)} mm")
    return unique(wrong)


def _join(numbers: Iterable[float]) -> str:
    return ", ".join(f"{number:.1f}".replace(".", ",").removesuffix(",0") for number in numbers)


def _check_fonts(trees: Mapping[str, BaseOxmlElement], fonts: Sequence[str]) -> list[str]:
    named = [
        family
        for tree in trees.values()
        for look in tree.iter(qn("w:rFonts"))
        for slot in FONT_SLOTS
        if (family := look.get(slot))
    ]
    named += [font.get(qn("w:name")) for tree in trees.values() for font in tree.iter(qn("w:font"))]
    themed = any(look.get(qn("w:asciiTheme")) for tree in trees.values() for look in tree.iter(qn("w:rFonts")))
    wrong = [f"tệp Word gọi bộ chữ “{name}”, chỉ được gọi: {', '.join(fonts)}" for name in named if name not in fonts]
    if themed or not named:
        wrong.append("tệp Word không ghi rõ tên bộ chữ")
    return unique(wrong)


def _check_language(opened: Opened, trees: Mapping[str, BaseOxmlElement]) -> list[str]:
    named = {mark.get(qn("w:val")) for tree in trees.values() for mark in tree.iter(qn("w:lang"))}
    is_said = opened.core_properties.language == LANGUAGE and bool(opened.core_properties.title)
    return [] if named == {LANGUAGE} and is_said else ["tệp Word chưa khai báo nhan đề và ngôn ngữ tiếng Việt"]


def _check_marks(text: str, content: object) -> list[str]:
    found = fold(text)
    for words in _strings(content):
        if any(mark in words for mark in MARKS):
            found = found.replace(fold(words), "")
    return [f"còn dấu {mark} của khuôn mẫu trong tệp" for mark in MARKS if mark in found]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _check_package(parts: Mapping[str, Part]) -> list[str]:
    wrong = ["có macro trong tệp Word" for part in parts.values() if "vba" in part.content_type.lower()]
    linked = (rel for part in parts.values() for rel in part.rels.values())
    wrong += ["có liên kết ra ngoài trong tệp Word" for rel in linked if rel.is_external]
    return unique(wrong)
