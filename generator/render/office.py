"""Fill a Word template with docxtpl: the only door to it.

Comes in: a kind, the piece's JSON document, pictures by name. Goes out: the bytes of a .docx, the same for the same
data. A template is theme/materials/<kind>/template.docx; see CONTRIBUTING.md, “A Word template”.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

LANGUAGE = "vi-VN"
#: The first day that a zip file can name.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
#: What parts syllables; of a few, the last may stand alone.
GAPS, SHORT = re.compile(r"[ \u00a0-]+"), 3
#: What XML forbids, and the breaks that would start a new line or page in Word.
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl without its own marks in the data: what people wrote is letters, and nothing else."""

    def render_xml_part(self, src_xml: str, part: Any, context: Mapping[str, object], jinja_env: Environment) -> str:
        """Return one part filled; the original goes on to read `{_{`, tabs and line ends in the data as marks."""
        return jinja_env.from_string(src_xml).render(context)


@dataclass(frozen=True)
class Signature:
    """Who made what and when, in the file's properties; the date (unix seconds) is the piece's own, so that bytes
    repeat.
    """

    title: str
    author: str
    subject: str
    timestamp: int


def write_docx(
    theme_folder: Path,
    kind: str,
    data: Mapping[str, object],
    signature: Signature,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the kind's template filled with `data`; `pictures` replace those of the same name in the template."""
    template = _Template(theme_folder / "materials" / kind / "template.docx")
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    environment.filters |= {"tidy": _bind_end, "ended": _end_with}
    template.render(_plain(data), environment)
    template.allow_missing_pics = True
    for name, picture in (pictures or {}).items():
        template.replace_pic(name, io.BytesIO(picture))
    _sign(template.docx.core_properties, signature)
    written = io.BytesIO()
    template.save(written)
    return _pack(written)


def _plain(value: Any) -> Any:
    """Return JSON with nothing in its strings but letters and spaces."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return UNWRITABLE.sub(" ", value) if isinstance(value, str) else value


def _bind_end(words: str) -> str:
    """Return running text whose last line is never one syllable alone, as `tidy` of theme/shared/patterns.typ does."""
    head, _, last = words.rpartition(" ")
    is_alone = len(GAPS.split(words)) > SHORT and len(GAPS.split(last)) == 1
    return f"{head}\u00a0{last}" if is_alone else words


def _end_with(words: str, mark: str) -> str:
    """Return an item of a list with this mark at its end, whatever ended it before; a question stays one."""
    return _bind_end(words if words.endswith(("?", "!")) else words.rstrip(".;,: ") + mark)


def _sign(properties: Any, signature: Signature) -> None:
    moment = datetime.fromtimestamp(signature.timestamp, UTC).replace(tzinfo=None)
    properties.title, properties.author = signature.title[:255], signature.author[:255]
    properties.subject, properties.last_modified_by = signature.subject[:255], signature.author[:255]
    properties.created = properties.modified = moment
    properties.language, properties.revision = LANGUAGE, 1


def _pack(written: io.BytesIO) -> bytes:
    """Return the same zip with its files in sorted order and one fixed time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return packed.getvalue()
