from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from generator.decode import MAX_BYTES, decode, read_text, refuse_links, safe_path
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
