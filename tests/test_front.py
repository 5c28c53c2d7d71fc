"""Front matter on its whole way: nothing that people write there may leave the site, overwrite a file or run a script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, copy_demo
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.utils import meta
from site_case import Server, draw_nothing, make_built, read_page
from test_cli import run

from generator import plugin
from generator.errors import InternalError
from generator.plugin import desk
from generator.project import read_project
from generator.project.pages import NEWS

POST = f"content/{NEWS}/tin-moi.md"
PAGE = "content/an-ca.md"
HEAD = "title: Tin mới\ndate: 2026-11-22\n"
TAIL = "\n# Tin mới\n\nNội dung.\n"
SCRIPT = "alert(20261122)"
#: Attack → the file with it, its text, and what we say.
ATTACKS = {
    "slug-outside": (POST, f"---\n{HEAD}slug: ../../../pwned\n---\n{TAIL}", "“slug” không nhận “../../../pwned”"),
    "slug-manifest": (POST, f"---\n{HEAD}slug: ../../manifest.json\n---\n{TAIL}", "“slug” không nhận"),
    "slug-twice": (POST, f"---\n{HEAD}slug: dung-kho-tai-lieu\n---\n{TAIL}", "đã là của content/tin-tuc/posts/"),
    "slug-of-the-list": (POST, f"---\n{HEAD}slug: index\n---\n{TAIL}", "“tin-tuc/” đã là của content/tin-tuc/index.md"),
    "template": (POST, f"---\n{HEAD}template: redirect.html\nlocation: javascript:{SCRIPT}\n---\n{TAIL}", "“template”"),
    "template-of-page": (PAGE, f"---\ntemplate: redirect.html\nlocation: '{SCRIPT}'\n---\n{TAIL}", "“template”"),
    "image": (PAGE, f"---\nimage: '\"><script>{SCRIPT}</script>'\n---\n{TAIL}", "“image” không nhận"),
    "no-dashes": (PAGE, f'image: "><script>{SCRIPT}</script>\n{TAIL}', "giữa hai dòng ---"),
    "no-dashes-spaces": (PAGE, f"\u00a0 image: <script>{SCRIPT}</script>\n{TAIL}", "giữa hai dòng ---"),
    "dots": (PAGE, f"---\ntemplate: redirect.html\n...\n{TAIL}", "thiếu dòng --- thứ hai"),
    "bom": (PAGE, f"\ufeff--- \t\r\ntemplate: redirect.html\r\n---  \r\n{TAIL}", "“template”"),
    "merged": (PAGE, f"---\n<<: {{template: redirect.html}}\n---\n{TAIL}", "“<<”"),
    "below-posts": (f"content/{NEWS}/2026/x.md", f"---\n{HEAD}slug: ../../x\n---\n{TAIL}", "tin phải nằm ngay trong"),
    "beside-posts": (f"content/{NEWS}-cu/x.md", f"---\n{HEAD}slug: ../../x\n---\n{TAIL}", "tin phải nằm ngay trong"),
    "other-ending": ("content/an-ca.mkd", f"---\ntemplate: redirect.html\n---\n{TAIL}", "phải có đuôi .md"),
    "hide": (POST, f"---\n{HEAD}hide: 5\n---\n{TAIL}", "“hide”"),
    "no-date": (POST, f"---\ntitle: Tin mới\n---\n{TAIL}", "thiếu dòng “date”"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The demo project with this project's website."""
    folder = copy_demo(tmp_path / "trong" / "du-an")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "theme" / "site", folder / "theme" / "site")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for post in (folder / "content" / NEWS).glob("*.md"):
        if re.search("^(campaign|source):", post.read_text("utf-8"), re.MULTILINE):
            post.unlink()  # they name what the demo project does not have
    return folder


