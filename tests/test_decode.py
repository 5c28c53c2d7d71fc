from __future__ import annotations

import os
import socket
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.decode import (
    MAX_BYTES,
    decode,
    find_odd_files,
    find_shared_files,
    look_at,
    read_file,
    read_text,
    refuse_links,
    safe_path,
)
from generator.errors import Place, UserError

HERE = Place("a.yml")


def test_text_comes_out_in_nfc_with_plain_line_ends_and_spaces() -> None:
    written = unicodedata.normalize("NFD", "Tháng\u00a0hành\u200b động\r\nvề an toàn\rlao động")
    assert decode(b"\xef\xbb\xbf" + written.encode("utf-8"), HERE) == "Tháng hành động\nvề an toàn\nlao động"


@pytest.mark.parametrize(
    "fine",
    ["bụi 2,5 µm", "Citroën, façade, Müller", "½ cốc, ¼ thìa, ¾ lít – bản quyền ® thuộc về đơn vị", "Zürich µm µg"],
)
def test_foreign_names_and_units_are_no_old_font(fine: str) -> None:
    assert decode(fine.encode("utf-8"), HERE) == fine


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_and_32_are_named_with_and_without_mark(code: str) -> None:
    with pytest.raises(UserError, match="UTF-16"):
        decode("id: Tháng hành động".encode(code), HERE)


def test_the_line_of_an_old_encoding_is_told() -> None:
    with pytest.raises(UserError, match=r"^a\.yml:3: tệp không phải Unicode UTF-8"):
        decode(b"id: x\nface: y\nname: Th\xb8ng\n", HERE)


def test_size_is_checked_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"a" * MAX_BYTES)
    assert len(read_text(path, HERE)) == MAX_BYTES
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(UserError, match="1 MiB"):
        read_text(path, HERE)


def test_a_path_inside_is_found_even_when_written_in_nfd_or_with_backslashes(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "lễ.jpg").touch()
    for written in (
        "photos/lễ.jpg",
        "photos\\lễ.jpg",
        unicodedata.normalize("NFD", "photos/lễ.jpg"),
        "./photos/lễ.jpg",
    ):
        assert safe_path(tmp_path, written, HERE) == tmp_path / "photos" / "lễ.jpg"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_in_whichever_form_the_disk_spells_it(tmp_path: Path, form: str) -> None:
    folder = tmp_path / unicodedata.normalize(form, "ảnh lễ")
    folder.mkdir()
    (folder / unicodedata.normalize(form, "mở đầu.jpg")).touch()
    found = safe_path(tmp_path, "ảnh lễ/mở đầu.jpg", HERE)
    assert found.is_file() and found.parent == folder


def test_a_space_that_only_a_mac_tells_from_a_space_is_a_space(tmp_path: Path) -> None:
    (tmp_path / "Screenshot 9.41.00\u202fAM.png").touch()
    assert safe_path(tmp_path, "Screenshot 9.41.00 AM.png", HERE).is_file()


@pytest.mark.parametrize("written", ["photos/anh.jpg", "Photos/Anh.JPG", "photos/Anh.jpg"])
def test_another_letter_case_is_told_with_the_right_spelling(tmp_path: Path, written: str) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "Anh.JPG").touch()
    with pytest.raises(UserError, match=r"chữ hoa, chữ thường.*\n.*Ghi đúng là photos/Anh\.JPG"):
        safe_path(tmp_path, written, HERE)
    assert safe_path(tmp_path, "photos/Anh.JPG", HERE).is_file()


@pytest.mark.parametrize("written", ["a" * 5000, "á/" * 800 + "a", "x" * 250 + ".jpg", "con", "a.jpg:x", "a.jpg.", "."])
def test_names_that_no_system_takes_are_not_found_and_not_repeated_at_length(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.jpg").touch()
    with pytest.raises(UserError, match="không tìm thấy tệp") as told:
        safe_path(tmp_path, written, HERE)
    assert len(str(told.value)) < 300


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))


ODD_ONES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a folder": (Path.mkdir, "là thư mục, không phải tệp"),
    "a pipe": (make_pipe, "không phải tệp thường"),
    "a socket": (make_socket, "không phải tệp thường"),
}
if sys.platform == "win32":
    del ODD_ONES["a pipe"], ODD_ONES["a socket"]


