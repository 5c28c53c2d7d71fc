"""Set aside what people changed or put into build/, before a new build takes its place.

Comes in: the last build with its manifest, the draft of the next. Goes out: build-giu-lai/<day of the last build>/, and a
warning that says so. Nothing that Loa can make again is kept.
"""

from __future__ import annotations

import filecmp
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from generator.errors import Place, Problem, UserError
from generator.output.files import link_file
from generator.output.manifest import BUILD, MANIFEST, Row, read_manifest

FOLDER = "build-giu-lai"
#: The contact sheet: made on its own order, so a whole build does not make it again.
SHEET = "to-duyet"
#: Made anew as one: who made it knows what in it is not its own.
SITE = "site"
#: So many names stand in the warning.
SHOWN = 3


def set_aside(root: Path, draft: Path) -> list[Problem]:
    """Keep back what is people's own outside the website and would go with the swap; return the warning."""
    rows = _read_rows(root)
    theirs = (name for name in _find_files(root / BUILD) if _is_theirs(root, name, draft / name, rows.get(name)))
    return keep_back(root, theirs)


def keep_back(root: Path, theirs: Iterable[str]) -> list[Problem]:
    """Link files of build/ into build-giu-lai/<day of the last build>/; return a warning that says so, if there are
    any.
    """
    names = sorted(theirs)
    if not names:
        return []
    folder = _find_free(root / FOLDER, _name_day(root / BUILD))
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        link_file(root / BUILD / name, folder / name)
    shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
    wrong = f"đã giữ lại ở đây {len(names)} tệp mà người đã sửa hoặc thêm trong build/: {shown}"
    remedy = "Chuyển tệp cần dùng sang thư mục riêng; lần sau chép tệp ra khỏi build/ rồi hãy sửa."
    return [Problem(Place(folder.relative_to(root).as_posix()), wrong, remedy, is_warning=True)]


def _read_rows(root: Path) -> dict[str, Row]:
    try:
        return {row.path: row for row in read_manifest(root)}
    except UserError:
        return {}  # then everything that the draft does not hold may be people's own


def _find_files(build: Path) -> Iterator[str]:
    """Yield the files of build/ besides the website, the manifest, and what systems and Word leave in folders."""
    for path in build.rglob("*"):
        name = path.relative_to(build)
        is_litter = path.name[0] in ".~" or path.name.lower() in ("thumbs.db", "desktop.ini")
        if name.parts[0] != SITE and name != Path(MANIFEST) and not is_litter and path.is_file():
            yield name.as_posix()


def _is_theirs(root: Path, name: str, new: Path, row: Row | None) -> bool:
    """Tell whether a file of build/ holds what neither the draft has nor Loa made."""
    path, is_made_anew = root / BUILD / name, new.is_file()
    if is_made_anew and path.samefile(new):
        return False
    if row is not None and (is_made_anew or row.kind != SHEET) and _is_as_made(path, row):
        return False
    return not (is_made_anew and filecmp.cmp(path, new, shallow=False))


def _is_as_made(path: Path, row: Row) -> bool:
    return path.stat().st_size == row.bytes and hashlib.sha256(path.read_bytes()).hexdigest() == row.sha256


def _name_day(build: Path) -> str:
    """Return the day on which a build was made."""
    manifest = build / MANIFEST
    return date.fromtimestamp((manifest if manifest.is_file() else build).stat().st_mtime).isoformat()


def _find_free(folder: Path, name: str) -> Path:
    """Return a folder that does not exist yet: with a number where the name is taken."""
    tries = (folder / (f"{name}-{number}" if number > 1 else name) for number in range(1, 10_000))
    return next(path for path in tries if not path.exists())
