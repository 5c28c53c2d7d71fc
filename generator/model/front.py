"""The front matter of hand-written pages and of news: the only keys that may reach the public website.

Comes in: plain strings from `source`. Goes out: checked values. MkDocs and its theme take more keys (template, hide,
…); several write files or run scripts, so that everything not named here is refused.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from generator.model.base import FIRST_YEAR, Id, SourceRef, Written, YesNo, guess_day
from generator.model.campaign import SOURCE

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: Stands in an address and in an attribute: no scheme, quote, `..` or percent sign.
PICTURE = r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.(jpg|jpeg|png|JPG|JPEG|PNG)$"


def _read_iso_day(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    try:
        if not ISO_DAY.fullmatch(written) or date.fromisoformat(written).year < FIRST_YEAR:
            raise ValueError
    except ValueError:
        example = (guess_day(written) or date(2026, 11, 22)).isoformat()
        raise PydanticCustomError("loa_iso_day", "not a day", {"found": written, "example": example}) from None
    return written


def _read_blog_words(written: Any) -> Any:
    return {"true": "co", "false": "khong"}.get(written, written) if isinstance(written, str) else written


#: `co` or `khong`; the blog's own words are understood as well.
Draft = Annotated[YesNo, BeforeValidator(_read_blog_words)]
#: A day as Material's blog reads it.
IsoDay = Annotated[str, BeforeValidator(_read_iso_day)]
Picture = Annotated[str, StringConstraints(pattern=PICTURE, max_length=200)]


class PageFront(Written):
    """content/<path>.md: what a hand-written page says about itself."""

    title: str = Field("", description="Nhan đề; không ghi thì lấy dòng # đầu bài", max_length=200)
    description: str = Field("", description="Tóm tắt một câu", max_length=500)
    image: Picture | None = Field(None, description="Ảnh hiện ra khi chia sẻ liên kết: tệp trong content/")


class News(PageFront):
    """content/tin-tuc/posts/<id>.md: what a piece of news says about itself."""

    date: IsoDay = Field(description="Ngày đăng, viết năm-tháng-ngày, ví dụ 2026-11-22")
    slug: Id | None = Field(None, description="Đuôi địa chỉ; không ghi thì lấy tên tệp")
    campaign: Id | None = Field(None, description="Mã chiến dịch mà tin này thuộc về; bỏ trống là tin chung")
    draft: Draft = Field(False, description="`co`: bản nháp, chưa hiện trên trang web và chưa in ở đâu cả")
    source: list[SourceRef] = Field(default_factory=list, description=SOURCE)