@pytest.fixture
def without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and check as always, draw nothing."""
    draw_nothing(monkeypatch)


@pytest.fixture
def server(root: Path, tmp_path: Path, without_drawing: None) -> Iterator[Server]:
    served = Server(root, tmp_path / "trong" / "served" / "site")
    yield served
    served.plugin.on_shutdown()


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(text.encode("utf-8"))


def list_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def make_site(root: Path, site: Path) -> None:
    project, problems = read_project(root)
    assert problems == []
    assert project is not None
    plugin.make_site(root, make_built(project), site)


@pytest.mark.parametrize("attack", ATTACKS)
def test_loa_build_and_check_refuse(attack: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, text, words = ATTACKS[attack]
    write(root, name, text)
    before = list_files(root.parent)
    assert run("--project", str(root), "build") == 1
    said = capsys.readouterr()
    assert f"{name}:" in said.out + said.err and words in said.out + said.err
    assert list_files(root.parent) - before <= {"du-an/.build.lock"}
    assert any(problem.place.path == name and words in problem.wrong for problem in read_project(root)[1])


@pytest.mark.parametrize("attack", ["slug-outside", "template", "image", "no-dashes", "other-ending"])
@pytest.mark.usefixtures("without_drawing")
def test_mkdocs_build_refuses(attack: str, root: Path, caplog: pytest.LogCaptureFixture) -> None:
    name, text, words = ATTACKS[attack]
    write(root, name, text)
    before = list_files(root.parent)
    config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(root / "build" / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises(Abort):
        mkdocs_build(config)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert f"{name}:" in record.getMessage() and words in record.getMessage()
    assert list_files(root.parent) == before


@pytest.mark.parametrize("is_dirty", [False, True])
def test_serve_shows_every_attack_and_comes_back(is_dirty: bool, root: Path, server: Server) -> None:
    write(root, POST, f"---\n{HEAD}---\n{TAIL}")
    server.build()
    whole = server.read("tin-tuc/tin-moi"), server.read("tro-giup"), server.read("tin-tuc")
    assert all("Có lỗi trong tệp" not in page for page in whole)
    before = list_files(root.parent)
    for name, text, words in ATTACKS.values():
        write(root, name, text)
        server.build(dirty=is_dirty)
        for address in ("", "tro-giup", "tin-tuc", "tin-tuc/tin-moi", "tin-tuc/trang-nay-co-gi", "nguy-co/nga-cao"):
            page = server.read(address)
            assert "Có lỗi trong tệp" in page, (name, address)
            assert words in " ".join(read_page(page).texts["li"]), (name, address)
            assert f"<script>{SCRIPT}" not in page
        assert list_files(root.parent) - before <= {f"du-an/{name}", "served/site/an-ca/index.html"}
        (root / name).unlink()
    write(root, POST, f"---\n{HEAD}---\n{TAIL}")
    server.build(dirty=is_dirty)
    assert (server.read("tin-tuc/tin-moi"), server.read("tro-giup"), server.read("tin-tuc")) == whole


def test_mkdocs_gets_what_was_checked_and_not_what_it_would_read(root: Path, tmp_path: Path) -> None:
    hidden = "\u200b"
    text = f"---\n{HEAD}slug: tin{hidden}-moi\ndescri{hidden}ption: Nơi A & B “C”\n---\n\n---\ntemplate: x.html\n---\n{TAIL}"
    assert meta.get_data(text)[1]["slug"] == f"tin{hidden}-moi"
    write(root, POST, text)
    write(root, PAGE, f"# Ăn ca\n\n---\ntemplate: redirect.html\nimage: {SCRIPT}\n---\n{TAIL}")
    make_site(root, tmp_path / "site")
    page = read_page((tmp_path / "site/tin-tuc/tin-moi/index.html").read_text("utf-8"))
    assert page.metas["description"] == "Nơi A & B “C”"
    assert {path.parent.name for path in (tmp_path / "site" / "tin-tuc").glob("*/index.html")} >= {"tin-moi"}
    shown = (tmp_path / "site/an-ca/index.html").read_text("utf-8")
    assert "og:image" not in shown and "window.location" not in shown


def test_a_page_may_have_title_description_and_picture(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "content" / NEWS / "anh").mkdir()
    photo = root / "campaigns" / "thang-an-toan-2025" / "photos" / "le-phat-dong.jpg"
    shutil.copy(photo, root / "content" / NEWS / "anh" / "le.jpg")
    hostile = 'A"><script>alert(1)</script> & B'
    monkeypatch.setattr("generator.project.bodies.find_mark_in_line", lambda words: "")  # the first wall is not enough
    write(
        root,
        POST,
        f"---\ntitle: '{hostile}'\ndescription: '{hostile}'\ndate: 2026-11-23\nimage: {NEWS}/anh/le.jpg\n---\n{TAIL}",
    )
    make_site(root, tmp_path / "site")
    for name in ("tin-tuc/tin-moi/index.html", "tin-tuc/index.html", "index.html"):
        page = read_page((tmp_path / "site" / name).read_text("utf-8"))
        assert not [words for words in page.texts["script"] if "alert(1)" in words]
    post = read_page((tmp_path / "site/tin-tuc/tin-moi/index.html").read_text("utf-8"))
    assert post.metas["description"] == post.metas["og:title"] == hostile
    address = post.metas["og:image"]
    assert address.startswith("https://") and (tmp_path / "site" / address.split("/", 3)[3]).is_file()
    home = read_page((tmp_path / "site/index.html").read_text("utf-8"))
    assert hostile in home.texts["p"], "the description of the latest news, escaped once"


def test_a_file_with_the_address_of_a_page_takes_nothing_from_it(root: Path, tmp_path: Path) -> None:
    write(root, PAGE, "# Ăn ca\n\nTrang thật.\n")
    write(root, "content/an-ca/index.html", f"<script>{SCRIPT}</script>")
    write(root, "content/index.md", "# Đầu trang\n\nTrang thật.\n")
    write(root, "content/index.html", f"<script>{SCRIPT}</script>")
    project, problems = read_project(root)
    assert project is not None and all(problem.is_warning for problem in problems)
    plugin.make_site(root, make_built(project), tmp_path / "site")
    assert "Trang thật." in (tmp_path / "site/an-ca/index.html").read_text("utf-8")
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert SCRIPT not in home and "assets/stylesheets" in home
    assert list((tmp_path / "site/assets").rglob("*.css"))


def test_news_without_a_slug_takes_its_file_name(root: Path, tmp_path: Path) -> None:
    write(root, POST, "---\ndate: 2026-11-22\n---\n\n# Thông báo\n\nMột.\n")
    write(root, POST.replace("moi", "cu"), "---\ndate: 2026-11-21\n---\n\n# Thông báo\n\nHai.\n")
    make_site(root, tmp_path / "site")
    assert "Một." in (tmp_path / "site/tin-tuc/tin-moi/index.html").read_text("utf-8")
    assert "Hai." in (tmp_path / "site/tin-tuc/tin-cu/index.html").read_text("utf-8")


@pytest.mark.parametrize(("word", "is_shown"), [("co", False), ("true", False), ("khong", True), ("false", True)])
def test_a_draft_stands_nowhere(word: str, is_shown: bool, root: Path, tmp_path: Path) -> None:
    write(root, POST, f"---\ndate: 2026-11-22\ndraft: {word}\n---\n\n# Lễ phát động thử\n\nMột.\n")
    project, _ = read_project(root)
    assert [entry.front.title for entry in project.news.values() if "thử" in entry.front.title] == (
        ["Lễ phát động thử"] if is_shown else []
    )
    make_site(root, tmp_path / "site")
    pages = "".join(path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert ("Lễ phát động thử" in pages) == is_shown


def test_a_copy_is_never_without_a_head(root: Path) -> None:
    write(root, PAGE, "# Ăn ca\n\n---\n\ntemplate: x.html\n\n---\n")
    project, _ = read_project(root)
    assert project is not None
    body, front = meta.get_data(desk.make_copy("an-ca.md", project.pages["an-ca.md"], make_built(project)))
    assert front == {"title": "Ăn ca", "description": "template: x.html"}
    assert body.strip().startswith('<h1 id="an-ca">Ăn ca</h1>\n<hr')


def test_the_last_guard_stops_what_every_check_missed(server: Server) -> None:
    config = server.load()
    inside = [File(name, config.docs_dir, config.site_dir, True) for name in ("a.md", "b/index.md", "c.jpg")]
    desk.guard_addresses(Files(inside), config)
    outside = File("x.md", config.docs_dir, config.site_dir, True, dest_uri="../x/index.html")
    with pytest.raises(InternalError, match="outside"):
        desk.guard_addresses(Files([*inside, outside]), config)
    with pytest.raises(InternalError, match="both"):
        desk.guard_addresses(Files([*inside, File("a/index.md", config.docs_dir, config.site_dir, True)]), config)


def test_nothing_of_the_copies_stays(server: Server) -> None:
    server.build()
    assert server.plugin.desk.folder is None


def test_templates_print_no_front_matter_raw() -> None:
    printed = [
        (path.name, words)
        for path in sorted((ROOT / "theme" / "site").rglob("*.html"))
        for words in re.findall(r"\{\{.*?\}\}|\{% set .*?%\}", path.read_text("utf-8"))
        if re.search(r"\bmeta\.|\.title\b|canonical_url|edit_url", words)
    ]
    assert len(printed) >= 8
    assert [row for row in printed if "| e" not in row[1]] == []


def test_the_blog_looks_where_we_look() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    (blog,) = [entry["blog"] for entry in settings["plugins"] if isinstance(entry, dict) and "blog" in entry]
    assert f"{blog['blog_dir']}/posts" == NEWS
    assert blog["authors"] is False and blog["post_url_format"] == "{slug}"
