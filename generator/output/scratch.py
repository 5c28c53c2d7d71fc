"""A folder for what libraries leave in the system's folder of temporary files, so that nothing stays there.

Goes out: a folder, gone at the end; what a killed process left goes with the next one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.util import get_temp_dir
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

PREFIX, LOCK = "loa-", "lock"
#: Another process may look for a moment whether the folder is still in use.
PATIENCE_S = 5


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder in which every library puts its temporary files while the block runs."""
    get_temp_dir()  # drawing processes meet in a folder that outlives the block
    _sweep(Path(tempfile.gettempdir()))
    with TemporaryDirectory(prefix=PREFIX) as name:
        before, tempfile.tempdir = tempfile.tempdir, name
        try:
            with FileLock(Path(name) / LOCK, timeout=PATIENCE_S):
                yield Path(name)
        finally:
            tempfile.tempdir = before


def _sweep(folder: Path) -> None:
    """Remove the folders of processes that were killed: nobody holds their lock any more."""
    for lock in folder.glob(f"{PREFIX}*/{LOCK}"):
        with suppress(OSError, Timeout):
            FileLock(lock, timeout=0).acquire().lock.release()
            shutil.rmtree(lock.parent)
