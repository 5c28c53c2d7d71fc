"""Write files complete or not at all; link what lies finished elsewhere.

Comes in: bytes, or the path of a finished file. Goes out: a file under a folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path


def write_file(folder: Path, name: str, body: bytes) -> Path:
    """Write bytes under `folder`, complete or not at all; never through a hard link to an older file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    with open(draft, "wb") as file:
        file.write(body)
    os.replace(draft, path)
    return path


def place_file(folder: Path, name: str, source: Path, is_copied: bool) -> None:
    """Put a finished file under `folder`: linked to where it lies, or copied where people will write into it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_copied:
        shutil.copyfile(source, path)
    else:
        link_file(source, path)


def link_folder(folder: Path, target: Path, but: Iterable[str] = ()) -> None:
    """Fill `target` with the files of a folder, if there is one, as hard links, leaving out the names in `but`."""
    left_out = set(but)
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in left_out:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            link_file(path, target / name)


def link_file(path: Path, target: Path) -> None:
    """Link a file to where it lies; copy it where links are not possible."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)
