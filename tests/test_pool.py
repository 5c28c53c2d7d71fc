"""Drawing processes and Ctrl+C: whatever moment it comes, the terminal shows no word of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing import get_all_start_methods

import pytest
from conftest import ROOT

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
