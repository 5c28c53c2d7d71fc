"""Figures 3 to 6: the whole build, its memory, the plugin's own cost, and `serve`; all on a copy of the project."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import TextIO
from urllib.parse import quote

from memory import PROC, MemoryWatch
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from table import GOAL_HEADS, Goal, measure_in_turn, print_table, show

from generator import plugin
from generator.addresses import LANDING, thumbnail_uri
from generator.build import Built, build_for_site
from generator.plugin import hooks
from generator.render.site import render_page
from generator.shelves import fill_shelf
from generator.wording.content import Said
from generator.worklist import Piece
from generator.workshop import StoredFile
from generator.workshop.store import FACTS_TYPE, FOLDER

DAY = date(2025, 5, 15)
STAGE = re.compile(r"^  (\D+): ([\d,]+) giây$", re.M)
DRAWN = re.compile(r"(\d+) ấn phẩm \((\d+) vẽ mới\), (\d+) trang web")
BANNER = "bang-ron-ngang"
WAIT_S = 60
#: The server takes its first look at the files after it answers: nobody types that fast.
SETTLE_S = 1
LIBRARY = "tai-lieu/"


def run_build(root: Path) -> tuple[float, str, MemoryWatch]:
    """Run `loa build` as people do; return its seconds, what it printed, and the watch over its memory."""
    since = time.perf_counter()
    with _start(root, subprocess.PIPE, "build", "--date", f"{DAY:%d/%m/%Y}") as process:
        watch = MemoryWatch(process.pid)
        watch.start()
        said = process.communicate()[0]
    watch.stop()
    if process.returncode:
        raise SystemExit(f"loa build không chạy được:\n{said}")
    return time.perf_counter() - since, said, watch


def _start(root: Path, out: TextIO | int, *words: str) -> subprocess.Popen[str]:
    program = str(Path(sys.executable).with_name("loa"))
    return subprocess.Popen(
        [program, "--project", str(root), *words], text=True, encoding="utf-8", stdout=out, stderr=subprocess.STDOUT
    )


def measure_build(root: Path, runs: int) -> None:
    """Figures 3 and 6: `loa build` with an empty cache and with nothing changed, stage by stage, and its peak memory."""
    cold, warm = [], []
    for _ in range(runs):
        for name in (".cache", "build"):
            shutil.rmtree(root / name, ignore_errors=True)
        cold.append(run_build(root))
        warm.append(run_build(root))
    stages = [name for name, _ in STAGE.findall(cold[0][1])]
    rows = [["cả lệnh", *(show(median(seconds for seconds, _, _ in side)) for side in (cold, warm))]]
    rows += [
        [stage, *(show(median(_stage(said, stage) for _, said, _ in side)) for side in (cold, warm))]
        for stage in stages
    ]
    found = DRAWN.search(cold[0][1])
    notes = [f"{found[1]} ấn phẩm, {found[3]} trang web"] if found else []
    print_table("3. loa build, giây", ["", "từ đầu", "không đổi gì"], rows, notes)
    if not PROC.is_dir():
        print("\n6. Bộ nhớ: chỉ đo được trên Linux")
        return
    rows = []
    for name, side in (("từ đầu", cold), ("không đổi gì", warm)):
        watches = [watch for _, _, watch in side]
        for sort, peaks in (
            ("RSS", [watch.peak_bytes for watch in watches]),
            ("PSS", [watch.peak_shared_bytes for watch in watches]),
        ):
            rows.append([name, sort, *Goal(median(peaks) / 1e6, 500, "MB").cells()])
    print_table(
        "6. Bộ nhớ cao nhất của loa build, mọi tiến trình cộng lại",
        ["", "", *GOAL_HEADS],
        rows,
        [
            f"nhiều nhất {max(watch.most_processes for _, _, watch in cold)} tiến trình; lấy mẫu 50 ms một lần",
            "RSS tính phần nhớ dùng chung nhiều lần, PSS tính một lần",
        ],
    )


def _stage(said: str, stage: str) -> float:
    return next((float(seconds.replace(",", ".")) for name, seconds in STAGE.findall(said) if name == stage), 0.0)


def measure_plugin(root: Path, runs: int, folder: Path) -> None:
    """Figure 4: MkDocs through our plugin against MkDocs on the same pages written out, without it; `folder` is scratch."""
    built = build_for_site(root, DAY)
    plain = folder / "plain"
    _write_out(built, plain)
    sites = [folder / "site-plugin", folder / "site-plain", folder / "site-clean"]

    def through_plugin(_: int) -> None:
        plugin.make_site(root, built, sites[0])

    def without(number: int, extensions: Sequence[str], site: Path) -> None:
        _build_plain(root, built, plain, extensions, site)

    ours, bare, clean = measure_in_turn(
        [through_plugin, lambda n: without(n, (), sites[1]), lambda n: without(n, (hooks.SAFE_HTML,), sites[2])], runs
    )
    pages = [len(list(site.rglob("*.html"))) for site in sites]
    assert len(set(pages)) == 1, pages
    rows = [
        ["qua plugin loa", show(ours), "", "", ""],
        ["không plugin", show(bare), *Goal(ours / bare, 1.25).cells()],
        ["không plugin, có làm sạch HTML", show(clean), *Goal(ours / clean, 1.25).cells()],
    ]
    print_table(
        f"4. Giá của plugin: MkDocs làm cùng {pages[0]} trang, giây",
        ["", "giây", *GOAL_HEADS],
        rows,
        ["dự án đã đọc, ấn phẩm đã có; bên kia: cùng trang, cùng tệp viết sẵn ra đĩa, cùng mkdocs.yml, cùng mục lục"],
    )


def _write_out(built: Built, plain: Path) -> None:
    """Write the pages and files that the plugin gives MkDocs from memory, beside people's own."""
    project = built.project
    content, site = project.root / "content", project.theme.folder / "site"
    shutil.copytree(content, plain)
    theirs = {
        path.relative_to(base).as_posix() for base in (content, site) for path in base.rglob("*") if path.is_file()
    }
    shelf, contents = fill_shelf(built, [*theirs, "tin-tuc/index.md"])
    for page in built.pages:
        contents[page.uri] = render_page(page, project.theme, project.organisation, shelf)
    for uri, body in contents.items():
        if uri not in theirs:
            path = plain / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(body, StoredFile | Path):
                shutil.copyfile(body.path if isinstance(body, StoredFile) else body, path)
            else:
                path.write_bytes(body if isinstance(body, bytes) else body.encode())


