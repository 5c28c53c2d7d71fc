"""Where jobs are drawn: in this process, or in killable ones, so that one bad piece costs only itself.

Comes in: jobs, one after the other. Goes out: each job with what is wrong with it; the files lie in the store. A pool
of another kind (other machines, say) needs these two methods and nothing else.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, get_all_start_methods, get_context, resource_tracker
from multiprocessing.context import BaseContext
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from generator.errors import Problem, UserError
from generator.render.refusals import DrawError
from generator.workshop.bench import Bench, Setup
from generator.workshop.job import Job
from generator.workshop.makers import MAKERS

FORK_SERVER, NURSERY = "forkserver", "generator.workshop.nursery"
#: Jobs on their way to each process.
WINDOW = 4
#: A drawing process is replaced after so many jobs: Typst remembers the layouts of its last ten compilations and more.
MAX_TASKS = 10
#: So many processes in a row may end before they begin; then it is no accident.
MOST_LOST = 3
SHORTEN = "Rút gọn nội dung của ấn phẩm này."


class Pool(Protocol):
    """Something that draws jobs; results come in the order in which they are done."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, list[Problem]]]:
        """Yield every job with what is wrong with it; never hold more than a few jobs at once."""

    def close(self) -> None:
        """Stop at once."""


def draw_job(bench: Bench, job: Job) -> list[Problem]:
    """Draw one job, judge its files, put the good ones into the store; return what is wrong with the others.

    Raises OSError when the store cannot be written: then the next job would fail, too.
    """
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
        else:
            bench.store.put(finished.wanted.key, finished.body, finished.pictures)


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


class _Lane:
    """One killable process with a queue of its own; it is replaced after `max_tasks` jobs, and ended when it hangs."""

    def __init__(self, setup: Setup, max_tasks: int) -> None:
        self.jobs, self.waiting = deque[Job](), dict[Future[list[Problem]], Job]()
        self._setup, self._max_tasks, self._lost_in_a_row = setup, max_tasks, 0
        self._pool = self._start()

    def _start(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1, max_tasks=self._max_tasks, context=_context(), initializer=_equip, initargs=[self._setup]
        )

    def fill(self) -> None:
        """Send the next jobs on their way: enough that the process never waits, few enough to weigh nothing."""
        while self.jobs and len(self.waiting) < WINDOW:
            job = self.jobs.popleft()
            self.waiting[self._pool.schedule(_draw_here, args=[job], timeout=job.timeout_s)] = job

    def take_done(self) -> Iterator[tuple[Job, list[Problem]]]:
        """Yield the jobs that are done; those that a process lost between two jobs are drawn by the next one."""
        for future in [future for future in self.waiting if future.done()]:
            if isinstance(future.exception(), BrokenProcessPool) and self._lost_in_a_row < MOST_LOST:
                self._begin_anew()
                return
            job = self.waiting.pop(future)
            self._lost_in_a_row = 0
            yield job, _read(job, future)

    def _begin_anew(self) -> None:
        """Take another process: this one ended while it had nothing to do, and its pool takes no job any more."""
        self._lost_in_a_row += 1
        self.close()
        self.jobs.extendleft(reversed(self.waiting.values()))
        self.waiting.clear()
        self._pool = self._start()

    def close(self) -> None:
        """Stop the process, at once."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


class KillablePool:
    """Draws in two processes of its own that are ended when they hang.

    Books go through one of them alone, each in a process that ends with it: what Typst remembers of a book is
    hundreds of megabytes, of a poster ten. When no book is left, that process helps with the rest.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        # Both are read when a process starts: one thread each, and one heap each. Two processes keep two cores busy.
        os.environ.setdefault("RAYON_NUM_THREADS", "1")
        os.environ.setdefault("MALLOC_ARENA_MAX", "1")
        self._books: _Lane | None = None
        self._helper: _Lane | None = None
        self._rest = _Lane(setup, MAX_TASKS)

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, list[Problem]]]:
        """Yield every job with what is wrong with it, in the order in which they are done."""
        books, rest = deque[Job](), deque[Job]()
        for job in jobs:
            (books if job.is_book else rest).append(job)
        self._rest.jobs = rest
        while lanes := [lane for lane in self._open_lanes(books, rest) if lane.jobs or lane.waiting]:
            for lane in lanes:
                lane.fill()
            wait([future for lane in lanes for future in lane.waiting], return_when=FIRST_COMPLETED)
            for lane in lanes:
                yield from lane.take_done()

    def _open_lanes(self, books: deque[Job], rest: deque[Job]) -> list[_Lane]:
        """Return the two lanes of this moment: beside the books', or once they are done, two for the rest."""
        if self._books is None and books:
            self._books = _Lane(self._setup, 1)
            self._books.jobs = books
        if self._books and (self._books.jobs or self._books.waiting):
            return [self._books, self._rest]
        if self._books:
            self._books.close()
            self._books = None
        if self._helper is None and rest:
            self._helper = _Lane(self._setup, MAX_TASKS)
        if self._helper is None:
            return [self._rest]
        self._helper.jobs = rest
        return [self._rest, self._helper]

    def close(self) -> None:
        """Stop the processes, at once."""
        for lane in filter(None, (self._books, self._helper, self._rest)):
            lane.close()


def _context() -> BaseContext:
    """Return how processes are started: never as copies of this one, for Typst's threads do not survive a fork.

    Where there is a fork server, it loads this module once, and its copies start in no time and share its memory.
    """
    if FORK_SERVER not in get_all_start_methods():
        return get_context("spawn")
    context = get_context(FORK_SERVER)
    context.set_forkserver_preload([NURSERY])
    resource_tracker.ensure_running()  # before: starting it lifts the mask
    with _ctrl_c_kept_off():
        forkserver.ensure_running()
    return context


@contextmanager
def _ctrl_c_kept_off() -> Iterator[None]:
    """Let a process that is started here never hear Ctrl+C, not even while it loads: it inherits the mask."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


#: The bench of a drawing process.
_benches: list[Bench] = []


def _equip(setup: Setup) -> None:
    """Make the bench of a drawing process; Ctrl+C is the business of the process that people see."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _benches[:] = [Bench(setup)]


def _draw_here(job: Job) -> list[Problem]:
    return draw_job(_benches[0], job)


def _read(job: Job, future: Future[list[Problem]]) -> list[Problem]:
    """Return what a done job came to: what is wrong with its files, or that its process hung or died."""
    try:
        return future.result()
    except TookTooLong:
        return [job.tell(f"vẽ quá {job.timeout_s} giây", SHORTEN)]
    except (ProcessExpired, BrokenProcessPool):
        return [job.tell("làm chương trình vẽ dừng đột ngột", SHORTEN)]
