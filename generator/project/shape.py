"""What a whole project is once it has been read: one frozen value that every later room receives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from generator.errors import Place, Problem, UserError
from generator.model import (
    Article,
    AudienceText,
    Body,
    Campaign,
    Document,
    HazardAdvice,
    Material,
    News,
    Organisation,
    PageFront,
    Plan,
    Preset,
    Script,
    Slogan,
    Status,
    Term,
    Terms,
    Topic,
)
from generator.project.copies import find_original, tell_copy
from generator.source import Source
from generator.theme import Theme
from generator.wording.content import Content, values_of
from generator.wording.plain_names import is_plain_name, make_plain

Front_co = TypeVar("Front_co", bound=Article | PageFront, covariant=True)

#: The slogan that every campaign with an announced subject has: the subject itself.
SUBJECT_SLOGAN = "chu-de"
#: In a contract: a part is printed whole.
ALL_OF_IT = "tat-ca"
#: Every web copy of a photo is a JPEG.
PHOTO_ENDING = ".jpg"


def make_plain_path(file: str, ending: str = "") -> str:
    """Return the plain path of a copy on the website: `photos\\Ảnh 1.PNG` → `photos/anh-1.png`; `ending`: another."""
    path = PurePosixPath(file.replace("\\", "/"))
    return "/".join([*map(make_plain, path.parent.parts), make_plain(path.stem) + (ending or path.suffix.lower())])


def check_name(what: str, name: str, place: Place) -> None:
    """Raise UserError, with what to do, for a file or folder (`what`) whose name is not plain or a copy's."""
    if not is_plain_name(name):
        if original := find_original(name):
            raise UserError([tell_copy(what, name, original, place)])
        wrong = f"tên {what} “{name}” có dấu tiếng Việt, chữ hoa, dấu cách hoặc ký hiệu"
        raise UserError([Problem(place, wrong, f"Đổi tên {what} thành “{make_plain(name)}”.")])


@dataclass(frozen=True)
class TextFile(Generic[Front_co]):
    """A Markdown file: its id (file name), front matter and body (Markdown, untrusted)."""

    id: str
    front: Front_co
    body: str
    source: Source


@dataclass(frozen=True)
class CampaignFolder:
    """A campaign with the texts of its folder; `id` is the folder's name."""

    id: str
    campaign: Campaign
    topics: Mapping[str, TextFile[Topic]]
    scripts: Mapping[str, TextFile[Script]]
    source: Source

    @property
    def is_announced(self) -> bool:
        """Tell whether the subject is known; without it nothing may be made."""
        return bool(self.campaign.subject.text)

    @property
    def slogans(self) -> dict[str, Slogan]:
        """Return the slogans by id; an announced subject comes first, as `chu-de`."""
        subject = self.campaign.subject
        own = {slogan.id: slogan for slogan in self.campaign.slogans}
        if not subject.text:
            return own
        first = Slogan(
            id=SUBJECT_SLOGAN, text=subject.text, status=subject.status, source=subject.source, note=subject.note
        )
        return {SUBJECT_SLOGAN: first, **own}

    def served(self) -> Iterator[str]:
        """Yield every plan place that a message, topic, script, target or event of the campaign serves."""
        campaign = self.campaign
        parts = (campaign.messages, campaign.targets, campaign.events)
        yield from (place for rows in parts for row in rows for place in row.serves)
        for entry in (*self.topics.values(), *self.scripts.values()):
            yield from entry.front.serves


@dataclass(frozen=True)
class Entry:
    """One line of `make`, resolved: a kind, what goes into it, in which sizes, and the part of its name that says so.

    `former`: the parts of its name that stand in codes printed earlier.
    """

    folder: CampaignFolder
    kind: str
    material: Material
    part: str
    former: tuple[str, ...]
    content: Mapping[str, Content]
    presets: tuple[Preset, ...]
    place: Place

    @property
    def address(self) -> str:
        """Return the last part of the address of its page on the website: where the code on its pieces leads."""
        return "-".join(filter(None, [self.kind, self.part]))

    @property
    def former_addresses(self) -> tuple[str, ...]:
        """Return the addresses that its page had before: codes printed then still lead to it."""
        return tuple(f"{self.kind}-{part}" for part in self.former)

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Return how official the words in it are, each status once."""
        found = {value.standing for content in self.content.values() for value in values_of(content)}
        return tuple(sorted(status for status in found if status is not None))

    @property
    def holds(self) -> frozenset[tuple[str, str]]:
        """Return (type, id) of everything it refers to."""
        return frozenset(
            (param.type, value.reference)
            for name, param in self.material.params.items()
            for value in values_of(self.content[name])
            if value.reference
        )

    def to_read(self) -> tuple[list[str], list[str]]:
        """Return the words that must stand in the finished file, and those that stand there whole or not at all.

        The contract says which are which (`prints`): a newsletter may leave out what has no room, but never half of it.
        """
        must: list[str] = []
        whole: list[str] = []
        for name, param in self.material.params.items():
            for value in values_of(self.content[name]):
                for part in value.parts:
                    words = [piece for line in value.words_of(part) for piece in _pieces_of(line, param.parted_by)]
                    printed = ALL_OF_IT if param.prints is None else param.prints.get(part, 0)
                    count = len(words) if isinstance(printed, str) else printed
                    must += words[:count]
                    whole += words[count:]
        return must, whole


def _pieces_of(line: str, mark: str) -> list[str]:
    """Return what a template prints apart: what stands before and after the mark."""
    head, found, rest = line.partition(mark) if mark else (line, "", "")
    return [part.strip() for part in (head, rest) if part.strip()] if found else [line]


@dataclass(frozen=True)
class Project:
    """Everything people wrote, checked; nothing changes it any more.

    `entries`: what the announced campaigns make, in the order of their folders and lines. `files`: the pictures and
    documents of content/ that a page names, each with its address on the website.
    """

    root: Path
    organisation: Organisation
    bodies: Mapping[str, Body]
    documents: Mapping[str, Document]
    terms: Terms
    plans: Mapping[str, Plan]
    campaigns: Mapping[str, CampaignFolder]
    hazards: Mapping[str, TextFile[HazardAdvice]]
    audiences: Mapping[str, TextFile[AudienceText]]
    news: Mapping[str, TextFile[News]]
    pages: Mapping[str, TextFile[PageFront]]
    theme: Theme
    files: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @property
    def texts(self) -> Iterator[TextFile[Article | PageFront]]:
        """Yield every text that has a page of its own."""
        yield from self.hazards.values()
        yield from self.audiences.values()
        yield from self.pages.values()
        for folder in self.campaigns.values():
            yield from folder.topics.values()
            yield from folder.scripts.values()

    def term(self, register: str, term_id: str) -> str:
        """Return the name of a term; `register` is audiences, hazards or sectors."""
        terms: list[Term] = getattr(self.terms, register)
        return next(term.name for term in terms if term.id == term_id)

    def campaigns_of(self, plan_id: str) -> list[CampaignFolder]:
        """Return the campaigns that serve a plan, in the project's order."""
        return [folder for folder in self.campaigns.values() if plan_id in folder.campaign.plans]
