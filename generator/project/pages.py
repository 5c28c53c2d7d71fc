"""Check the hand-written pages and news of content/ before MkDocs meets them: encoding, front matter, dates of news.

Comes in: the project's folder. Goes out: problems. Called by `read`; MkDocs would refuse the same in English, and hang
while serving.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from generator.decode import read_text
from generator.errors import Place, Problem, UserError
from generator.explain import check
from generator.model import News
from generator.project.shape import TextFile
from generator.source import Source, parse_markdown

#: Material's blog keeps its posts in a folder of this name and reads ISO dates only.
POSTS = "posts"
HEADING = re.compile(r"^# +(.+?) *$", re.MULTILINE)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_news(root: Path) -> dict[str, TextFile[News]]:
    """Return the pieces of news that can be read, by file name, the newest first; what is wrong `check_pages` says."""
    found = []
    for path in sorted((root / "content").rglob(f"{POSTS}/*.md")):
        name = path.relative_to(root).as_posix()
        with suppress(UserError):
            source = parse_markdown(read_text(path, Place(name)), name)
            found.append(TextFile(path.stem, _read_front(source, path.stem), source.body, source))
    found.sort(key=lambda entry: entry.front.date, reverse=True)
    return {entry.id: entry for entry in found}


def _read_front(source: Source, name: str) -> News:
    front, heading = check(News, source), HEADING.search(source.body)
    return front if front.title else front.model_copy(update={"title": heading[1] if heading else name})


def check_pages(root: Path) -> Iterator[Problem]:
    """Yield what is wrong with the Markdown files below content/."""
    for path in sorted((root / "content").rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            yield from _check_page(path, name)
        except UserError as error:
            yield from error.problems


def _check_page(path: Path, name: str) -> Iterator[Problem]:
    text = read_text(path, Place(name))
    is_news = path.parent.name == POSTS
    if not text.startswith("---") and not is_news:
        return
    source = parse_markdown(text, name)
    if is_news:
        yield from _check_date(source)
        check(News, source)


def _check_date(source: Source) -> Iterator[Problem]:
    head = source.data if isinstance(source.data, dict) else {}
    written = head.get("date", "")
    if not written:
        yield Problem(
            source.place_of(()), "tin chưa có ngày", "Thêm dòng date: năm-tháng-ngày, ví dụ date: 2026-11-22."
        )
    elif not isinstance(written, str) or not _is_day(written):
        shown = DAY.fullmatch(written) if isinstance(written, str) else None
        example = f"{shown[3]}-{int(shown[2]):02d}-{int(shown[1]):02d}" if shown else "2026-11-22"
        yield Problem(
            source.place_of(("date",), True),
            f"ngày của tin “{written}” chưa đúng dạng",
            f"Riêng tin tức viết năm-tháng-ngày, ví dụ {example}.",
        )


def _is_day(written: str) -> bool:
    try:
        return bool(ISO_DAY.fullmatch(written)) and bool(date.fromisoformat(written))
    except ValueError:
        return False
