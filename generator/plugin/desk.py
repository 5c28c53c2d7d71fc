"""Hand MkDocs checked copies of people's pages instead of the files themselves, and guard where everything is written.

Comes in: MkDocs' files and the project as checked. Goes out: the same files, read from copies that hold nothing but the
allowed keys and the body. MkDocs and its blog read YAML in their own ways; here both meet ours only.
"""

from __future__ import annotations

import os
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.build import Built
from generator.errors import InternalError
from generator.model import News, PageFront
from generator.project import Project
from generator.project.names import shorten
from generator.project.pages import NEWS, find_address, find_title, is_draft
from generator.project.shape import TextFile
from generator.render.article import make_article
from generator.render.markup import escape_front
from generator.render.site import DESCRIPTION_LETTERS
from generator.wording.reader import read_opening


class Desk:
    """A folder of copies, kept for one build."""

    def __init__(self) -> None:
        self.folder: TemporaryDirectory[str] | None = None

    def lay_out(self, files: Files, config: MkDocsConfig, built: Built, is_all_new: bool) -> None:
        """Let every page of content/ be read from its checked copy; drop everything else that lies there: what pages
        name comes from `shelves`.
        """
        self.clear()
        self.folder = TemporaryDirectory(prefix="loa-")
        for file in _find_theirs(files, config):
            entry = built.project.pages.get(file.src_uri)
            if entry is not None and not is_draft(entry):
                self._copy(file, entry, Path(self.folder.name), built, is_all_new)
            else:
                files.remove(file)

    def _copy(self, file: File, entry: TextFile[PageFront], folder: Path, built: Built, is_all_new: bool) -> None:
        path, written = folder / file.src_uri, Path(str(file.abs_src_path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_copy(file.src_uri, entry, built), encoding="utf-8", newline="\n")
        if not is_all_new and written.is_file():  # while serving, MkDocs compares times
            times = written.stat()
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        file.abs_src_path = str(path)

    def clear(self) -> None:
        """Throw the copies away."""
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None


def make_copy(name: str, entry: TextFile[PageFront], built: Built) -> str:
    """Return a page for MkDocs: the allowed keys, escaped for HTML (themes print them raw), and the body as HTML."""
    front = entry.front
    summary = front.description or shorten(read_opening(entry.body), DESCRIPTION_LETTERS)
    head = {"description": summary, "title": find_title(entry)}
    if front.image:
        head["image"] = f"{built.project.organisation.site.rstrip('/')}/{find_address(front.image)}"
    article = make_article(entry.body, partial(built.site.resolve, name), has_title=True)
    # The description stands even when it is empty: MkDocs would look for the end of an empty head in the body.
    lines = [
        f"{key}: {escape_front(escape(value or ''))}\n" for key, value in head.items() if value or key == "description"
    ]
    if isinstance(front, News):
        lines += [f"date: {front.date}\n", f"slug: {escape_front(front.slug or entry.id)}\n"]
    return f"---\n{''.join(lines)}---\n\n{article}\n"


def clear_out(files: Files, config: MkDocsConfig) -> set[str]:
    """Drop every file of content/, unchecked as they are; return the pages among them, to be stood in for."""
    theirs = _find_theirs(files, config)
    for file in theirs:
        files.remove(file)
    return {file.src_uri for file in theirs if file.is_documentation_page() and not file.src_uri.startswith(NEWS)}


def find_news_uris(project: Project) -> set[str]:
    """Return a page's path for the address of each piece of news; none that the blog would take for a piece of news."""
    addresses = [
        find_address(name, entry)
        for name, entry in project.pages.items()
        if isinstance(entry.front, News) and not is_draft(entry)
    ]
    uris = {f"{address.removesuffix('/index.html')}.md" for address in addresses}
    return {uri for uri in uris if not uri.startswith(NEWS)}


def _find_theirs(files: Files, config: MkDocsConfig) -> list[File]:
    return [file for file in files if file.generated_by is None and file.src_dir == config.docs_dir]


def guard_addresses(files: Files, config: MkDocsConfig) -> None:
    """Raise InternalError for a file that would be written outside the website, or over another one."""
    site, taken = Path(os.path.normpath(config.site_dir)), dict[str, str]()
    for file in files:
        path = os.path.normpath(file.abs_dest_path)
        if not Path(path).is_relative_to(site):
            raise InternalError(f"{file.src_uri} would be written outside the website: {path}")
        if taken.setdefault(path, file.src_uri) != file.src_uri:
            raise InternalError(f"{file.src_uri} and {taken[path]} would both be written to {path}")
