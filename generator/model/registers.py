"""The registers that every campaign shares: the organisation, bodies, documents, terms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.base import Confidence, Day, Id, Name, Note, SourceRef, Text, Words, Written
from generator.model.phone import Hotlines

#: A host of ASCII with a dot, a path that needs no quoting: it stands in attributes and in QR codes.
SITE = r"^https?://([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"
#: One address, or nothing: it becomes a link.
EMAIL = r"^([A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,})?$"


class Organisation(Written):
    """Who publishes: the one file that changes name, address, hotline and logo everywhere."""

    name: Name = Field(description="Tên đầy đủ của đơn vị, như trên con dấu")
    short_name: Name = Field(description="Tên ngắn, dùng ở chân ấn phẩm")
    superior: Words = Field("", description="Cơ quan chủ quản (in phía trên tên đơn vị); để trống nếu không in")
    site: Annotated[str, StringConstraints(pattern=SITE, max_length=100)] = Field(
        description="Địa chỉ trang web, bắt đầu bằng https://"
    )
    address: Words = Field("", description="Địa chỉ; để trống thì dòng địa chỉ được bỏ")
    hotline: Hotlines = Field(
        default_factory=list,
        description="Đường dây nóng: một số, hoặc danh sách number, label; để trống thì dòng này được bỏ",
        max_length=5,
    )
    email: str = Field("", description="Thư điện tử; để trống thì dòng này được bỏ", pattern=EMAIL, max_length=100)
    logo: Words = Field("", description="Tệp biểu trưng PNG nền trong suốt, đặt trong thư mục campaigns/")
    source: list[SourceRef] = Field(default_factory=list, description="Nguồn của tên gọi")


class Body(Written):
    """A body named in a plan or a document."""

    id: Id = Field(description="Mã cơ quan")
    name: Name = Field(description="Tên như trong văn bản")
    area: Words = Field("", description="Địa bàn")
    valid_from: Day | None = Field(None, description="Mang tên này từ ngày")
    valid_to: Day | None = Field(None, description="Mang tên này đến ngày")
    successor: Id | None = Field(None, description="Mã cơ quan kế thừa")
    confidence: Confidence = Field("?", description="Độ tin cậy: V đã đọc trong nguồn, L có thể đúng, ? chưa rõ")
    note: Note = Field("", description="Ghi chú")
    source: list[SourceRef] = Field(default_factory=list, description="Nguồn")


class Bodies(Written):
    """campaigns/bodies.yml."""

    bodies: list[Body] = Field(description="Danh sách cơ quan")


class Document(Written):
    """A law, directive, decree, plan or guideline (fields of Nghị định 42/2022/NĐ-CP: form, issuer, number, dates…)."""

    id: Id = Field(description="Mã văn bản, ví dụ luat-84-2015-qh13")
    form: Name = Field(description="Hình thức: Luật, Nghị định, Chỉ thị, Kế hoạch …")
    number: Words = Field("", description="Số, ký hiệu")
    issuer: Id | None = Field(None, description="Mã cơ quan ban hành, trong bodies.yml")
    issued: Day | None = Field(None, description="Ngày ban hành")
    effective: Day | None = Field(None, description="Ngày có hiệu lực")
    title: Text = Field(description="Tên (trích yếu) nguyên văn")
    abstract: Note = Field("", description="Nội dung chính, một hai câu")
    status: Literal["con-hieu-luc", "het-hieu-luc", "mot-phan", "khong-ro"] = Field(
        "khong-ro", description="Tình trạng hiệu lực"
    )
    confidence: Confidence = Field("?", description="Độ tin cậy của dòng này")
    note: Note = Field("", description="Ghi chú")
    file: Words = Field("", description="Tệp bản lưu, đặt trong thư mục campaigns/")


class Documents(Written):
    """campaigns/documents.yml."""

    documents: list[Document] = Field(description="Danh sách văn bản")


class Term(Written):
    """One audience, hazard or sector that plans name."""

    id: Id = Field(description="Mã")
    name: Name = Field(description="Tên gọi")


class Terms(Written):
    """campaigns/terms.yml."""

    audiences: list[Term] = Field(description="Đối tượng")
    hazards: list[Term] = Field(description="Nguy cơ")
    sectors: list[Term] = Field(description="Ngành, lĩnh vực")
