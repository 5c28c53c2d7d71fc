"""Markdown that people wrote → blocks that templates set: headings, paragraphs, lists, tables, quotes, and runs of
words.

Comes in: the body of a topic, hazard, audience text or piece of news (untrusted), as `reader` reads it. Goes out: frozen
values. Pictures are left out; a link to another website keeps its address; notes stand at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.tree import SyntaxTreeNode

from generator.wording.reader import parse

#: The end of a line, as a run of its own.
BREAK = "\n"
SPACES = re.compile("[ \t]+")
#: What a reader of paper need not type.
SCHEMES = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True)
class Run:
    """Words of one look, or the end of a line (BREAK). `is_raised`: the number of a note."""

    text: str
    is_strong: bool = False
    is_emphasis: bool = False
    is_raised: bool = False


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the first level never comes, because the title says it already."""

    level: int
    runs: Runs
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a block of code as plain words."""

    runs: Runs
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class ListOfItems:
    """A list; every item holds blocks of its own, and in `marks` what stands before it where that is no bullet: a number
    with its full stop, a box to tick.
    """

    is_ordered: bool
    items: tuple[tuple[Block, ...], ...]
    marks: tuple[str, ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True)
class Table:
    """A table: the cells of its head, then of its rows."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Quote:
    """A quotation or a box."""

    blocks: tuple[Block, ...]
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True)
class Notes:
    """The notes of a text, at its end: blocks of each, and the number before it."""

    items: tuple[tuple[Block, ...], ...]
    marks: tuple[str, ...]
    kind: Literal["notes"] = "notes"


Block: TypeAlias = Heading | Paragraph | ListOfItems | Table | Quote | Notes


def read_blocks(body: str) -> tuple[Block, ...]:
    """Return the blocks of `body`; a heading of the first level is left out, because the title says it already."""
    return _blocks_of(SyntaxTreeNode(parse(body)))


def words_of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the words of blocks in reading order: a heading, a paragraph, a cell each."""
    for block in blocks:
        if isinstance(block, ListOfItems | Notes):
            for item in block.items:
                yield from words_of_blocks(item)
        elif isinstance(block, Quote):
            yield from words_of_blocks(block.blocks)
        else:
            texts = (block.head, *block.rows) if isinstance(block, Table) else ((block.runs,),)
            yield from filter(None, (_words(runs) for row in texts for runs in row))


def _words(runs: Runs) -> str:
    return "".join(" " if run.text == BREAK else run.text for run in runs)


def _blocks_of(node: SyntaxTreeNode) -> tuple[Block, ...]:
    return tuple(block for child in node.children for block in _blocks(child))


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    """Yield what a node is on paper: one block, none, or the notes of the whole text."""
    if node.type == "heading":
        level = int(node.tag[1:])
        if level > 1:
            yield Heading(level, _runs_of(node))
    elif node.type in ("paragraph", "admonition_title"):
        strong = node.type != "paragraph"
        if runs := _runs_of(node, Run("", is_strong=strong)):
            yield Paragraph(runs)
    elif node.type in ("bullet_list", "ordered_list"):
        yield _list_of(node)
    elif node.type in ("blockquote", "admonition"):
        yield Quote(_blocks_of(node))
    elif node.type == "table":
        head, *rows = (
            tuple(_runs_of(cell) for cell in row.children) for part in node.children for row in part.children
        )
        yield Table(head, tuple(rows))
    elif node.type == "fence":
        if runs := _lines_of(node.content):
            yield Paragraph(runs)
    elif node.type == "footnote_block":
        yield Notes(tuple(map(_blocks_of, node.children)), tuple(str(note.meta["id"] + 1) for note in node.children))


def _list_of(node: SyntaxTreeNode) -> ListOfItems:
    is_ordered = node.type == "ordered_list"
    marks = tuple(f"{item.meta['number']}." if is_ordered else item.meta.get("tick", "") for item in node.children)
    return ListOfItems(is_ordered, tuple(map(_blocks_of, node.children)), marks)


def _lines_of(code: str) -> Runs:
    """Return the lines of code as words, each ended by a break."""
    lines = code.strip("\n").split("\n")
    return tuple(run for line in lines for run in (Run(BREAK), Run(line.strip())) if run.text)[1:]


def _runs_of(node: SyntaxTreeNode, look: Run = Run("")) -> Runs:
    """Return the words of a block, neighbours of one look joined, no space or break at either end."""
    runs: list[Run] = []
    for run in (run for inline in node.children for run in _walk(inline, look)):
        before = runs[-1] if runs else None
        if before and BREAK not in (before.text, run.text) and replace(before, text="") == replace(run, text=""):
            runs[-1] = replace(run, text=before.text + run.text)
        else:
            runs.append(run)
    return _trim(runs)


def _trim(runs: Sequence[Run]) -> Runs:
    """Return the runs without spaces that nothing follows or that follow one another, and without breaks at the ends."""
    kept: list[Run] = []
    for run in runs:
        text = run.text if run.text == BREAK else SPACES.sub(" ", run.text)
        if text.startswith(" ") and (not kept or kept[-1].text.endswith((" ", BREAK))):
            text = text[1:]
        if text == BREAK and kept and kept[-1].text.endswith(" "):
            kept[-1] = replace(kept[-1], text=kept[-1].text[:-1])
        if text and (kept or text != BREAK):
            kept.append(replace(run, text=text))
    while kept and not kept[-1].text.strip():
        kept.pop()
    return tuple(kept)


def _walk(node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
    """Yield the runs under `node`; `look` says how words look here."""
    if node.type == "softbreak":
        yield replace(look, text=" ")
    elif node.type == "hardbreak":
        yield Run(BREAK)
    elif node.type == "footnote_ref":
        yield Run(str(node.meta["id"] + 1), is_raised=True)
    elif node.type in ("text", "code_inline"):
        if node.content:
            yield replace(look, text=node.content)
    elif node.type != "image":
        inner = replace(
            look, is_strong=look.is_strong or node.type == "strong", is_emphasis=look.is_emphasis or node.type == "em"
        )
        said = [run for child in node.children for run in _walk(child, inner)]
        yield from said
        if node.type == "link" and (address := _address_of(node, _words(tuple(said)))):
            yield replace(look, text=f" ({address})")


def _address_of(link: SyntaxTreeNode, said: str) -> str:
    """Return what a reader of paper must know of a link: nothing where the words say it, or where it stays on this
    website.
    """
    written = normalizeLinkText(str(link.attrs.get("href", "")))
    address = written
    for scheme in SCHEMES:
        address = address.removeprefix(scheme)
    address = address.rstrip("/")
    is_said = link.markup == "autolink" or not said.strip()
    if is_said or not written.startswith(SCHEMES) or address in said or address.removeprefix("www.") in said:
        return ""
    return address
