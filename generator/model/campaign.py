"""A campaign as people write it: subject, dates, slogans, messages, topics, what to make."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import (
    Clock,
    Confidence,
    Day,
    Figure,
    Id,
    Line,
    Name,
    Note,
    PlanRef,
    Size,
    SourceRef,
    Status,
    Text,
    Words,
    Written,
)

SOURCE = "Nguồn: 001:II.4 (chỗ trong kế hoạch) hoặc mã văn bản"
SERVES = "Phục vụ yêu cầu nào của kế hoạch, ví dụ 001:II.4"


class Subject(Written):
    """The official theme line; empty until it is announced."""

    text: Line = Field("", description="Chủ đề; để trống khi chưa công bố")
    status: Status = Field("goi-y", description="chinh-thuc, da-duyet hoặc goi-y")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)
    confidence: Confidence = Field("?", description="Độ tin cậy")
    note: Note = Field("", description="Ghi chú")


class Slogan(Written):
    """A line with its provenance."""

    id: Id = Field(description="Mã khẩu hiệu, ngắn, không dấu")
    text: Line = Field(description="Khẩu hiệu", min_length=1)
    status: Status = Field(description="chinh-thuc, da-duyet hoặc goi-y (gợi ý, chưa duyệt)")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)
    note: Note = Field("", description="Ghi chú")


class Message(Written):
    """One complete statement for flyers and posts."""

    id: Id = Field(description="Mã thông điệp")
    title: Name = Field(description="Nhan đề ngắn")
    text: Text = Field(description="Thông điệp")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)
    serves: list[PlanRef] = Field(default_factory=list, description=SERVES)


class Target(Written):
    """A target that the campaign communicates."""

    id: Id = Field(description="Mã chỉ tiêu")
    subject: Name = Field(description="Chỉ tiêu gì")
    direction: Literal["giam", "tang", "dat"] = Field(description="giảm, tăng hoặc đạt")
    qualifier: Words = Field("", description="ví dụ: ít nhất")
    figure: Figure = Field(description="Con số", min_length=1)
    unit: Words = Field("", description="Đơn vị, ví dụ %/năm")
    by: Words = Field("", description="Đến năm")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)
    serves: list[PlanRef] = Field(default_factory=list, description=SERVES)


class ChartYears(Written):
    """The years that the illustration of yearly targets runs through."""

    base: int = Field(description="Năm gốc, tính là 100, ví dụ 2024", ge=1945, le=2200)
    years: int = Field(description="Vẽ tiếp bao nhiêu năm sau năm gốc", ge=1, le=30)


class Event(Written):
    """Something that happens on a day, or that is suggested without one."""

    id: Id = Field(description="Mã hoạt động")
    title: Name = Field(description="Tên hoạt động")
    starts: Day | None = Field(None, description="Ngày bắt đầu, ngày/tháng/năm")
    ends: Day | None = Field(None, description="Ngày kết thúc")
    time: Clock | None = Field(None, description="Giờ, ví dụ 7:30")
    when: Words = Field("", description="Thời gian bằng lời, khi chưa có ngày, ví dụ: trước ngày 05/01 hằng năm")
    place: Words = Field("", description="Địa điểm")
    body: Id | None = Field(None, description="Mã cơ quan chủ trì")
    channel: Id | None = Field(None, description="Mã kênh, nếu hoạt động này chính là một kênh mà kế hoạch yêu cầu")
    status: Status = Field("goi-y", description="chinh-thuc, da-duyet hoặc goi-y")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)
    serves: list[PlanRef] = Field(default_factory=list, description=SERVES)
    note: Note = Field("", description="Ghi chú")

    @model_validator(mode="after")
    def check_order(self) -> Event:
        """Refuse an end before the start (code loa_end_before_start)."""
        return _in_order(self)


class Assignment(Written):
    """Who does what."""

    body: Id = Field(description="Mã cơ quan, trong bodies.yml")
    text: Text = Field(description="Việc được giao")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)


class Make(Written):
    """One line of what to make: a kind, its sizes, and what goes into it."""

    kind: Id = Field(description="Loại ấn phẩm (tên thư mục trong theme/materials)")
    id: Id | None = Field(None, description="Phần tên tệp; không ghi thì lấy theo nội dung")
    formerly: list[Id] = Field(
        default_factory=list, description="Phần tên trước đây, nếu mã QR cũ đã in: địa chỉ cũ vẫn mở ra trang này"
    )
    presets: list[Id] = Field(default_factory=list, description="Các khổ; không ghi thì làm mọi khổ của loại này")
    sizes: list[Size] = Field(default_factory=list, description="Khổ riêng, rộng x cao theo mét, ví dụ 4,2x2,6")
    with_: dict[str, Any] = Field(
        default_factory=dict, alias="with", description="Nội dung đưa vào, theo hợp đồng của loại ấn phẩm"
    )


class Photo(Written):
    """A photo of the campaign, shown on its page."""

    file: Name = Field(
        description="Tên tệp ảnh JPG hoặc PNG trong thư mục của chiến dịch, ví dụ photos/le-phat-dong.jpg"
    )
    alt: Text = Field(description="Ảnh cho thấy gì, cho người không nhìn thấy hình")
    credit: Words = Field("", description="Người chụp, nguồn ảnh")


class Campaign(Written):
    """campaigns/<id>/campaign.yml."""

    id: Id = Field(description="Mã chiến dịch, trùng tên thư mục, ví dụ thang-cong-nhan-2027")
    name: Name = Field(description="Tên chiến dịch")
    short_name: Name = Field(description="Tên ngắn, dùng ở tiêu đề và chân ấn phẩm")
    year: str = Field("", description="Năm; bỏ trống nếu thực hiện thường xuyên", pattern=r"^(\d{4})?$")
    face: Id = Field(description="Bộ nhận diện, trong theme/faces")
    starts: Day | None = Field(None, description="Ngày bắt đầu, ngày/tháng/năm")
    ends: Day | None = Field(None, description="Ngày kết thúc")
    subject: Subject = Field(description="Chủ đề")
    summary: Annotated[str, StringConstraints(min_length=1, max_length=300)] = Field(
        description="Một hai câu giới thiệu"
    )
    plans: list[Id] = Field(description="Mã các kế hoạch mà chiến dịch phục vụ")
    documents: list[Id] = Field(default_factory=list, description="Căn cứ: mã văn bản")
    keep_together: list[Name] = Field(default_factory=list, description="Cụm từ không được tách qua hai dòng")
    slogans: list[Slogan] = Field(default_factory=list, description="Khẩu hiệu")
    messages: list[Message] = Field(default_factory=list, description="Thông điệp")
    audiences: list[Id] = Field(default_factory=list, description="Mã đối tượng")
    hazards: list[Id] = Field(default_factory=list, description="Mã nguy cơ")
    targets: list[Target] = Field(default_factory=list, description="Chỉ tiêu")
    chart: ChartYears | None = Field(
        None, description="Biểu đồ minh họa các chỉ tiêu hằng năm (%/năm); không ghi thì không vẽ"
    )
    events: list[Event] = Field(default_factory=list, description="Lịch hoạt động")
    assignments: list[Assignment] = Field(default_factory=list, description="Phân công")
    photos: list[Photo] = Field(default_factory=list, description="Ảnh của chiến dịch")
    make: list[Make] = Field(default_factory=list, description="Làm những ấn phẩm nào")

    @model_validator(mode="after")
    def check_order(self) -> Campaign:
        """Refuse an end before the start (code loa_end_before_start)."""
        return _in_order(self)


class Article(Written):
    """What topics, audience texts, hazard advice and scripts share: front matter of a Markdown file."""

    title: Name = Field(description="Nhan đề")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)
    serves: list[PlanRef] = Field(default_factory=list, description=SERVES)


class Topic(Article):
    """campaigns/<campaign>/topics/<id>.md."""

    summary: Text = Field(description="Tóm tắt")
    points: list[Text] = Field(description="Ý chính, dùng cho tờ gấp", min_length=1)


class AudienceText(Topic):
    """campaigns/audiences/<id>.md."""

    people: Name = Field(description="Tên nhóm đối tượng")


class HazardAdvice(Article):
    """campaigns/hazards/<id>.md."""

    summary: Text = Field(description="Điều gì xảy ra, vì sao nguy hiểm")
    signs: list[Text] = Field(description="Dấu hiệu nhận biết", min_length=1)
    do: list[Text] = Field(description="Việc phải làm", min_length=1)
    avoid: list[Text] = Field(description="Điều không được làm", min_length=1)
    emergency: list[Text] = Field(description="Khi sự cố xảy ra", min_length=1)
    sectors: list[Id] = Field(default_factory=list, description="Mã ngành liên quan")


class Script(Article):
    """campaigns/<campaign>/scripts/<id>.md."""

    minutes: int = Field(description="Thời lượng, phút", gt=0, le=60)


T = TypeVar("T", "Event", "Campaign")


def _in_order(written: T) -> T:
    if written.starts and written.ends and written.ends < written.starts:
        raise PydanticCustomError(
            "loa_end_before_start",
            "ends before it starts",
            {"starts": f"{written.starts:%d/%m/%Y}", "ends": f"{written.ends:%d/%m/%Y}"},
        )
    return written
