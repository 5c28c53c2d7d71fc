"""Words → Markdown and HTML that mean only these words: escaping, front matter values.

Comes in: any value. Goes out: text that a page may hold.
"""

from __future__ import annotations

import json
import re

from markupsafe import Markup

from generator.errors import InternalError

#: Placeholders of Python-Markdown; the readers refuse control characters, so that nothing people wrote is lost here.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Everything that Markdown or HTML could read as markup → its number; letters, digits, spaces, commas, slashes stay.
ESCAPES = {code: f"&#{code};" for code in map(ord, "!\"#$%&'()*+-.:;<=>?@[\\]^_`{|}~\t\r\n\u0085\u2028\u2029")}
ESCAPES |= {code: "" for code in range(0x80) if CONTROL.match(chr(code))}
#: What YAML would fold or refuse inside a double-quoted JSON string.
UNSAFE_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def escape_all(value: object) -> Markup:
    """Return a value so that it comes out letter for letter, in Markdown text and in HTML alike."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise InternalError("a template shows a value that is not there")
    return Markup(str(value).translate(ESCAPES))


def escape_front(value: object) -> str:
    """Return a front matter value as JSON that YAML reads back unchanged."""
    text = json.dumps(value, ensure_ascii=False)
    return UNSAFE_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
