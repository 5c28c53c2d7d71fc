"""The MkDocs adapter: hands MkDocs the pages and files that `build` worked out. The only door to mkdocs.

Comes in: MkDocs' events. Goes out: generated files in memory. `cli` calls `make_site` and `serve`; in `serve` what
people wrote never raises: every page then says what is wrong.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from html import escape
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.templates import TemplateContext

from generator import build
from generator.errors import InternalError, Place, Problem, UserError
from generator.render.site import make_error_page, render_page
from generator.shelves import fill_shelf
from generator.worklist.pages import LANDING
from generator.workshop import Workshop

log = get_plugin_logger("loa")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SAFE_HTML = "generator.render.safe_html"
HOME = "index.md"
DOCS = "content"
#: The two toggles of Material's base.html carry an attribute that HTML does not allow on checkboxes.
BAD_AUTOCOMPLETE = re.compile(r'(type="checkbox" id="__(?:drawer|search)") autocomplete="off"')
#: MkDocs' own words for a link of people's Markdown that leads nowhere.
DEAD_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains (?:a|an \w+) link '(?P<link>[^']+)'")


class LoaPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Hooks in the order MkDocs calls them."""

    def __init__(self) -> None:
        self.command: Literal["build", "gh-deploy", "serve"] = "build"
        self.given: build.Built | None = None
        self.day: date | None = None
        self.built: build.Built | None = None
        self.known: set[str] = {HOME}
        self.edit_paths: dict[str, str] = {}
        self.pages = 0
        self.workshop: Workshop | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command; that this hook exists keeps one instance (and its cache) through `serve`."""
        self.command = command

    def on_shutdown(self) -> None:
        """Stop the drawing processes."""
        if self.workshop is not None:
            self.workshop.close()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch what people write, clean every page, take name and address from the organisation."""
        root = Path(str(config.config_file_path)).parent
        config.watch.extend(str(root / name) for name in ("campaigns", "theme") if (root / name).is_dir())
        if SAFE_HTML not in config.markdown_extensions:
            config.markdown_extensions.append(SAFE_HTML)
        self.built, problems = self._read(root)
        config.extra["loa_problems"] = [str(problem) for problem in problems]
        if self.built is not None:
            organisation = self.built.project.organisation
            config.site_name = escape(organisation.short_name)  # Material prints it raw
            config.extra["loa"] = {**organisation.model_dump(exclude={"source"}), "year": self.built.day.year}
            if self.command != "serve":
                config.site_url = organisation.site.rstrip("/") + "/"
        return config

    def _read(self, root: Path) -> tuple[build.Built | None, list[Problem]]:
        if self.given is not None:
            return self.given, []
        try:
            return build.build_for_site(root, self.day or _today(), self._keep_workshop(root)), []
        except UserError as error:
            if self.command != "serve":
                raise PluginError(f"\n{error}") from None
            log.warning("Có lỗi trong tệp; trang web tạm hiện các lỗi này:\n%s", error)
            return None, list(error.problems)
        except Exception as error:
            if self.command != "serve":
                raise
            log.exception("Lỗi của chương trình, không phải do nội dung")
            return None, [Problem(Place("generator"), f"lỗi của chương trình: {error}", "Báo cho người phụ trách Loa.")]

    def _keep_workshop(self, root: Path) -> Workshop | None:
        if self.command == "serve" and self.workshop is None:
            project, _ = build.read(root)
            self.workshop = Workshop(root, project.theme.fonts.packages) if project else None
        return self.workshop

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add generated pages (outside the navigation, landing pages excepted), pictures, PDFs, texts, calendars."""
        taken = {file.dest_uri for file in files}
        for uri, content in self._contents(files, config):
            is_outside = uri.endswith(".md") and uri not in LANDING
            level = InclusionLevel.NOT_IN_NAV if is_outside else InclusionLevel.UNDEFINED
            file = File.generated(config, uri, content=content, inclusion=level)
            if file.dest_uri not in taken:  # a hand-written page in content/ wins
                files.append(file)
        return files

    def _contents(self, files: Files, config: MkDocsConfig) -> Iterator[tuple[str, str | bytes]]:
        if self.built is None:
            text = make_error_page(config.extra["loa_problems"])
            for uri in sorted(self.known):
                if file := files.get_file_from_path(uri):
                    files.remove(file)
                yield uri, text
            return
        theirs = [file.src_uri for file in files]
        shelf, contents = fill_shelf(self.built, theirs)
        self.edit_paths = {page.uri: page.edit_path for page in self.built.pages}
        self.known = {HOME, *self.edit_paths}
        yield from contents.items()
        for one in self.built.pages:
            if one.uri not in theirs:
                yield one.uri, render_page(one, self.built.project, shelf)

    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Escape the title and description of hand-written pages: templates print them raw (ours are escaped already)."""
        if page.file.generated_by is None:
            page.meta.update({key: escape(str(page.meta[key])) for key in ("title", "description") if key in page.meta})
        return markdown

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Point “edit” at the YAML or Markdown that a generated page comes from."""
        if (path := self.edit_paths.get(page.file.src_uri)) and config.repo_url and config.edit_uri:
            base = config.edit_uri.removesuffix("/").removesuffix(DOCS)
            page.edit_url = f"{config.repo_url.rstrip('/')}/{base}{path}"
        return html

    def on_page_context(self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:  # fmt: skip
        """Give the home page the latest news."""
        if page.file.src_uri == HOME:
            blog = getattr(config.plugins.get("material/blog"), "blog", None)
            cast("dict[str, Any]", context)["latest"] = list(blog.posts)[:3] if blog else []
        return context

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Drop what makes Material's page invalid, and count the page."""
        self.pages += 1
        return BAD_AUTOCOMPLETE.sub(r"\1", output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index as UTF-8: about a third smaller than with \\u escapes."""
        index = Path(config.site_dir, "search", "search_index.json")
        if index.is_file():
            data = json.loads(index.read_text(encoding="utf-8"))
            index.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def make_site(root: Path, built: build.Built, site_dir: Path) -> int:
    """Make the website of what was built into `site_dir`; return the number of pages. Raises UserError."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with _fixed_date(built.day), _collect_warnings() as warnings:
        edit_paths: Mapping[str, str] = {page.uri: page.edit_path for page in built.pages}
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(site_dir), strict=True)
            plugin = _find_plugin(config)
            plugin.given = built
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build.build(config)
        except Abort:
            raise UserError(_explain_warnings(warnings, edit_paths)) from None
    return plugin.pages


