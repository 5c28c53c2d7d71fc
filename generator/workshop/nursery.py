"""What the fork server loads, once, for all drawing processes: `pool`, with everything that draws.

A process whose parent was stopped while it was born finds nobody to work for, and nobody to tell.
"""

from __future__ import annotations

import sys

import generator.workshop.pool  # noqa: F401 - its copies start with it

sys.excepthook = lambda *_: None
