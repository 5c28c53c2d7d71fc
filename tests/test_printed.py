"""theme/words.yml: what is printed and is no content stands there, and nowhere else; every word of it is used."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from jinja2 import Environment, nodes

from generator.errors import UserError
from generator.model import Printed
from generator.source import read_yaml
from generator.theme import read_model, read_theme

THEME = ROOT / "theme"
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
#: What a template of Typst may say in Vietnamese: a refusal to those who write, a pattern of grammar, the alphabet.
SAID_TO_WRITERS = re.compile(
    r'LOA-SAYS|regex\(|let point-letters|let \(wrong, remedy\)|"(một|hai|ba)"|let counts|"bài “|hay chọn khổ|"phần"'
)
#: The words of official forms and of the slogan sheet that a Word template repeats.
IN_WORD = {
    "bo-khau-hieu": (
        "slogan_sheet.head",
        "slogan_sheet.marked",
        "slogan_sheet.needs_approval",
        "slogan_sheet.height",
        "slogan_sheet.counted",
        "slogan_sheet.breaks",
        "slogan_sheet.no_source",
        "slogan_sheet.note",
        "source",
        "status.chinh-thuc",
        "status.da-duyet",
        "status.goi-y",
    ),
    "thong-bao-chinh-quyen": (
        "notice.state",
        "notice.motto",
        "notice.head",
        "notice.number",
        "notice.dated",
        "notice.recipients",
        "notice.filed",
        "notice.office",
    ),
    "thong-bao-dang": (
        "notice.party",
        "notice.head",
        "notice.number",
        "notice.dated",
        "notice.recipients",
        "notice.filed",
    ),
}


@cache
def words() -> dict[str, str]:
    """Return every wording by its path, `notice.state`."""
    return dict(flatten(read_yaml(THEME / "words.yml", "theme/words.yml").data))


def flatten(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{above}{key}.")
        else:
            yield above + key, str(value)


def typst_code(path: Path) -> list[str]:
    """Return the lines of a template without comments and without what it says to those who write."""
    lines = (re.sub(r"(^|\s)//.*", "", line) for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if not SAID_TO_WRITERS.search(line)]


@cache
def jinja_words(path: Path) -> tuple[str, ...]:
    """Return what a template of Jinja says itself: its text between tags, and its strings."""
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    texts = [node.data for node in tree.find_all(nodes.TemplateData)]
    strings = [node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)]
    return tuple(part.strip() for text in [*texts, *strings] for part in re.split(r"<[^>]*>|\n", text) if part.strip())


def word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as opened:
        parts = [
            opened.read(name).decode("utf-8")
            for name in opened.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]
    return re.sub(r"<[^>]+>", "", " ".join(parts))


TYPST = sorted(THEME.rglob("*.typ"))
TEXTS = sorted((THEME / "materials").rglob("*.txt.j2"))
PAGES = sorted((THEME / "pages").glob("*.j2"))


def test_there_are_templates_to_guard() -> None:
    assert len(TYPST) > 50 and len(TEXTS) > 1 and len(PAGES) > 20 and len(words()) > 80


@pytest.mark.parametrize("path", TYPST, ids=lambda path: path.relative_to(THEME).as_posix())
def test_no_template_of_typst_says_a_word_of_its_own(path: Path) -> None:
    assert [line.strip() for line in typst_code(path) if VIETNAMESE.search(line)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name)
def test_no_plain_text_says_a_word_of_its_own(path: Path) -> None:
    assert [said for said in jinja_words(path) if VIETNAMESE.search(said)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_repeats_what_is_printed(path: Path) -> None:
    """The pages have headlines of their own; what all pieces share, and whole sentences, they take from words.yml."""
    taken = {wording.casefold() for name, wording in words().items() if "." not in name}
    assert [said for said in jinja_words(path) if said.strip(" :.,").casefold() in taken] == []
    long = [wording.casefold() for wording in words().values() if len(wording.split()) > 3]
    assert [said for said in jinja_words(path) if any(wording in said.casefold() for wording in long)] == []


def test_templates_name_no_term_of_campaigns_and_no_number_to_call() -> None:
    """What a campaign is about, and whom to call, is data: terms, faces, tokens, contracts with their defaults, words."""
    terms = read_yaml(ROOT / "campaigns" / "terms.yml", "campaigns/terms.yml").data
    ids = {row["id"] for rows in terms.values() for row in rows}
    assert len(ids) > 30
    named = {
        f"{path.relative_to(THEME)}: {said}"
        for path in TYPST
        for line in typst_code(path)
        for said in re.findall(r'"([^"]*)"', line)
        if said in ids or re.search(r"\b11[2-5]\b", said)
    }
    assert named == set()


def test_every_wording_is_used() -> None:
    everything = "\n".join(path.read_text(encoding="utf-8") for path in [*TYPST, *TEXTS, *PAGES])
    everything += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py"))
    unused = set()
    for name in words():
        table, _, key = name.rpartition(".")
        # A table may be read by a key that the data give, and by a short name.
        ways = [rf"printed\.{re.escape(name)}\b", rf"printed\.{table}\.(at|of|keys)\("] if table else []
        ways += [rf"printed\.{name}\b"] if not table else [rf"\bsays\.{key}\b"] * (table == "slogan_sheet")
        if not any(re.search(way, everything) for way in ways):
            unused.add(name)
    assert unused == set()


@pytest.mark.parametrize("kind", IN_WORD)
def test_word_templates_say_the_same(kind: str) -> None:
    said = word_text(THEME / "materials" / kind / "template.docx")
    missing = [name for name in IN_WORD[kind] if words()[name].casefold() not in said.casefold()]
    assert missing == []


def test_every_word_template_is_compared() -> None:
    assert set(IN_WORD) == {path.parent.name for path in THEME.rglob("template.docx")}


def test_the_theme_holds_them() -> None:
    printed = read_theme(ROOT).printed
    assert (printed.do, printed.avoid) == ("Phải làm", "Không được làm")
    assert printed.status.of("goi-y") == words()["status.goi-y"]
    assert printed.direction.of("giam") == "giảm"


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("avoid: Không được làm\n", "", "thiếu dòng “avoid”"),
        ("avoid: Không được làm\n", "aviod: Không được làm\n", "không có dòng nào tên “aviod” ở chỗ này"),
        ("avoid: Không được làm\n", "avoid:\n", "dòng “avoid” còn để trống"),
        ("lasts: Khoảng {minutes} phút", "lasts: Khoảng {phut} phút", "không giữ đúng chỗ máy điền"),
        ("lasts: Khoảng {minutes} phút", "lasts: Khoảng {minutes phút", "không giữ đúng chỗ máy điền"),
    ],
)
def test_a_mistake_is_told_in_vietnamese(tmp_path: Path, line: str, instead: str, said: str) -> None:
    text = (THEME / "words.yml").read_text(encoding="utf-8")
    assert text.count(line) == 1
    (tmp_path / "words.yml").write_text(text.replace(line, instead), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_model(tmp_path, tmp_path / "words.yml", Printed)
    (problem,) = caught.value.problems
    assert said in str(problem)


def test_what_a_line_break_may_not_part_is_listed_once() -> None:
    """Running text is bound by the lists of theme/phrases.yml, in one file."""
    naming = [path.name for path in TYPST if re.search(r"khoản|TP\\\\\.|\|giờ\|", path.read_text(encoding="utf-8"))]
    assert naming == ["patterns.typ"]  # which reads places in documents, and parts nothing
    binding = [path.name for path in TYPST if '"\\u{a0}" + found.captures' in path.read_text(encoding="utf-8")]
    assert sorted(set(binding)) == ["main.typ", "patterns.typ"]
