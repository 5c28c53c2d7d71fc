"""The MkDocs adapter: user errors in `build` and in `serve`, hand-written pages, dead links, what is watched."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from site_case import DAY, Server, draw_nothing, find_dead_links, make_built, read_page, read_pages

from generator import build, pages, plugin
from generator.project import read_project

BROKEN = 'starts: 31/2/2027 <script>alert("x")</script>'


@pytest.fixture(autouse=True)
def without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and check as always, draw nothing."""
    draw_nothing(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of this project, free to be changed."""
    folder = tmp_path / "du-an"
    for name in ("campaigns", "content", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("reference", "icc"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def break_campaign(root: Path) -> Path:
    path = next(
        path for path in sorted((root / "campaigns").glob("*/campaign.yml")) if "\nstarts:" in path.read_text("utf-8")
    )
    path.write_text(re.sub(r"\nstarts:.*", f"\n{BROKEN}", path.read_text("utf-8")), encoding="utf-8")
    return path


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[Server]:
    served = Server(root, tmp_path / "served")
    yield served
    served.plugin.on_shutdown()


def test_serve_shows_the_problems_and_comes_back(root: Path, server: Server) -> None:
    server.build()
    assert "Có lỗi trong tệp" not in server.read("") and "Ngã cao" in server.read("nguy-co/nga-cao")
    path = next(root.glob("campaigns/*/campaign.yml"))
    path = break_campaign(root)
    whole = (ROOT / path.relative_to(root)).read_text("utf-8")
    server.build()
    for address in ("", "nguy-co/nga-cao", "ke-hoach"):
        page = server.read(address)
        assert "Có lỗi trong tệp" in page, address
        assert f"campaigns/{path.parent.name}/campaign.yml" in page
        assert "31/2/2027" in page and "<script>alert" not in page
        assert [text for text in read_page(page).texts["li"] if BROKEN.removeprefix("starts: ") in text]
    path.write_text(whole, encoding="utf-8")
    server.build()
    assert "Có lỗi trong tệp" not in server.read("") and "Ngã cao" in server.read("nguy-co/nga-cao")


def test_serve_that_starts_with_an_error_shows_it(root: Path, server: Server) -> None:
    break_campaign(root)
    server.build()
    assert "Có lỗi trong tệp" in server.read("")


def test_serve_survives_a_fault_of_the_program(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> build.Built:
        raise RuntimeError("hỏng")

    monkeypatch.setattr(build, "build_for_site", fail)
    server.build()
    assert "lỗi của chương trình" in server.read("")


def test_build_stops_with_one_error_in_vietnamese(root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    break_campaign(root)
    config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises(Abort):
        mkdocs_build(config)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert re.search(r"campaigns/[a-z0-9-]+/campaign\.yml:\d+:\d+: .*31/2/2027", record.getMessage())
    assert not (tmp_path / "site" / "index.html").exists()


def test_what_people_write_is_watched(server: Server) -> None:
    config = server.config.plugins.on_config(server.config)
    assert {Path(path).name for path in config.watch} >= {"campaigns", "theme"}
    assert config.site_url == server.config.site_url


def build_here(root: Path, site: Path) -> int:
    project, _ = read_project(root)
    assert project is not None
    return plugin.make_site(root, make_built(project), site)


def test_a_hand_written_page_wins_and_is_escaped(root: Path, tmp_path: Path) -> None:
    (root / "content" / "lien-he.md").write_text(
        '---\ntitle: A"><script>alert(1)</script>\ndescription: B"><b>\n---\n\n# Liên hệ khác\n\n<script>alert(2)</script>\n',
        "utf-8",
    )
    build_here(root, tmp_path / "site")
    text = (tmp_path / "site" / "lien-he" / "index.html").read_text("utf-8")
    page = read_page(text)
    assert page.texts["h1"] == ["Liên hệ khác"]
    assert page.metas["description"] == 'B"><b>'
    assert page.texts["title"][0].startswith('A"><script>alert(1)</script> – ')
    assert not [words for words in page.texts["script"] if "alert" in words]


def test_dead_links_of_people_are_named_with_their_file(root: Path, tmp_path: Path) -> None:
    path = root / "campaigns" / "hazards" / "nga-cao.md"
    path.write_text(path.read_text("utf-8") + "\nXem [bài này](khong-co.md).\n", "utf-8")
    project, _ = read_project(root)
    assert project is not None
    built = make_built(project)
    (problem,) = pages.find_dead_links(project, built.pages, built.site)
    assert problem.place.path == "campaigns/hazards/nga-cao.md"
    assert problem.wrong == "liên kết “khong-co.md” không dẫn tới trang nào"


def test_a_project_without_campaigns_has_a_whole_site(root: Path, tmp_path: Path) -> None:
    for folder in root.glob("campaigns/*/campaign.yml"):
        shutil.rmtree(folder.parent)
    assert build_here(root, tmp_path / "site") > 100
    assert find_dead_links(read_pages(tmp_path / "site"), tmp_path / "site") == []


def test_building_leaves_the_environment_as_it_was(root: Path, tmp_path: Path) -> None:
    before = os.environ.get("SOURCE_DATE_EPOCH")
    build_here(root, tmp_path / "site")
    assert os.environ.get("SOURCE_DATE_EPOCH") == before
    assert f"<lastmod>{DAY.isoformat()}" in (tmp_path / "site" / "sitemap.xml").read_text("utf-8")
