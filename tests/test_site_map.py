"""Links in people's texts: what leads somewhere, written in whatever way, and what leads nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from site_case import make_built, read_real

from generator.build import Built
from generator.pages import find_dead_links

PAGE = "tro-giup.md"
NEWS = "tin-tuc/posts/dung-kho-tai-lieu.md"
HAZARD = "nguy-co/nga-cao.md"


@pytest.fixture(scope="module")
def built() -> Built:
    """This project's website, with its pieces."""
    return make_built(read_real(), with_pieces=True)


@pytest.mark.parametrize(
    ("page", "written", "address"),
    [
        (PAGE, "lien-he.md", "../lien-he/"),
        (PAGE, "lien-he", "../lien-he/"),
        (PAGE, "../lien-he/", "../lien-he/"),
        (PAGE, "/lien-he/", "../lien-he/"),
        (PAGE, "nguy-co/index.md", "../nguy-co/"),
        (PAGE, "nguy-co/", "../nguy-co/"),
        (PAGE, "nguy-co/nga-cao.md#khi-xay-ra", "../nguy-co/nga-cao/#khi-xay-ra"),
        (PAGE, "index.md", "../"),
        (PAGE, "/", "../"),
        (PAGE, "#tai-tai-lieu", "#tai-tai-lieu"),
        (PAGE, "tin-tuc/posts/dung-kho-tai-lieu.md", "../tin-tuc/dung-kho-tai-lieu/"),
        (NEWS, "../../nguy-co/index.md", "../../nguy-co/"),
        (NEWS, "trang-nay-co-gi.md", "../trang-nay-co-gi/"),
        (NEWS, "../trang-nay-co-gi/", "../trang-nay-co-gi/"),
        (NEWS, "../index.md", "../"),
        (HAZARD, "dien-giat.md", "../dien-giat/"),
        (HAZARD, "../doi-tuong/index.md", "../../doi-tuong/"),
        (HAZARD, "https://vidu.vn/a?b=c#d", "https://vidu.vn/a?b=c#d"),
        (HAZARD, "tel:115", "tel:115"),
        (HAZARD, "mailto:a@vidu.vn", "mailto:a@vidu.vn"),
        (PAGE, "lien-he.md?x=1", "../lien-he/"),
        (PAGE, "khong-co.md", ""),
        (PAGE, "#khong-co", ""),
        (NEWS, "trang-nay-co-gi.md#khong-co", ""),
        (PAGE, "../../../etc/passwd", ""),
        (PAGE, "//vidu.vn/a", ""),
        (PAGE, "javascript:alert(1)", ""),
        (PAGE, "JavaScript:alert(1)", ""),
        (PAGE, "data:text/html,x", ""),
        (PAGE, "file:///C:/a.pdf", ""),
        (PAGE, "C:\\a.pdf", ""),
        (PAGE, "\\\\may-chu\\a.pdf", ""),
        (PAGE, "", ""),
    ],
)
def test_a_link_leads_where_it_means(built: Built, page: str, written: str, address: str) -> None:
    assert built.site.resolve(page, written) == address


def test_a_piece_and_a_calendar_may_be_linked(built: Built) -> None:
    piece = next(made.piece.path for made in built.pieces)
    assert built.site.resolve(PAGE, f"an-pham/{piece}") == f"../an-pham/{piece}"
    campaign = next(iter(built.project.campaigns))
    assert built.site.resolve(PAGE, f"chien-dich/{campaign}/lich.ics") == f"../chien-dich/{campaign}/lich.ics"


@pytest.mark.parametrize("written", ["khong-co.md", "#khong-co", "C:\\a.pdf", "nguy-co/nga-cau.md"])
def test_a_dead_link_is_told_at_its_line(built: Built, written: str) -> None:
    project = built.project
    hazard = project.hazards["nga-cao"]
    body = f"Một.\n\nHai\nxem [bài]({written}).\n"
    hazards = {**project.hazards, "nga-cao": replace(hazard, body=body)}
    [problem] = find_dead_links(replace(project, hazards=hazards), built.pages, built.site)
    assert problem.place.path == "campaigns/hazards/nga-cao.md"
    assert problem.place.line == hazard.source.body_line + 3
    assert f"“{written}”" in problem.wrong and problem.remedy
