"""What a file is by its first bytes, whatever its name says.

Comes in: bytes. Goes out: what people call such a file, in Vietnamese; empty when nobody knows.
"""

from __future__ import annotations

#: JPEG and PNG, the two that are taken, by their first bytes.
TAKEN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
#: First bytes of what phones, scanners, designers, Word and Zalo hand out instead.
SORTS = (
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"II*\0", "ảnh TIFF hoặc ảnh thô (RAW)"),
    (b"MM\0*", "ảnh TIFF hoặc ảnh thô (RAW)"),
    (b"II+\0", "ảnh TIFF"),
    (b"FUJIFILM", "ảnh thô (RAW)"),
    (b"IIU\0", "ảnh thô (RAW)"),
    (b"IIRO", "ảnh thô (RAW)"),
    (b"8BPS", "tệp Photoshop (PSD)"),
    (b"\xff\x0a", "ảnh JPEG XL"),
    (b"\0\0\0\x0cJXL ", "ảnh JPEG XL"),
    (b"\0\0\0\x0cjP  ", "ảnh JPEG 2000"),
    (b"\0\0\1\0", "biểu tượng ICO"),
    (b"%PDF", "tệp PDF hoặc Illustrator"),
    (b"%!PS", "tệp PostScript (EPS)"),
    (b"\xc5\xd0\xd3\xc6", "tệp PostScript (EPS)"),
    (b"PK\3\4", "tệp Word hoặc tệp nén"),
    (b"\xd0\xcf\x11\xe0", "tệp Office đời cũ"),
    (b"\xd7\xcd\xc6\x9a", "hình WMF"),
    (b"<svg", "hình vẽ SVG"),
    (b"<!DOCTYPE svg", "hình vẽ SVG"),
    (b"<!DOCTYPE html", "trang web"),
    (b"<html", "trang web"),
)
#: What the fourth word of an ISO media file (…ftyp) says that it is.
BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "ảnh AVIF"),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "ảnh HEIC"),
    b"crx ": "ảnh thô (RAW)",
}


def name_sort(raw: bytes) -> str:
    """Return what people call a file that begins like this, or nothing."""
    start = raw[:512]
    if start[4:8] == b"ftyp":
        return BRANDS.get(start[8:12], "đoạn phim")
    if start[:4] == b"RIFF":
        return "ảnh WebP" if start[8:12] == b"WEBP" else ""
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if words.startswith(b"<?xml"):
        return "hình vẽ SVG" if b"<svg" in raw[:4096] else ""
    return next((name for mark, name in SORTS if start.startswith(mark) or words.startswith(mark)), "")
