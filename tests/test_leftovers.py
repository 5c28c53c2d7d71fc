"""What a campaign still says of another year is warned of."""

import shutil
from pathlib import Path

from generator.project import read_project


def test_name_and_subject_of_another_year_are_found(demo: Path) -> None:
    old = demo / "campaigns" / "thang-an-toan-2025"
    new = demo / "campaigns" / "thang-an-toan-2026"
    shutil.copytree(old, new)
    path = new / "campaign.yml"
    text = path.read_text(encoding="utf-8")
    subject = "Chủ động nhận diện nguy cơ tại nơi làm việc"
    assert subject in text
    text = text.replace("id: thang-an-toan-2025", "id: thang-an-toan-2026").replace("2025", "2026")
    text = text.replace(subject, "Chủ đề của năm khác")
    text += "    id: nhac-nam-cu\n  - kind: ap-phich\n    presets: [a3]\n    with: {slogan: chu-de, kicker: Tháng hành động 2025}\n"
    path.write_text(text, encoding="utf-8")
    topic = next((new / "topics").glob("*.md"))
    topic.write_text(topic.read_text(encoding="utf-8") + f"\n\nNăm nay chủ đề là **{subject}**.\n", encoding="utf-8")
    project, problems = read_project(demo)
    assert project is not None
    said = [problem.wrong for problem in problems if problem.is_warning and "2026" in problem.place.path]
    assert any("còn nhắc chủ đề của" in wrong for wrong in said)
    assert any("còn in tên" in wrong for wrong in said)
