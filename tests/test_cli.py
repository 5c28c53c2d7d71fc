"""The command: words and exit codes."""

from pathlib import Path

import pytest

from generator.cli import main

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

    monkeypatch.setattr("generator.cli.build.check", stop)
    assert run("--project", str(ROOT), "check") == 130
    said = capsys.readouterr()
    assert said.err == "\nĐã dừng theo lệnh của bạn; bản đã làm lần trước vẫn còn nguyên.\n"
    assert "Traceback" not in said.out
