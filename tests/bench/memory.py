"""Peak memory and CPU time of a program with all its processes (Linux), sampled."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
EVERY_S = 0.05


class MemoryWatch(threading.Thread):
    """Watches a process and its children until `stop`.

    `peak_bytes` is the sum of their resident sizes (RSS: pages that several of them share count once for each),
    `peak_shared_bytes` the sum of their proportional sizes (PSS: such pages count once).
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak_bytes, self.peak_shared_bytes, self.most_processes = pid, 0, 0, 0
        self._cpu_s: dict[int, float] = {}
        self._ended = threading.Event()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._ended.wait(EVERY_S):
            family = find_family(self.pid)
            self._cpu_s |= {member: spent for member in family if (spent := read_cpu(member))}
            sizes = [read_memory(member) for member in family]
            self.peak_bytes = max(self.peak_bytes, sum(rss for rss, _ in sizes))
            self.peak_shared_bytes = max(self.peak_shared_bytes, sum(pss for _, pss in sizes))
            self.most_processes = max(self.most_processes, len(family))

    @property
    def cpu_s(self) -> float:
        """Return the CPU seconds of all processes, as last seen of each: the fork server's own children count, too."""
        return sum(self._cpu_s.values())

    def stop(self) -> None:
        """Stop sampling."""
        self._ended.set()
        self.join()


def find_family(pid: int) -> list[int]:
    """Return the process and every descendant."""
    family = [pid]
    for parent in family:
        with suppress(OSError):
            for task in (PROC / str(parent) / "task").iterdir():
                family += map(int, (task / "children").read_text().split())
    return family


def read_cpu(pid: int) -> float:
    """Return the CPU seconds of a process so far; zero when it has gone."""
    with suppress(OSError, IndexError):
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def read_memory(pid: int) -> tuple[int, int]:
    """Return (RSS, PSS) of a process in bytes; zeros when it has gone."""
    with suppress(OSError):
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
        kilobytes = {name: int(size.split()[0]) for name, _, size in (line.partition(":") for line in lines)}
        if kilobytes:
            return 1024 * kilobytes["Rss"], 1024 * kilobytes["Pss"]
    return 0, 0
