"""Find what a campaign still says of another year: texts copied from it that quote its subject.

Comes in: a Project as read. Goes out: warnings: a 2025 theme read aloud in 2027 is a public embarrassment.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Place, Problem
from generator.project.shape import CampaignFolder, Project


def find_leftovers(project: Project) -> Iterator[Problem]:
    """Yield a warning for every text that quotes the subject, and every piece that prints the name, of another year."""
    for folder in project.campaigns.values():
        for other in project.campaigns.values():
            if other is not folder and other.campaign.year:
                yield from _names(folder, other)
                if other.campaign.subject.text:
                    yield from _quotes(folder, other)


def _names(folder: CampaignFolder, other: CampaignFolder) -> Iterator[Problem]:
    names = [_fold(other.campaign.name), _fold(other.campaign.short_name)]
    for index, make in enumerate(folder.campaign.make):
        for key, value in make.with_.items():
            written = _fold(value if isinstance(value, str) else " ".join(value) if isinstance(value, list) else "")
            if any(name in written for name in names):
                yield Problem(
                    folder.source.place_of(("make", index, "with", key), of_value=True),
                    f"ấn phẩm còn in tên “{other.campaign.name}”",
                    "Sửa thành tên của chiến dịch này.",
                    is_warning=True,
                )


def _quotes(folder: CampaignFolder, other: CampaignFolder) -> Iterator[Problem]:
    subject = _fold(other.campaign.subject.text)
    if subject == _fold(folder.campaign.subject.text):
        return
    for entry in (*folder.topics.values(), *folder.scripts.values()):
        written = " ".join([entry.front.title, *getattr(entry.front, "points", []), entry.body])
        if subject in _fold(written):
            yield Problem(
                Place(entry.source.path),
                f"bài này còn nhắc chủ đề của “{other.campaign.name}”",
                "Nếu bài được chép từ chiến dịch đó, sửa lại đoạn nói về chủ đề.",
                is_warning=True,
            )


def _fold(text: str) -> str:
    return " ".join(text.replace("*", "").split()).lower()
