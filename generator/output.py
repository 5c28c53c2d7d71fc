"""The only room that writes into build/: a staging folder first, then one swap.

Comes in: made files. Goes out: build/ with its manifest; a build that stops anywhere leaves the last one whole.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from generator.errors import Place, Problem, UserError

BUILD, STAGING, PREVIOUS = "build", ".build-moi", ".build-cu"
MANIFEST = "manifest.json"
#: Linux: swap two names in one step (renameat2, RENAME_EXCHANGE).
AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; swap it in as build/ when the block ends well, drop it otherwise.

    Raises UserError when another build is running or a file of build/ is held open (Windows).
    """
    lock = FileLock(_cache(root) / "build.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UserError(
            [Problem(Place(BUILD), "đang có một lần làm khác chạy", "Đợi lần đó xong rồi chạy lại.")]
        ) from None
    draft = root / STAGING
    try:
        _recover(root)
        draft.mkdir()
        yield draft
        _swap(draft, root / BUILD, root / PREVIOUS)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        lock.release()


def write_file(folder: Path, name: str, body: bytes) -> Path:
    """Write bytes under `folder`, complete or not at all; never through a hard link to an older file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    with open(draft, "wb") as file:
        file.write(body)
    os.replace(draft, path)
    return path


@dataclass(frozen=True)
class Row:
    """One file of the manifest: what it is, its SHA-256, its size in bytes, the page its code leads to (inside the
    site).
    """

    path: str
    campaign: str
    channel: str
    kind: str
    preset: str
    purpose: str
    format: str
    sha256: str
    bytes: int
    address: str = ""


def place_file(folder: Path, name: str, source: Path, is_copied: bool) -> None:
    """Put a finished file under `folder`: linked to where it lies, or copied where people will write into it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_copied:
        shutil.copyfile(source, path)
    else:
        _link(source, path)


def write_manifest(folder: Path, rows: Iterable[Row]) -> None:
    """Write manifest.json: one row for every file made outside site/, sorted by path."""
    files = [asdict(row) for row in sorted(rows, key=lambda row: row.path)]
    body = json.dumps({"files": files}, ensure_ascii=False, indent=1) + "\n"
    write_file(folder, MANIFEST, body.encode("utf-8"))


def read_manifest(root: Path) -> list[Row]:
    """Return the rows of the last build; none when there was none. Raises UserError when the file is damaged."""
    path = root / BUILD / MANIFEST
    if not path.is_file():
        return []
    try:
        return [Row(**row) for row in json.loads(path.read_text(encoding="utf-8"))["files"]]
    except (ValueError, KeyError, TypeError):
        place, remedy = Place(f"{BUILD}/{MANIFEST}"), "Chạy “loa build” không kèm điều kiện để làm lại tất cả."
        raise UserError([Problem(place, "danh mục ấn phẩm bị hỏng", remedy)]) from None


def copy_last_build(root: Path, draft: Path, but: Iterable[str]) -> None:
    """Fill `draft` with the last build as hard links (copies where links are not possible), leaving out `but`."""
    link_folder(root / BUILD, draft, but)


def link_folder(folder: Path, target: Path, but: Iterable[str] = ()) -> None:
    """Fill `target` with the files of a folder, if there is one, as hard links, leaving out the names in `but`."""
    left_out = set(but)
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in left_out:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            _link(path, target / name)


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def _cache(root: Path) -> Path:
    folder = root / ".cache" / "loa"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _recover(root: Path) -> None:
    """Undo what a killed build left: an unfinished staging folder, or a swap stopped half-way."""
    build, previous = root / BUILD, root / PREVIOUS
    if previous.exists() and not build.exists():
        os.rename(previous, build)
    for leftover in (root / STAGING, previous):
        shutil.rmtree(leftover, ignore_errors=True)


def _swap(draft: Path, build: Path, previous: Path) -> None:
    try:
        if not build.exists():
            os.rename(draft, build)
        elif _exchange(draft, build):
            shutil.rmtree(draft, ignore_errors=True)
        else:
            os.rename(build, previous)
            os.rename(draft, build)
            shutil.rmtree(previous, ignore_errors=True)
    except PermissionError as error:
        if previous.exists() and not build.exists():
            os.rename(previous, build)
        raise UserError(
            [
                Problem(
                    Place(BUILD),
                    f"không thay được thư mục build ({error.strerror})",
                    "Đóng các tệp PDF và cửa sổ đang mở trong thư mục build rồi chạy lại.",
                )
            ]
        ) from None


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step where the system can; tell whether it was done."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    done = libc.renameat2(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE)
    if done == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
