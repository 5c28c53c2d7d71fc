"""The registers that every campaign shares: the organisation, bodies, documents, terms."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.base import Confidence, Day, Id, SourceRef, Text, Written


class Organisation(Written):
    """Who publishes: the one file that changes name, address, hotline and logo everywhere."""

    name: Text = Field(description="Tên đầy đủ của đơn vị, như trên con dấu")
    short_name: Text = Field(description="Tên ngắn, dùng ở chân ấn phẩm")
    superior: str = Field("", description="Cơ quan chủ quản (in phía trên tên đơn vị); để trống nếu không in")
    site: Text = Field(description="Địa chỉ trang web, bắt đầu bằng https://", pattern=r"^https?://[^\s/]+\.[^\s]+$")
    address: str = Field("", description="Địa chỉ; để trống thì dòng địa chỉ được bỏ")
    hotline: str = Field("", description="Đường dây nóng; để trống thì dòng này được bỏ")
    email: str = Field("", description="Thư điện tử; để trống thì dòng này được bỏ")
    logo: str = Field("", description="Tệp biểu trưng PNG nền trong suốt, đặt trong thư mục campaigns/")
    source: list[SourceRef] = Field(default_factory=list, description="Nguồn của tên gọi")


class Body(Written):
    """A body named in a plan or a document."""

    id: Id = Field(description="Mã cơ quan")
    name: Text = Field(description="Tên như trong văn bản")
    area: str = Field("", description="Địa bàn")
    valid_from: Day | None = Field(None, description="Mang tên này từ ngày")
    valid_to: Day | None = Field(None, description="Mang tên này đến ngày")
    successor: Id | None = Field(None, description="Mã cơ quan kế thừa")
    confidence: Confidence = Field("?", description="Độ tin cậy: V đã đọc trong nguồn, L có thể đúng, ? chưa rõ")
    note: str = Field("", description="Ghi chú")
    source: list[SourceRef] = Field(default_factory=list, description="Nguồn")


class Bodies(Written):
    """campaigns/bodies.yml."""

    bodies: list[Body] = Field(description="Danh sách cơ quan")


class Document(Written):
    """A law, directive, decree, plan or guideline (fields of Nghị định 42/2022/NĐ-CP: form, issuer, number, dates…)."""

    id: Id = Field(description="Mã văn bản, ví dụ luat-84-2015-qh13")
    form: Text = Field(description="Hình thức: Luật, Nghị định, Chỉ thị, Kế hoạch …")
    number: str = Field("", description="Số, ký hiệu")
    issuer: Id | None = Field(None, description="Mã cơ quan ban hành, trong bodies.yml")
    issued: Day | None = Field(None, description="Ngày ban hành")
    effective: Day | None = Field(None, description="Ngày có hiệu lực")
    title: Text = Field(description="Tên (trích yếu) nguyên văn")
    abstract: str = Field("", description="Nội dung chính, một hai câu")
    status: Literal["con-hieu-luc", "het-hieu-luc", "mot-phan", "khong-ro"] = Field(
        "khong-ro", description="Tình trạng hiệu lực"
    )
    confidence: Confidence = Field("?", description="Độ tin cậy của dòng này")
    note: str = Field("", description="Ghi chú")
    file: str = Field("", description="Tệp bản lưu, đặt trong thư mục campaigns/")


class Documents(Written):
    """campaigns/documents.yml."""

    documents: list[Document] = Field(description="Danh sách văn bản")


class Term(Written):
    """One audience, hazard or sector that plans name."""

    id: Id = Field(description="Mã")
    name: Text = Field(description="Tên gọi")


class Terms(Written):
    """campaigns/terms.yml."""

    audiences: list[Term] = Field(description="Đối tượng")
    hazards: list[Term] = Field(description="Nguy cơ")
    sectors: list[Term] = Field(description="Ngành, lĩnh vực")
