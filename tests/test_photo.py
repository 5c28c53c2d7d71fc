from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import DEMO
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator import photo
from generator.errors import Place, UserError
from generator.photo import PhotoFacts, make_web_copy, read_photo

PHOTO = DEMO / "campaigns/thang-an-toan-2025/photos/le-phat-dong.jpg"
RAW = PHOTO.read_bytes()
HERE = Place("campaign.yml", 9)
GPS, ORIENTATION = 0x8825, 0x0112


def save(path: Path, size: tuple[int, int], form: str, **options: object) -> Path:
    Image.new("RGB", size, (196, 30, 58)).save(path, form, **options)
    return path


def test_the_header_tells_type_and_size_whatever_the_name(tmp_path: Path) -> None:
    assert read_photo(PHOTO, HERE) == PhotoFacts("jpg", 64, 40)
    assert read_photo(save(tmp_path / "a.jpg", (30, 20), "PNG"), HERE) == PhotoFacts("png", 30, 20)


def test_photos_of_phones_with_a_second_picture_inside_are_jpegs(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", (30, 20), "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))])
    with Image.open(path) as picture:
        assert picture.format == "MPO"
    assert read_photo(path, HERE) == PhotoFacts("jpg", 30, 20)
    assert make_web_copy(path, 10)


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP", "PDF"])
def test_other_types_are_refused(tmp_path: Path, form: str) -> None:
    with pytest.raises(UserError, match=r"“a\.jpg” không phải ảnh JPG hoặc PNG"):
        read_photo(save(tmp_path / "a.jpg", (8, 8), form), HERE)


def test_a_heavy_file_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo, "MAX_BYTES", 1_500_000)
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x" * 2_000_000)
    with pytest.raises(UserError, match="nặng 2 MB"):
        read_photo(path, HERE)


def test_a_photo_copied_half_way_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(RAW[: len(RAW) - 80])
    with pytest.raises(UserError, match="bị hỏng hoặc chép chưa xong"):
        read_photo(path, HERE)


@given(st.integers(0, len(RAW)), st.binary(max_size=12))
def test_any_damage_is_a_user_error_or_a_picture_that_can_be_copied(
    tmp_path_factory: pytest.TempPathFactory, at: int, spike: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.jpg"
    path.write_bytes(RAW[:at] + spike + RAW[at + len(spike) :])
    try:
        read_photo(path, HERE)
    except UserError:
        return
    make_web_copy(path, 32)


def test_the_web_copy_is_small_upright_and_tells_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (16.0, 4.0, 0.0)}
    exif[0x9286] = "ghi chú riêng"
    path = save(tmp_path / "a.jpg", (400, 200), "JPEG", exif=exif, comment=b"bi mat", dpi=(300, 300))
    assert b"Exif" in path.read_bytes()
    body = make_web_copy(path, 100)
    assert b"Exif" not in body
    assert b"bi mat" not in body
    with Image.open(io.BytesIO(body)) as copy:
        assert copy.size == (50, 100), "turned upright, then made smaller"
        assert not copy.getexif()
        assert "icc_profile" not in copy.info
    assert body == make_web_copy(path, 100)
