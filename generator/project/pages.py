"""Read the hand-written pages and news of content/: encoding, allowed keys, addresses that nothing else has.

Comes in: the project's folder. Goes out: checked pages and problems. `plugin` hands MkDocs these pages
only, so that what MkDocs would read differently never reaches it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.decode import read_text
from generator.errors import Place, Problem, UserError, split_problems
from generator.explain import check
from generator.lookalikes import mend_lookalikes
from generator.model import News, PageFront
from generator.photo import ENDINGS
from generator.project.attached import find_attached, to_nfc
from generator.project.bodies import check_body
from generator.project.shape import PHOTO_ENDING, TextFile, check_name, make_plain_path
from generator.source import Source, parse_markdown, strip_body
from generator.wording.plain_names import is_plain_name, make_plain
from generator.wording.reader import read_title

CONTENT = "content"
#: Where Material's blog (mkdocs.yml, blog_dir) looks for news; it takes every file whose path begins so.
NEWS = "tin-tuc/posts"
#: The list of news, which the blog writes itself when nobody did.
NEWS_LIST = "tin-tuc/index.md"
UNUSED = "không trang nào dùng tệp này nên nó không được đưa lên trang web"
USE_OR_MOVE = (
    "Ảnh thì đặt vào bài bằng ![lời tả](tên-tệp), PDF và Word dẫn bằng [chữ](tên-tệp); thừa thì chuyển đi chỗ khác."
)
#: What a text is written in that is no page.
TEXTS = (".docx", ".doc", ".odt", ".rtf", ".txt")
WRITE_PAGE = (
    "Đây là tin thì chép chữ vào một tệp .md cạnh đó, viết như sổ tay chỉ ở mục “Thêm tin”. Để người xem tải về thì dẫn "
    "bằng [chữ](tên-tệp) trong một tin."
)
#: What MkDocs reads as Markdown, too.
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
#: A line that MkDocs would take for a key at the head of a page without `---` (mkdocs.utils.meta).
LOOSE_KEY = re.compile(r"[A-Za-z0-9_-]+:")


@dataclass(frozen=True)
class Contents:
    """What content/ holds: pages and news by path below it, the address of every file that one of them names."""

    pages: dict[str, TextFile[PageFront]]
    files: dict[str, str]


def read_contents(root: Path) -> tuple[Contents, list[Problem]]:
    """Return what can be read of content/, and what is wrong with all files there."""
    reader = _Reader(root)
    names = list(_list_files(root / CONTENT))
    for name in names:
        reader.keep_problems(lambda name=name: reader.read(name))  # type: ignore[misc]
    files = {name: find_address(name) for name in map(to_nfc, names) if name in reader.named}
    for name, address in files.items():
        reader.keep_problems(lambda name=name, address=address: reader.claim(address, name, None))  # type: ignore[misc]
    unused = (name for name in names if to_nfc(name) not in files and Path(name).suffix.lower() not in MARKDOWN)
    return Contents(reader.pages, files), [*reader.problems, *map(_tell_unused, unused)]


def _tell_unused(name: str) -> Problem:
    """Return the warning of a file that no page uses: often a text that was meant as one."""
    path = Path(name)
    remedy = WRITE_PAGE if name.startswith(NEWS) and path.suffix.lower() in TEXTS else USE_OR_MOVE
    if path.suffix.lower() == ".txt" and Path(path.stem).suffix.lower() in MARKDOWN:
        remedy = f"Notepad đã tự thêm đuôi .txt: đổi tên thành “{path.stem}”."
    return Problem(Place(f"{CONTENT}/{name}"), UNUSED, remedy, is_warning=True)


class _Reader:
    """Reads file after file; remembers whose each address is and which files a page names."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages: dict[str, TextFile[PageFront]] = {}
        self.named: set[str] = set()
        self.problems: list[Problem] = []
        self._taken = {_address_of_page(NEWS_LIST): NEWS_LIST}

    def keep_problems(self, job: Callable[[], None]) -> None:
        """Do a job, and keep the problems that it raises."""
        try:
            job()
        except UserError as error:
            self.problems.extend(error.problems)

    def read(self, name: str) -> None:
        """Read one file, if it is a page. Raises UserError."""
        page = _read_file(self.root, name)
        if page is None:
            return
        self.pages[name] = page
        wrong = check_body(page.source)
        self.problems += wrong
        if not split_problems(wrong)[0]:
            named, wrong = find_attached(self.root / CONTENT, name, page)
            self.problems += wrong
            self.named |= set() if is_draft(page) else named
        self.claim(find_address(name, page), name, page)

    def claim(self, address: str, name: str, page: TextFile[PageFront] | None) -> None:
        """Note who has an address; raises UserError when another file has it (letter case aside: Windows knows none)."""
        other = self._taken.setdefault(address.casefold(), name)
        if other == name:
            return
        place = page.source.place_of(("slug",), of_value=True) if page else Place(f"{CONTENT}/{name}")
        wrong = f"địa chỉ “{address.removesuffix('index.html')}” đã là của {CONTENT}/{other}"
        remedy = "Ghi một slug khác." if page and isinstance(page.front, News) else "Đổi tên một trong hai tệp."
        raise UserError([Problem(place, wrong, remedy)])


