"""Find what a campaign still says of another year: texts copied from it that quote its subject.

Comes in: a Project as read. Goes out: warnings. Called by `read`; a 2025 theme read aloud in 2027 is a public embarrassment.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Place, Problem
from generator.project.shape import CampaignFolder, Project


def find_leftovers(project: Project) -> Iterator[Problem]:
    """Yield a warning for every topic or script that quotes the subject of another campaign."""
    for folder in project.campaigns.values():
        for other in project.campaigns.values():
            if other is not folder and other.campaign.year and other.campaign.subject.text:
                yield from _quotes(folder, other)


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
