"""Run MkDocs in-process: build the website of what was made, or serve it while people edit.

Comes in: what `build` made and a folder. Goes out: pages in the folder, or a UserError in Vietnamese.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator import build
from generator.errors import InternalError, Place, Problem, UserError
from generator.plugin import last_site
from generator.plugin.hooks import LoaPlugin

#: MkDocs' own words for a link of people's Markdown that leads nowhere.
DEAD_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains (?:a|an \w+) link '(?P<link>[^']+)'")


def renew_site(root: Path, built: build.Built, site_dir: Path) -> int:
    """Put the website of what was built into `site_dir`: the last one where nothing that shapes it has changed, else a
    new one. Return the number of pages. Raises UserError.
    """
    key = last_site.find_key(root, built)
    if pages := last_site.take_again(root, key, site_dir):
        return pages
    pages = make_site(root, built, site_dir)
    last_site.remember(root, key, site_dir, pages)
    return pages


def make_site(root: Path, built: build.Built, site_dir: Path) -> int:
    """Make the website of what was built into `site_dir`; return the number of pages. Raises UserError."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    edit_paths: Mapping[str, str] = {page.uri: page.edit_path for page in built.pages}
    with _fixed_date(built.day), _collect_warnings() as warnings:
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(site_dir), strict=True)
            plugin = _find_plugin(config)
            config.plugins.on_startup(command="build", dirty=False)
            with _given(plugin, built):
                mkdocs_build.build(config)
        except Abort:
            raise UserError(_explain_warnings(warnings, edit_paths)) from None
    return plugin.pages


@contextmanager
def _given(plugin: LoaPlugin, built: build.Built) -> Iterator[None]:
    """Hand the plugin what was built; take it back: MkDocs keeps one instance for every configuration of a process."""
    plugin.given, plugin.pages = built, 0
    try:
        yield
    finally:
        plugin.given = None


def serve(root: Path, day: date) -> None:
    """Serve the website on this machine and rebuild it when a file changes, until Ctrl+C."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("mkdocs.commands.build").addFilter(lambda record: "dirty" not in record.getMessage())
    with _fixed_date(day):
        mkdocs_serve.serve(config_file=str(root / "mkdocs.yml"), strict=False, build_type="dirty")


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
            wrong = f"liên kết “{match['link']}” không dẫn tới trang nào"
            problems.append(Problem(Place(path), wrong, "Sửa địa chỉ trong ngoặc tròn của liên kết, hoặc bỏ liên kết."))
        else:
            problems.append(Problem(Place("mkdocs.yml"), f"MkDocs báo: {warning}", "Sửa theo lời báo rồi làm lại."))
    return problems or [Problem(Place("mkdocs.yml"), "MkDocs dừng lại mà không nói vì sao")]
