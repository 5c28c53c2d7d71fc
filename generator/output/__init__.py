"""The only room that writes into build/: a staging folder first, then one swap.

Comes in: made files. Goes out: build/ with its manifest; a build that stops anywhere leaves the last one whole.
"""

from generator.output.aside import SHEET, keep_back, set_aside
from generator.output.files import link_folder, place_file, write_file
from generator.output.manifest import BUILD, MANIFEST, Row, read_manifest, write_manifest
from generator.output.scratch import scratch
from generator.output.swap import PREVIOUS, STAGING, only_one, staging

__all__ = [
    "BUILD",
    "MANIFEST",
    "PREVIOUS",
    "SHEET",
    "STAGING",
    "Row",
    "keep_back",
    "link_folder",
    "only_one",
    "place_file",
    "read_manifest",
    "scratch",
    "set_aside",
    "staging",
    "write_file",
    "write_manifest",
]
