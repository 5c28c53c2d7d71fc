"""What theme/ holds as data: sizes, channels, kinds with their contracts, faces, colours, fonts."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from generator.model.base import Confidence, Id, Millimetres, Text, Written, YesNo

Purpose = Literal["preview", "print"]
#: What a kind's parameter may hold: a reference to a part of the campaign, or words.
ParamType = Literal[
    "slogan", "message", "topic", "hazard", "audience", "target", "script", "news", "art", "line", "text", "number"
]


class Preset(Written):
    """A finished size; millimetres, or pixels for screen pictures."""

    id: Id = Field(description="Mã khổ")
    name: Text = Field(description="Tên khổ")
    width_mm: Millimetres | None = Field(None, description="Chiều rộng thành phẩm, mm")
    height_mm: Millimetres | None = Field(None, description="Chiều cao thành phẩm, mm")
    width_px: int | None = Field(None, description="Chiều rộng, điểm ảnh", gt=0, le=8000)
    height_px: int | None = Field(None, description="Chiều cao, điểm ảnh", gt=0, le=8000)
    bleed_mm: float = Field(0, description="Tràn lề, mm", ge=0, le=200)
    safe_mm: float = Field(0, description="Vùng an toàn tính từ mép xén, mm", ge=0, le=500)
    smallest_letter_mm: float = Field(0, description="Chữ lớn nhỏ nhất được phép: chiều cao chữ hoa, mm", ge=0)
    panels_mm: list[Millimetres] = Field(default_factory=list, description="Các mặt gấp của tờ 1, từ trái sang, mm")
    margins_mm: list[Millimetres] = Field(
        default_factory=list, description="Lề văn bản theo thể thức: trên, phải, dưới, trái, mm", max_length=4
    )
    base_mm: float = Field(0, description="Phần dưới cuốn hoặc cắm vào đế, không nhìn thấy, mm", ge=0, le=500)
    pages: int = Field(0, description="Số trang của khổ này, ví dụ bản tin 8 trang; 0 là theo loại ấn phẩm", ge=0)
    source: Text = Field(description="Nguồn của khổ này")
    confidence: Confidence = Field(description="Độ tin cậy")


class Presets(Written):
    """theme/presets/<name>.yml."""

    presets: list[Preset] = Field(description="Danh sách khổ")


class Channel(Written):
    """A way of reaching people that a plan lists."""

    id: Id = Field(description="Mã kênh")
    number: int = Field(description="Số thứ tự, đứng đầu tên thư mục", ge=1, le=99)
    name: Text = Field(description="Tên kênh")
    group: Text = Field(description="Nhóm kênh")
    source: list[Text] = Field(description="Kế hoạch nào nêu kênh này")
    is_website: YesNo = Field(False, description="Kênh này chính là trang web")


class Channels(Written):
    """theme/channels.yml."""

    channels: list[Channel] = Field(description="Danh sách kênh")


class FileFormat(Written):
    """A sort of file that pieces come in."""

    id: Id = Field(description="Mã khuôn dạng, cũng là đuôi tệp")
    name: Text = Field(description="Tên hiện ra trên trang web")
    maker: Id = Field(
        description="Bộ phận làm và kiểm tra khuôn dạng này (bảng MAKERS trong generator/workshop/makers.py)"
    )
    tail: str = Field("", description="Phần cuối tên tệp thay cho “xem” hoặc “in”", pattern=r"^([a-z0-9]+)?$")
    is_shown: YesNo = Field(False, description="Có hình thu nhỏ để xem trước")
    is_edited: YesNo = Field(
        False, description="Người dùng mở ra sửa rồi lưu lại: chép hẳn ra thư mục build, không nối với kho"
    )
    timeout_s: int = Field(60, description="Quá số giây này thì coi như bị treo", ge=1, le=3600)


class FileFormats(Written):
    """theme/formats.yml."""

    formats: list[FileFormat] = Field(description="Các khuôn dạng")


class Param(Written):
    """One parameter of a kind's contract."""

    type: ParamType = Field(description="Loại nội dung")
    says: Text = Field(description="Dùng để làm gì")
    is_list: YesNo = Field(False, description="Nhận một danh sách")
    required: YesNo = Field(False, description="Bắt buộc")
    min: int = Field(0, description="Ít nhất bao nhiêu", ge=0)
    max: int = Field(99, description="Nhiều nhất bao nhiêu mục (danh sách)", ge=1)
    max_letters: int = Field(400, description="Nhiều nhất bao nhiêu chữ cái (line, text)", ge=1)
    default: list[Id] = Field(default_factory=list, description="Danh sách hình dùng khi mục không ghi gì (art)")
    prints: dict[Id, int | Literal["tat-ca"]] | None = Field(
        None,
        description="Những phần chắc chắn được in: tất cả, hay mấy ý đầu; tệp làm ra phải đọc lại được. "
        "Không ghi: mọi phần",
    )
    parted_by: str = Field("", description="Khuôn mẫu in riêng phần trước và phần sau dấu này, ví dụ dấu hai chấm")


