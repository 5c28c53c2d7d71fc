"""Drawing processes and Ctrl+C: whatever moment it comes, the terminal shows no word of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods

import pytest
from conftest import ROOT
from workshop_case import bench_of, job_of, read_sound, tickets_in

from generator.workshop import pool

pytestmark = pytest.mark.skipif("forkserver" not in get_all_start_methods(), reason="no fork server here")

BEGIN = """
import os, signal
from multiprocessing import forkserver, util
from generator.workshop.pool import _context
context = _context()
"""
#: Ctrl+C reaches the fork server while it loads what draws.
STOPPED = """
os.kill(forkserver._forkserver._forkserver_pid, signal.SIGINT)
process = context.Process(target=os.getpid)
process.start()
process.join()
print(process.exitcode)
"""
#: The parent ends while a process is born, and half of what it should know has been sent.
ORPHANED = """
status, work = forkserver.connect_to_new_process([])
os.write(work, b"\\x80\\x04\\x95\\xff")
os.close(work)
while os.read(status, 100):
    pass
print("gone")
"""


@pytest.mark.parametrize(("end", "printed"), [(STOPPED, "0"), (ORPHANED, "gone")])
def test_a_process_that_is_stopped_at_its_birth_says_nothing(end: str, printed: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", BEGIN + end]
    done = subprocess.run(words, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout.strip(), done.stderr, done.returncode) == (printed, "", 0)


class FakePool:
    """Gives every job back as lost, so many times; then it is done."""

    losses = 0

    def __init__(self, **settings: object) -> None:
        self.closed = False

    def schedule(self, function: object, args: list[object], timeout: float) -> Future[list[object]]:
        future: Future[list[object]] = Future()
        if FakePool.losses > 0:
            future.set_exception(BrokenProcessPool("All workers expired"))
        else:
            future.set_result([])
        return future

    def stop(self) -> None:
        FakePool.losses -= 1

    def join(self) -> None:
        """Nothing runs."""


@pytest.mark.parametrize(("losses", "wrong"), [(1, 0), (3, 0), (100, 6)])
def test_jobs_that_a_process_lost_between_two_are_drawn_by_the_next(
    losses: int, wrong: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "ProcessPool", FakePool)
    monkeypatch.setattr(FakePool, "losses", losses)
    project = read_sound()
    jobs = [job_of(project, ticket) for ticket in tickets_in(project)[:6]]
    drawn = list(pool.KillablePool(bench_of(project)._setup).run(jobs))
    assert sorted(job.name for job, _ in drawn) == sorted(job.name for job in jobs)
    assert sum(bool(problems) for _, problems in drawn) == wrong
