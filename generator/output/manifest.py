"""The list of what was made: build/manifest.json.

Comes in: rows. Goes out: the same rows, or that they are lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.errors import Place, Problem, UserError
from generator.output.files import write_file

#: Where everything that was made lies.
BUILD = "build"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Row:
    """One file of the manifest: what it is, its SHA-256, its size in bytes, the page its code leads to (inside the
    site).
    """

    path: str
    campaign: str
    channel: str
    kind: str
    preset: str
    purpose: str
    format: str
    sha256: str
    bytes: int
    address: str = ""


def write_manifest(folder: Path, rows: Iterable[Row]) -> None:
    """Write manifest.json: one row for every file made outside site/, sorted by path."""
    files = [asdict(row) for row in sorted(rows, key=lambda row: row.path)]
    body = json.dumps({"files": files}, ensure_ascii=False, indent=1) + "\n"
    write_file(folder, MANIFEST, body.encode("utf-8"))


def read_manifest(root: Path) -> list[Row]:
    """Return the rows of the last build; none when there was none. Raises UserError when they are lost or damaged."""
    build = root / BUILD
    if not build.is_dir() or not any(build.iterdir()):
        return []
    try:
        return [_read_row(**row) for row in json.loads((build / MANIFEST).read_text(encoding="utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        place, remedy = Place(f"{BUILD}/{MANIFEST}"), "Chạy “loa build” không kèm điều kiện để làm lại tất cả."
        raise UserError([Problem(place, "danh mục ấn phẩm bị hỏng hoặc bị mất", remedy)]) from None


def _read_row(**written: Any) -> Row:
    row = Row(**written)
    if any(type(value) is not (int if name == "bytes" else str) for name, value in vars(row).items()):
        raise TypeError(written)
    return row
