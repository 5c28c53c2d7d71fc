"""What a page shows of each list of a plan: one table, a line per list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.addresses import audience_uri, document_uri, hazard_uri
from generator.model import Plan
from generator.model.plan import (
    Aim,
    AudienceWanted,
    ChannelWanted,
    Cite,
    Content,
    Deadline,
    HazardNamed,
    Machine,
    Recipient,
    Row,
    SectorNamed,
    Spot,
    TargetWanted,
    Task,
)
from generator.pages.words import say_body
from generator.project import Project
from generator.project.names import name_document

Asked = TypeVar("Asked", bound=Row)


def _nothing(*_: object) -> str:
    return ""


@dataclass(frozen=True)
class Listing(Generic[Asked]):
    """One list of a plan: its rows, what stands above the text of a row, and the page that this leads to."""

    id: str
    name: str
    rows: Callable[[Plan], Sequence[Asked]]
    text: Callable[[Asked], str] = _nothing
    head: Callable[[Project, Asked], str] = _nothing
    uri: Callable[[Project, Asked], str] = _nothing


def _say_target(project: Project, row: TargetWanted) -> str:
    printed = project.theme.printed
    by = f"{printed.by_year} {row.by}" if row.by else ""
    parts = [f"{row.subject}:", printed.direction.of(row.direction), row.qualifier, row.figure + row.unit, by]
    return " ".join(filter(None, parts))


#: The lists of a plan, in the order people read it.
LISTINGS: tuple[Listing[Any], ...] = (
    Listing[Aim]("aims", "Mục đích, yêu cầu", lambda plan: plan.aims, lambda row: row.text),
    Listing[TargetWanted]("targets", "Chỉ tiêu", lambda plan: plan.targets, lambda row: row.text, _say_target),
    Listing[Content](
        "contents",
        "Nội dung, nhiệm vụ, giải pháp",
        rows=lambda plan: plan.contents,
        text=lambda row: row.text,
        head=lambda project, row: row.title,
    ),
    Listing[ChannelWanted](
        "channels",
        "Kênh, hình thức",
        rows=lambda plan: plan.channels,
        text=lambda row: row.text,
        head=lambda project, row: project.theme.channels[row.channel].name,
    ),
    Listing[Spot]("spots", "Địa điểm", lambda plan: plan.spots, head=lambda project, row: row.name),
    Listing[AudienceWanted](
        "audiences",
        "Đối tượng",
        rows=lambda plan: plan.audiences,
        text=lambda row: row.text,
        head=lambda project, row: project.term("audiences", row.audience),
        uri=lambda project, row: audience_uri(row.audience) if row.audience in project.audiences else "",
    ),
    Listing[HazardNamed](
        "hazards",
        "Nguy cơ",
        rows=lambda plan: plan.hazards,
        text=lambda row: row.text,
        head=lambda project, row: project.term("hazards", row.hazard),
        uri=lambda project, row: hazard_uri(row.hazard) if row.hazard in project.hazards else "",
    ),
    Listing[SectorNamed](
        "sectors",
        "Ngành, lĩnh vực",
        rows=lambda plan: plan.sectors,
        text=lambda row: row.text,
        head=lambda project, row: project.term("sectors", row.sector),
    ),
    Listing[Machine]("machines", "Máy, thiết bị", lambda plan: plan.machines, head=lambda project, row: row.name),
    Listing[Task](
        "tasks",
        "Phân công",
        rows=lambda plan: plan.tasks,
        text=lambda row: row.text,
        head=lambda project, row: say_body(project, row.body),
    ),
    Listing[Deadline](
        "deadlines",
        "Chế độ báo cáo",
        rows=lambda plan: plan.deadlines,
        text=lambda row: row.text,
        head=lambda project, row: say_body(project, row.body),
    ),
    Listing[Cite](
        "cites",
        "Văn bản viện dẫn",
        rows=lambda plan: plan.cites,
        head=lambda project, row: name_document(project.documents[row.document]),
        uri=lambda project, row: document_uri(row.document),
    ),
    Listing[Recipient]("recipients", "Nơi nhận", lambda plan: plan.recipients, head=lambda project, row: row.name),
)
