"""`tat-ca` and sizes of people's own: what one entry under `make` becomes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_worklist import write_make

from generator.project import CampaignFolder, Project
from generator.wording.blocks import Paragraph
from generator.wording.content import Picture, Reported, Said, Value, values_of
from generator.worklist import Piece, Ticket, make_tickets, pieces_of

KIND = "theme/materials/thu-nghiem/material.yml"
CONTRACT = """name: Thử nghiệm
says: Loại ấn phẩm chỉ dùng để kiểm thử
channel: to-roi
formats: {preview: [pdf], print: [pdf]}
presets: [a4]
free_preset: bang-ron-8x1
is_booklet: IS_BOOKLET
params:
  hazard: {type: hazard, says: Một nguy cơ}
  slogans: {type: slogan, says: Mọi khẩu hiệu, is_list: co}
  news: {type: news, says: Tin, is_list: co}
  art: {type: art, says: Hình}
title: "Thử nghiệm: {hazard}"
alt: Ấn phẩm thử nghiệm
"""
NEWS = "---\ntitle: {title}\ndate: {day}\ncampaign: {campaign}\n---\n\n# {title}\n\nNội dung.\n"


def make(demo: Path, entry: dict[str, Any], booklet: str = "khong") -> tuple[Project, list[Ticket]]:
    path = demo / KIND
    path.parent.mkdir()
    path.write_text(CONTRACT.replace("IS_BOOKLET", booklet), encoding="utf-8")
    project = write_make(demo, [{"kind": "thu-nghiem", **entry}])
    return project, make_tickets(project, project.organisation)


def folder_of(project: Project) -> CampaignFolder:
    return next(iter(project.campaigns.values()))


def previews(tickets: list[Ticket]) -> list[Piece]:
    return [piece for piece in pieces_of(tickets) if piece.purpose == "preview"]


def values_in(ticket: Ticket, name: str) -> list[Value]:
    return list(values_of(ticket.entry.content[name]))


def test_all_of_a_single_param_makes_one_piece_for_each(demo: Path) -> None:
    project, tickets = make(demo, {"with": {"hazard": "tat-ca"}})
    wanted = folder_of(project).campaign.hazards
    assert wanted
    assert [value.reference for ticket in tickets for value in values_in(ticket, "hazard")] == wanted
    assert [piece.entry for piece in previews(tickets)] == [f"thu-nghiem-{name}" for name in wanted]


def test_all_of_a_list_goes_into_one_piece(demo: Path) -> None:
    project, [ticket] = make(demo, {"with": {"slogans": "tat-ca"}})
    assert len(previews([ticket])) == 1
    slogans = [value for value in values_in(ticket, "slogans") if isinstance(value, Said)]
    assert [slogan.text for slogan in slogans] == [slogan.text for slogan in folder_of(project).slogans.values()]
    assert {slogan.status for slogan in slogans} >= {"goi-y", "da-duyet"}


def test_news_are_those_of_the_campaign_newest_first(demo: Path) -> None:
    posts = demo / "content" / "tin-tuc" / "posts"
    posts.mkdir(parents=True, exist_ok=True)
    for name, day, campaign in (
        ("cu", "2025-05-01", "thang-an-toan-2025"),
        ("moi", "2025-05-09", "thang-an-toan-2025"),
        ("chung", "2025-05-08", ""),
    ):
        text = NEWS.format(title=name, day=day, campaign=campaign).replace("campaign: \n", "")
        (posts / f"{name}.md").write_text(text, encoding="utf-8")
    _, [ticket] = make(demo, {"with": {"news": "tat-ca"}})
    news = [value for value in values_in(ticket, "news") if isinstance(value, Reported)]
    assert [one.title for one in news] == ["moi", "cu"]
    assert [type(block) for block in news[0].blocks] == [Paragraph]


def test_a_drawing_is_named_by_what_it_stands_for(demo: Path) -> None:
    project, [ticket] = make(demo, {"with": {"art": "nga-cao"}})
    [picture] = values_in(ticket, "art")
    assert isinstance(picture, Picture)
    drawing = project.theme.art[picture.id]
    assert "nga-cao" in drawing.hazards
    assert drawing.sort == "hinh"


@pytest.mark.parametrize(
    ("size", "name", "figures", "scale"),
    [
        ("4,2x2,6", "bang-ron-8x1-4-2x2-6", (4200, 2600), 1),
        ("2 × 3", "bang-ron-8x1-2x3", (2000, 3000), 1),
        ("12x2", "bang-ron-8x1-12x2", (12000, 2000), 10),
    ],
)
def test_a_free_size_has_margins_and_letters_in_proportion(
    demo: Path, size: str, name: str, figures: tuple[float, float], scale: int
) -> None:
    project, [ticket] = make(demo, {"sizes": [size], "with": {"hazard": "nga-cao"}})
    [piece] = previews([ticket])
    model, sheet = project.theme.presets["bang-ron-8x1"], ticket.sheet
    assert piece.preset.id == ticket.preset.id == name
    assert (sheet.width_mm, sheet.height_mm, sheet.scale) == (*figures, scale)
    share = min(figures) / min(model.width_mm or 0, model.height_mm or 0)
    assert sheet.smallest_letter_mm == pytest.approx(model.smallest_letter_mm * share)
    assert sheet.bleed_mm == model.bleed_mm


def test_free_sizes_come_with_the_presets_that_are_named(demo: Path) -> None:
    _, tickets = make(demo, {"presets": ["a4"], "sizes": ["4x2"], "with": {"hazard": "nga-cao"}})
    assert {piece.preset.id for piece in previews(tickets)} == {"a4", "bang-ron-8x1-4x2"}


def test_a_booklet_for_print_comes_twice(demo: Path) -> None:
    _, [ticket] = make(demo, {"with": {"hazard": "nga-cao"}}, booklet="co")
    pieces = pieces_of([ticket])
    assert [(piece.purpose, piece.is_imposed) for piece in pieces] == [
        ("print", True),
        ("print", False),
        ("preview", False),
    ]
    assert len({piece.path for piece in pieces}) == len(pieces)


def test_the_code_leads_to_the_page_of_the_entry(demo: Path) -> None:
    project, tickets = make(demo, {"with": {"hazard": "nga-cao"}})
    address = f"{project.organisation.site.rstrip('/')}/an-pham/thang-an-toan-2025/thu-nghiem-nga-cao/"
    assert {ticket.url for ticket in tickets} == {address}
