"""The door for every file that people bring: found by its name, judged before it is opened, read as NFC text."""

from generator.decode.files import find_odd_files, find_shared_files, look_at, read_file
from generator.decode.paths import refuse_links, safe_path
from generator.decode.text import MAX_BYTES, ODD, decode, read_text

__all__ = [
    "MAX_BYTES",
    "ODD",
    "decode",
    "find_odd_files",
    "find_shared_files",
    "look_at",
    "read_file",
    "read_text",
    "refuse_links",
    "safe_path",
]
