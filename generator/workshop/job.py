"""What a drawing process is handed for one drawing, and what it gives back: light enough to be sent, whole enough to
be drawn.

Comes in: a Ticket and the keys of its pieces. Goes out: a Job, which holds the brief and nothing of the campaign it
comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.errors import Place, Problem, shorten
from generator.model import Preset, Purpose, Sheet
from generator.worklist import Piece, Ticket
from generator.worklist.brief import Brief

#: Newsletters and handbooks have 15,000 letters and more, leaflets and notices 9,000 at most.
LETTERS_OF_A_BOOK = 12_000


@dataclass(frozen=True)
class Wanted:
    """One file to be made of a drawing, and the key under which the store keeps it."""

    key: str
    purpose: Purpose
    format: str
    is_imposed: bool


@dataclass(frozen=True)
class Job:
    """One drawing and the files wanted of it. `must_read`: words that must be read back, `whole`:
    words that stand there whole or not at all; `timestamp` in unix
    seconds.
    """

    kind: str
    maker: str
    brief: Brief
    preset: Preset
    logo: str
    url: str
    slug_line: str
    timestamp: int
    office_fonts: tuple[str, ...]
    must_read: tuple[str, ...]
    whole: tuple[str, ...]
    place: Place
    timeout_s: int
    wanted: tuple[Wanted, ...]

    @property
    def sheet(self) -> Sheet:
        """Return the size that is drawn."""
        return self.brief.sheet

    @property
    def name(self) -> str:
        """Return how people know the piece: its title and size."""
        return f"{shorten(self.brief.piece.title)} ({self.preset.name})"

    @property
    def is_book(self) -> bool:
        """Tell whether this is a handbook or a newsletter, by how much there is to read in it."""
        return sum(map(len, (*self.must_read, *self.whole))) > LETTERS_OF_A_BOOK

    def tell(self, wrong: str, remedy: str) -> Problem:
        """Return a problem of this piece."""
        return Problem(self.place, f"ấn phẩm “{shorten(self.brief.piece.title)}” ({self.preset.name}): {wrong}", remedy)


@dataclass(frozen=True)
class Finished:
    """A file that a maker drew and judged: WebP pictures of its pages where it has any, or what is wrong with it."""

    wanted: Wanted
    body: bytes
    pictures: tuple[bytes, ...] = ()
    wrong: tuple[Problem, ...] = ()


def make_job(ticket: Ticket, pieces: Sequence[tuple[Piece, str]], office_fonts: Sequence[str], timeout_s: int) -> Job:
    """Return the job of the pieces (each with its key) that are wanted of a ticket."""
    must, whole = ticket.entry.to_read()
    return Job(
        kind=ticket.entry.kind,
        maker=ticket.maker,
        brief=ticket.brief,
        preset=ticket.preset,
        logo=ticket.logo,
        url=ticket.url,
        slug_line=ticket.slug_line,
        timestamp=ticket.timestamp,
        office_fonts=tuple(office_fonts),
        must_read=tuple(must),
        whole=tuple(whole),
        place=ticket.entry.place,
        timeout_s=timeout_s,
        wanted=tuple(Wanted(key, piece.purpose, piece.format, piece.is_imposed) for piece, key in pieces),
    )