class Example(Written):
    """An example of a kind: feeds the gallery, the tests and the reference pictures."""

    id: Id = Field(description="Mã ví dụ")
    says: Text = Field(description="Ví dụ cho thấy điều gì")
    face: Id = Field(description="Bộ nhận diện")
    with_: dict[str, Any] = Field(alias="with", description="Nội dung đầy đủ, không tham chiếu")


class Material(Written):
    """theme/materials/<kind>/material.yml: a kind's contract."""

    name: Text = Field(description="Tên loại ấn phẩm")
    says: Text = Field(description="Dùng khi nào, treo ở đâu")
    channel: Id = Field(description="Mã kênh")
    formats: dict[Purpose, list[Id]] = Field(description="Mỗi mục đích ra những khuôn dạng nào")
    presets: list[Id] = Field(description="Các khổ")
    free_preset: Id | None = Field(None, description="Khổ làm mẫu khi chiến dịch ghi khổ riêng ở sizes (rộng x cao)")
    is_booklet: YesNo = Field(
        False, description="Là sách đóng ghim giữa: bản in có thêm tệp bình trang, mỗi tờ hai trang"
    )
    pages: int = Field(1, description="Số trang của tệp PDF; 0 là tùy nội dung", ge=0)
    is_share_picture: YesNo = Field(
        False, description="Là ảnh hiện ra khi chia sẻ đường liên kết của trang chiến dịch (og:image)"
    )
    params: dict[Id, Param] = Field(description="Hợp đồng: nhận những nội dung gì")
    title: Text = Field(description="Tên ấn phẩm, ví dụ “Băng rôn ngang: {slogan}”")
    alt: Text = Field(description="Mô tả bằng lời, cho người không nhìn thấy hình")
    examples: list[Example] = Field(default_factory=list, description="Ví dụ")


#: Percent of all inks together that paper takes (FOGRA39 coated allows 330): for paints and for every pixel of pictures.
MOST_INK = 300


class Colour(Written):
    """A paint: the same colour for screen and for press."""

    screen: str = Field(description="Màu trên màn hình, #rrggbb", pattern=r"^#[0-9a-f]{6}$")
    cmyk: list[float] = Field(description="Màu khi in: bốn số 0–100", min_length=4, max_length=4)

    @field_validator("cmyk")
    @classmethod
    def check_ink(cls, inks: list[float]) -> list[float]:
        """Refuse inks outside 0–100 and more than MOST_INK in all."""
        if any(not 0 <= ink <= 100 for ink in inks) or sum(inks) > MOST_INK:
            raise PydanticCustomError("loa_ink", "bad inks", {"found": str(inks)})
        return inks


class Tokens(Written):
    """theme/tokens.yml: paints by name, then jobs that name a paint."""

    paints: dict[Id, Colour] = Field(description="Màu")
    jobs: dict[Id, Id] = Field(description="Việc → màu, dùng chung")


class PressSource(Written):
    """Where a figure of theme/press.yml is from."""

    says: Text = Field(description="Con số nào")
    source: Text = Field(description="Nguồn")
    confidence: Confidence = Field(description="Độ tin cậy")


