"""The allow-list: what hostile HTML loses, what our own pages keep."""

from __future__ import annotations

import markdown
import pytest

from generator.render.safe_html import SafeHtml, clean

HOSTILE = [
    ("<script>alert(1)</script>", ["script", "alert"]),
    ("<style>body{display:none}</style>", ["style", "display"]),
    ('<p style="position:fixed">x</p>', ["style"]),
    ('<img src="x" onerror="alert(1)">', ["onerror"]),
    ('<a href="javascript:alert(1)">x</a>', ["javascript"]),
    ('<a href="java&#10;script:alert(1)">x</a>', ["script:"]),
    ('<a href="data:text/html,x">x</a>', ["data:"]),
    ('<iframe src="https://vidu.vn"></iframe>', ["iframe"]),
    ('<form action="https://vidu.vn"><input name="a"></form>', ["form", "input"]),
    ("<svg><script>alert(1)</script></svg>", ["script", "alert"]),
    ('<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', ["javascript"]),
    ('<svg><use href="https://vidu.vn/x.svg#a"></use></svg>', ["use", "vidu"]),
    ('<p id="__drawer">x</p>', ["__drawer"]),
    ('<p class="md-header loa-hero md-search">x</p>', ["md-header", "md-search"]),
    ('<meta http-equiv="refresh" content="0;url=https://vidu.vn">', ["meta", "refresh"]),
    ('<base href="https://vidu.vn">', ["base"]),
    ('<link rel="stylesheet" href="https://vidu.vn/x.css">', ["link", "vidu"]),
]


@pytest.mark.parametrize(("html", "gone"), HOSTILE)
def test_hostile_html_is_removed(html: str, gone: list[str]) -> None:
    assert any(word in html.replace("&#10;", "") for word in gone), "the sample must hold what we look for"
    cleaned = clean(f"<div>{html}</div>")
    assert not [word for word in gone if word in cleaned]


def test_our_own_html_is_kept() -> None:
    html = (
        '<section class="loa-band loa-head__line" aria-labelledby="a" data-starts="2025-05-01" hidden="">'
        '<h2 id="muc-ii.2_2-1">Chữ “Việt” &amp; dấu</h2><a href="../x/#a" class="md-button md-button--primary">b</a>'
        '<a href="tel:115">115</a><img src="a.webp" alt="" loading="lazy">'
        '<svg viewBox="0 0 9 9"><polyline points="0,1 2,3" class="loa-chart__line"></polyline></svg></section>'
    )
    assert clean(html) == html


def test_text_comes_out_letter_for_letter() -> None:
    assert clean("<p>&#34;#$*_@\\&lt;script&gt;|[x]`&amp;amp;</p>") == '<p>"#$*_@\\&lt;script&gt;|[x]`&amp;amp;</p>'


def test_extension_cleans_raw_html_and_attribute_lists_of_markdown() -> None:
    text = (
        "# Tiêu đề {: onclick=alert(1) #__search }\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n**đậm**"
    )
    loose = markdown.markdown(text, extensions=["attr_list"])
    assert "onclick" in loose and "<script" in loose and "javascript" in loose and "__search" in loose
    safe = markdown.markdown(text, extensions=["attr_list", SafeHtml()])
    assert not [word for word in ("onclick", "<script", "alert(1)</", "javascript", "__search") if word in safe]
    assert "<strong>đậm</strong>" in safe
