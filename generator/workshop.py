"""Make pieces: draw, finish, check, keep. Bulk work runs in killable processes, so that one bad piece costs only itself.

Comes in: Pieces of the worklist. Goes out: Made pieces, or Problems that name the piece and its place in the YAML.
Called by `build`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from generator.cache import FOLDER, Cache, hash_files, make_key
from generator.drawing import draw_piece, find_logo
from generator.errors import Problem, shorten
from generator.worklist import Piece

#: One piece takes ~20–300 ms; a minute means that it hangs.
TIMEOUT_S = 60
WORKERS = 2
#: Up to this number, starting processes (about 0.6 s; spawned, because Typst's threads do not survive a fork) costs more
#: than it saves.
FEW = 6
#: A drawing process is replaced after so many pieces: Typst's own cache grows by about 2 MB a piece.
MAX_TASKS = 40


@dataclass(frozen=True)
class Made:
    """A piece and its bytes; `thumbnails` are WebP pictures of its pages (preview PDFs only)."""

    piece: Piece
    body: bytes
    thumbnails: tuple[bytes, ...] = field(default=())


class Workshop:
    """Makes the pieces of one project; use as a context manager, keep it as long as pieces are wanted."""

    def __init__(self, root: Path, font_packages: Sequence[str]) -> None:
        self.root, self.packages = root, tuple(font_packages)
        self.cache = Cache(root / FOLDER / "pieces")
        self._pool: ProcessPool | None = None
        self.drawn = 0
        self._used: set[str] = set()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the processes, at once."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def forget_unused(self) -> None:
        """Drop from the cache what no piece made here needs; call it only when every piece was wanted."""
        self.cache.keep_only(self._used)

    def make(
        self, pieces: Sequence[Piece], say: Callable[[int, int], None] = lambda done, all_: None
    ) -> tuple[list[Made], list[Problem]]:
        """Return the pieces made (from the cache where nothing changed) and the problems of those that failed.

        `say(done, all)` is called as work goes on.
        """
        fingerprint = hash_files([*_shaping_files(self.root), *find_logo(self.root, pieces)])
        keys = [make_key(fingerprint, p.kind, p.purpose, p.format, p.made_by, p.is_imposed, p.data) for p in pieces]
        kept = [self.cache.get(key) for key in keys]
        todo = [index for index, blobs in enumerate(kept) if blobs is None]
        problems: list[Problem] = []
        for done, (index, result) in enumerate(zip(todo, self._draw([pieces[i] for i in todo]), strict=True), 1):
            if isinstance(result, tuple):
                kept[index] = result
                self.cache.put(keys[index], result)
            else:
                problems.extend(result)
            say(done, len(todo))
        self.drawn += len(todo)
        self._used.update(keys)
        made = [Made(piece, blobs[0], blobs[1:]) for piece, blobs in zip(pieces, kept, strict=True) if blobs]
        return made, list(dict.fromkeys(problems))

    def _draw(self, pieces: Sequence[Piece]) -> Iterable[tuple[bytes, ...] | list[Problem]]:
        if len(pieces) <= FEW and self._pool is None:
            yield from (draw_piece(self.root, self.packages, piece) for piece in pieces)
            return
        if self._pool is None:
            self._pool = ProcessPool(max_workers=WORKERS, max_tasks=MAX_TASKS, context=get_context("spawn"))
        futures = [
            self._pool.schedule(draw_piece, args=[self.root, self.packages, piece], timeout=TIMEOUT_S)
            for piece in pieces
        ]
        for piece, future in zip(pieces, futures, strict=True):
            try:
                yield future.result()
            except TookTooLong:
                yield [
                    Problem(
                        piece.place,
                        f"ấn phẩm “{shorten(piece.title)}” vẽ quá {TIMEOUT_S} giây",
                        "Rút gọn nội dung của ấn phẩm này.",
                    )
                ]
            except ProcessExpired:
                yield [
                    Problem(
                        piece.place,
                        f"ấn phẩm “{shorten(piece.title)}” làm chương trình vẽ dừng đột ngột",
                        "Rút gọn nội dung của ấn phẩm này.",
                    )
                ]


def _shaping_files(root: Path) -> list[Path]:
    """Return every file that shapes a piece besides its data: templates, art, fonts, profile, and this program."""
    theme, program = root / "theme", Path(__file__).parent
    return [
        path
        for folder in (
            theme / "materials",
            theme / "shared",
            theme / "art",
            theme / "icc",
            theme / "fonts",
            theme / "press",
        )
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".png",)
    ] + [
        theme / "fonts.yml",
        theme / "press.yml",
        theme / "tokens.yml",
        *program.glob("*.py"),
        *(program / "render").glob("*.py"),
        *(program / "preflight").glob("*.py"),
    ]