class Press(Written):
    """theme/press.yml: what stands outside the trim of a press file, in mm and points of the file, and where PDF
    ends.
    """

    slug_mm: Millimetres = Field(description="Lề ghi chú quanh vùng tràn lề, chứa dấu xén và dòng ghi chú, mm")
    gap_mm: Millimetres = Field(description="Khoảng trống giữa vùng tràn lề và dấu, mm")
    mark_mm: Millimetres = Field(description="Chiều dài dấu xén, dấu gấp, mm")
    dash_mm: Millimetres = Field(description="Nét đứt của dấu gấp, mm")
    stroke_pt: float = Field(description="Nét của dấu, pt", gt=0, le=2)
    slug_text_pt: float = Field(description="Cỡ chữ của dòng ghi chú, pt", gt=0, le=20)
    longest_pt: float = Field(description="Cạnh dài nhất của trang PDF, pt", gt=0)
    scale: int = Field(description="Dài hơn thì vẽ nhỏ đi bao nhiêu lần", ge=2)
    sources: list[PressSource] = Field(description="Nguồn của các con số")

    @property
    def longest_mm(self) -> float:
        """Return the longest side of a PDF page in mm of the file."""
        return self.longest_pt / 72 * 25.4


class Face(Written):
    """theme/faces/<id>.yml: how a campaign looks."""

    name: Text = Field(description="Tên bộ nhận diện")
    jobs: dict[Id, Id] = Field(description="Việc → màu của bộ nhận diện này")
    motif: Id = Field(description="Họa tiết, một tệp trong theme/shared/motifs")
    voice: Literal["hinh", "chu"] = Field(description="Hình là chính hay chữ là chính")
    lead: Id = Field(description="Hình chính, trong theme/art")
    emblem: Id = Field(description="Dấu hiệu nhỏ, một hình trong theme/art")


class Drawing(Written):
    """What a drawing of theme/art shows, and what it stands for."""

    alt: Text = Field(description="Mô tả bằng lời, cho người không nhìn thấy hình")
    sort: Literal["hinh", "bien", "bieu-tuong"] = Field("hinh", description="Hình người làm việc, biển báo, biểu tượng")
    is_hollow: YesNo = Field(False, description="Phần accent-shade là lỗ: vẽ một màu thì lỗ mang màu của nền")
    close: float = Field(1, gt=0, le=1, description="Phần chiều cao, từ trên xuống, mà cận cảnh phải để thấy")
    trades: list[Id] = Field(default_factory=list, description="Mã ngành trong campaigns/terms.yml")
    hazards: list[Id] = Field(default_factory=list, description="Mã nguy cơ trong campaigns/terms.yml")
    audiences: list[Id] = Field(default_factory=list, description="Mã đối tượng trong campaigns/terms.yml")


class Drawings(Written):
    """theme/art/art.yml."""

    art: dict[Id, Drawing] = Field(description="Hình vẽ, theo mã")


class Fonts(Written):
    """theme/fonts.yml: the only faces used, by role."""

    roles: dict[Id, Text] = Field(description="Vai trò → họ chữ")
    packages: list[Text] = Field(description="Các gói fontpkg chứa tệp chữ")
    office: list[Text] = Field(default_factory=list, description="Họ chữ mà tệp Word được ghi tên")


class Phrases(Written):
    """theme/phrases.yml: what a line break may never part, in every campaign."""

    compounds: list[Text] = Field(description="Từ ghép, tên riêng không được tách qua hai dòng")
    units: list[Text] = Field(description="Đơn vị đứng liền sau con số")
    leaders: list[Text] = Field(description="Chữ không được rời chữ đứng sau, ví dụ TP., Số:")
    before_numbers: list[Text] = Field(
        default_factory=list, description="Chữ không được rời con số đứng ngay sau, ví dụ ngày, tháng"
    )
    leading: list[Text] = Field(
        default_factory=list, description="Chữ không nên đứng cuối dòng vì dẫn vào chữ sau, ví dụ và, của"
    )
