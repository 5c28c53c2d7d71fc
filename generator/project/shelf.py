"""What an entry may name: one table of parameter types, and one shelf per campaign that answers to every name.

Comes in: a Project and a campaign. Goes out: content values by type and id, made when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from generator.model import AudienceText, HazardAdvice, Message, News, Script, Slogan, Target, Topic
from generator.project.names import name_source
from generator.project.shape import CampaignFolder, Project, TextFile
from generator.wording.blocks import read_blocks, words_of_blocks
from generator.wording.content import (
    Addressed,
    Advice,
    Aim,
    Line,
    Picture,
    Reported,
    Said,
    Spoken,
    Statement,
    Told,
    Value,
)
from generator.wording.letters import describe_letters
from generator.wording.phrases import split_groups

Row = TypeVar("Row")


class Wording:
    """Makes content values of what people wrote: lines with their groups, sources by their names."""

    def __init__(self, project: Project, folder: CampaignFolder) -> None:
        self._project, self._together = project, tuple(folder.campaign.keep_together)

    def groups(self, text: str) -> tuple[str, ...]:
        """Return the groups of big text that a line break may never part."""
        return tuple(split_groups(text, self._project.theme.phrases, self._together))

    def line(self, text: str) -> Line:
        """Return big text with its groups."""
        return Line(text, self.groups(text))

    def sources(self, references: Iterable[str]) -> tuple[str, ...]:
        """Return what people call the sources."""
        project = self._project
        return tuple(name_source(project.plans, project.documents, reference) for reference in references)

    def slogan(self, id_: str, slogan: Slogan) -> Said:
        """Return a slogan as templates get it."""
        groups = self.groups(slogan.text)
        painting = describe_letters(groups)
        return Said(slogan.text, groups, id_, slogan.status, self.sources(slogan.source), slogan.note, painting)

    def message(self, id_: str, message: Message) -> Statement:
        """Return a message as templates get it."""
        return Statement(id_, message.title, message.text)

    def target(self, id_: str, target: Target) -> Aim:
        """Return a target as templates get it."""
        return Aim(
            id=id_,
            subject=target.subject,
            direction=target.direction,
            qualifier=target.qualifier,
            figure=target.figure,
            unit=target.unit,
            by=target.by,
            subject_groups=self.groups(target.subject),
        )

    def topic(self, id_: str, file: TextFile[Topic]) -> Told:
        """Return a topic as templates get it."""
        front = file.front
        groups, sources = self.groups(front.title), self.sources(front.source)
        return Told(id_, front.title, groups, sources, front.summary, tuple(front.points), read_blocks(file.body))

    def audience(self, id_: str, file: TextFile[AudienceText]) -> Addressed:
        """Return an audience text as templates get it."""
        return Addressed(**vars(self.topic(id_, file)), people=file.front.people)

    def hazard(self, id_: str, file: TextFile[HazardAdvice]) -> Advice:
        """Return a hazard text as templates get it."""
        front = file.front
        return Advice(
            id=id_,
            title=front.title,
            title_groups=self.groups(front.title),
            sources=self.sources(front.source),
            summary=front.summary,
            summary_groups=self.groups(front.summary),
            signs=tuple(front.signs),
            do=tuple(front.do),
            avoid=tuple(front.avoid),
            emergency=tuple(front.emergency),
            blocks=read_blocks(file.body),
        )

    def script(self, id_: str, file: TextFile[Script]) -> Spoken:
        """Return a loudspeaker script as templates get it: its paragraphs on one line each."""
        front, spoken = file.front, tuple(words_of_blocks(read_blocks(file.body)))
        return Spoken(id_, front.title, self.groups(front.title), self.sources(front.source), front.minutes, spoken)

    def news(self, id_: str, file: TextFile[News]) -> Reported:
        """Return a piece of news as templates get it."""
        front = file.front
        groups, sources = self.groups(front.title), self.sources(front.source)
        return Reported(id_, front.title, groups, sources, str(front.date), front.description, read_blocks(file.body))

    def art(self, meaning: str, drawing: str) -> Picture:
        """Return the drawing that a word stands for."""
        return Picture(drawing)


def _by_id(rows: Iterable[Message] | Iterable[Target]) -> dict[str, Message | Target]:
    return {row.id: row for row in rows}


def _news_of(project: Project, folder: CampaignFolder) -> list[str]:
    return [name for name, file in project.news.items() if file.front.campaign == folder.id]


@dataclass(frozen=True)
class ParamType:
    """A type of parameter that names something: its word for people, what there is by id, what `tat-ca` stands for.

    `describe` is the method of Wording that makes a content value of what is named; `all_of` is None where `tat-ca`
    means nothing, as for drawings.
    """

    word: str
    rows: Callable[[Project, CampaignFolder], Mapping[str, object]]
    describe: str
    all_of: Callable[[Project, CampaignFolder], list[str]] | None


def _everything(rows: Callable[[Project, CampaignFolder], Mapping[str, object]]) -> Callable[..., list[str]]:
    return lambda project, folder: list(rows(project, folder))


def _own(word: str, describe: str, rows: Callable[[Project, CampaignFolder], Mapping[str, object]]) -> ParamType:
    """Return the type of what a campaign has itself: `tat-ca` is all of it."""
    return ParamType(word, rows, describe, _everything(rows))


#: Every type that refers to something. A new one is a row here, a method of Wording, and a word in
#: `model.theme.ParamType`.
PARAM_TYPES: dict[str, ParamType] = {
    "slogan": _own("khẩu hiệu", "slogan", lambda project, folder: folder.slogans),
    "message": _own("thông điệp", "message", lambda project, folder: _by_id(folder.campaign.messages)),
    "target": _own("chỉ tiêu", "target", lambda project, folder: _by_id(folder.campaign.targets)),
    "topic": _own("bài chuyên đề", "topic", lambda project, folder: folder.topics),
    "script": _own("bài phát thanh", "script", lambda project, folder: folder.scripts),
    "news": ParamType("tin", lambda project, folder: project.news, "news", _news_of),
    "hazard": ParamType(
        "bài về nguy cơ",
        lambda project, folder: project.hazards,
        "hazard",
        lambda project, folder: list(folder.campaign.hazards) or list(project.hazards),
    ),
    "audience": ParamType(
        "bài cho đối tượng",
        lambda project, folder: project.audiences,
        "audience",
        lambda project, folder: list(folder.campaign.audiences) or list(project.audiences),
    ),
    "art": ParamType(
        "hình vẽ, nguy cơ, đối tượng hoặc ngành",
        lambda project, folder: project.theme.art_by_meaning,
        "art",
        None,
    ),
}


class Shelf:
    """Everything the entries of one campaign may name; each value is made once."""

    def __init__(self, project: Project, folder: CampaignFolder) -> None:
        self.wording = Wording(project, folder)
        self._tables = {name: form.rows(project, folder) for name, form in PARAM_TYPES.items()}
        self._all = {name: form.all_of(project, folder) for name, form in PARAM_TYPES.items() if form.all_of}
        self._made: dict[tuple[str, str], Value] = {}

    def names(self, type_: str) -> Mapping[str, object]:
        """Return what a parameter of this type may name, by id."""
        return self._tables[type_]

    def all_of(self, type_: str) -> list[str] | None:
        """Return the ids that `tat-ca` stands for, or None where it stands for nothing."""
        return self._all.get(type_)

    def take(self, type_: str, id_: str) -> Value:
        """Return the content value of what is named; `id_` must be one of `names`."""
        key = type_, id_
        if key not in self._made:
            describe: Callable[[str, object], Value] = getattr(self.wording, PARAM_TYPES[type_].describe)
            self._made[key] = describe(id_, self._tables[type_][id_])
        return self._made[key]
