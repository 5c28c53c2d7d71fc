"""Figures 3 to 7: the whole build, its memory, the plugin's own cost, and `serve`; all on copies of the project."""

from __future__ import annotations

import re
import shutil
import signal
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

from before import BEFORE, DATE, Program, Ran
from memory import PROC
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
TENFOLD_S = 90
#: The server takes its first look at the files after it answers: nobody types that fast.
SETTLE_S = 1
LIBRARY = "tai-lieu/"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


def _start(root: Path, out: TextIO | int, *words: str) -> subprocess.Popen[str]:
    program = str(Path(sys.executable).with_name("loa"))
    return subprocess.Popen(
        [program, "--project", str(root), *words], text=True, encoding="utf-8", stdout=out, stderr=subprocess.STDOUT
    )


def measure_build(now: Program, before: Program | None, runs: int) -> None:
    """Figures 3 and 4: the whole project drawn from nothing, built again with nothing changed, and the memory of both.

    The earlier commit draws once: it takes minutes, and CPU seconds hardly vary.
    """
    cold, warm = [], []
    for _ in range(runs):
        now.forget()
        cold.append(now.build())
        warm.append(now.build())
    old_cold = before.build() if before else None
    old_warm = [before.build() for _ in range(runs)] if before else []
    _print_build(cold, warm, old_cold, old_warm)
    _print_memory(cold, warm, old_cold)


def _print_build(cold: list[Ran], warm: list[Ran], old_cold: Ran | None, old_warm: list[Ran]) -> None:
    drawing, again = median(ran.cpu_s for ran in cold), median(ran.seconds for ran in warm)
    rows = [["vẽ từ đầu, giây CPU", show(drawing), "", "", "", ""], ["không đổi gì, giây", show(again), "", "", "", ""]]
    if old_cold:
        old_again = median(ran.seconds for ran in old_warm)
        rows = [
            ["vẽ từ đầu, giây CPU", show(drawing), show(old_cold.cpu_s), *Goal(drawing / old_cold.cpu_s, 0.35).cells()],
            ["không đổi gì, giây", show(again), show(old_again), *Goal(again / old_again, 0.5).cells()],
        ]
    rows.insert(1, ["vẽ từ đầu, giây", show(median(ran.seconds for ran in cold)), _seconds(old_cold), "", "", ""])
    notes = [f"{found[1]} ấn phẩm, {found[3]} trang web"] if (found := DRAWN.search(cold[0].said)) else []
    stages = ", ".join(f"{stage} {_stage(cold[0].said, stage):.1f}" for stage, _ in STAGE.findall(cold[0].said))
    notes += [f"cả lệnh loa build, trang web cũng tính; các bước: {stages}".replace(".", ",")]
    if not old_cold:
        notes.append(f"KHÔNG CÓ commit {BEFORE} trong kho mã này: không so được")
    print_table("3. loa build", ["", "nay", BEFORE, *GOAL_HEADS], rows, notes)


def _seconds(ran: Ran | None) -> str:
    return show(ran.seconds) if ran else ""


def _print_memory(cold: list[Ran], warm: list[Ran], old_cold: Ran | None) -> None:
    if not PROC.is_dir():
        print("\n4. Bộ nhớ: chỉ đo được trên Linux")
        return
    rows = []
    for name, side in (("từ đầu", cold), ("không đổi gì", warm)):
        old = show(old_cold.peak_bytes / 1e6) if old_cold and side is cold else ""
        rows.append([name, old, *Goal(median(ran.peak_bytes for ran in side) / 1e6, 500, "MB").cells()])
    print_table(
        "4. Bộ nhớ cao nhất của loa build, mọi tiến trình cộng lại (PSS)",
        ["", BEFORE, *GOAL_HEADS],
        rows,
        ["lấy mẫu 50 ms một lần; phần nhớ dùng chung tính một lần"],
    )


def measure_tenfold(now: Program) -> None:
    """Figure 5: memory stays flat: ten copies of every campaign, drawn for a while, then stopped as by Ctrl+C."""
    campaigns = now.project / "campaigns"
    for path in sorted(campaigns.glob("*/campaign.yml")):
        for number in range(2, 11):
            copy = campaigns / f"{path.parent.name}-{number}"
            shutil.copytree(path.parent, copy)
            text = (copy / "campaign.yml").read_text(encoding="utf-8")
            text = re.sub(r"(?m)^id: .*$", f"id: {copy.name}", text, count=1)
            (copy / "campaign.yml").write_text(text, encoding="utf-8")
    now.forget()
    ran = now.run("build", "--date", DATE, stop_after_s=TENFOLD_S)
    found = re.search(r"Làm (\d+) ấn phẩm", ran.said)
    rows = [[f"{found[1] if found else '?'} ấn phẩm", *Goal(ran.peak_bytes / 1e6, 600, "MB").cells()]]
    done = re.findall(r"vẽ (\d+)/(\d+)", ran.said)
    notes = [f"dừng sau {TENFOLD_S} giây, khi đã vẽ {done[-1][0]} trên {done[-1][1]} bản vẽ"] if done else []
    print_table("5. Bộ nhớ khi mọi chiến dịch nhân mười (PSS)", ["", *GOAL_HEADS], rows, notes)


def _stage(said: str, stage: str) -> float:
    return next((float(seconds.replace(",", ".")) for name, seconds in STAGE.findall(said) if name == stage), 0.0)


def measure_plugin(root: Path, runs: int, folder: Path) -> None:
    """Figure 6: MkDocs through our plugin against MkDocs on the same pages written out, without it; `folder` is scratch."""
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
        f"6. Giá của plugin: MkDocs làm cùng {pages[0]} trang, giây",
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
    """Figure 7: from saving a slogan's new words until the served page and the banner's picture show them."""
    banner, words = _find_banner(root)
    source = root / "campaigns" / banner.campaign / "campaign.yml"
    written = source.read_text(encoding="utf-8")
    kept, path = root / FOLDER, root / "serve.log"
    delays, remade = [], []
    with open(path, "w", encoding="utf-8") as log:
        process = _start(root, log, "serve", "--date", f"{DAY:%d/%m/%Y}")
        try:
            site = _wait_for_address(path)
            picture, page = site + quote(thumbnail_uri(banner.path, 1)), f"{site}chien-dich/{banner.campaign}/{LIBRARY}"
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
    print_table(
        "7. loa serve: đổi một khẩu hiệu",
        ["", *GOAL_HEADS],
        [["lưu tệp → trang và ảnh băng rôn mới", *Goal(median(delays[1:]), 1.0, "giây").cells()]],
        [f"{median(remade[1:]):.0f} ấn phẩm vẽ lại; máy chủ đợi 0,1–0,35 giây sau khi tệp đổi rồi mới dựng"],
    )


def _wait_for_address(log: Path) -> str:
    """Return the address that `loa serve` says, once it does."""
    since = time.perf_counter()
    while not (found := ADDRESS.search(log.read_text(encoding="utf-8"))):
        _wait(since)
    return found[0]


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
