"""Where jobs are drawn: in this process, or in killable ones, so that one bad piece costs only itself.

Comes in: jobs, one after the other. Goes out: each job with what is wrong with it; the files lie in the store. A pool
of another kind (other machines, say) needs these two methods and nothing else.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from generator.errors import Problem, UserError
from generator.render.refusals import DrawError
from generator.workshop.bench import Bench, Setup
from generator.workshop.job import Job
from generator.workshop.makers import MAKERS

WORKERS = 2
FORK_SERVER = "forkserver"
#: Jobs on their way to each worker: enough that none waits, few enough that their briefs weigh nothing.
WINDOW = 4
#: A drawing process is replaced after so many jobs: Typst's own memory grows with every layout.
MAX_TASKS = 40
SHORTEN = "Rút gọn nội dung của ấn phẩm này."


class Pool(Protocol):
    """Something that draws jobs; results come in the order of the jobs."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, list[Problem]]]:
        """Yield every job with what is wrong with it; never hold more than a few jobs at once."""

    def close(self) -> None:
        """Stop at once."""


def draw_job(bench: Bench, job: Job) -> list[Problem]:
    """Draw one job, judge its files, put the good ones into the store; return what is wrong with the others."""
    try:
        return list(_draw(bench, job))
    except UserError as error:
        return list(error.problems)
    except DrawError as error:
        return [job.tell(*error.explain())]


def _draw(bench: Bench, job: Job) -> Iterator[Problem]:
    for finished in MAKERS[job.maker](bench, job):
        if finished.wrong:
            yield from finished.wrong
        elif not bench.store.put(finished.wanted.key, finished.body, finished.pictures):
            yield job.tell("không ghi được vào kho (.cache/loa)", "Dọn bớt ổ đĩa rồi làm lại.")


class HerePool:
    """Draws in this process: for a few jobs, starting others would cost more than it saves."""

    def __init__(self, setup: Setup) -> None:
        self._bench = Bench(setup)

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, list[Problem]]]:
        """Yield every job with what is wrong with it."""
        for job in jobs:
            yield job, draw_job(self._bench, job)

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""


class KillablePool:
    """Draws in processes of its own (spawned: Typst's threads do not survive a fork) that are ended when they hang."""

    def __init__(self, setup: Setup) -> None:
        self._pool = ProcessPool(
            max_workers=WORKERS,
            max_tasks=MAX_TASKS,
            context=_context(),
            initializer=_equip,
            initargs=[setup],
        )

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, list[Problem]]]:
        """Yield every job with what is wrong with it; a window of jobs is on its way at any time."""
        waiting: deque[tuple[Job, Future[list[Problem]]]] = deque()
        for job in jobs:
            waiting.append((job, self._pool.schedule(_draw_here, args=[job], timeout=job.timeout_s)))
            if len(waiting) >= WORKERS * WINDOW:
                yield _wait_for(*waiting.popleft())
        while waiting:
            yield _wait_for(*waiting.popleft())

    def close(self) -> None:
        """Stop the processes, at once."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _context() -> BaseContext:
    """Return how processes are started: never as copies of this one, for Typst's threads do not survive a fork.

    Where there is a fork server, it loads this module once, and its copies start in no time and share its memory.
    """
    if FORK_SERVER not in get_all_start_methods():
        return get_context("spawn")
    context = get_context(FORK_SERVER)
    context.set_forkserver_preload([__name__])
    return context


#: The bench of a drawing process.
_benches: list[Bench] = []


def _equip(setup: Setup) -> None:
    """Make the bench of a drawing process; Ctrl+C is the business of the process that people see."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _benches[:] = [Bench(setup)]


def _draw_here(job: Job) -> list[Problem]:
    return draw_job(_benches[0], job)


def _wait_for(job: Job, future: Future[list[Problem]]) -> tuple[Job, list[Problem]]:
    try:
        return job, future.result()
    except TookTooLong:
        return job, [job.tell(f"vẽ quá {job.timeout_s} giây", SHORTEN)]
    except ProcessExpired:
        return job, [job.tell("làm chương trình vẽ dừng đột ngột", SHORTEN)]
