from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from conftest import DEMO, ROOT
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from generator.errors import Place, UserError
from generator.photo import PhotoFacts, judge, make_logo_copy, make_web_copy, read_photo

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
    monkeypatch.setattr(judge, "MAX_BYTES", 1_500_000)
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


# Colours

Colour = tuple[int, ...]
INKS_OF_A_PRESS = (ROOT / "theme/icc/FOGRA39L_coated.icc").read_bytes()


def make_profile(*xyz: tuple[float, float, float]) -> bytes:
    """Return an ICC profile (v2, gamma 2.2) of a screen whose red, green and blue are these XYZ (D50)."""

    def number(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def place(tag: bytes, x: float, y: float, z: float) -> tuple[bytes, bytes]:
        return tag, b"XYZ " + bytes(4) + number(x) + number(y) + number(z)

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags = [
        (b"cprt", b"text" + bytes(4) + b"no\0\0"),
        (b"desc", b"desc" + bytes(4) + struct.pack(">I", 2) + b"x" + bytes(85)),
    ]
    tags += [
        place(b"wtpt", 0.9642, 1, 0.8249),
        *(place(tag, *one) for tag, one in zip((b"rXYZ", b"gXYZ", b"bXYZ"), xyz, strict=True)),
    ]
    tags += [(tag, curve) for tag in (b"rTRC", b"gTRC", b"bTRC")]
    at, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for tag, content in tags:
        table += tag + struct.pack(">II", at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I", at + len(body)) + bytes(4) + b"\x02\x40\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    return head + number(0.9642) + number(1) + number(0.8249) + bytes(48) + table + body


#: Adobe RGB (1998), adapted to D50; the gamma of Display P3 differs, its colours are these (Apple).
ADOBE_RGB = make_profile((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
DISPLAY_P3 = make_profile((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def make_palette(colour: Colour, **options: object) -> tuple[Image.Image, dict[str, object]]:
    picture = Image.new("P", (16, 16), 3)
    picture.putpalette([0] * 9 + list(colour) + [0] * 756)
    return picture, options


def make(mode: str, colour: Colour | int, **options: object) -> tuple[Image.Image, dict[str, object]]:
    return Image.new(mode, (16, 16), colour), options


PNGS: dict[str, tuple[tuple[Image.Image, dict[str, object]], Colour]] = {
    "clear turns white": (make("RGBA", (255, 0, 0, 0)), (255, 255, 255)),
    "half clear": (make("RGBA", (255, 0, 0, 128)), (255, 127, 127)),
    "clear grey": (make("LA", (0, 0)), (255, 255, 255)),
    "half clear grey": (make("LA", (0, 128)), (127, 127, 127)),
    "palette": (make_palette((10, 200, 30)), (10, 200, 30)),
    "palette with a clear colour": (make_palette((10, 200, 30), transparency=3), (255, 255, 255)),
    "palette, half clear": (make_palette((0, 0, 0), transparency=b"\xff\xff\xff\x80"), (127, 127, 127)),
    "palette with a profile": (make_palette((220, 40, 41), icc_profile=DISPLAY_P3), (241, 0, 14)),
    "a clear colour": (make("RGB", (1, 2, 3), transparency=(1, 2, 3)), (255, 255, 255)),
    "a clear grey": (make("L", 77, transparency=77), (255, 255, 255)),
    "one bit": (make("1", 1), (255, 255, 255)),
    "one bit, black": (make("1", 0), (0, 0, 0)),
    "one bit, black is clear": (make("1", 0, transparency=0), (255, 255, 255)),
    "grey": (make("L", 77), (77, 77, 77)),
    "16 bits of grey": (make("I;16", 0x8000), (128, 128, 128)),
    "16 bits of dark grey": (make("I;16", 0x2000), (32, 32, 32)),
    "16 bits, a clear grey": (make("I;16", 0x2000, transparency=0x2000), (255, 255, 255)),
    "clear with a profile": (make("RGBA", (220, 40, 41, 255), icc_profile=DISPLAY_P3), (241, 0, 14)),
    "grey that kept a profile of colours": (make("L", 77, icc_profile=SRGB), (77, 77, 77)),
    "moving: its first picture": (
        make("RGB", (9, 99, 199), save_all=True, append_images=[Image.new("RGB", (16, 16))]),
        (9, 99, 199),
    ),
}
JPEGS: dict[str, tuple[tuple[Image.Image, dict[str, object]], Colour]] = {
    "grey": (make("L", 77), (77, 77, 77)),
    "sRGB": (make("RGB", (200, 40, 20), icc_profile=SRGB), (200, 40, 20)),
    "Display P3": (make("RGB", (220, 40, 41), icc_profile=DISPLAY_P3), (241, 0, 14)),
    "Adobe RGB": (make("RGB", (180, 60, 50), icc_profile=ADOBE_RGB), (209, 58, 47)),
    "a broken profile": (make("RGB", (200, 40, 20), icc_profile=b"abc" * 99), (200, 40, 20)),
    "a profile cut off": (make("RGB", (200, 40, 20), icc_profile=DISPLAY_P3[:300]), (200, 40, 20)),
    "a profile of other colours": (make("RGB", (200, 40, 20), icc_profile=INKS_OF_A_PRESS), (200, 40, 20)),
    "inks": (make("CMYK", (0, 255, 255, 0)), (255, 0, 0)),
    "inks, black": (make("CMYK", (0, 0, 0, 255)), (0, 0, 0)),
    "inks, bare paper": (make("CMYK", (0, 0, 0, 0)), (255, 255, 255)),
    "inks of a press": (make("CMYK", (0, 255, 255, 0), icc_profile=INKS_OF_A_PRESS), (227, 9, 23)),
    "inks with a profile of colours": (make("CMYK", (0, 255, 255, 0), icc_profile=SRGB), (255, 0, 0)),
}


def read_copy(path: Path) -> Image.Image:
    read_photo(path, HERE)
    copy = Image.open(io.BytesIO(make_web_copy(path, 64)))
    assert copy.format == "JPEG" and copy.mode == "RGB"
    assert not {"exif", "icc_profile", "comment", "xmp", "transparency"} & set(copy.info)
    return copy


def differ(found: object, right: Colour) -> int:
    assert isinstance(found, tuple) and len(found) == len(right)
    return max(abs(one - other) for one, other in zip(found, right, strict=True))


@pytest.mark.parametrize(("given", "right"), [*PNGS.values()], ids=PNGS)
def test_a_png_keeps_its_colours(tmp_path: Path, given: tuple[Image.Image, dict[str, object]], right: Colour) -> None:
    picture, options = given
    picture.save(tmp_path / "a.png", **options)  # type: ignore[arg-type]
    assert differ(read_copy(tmp_path / "a.png").getpixel((8, 8)), right) <= 3


@pytest.mark.parametrize(("given", "right"), [*JPEGS.values()], ids=JPEGS)
def test_a_jpeg_keeps_its_colours(tmp_path: Path, given: tuple[Image.Image, dict[str, object]], right: Colour) -> None:
    picture, options = given
    picture.save(tmp_path / "a.jpg", quality=98, **options)  # type: ignore[arg-type]
    assert differ(read_copy(tmp_path / "a.jpg").getpixel((8, 8)), right) <= 4


@pytest.mark.parametrize(
    ("depth", "kind", "row", "clear", "right"),
    [
        (4, 0, b"\x77" * 4, b"\0\7", (255, 255, 255)),
        (2, 0, b"\x55" * 2, b"\0\1", (255, 255, 255)),
        (4, 0, b"\x77" * 4, b"\0\6", (119, 119, 119)),
        (16, 2, b"\xc8\x12\x28\x34\x14\x56" * 8, b"\xc8\x12\x28\x34\x14\x56", (255, 255, 255)),
        (16, 2, b"\xc8\x12\x28\x34\x14\x56" * 8, b"\0\x12\x28\x34\x14\x56", (200, 40, 20)),
    ],
)
def test_a_clear_colour_is_clear_in_every_depth(
    tmp_path: Path, depth: int, kind: int, row: bytes, clear: bytes, right: Colour
) -> None:
    """Programs that make PNGs smaller write few bits and one clear colour in place of alpha."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, depth, kind, 0, 0, 0)) + chunk(b"tRNS", clear)
    body = chunk(b"IDAT", zlib.compress((b"\0" + row) * 8)) + chunk(b"IEND", b"")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + head + body)
    assert differ(read_copy(tmp_path / "a.png").getpixel((4, 4)), right) <= 3


def test_inks_written_as_brightness_and_two_colours_are_read(tmp_path: Path) -> None:
    """Photoshop writes YCCK: the first three inks as YCbCr, which the Adobe marker says."""
    inks = Image.new("RGB", (16, 16), (0, 200, 120)).convert("YCbCr").split()
    stored = Image.merge(
        "CMYK", [*(band.point(lambda value: 255 - value) for band in inks), Image.new("L", (16, 16), 30)]
    )
    body = io.BytesIO()
    stored.save(body, "JPEG", quality=98)
    head, adobe, rest = body.getvalue().partition(b"Adobe\0d\0\0\0\0")
    (tmp_path / "a.jpg").write_bytes(head + adobe + b"\2" + rest[1:])
    assert adobe and rest[0] == 0
    right = (225, 225 - 200 * 225 // 255, 225 - 120 * 225 // 255)
    assert differ(read_copy(tmp_path / "a.jpg").getpixel((8, 8)), right) <= 4


def test_a_logo_comes_in_the_colours_of_the_screen_whatever_its_mode(tmp_path: Path) -> None:
    for (picture, options), right in PNGS.values():
        picture.save(tmp_path / "a.png", **options)  # type: ignore[arg-type]
        png, *_ = make_logo_copy(tmp_path / "a.png", 64)
        with Image.open(io.BytesIO(png)) as copy:
            assert copy.mode == "RGBA" and "icc_profile" not in copy.info
            on_white = Image.alpha_composite(Image.new("RGBA", copy.size, "white"), copy)
            assert differ(on_white.convert("RGB").getpixel((8, 8)), right) <= 2


# What is refused


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def write_png_head(path: Path, width: int, height: int) -> Path:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))
    return path


@pytest.mark.parametrize(
    ("size", "wrong"),
    [
        ((10_000, 6_000), "có 60 triệu điểm ảnh"),
        ((60_000, 60_000), "có quá nhiều điểm ảnh"),
        ((1, 49_000_000), r"có 1 × 49\.000\.000 điểm ảnh, mỗi cạnh nhiều nhất là 30\.000"),
        ((30_001, 10), r"có 30\.001 × 10 điểm ảnh"),
    ],
)
def test_the_header_alone_refuses_what_would_eat_the_memory(tmp_path: Path, size: tuple[int, int], wrong: str) -> None:
    with pytest.raises(UserError, match=f"“a.png” {wrong}.*\n    → ."):
        read_photo(write_png_head(tmp_path / "a.png", *size), HERE)


FOREIGN = {
    "ảnh GIF": b"GIF89a",
    "ảnh WebP": b"RIFF\x10\0\0\0WEBPVP8 ",
    "ảnh BMP": b"BM\x10\0",
    "ảnh TIFF hoặc ảnh thô": b"II*\0\x08\0",
    "ảnh HEIC": b"\0\0\0\x18ftypheic\0\0\0\0",
    "ảnh AVIF": b"\0\0\0\x1cftypavif\0\0\0\0",
    "đoạn phim": b"\0\0\0\x18ftypqt  \0\0\0\0",
    "tệp Photoshop": b"8BPS\0\1",
    "hình vẽ SVG": b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- Illustrator -->\n<svg>',
    "trang web": b"\n<!DOCTYPE html><title>404</title>",
    "tệp PDF hoặc Illustrator": b"%PDF-1.7",
    "tệp Word hoặc tệp nén": b"PK\3\4",
}


@pytest.mark.parametrize(("sort", "start"), FOREIGN.items(), ids=FOREIGN)
def test_what_is_no_jpg_is_called_by_its_name_whatever_it_is_named(tmp_path: Path, sort: str, start: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(start + bytes(64))
    with pytest.raises(UserError, match=f"“a.jpg” không phải ảnh JPG hoặc PNG mà là {sort}.*\n    → .*lưu lại"):
        read_photo(path, HERE)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    with pytest.raises(UserError, match="trống"):
        read_photo(tmp_path / "a.jpg", HERE)


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("a.html", "a.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("a.svg", "a.jpg"),
        ("a.jpg.php", "a.jpg.jpg"),
        ("z1.jfif", "z1.jpg"),
        ("a", "a.jpg"),
    ],
)
def test_a_picture_that_is_not_named_like_one_is_refused(tmp_path: Path, name: str, better: str) -> None:
    with pytest.raises(UserError, match=f"phải có đuôi .jpg, .jpeg, .png\n    → Đổi tên tệp thành “{better}”"):
        read_photo(save(tmp_path / name, (8, 8), "JPEG"), HERE)


@pytest.mark.parametrize("name", ["A.JPG", "a.jpeg", "a.Png"])
def test_the_ending_may_be_that_of_the_other_type(tmp_path: Path, name: str) -> None:
    assert read_photo(save(tmp_path / name, (8, 8), "JPEG"), HERE).type == "jpg"
    assert read_photo(save(tmp_path / name, (8, 8), "PNG"), HERE).type == "png"


@pytest.mark.parametrize(("form", "options"), [("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True})])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, form: str, options: dict[str, object]) -> None:
    path = tmp_path / "a.png"
    Image.effect_noise((200, 200), 80).save(path, form, **options)
    whole = path.read_bytes()
    for share in (0.1, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(UserError, match="bị hỏng hoặc chép chưa xong"):
            read_photo(path, HERE)


def test_a_file_that_ends_in_zeros_where_its_copy_stopped_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.effect_noise((200, 200), 80).save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2].ljust(len(whole), b"\0"))
    with pytest.raises(UserError, match="bị hỏng hoặc chép chưa xong"):
        read_photo(path, HERE)


def repeat_last_scan(body: bytes, times: int) -> bytes:
    start, end = body.rindex(b"\xff\xda"), body.rindex(b"\xff\xd9")
    return body[:end] + body[start:end] * times + body[end:]


def test_passes_over_one_picture_are_counted_and_limited(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", (64, 64), "JPEG", progressive=True)
    body = path.read_bytes()
    scans = body.count(b"\xff\xda")
    path.write_bytes(repeat_last_scan(body, judge.MAX_SCANS - scans))
    read_photo(path, HERE)
    path.write_bytes(repeat_last_scan(body, judge.MAX_SCANS - scans + 1))
    with pytest.raises(UserError, match="nén thành hơn 100 lớp"):
        read_photo(path, HERE)


def test_a_film_behind_the_picture_and_a_picture_in_its_head_are_no_passes(tmp_path: Path) -> None:
    """Phones hang a film of some seconds on a photo, and put small pictures into its head."""
    many = b"\xff\xda\0\2" * 200
    path = save(tmp_path / "a.jpg", (64, 64), "JPEG", comment=many)
    path.write_bytes(path.read_bytes() + b"\0\0\0\x18ftypmp42" + many)
    assert read_photo(path, HERE).type == "jpg"
    assert many not in make_web_copy(path, 32)


# What Pillow says


def test_no_warning_of_the_library_is_heard(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    odd_exif = b"Exif\0\0II*\0\x08\0\0\0\2\0" + struct.pack("<HHIIHHII", 0x010F, 2, 300, 5000, ORIENTATION, 3, 1, 6)
    turned = save(tmp_path / "a.jpg", (40, 20), "JPEG", exif=odd_exif + bytes(4))
    assert read_copy(turned).size == (20, 40), "turned, although another line of its EXIF is broken"
    moving = save(tmp_path / "b.png", (8, 8), "PNG")
    body = moving.read_bytes()
    moving.write_bytes(body[:33] + chunk(b"acTL", bytes(8)) + body[33:])
    read_copy(moving)
    assert [str(warning.message) for warning in recwarn] == []


@given(st.integers(0, 200), st.binary(max_size=12), st.sampled_from(["P", "LA", "RGBA", "I;16", "1"]))
def test_any_damage_of_a_png_is_a_user_error_or_a_picture_that_can_be_copied(
    tmp_path_factory: pytest.TempPathFactory, at: int, spike: bytes, mode: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.png"
    Image.new(mode, (9, 7)).save(path)
    body = path.read_bytes()
    path.write_bytes(body[:at] + spike + body[at + len(spike) :])
    try:
        read_photo(path, HERE)
    except UserError:
        return
    make_web_copy(path, 32)
    make_logo_copy(path, 32)