def serve(root: Path, day: date) -> None:
    """Serve the website on this machine and rebuild it when a file changes, until Ctrl+C."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    with _fixed_date(day):
        mkdocs_serve.serve(config_file=str(root / "mkdocs.yml"), strict=False)


def _today() -> date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), ZONE).date() if epoch else datetime.now(ZONE).date()


@contextmanager
def _fixed_date(day: date) -> Iterator[None]:
    """Let MkDocs write the day of the build wherever it writes a date, so that builds repeat."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime.combine(day, time(), UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextmanager
def _collect_warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, and keep its own lines off the terminal."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, collector = logging.getLogger("mkdocs"), Collector(logging.WARNING)
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield found
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagates


def _find_plugin(config: MkDocsConfig) -> LoaPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, LoaPlugin):
            return plugin
    raise InternalError("mkdocs.yml does not name the loa plugin")


def _explain_warnings(warnings: list[str], edit_paths: Mapping[str, str]) -> list[Problem]:
    problems = []
    for warning in warnings:
        if match := DEAD_LINK.search(warning):
            path = edit_paths.get(match["page"], f"content/{match['page']}")
            problems.append(Problem(Place(path), f"liên kết “{match['link']}” không dẫn tới trang nào",
                                    "Sửa địa chỉ trong ngoặc tròn của liên kết, hoặc bỏ liên kết."))  # fmt: skip
        else:
            problems.append(Problem(Place("mkdocs.yml"), f"MkDocs báo: {warning}", "Sửa theo lời báo rồi làm lại."))
    return problems or [Problem(Place("mkdocs.yml"), "MkDocs dừng lại mà không nói vì sao")]
