"""Make pieces: draw, finish, check, keep. Bulk work runs in killable processes, so that one bad piece costs only itself.

Comes in: Pieces of the worklist. Goes out: Made pieces, or Problems that name the piece and its place in the YAML.
Called by `build`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from generator.cache import FOLDER, Cache, hash_files, make_key
from generator.decode import safe_path
from generator.errors import InternalError, Place, Problem, shorten
from generator.photo import make_logo_copy
from generator.preflight import inspect_picture, inspect_pictures, inspect_press, inspect_preview_pdf
from generator.render.art import read_art
from generator.render.fonts import find_font_folders
from generator.render.press import finish_press
from generator.render.qr import make_qr
from generator.render.text import write_text
from generator.render.thumbnail import make_thumbnails
from generator.render.typeset import DrawError, Typesetter
from generator.worklist import Piece

#: One piece takes ~20–300 ms; a minute means that it hangs.
TIMEOUT_S = 60
WORKERS = 2
#: Up to this number, starting processes (about 0.6 s; spawned, because Typst's threads do not survive a fork) costs more
#: than it saves.
FEW = 6
#: A drawing process is replaced after so many pieces: Typst's own cache grows by about 2 MB a piece.
MAX_TASKS = 40
SCREEN_PPI = 96
#: 150 pixels an inch at the largest that theme/shared/logo.typ draws (200 mm on a banner).
LOGO_PX = 1200
LOGO_REMEDY = f"Dùng tệp biểu trưng (logo) lớn hơn, tốt nhất là cạnh dài từ {LOGO_PX} điểm ảnh trở lên."
LOGO_PLACE = Place("campaigns/organisation.yml")


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
        fingerprint = hash_files([*_shaping_files(self.root), *_logo_files(self.root, pieces)])
        keys = [make_key(fingerprint, piece.kind, piece.format, piece.made_by, piece.data) for piece in pieces]
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
        return made, problems

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


def draw_piece(root: Path, packages: tuple[str, ...], piece: Piece) -> tuple[bytes, ...] | list[Problem]:
    """Return (body, thumbnails…) of one piece, drawn and checked, or what is wrong with it."""
    try:
        return _draw_checked(root, packages, piece)
    except DrawError as error:
        wrong, remedy = error.explain()
        return [Problem(piece.place, f"ấn phẩm “{shorten(piece.title)}” ({piece.preset.name}): {wrong}", remedy)]


def _draw_checked(root: Path, packages: tuple[str, ...], piece: Piece) -> tuple[bytes, ...] | list[Problem]:
    theme = root / "theme"
    data = {**piece.data, "art": _art(theme), "qr": make_qr(piece.data["piece"]["url"])}
    if piece.made_by == "text":
        return (write_text(theme, piece.kind, data),)
    form = "png" if piece.format == "png" else "pdf"
    logo = _logo(*_logo_files(root, [piece]))
    drawn = _typesetter(theme, packages).draw(piece.kind, data, form, SCREEN_PPI, logo)  # type: ignore[arg-type]
    body, wrong = drawn.pages[0], list[str]()
    if form == "png":
        wrong = inspect_picture(body, piece.preset.width_px or 0, piece.preset.height_px or 0)
    elif piece.purpose == "print":
        body = finish_press(body, piece.title, data["piece"]["timestamp"], _profile(theme), data["sheet"])
        wrong = inspect_press(body, data["sheet"], piece.must_read, piece.pages)
        if logo and (coarse := inspect_pictures(body, data["sheet"])):
            return [Problem(LOGO_PLACE, f"{sentence} ({piece.preset.name})", LOGO_REMEDY) for sentence in coarse]
    else:
        wrong = inspect_preview_pdf(body, data["sheet"], piece.must_read, piece.pages)
    if wrong:
        return [
            Problem(piece.place, f"ấn phẩm “{shorten(piece.title)}” ({piece.preset.name}): {sentence}")
            for sentence in wrong
        ]
    has_pictures = form == "pdf" and piece.purpose == "preview"
    return (body, *(make_thumbnails(body) if has_pictures else ()))


@lru_cache(maxsize=2)
def _typesetter(theme: Path, packages: tuple[str, ...]) -> Typesetter:
    return Typesetter(theme, find_font_folders(packages))


@lru_cache(maxsize=2)
def _art(theme: Path) -> dict[str, object]:
    return {name: art.drawing for name, art in read_art(theme / "art").items()}


def _logo_files(root: Path, pieces: Iterable[Piece]) -> list[Path]:
    """Return the organisation's logo that the pieces carry, confined to campaigns/: none or one."""
    names = sorted({name for piece in pieces if (name := piece.data["organisation"].get("logo"))})
    return [safe_path(root / "campaigns", name, LOGO_PLACE) for name in names]


def _logo(path: Path | None = None) -> tuple[bytes, int, int] | None:
    """Return the clean copy of the logo, made once for every state of the file."""
    if path is None:
        return None
    state = path.stat()
    return _copy_logo(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _copy_logo(path: Path, changed: int, size: int) -> tuple[bytes, int, int]:
    return make_logo_copy(path, LOGO_PX)


@lru_cache(maxsize=2)
def _profile(theme: Path) -> bytes:
    profiles = sorted((theme / "icc").glob("*.icc"))
    if len(profiles) != 1:
        raise InternalError("theme/icc must hold exactly one profile")
    return profiles[0].read_bytes()


def _shaping_files(root: Path) -> list[Path]:
    """Return every file that shapes a piece besides its data: templates, art, fonts, profile, and this program."""
    theme, program = root / "theme", Path(__file__).parent
    return [
        path
        for folder in (theme / "materials", theme / "shared", theme / "art", theme / "icc")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".png",)
    ] + [
        theme / "fonts.yml",
        *program.glob("*.py"),
        *(program / "render").glob("*.py"),
        *(program / "preflight").glob("*.py"),
    ]
