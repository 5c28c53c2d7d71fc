"""What a template may be given: frozen values, each of which knows its words, its status and what it is called.

Comes in: words that are resolved already. Goes out: values of a print document (`worklist.brief`), as plain JSON by
`generator.plain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from generator.model import Status
from generator.wording.blocks import Block, words_of_blocks
from generator.wording.letters import Painting


@dataclass(frozen=True)
class Value:
    """Base of every content value; `parts` are its fields that hold words, in reading order."""

    parts: ClassVar[tuple[str, ...]] = ("text",)

    @property
    def name(self) -> str:
        """Return the words that stand for this value in a title or an alternative text."""
        return str(getattr(self, self.parts[0]))

    @property
    def reference(self) -> str:
        """Return the id of what this value was looked up by, empty for free words."""
        return str(getattr(self, "id", ""))

    @property
    def standing(self) -> Status | None:
        """Return how official the words are, None where nobody says it."""
        return None

    def words_of(self, part: str) -> list[str]:
        """Return the words of one part, a line, a point or a paragraph each."""
        return list(_words_of(getattr(self, part)))


def _words_of(written: object) -> Iterator[str]:
    if isinstance(written, str):
        yield from [written] if written else []
    elif isinstance(written, tuple):
        for item in written:
            yield from [item] if isinstance(item, str) else words_of_blocks([item])


@dataclass(frozen=True)
class Words(Value):
    """Free running text."""

    text: str

    @property
    def plain(self) -> str:
        """Return the text: templates get it as it is."""
        return self.text


@dataclass(frozen=True)
class Picture(Value):
    """A drawing of theme/art, by its id; it holds no words."""

    parts: ClassVar[tuple[str, ...]] = ()
    id: str

    @property
    def name(self) -> str:
        """Return the drawing's id."""
        return self.id

    @property
    def plain(self) -> str:
        """Return the drawing's id: templates get it as it is."""
        return self.id


@dataclass(frozen=True)
class Number(Value):
    """A whole number, such as how many points to show; it is no word of its own."""

    parts: ClassVar[tuple[str, ...]] = ()
    number: int

    @property
    def name(self) -> str:
        """Return the number as people write it."""
        return str(self.number)

    @property
    def plain(self) -> int:
        """Return the number: templates get it as it is."""
        return self.number


@dataclass(frozen=True)
class Line(Value):
    """Big text with the groups that a line break may never part; inside a group, spaces are U+00A0."""

    text: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Said(Line):
    """A slogan: its line, how official it is and by what, and what a painter needs to know of its letters."""

    id: str
    status: Status
    sources: tuple[str, ...]
    note: str
    painting: Painting

    @property
    def standing(self) -> Status | None:
        """Return the slogan's status."""
        return self.status


@dataclass(frozen=True)
class Statement(Value):
    """A message: one complete statement under a title."""

    parts: ClassVar[tuple[str, ...]] = ("title", "text")
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Aim(Value):
    """A target: what is counted, in which direction, by how much, until when."""

    parts: ClassVar[tuple[str, ...]] = ("subject", "qualifier", "figure", "unit", "by")
    id: str
    subject: str
    direction: str
    qualifier: str
    figure: str
    unit: str
    by: str
    subject_groups: tuple[str, ...]


@dataclass(frozen=True)
class Titled(Value):
    """Base of what comes from a Markdown file: a title with its groups, and the names of its sources."""

    parts: ClassVar[tuple[str, ...]] = ("title",)
    id: str
    title: str
    title_groups: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Told(Titled):
    """A topic: summary, points and the article itself as blocks."""

    parts: ClassVar[tuple[str, ...]] = ("title", "summary", "points", "blocks")
    summary: str
    points: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Addressed(Told):
    """A text for one group of people."""

    parts: ClassVar[tuple[str, ...]] = ("title", "people", "summary", "points", "blocks")
    people: str


@dataclass(frozen=True)
class Advice(Titled):
    """What a hazard is, how to know it, what to do, what to avoid, what to do in an emergency."""

    parts: ClassVar[tuple[str, ...]] = ("title", "summary", "signs", "do", "avoid", "emergency", "blocks")
    summary: str
    summary_groups: tuple[str, ...]
    signs: tuple[str, ...]
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    emergency: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Spoken(Titled):
    """A loudspeaker script: its paragraphs and how long they take."""

    parts: ClassVar[tuple[str, ...]] = ("title", "paragraphs")
    minutes: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Reported(Titled):
    """A piece of news: day (year-month-day), one-sentence summary, the article as blocks."""

    parts: ClassVar[tuple[str, ...]] = ("title", "description", "blocks")
    date: str
    description: str
    blocks: tuple[Block, ...]


#: What a parameter holds: a value, several, or nothing.
Content: TypeAlias = Value | tuple[Value, ...] | None


def values_of(content: Content) -> tuple[Value, ...]:
    """Return the values that a parameter holds, one after the other."""
    if content is None:
        return ()
    return content if isinstance(content, tuple) else (content,)


def read_out(content: Content) -> str:
    """Return the words that stand for a parameter in a title or alternative text."""
    return "; ".join(filter(None, (value.name for value in values_of(content))))
