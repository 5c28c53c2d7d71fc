"""What the machine refuses (a full disk, no rights, a file held open), said in one sentence with what to do.

Comes in: an exception. Goes out: one Problem, or None for what is a fault of the program itself.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import Place, Problem, UserError

#: What a build of the whole project writes, with its store: 300 MB were measured; the rest is for the system.
ROOM_MB = 500
#: Windows takes no longer path from most programs (MAX_PATH).
LONGEST_PATH = 260
HELD = "tệp đang được chương trình khác mở", "Đóng {program} rồi chạy lại."
FULL = "ổ đĩa đã đầy", f"Xóa bớt tệp cho ổ đĩa còn trống ít nhất {ROOM_MB} MB rồi chạy lại."
LONG = "tên hoặc đường dẫn quá dài", "Đặt tên ngắn hơn, hoặc chuyển cả dự án vào thư mục có đường dẫn ngắn như D:/loa."
MEMORY = "máy không đủ bộ nhớ", "Đóng bớt chương trình khác rồi chạy lại."
#: errno → what is wrong, what to do.
REFUSALS = {
    errno.ENOSPC: FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): FULL,
    errno.EACCES: (
        "máy không cho đọc hoặc ghi chỗ này",
        "Nhờ người quản trị máy cấp quyền, hoặc chép cả dự án vào thư mục của bạn rồi chạy lại.",
    ),
    errno.EROFS: ("ổ đĩa này chỉ cho đọc", "Chép cả dự án sang ổ đĩa ghi được rồi chạy lại."),
    errno.EADDRINUSE: (
        "cổng trên máy này đang có chương trình khác dùng",
        "Đóng cửa sổ “loa serve” đang mở rồi chạy lại.",
    ),
    errno.ENAMETOOLONG: LONG,
    errno.EISDIR: ("chỗ này là thư mục, Loa cần một tệp", "Chuyển thư mục ấy đi chỗ khác rồi chạy lại."),
    errno.ENOTDIR: ("chỗ này là tệp, Loa cần một thư mục", "Chuyển tệp ấy đi chỗ khác rồi chạy lại."),
    errno.ENOENT: (
        "không có tệp hoặc thư mục này (có thể vừa bị xóa hay đổi tên)",
        "Xem lại tên và chỗ để rồi chạy lại.",
    ),
    errno.EBUSY: HELD,
    errno.ELOOP: ("lối tắt (liên kết) không dẫn tới đâu", "Xóa lối tắt, chép tệp thật vào chỗ đó rồi chạy lại."),
    errno.EIO: (
        "ổ đĩa đọc ghi bị lỗi",
        "Chép dự án sang ổ đĩa khác ngay, rồi nhờ người phụ trách kỹ thuật xem ổ đĩa này.",
    ),
    errno.EMFILE: ("máy đang mở quá nhiều tệp", "Đóng bớt chương trình khác rồi chạy lại."),
    errno.ENOMEM: MEMORY,
}
#: Other numbers for the same.
ALIKE = {
    errno.EPERM: errno.EACCES,
    errno.EEXIST: errno.ENOTDIR,
    errno.ETXTBSY: errno.EBUSY,
    errno.ENOTEMPTY: errno.EBUSY,
    errno.ENFILE: errno.EMFILE,
}
#: What Loa keeps to save time; nothing in it is people's own.
CACHE, OBSTACLES = ".cache", {errno.EACCES, errno.EISDIR, errno.ENOTDIR}
MAKE_AGAIN = "Xóa “.cache” trong thư mục dự án rồi chạy lại: Loa tự làm lại những gì ở trong đó."
#: Windows' own numbers where its errno says less: sharing and lock violations, a name too long.
WINDOWS = {32: HELD, 33: HELD, 206: LONG}
OTHER = (
    "máy không cho đọc hoặc ghi chỗ này (mã lỗi {code})",
    "Khởi động lại máy rồi chạy lại; nếu vẫn vậy, gửi dòng này cho người phụ trách kỹ thuật.",
)
#: Who holds a file open, by its ending.
PROGRAMS = {".pdf": "chương trình đọc PDF (Acrobat, trình duyệt)", ".docx": "Word", ".xlsx": "Excel"}
OPENER = "chương trình hoặc cửa sổ đang mở nó"


@contextmanager
def faults_told() -> Iterator[None]:
    """Raise UserError for what the machine refuses inside the block."""
    try:
        yield
    except (OSError, MemoryError, RecursionError, UnicodeEncodeError) as error:
        problem = explain_fault(error)
        if problem is None:
            raise
        raise UserError([problem]) from error


def explain_fault(error: BaseException) -> Problem | None:
    """Return what the machine refused, in Vietnamese; None when the fault is the program's own."""
    if isinstance(error, OSError) and error.errno is not None:
        return _explain_refusal(error)
    if isinstance(error, MemoryError):
        return Problem(Place("máy này"), *MEMORY)
    if isinstance(error, RecursionError):
        wrong, remedy = "một tệp lồng quá nhiều tầng", "Xem lại tệp vừa sửa: bớt số tầng danh sách, trích dẫn, ngoặc."
        return Problem(Place("campaigns, content"), wrong, remedy)
    if isinstance(error, UnicodeEncodeError):
        place = Place(error.object.encode("utf-8", "replace").decode("utf-8"))
        return Problem(place, "tên tệp có chữ bị hỏng", "Đổi tên tệp ấy: chữ thường không dấu và gạch nối.")
    return None


def _explain_refusal(error: OSError) -> Problem:
    path = Path(str(error.filename2 or error.filename or "."))
    if error.errno == errno.ENOTDIR:
        path = next((step for step in (path, *path.parents) if step.is_file()), path)
    wrong, remedy = _find_words(error, path)
    if CACHE in path.parts and ALIKE.get(error.errno or 0, error.errno) in OBSTACLES:
        remedy = MAKE_AGAIN
    program = PROGRAMS.get(path.suffix.lower(), OPENER)
    return Problem(Place(_show(path)), wrong.format(code=error.errno), remedy.format(program=program))


def _find_words(error: OSError, path: Path) -> tuple[str, str]:
    code, windows = error.errno or 0, getattr(error, "winerror", None)
    if windows in WINDOWS:
        return WINDOWS[windows]
    if windows is not None and code == errno.ENOENT and len(str(path)) >= LONGEST_PATH:
        return LONG
    return REFUSALS.get(ALIKE.get(code, code), OTHER)


def _show(path: Path) -> str:
    """Return the path as people see it: inside the open folder where it lies there."""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) and path != here else path
    return "thư mục dự án" if shown == Path() else shown.as_posix()
