"""Run MkDocs in-process: build the website of what was made.

Comes in: what `build` made and a folder. Goes out: pages in the folder, or a UserError in Vietnamese.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator import build, output
from generator.errors import Place, Problem, UserError
from generator.plugin import last_site
from generator.plugin.hooks import LoaPlugin
from generator.plugin.said import SETTINGS, STOPS, collect_said, explain_said


def renew_site(root: Path, built: build.Built, site_dir: Path) -> int:
    """Put the website of what was built into `site_dir`: the last one where nothing that shapes it has changed, else a
    new one. Return the number of pages. Raises UserError.
    """
    key = last_site.find_key(root, built)
    if pages := last_site.take_again(root, key, site_dir):
        return pages
    pages = make_site(root, built, site_dir)
    built.problems.extend(output.keep_back(root, last_site.find_foreign(root, site_dir)))
    last_site.remember(root, key, site_dir, pages)
    return pages


def make_site(root: Path, built: build.Built, site_dir: Path) -> int:
    """Make the website of what was built into `site_dir`; return the number of pages. Raises UserError."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with output.scratch(), fixed_date(built.day), collect_said() as said:
        try:
            config = load_config(config_file=str(root / SETTINGS), site_dir=str(site_dir), strict=True)
            return _run_mkdocs(config, built)
        except STOPS as error:
            raise UserError(explain_said(root, said, error)) from None
        finally:
            forget_plugins()


def _run_mkdocs(config: MkDocsConfig, built: build.Built) -> int:
    plugin = find_plugin(config)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        with _given(plugin, built):
            mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()
    return plugin.pages


def forget_plugins() -> None:
    """Let MkDocs make its plugins anew: it keeps them for the whole process, their temporary folders are gone."""
    MkDocsConfig.plugins.plugin_cache.clear()  # type: ignore[attr-defined]


@contextmanager
def _given(plugin: LoaPlugin, built: build.Built) -> Iterator[None]:
    """Hand the plugin what was built; take it back: MkDocs keeps one instance for every configuration of a process."""
    plugin.given, plugin.pages = built, 0
    try:
        yield
    finally:
        plugin.given = None


@contextmanager
def fixed_date(day: date) -> Iterator[None]:
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


def find_plugin(config: MkDocsConfig) -> LoaPlugin:
    """Return our plugin in MkDocs' settings. Raises UserError when they do not name it."""
    for plugin in config.plugins.values():
        if isinstance(plugin, LoaPlugin):
            return plugin
    wrong, remedy = "phần plugins không có dòng “- loa”", "Thêm dòng “  - loa” vào cuối phần plugins."
    raise UserError([Problem(Place(SETTINGS), wrong, remedy)])
