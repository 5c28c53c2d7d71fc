"""The command: words and exit codes."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import machine
from generator.cli import main
from generator.errors import InternalError, Place, Problem
from generator.terminal import SteadyStream, print_problems

ROOT = Path(__file__).parent.parent


def run(*words: str) -> int:
    try:
        return main(list(words))
    except SystemExit as stop:
        return int(stop.code or 0)


@pytest.mark.parametrize(
    "words", [["bay"], ["build", "--date", "31/02/2025"], ["build", "--purpose", "xem"], [], ["new", "a"]]
)
def test_a_wrong_command_line_is_2_and_says_so_in_vietnamese(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    assert "Lệnh chưa đúng" in capsys.readouterr().err


def test_help_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    said = capsys.readouterr().out
    assert all(command in said for command in ("check", "build", "list", "serve", "new", "schema"))
    assert "làm trang web và ấn phẩm" in said


def test_another_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--project", str(tmp_path), "check") == 1
    assert "không phải thư mục dự án" in capsys.readouterr().err


def test_list_makes_nothing_and_names_every_file(capsys: pytest.CaptureFixture[str]) -> None:
    before = (ROOT / "build").exists()
    assert run("--project", str(ROOT), "list", "--only", "ap-phich", "--purpose", "print") == 0
    lines = [line for line in capsys.readouterr().out.split("\n") if "\t" in line]
    assert lines and all("/ap-phich-" in line for line in lines)
    assert (ROOT / "build").exists() == before


@pytest.mark.parametrize(
    ("option", "word", "near"),
    [("--only", "ap-phic", "ap-phich"), ("--campaign", "thang-an-toan-2052", "thang-an-toan-2025")],
)
def test_unknown_kind_or_campaign_gets_the_nearest_right_one(
    option: str, word: str, near: str, demo_to_read: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--project", str(demo_to_read), "list", option, word) == 1
    said = capsys.readouterr().err
    assert f"“{word}”" in said and f"Có phải ý bạn là “{near}”?" in said


def test_check_reports_coverage_of_every_plan(demo_to_read: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--project", str(demo_to_read), "check") == 0
    said = capsys.readouterr().out
    assert "Kế hoạch 001 · MỌI CHIẾN DỊCH" in said
    assert "chưa có: III.3 Tờ rơi" in said and "0 lỗi" in said


def test_ctrl_c_stops_with_its_own_code_and_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.commands.build.check", stop)
    assert run("--project", str(ROOT), "check") == 130
    said = capsys.readouterr()
    assert said.err == "\nĐã dừng theo lệnh của bạn; bản đã làm lần trước vẫn còn nguyên.\n"
    assert "Traceback" not in said.out


def fail_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("generator.commands.build.check", fail)
    return run("--project", str(ROOT), "check")


@pytest.mark.parametrize("code", sorted({*machine.REFUSALS, *machine.ALIKE, 9999}))
def test_what_the_machine_refuses_is_one_sentence_with_a_remedy(
    code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path.cwd() / "build" / "a.pdf"
    assert fail_with(OSError(code, os.strerror(code), str(path)), monkeypatch) == 1
    said = capsys.readouterr()
    first, second, *rest = said.err.split("\n")
    assert first.startswith("build/a.pdf: ") and second.startswith("    → ")
    assert rest[:4] == ["", "1 lỗi cần sửa.", "", "Chưa làm gì cả; bản đã làm lần trước vẫn còn nguyên."]
    assert "Traceback" not in said.err + said.out and "Lỗi của chương trình" not in said.err
    assert os.strerror(code) not in said.err and "{" not in said.err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OSError(errno.ENOSPC, "full"),
            "thư mục dự án: ổ đĩa đã đầy\n    → Xóa bớt tệp cho ổ đĩa còn trống ít nhất 500 MB",
        ),
        (MemoryError(), "máy này: máy không đủ bộ nhớ\n    → Đóng bớt"),
        (RecursionError(), "một tệp lồng quá nhiều tầng\n    → "),
        (
            UnicodeEncodeError("utf-8", "a\udce1b.md", 1, 2, "surrogates"),
            "a?b.md: tên tệp có chữ bị hỏng\n    → Đổi tên",
        ),
    ],
)
def test_other_faults_of_the_machine(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fail_with(error, monkeypatch) == 1
    said = capsys.readouterr().err
    assert words in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("build/so-tay.pdf", 32, "tệp đang được chương trình khác mở\n    → Đóng chương trình đọc PDF (Acrobat"),
        ("build/thong-bao.docx", 33, "tệp đang được chương trình khác mở\n    → Đóng Word rồi chạy lại."),
        ("build/thong-ke.xlsx", 32, "    → Đóng Excel rồi"),
        ("build", 32, "    → Đóng chương trình hoặc cửa sổ đang mở nó rồi"),
        ("build/" + "a" * 300, 3, "tên hoặc đường dẫn quá dài"),
        ("build/a.pdf", 5, "máy không cho đọc hoặc ghi chỗ này"),
        ("build/a.pdf", 2, "không có tệp hoặc thư mục này"),
    ],
)
def test_what_windows_says_is_told_by_its_own_numbers(name: str, code: int, words: str) -> None:
    error = OSError(errno.ENOENT if code in (2, 3) else errno.EACCES, "", name)
    error.winerror = code  # type: ignore[attr-defined]
    assert words in str(machine.explain_fault(error))


@pytest.mark.parametrize("error", [OSError("cannot identify image file"), ValueError("x"), InternalError("x")])
def test_a_fault_of_the_program_stays_one(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fail_with(error, monkeypatch) == 1
    said = capsys.readouterr().err
    assert "Traceback" in said and "Lỗi của chương trình, không phải của bạn." in said


def test_control_codes_of_a_name_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([Problem(Place("a\x1b[2Jb\u202e.md"), "dòng\u00a0này sai", "Sửa.")])
    assert capsys.readouterr().err == "a�[2Jb�.md: dòng\u00a0này sai\n    → Sửa.\n\n1 lỗi cần sửa.\n"


PROGRAM = [sys.executable, "-c", "from generator.cli import run; run()"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def start(*words: str, **settings: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*PROGRAM, *words], env=ENVIRONMENT, stderr=subprocess.PIPE, **settings)


def test_a_reader_that_leaves_stops_nothing(demo_to_read: Path) -> None:
    """`loa check | head -1`: nobody reads any more, and the work goes on to its end."""
    reading, writing = os.pipe()
    os.close(reading)
    with start("--project", str(demo_to_read), "check", stdout=writing) as command:
        os.close(writing)
        assert command.communicate()[1] == b""
    assert command.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_log_on_a_full_disk_stops_nothing(demo_to_read: Path) -> None:
    with (
        open("/dev/full", "wb") as full,
        start("--project", str(demo_to_read), "list", stdout=full) as command,
    ):
        assert command.communicate()[1] == b""
    assert command.returncode == 0


@pytest.mark.parametrize(("words", "code"), [(["list"], 0), (["list", "--only", "khong-co"], 1), (["bay"], 2)])
def test_without_any_stream_commands_still_work(words: list[str], code: int, demo_to_read: Path) -> None:
    """What pythonw and a closed window leave: no stream at all."""
    program = "import sys; sys.stdout = sys.stderr = None; from generator.cli import run; run()"
    line = [sys.executable, "-c", program, "--project", str(demo_to_read), *words]
    assert subprocess.run(line, env=ENVIRONMENT, check=False).returncode == code


def test_a_console_of_an_old_code_page_gets_what_it_knows() -> None:
    page = io.TextIOWrapper(io.BytesIO(), encoding="cp1258")
    stream = SteadyStream(page)
    print("Đã làm ấn phẩm – ✓", file=stream, flush=True)
    assert "?" in page.buffer.getvalue().decode("cp1258")  # type: ignore[attr-defined]
    page.close()
    print("nobody", file=stream, flush=True)


STOP_WHILE_LOADING = """
import importlib.abc, os, signal, sys
class Stop(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "generator.model":
            os.kill(os.getpid(), getattr(signal, sys.argv.pop(1)))
sys.meta_path.insert(0, Stop())
from generator.cli import run
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ctrl_c_while_modules_load_is_one_sentence(name: str) -> None:
    words = [sys.executable, "-c", STOP_WHILE_LOADING, name, "--project", str(ROOT), "list"]
    done = subprocess.run(words, env=ENVIRONMENT, capture_output=True, check=False)
    assert done.returncode == 130
    assert done.stderr.decode() == "\nĐã dừng theo lệnh của bạn; bản đã làm lần trước vẫn còn nguyên.\n"


@pytest.mark.parametrize("name", ["topics", "scripts", "thang-an-toan-2025", "hazards", "plans"])
def test_a_folder_that_may_not_be_read_is_told(
    name: str, demo_to_read: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else its texts would vanish from everything that is made, without a word."""
    read = Path.iterdir

    def refuse(path: Path) -> Any:
        if path.name == name:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert run("--project", str(demo_to_read), "list") == 1
    said = capsys.readouterr().err
    assert f"/{name}: máy không cho đọc hoặc ghi chỗ này\n    → Nhờ người quản trị máy cấp quyền" in said
