"""Keep what was drawn, so that only what changed is drawn again.

Comes in: a key (hash of everything that shapes a piece) and blobs. Goes out: the blobs, or None when they are missing or
damaged. Called by `workshop`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

FOLDER = Path(".cache/loa")


def make_key(*parts: object) -> str:
    """Return the SHA-256 of JSON-able parts."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hash_files(paths: Iterable[Path]) -> str:
    """Return one SHA-256 over names and bytes of files, in sorted order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode("utf-8"))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Cache:
    """A folder of drawn pieces, one file a key: a header line with sizes and a checksum, then the blobs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> tuple[bytes, ...] | None:
        """Return the blobs of `key`; None when there are none or the file is damaged."""
        try:
            head, _, payload = (self.folder / key).read_bytes().partition(b"\n")
            sizes, checksum = json.loads(head)
            if _sum_up(sizes, payload) != checksum or sum(sizes) != len(payload):
                return None
        except (OSError, ValueError, TypeError):
            return None
        ends = [sum(sizes[: index + 1]) for index in range(len(sizes))]
        return tuple(payload[end - size : end] for size, end in zip(sizes, ends, strict=True))

    def put(self, key: str, blobs: Sequence[bytes]) -> None:
        """Keep the blobs under `key`; a full disk costs the cache entry, never a truncated one."""
        payload = b"".join(blobs)
        sizes = [len(blob) for blob in blobs]
        head = json.dumps([sizes, _sum_up(sizes, payload)]).encode("ascii")
        draft = self.folder / f"{key}.{os.getpid()}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(head + b"\n" + payload)
            os.replace(draft, self.folder / key)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop every entry that no piece of this project needs any more."""
        wanted = set(keys)
        for path in self.folder.glob("[0-9a-f]*"):
            if path.is_file() and path.name not in wanted:
                path.unlink(missing_ok=True)


def _sum_up(sizes: Sequence[int], payload: bytes) -> str:
    return hashlib.sha256(json.dumps(sizes).encode("ascii") + payload).hexdigest()
