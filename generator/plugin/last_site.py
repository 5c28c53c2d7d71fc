"""The website of the last build, taken again as it is while nothing that shapes it has changed.

Comes in: the project's folder, what was built. Goes out: the same files, linked from build/site/; or nothing, and then
MkDocs makes them. What shapes a website: every file of the project, this program, the installed packages, the day, the
pieces.
"""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator import build, output
from generator.workshop.keys import hash_files, make_key

FACTS = Path(".cache/loa/site.json")
FOLDER = Path(output.BUILD) / "site"
#: What people write; their settings of MkDocs may lead to files beside mkdocs.yml.
FOLDERS, SETTINGS = ("campaigns", "content", "theme"), "*.y*ml"


@dataclass(frozen=True)
class LastSite:
    """The facts of a website: the key of what shaped it, its pages, and size and time (ns) of every file."""

    key: str
    pages: int
    files: dict[str, list[int]]


def find_key(root: Path, built: build.Built) -> str:
    """Return the hash of everything that shapes the website of a project."""
    theirs = [path for name in FOLDERS for path in (root / name).rglob("*") if path.is_file()]
    program = Path(__file__).parents[1]
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    pieces = [[made.piece.path, made.kept.body.sha256] for made in built.pieces]
    return make_key(
        hash_files(root, [*theirs, *root.glob(SETTINGS)]),
        hash_files(program, program.rglob("*.py")),
        [sys.version, packages, built.day.isoformat()],
        pieces,
    )


def take_again(root: Path, key: str, site_dir: Path) -> int:
    """Fill `site_dir` with the last website and return its pages; 0 when it was shaped by something else, or when a
    file of it was touched.
    """
    last = _read(root / FACTS)
    if last is None or last.key != key or dict(_find_states(root / FOLDER)) != last.files:
        return 0
    output.link_folder(root / FOLDER, site_dir)
    return last.pages


def find_foreign(root: Path, site_dir: Path) -> Iterator[str]:
    """Yield the files, by their path below build/, that people put into the last website (a host's settings, a proof of
    ownership) and that the new one in `site_dir` does not hold.
    """
    last = _read(root / FACTS)
    for path in (root / FOLDER).rglob("*") if last else ():
        name = path.relative_to(root / FOLDER).as_posix()
        if path.is_file() and last and name not in last.files and not (site_dir / name).exists():
            yield f"{FOLDER.name}/{name}"


def remember(root: Path, key: str, site_dir: Path, pages: int) -> None:
    """Note what shaped the website in `site_dir`, which is about to become build/site/."""
    facts = {"key": key, "pages": pages, "files": dict(_find_states(site_dir))}
    with suppress(OSError):  # then the next build makes the website anew, and this one is finished all the same
        output.write_file(root, FACTS.as_posix(), json.dumps(facts).encode("ascii"))


def _read(path: Path) -> LastSite | None:
    try:
        return LastSite(**json.loads(path.read_bytes())) if path.is_file() else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def _find_states(folder: Path) -> Iterator[tuple[str, list[int]]]:
    for path in folder.rglob("*"):
        if path.is_file():
            state = path.stat()
            yield path.relative_to(folder).as_posix(), [state.st_size, state.st_mtime_ns]
