"""Small projects on which something once went wrong in public: each folder of cases/ is built, and must come out right.

`case.yml`: what was written, what is right, edits of the demo project; `over/`: files laid on top of it.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import yaml
from conftest import ROOT, TESTS, copy_demo
from PIL import Image

from generator.cli import main

CASES = TESTS / "cases"
CAMPAIGN = "thang-an-toan-2025"
FILE = f"campaigns/{CAMPAIGN}/campaign.yml"
NEWS = "content/tin-tuc/posts/thu.md"
TEXT = "nguoi-lao-dong.md"
PREVIEW = ("--only", "tai-lieu-chuyen-de", "--purpose", "preview")
POST = "---\ntitle: Tin mot\ndescription: Tin mot.\ndate: 2025-04-20\nslug: tin-mot\n---\n\nBai.\n"


@dataclass
class Case:
    """One small project, and what `loa build` said of it."""

    root: Path
    capsys: pytest.CaptureFixture[str]
    said: str = ""

    def build(self, *words: str) -> bool:
        """Run `loa build`; tell whether it was made. A refusal must be one of ours, with a remedy."""
        code = main(["--project", str(self.root), "build", "--date", "01/5/2025", *words])
        self.said = "".join(self.capsys.readouterr())
        assert "Traceback" not in self.said and "MkDocs báo" not in self.said
        assert code == 0 or "→" in self.said
        return code == 0

    def refuse(self, *needles: str) -> None:
        """Fail unless the refusal names all of these."""
        assert all(needle in self.said for needle in needles), self.said

    def is_warned(self, name: str) -> bool:
        return re.search(re.escape(name) + r":\d+.*nhắc", self.said) is not None

    def page(self, address: str = "doi-tuong/nguoi-lao-dong") -> str:
        return (self.root / "build/site" / address / "index.html").read_text("utf-8")

    def article(self) -> str:
        return self.page().split("</aside>")[-1].split("<footer")[0]

    def paper(self, kind: str = "tai-lieu") -> str:
        """Return the words of a preview, line by line."""
        [path] = (self.root / "build").glob(f"{CAMPAIGN}/*/{kind}*-xem*.pdf")
        return words_of(path)

    def photo(self, name: str) -> Image.Image:
        [path] = (self.root / "build/site/chien-dich" / CAMPAIGN / "photos").glob(name)
        return Image.open(path).convert("RGB")


def words_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as opened:
        text = "\n".join(page.get_textpage().get_text_range() for page in opened)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Case:
    """The demo project with the website of this one, one piece of news, and what the case lays on top."""
    root, folder = copy_demo(tmp_path / "du-an"), CASES / request.node.callspec.params["name"]
    shutil.copytree(ROOT / "theme", root / "theme", dirs_exist_ok=True, ignore=shutil.ignore_patterns("reference"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "content/tin-tuc/posts").mkdir(parents=True)
    (root / "content/tin-tuc/posts/tin-mot.md").write_text(POST, "utf-8")
    for name in ("tro-giup.md", "tin-tuc/index.md"):
        shutil.copy(ROOT / "content" / name, root / "content" / name)
    if (folder / "over").is_dir():
        shutil.copytree(folder / "over", root, dirs_exist_ok=True)
    written = yaml.safe_load((folder / "case.yml").read_text("utf-8"))
    for edit in written.get("edits", []):
        text = (root / edit["file"]).read_text("utf-8")
        assert text.count(edit["old"]) >= 1
        (root / edit["file"]).write_text(text.replace(edit["old"], edit["new"], 1), "utf-8")
    with (root / FILE).open("a", encoding="utf-8") as file:
        file.write(written.get("make", ""))
    return Case(root, capsys)


def table(case: Case) -> None:
    assert case.build()


def draft(case: Case) -> None:
    assert case.build()
    printed = [words_of(path) for path in (case.root / "build").rglob("*.pdf")]
    assert printed and not [words for words in printed if "ZXNHAP" in words]


def quoted_date(case: Case) -> None:
    assert case.build()


def two_news(case: Case) -> None:
    assert not case.build()
    case.refuse("content/tin-tuc/posts/", "slug")


def photo_in_news(case: Case) -> None:
    assert case.build()
    found = list((case.root / "build/site/tin-tuc").rglob("*.jpg"))
    assert found and not [path for path in found if b"Exif" in path.read_bytes()]


def list_under_sentence(case: Case) -> None:
    assert case.build()
    assert re.search(r"<li>\s*dây an toàn", case.article())


def word_list(case: Case) -> None:
    assert case.build() and case.is_warned(TEXT)
    assert case.article().count("<li>") == 2
    assert not re.search(r"Ý một •|Khẩu trang; b\)", case.paper())


def steps(case: Case) -> None:
    assert case.build()
    assert re.search(r"3\.\s+Mở nắp che", case.paper())
    assert '<ol start="3">' in case.article()


def angle_brackets(case: Case) -> None:
    assert case.build()
    assert "&lt;Tên đơn vị&gt;" in case.article() and "<Tên đơn vị>" in case.paper()


def marks(case: Case) -> None:
    assert case.build(*PREVIEW)
    assert not re.search(r"\[\^|!!!|\[ \]", case.paper())


def lines(case: Case) -> None:
    assert case.build(*PREVIEW)
    assert re.search("xã Mẫu\n1 Đường", case.paper())


def windows_path(case: Case) -> None:
    assert not case.build()
    case.refuse(NEWS, "đường dẫn trên máy")


def browser_address(case: Case) -> None:
    assert case.build()
    assert 'href="../tin-mot/"' in case.page("tin-tuc/tin-thu")


def clear_ground(case: Case) -> None:
    assert case.build()
    assert min(case.photo("trong*").getpixel((2, 2))) > 200  # type: ignore[type-var, arg-type]


def calendar(case: Case) -> None:
    assert case.build()
    text = (case.root / f"build/site/chien-dich/{CAMPAIGN}/lich.ics").read_text("utf-8")
    assert "BEGIN:VEVENT" in text and ("TZID=" not in text or "BEGIN:VTIMEZONE" in text)


def unseen_in_phone(case: Case) -> None:
    assert case.build()
    dialled = re.findall('href="tel:([^"]*)"', case.page("lien-he"))
    assert dialled[0] == "0900000000" and all(map(str.isdigit, dialled))


def two_phones(case: Case) -> None:
    assert not case.build()
    case.refuse("organisation.yml", "hotline")


def broken_letters(case: Case) -> None:
    assert not case.build("--only", "bang-ron-ngang")
    case.refuse(FILE, "Tháng Công nhân")


def decomposed_name(case: Case) -> None:
    photos = case.root / "campaigns" / CAMPAIGN / "photos"
    shutil.copy(photos / "le-phat-dong.jpg", photos / unicodedata.normalize("NFD", "lễ.jpg"))
    assert case.build()


def eth(case: Case) -> None:
    assert case.build() and case.is_warned("thu.md")
    index = (case.root / "build/site/search/search_index.json").read_text("utf-8")
    assert "\u00d0" not in index and "Đội" in index


def black_logo(case: Case) -> None:
    assert case.build("--only", "ap-phich")
    [path] = (case.root / "build").glob(f"{CAMPAIGN}/*/ap-phich*-in.pdf")
    most = 0
    with pikepdf.open(path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and str(one.get("/ColorSpace")) == "/DeviceCMYK" and "/Width" in one:
                raw = one.read_bytes()
                most = max(most, *(sum(raw[at : at + 4]) for at in range(0, len(raw), 4)))
    assert 0 < most <= 3 * 255


def copy_of_folder(case: Case) -> None:
    folder = case.root / "campaigns" / CAMPAIGN
    shutil.copytree(folder, folder.with_name(f"{CAMPAIGN} - Copy"))
    assert not case.build()
    assert "-copy" not in case.said and re.search(r"→.*ra ngoài", case.said)


def long_mail(case: Case) -> None:
    assert case.build(*PREVIEW)
    assert "trungtamvanhoaxamau.test" in case.paper().replace("\n", "")


def no_slug(case: Case) -> None:
    if case.build():
        assert all(path.name.isascii() for path in (case.root / "build/site/tin-tuc").iterdir())
    else:
        case.refuse("thu.md", "slug")


def wide_gamut(case: Case) -> None:
    assert case.build()
    red, green, _ = case.photo("p3.jpg").getpixel((32, 20))  # type: ignore[misc]
    assert red > 232 and green < 25


def phone_in_text(case: Case) -> None:
    assert case.build(*PREVIEW)
    assert not re.search(r"0900 *\n|0900 000 *\n", case.paper().replace("\u00a0", " "))


TRIED: dict[str, Callable[[Case], None]] = {
    "anh-dien-thoai-nhat": wide_gamut,
    "anh-duong-dan-windows": windows_path,
    "anh-nen-trong-suot": clear_ground,
    "anh-tin-gps": photo_in_news,
    "ban-sao-chien-dich": copy_of_folder,
    "bang-in-mau": table,
    "bieu-trung-den": black_logo,
    "buoc-danh-so-lai": steps,
    "chu-eth": eth,
    "chu-trong-ngoac-nhon": angle_brackets,
    "chu-vo-utf8": broken_letters,
    "danh-sach-duoi-cau": list_under_sentence,
    "dau-markdown-bi-in": marks,
    "email-dai": long_mail,
    "gach-dau-dong-word": word_list,
    "hai-so-dien-thoai": two_phones,
    "hai-tin-mot-dia-chi": two_news,
    "lich-thieu-mui-gio": calendar,
    "lien-ket-dia-chi-trang": browser_address,
    "ngay-tin-trong-ngoac": quoted_date,
    "so-dien-thoai-be-dong": phone_in_text,
    "so-dien-thoai-ky-tu-an": unseen_in_phone,
    "ten-tep-nfd": decomposed_name,
    "tin-khong-slug": no_slug,
    "tin-nhap-bi-in": draft,
    "xuong-dong-mat": lines,
}


@pytest.mark.parametrize("name", TRIED)
def test_the_case_comes_out_right(name: str, case: Case) -> None:
    TRIED[name](case)


def test_every_case_is_tried() -> None:
    assert {path.name for path in CASES.iterdir()} == set(TRIED)
