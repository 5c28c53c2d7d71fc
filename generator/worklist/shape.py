"""What a worklist holds: Tickets (one drawing each), and the Pieces (files) that every drawing gives.

A ticket is light: it points at parts that many tickets share, and its brief is made where it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.errors import Place
from generator.model import FileFormat, Preset, Purpose, Sheet, Status
from generator.project import Entry
from generator.wording.content import values_of
from generator.worklist.brief import Brief, Head, Look, Sender, make_brief


@dataclass(frozen=True)
class Piece:
    """One concrete file of an entry: in which size, for which purpose, where it goes (`path`, relative to build/)."""

    origin: Entry
    preset: Preset
    purpose: Purpose
    form: FileFormat
    name: str
    path: str
    title: str
    alt: str
    is_imposed: bool = False

    @property
    def format(self) -> str:
        """Return the id of its format, which is the ending of its file."""
        return self.form.id

    @property
    def campaign(self) -> str:
        """Return the id of the campaign."""
        return self.origin.folder.id

    @property
    def channel(self) -> str:
        """Return the id of the channel."""
        return self.origin.material.channel

    @property
    def kind(self) -> str:
        """Return the id of the kind."""
        return self.origin.kind

    @property
    def entry(self) -> str:
        """Return the last part of the address of the entry's page."""
        return self.origin.address

    @property
    def place(self) -> Place:
        """Return where the entry stands."""
        return self.origin.place

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Return how official the words in it are."""
        return self.origin.statuses

    @property
    def holds(self) -> frozenset[tuple[str, str]]:
        """Return (type, id) of everything it refers to."""
        return self.origin.holds

    @property
    def words(self) -> tuple[str, ...]:
        """Return what people gave to it, a line each."""
        values = [value for content in self.origin.content.values() for value in values_of(content) if value.parts]
        return tuple(filter(None, (value.name for value in values)))

    @property
    def pages(self) -> int:
        """Return how many pages the file must have; 0 where the content decides."""
        return self.preset.pages or self.origin.material.pages

    @property
    def is_share_picture(self) -> bool:
        """Tell whether this is the picture that shows when the campaign's page is shared."""
        return self.origin.material.is_share_picture


@dataclass(frozen=True)
class Ticket:
    """One drawing: an entry in one size for one sender, and the pieces that one maker makes of it.

    `url`: where the code on it leads; `slug_line`: what stands outside the trim; `timestamp`: the file's date, unix
    seconds.
    """

    entry: Entry
    maker: str
    head: Head
    sheet: Sheet
    look: Look
    sender: Sender
    logo: str
    url: str
    slug_line: str
    timestamp: int
    pieces: tuple[Piece, ...]

    @property
    def brief(self) -> Brief:
        """Return the print document of the drawing."""
        return make_brief(self.head, self.sheet, self.entry.content, self.look, self.sender)

    @property
    def preset(self) -> Preset:
        """Return the size that is drawn."""
        return self.pieces[0].preset
