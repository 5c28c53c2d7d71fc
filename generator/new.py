"""Make a campaign for another year from an existing one: copy, move the dates, empty what must be announced anew.

Comes in: two campaign ids. Goes out: a new folder in campaigns/ and what people must still review.
Comments and order of the YAML stay (ruamel.yaml round trip).
"""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from generator.decode import find_odd_files, read_text
from generator.errors import Place, Problem, UserError
from generator.explain import check, suggest
from generator.model import Campaign
from generator.output import only_one, write_file
from generator.source import parse_yaml

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
YEAR = re.compile(r"20\d\d")
#: The folder that a campaign is made in; people and `read` see none of it.
DRAFT = ".{}.tmp"
#: What belongs to the old year alone.
PHOTOS = "photos"
#: So many words at its beginning tell a subject from everything else, even where a line is folded after them.
OPENING = 5


class _AsWritten(VersionedResolver):
    """Takes every plain value as text, like `source`: +4 stays +4, and ~ is a character."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        tag = super().resolve(kind, value, implicit)
        return self.DEFAULT_SCALAR_TAG if kind is ScalarNode else tag


@dataclass(frozen=True)
class NewCampaign:
    """The new folder, what was changed in it, and the places that still speak of the old year or its subject."""

    folder: Path
    changes: tuple[str, ...]
    to_review: tuple[Place, ...]


def create_campaign(root: Path, new_id: str, origin_id: str) -> NewCampaign:
    """Return the campaign made as a draft: subject empty, dates moved. Raises UserError; then nothing was made."""
    campaigns = root / "campaigns"
    year = _read_year(new_id)
    known = sorted(path.parent.name for path in campaigns.glob("*/campaign.yml"))
    if origin_id not in known:
        raise UserError([Problem(Place("--from"), f"không có chiến dịch “{origin_id}”", suggest(origin_id, known))])
    _refuse_taken(campaigns / new_id)
    with only_one(root, "new", "đang có một lệnh “loa new” khác chạy"):
        _refuse_taken(campaigns / new_id)  # by the other one, which has just ended
        for leftover in campaigns.glob(DRAFT.format("*")):  # of a killed run
            shutil.rmtree(leftover, ignore_errors=True)
        draft = campaigns / DRAFT.format(new_id)
        try:
            return _create(root, draft, new_id, origin_id, year)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _create(root: Path, draft: Path, new_id: str, origin_id: str, year: str) -> NewCampaign:
    """Fill the draft and give it its name, last."""
    campaigns, name = root / "campaigns", f"campaigns/{origin_id}/campaign.yml"
    origin = campaigns / origin_id
    if odd := [*find_odd_files(root, f"campaigns/{origin_id}")]:
        raise UserError(odd)
    written = read_text(origin / "campaign.yml", Place(name))
    subject = check(Campaign, parse_yaml(written, name)).subject.text
    text, changes, old_year = _renew(written, new_id, year)
    for path in origin.rglob("*"):
        copy = draft / path.relative_to(origin)
        if path.is_file() and PHOTOS not in copy.parts:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
    write_file(draft, "campaign.yml", text.encode("utf-8"))
    to_review = tuple(_find_old(draft, f"campaigns/{new_id}", old_year, " ".join(subject.split()[:OPENING])))
    return NewCampaign(draft.rename(campaigns / new_id), tuple(changes), to_review)


def _refuse_taken(folder: Path) -> None:
    if folder.exists():
        place, remedy = Place(f"campaigns/{folder.name}"), "Chọn mã khác, hoặc xóa thư mục cũ."
        raise UserError([Problem(place, "thư mục này đã có", remedy)])


def _read_year(new_id: str) -> str:
    years = YEAR.findall(new_id)
    if not ID.fullmatch(new_id) or len(years) != 1:
        raise UserError(
            [
                Problem(
                    Place("loa new"),
                    f"mã “{new_id}” chưa đúng dạng",
                    "Chữ thường không dấu, gạch nối, có năm ở cuối, ví dụ thang-cong-nhan-2027.",
                )
            ]
        )
    return str(years[0])


def _renew(text: str, new_id: str, year: str) -> tuple[str, list[str], str]:
    yaml = YAML()
    yaml.Resolver = _AsWritten
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(text)
    old_year = str(data.get("year") or "")
    if not old_year:
        raise UserError(
            [
                Problem(
                    Place("--from"),
                    "chiến dịch mẫu không có năm (thực hiện thường xuyên)",
                    "Chỉ tạo được năm mới từ chiến dịch có “year”.",
                )
            ]
        )
    changes = [f"năm {old_year} → {year} trong tên, ngày bắt đầu, ngày kết thúc"]
    data["id"], data["year"] = new_id, Quoted(year)
    for key in ("name", "short_name", "summary", "starts", "ends"):
        if key in data:
            data[key] = str(data[key]).replace(old_year, year)
    data["subject"] = {"text": Quoted("")}
    changes.append("chủ đề để trống, chờ công bố")
    changes += _drop_old(data, old_year, year)
    changes += _rename_in_pieces(data, old_year, year)
    buffer = io.StringIO()
    yaml.dump(data, buffer)
    return buffer.getvalue(), changes, old_year


def _rename_in_pieces(data: Any, old_year: str, year: str) -> list[str]:
    """Move the year in the words that pieces print (a small line above the slogan, for one); ids stay."""
    changed = 0
    for entry in data.get("make") or []:
        content = entry.get("with") or {}
        for key, value in content.items():
            if isinstance(value, str) and " " in value and old_year in value:
                content[key] = value.replace(old_year, year)
                changed += 1
    return [f"đổi năm trong chữ in trên {changed} mục ấn phẩm"] if changed else []


def _drop_old(data: Any, old_year: str, year: str) -> list[str]:
    changes = []
    slogans = data.get("slogans") or []
    official = [slogan for slogan in slogans if slogan.get("status") == "chinh-thuc"]
    for slogan in official:
        slogans.remove(slogan)
    for slogan in slogans:
        slogan["status"] = "goi-y"
    if slogans or official:
        dropped = f"bỏ {len(official)} khẩu hiệu chính thức của năm cũ; " if official else ""
        changes.append(f"{dropped}{len(slogans)} khẩu hiệu chuyển thành gợi ý, chờ duyệt lại")
    changes += _move_events(data, old_year, year)
    documents = data.get("documents") or []
    old = [document for document in documents if str(document).endswith(f"-{old_year}")]
    for document in old:
        documents.remove(document)
    if old:
        changes.append(f"bỏ văn bản công bố của năm cũ: {', '.join(old)}")
    if data.pop("photos", None):
        changes.append("bỏ ảnh của năm cũ")
    return changes


def _move_events(data: Any, old_year: str, year: str) -> list[str]:
    """Move what opens and closes the campaign; drop everything else that has a day of the old year."""
    events = data.get("events") or []
    edges = {str(data.get("starts")), str(data.get("ends"))}
    dropped = 0
    for event in [event for event in events if event.get("starts")]:
        moved = str(event["starts"]).replace(old_year, year)
        if moved in edges:
            for key in ("title", "starts", "ends"):
                if event.get(key):
                    event[key] = str(event[key]).replace(old_year, year)
        else:
            events.remove(event)
            dropped += 1
    return [f"bỏ {dropped} hoạt động có ngày của năm cũ"] if dropped else []


def _find_old(folder: Path, shown: str, old_year: str, old_subject: str) -> list[Place]:
    """Return the lines of `folder` (shown to people under another name) that still speak of the old year or subject."""
    found = []
    for path in sorted([*folder.rglob("*.md"), *folder.rglob("*.yml")]):
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        for number, line in enumerate(read_text(path, Place(name)).split("\n"), 1):
            if (old_year in line and f"{old_year}/" not in line) or (old_subject and old_subject in line):
                found.append(Place(name, number))
    return found
