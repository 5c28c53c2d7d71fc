"""`make bench`: the figures of Loa, medians and ratios of one run, each beside its goal. No test looks at time.

    python tests/bench [--runs 15] [--only press,poster,build,tenfold,plugin,serve]

Works on a copy of the project in a temporary folder; needs the dev environment, and Chromium for its rows of figure 2.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
import time
from pathlib import Path

from before import Program, check_out
from press import Press, compare_first_with_repeat, compare_with_html
from project import measure_build, measure_plugin, measure_serve, measure_tenfold

from generator.errors import UserError
from generator.project import read_project

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("press", "poster", "build", "tenfold", "plugin", "serve")
NEEDED = ("campaigns", "content", "theme", "mkdocs.yml")


def main() -> None:
    """Copy the project, measure the parts asked for, print their tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10, help="documents per engine; whole builds: a fifth, at least 2")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    asked = parser.parse_args()
    wanted, few, since = asked.only.split(","), max(2, asked.runs // 5), time.perf_counter()
    print(
        f"Loa, số đo: {platform.system()}, {os.cpu_count()} lõi, Python {platform.python_version()}; trung vị, "
        f"{asked.runs} lượt một tệp, {few} lượt một lần làm cả dự án, các bên chạy xen kẽ"
    )
    _print_load()
    with tempfile.TemporaryDirectory() as scratch:
        root, folder = Path(scratch) / "loa", Path(scratch) / "khac"
        folder.mkdir()
        copy_project(root)
        project, problems = read_project(root)
        if project is None:
            raise UserError(problems)
        if "press" in wanted:
            compare_first_with_repeat(Press(project), asked.runs)
        if "poster" in wanted:
            compare_with_html(Press(project), asked.runs, folder)
        if "build" in wanted:
            measure_build(Program(ROOT, root), check_out(folder / "truoc"), few)
        if "tenfold" in wanted:
            copy_project(Path(scratch) / "muoi-lan")
            measure_tenfold(Program(ROOT, Path(scratch) / "muoi-lan"))
        if "plugin" in wanted:
            measure_plugin(root, few, folder)
        if "serve" in wanted:
            measure_serve(root, few)
    _print_load()
    print(f"\nĐo xong sau {time.perf_counter() - since:.0f} giây.")


def _print_load() -> None:
    if hasattr(os, "getloadavg"):
        busy = os.getloadavg()[0]
        print(f"Máy: tải {busy:.1f} trên {os.cpu_count()} lõi" + (" (bận: số tuyệt đối sẽ xấu đi)" if busy > 1 else ""))


def copy_project(root: Path) -> None:
    """Copy what people write and the theme; the program itself runs from where it is installed."""
    root.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy2(source, root / name)


if __name__ == "__main__":
    main()
