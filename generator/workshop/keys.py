"""The key of a piece: a hash of everything that shapes it or judges it.

Comes in: the project's folder, tickets. Goes out: one key a piece. A comma in one kind's template changes the keys of
that kind alone; a comma in `cli` changes none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from generator.decode import safe_path
from generator.errors import Place
from generator.plain import to_plain
from generator.project import Entry
from generator.theme.fonts import find_font_folders
from generator.worklist import Piece, Ticket

#: Every library that draws, finishes or judges; fonts are hashed as files.
ENGINES = (
    "docxtpl",
    "jinja2",
    "markdown-it-py",
    "pikepdf",
    "pillow",
    "pypdfium2",
    "python-docx",
    "segno",
    "typst",
)
#: Rooms of this program that draw or judge; what other rooms decide stands in the brief.
ROOMS = ("photo", "render", "preflight", "theme", "workshop")
FILES = ("plain.py",)
#: Folders of theme/ that every kind uses.
SHARED = ("shared", "press", "art", "icc", "fonts")
#: Pictures of how a kind looks: they shape nothing.
REFERENCES = "reference"
LOGO_PLACE = Place("campaigns/organisation.yml")


def make_key(*parts: object) -> str:
    """Return the SHA-256 of JSON-able parts."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hash_files(root: Path, paths: Iterable[Path]) -> str:
    """Return one SHA-256 over the bytes of files and their names relative to `root`, in sorted order."""
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(path.relative_to(root).as_posix().encode("utf-8"))
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def find_logo(root: Path, name: str) -> Path | None:
    """Return the logo that the organisation names, confined to campaigns/; None where it names none. Raises
    UserError.
    """
    return safe_path(root / "campaigns", name, LOGO_PLACE) if name else None


class KeyMaker:
    """Makes keys; what many pieces share (engines, fonts, a kind's folder, an entry's content) is hashed once."""

    def __init__(self, root: Path, font_packages: Sequence[str]) -> None:
        self.root, self.theme, self.packages = root, root / "theme", tuple(font_packages)
        self._kinds: dict[str, str] = {}
        self._logos: dict[str, str] = {}
        self._parts: dict[int, tuple[object, str]] = {}

    def key_of(self, ticket: Ticket, piece: Piece) -> str:
        """Return the key of one piece of a ticket."""
        return make_key(
            self.shared,
            self._kind(ticket.entry.kind),
            self._logo(ticket.logo),
            *(self._part(part) for part in (ticket.entry.content, ticket.look, ticket.sender)),
            to_plain(ticket.head),
            to_plain(ticket.sheet),
            [ticket.maker, ticket.url, ticket.slug_line, ticket.timestamp],
            [piece.purpose, piece.format, piece.is_imposed, piece.pages],
            self._must_read(ticket.entry),
        )

    @cached_property
    def shared(self) -> str:
        """Return what shapes every piece: engines, fonts, what all kinds share, and this program's own rooms."""
        program = Path(__file__).parents[1]
        code = [path for room in ROOMS for path in (program / room).rglob("*.py")]
        code += [program / name for name in FILES]
        shared = [path for folder in SHARED for path in (self.theme / folder).rglob("*") if path.is_file()]
        settings = [self.theme / name for name in ("fonts.yml", "phrases.yml", "press.yml", "tokens.yml", "words.yml")]
        fonts = [
            [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
            for folder in find_font_folders(self.packages, self.theme)
            for path in sorted(folder.glob("*.[ot]tf"))
        ]
        engines = [[name, version(name)] for name in ENGINES]
        return make_key(engines, fonts, hash_files(program, code), hash_files(self.theme, [*shared, *settings]))

    def _kind(self, kind: str) -> str:
        if kind not in self._kinds:
            folder = self.theme / "materials" / kind
            files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != REFERENCES)
            self._kinds[kind] = hash_files(folder, files)
        return self._kinds[kind]

    def _logo(self, name: str) -> str:
        if name not in self._logos:
            path = find_logo(self.root, name)
            self._logos[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path else ""
        return self._logos[name]

    def _must_read(self, entry: Entry) -> str:
        """Return the hash of what is judged: a stricter contract judges kept pieces anew."""
        if id(entry) not in self._parts:
            self._parts[id(entry)] = entry, make_key(*entry.to_read())
        return self._parts[id(entry)][1]

    def _part(self, part: object) -> str:
        """Return the hash of a part that many tickets share; the part is kept, so that its id stays its own."""
        if id(part) not in self._parts:
            self._parts[id(part)] = part, make_key(to_plain(part))
        return self._parts[id(part)][1]
