"""A file's name as people wrote it → the real path inside the project.

Comes in: a folder, a name from a YAML file. Goes out: the path as the disk spells it, or a UserError.
"""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from generator.decode.files import IS_LINK, describe, look_at
from generator.errors import Place, Problem, UserError, shorten
from generator.unseen import strip_unseen


def safe_path(root: Path, written: str, place: Place) -> Path:
    """Return the real path of a file that people name, confined to `root` (no links, drives, `..` or NUL).

    Composed and decomposed letters are one name (Macs write é as two). Raises UserError with `place` when the path
    leaves the project, is a link, does not exist, differs in letter case, or is no file that can be read.
    """
    reference, shown = _spell(written), shorten(written)
    parts = reference.replace("\\", "/").split("/")
    looks_foreign = PureWindowsPath(reference).drive or reference.startswith(("/", "\\")) or "\0" in reference
    if looks_foreign or ".." in parts:
        raise _refuse(
            place,
            f"“{shown}” không nằm trong thư mục dự án",
            "Chép tệp vào thư mục của chiến dịch rồi ghi tên tệp, ví dụ photos/anh-1.jpg.",
        )
    wanted = [part for part in parts if part not in ("", ".")]
    path = root
    for part in wanted:
        found = _find_name(path, part)
        if found is None:
            path = root
            break
        path /= found
        refuse_links(root, path, place)
    if path == root:
        raise _refuse(
            place,
            f"không tìm thấy tệp “{shown}”",
            f"Đặt tệp vào thư mục {root.name}/ hoặc sửa lại tên cho khớp, cả phần đuôi.",
        )
    spelt = _spell(path.relative_to(root).as_posix())
    if spelt != "/".join(wanted):
        raise _refuse(
            place,
            f"chữ hoa, chữ thường của “{shown}” khác tên tệp thật là “{spelt}”",
            f"Ghi đúng là {spelt}: trang web coi đó là hai tên khác nhau.",
        )
    look_at(path, place)
    return path


def _find_name(folder: Path, name: str) -> str | None:
    """Return how the disk spells an NFC name: the same letters first, then letters of another case."""
    try:
        there = sorted(path.name for path in folder.iterdir())
    except OSError:
        return None
    spelt = {each: _spell(each) for each in there}
    same = [each for each in there if spelt[each] == name]
    like = [each for each in there if spelt[each].casefold() == name.casefold()]
    return name if name in same else next(iter([*same, *like]), None)


def _spell(name: str) -> str:
    """Return a name as text is read: composed letters, plain spaces (Macs put a narrow one into names of pictures)."""
    return strip_unseen(name)


def refuse_links(root: Path, path: Path, place: Place) -> None:
    """Raise UserError when any step from `root` to `path` is a symbolic link."""
    step = path
    while step != root and root in step.parents:
        if step.is_symlink():
            raise UserError([describe(step.name, place, IS_LINK)])
        step = step.parent


def _refuse(place: Place, wrong: str, remedy: str) -> UserError:
    return UserError([Problem(place, wrong, remedy)])
