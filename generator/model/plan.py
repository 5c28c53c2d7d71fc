"""An official plan as data: what it asks for, each requirement with its place in the source."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.base import Day, Figure, Id, Name, Note, PlanPlace, Text, Words, Written

AT = "Chỗ trong kế hoạch, ví dụ III.4, IV.1-3 (gạch đầu dòng thứ ba)"


class Row(Written):
    """Anything a plan asks for, at one place."""

    at: PlanPlace = Field(description=AT)


class Aim(Row):
    """An aim or a general demand."""

    text: Text = Field(description="Nội dung")


class Content(Row):
    """A content to communicate, or a measure to take."""

    title: Name = Field(description="Nhan đề ngắn")
    text: Text = Field(description="Nội dung")


class ChannelWanted(Row):
    """A channel that the plan wants used."""

    channel: Id = Field(description="Mã kênh, trong theme/channels.yml")
    text: Text = Field(description="Kế hoạch yêu cầu gì")


class Spot(Row):
    """A place where people are to be reached."""

    name: Name = Field(description="Địa điểm")


class TargetWanted(Row):
    """A target with its figure."""

    subject: Name = Field(description="Chỉ tiêu gì")
    direction: Literal["giam", "tang", "dat"] = Field(description="giảm, tăng hoặc đạt")
    qualifier: Words = Field("", description="ví dụ: ít nhất")
    figure: Figure = Field("", description="Con số")
    unit: Words = Field("", description="Đơn vị")
    by: Words = Field("", description="Đến năm")
    text: Text = Field(description="Nội dung chỉ tiêu")


class AudienceWanted(Row):
    """A group of people to be reached."""

    audience: Id = Field(description="Mã đối tượng, trong terms.yml")
    text: Text = Field(description="Cách gọi trong kế hoạch")


class HazardNamed(Row):
    """A hazard that the plan names."""

    hazard: Id = Field(description="Mã nguy cơ, trong terms.yml")
    text: Text = Field(description="Cách gọi trong kế hoạch")


class SectorNamed(Row):
    """A sector or trade that the plan names."""

    sector: Id = Field(description="Mã ngành, trong terms.yml")
    text: Text = Field(description="Cách gọi trong kế hoạch")


class Machine(Row):
    """A machine or device that the plan names."""

    name: Name = Field(description="Máy, thiết bị")


class Task(Row):
    """An assignment to a body."""

    body: Id = Field(description="Mã cơ quan, trong bodies.yml")
    text: Text = Field(description="Việc được giao")


class Deadline(Row):
    """A duty to report, with its date where there is one."""

    body: Id = Field(description="Mã cơ quan, trong bodies.yml")
    text: Text = Field(description="Báo cáo gì, cho ai")
    due: Words = Field("", description="Hạn, như trong kế hoạch")


class Recipient(Row):
    """A line of the list of recipients."""

    name: Name = Field(description="Nơi nhận")


class Cite(Row):
    """A document cited at a place."""

    document: Id = Field(description="Mã văn bản, trong documents.yml")


class Signer(Written):
    """Who signed the plan."""

    name: Name = Field(description="Họ tên")
    title: Name = Field(description="Chức vụ")


class Plan(Written):
    """campaigns/plans/<id>.yml."""

    id: Id = Field(description="Mã kế hoạch, ba chữ số, trùng tên tệp")
    form: Name = Field(description="Hình thức: Kế hoạch, Chương trình")
    number: Words = Field("", description="Số, ký hiệu; trống nếu bản nguồn không ghi")
    title: Text = Field(description="Tên nguyên văn")
    short_title: Name = Field(description="Tên gọi ngắn của mình, tối đa 60 chữ cái")
    issuer: Id = Field(description="Mã cơ quan ban hành")
    date: Day | None = Field(None, description="Ngày ban hành; trống nếu bản nguồn không ghi")
    note: Note = Field("", description="Điều người đọc cần biết")
    signer: Signer | None = Field(None, description="Người ký")
    implements: list[Id] = Field(default_factory=list, description="Mã các văn bản mà kế hoạch thực hiện")
    aims: list[Aim] = Field(default_factory=list, description="Mục đích, yêu cầu")
    contents: list[Content] = Field(default_factory=list, description="Nội dung, nhiệm vụ, giải pháp")
    channels: list[ChannelWanted] = Field(default_factory=list, description="Kênh, hình thức")
    spots: list[Spot] = Field(default_factory=list, description="Địa điểm")
    targets: list[TargetWanted] = Field(default_factory=list, description="Chỉ tiêu")
    audiences: list[AudienceWanted] = Field(default_factory=list, description="Đối tượng")
    hazards: list[HazardNamed] = Field(default_factory=list, description="Nguy cơ")
    sectors: list[SectorNamed] = Field(default_factory=list, description="Ngành, lĩnh vực")
    machines: list[Machine] = Field(default_factory=list, description="Máy, thiết bị")
    tasks: list[Task] = Field(default_factory=list, description="Phân công")
    deadlines: list[Deadline] = Field(default_factory=list, description="Chế độ báo cáo")
    recipients: list[Recipient] = Field(default_factory=list, description="Nơi nhận")
    cites: list[Cite] = Field(default_factory=list, description="Văn bản được viện dẫn")

    def places(self) -> frozenset[str]:
        """Return every place of the plan that some row names, and the fixed ones (title, opening, recipients)."""
        rows: list[Row] = [
            *self.aims,
            *self.contents,
            *self.channels,
            *self.spots,
            *self.targets,
            *self.audiences,
            *self.hazards,
            *self.sectors,
            *self.machines,
            *self.tasks,
            *self.deadlines,
            *self.recipients,
            *self.cites,
        ]
        return frozenset({"T", "0", "NN", *(row.at for row in rows)})