def pick_news(pages: Mapping[str, TextFile[PageFront]]) -> dict[str, TextFile[News]]:
    """Return the news among the pages, by file name, newest first, no drafts; one without a title takes its heading."""
    found = []
    for entry in pages.values():
        if isinstance(entry.front, News) and not is_draft(entry):
            front = entry.front.model_copy(update={"title": find_title(entry)})
            found.append(TextFile(entry.id, front, entry.body, entry.source))
    found.sort(key=lambda entry: entry.front.date, reverse=True)
    return {entry.id: entry for entry in found}


def find_title(entry: TextFile[PageFront]) -> str:
    """Return what a page is called: its title, else its first heading, else its file's name."""
    return entry.front.title or read_title(entry.body) or entry.id


def is_draft(entry: TextFile[PageFront]) -> bool:
    """Tell whether this is a piece of news that nobody may see yet."""
    return isinstance(entry.front, News) and entry.front.draft


def find_address(name: str, entry: TextFile[PageFront] | None = None) -> str:
    """Return the path on the website of a file below content/, given its front matter where it has one."""
    if entry is None:
        below = name.replace(f"{NEWS}/", f"{Path(NEWS).parent.as_posix()}/", 1)
        return make_plain_path(below, PHOTO_ENDING if below.lower().endswith(ENDINGS) else "")
    if isinstance(entry.front, News):
        return _address_of_page(f"{Path(NEWS).parent.as_posix()}/{entry.front.slug or entry.id}.md")
    return _address_of_page(name)


def _address_of_page(name: str) -> str:
    stem = name.removesuffix(".md")
    return f"{stem}.html" if Path(stem).name == "index" else f"{stem}/index.html"


def _is_litter(name: str) -> bool:
    return any(part[0] in ".~" for part in name.split("/")) or name.lower().endswith(("thumbs.db", "desktop.ini"))


def _list_files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not _is_litter(name) and path.is_file():
            yield name


def _read_file(root: Path, name: str) -> TextFile[PageFront] | None:
    """Return a page or a piece of news, None for a picture or a document. Raises UserError."""
    path = root / CONTENT / name
    place = Place(f"{CONTENT}/{name}")
    _check_ending(path, place)
    if path.suffix != ".md":
        return None
    if path.parent == root / CONTENT / NEWS:
        return _read_news(path, place)
    if name.startswith(NEWS):
        wrong = f"tin phải nằm ngay trong {CONTENT}/{NEWS}/"
        remedy = f"Chuyển tệp vào thẳng thư mục ấy; nếu không phải tin thì để ở chỗ khác trong {CONTENT}/."
        raise UserError([Problem(place, wrong, remedy)])
    for part in name.split("/")[:-1]:
        check_name("thư mục", part, place)
    check_name("tệp", path.stem, place)
    return _read_page(path, place)


def _check_ending(path: Path, place: Place) -> None:
    ending = path.suffix.lower()
    if ending in MARKDOWN and path.suffix != ".md":
        wrong = f"trang viết tay phải có đuôi .md, không phải “{path.suffix}”"
        raise UserError([Problem(place, wrong, f"Đổi tên thành “{path.stem}.md”.")])


def _read_page(path: Path, place: Place) -> TextFile[PageFront]:
    text = read_text(path, place)
    start = text.lstrip()
    if start and not start.startswith("---") and not LOOSE_KEY.match(start):
        mended, warnings = mend_lookalikes(text, place.path)
        body, first = strip_body(mended)
        return TextFile(path.stem, PageFront(), body, Source(place.path, {}, {}, {}, body, first, warnings))
    source = parse_markdown(text, place.path)
    return TextFile(path.stem, check(PageFront, source), source.body, source)


def _read_news(path: Path, place: Place) -> TextFile[PageFront]:
    source = parse_markdown(read_text(path, place), place.path)
    front = check(News, source)
    if front.slug is None and not is_plain_name(path.stem):
        wrong = f"tin chưa có dòng “slug”, mà tên tệp “{path.stem}” có dấu hoặc ký hiệu nên không làm địa chỉ được"
        raise UserError([Problem(Place(place.path, 1), wrong, f"Thêm dòng slug: {make_plain(path.stem)}")])
    return TextFile(path.stem, front, source.body, source)
