"""Markdown that people wrote → blocks that templates set: headings, paragraphs, lists, tables, quotes, and runs of words.

Comes in: the body of a topic, hazard, audience text or piece of news (untrusted). Goes out: plain JSON values. The only
door to markdown-it. Called by `content` and `examples`. HTML is read as words, pictures as their description, links as
their words.
"""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Block = dict[str, Any]
Run = dict[str, Any]

READER = MarkdownIt("commonmark", {"html": False}).enable("table")
#: Marks of the website that no printed page needs.
EXCERPT_MARK = "<!-- more -->"


def read_blocks(body: str) -> list[Block]:
    """Return the blocks of `body`; a heading of the first level is left out, because the title says it already.

    heading {level, runs} · paragraph {runs} · list {is_ordered, items: [[block …] …]} · table {head, rows: cells of runs} ·
    quote {blocks}; a run is {text, is_strong, is_emphasis}.
    """
    tree = SyntaxTreeNode(READER.parse(body.replace(EXCERPT_MARK, "")))
    return [block for node in tree.children for block in _block(node)]


def _block(node: SyntaxTreeNode) -> list[Block]:
    if node.type == "heading":
        level = int(node.tag[1:])
        return [] if level == 1 else [{"kind": "heading", "level": level, "runs": _runs_of(node)}]
    if node.type == "paragraph":
        return [{"kind": "paragraph", "runs": _runs_of(node)}]
    if node.type in ("bullet_list", "ordered_list"):
        items = [[block for child in item.children for block in _block(child)] for item in node.children]
        return [{"kind": "list", "is_ordered": node.type == "ordered_list", "items": items}]
    if node.type == "blockquote":
        return [{"kind": "quote", "blocks": [block for child in node.children for block in _block(child)]}]
    if node.type == "table":
        rows = [[_runs_of(cell) for cell in row.children] for part in node.children for row in part.children]
        return [{"kind": "table", "head": rows[0], "rows": rows[1:]}]
    if node.type in ("code_block", "fence"):
        return [{"kind": "paragraph", "runs": [_run(node.content.strip(), False, False)]}]
    return []


def _runs_of(node: SyntaxTreeNode) -> list[Run]:
    """Return the words of a block, neighbours of one look joined."""
    runs: list[Run] = []
    for inline in node.children:
        for run in _walk(inline, False, False):
            if runs and {**runs[-1], "text": ""} == {**run, "text": ""}:
                runs[-1]["text"] += run["text"]
            else:
                runs.append(run)
    return runs


def _walk(node: SyntaxTreeNode, is_strong: bool, is_emphasis: bool) -> list[Run]:
    if node.type in ("softbreak", "hardbreak"):
        return [_run(" ", is_strong, is_emphasis)]
    if node.type in ("text", "code_inline"):
        return [_run(node.content, is_strong, is_emphasis)] if node.content else []
    strong, emphasis = is_strong or node.type == "strong", is_emphasis or node.type == "em"
    return [run for child in node.children for run in _walk(child, strong, emphasis)]


def _run(text: str, is_strong: bool, is_emphasis: bool) -> Run:
    return {"text": text, "is_strong": is_strong, "is_emphasis": is_emphasis}
