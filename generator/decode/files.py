"""What lies in a folder of people's: plain files that can be read, or one sentence for each that is not.

Comes in: a path. Goes out: its facts, its bytes, or problems. Nothing here opens what is no plain file: a pipe would
wait for ever.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.errors import UNSHOWN, Place, Problem, UserError

#: Longest file name in bytes that every system takes.
MAX_NAME = 240
#: Files that are read as text: a folder of such a name would be passed over without a word.
TEXTS = (".md", ".yml", ".yaml")
IS_LINK = ("là lối tắt (liên kết) đến chỗ khác, không phải tệp thật", "Xóa lối tắt rồi chép tệp thật vào chỗ đó.")
IS_FOLDER = ("là thư mục, không phải tệp", "Đổi tên thư mục, hoặc thay bằng tệp thật.")
IS_DEVICE = ("không phải tệp thường (là ống dẫn hoặc thiết bị)", "Xóa nó rồi chép tệp thật vào chỗ đó.")
IS_LOCKED = (
    "không đọc được (không có quyền, hoặc chương trình khác đang giữ)",
    "Đóng chương trình đang mở nó, hoặc nhờ người quản trị máy cấp quyền đọc.",
)
IS_BROKEN = ("không đọc được, ổ đĩa báo lỗi", "Chép lại từ bản gốc, hoặc chuyển dự án sang ổ đĩa khác.")


def look_at(path: Path, place: Place) -> os.stat_result:
    """Return the facts of a plain file that may be read.

    Raises UserError for folders, pipes, devices and locks, FileNotFoundError for what is not there.
    """
    try:
        facts = path.stat()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _tell(path, place, error) from None
    wrong = None
    if stat.S_ISDIR(facts.st_mode):
        wrong = IS_FOLDER
    elif not stat.S_ISREG(facts.st_mode):
        wrong = IS_DEVICE
    elif not os.access(path, os.R_OK):
        wrong = IS_LOCKED
    if wrong:
        raise UserError([describe(path.name, place, wrong)])
    return facts


def read_file(path: Path, place: Place) -> bytes:
    """Return the bytes of a plain file; look at its size first. Raises UserError."""
    look_at(path, place)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _tell(path, place, error) from None


def find_odd_files(root: Path, name: str) -> Iterator[Problem]:
    """Yield what lies below the folder `name` of `root` and is neither a plain file nor a folder that can be read.

    Names that no terminal shows and no system takes are told, too. Nothing is opened, no link is followed.
    """
    folders = [root / name]
    while folders:
        folder = folders.pop()
        if folder.is_symlink():
            yield describe(folder.name, _place(root, folder), IS_LINK)
            continue
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield from _tell(folder, _place(root, folder), error).problems
            continue
        for entry in entries:
            yield from _judge(entry, _place(root, Path(entry.path)))
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))


def find_shared_files(root: Path, name: str) -> Iterator[Problem]:
    """Yield one warning when files below the folder `name` are known by other names, too (hard links): whoever made
    them may have meant a file from outside to be published.
    """
    found = [path for path in sorted((root / name).rglob("*")) if _has_other_names(path)]
    if found:
        wrong = f"{len(found)} tệp trong {name}/ là liên kết cứng: cùng một tệp còn mang tên khác, có thể ở ngoài dự án"
        remedy = "Nếu không cố ý: chép tệp sang chỗ khác, xóa tệp này rồi chép lại vào."
        yield Problem(_place(root, found[0]), wrong, remedy, is_warning=True)


def _has_other_names(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return path.is_file() and path.stat().st_nlink > 1
    return False


def _judge(entry: os.DirEntry[str], place: Place) -> Iterator[Problem]:
    name = entry.name
    if UNSHOWN.search(name):
        yield Problem(place, "tên này có ký tự ẩn hoặc không phải Unicode", "Đổi tên, gõ lại bằng tay.")
    elif len(name.encode()) > MAX_NAME:
        yield Problem(place, f"tên này dài {len(name)} chữ, có máy không nhận", "Đặt tên ngắn hơn 80 chữ.")
    if entry.is_symlink():
        yield describe(name, place, IS_LINK)
    elif not entry.is_dir():
        try:
            look_at(Path(entry.path), place)
        except UserError as error:
            yield from error.problems
        except FileNotFoundError:
            return  # editors keep files for a moment while they save
    elif name.lower().endswith(TEXTS):
        yield describe(name, place, IS_FOLDER)


def _place(root: Path, path: Path) -> Place:
    return Place(path.relative_to(root).as_posix())


def _tell(path: Path, place: Place, error: OSError) -> UserError:
    return UserError([describe(path.name, place, IS_LOCKED if isinstance(error, PermissionError) else IS_BROKEN)])


def describe(name: str, place: Place, words: tuple[str, str]) -> Problem:
    """Return the problem of a file or folder called `name`: what it is instead of a plain file, and what to do."""
    wrong, remedy = words
    return Problem(place, f"“{name}” {wrong}", remedy)
