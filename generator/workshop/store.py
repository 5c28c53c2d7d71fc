"""Keep what was drawn: bodies and pictures as files under a key, so that only what changed is drawn again.

Comes in: a key (hash of everything that shapes a piece), a body, pictures. Goes out: where they lie, with their
facts. `output` links from here; nothing holds all bytes at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

FOLDER = Path(".cache/loa/store")
PICTURE_TYPE = ".webp"
FACTS_TYPE = ".json"


@dataclass(frozen=True)
class StoredFile:
    """A file of the store; `state` (size in bytes, time of change in ns) tells whether someone wrote to it since."""

    path: Path
    sha256: str
    size: int
    changed_ns: int

    @property
    def is_whole(self) -> bool:
        """Tell whether the file is as it was put: a file that was touched is read and compared."""
        try:
            found = self.path.stat()
            if not S_ISREG(found.st_mode):  # reading a pipe would wait for ever
                return False
            if (found.st_size, found.st_mtime_ns) == (self.size, self.changed_ns):
                return True
            return found.st_size == self.size and _sum_up(self.path.read_bytes()) == self.sha256
        except OSError:
            return False


@dataclass(frozen=True)
class Kept:
    """A finished piece in the store: its file, and the pictures of its pages."""

    body: StoredFile
    pictures: tuple[StoredFile, ...] = ()


class Store:
    """A folder of finished pieces: for every key a body, its pictures, and one small file of facts, written last.

    The facts begin with a checksum of themselves and their key: what cannot be trusted is drawn again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Kept | None:
        """Return what is kept under `key`; None when there is nothing, or when a file of it is damaged."""
        path = self._home(key) / f"{key}{FACTS_TYPE}"
        try:
            checksum, _, facts = (path.read_bytes() if path.is_file() else b"").partition(b"\n")
            if checksum.decode("ascii") != _vouch(key, facts):
                return None
            body, *pictures = (self._read_row(key, *row) for row in json.loads(facts))
        except (OSError, ValueError, TypeError):
            return None
        kept = Kept(body, tuple(pictures))
        return kept if all(file.is_whole for file in (body, *pictures)) else None

    def put(self, key: str, body: bytes, pictures: Sequence[bytes] = ()) -> Kept:
        """Keep a piece under `key` and return where it lies. Raises OSError: a full disk costs the piece, never half of
        one.
        """
        home = self._home(key)
        names = [key, *(f"{key}-{number}{PICTURE_TYPE}" for number in range(1, len(pictures) + 1))]
        if home.is_file() or home.is_symlink():
            home.unlink()
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK | os.X_OK):
            home.chmod(0o755)
        rows = [_write(home / name, part) for name, part in zip(names, (body, *pictures), strict=True)]
        facts = json.dumps(rows).encode("ascii")
        _write(home / f"{key}{FACTS_TYPE}", _vouch(key, facts).encode("ascii") + b"\n" + facts)
        first, *others = (self._read_row(key, *row) for row in rows)
        return Kept(first, tuple(others))

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop everything that no piece of this project needs any more, where the disk lets us."""
        wanted = set(keys)
        with suppress(OSError):
            for path in self.folder.glob("??/*"):
                if path.name[:64] not in wanted:
                    with suppress(OSError):
                        path.unlink(missing_ok=True)

    def _home(self, key: str) -> Path:
        return self.folder / key[:2]

    def _read_row(self, key: str, name: str, sha256: str, size: int, changed_ns: int) -> StoredFile:
        if not name.startswith(key) or Path(name).name != name:
            raise ValueError(name)
        return StoredFile(self._home(key) / name, str(sha256), int(size), int(changed_ns))


def _write(path: Path, part: bytes) -> tuple[str, str, int, int]:
    """Write a file, complete or not at all, and return its row of facts."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(part)
        if path.is_dir():  # someone's folder under a name of ours
            shutil.rmtree(path)
        os.replace(draft, path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return path.name, _sum_up(part), len(part), path.stat().st_mtime_ns


def _vouch(key: str, facts: bytes) -> str:
    """Return the checksum of facts and of whose they are: facts that were exchanged are none."""
    return _sum_up(key.encode("ascii") + facts)


def _sum_up(part: bytes) -> str:
    return hashlib.sha256(part).hexdigest()
