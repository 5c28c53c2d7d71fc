"""`loa serve`: whatever people save, the browser gets an answer, in Vietnamese, and only a browser of this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection
from pathlib import Path

import pytest
from conftest import ROOT
from site_case import DAY, draw_nothing, make_built, read_real

from generator import build, plugin
from generator.errors import UserError
from generator.output import scratch
from generator.plugin.run import fixed_date
from generator.plugin.said import explain_said
from generator.plugin.served import HOST, PORTS, Server, Site, find_port
from generator.project import read_project

PAGE = "content/tro-giup.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this project, free to be changed; nothing is drawn."""
    draw_nothing(monkeypatch)
    folder = tmp_path / "du-an"
    for name in ("campaigns", "content", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("reference", "icc"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture
def told() -> list[str]:
    """What the terminal shows."""
    return []


@pytest.fixture
def site(root: Path, tmp_path: Path, told: list[str]) -> Iterator[Site]:
    made = Site(root, tmp_path / "served", "http://127.0.0.1:8000/", told.append)
    with fixed_date(DAY):
        yield made
    made.close()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


#: What is changed in mkdocs.yml → what is said of it.
SETTINGS = [
    ("      blog_toc: false", "      blog_tok: false", ":{}: phần “blog” không có dòng tên “blog_tok”"),
    (
        "      blog_toc: false",
        "      blog_toc: mot",
        ":{}: giá trị của “blog_toc” trong phần “blog” không đúng",
    ),
    ("  name: material", "  name: materiall", ":{}: Loa không có giao diện “materiall”"),
    ("  - loa\n", "  - loa\n  - minify\n", ":{}: Loa không có phần mở rộng “minify”"),
    ("  - loa\n", "", ": phần plugins không có dòng “- loa”"),
    ("extra:\n", "markdown_extensions: [footnotess]\nextra:\n", ":{}: không dùng được phần mở rộng “footnotess”"),
    (
        "  - Trợ giúp: tro-giup.md",
        "  - Trợ giúp: tro-giup-moi.md",
        ":{}: mục lục (nav) ghi “tro-giup-moi.md”, trang này không có",
    ),
    ("  - Trợ giúp: tro-giup.md", "  - Trợ giúp: /tro-giup.md", ":{}: mục lục (nav) ghi “/tro-giup.md” bắt đầu bằng"),
    ("docs_dir: content", "docs_dir: noi-dung", ":{}: “docs_dir” dẫn tới “noi-dung”, thư mục hoặc tệp này không có"),
    ("docs_dir: content", "docs_dirr: content", ":{}: không có dòng tên “docs_dirr”"),
    (
        "  custom_dir: theme/site",
        "  custom_dir: theme/trang",
        ":{theme}: “theme” dẫn tới “theme/trang”, thư mục hoặc tệp",
    ),
    ("  language: vi", "  language: vn", ":{}: không có ngôn ngữ “vn”"),
    ("  custom_dir: theme/site\n", "", ": không tìm thấy khuôn trang “loa.html”"),
    ("  - blog:\n", "  - search\n  - blog:\n", ":{search}: phần “search” ghi hai lần"),
    ("nav:\n", "nav: Trang đầu\nnavv:\n", ":{}: giá trị của “nav” không đúng"),
    ("site_name: Loa\n", "", ": thiếu dòng “site_name”"),
    ("site_name: Loa", "site_name: [Loa", ":{}"),
    ("site_name: Loa", "site_name: Loa: hai", ":{}"),
]


@cache
def built_once() -> build.Built:
    """Return what the website is made of; how MkDocs is set up stands elsewhere."""
    return make_built(read_real())


@pytest.mark.parametrize(("old", "new", "words"), SETTINGS, ids=[new.strip() or old for old, new, _ in SETTINGS])
def test_mistakes_in_mkdocs_yml_are_told_in_vietnamese(
    root: Path, tmp_path: Path, old: str, new: str, words: str
) -> None:
    edit(root / "mkdocs.yml", old, new)
    with pytest.raises(UserError) as caught:
        plugin.make_site(root, built_once(), tmp_path / "site")
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    changed = new.strip().split("\n")[-1 if "minify" in new else 0].strip()
    number = next((number for number, line in enumerate(lines, 1) if changed and changed in line), 0)
    said = str(caught.value)
    theme = lines.index("theme:") + 1 if "theme:" in lines else 0
    first_search = lines.index("  - search:") + 1
    first = f"mkdocs.yml{words.format(number, theme=theme, search=first_search)}"
    assert any(str(problem).startswith(first) for problem in caught.value.problems), said
    assert all(problem.remedy and "MkDocs báo" not in problem.wrong for problem in caught.value.problems), said
    assert not re.search(r"\b(Config|Expected|error|Aborted|Unrecognised|plugin)\b", said), said


@pytest.mark.parametrize("body", [None, b"- mot\n- hai\n", b"\xff\xfea\x00", b"site_name: !!python/name:os.nothing\n"])
def test_a_mkdocs_yml_that_is_none_is_told(root: Path, tmp_path: Path, body: bytes | None) -> None:
    (root / "mkdocs.yml").unlink()
    if body is not None:
        (root / "mkdocs.yml").write_bytes(body)
    with pytest.raises(UserError, match=r"^mkdocs\.yml(:\d+)*: ") as caught:
        plugin.make_site(root, built_once(), tmp_path / "site")
    assert all(problem.remedy for problem in caught.value.problems)
    assert "MkDocs báo" not in str(caught.value)


def test_what_nobody_foresaw_is_passed_on(tmp_path: Path) -> None:
    [problem] = explain_said(tmp_path, [], ValueError("something new"))
    assert problem.wrong == "MkDocs báo: something new" and problem.remedy


def ask(server: Server, path: str = "/", host: str = "") -> tuple[int, str]:
    """Return the answer of a server that runs in no thread of its own."""
    answer: list[int] = []
    asked = {"PATH_INFO": path, "HTTP_HOST": host or f"{HOST}:8000"}
    body = server.serve_request(asked, lambda status, headers: answer.append(int(status[:3])))
    whole = b"".join(body).decode("utf-8")
    getattr(body, "close", bool)()
    return answer[0], whole


@pytest.fixture
def server(site: Site) -> Iterator[Server]:
    made = Server(site, 0)
    yield made
    made.server_close()


def test_any_mistake_while_serving_becomes_a_page_that_says_it(
    root: Path, site: Site, server: Server, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.renew()
    before = {path: path.read_bytes() for path in site.folder.rglob("*.html")}
    assert "Có lỗi" not in ask(server)[1] and len(before) > 100
    good = (root / "mkdocs.yml").read_text(encoding="utf-8")
    edit(root / "mkdocs.yml", "  - loa\n", "")
    site.renew()
    assert "phần plugins không có dòng “- loa”" in ask(server)[1]
    (root / "mkdocs.yml").unlink()
    site.renew()
    assert "mkdocs.yml: không có tệp này trong thư mục dự án" in ask(server)[1]
    (root / "mkdocs.yml").write_text(good, encoding="utf-8")
    edit(root / "mkdocs.yml", "name: material", "name: materiall")
    site.renew()
    for path in ("/", "/lien-he/", "/khong-co/"):
        code, page = ask(server, path)
        assert code == 200 and "Loa không có giao diện “materiall”" in page and "livereload(" in page
    assert any("mkdocs.yml" in line and "→" in line for line in told)
    (root / "mkdocs.yml").write_text(good, encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("<b>")

    with monkeypatch.context() as broken:
        broken.setattr("mkdocs.commands.build._build_page", fail)
        site.renew()
        assert "lỗi của chương trình: ZeroDivisionError: &lt;b&gt;" in ask(server)[1]
    site.renew()
    assert site.problems == []
    after = {path: path.read_bytes() for path in site.folder.rglob("*.html")}
    assert after == before, "after a failure everything is made again"


def test_a_full_disk_while_serving_is_told(
    root: Path, site: Site, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs.commands.build._build_page", fail)
    site.renew()
    assert "ổ đĩa đã đầy" in ask(server)[1]


@pytest.mark.parametrize(
    ("host", "code"),
    [("127.0.0.1:8000", 200), ("localhost:8000", 200), ("evil.example:8000", 403), ("evil.example", 403), ("", 200)],
)
def test_only_this_machine_is_answered(site: Site, server: Server, host: str, code: int) -> None:
    (site.folder / "site").mkdir(parents=True)
    (site.folder / "site" / "index.html").write_text("bản thảo", encoding="utf-8")
    found, body = ask(server, host=host)
    assert found == code and ("bản thảo" in body) is (code == 200)


def test_a_port_that_is_taken_is_passed_by() -> None:
    with socket.create_server((HOST, 0)) as one, socket.create_server((HOST, 0)) as other:
        taken = [one.getsockname()[1], other.getsockname()[1]]
        with pytest.raises(OSError):
            find_port(taken)
        with socket.create_server((HOST, 0)) as last:
            free = last.getsockname()[1]
        assert find_port([*taken, free]) == free


def test_what_killed_processes_left_is_removed_and_what_others_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    theirs = [tmp_path / name for name in ("loa-khong-khoa", "mkdocs_abc")]
    for folder in theirs:
        folder.mkdir()
    with scratch() as used:
        killed = tmp_path / "loa-bi-tat"
        (killed / "site").mkdir(parents=True)
        (killed / "lock").write_bytes(b"")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # as another process finds it
        with scratch() as mine:
            assert used.is_dir() and mine.is_dir() and not killed.exists()
            assert Path(tempfile.mkdtemp()).parent == mine
        assert used.is_dir() and not mine.exists()
    assert sorted(tmp_path.iterdir()) == sorted(theirs)
    assert tempfile.tempdir == str(tmp_path)


def test_a_website_leaves_no_temporary_folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tam"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    project, _ = read_project(root)
    assert project is not None
    assert plugin.make_site(root, make_built(project), tmp_path / "site") > 100
    assert list(temporary.iterdir()) == []


def wait_for(command: subprocess.Popen[str], word: str) -> str:
    """Return the first line of the command that holds a word; the command's end ends the waiting."""
    assert command.stdout is not None
    for line in command.stdout:
        if word in line:
            return line
    raise AssertionError(f"never said: {word}")


def fetch(port: int, path: str) -> str:
    connection = HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8")
    finally:
        connection.close()


@contextmanager
def take_port(port: int) -> Iterator[None]:
    """Be the other program that uses a port; whoever has it already will do."""
    with socket.socket() as taken:
        with suppress(OSError):
            taken.bind((HOST, port))
            taken.listen()
        yield


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_the_command_serves_beside_another_one_and_leaves_nothing(demo: Path, tmp_path: Path) -> None:
    """The whole way: a taken port, a page, a saved mistake, its repair, a stopped command."""
    shutil.copytree(ROOT / "theme" / "site", demo / "theme" / "site", dirs_exist_ok=True)
    shutil.copytree(ROOT / "content", demo / "content", dirs_exist_ok=True)
    shutil.rmtree(demo / "content" / "tin-tuc", ignore_errors=True)
    shutil.copy(ROOT / "mkdocs.yml", demo)
    temporary = tmp_path / "tam"
    temporary.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-c", "from generator.cli import run; run()", "--project", str(demo), "serve"]
    with (
        take_port(PORTS[0]),
        subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        ) as command,
    ):
        try:
            line = wait_for(command, "Xem trang web tại")
            found = re.search(r"http://127\.0\.0\.1:(\d+)/ \(Ctrl\+C để thôi\)", line)
            assert found is not None, line
            port = int(found[1])
            assert port in PORTS[1:]
            assert "<title>" in fetch(port, "/")
            path = demo / "campaigns/thang-an-toan-2025/campaign.yml"
            good = path.read_text(encoding="utf-8")
            edit(path, "starts: ", "starts: 31/2/2025 #")
            wait_for(command, "31/2/2025")
            path.write_text(good, encoding="utf-8")
            wait_for(command, "Làm trang web")
        finally:
            command.send_signal(signal.SIGTERM)
        rest = command.communicate()[0]
    assert command.returncode == 0 and rest.endswith("Đã thôi.\n")
    assert "Traceback" not in rest
    assert [path.name for path in temporary.iterdir() if not path.name.startswith("pymp-")] == []
