"""The MkDocs adapter: hands MkDocs the pages and files that `build` worked out. The only door to mkdocs.

Comes in: MkDocs' events. Goes out: generated files in memory. `cli` calls `make_site` and `serve`; in `serve` what
people wrote never raises: every page then says what is wrong.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from mkdocs.config.config_options import PathSpec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.templates import TemplateContext

from generator import build, output
from generator.addresses import LANDING
from generator.errors import Place, Problem, UserError
from generator.plugin.desk import Desk, clear_out, find_news_uris, guard_addresses
from generator.render.site import make_error_page, render_page
from generator.shelves import Content, fill_shelf
from generator.theme import read_theme
from generator.workshop import StoredFile, Workshop

log = get_plugin_logger("loa")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SAFE_HTML = "generator.render.safe_html"
DOCS = "content"
#: MkDocs sees pages only: of a page and an index.html with the same address it would drop one, maybe the page.
ALL_BUT_PAGES = PathSpec().validate("*\n!*.md")
#: The two toggles of Material's base.html carry an attribute that HTML does not allow on checkboxes.
BAD_AUTOCOMPLETE = re.compile(r'(type="checkbox" id="__(?:drawer|search)") autocomplete="off"')


class Unchanged(File):
    """A generated file that the served site shows already: MkDocs need not make it again."""

    def is_modified(self) -> bool:
        """Tell MkDocs' dirty build to leave the file alone."""
        return False


class Linked(File):
    """A finished file that lies in the store: the site gets a link to it instead of another copy."""

    def copy_file(self, dirty: bool = False) -> None:
        """Put the file where MkDocs would copy it."""
        if not dirty or self.is_modified():
            target = Path(self.abs_dest_path)
            target.unlink(missing_ok=True)
            output.place_file(target.parent, target.name, Path(str(self.abs_src_path)), is_copied=False)


class LoaPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Hooks in the order MkDocs calls them."""

    def __init__(self) -> None:
        self.command: Literal["build", "gh-deploy", "serve"] = "build"
        self.given: build.Built | None = None
        self.day: date | None = None
        self.built: build.Built | None = None
        self.known: set[str] = {LANDING.home}
        self.edit_paths: dict[str, str] = {}
        self.pages = 0
        self.workshop: Workshop | None = None
        self.shown: dict[str, int] = {}
        self.dressed = 0
        self.desk = Desk()
        self.was_wrong = False

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
        config.exclude_docs = ALL_BUT_PAGES
        if SAFE_HTML not in config.markdown_extensions:
            config.markdown_extensions.append(SAFE_HTML)
        self.built, problems = self._read(root)
        config.extra["loa_problems"] = [str(problem) for problem in problems]
        if self.built is not None:
            organisation = self.built.project.organisation
            config.site_name = escape(organisation.short_name)  # Material prints it raw
            config.extra["loa"] = {**organisation.model_dump(exclude={"source"}), "day": self.built.day.isoformat()}
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
            self.workshop = Workshop(root, read_theme(root))
        return self.workshop

    @event_priority(50)  # the blog reads its posts at -50
    def _fill(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add generated pages (outside the navigation, landing pages excepted), pictures, PDFs, texts, calendars."""
        config.exclude_docs = None  # it has done its work; what follows is our own
        if self.built is None:
            self.known |= clear_out(files, config)
        else:
            self.desk.lay_out(files, config, self.built, is_all_new=self.was_wrong)
        self.was_wrong = self.built is None
        taken = {file.dest_uri for file in files}
        before, self.shown = self._still_shown(config), {}
        for uri, content in self._contents(files, config):
            is_outside = uri.endswith(".md") and uri not in LANDING
            level = InclusionLevel.NOT_IN_NAV if is_outside else InclusionLevel.UNDEFINED
            self.shown[uri] = hash(_state(content))
            is_same = uri != LANDING.home and before.get(uri) == self.shown[uri]
            file = _generate(config, uri, content, level, is_same)
            if file.dest_uri not in taken:  # a hand-written page in content/ wins
                files.append(file)
        return files

    @event_priority(-100)
    def _guard(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Look once more where everything goes, after the blog has moved its posts."""
        if self.built is not None:
            guard_addresses(files, config)
        return files

    on_files = CombinedEvent(_fill, _guard)

    def _still_shown(self, config: MkDocsConfig) -> dict[str, int]:
        """Return what the site shows already (by content) while serving; nothing once its templates have changed."""
        root = Path(str(config.config_file_path)).parent
        files = [root / "mkdocs.yml", *(root / "theme" / "site").rglob("*")]
        before, self.dressed = (
            self.dressed,
            max((path.stat().st_mtime_ns for path in files if path.is_file()), default=0),
        )
        return self.shown if self.command == "serve" and before == self.dressed else {}

    def _contents(self, files: Files, config: MkDocsConfig) -> Iterator[tuple[str, Content]]:
        if self.built is None:
            text = make_error_page(config.extra["loa_problems"])
            for uri in sorted(self.known | set(LANDING)):
                if file := files.get_file_from_path(uri):
                    files.remove(file)
                yield uri, text
            return
        theirs = [file.src_uri for file in files]
        shelf, contents = fill_shelf(self.built, theirs)
        self.edit_paths = {page.uri: page.edit_path for page in self.built.pages}
        self.known = {LANDING.home, *self.edit_paths, *find_news_uris(self.built.project)}
        yield from contents.items()
        project = self.built.project
        for generated in self.built.pages:
            if generated.uri not in theirs:
                yield generated.uri, render_page(generated, project.theme, project.organisation, shelf)

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Point “edit” at the YAML or Markdown that a generated page comes from."""
        if (path := self.edit_paths.get(page.file.src_uri)) and config.repo_url and config.edit_uri:
            base = config.edit_uri.removesuffix("/").removesuffix(DOCS)
            page.edit_url = f"{config.repo_url.rstrip('/')}/{base}{path}"
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the home page the latest news."""
        if page.file.src_uri == LANDING.home:
            blog = getattr(config.plugins.get("material/blog"), "blog", None)
            cast("dict[str, Any]", context)["latest"] = list(blog.posts)[:3] if blog else []
        return context

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Drop what makes Material's page invalid, and count the page."""
        self.pages += 1
        return BAD_AUTOCOMPLETE.sub(r"\1", output)

    def on_build_error(self, *, error: Exception) -> None:
        """Throw the copies of pages away."""
        self.desk.clear()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index as UTF-8: about a third smaller than with \\u escapes."""
        self.desk.clear()
        index = Path(config.site_dir, "search", "search_index.json")
        if index.is_file():
            data = json.loads(index.read_text(encoding="utf-8"))
            index.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _state(content: Content) -> object:
    """Return what tells one content from another; a file of people's own changes when it is written."""
    return (content, content.stat().st_mtime_ns) if isinstance(content, Path) else content


def _generate(config: MkDocsConfig, uri: str, content: Content, level: InclusionLevel, is_same: bool) -> File:
    """Return the file that MkDocs is handed; `is_same`: the served site shows it already."""
    form: type[File] = Unchanged if is_same else Linked if isinstance(content, StoredFile) else File
    if isinstance(content, StoredFile | Path):
        path = content.path if isinstance(content, StoredFile) else content
        return form.generated(config, uri, abs_src_path=str(path), inclusion=level)
    return form.generated(config, uri, content=content, inclusion=level)


def _today() -> date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), ZONE).date() if epoch else datetime.now(ZONE).date()
