"""Read the hand-written pages and news of content/: encoding, allowed keys, addresses that nothing else has.

Comes in: the project's folder. Goes out: checked pages and problems. `plugin` hands MkDocs these pages
only, so that what MkDocs would read differently never reaches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.decode import read_text, safe_path
from generator.errors import Place, Problem, UserError
from generator.explain import check
from generator.model import News, PageFront
from generator.photo import read_photo
from generator.project.shape import TextFile, check_name, is_plain_name, make_plain
from generator.source import Source, parse_markdown

CONTENT = "content"
#: Where Material's blog (mkdocs.yml, blog_dir) looks for news; it takes every file whose path begins so.
NEWS = "tin-tuc/posts"
#: The list of news, which the blog writes itself when nobody did.
NEWS_LIST = "tin-tuc/index.md"
#: What may lie in content/: everything else would go to the public site as it is, scripts and pages of their own too.
ENDINGS = (".md", ".jpg", ".jpeg", ".png", ".pdf", ".docx")
#: What MkDocs reads as Markdown, too.
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
HEADING = re.compile(r"^# +(\S.*)$", re.MULTILINE)
#: A line that MkDocs would take for a key at the head of a page without `---` (mkdocs.utils.meta).
LOOSE_KEY = re.compile(r"[A-Za-z0-9_-]+:")


def read_pages(root: Path) -> tuple[dict[str, TextFile[PageFront]], list[Problem]]:
    """Return the pages and news that can be read, by path below content/, and what is wrong with all files there."""
    found: dict[str, TextFile[PageFront]] = {}
    problems: list[Problem] = []
    taken = {_address_of_page(NEWS_LIST): NEWS_LIST}
    for name in _list_files(root / CONTENT):
        try:
            entry = _read_file(root, name)
            if entry is not None:
                found[name] = entry
            _claim(find_address(name, entry), name, entry, taken)
        except UserError as error:
            problems.extend(error.problems)
    return found, problems


def pick_news(pages: Mapping[str, TextFile[PageFront]]) -> dict[str, TextFile[News]]:
    """Return the news among the pages, by file name, newest first, no drafts; one without a title takes its heading."""
    found = []
    for entry in pages.values():
        if isinstance(entry.front, News) and not is_draft(entry):
            heading = HEADING.search(entry.body)
            title = entry.front.title or (heading[1].rstrip() if heading else entry.id)
            front = entry.front.model_copy(update={"title": title})
            found.append(TextFile(entry.id, front, entry.body, entry.source))
    found.sort(key=lambda entry: entry.front.date, reverse=True)
    return {entry.id: entry for entry in found}


def is_draft(entry: TextFile[PageFront]) -> bool:
    """Tell whether this is a piece of news that nobody may see yet."""
    return isinstance(entry.front, News) and entry.front.draft


def find_address(name: str, entry: TextFile[PageFront] | None = None) -> str:
    """Return the path on the website of a file below content/, given its front matter where it has one."""
    if entry is None:
        return name.replace(f"{NEWS}/", f"{Path(NEWS).parent.as_posix()}/", 1)
    if isinstance(entry.front, News):
        return _address_of_page(f"{Path(NEWS).parent.as_posix()}/{entry.front.slug or entry.id}.md")
    return _address_of_page(name)


def _address_of_page(name: str) -> str:
    stem = name.removesuffix(".md")
    return f"{stem}.html" if Path(stem).name == "index" else f"{stem}/index.html"


def is_published(name: str) -> bool:
    """Tell whether a file below content/ may go to the website: no hidden file, none that Word or the system left."""
    return name.lower().endswith(ENDINGS) and not _is_litter(name)


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
        return _read_news(root, path, place)
    if name.startswith(NEWS):
        wrong = f"tin phải nằm ngay trong {CONTENT}/{NEWS}/"
        remedy = f"Chuyển tệp vào thẳng thư mục ấy; nếu không phải tin thì để ở chỗ khác trong {CONTENT}/."
        raise UserError([Problem(place, wrong, remedy)])
    for part in name.split("/")[:-1]:
        check_name("thư mục", part, place)
    check_name("tệp", path.stem, place)
    return _read_page(root, path, place)


def _check_ending(path: Path, place: Place) -> None:
    ending = path.suffix.lower()
    if ending in MARKDOWN and path.suffix != ".md":
        wrong = f"trang viết tay phải có đuôi .md, không phải “{path.suffix}”"
        raise UserError([Problem(place, wrong, f"Đổi tên thành “{path.stem}.md”.")])
    if ending not in ENDINGS:
        wrong = f"tệp đuôi “{path.suffix}” không được đưa lên trang web" if ending else "tệp không có đuôi"
        remedy = f"Chuyển tệp ra ngoài {CONTENT}/; ở đây chỉ nhận: {', '.join(ENDINGS)}."
        raise UserError([Problem(place, wrong, remedy)])


def _read_page(root: Path, path: Path, place: Place) -> TextFile[PageFront]:
    text = read_text(path, place)
    start = text.lstrip()
    if start and not start.startswith("---") and not LOOSE_KEY.match(start):
        return TextFile(path.stem, PageFront(), text.strip("\n"), Source(place.path, {}, {}, {}))
    source = parse_markdown(text, place.path)
    return _check_picture(root, TextFile(path.stem, check(PageFront, source), source.body, source))


def _read_news(root: Path, path: Path, place: Place) -> TextFile[PageFront]:
    source = parse_markdown(read_text(path, place), place.path)
    front = check(News, source)
    if front.slug is None and not is_plain_name(path.stem):
        wrong = f"tin chưa có dòng “slug”, mà tên tệp “{path.stem}” có dấu hoặc ký hiệu nên không làm địa chỉ được"
        raise UserError([Problem(Place(place.path, 1), wrong, f"Thêm dòng slug: {make_plain(path.stem)}")])
    return _check_picture(root, TextFile(path.stem, front, source.body, source))


def _check_picture(root: Path, entry: TextFile[PageFront]) -> TextFile[PageFront]:
    if entry.front.image:
        place = entry.source.place_of(("image",), of_value=True)
        read_photo(safe_path(root / CONTENT, entry.front.image, place), place)
    return entry


def _claim(address: str, name: str, entry: TextFile[PageFront] | None, taken: dict[str, str]) -> None:
    """Note who has an address; raises UserError when another file has it (letter case aside: Windows knows none)."""
    other = taken.setdefault(address.casefold(), name)
    if other == name:
        return
    place = entry.source.place_of(("slug",), of_value=True) if entry else Place(f"{CONTENT}/{name}")
    wrong = f"địa chỉ “{address.removesuffix('index.html')}” đã là của {CONTENT}/{other}"
    remedy = "Ghi một slug khác." if entry and isinstance(entry.front, News) else "Đổi tên một trong hai tệp."
    raise UserError([Problem(place, wrong, remedy)])
