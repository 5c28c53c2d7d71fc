"""Fill a staging folder, then swap it in as build/.

Comes in: a project's folder. Goes out: an empty folder to fill; a build that stops anywhere leaves the last one whole.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from generator.errors import Place, Problem, UserError
from generator.output.manifest import BUILD

STAGING, PREVIOUS = ".build-moi", ".build-cu"
#: Linux: swap two names in one step (renameat2, RENAME_EXCHANGE).
AT_FDCWD, RENAME_EXCHANGE = -100, 2
#: What a web server needs to read.
FOLDER_MODE, FILE_MODE = 0o755, 0o644


@contextmanager
def only_one(root: Path, name: str, wrong: str) -> Iterator[None]:
    """Let no other process into a block of this name. Raises UserError, saying `wrong`, while one is in it."""
    lock = FileLock(_cache(root) / f"{name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UserError([Problem(Place(name), wrong, "Đợi lần đó xong rồi chạy lại.")]) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; swap it in as build/ when the block ends well, drop it otherwise.

    Raises UserError when another build is running, build/ is no folder, or a file of it is held open (Windows).
    """
    draft, build, previous = root / STAGING, root / BUILD, root / PREVIOUS
    with only_one(root, BUILD, "đang có một lần làm khác chạy"):
        _refuse_what_is_no_folder(build)
        _recover(draft, build, previous)
        try:
            draft.mkdir()
            yield draft
            _let_everyone_read(draft)
            _write_through(draft)
            _swap(draft, build, previous)
        finally:
            with suppress(OSError):  # what cannot be removed now is the next build's first business
                _remove(draft)
                if build.exists():  # else the swap was cut off, and this is the last build
                    _remove(previous)


def _cache(root: Path) -> Path:
    folder = root / ".cache" / "loa"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _refuse_what_is_no_folder(build: Path) -> None:
    """Refuse a build/ that is a link (nothing may be written where it leads to) or a file."""
    if build.is_symlink() or (build.exists() and build.resolve() != build.parent.resolve() / build.name):
        wrong = "thư mục build là lối tắt (liên kết) đến chỗ khác"
        remedy = "Xóa lối tắt ấy rồi chạy lại; muốn để ở ổ khác thì chuyển cả dự án sang ổ đó."
    elif build.exists() and not build.is_dir():
        wrong, remedy = "chỗ của thư mục build là một tệp", "Chuyển tệp “build” đi chỗ khác rồi chạy lại."
    else:
        return
    raise UserError([Problem(Place(BUILD), wrong, remedy)])


def _recover(draft: Path, build: Path, previous: Path) -> None:
    """Undo what a killed build left: an unfinished staging folder, or a swap stopped half-way."""
    if previous.is_dir() and not previous.is_symlink() and not build.exists():
        os.rename(previous, build)
    for leftover in (draft, previous):
        _remove(leftover)


def _remove(path: Path) -> None:
    """Remove whatever lies there, write-protected or not; of a link only itself, never what it leads to."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    try:
        shutil.rmtree(path)
    except OSError:
        _unlock(path)
        shutil.rmtree(path)


def _unlock(folder: Path) -> None:
    """Lift the write protection of a folder and everything in it."""
    folder.chmod(FOLDER_MODE)
    for here, folders, files in os.walk(folder):
        for path in (Path(here, name) for name in (*folders, *files)):
            if not path.is_symlink():
                path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def _let_everyone_read(folder: Path) -> None:
    """Let a web server read everything, whatever the umask of who builds."""
    for path in [folder, *folder.rglob("*")] if os.name == "posix" else []:
        mode = path.stat().st_mode
        wanted = mode | (FOLDER_MODE if path.is_dir() else FILE_MODE)
        if mode != wanted:
            with suppress(PermissionError):  # a file of another user, linked from the last build
                path.chmod(wanted)


def _write_through(folder: Path) -> None:
    """Wait until all lies on the disk: after a power cut, the new name must not lead to empty files."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with suppress(OSError), open(path, "r+b") as file:
                os.fsync(file)


def _write_names_through(folder: Path) -> None:
    """Wait until the names in a folder lie on the disk, where the system can."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _swap(draft: Path, build: Path, previous: Path) -> None:
    try:
        if not build.exists():
            os.rename(draft, build)
        elif not _exchange(draft, build):
            os.rename(build, previous)
            os.rename(draft, build)
    except OSError as error:
        if previous.exists() and not build.exists():
            os.rename(previous, build)
        if not isinstance(error, PermissionError):
            raise
        wrong = f"không thay được thư mục build ({error.strerror})"
        remedy = "Đóng các tệp PDF và cửa sổ đang mở trong thư mục build rồi chạy lại."
        raise UserError([Problem(Place(BUILD), wrong, remedy)]) from None
    _write_names_through(build.parent)


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
