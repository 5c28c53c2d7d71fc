"""theme/words.yml: everything that is printed and is not content, for pieces and for the website.

Comes in: plain strings from `source`. Goes out: one frozen Printed. A wording with a hole, such as `{count} trang`,
must keep the holes that its templates fill.
"""

from __future__ import annotations

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from generator.model.base import Status, Text, Written

#: A number to call in an emergency.
CallNumber = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]


def _with(*holes: str) -> AfterValidator:
    def check(words: str) -> str:
        try:
            found = sorted(name for _, name, _, _ in Formatter().parse(words) if name is not None)
        except ValueError:
            found = ["?"]
        if found != sorted(holes):
            wanted = ", ".join(f"{{{name}}}" for name in holes)
            raise PydanticCustomError("loa_holes", "other holes", {"found": words, "wanted": wanted})
        return words

    return AfterValidator(check)


class DirectionWords(Written):
    """What a target wants of its figure."""

    giam: Text = Field(description="Con số phải giảm")
    tang: Text = Field(description="Con số phải tăng")
    dat: Text = Field(description="Con số phải đạt")

    def of(self, direction: str) -> str:
        """Return the word for the middle of a sentence."""
        return str(getattr(self, direction)).lower()


class StatusWords(Written):
    """How far words are approved."""

    chinh_thuc: Text = Field(alias="chinh-thuc", description="Lấy nguyên văn từ văn bản")
    da_duyet: Text = Field(alias="da-duyet", description="Lãnh đạo đã duyệt")
    goi_y: Text = Field(alias="goi-y", description="Chưa duyệt")

    def of(self, status: Status) -> str:
        """Return the words for a status."""
        return str(getattr(self, status.replace("-", "_")))


class NewsletterWords(Written):
    """What the newsletter calls its parts."""

    head: Text = Field(description="Tên loại, trên đầu trang nhất")
    issue: Text = Field(description="Trước số của bản tin")
    month: Text = Field(description="Trước tháng để trống")
    contents: Text = Field(description="Trên danh sách bài ở trang nhất")
    topic: Text = Field(description="Trên một bài")
    short_topics: Text = Field(description="Trên các bài tóm tắt")
    goes_on: Text = Field(description="Trên phần tiếp của bài trang nhất")
    read_on: Text = Field(description="Trước địa chỉ trang web")
    hazard: Text = Field(description="Trên một mối nguy")
    targets: Text = Field(description="Trên các chỉ tiêu")
    events: Text = Field(description="Trên lịch")
    news: Text = Field(description="Trên các tin ngắn")


class HandbookWords(Written):
    """What the handbook calls its parts."""

    foreword: Text = Field(description="Trên lời đầu sách")
    contents: Text = Field(description="Trên mục lục")
    part: Text = Field(description="Trước số của phần")
    topics: Text = Field(description="Tên phần các bài")
    hazards: Text = Field(description="Tên phần các mối nguy")
    audiences: Text = Field(description="Tên phần các nhóm người")
    chapter: Text = Field(description="Trước số của bài")
    hazard: Text = Field(description="Trước số của mối nguy")
    calls: Text = Field(description="Trên các số điện thoại ở bìa sau")


class ScriptWords(Written):
    """What stands around a script for loudspeakers."""

    head: Text = Field(description="Tên loại")
    lasts: Annotated[Text, _with("minutes")] = Field(description="Dài bao lâu; giữ {minutes}")
    marks: Annotated[Text, _with("count")] = Field(description="Các mốc ở lề là gì; giữ {count}")
    approver: Text = Field(description="Trước chỗ ghi người duyệt")
    reader: Text = Field(description="Trước chỗ ghi người đọc")
    day: Text = Field(description="Trước chỗ ghi ngày phát")
    end: Text = Field(description="Sau câu cuối")