def _build_plain(root: Path, built: Built, plain: Path, extensions: Sequence[str], site: Path) -> None:
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    without = root / "mkdocs-plain.yml"
    without.write_text(re.sub(r"(?m)^ +- loa$", "", settings), encoding="utf-8")
    hidden = "\n".join(f"/{page.uri}" for page in built.pages if page.uri not in LANDING)
    config = load_config(str(without), docs_dir=str(plain), site_dir=str(site), not_in_nav=hidden)
    assert "loa" not in config.plugins
    organisation = built.project.organisation
    config.site_name, config.site_url = organisation.short_name, organisation.site.rstrip("/") + "/"
    config.extra |= {"loa": {**organisation.model_dump(exclude={"source"}), "day": DAY.isoformat()}, "loa_problems": []}
    config.markdown_extensions.extend(extensions)
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build.build(config)


def measure_serve(root: Path, runs: int) -> None:
    """Figure 5: from saving a slogan's new words until the served page and the banner's picture show them."""
    port = _free_port()
    with open(root / "mkdocs.yml", "a", encoding="utf-8") as settings:
        settings.write(f"\ndev_addr: 127.0.0.1:{port}\n")
    banner, words = _find_banner(root)
    source = root / "campaigns" / banner.campaign / "campaign.yml"
    written = source.read_text(encoding="utf-8")
    site = f"http://127.0.0.1:{port}/"
    picture, page = site + quote(thumbnail_uri(banner.path, 1)), f"{site}chien-dich/{banner.campaign}/{LIBRARY}"
    kept = root / FOLDER
    delays, remade = [], []
    with open(root / "serve.log", "w+", encoding="utf-8") as log:
        process = _start(root, log, "serve", "--date", f"{DAY:%d/%m/%Y}")
        try:
            _wait_for(page, words.encode())
            for number in range(10, 11 + runs):
                time.sleep(SETTLE_S)
                old, before = _get(picture), len(list(kept.rglob(f"*{FACTS_TYPE}")))
                source.write_text(written.replace(f"text: {words}\n", f"text: {words} {number}\n"), encoding="utf-8")
                since = time.perf_counter()
                _wait_for(page, f"{words} {number}".encode())
                while _get(picture) == old:
                    _wait(since)
                delays.append(time.perf_counter() - since)
                remade.append(len(list(kept.rglob(f"*{FACTS_TYPE}"))) - before)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
        log.seek(0)
        built = [float(seconds) for seconds in re.findall(r"built in ([\d.]+) seconds", log.read())]
    rows = [
        ["lưu tệp → trang và ảnh băng rôn mới", *Goal(median(delays[1:]), 2.0, "giây").cells()],
        ["  trong đó MkDocs dựng lại", show(median(built[-runs:]), "giây"), "", ""],
    ]
    print_table(
        "5. loa serve: đổi một khẩu hiệu",
        ["", *GOAL_HEADS],
        rows,
        [f"{median(remade[1:]):.0f} ấn phẩm vẽ lại; MkDocs đợi 0,1–0,35 giây sau khi tệp đổi rồi mới dựng"],
    )


def _find_banner(root: Path) -> tuple[Piece, str]:
    """Return the preview of a banner and its words, written on one line of the campaign's YAML and not its subject."""
    for made in build_for_site(root, DAY).pieces:
        slogan = made.piece.origin.content.get("slogan")
        if made.piece.kind == BANNER and isinstance(slogan, Said):
            words = slogan.text
            written = (root / "campaigns" / made.piece.campaign / "campaign.yml").read_text(encoding="utf-8")
            if written.count(f"text: {words}\n") == 1 and words != made.piece.origin.folder.campaign.subject.text:
                return made.piece, words
    raise SystemExit("không có băng rôn nào dùng khẩu hiệu riêng để đo serve")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=WAIT_S) as answer:
            body: bytes = answer.read()
            return body
    except OSError:
        return b""


def _wait_for(address: str, words: bytes) -> None:
    since = time.perf_counter()
    while words not in _get(address):
        _wait(since)


def _wait(since: float) -> None:
    if time.perf_counter() - since > WAIT_S:
        raise SystemExit(f"serve không cho thấy chữ mới sau {WAIT_S} giây")
    time.sleep(0.02)
