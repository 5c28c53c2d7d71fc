"""Markdown that people wrote → blocks that templates set: headings, paragraphs, lists, tables, quotes, and runs of
words.

Comes in: the body of a topic, hazard, audience text or piece of news (untrusted). Goes out: frozen values. The only
door to markdown-it. HTML is read as words, pictures as their description, links as their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

READER = MarkdownIt("commonmark", {"html": False}).enable("table")
#: Marks of the website that no printed page needs.
EXCERPT_MARK = "<!-- more -->"


@dataclass(frozen=True)
class Run:
    """Words of one look."""

    text: str
    is_strong: bool = False
    is_emphasis: bool = False


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
    """A list; every item holds blocks of its own."""

    is_ordered: bool
    items: tuple[tuple[Block, ...], ...]
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


Block: TypeAlias = Heading | Paragraph | ListOfItems | Table | Quote


def read_blocks(body: str) -> tuple[Block, ...]:
    """Return the blocks of `body`; a heading of the first level is left out, because the title says it already."""
    tree = SyntaxTreeNode(READER.parse(body.replace(EXCERPT_MARK, "")))
    return _blocks_of(tree)


def words_of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the words of blocks in reading order: a heading, a paragraph, a cell each."""
    for block in blocks:
        if isinstance(block, ListOfItems):
            for item in block.items:
                yield from words_of_blocks(item)
        elif isinstance(block, Quote):
            yield from words_of_blocks(block.blocks)
        else:
            texts = (block.head, *block.rows) if isinstance(block, Table) else ((block.runs,),)
            yield from filter(None, ("".join(run.text for run in runs) for row in texts for runs in row))


def _blocks_of(node: SyntaxTreeNode) -> tuple[Block, ...]:
    return tuple(block for child in node.children if (block := _block(child)) is not None)


def _block(node: SyntaxTreeNode) -> Block | None:
    if node.type == "heading":
        level = int(node.tag[1:])
        return None if level == 1 else Heading(level, _runs_of(node))
    if node.type == "paragraph":
        return Paragraph(_runs_of(node))
    if node.type in ("bullet_list", "ordered_list"):
        return ListOfItems(node.type == "ordered_list", tuple(_blocks_of(item) for item in node.children))
    if node.type == "blockquote":
        return Quote(_blocks_of(node))
    if node.type == "table":
        head, *rows = (
            tuple(_runs_of(cell) for cell in row.children) for part in node.children for row in part.children
        )
        return Table(head, tuple(rows))
    if node.type in ("code_block", "fence"):
        return Paragraph((Run(node.content.strip()),))
    return None


def _runs_of(node: SyntaxTreeNode) -> Runs:
    """Return the words of a block, neighbours of one look joined."""
    runs: list[Run] = []
    for inline in node.children:
        for run in _walk(inline, Run("")):
            if runs and replace(runs[-1], text="") == replace(run, text=""):
                runs[-1] = replace(run, text=runs[-1].text + run.text)
            else:
                runs.append(run)
    return tuple(runs)


def _walk(node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
    """Yield the runs under `node`; `look` says how words look here."""
    if node.type in ("softbreak", "hardbreak"):
        yield replace(look, text=" ")
    elif node.type in ("text", "code_inline"):
        if node.content:
            yield replace(look, text=node.content)
    else:
        inner = replace(
            look, is_strong=look.is_strong or node.type == "strong", is_emphasis=look.is_emphasis or node.type == "em"
        )
        for child in node.children:
            yield from _walk(child, inner)