class SloganSheetWords(Written):
    """What stands around the slogans for those who paint or cut them."""

    head: Text = Field(description="Tên loại")
    marked: Text = Field(description="Trước nhãn trạng thái, trong câu nhắc")
    needs_approval: Text = Field(description="Sau nhãn “gợi ý”")
    height: Text = Field(description="Chữ phải cao bao nhiêu")
    counted: Text = Field(description="Con số ở cuối dòng là gì")
    capitals: Annotated[Text, _with("lines")] = Field(description="Câu chia mấy dòng; giữ {lines}")
    letters: Annotated[Text, _with("count")] = Field(description="Bao nhiêu chữ cái; giữ {count}")
    syllables: Annotated[Text, _with("count")] = Field(description="Bao nhiêu tiếng; giữ {count}")
    breaks: Text = Field(description="Trước câu có dấu /")
    cut: Text = Field(description="Trước số chữ mỗi loại")
    no_source: Text = Field(description="Khi câu không có nguồn")
    note: Text = Field(description="Trước lời ghi chú")


class NoticeWords(Written):
    """What the forms of official notices prescribe."""

    state: Text = Field(description="Quốc hiệu")
    motto: Text = Field(description="Tiêu ngữ")
    party: Text = Field(description="Tiêu đề văn bản của Đảng")
    head: Text = Field(description="Tên loại văn bản")
    number: Text = Field(description="Trước số, ký hiệu")
    dated: Text = Field(description="Địa danh và ngày để trống, trước năm")
    recipients: Text = Field(description="Trên các nơi nhận")
    filed: Text = Field(description="Nơi lưu")
    office: Text = Field(description="Văn thư, viết tắt")
    drafted_by: Annotated[Text, _with("name")] = Field(description="Ai soạn dự thảo; giữ {name}")


class ApprovalSheetWords(Written):
    """What the contact sheet says to those who approve."""

    head: Text = Field(description="Tên loại")
    count: Annotated[Text, _with("count")] = Field(description="Bao nhiêu ấn phẩm; giữ {count}")
    legend: Annotated[Text, _with("status")] = Field(description="Giải thích nhãn; giữ {status}")
    pages: Annotated[Text, _with("count")] = Field(description="Bao nhiêu trang; giữ {count}")
    is_printed: Text = Field(description="Ấn phẩm có tệp in")


class Printed(Written):
    """theme/words.yml: everything that is printed and is not content."""

    signs: Text = Field(description="Trên các dấu hiệu của một mối nguy")
    do: Text = Field(description="Trên các việc phải làm")
    avoid: Text = Field(description="Trên các điều không được làm")
    emergency: Text = Field(description="Trên các việc làm khi có sự cố")
    calls: dict[CallNumber, Text] = Field(description="Số khẩn cấp → gọi ai", min_length=1)
    scan: Text = Field(description="Cạnh mã QR, cụm thứ nhất")
    see_more: Text = Field(description="Cạnh mã QR, cụm thứ hai")
    see_site: Text = Field(description="Cạnh mã QR của văn bản, cụm thứ hai")
    code_leads_to: Text = Field(description="Trước địa chỉ, trong lời tả mã QR")
    logo_of: Text = Field(description="Trước tên đơn vị, trong lời tả biểu trưng")
    year: Text = Field(description="Trước năm")
    hotline: Text = Field(description="Trước số điện thoại của đơn vị")
    source: Text = Field(description="Trước nguồn")
    by_year: Text = Field(description="Trước năm phải đạt chỉ tiêu")
    page: Text = Field(description="Trước số trang")
    remember: Text = Field(description="Trên các điều cần nhớ")
    meant_for: Text = Field(description="Trước nhóm người")
    notes: Text = Field(description="Trên các dòng để ghi")
    ask: Text = Field(description="Trên các nơi hỏi")
    direction: DirectionWords = Field(description="Giảm, tăng, đạt")
    status: StatusWords = Field(description="Chính thức, đã duyệt, gợi ý")
    status_label: StatusWords = Field(description="Nhãn của trang web")
    newsletter: NewsletterWords = Field(description="Bản tin")
    handbook: HandbookWords = Field(description="Sổ tay")
    topic_document: Text = Field(description="Tên loại, trên tài liệu chuyên đề")
    script: ScriptWords = Field(description="Bài phát thanh")
    slogan_sheet: SloganSheetWords = Field(description="Bộ khẩu hiệu")
    notice: NoticeWords = Field(description="Thông báo")
    approval_sheet: ApprovalSheetWords = Field(description="Tờ duyệt")
