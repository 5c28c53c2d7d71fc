"""The program as it was at an earlier commit, checked out beside the new one, so that both are measured in one run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from memory import MemoryWatch

#: The commit that the goals are set against.
BEFORE = "9b747b0"
ROOT = Path(__file__).resolve().parents[2]
RUN = "from generator.cli import run; run()"
DATE = "15/05/2025"


@dataclass(frozen=True)
class Ran:
    """What one run took: seconds, CPU seconds of all its processes, peak memory (PSS, bytes), what it printed."""

    seconds: float
    cpu_s: float
    peak_bytes: int
    said: str


@dataclass(frozen=True)
class Program:
    """One version of the program and a project of its own to work on."""

    code: Path
    project: Path

    def forget(self) -> None:
        """Forget everything that was drawn."""
        for name in (".cache", "build"):
            shutil.rmtree(self.project / name, ignore_errors=True)

    def run(self, *words: str, stop_after_s: float = 0) -> Ran:
        """Run a command as people do; with `stop_after_s` it is stopped like by Ctrl+C."""
        environment = {**os.environ, "PYTHONPATH": str(self.code), "NO_MKDOCS_2_WARNING": "1"}
        since = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, "--project", str(self.project), *words],
            cwd=self.code,
            env=environment,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        watch = MemoryWatch(process.pid)
        watch.start()
        try:
            said = process.communicate(timeout=stop_after_s or None)[0]
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            said = process.communicate()[0]
        watch.stop()
        if process.returncode not in ((0, 130) if stop_after_s else (0,)):
            raise SystemExit(f"loa {' '.join(words)} không chạy được:\n{said}")
        return Ran(time.perf_counter() - since, watch.cpu_s, watch.peak_shared_bytes, said)

    def build(self) -> Ran:
        """Run `loa build`."""
        return self.run("build", "--date", DATE)


def check_out(folder: Path) -> Program | None:
    """Return the program of commit BEFORE, unpacked into `folder`; None where the repository does not hold it."""
    packed = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        return None
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return Program(folder, folder)
