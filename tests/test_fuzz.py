"""Whatever people (or someone hostile) write, nothing but a UserError comes out. LOA_FUZZ=20000 runs that many cases."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import DEMO, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reader import CONSTRUCTS, MARKS, on_paper, on_the_website, tidy

from generator.decode import decode, safe_path
from generator.errors import Place, UserError
from generator.explain import check
from generator.lookalikes import mend_lookalikes
from generator.model import Campaign, HazardAdvice, Plan
from generator.source import parse_markdown, parse_yaml, strip_body
from generator.wording.blocks import read_blocks, words_of_blocks
from generator.wording.reader import find_anchors, find_references, find_slips, read_opening, read_title

CASES = int(os.environ.get("LOA_FUZZ", "300"))
SEEDS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("campaigns/*/campaign.yml"))]
SEEDS += [path.read_text(encoding="utf-8") for path in sorted(DEMO.rglob("*.yml"))]
ARTICLES = [path.read_text(encoding="utf-8") for path in sorted(DEMO.rglob("*.md"))]
#: Pieces of YAML that readers stumble over, and letters that look alike or hide.
BITS = [
    *"\t\n :-#&*!|>'\"%@`{}[],?\\~=<",
    "\n---\n",
    "\n...\n",
    "- ",
    ": ",
    "<<: *a",
    "&a ",
    "!!python/name:os ",
    "!",
    "\r",
]
BITS += [
    "\x00",
    "\x07",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\u00a0",
    "\u00ad",
    "\ud7ff",
    "\ufffe",
    "𝕏",
    "ế",
    "e\u0302\u0301",
    "\u0301",
    '"\\x00"',
]
BITS += [
    "no",
    "0123",
    "12:30",
    "1e999",
    "31/2/2025",
    "01/5/0000",
    "٣/٣/٢٠٢٥",
    "9" * 5000,
    "[" * 30,
    "{a: " * 30,
    "- " * 30,
    "ñ" * 4,
]
text = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=30).map("".join))
fuzz = settings(max_examples=CASES)


@st.composite
def mutated(draw: st.DrawFn, seeds: list[str]) -> str:
    """A real file, cut, doubled and spiked at a few places."""
    written = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(written)))
        end = min(len(written), start + draw(st.integers(0, 40)))
        middle = draw(st.one_of(text, st.just(written[start:end] * 2), st.just("")))
        written = written[:start] + middle + written[end:]
    return written


def allow_only_user_errors(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except UserError as error:
        assert error.problems
        assert all(problem.wrong and problem.place.path for problem in error.problems)
        return None


@fuzz
@given(text)
def test_any_text_as_yaml(written: str) -> None:
    allow_only_user_errors(lambda: parse_yaml(written, "a.yml"))


@fuzz
@given(text)
def test_any_text_as_markdown(written: str) -> None:
    allow_only_user_errors(lambda: parse_markdown(f"---\n{written}\n---\n{written}", "a.md"))
    allow_only_user_errors(lambda: parse_markdown(written, "a.md"))


@fuzz
@given(st.one_of(st.binary(max_size=300), text.map(lambda word: word.encode("utf-8", "surrogatepass"))))
def test_any_bytes(raw: bytes) -> None:
    clean = allow_only_user_errors(lambda: decode(raw, Place("a.yml")))
    assert clean is None or clean == decode(clean.encode("utf-8"), Place("a.yml"))


@fuzz
@given(mutated(SEEDS))
def test_mutated_campaigns(written: str) -> None:
    raw = written.encode("utf-8", "surrogatepass")

    def read() -> None:
        source = parse_yaml(decode(raw, Place("a.yml")), "a.yml")
        for model in (Campaign, Plan):
            allow_only_user_errors(lambda model=model: check(model, source))  # type: ignore[misc]

    allow_only_user_errors(read)


@fuzz
@given(mutated(ARTICLES))
def test_mutated_articles(written: str) -> None:
    allow_only_user_errors(lambda: check(HazardAdvice, parse_markdown(written, "a.md")))


flat = text | st.lists(text, max_size=3) | st.dictionaries(text, text, max_size=3)
json = flat | st.lists(flat, max_size=4) | st.dictionaries(text, flat, max_size=4)
keys = st.sampled_from([*Campaign.model_fields, *Plan.model_fields, "with"])


@fuzz
@given(st.dictionaries(keys, json, max_size=8), st.sampled_from([Campaign, Plan]))
def test_any_data_of_the_right_keys(data: dict[str, Any], model: Any) -> None:
    source = parse_yaml("id: x", "a.yml")
    allow_only_user_errors(lambda: check(model, source, (), data))


@fuzz
@given(
    written=st.one_of(
        text,
        st.sampled_from(
            [
                "../x",
                "..\\x",
                "/etc/passwd",
                "C:\\a",
                "C:a",
                "\\\\host\\a",
                "a/../../x",
                "a\x00b",
                "x" * 300,
                ".",
                "",
                "a//b",
                "NUL",
            ]
        ),
    )
)
def test_no_path_leaves_its_folder(tmp_path_factory: pytest.TempPathFactory, written: str) -> None:
    folder = FOLDERS.setdefault("one", tmp_path_factory.mktemp("paths"))
    (folder / "ảnh.jpg").touch()
    found = allow_only_user_errors(lambda: safe_path(folder, written, Place("a.yml")))
    assert found is None or found.resolve().is_relative_to(folder.resolve())


FOLDERS: dict[str, Path] = {}


#: What stands before the lines of a construct when it lies in another: item, quote, box, note, code, cell.
HOLDERS = [("- ", "  "), ("1. ", "   "), ("> ", "> "), ("!!! note\n    ", "    "), ("[^1]: ", "    "), ("    ", "    ")]
HOLDERS += [("- - > ", "      "), ("\t", "\t"), ("## ", ""), ("> > > > ", ""), ("| ", " | "), ("**", ""), ("~~~\n", "")]
#: What stands between two constructs.
JOINTS = ["\n", "\n\n", "\n\n\n    ", " ", "", "\n  ", "\n---\n", "  \n", "\\\n", "\n\n\t", "**", "`", "]("]
JOINTS += ["\n<!-- ẩn -->\n", "\n  <!-- ẩn -->\n  ", "[^1]\n\n[^1]: lời chú\n", "[^a]\n  [^a]: chú\n  "]
#: Marks of Markdown, of HTML and of scripts; letters that hide, turn the line around or take more than one place.
SPIKES = [
    *MARKS,
    "[^1]: x",
    "\n[^1]: ",
    "a: b",
    "&lt;",
    "&#60;script&#62;",
    "<script>alert(1)</script>",
    "<img src=x",
    "\\",
]
SPIKES += [
    "](javascript:alert(1))",
    '"onclick="',
    "\t",
    "    ",
    "  ",
    "\u202e",
    "\u2066",
    "\u200b",
    "\x07",
    "\x00",
    "👩‍👩‍👧",
    "☑",
]
SPIKES += [
    "e\u0302\u0301",
    "ễ" * 40,
    "\u00a0",
    "\n\n",
    "\n",
    "10. ",
    "999999999. ",
    "- [ ] ",
    "|---|",
    "<!-- more -->",
    "-->",
    "<>",
]


@st.composite
def texts_of_people(draw: st.DrawFn) -> str:
    """Constructs of Markdown, laid in each other, joined in any way, spiked, now and then very many or very deep."""
    written = ""
    for _ in range(draw(st.integers(1, 4))):
        part = draw(st.sampled_from(sorted(CONSTRUCTS.values())))
        for first, others in draw(st.lists(st.sampled_from(HOLDERS), max_size=3)):
            part = first + part.replace("\n", f"\n{others}")
        written += part + draw(st.sampled_from(JOINTS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(written)))
        spike = draw(st.sampled_from(SPIKES)) * draw(st.sampled_from([1, 1, 1, 1, 2, 3, 60]))
        written = written[:at] + spike + written[at + draw(st.integers(0, 3)) :]
    return written


@fuzz
@given(texts_of_people())
def test_any_text_says_the_same_on_paper_and_on_the_website(written: str) -> None:
    raw = written.encode("utf-8", "surrogatepass")
    clean = allow_only_user_errors(lambda: mend_lookalikes(decode(raw, Place("a.md")), "a.md")[0])
    if clean is None:
        return
    body, _ = strip_body(clean)
    slips = find_slips(body)
    assert all(1 <= slip.line <= body.count("\n") + 1 and slip.wrong and slip.remedy for slip in slips)
    if any(not slip.is_warning for slip in slips):
        return
    blocks = read_blocks(body)
    seen = on_the_website(body)
    assert tidy(seen) == tidy(list(on_paper(blocks)))
    levels = [1, *(int(str(level)) for kind, level, _ in seen if kind == "h")]
    assert all(2 <= lower <= upper + 1 for upper, lower in pairwise(levels))
    assert sum(map(len, words_of_blocks(blocks))) <= 2 * len(body) + 100
    assert len(list(find_references(body))) <= body.count("](") + body.count("]") + body.count("<")
    assert isinstance(read_title(body), str) and isinstance(read_opening(body), str) and find_anchors(body) is not None


def test_there_is_something_to_mutate() -> None:
    assert len(SEEDS) >= 6
    assert len(ARTICLES) >= 4
    assert CASES >= 300