@pytest.mark.parametrize("make, wrong", ODD_ONES.values(), ids=ODD_ONES)
def test_what_is_no_file_is_told_and_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], wrong: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    path = Path("a.md")
    make(path)
    for read in (look_at, read_file, read_text):
        with pytest.raises(UserError, match=f"^a\\.yml: “a\\.md” {wrong}.*\n    → ."):
            read(path, HERE)
    with pytest.raises(UserError, match=wrong):
        safe_path(tmp_path, "a.md", HERE)
    (tmp_path / "topics").mkdir()
    path.rename("topics/a.md")
    [problem] = find_odd_files(tmp_path, "topics")
    assert problem.place == Place("topics/a.md") and wrong in problem.wrong and problem.remedy


def test_a_file_without_rights_is_told_at_every_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "content" / "a.md"
    path.parent.mkdir()
    path.touch()
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        for read in (look_at, read_file, read_text):
            with pytest.raises(UserError, match=r"“a\.md” không đọc được .*\n    → ."):
                read(path, HERE)
        assert [str(problem.place) for problem in find_odd_files(tmp_path, "content")] == ["content/a.md"]

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # another program holds it: known only when it is opened
    with pytest.raises(UserError, match=r"không đọc được .*chương trình khác"):
        read_text(path, HERE)


def test_a_folder_without_rights_is_told_and_its_neighbours_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("topics", "zz.md"):
        (tmp_path / "campaigns" / name).mkdir(parents=True)
    scan = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "topics":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = sorted(find_odd_files(tmp_path, "campaigns"))
    assert [problem.place.path for problem in found] == ["campaigns/topics", "campaigns/zz.md"]
    assert "không đọc được" in found[0].wrong and found[0].remedy and not found[0].is_warning


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such names cannot be made there")
@pytest.mark.parametrize("name", [b"a\x1b[31m.jpg", b"\xff\xfe.jpg", b"a\nb.md", "a\u202egpj.exe".encode()])
def test_names_that_no_one_types_are_told_and_never_shown_raw(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "content").mkdir()
    Path(os.fsdecode(bytes(tmp_path) + b"/content/" + name)).touch()
    [problem] = find_odd_files(tmp_path, "content")
    said = str(problem)
    assert "ký tự ẩn" in said and said.count("\n") == 1
    assert said.replace("\n", "").isprintable() and said.encode()


def test_a_second_name_of_a_file_is_a_warning(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("x")
    for name in ("campaigns", "content"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.md").touch()
    assert [*find_shared_files(tmp_path, "content")] == []
    for name in ("a.md", "b.md"):
        os.link(outside, tmp_path / "content" / name)
    [problem] = find_shared_files(tmp_path, "content")
    assert problem.is_warning and problem.place.path == "content/a.md" and problem.wrong.startswith("2 tệp")
    assert [*find_shared_files(tmp_path, "campaigns")] == []


def test_a_file_that_an_editor_takes_away_meanwhile_is_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "content" / ".a.md.swp"
    path.parent.mkdir()
    path.touch()
    scan = os.scandir

    def list_and_lose(folder: Path) -> list[os.DirEntry[str]]:
        entries = [*scan(folder)]
        path.unlink()
        return entries

    monkeypatch.setattr(os, "scandir", list_and_lose)
    assert [*find_odd_files(tmp_path, "content")] == []
    assert not path.exists()


def test_a_linked_folder_is_told_whole(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "content").symlink_to(tmp_path / "there")
    [problem] = find_odd_files(tmp_path, "content")
    assert "là lối tắt" in problem.wrong
    assert [*find_odd_files(tmp_path, "nothing")] == []


@pytest.mark.parametrize("written", ["../a", "a/../../b", "/etc/passwd", "C:\\a", "c:a", "\\\\may\\a", "a\0b", "..\\a"])
def test_a_path_outside_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(UserError, match="không nằm trong thư mục dự án"):
        safe_path(tmp_path, written, HERE)


def test_links_are_refused_at_every_step(tmp_path: Path) -> None:
    (tmp_path / "ngoai").mkdir()
    (tmp_path / "ngoai" / "a.jpg").touch()
    root = tmp_path / "trong"
    root.mkdir()
    (root / "photos").symlink_to(tmp_path / "ngoai")
    with pytest.raises(UserError, match="“photos” là lối tắt"):
        safe_path(root, "photos/a.jpg", HERE)
    refuse_links(root, root / "photos2" / "a.jpg", HERE)
