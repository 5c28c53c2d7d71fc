"""Write a piece as plain text with Jinja2: what is read aloud or pasted into a message.

Comes in: a kind, the piece's JSON document, the words that are no content. Goes out: UTF-8 bytes with a mark
that old Windows programs understand.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.model import Printed


def write_text(theme_folder: Path, kind: str, data: Mapping[str, object], printed: Printed) -> bytes:
    """Return theme/materials/<kind>/template.txt.j2 filled with `data`: UTF-8 with signature and Windows line ends."""
    environment = Environment(
        loader=FileSystemLoader(theme_folder / "materials" / kind),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("template.txt.j2").render(**data, printed=printed)
    return text.replace("\n", "\r\n").encode("utf-8-sig")
