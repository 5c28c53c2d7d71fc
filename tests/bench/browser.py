"""Headless Chromium as a PDF engine: one warm process driven over its debugging pipe, or one cold process a file."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge", "microsoft-edge")
SWITCHES = ("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--allow-file-access-from-files")
#: The pipe is file descriptors 3 (commands in) and 4 (answers out) of the browser; its launcher moves them there.
LAUNCH = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
PAPER = {"printBackground": True, "preferCSSPageSize": True}


def find_browser() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def make_command(program: str, profile: Path) -> list[str]:
    """Return the start of every command line; as root (containers) Chromium insists on --no-sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [program, *SWITCHES, f"--user-data-dir={profile}", *(["--no-sandbox"] if is_root else [])]


def print_cold(program: str, profile: Path, page: Path, pdf: Path) -> None:
    """Print a page with a process of its own."""
    command = [*make_command(program, profile), "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Browser:
    """A warm Chromium with one page open; close it when done."""

    def __init__(self, program: str, profile: Path, start: Path) -> None:
        import fcntl  # not on Windows

        pipes = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (*os.pipe(), *os.pipe())]
        theirs_in, ours_out, ours_in, theirs_out = pipes
        command = [*make_command(program, profile), "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(theirs_in), str(theirs_out), *command],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.commands, self.answers, self.unread = os.fdopen(ours_out, "wb", 0), ours_in, b""
        self.number, self.session = 0, dict[str, str]()
        target = self.ask("Target.createTarget", url=start.as_uri())["targetId"]
        self.session = {"sessionId": self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        self.ask("Page.enable")
        self.frame = self.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def ask(self, method: str, **params: Any) -> Mapping[str, Any]:
        """Send one command of the DevTools protocol and return its result."""
        self.number += 1
        said = {"id": self.number, "method": method, "params": params}
        self.commands.write(json.dumps(said | self.session).encode() + b"\0")
        while True:
            answer = json.loads(self._read())
            if answer.get("id") == self.number:
                result: Mapping[str, Any] = answer["result"]
                return result

    def _read(self) -> bytes:
        while b"\0" not in self.unread:
            more = os.read(self.answers, 1 << 20)
            if not more:
                raise EOFError("the browser has gone")
            self.unread += more
        message, _, self.unread = self.unread.partition(b"\0")
        return message

    def print_pdf(self, html: str) -> bytes:
        """Return the PDF of a page, fonts loaded."""
        self.ask("Page.setDocumentContent", frameId=self.frame, html=html)
        self.ask("Runtime.evaluate", expression="document.fonts.ready.then(() => 1)", awaitPromise=True)
        return base64.b64decode(self.ask("Page.printToPDF", **PAPER)["data"])

    def close(self) -> None:
        """Close the browser and wait for it."""
        self.ask("Browser.close")
        self.process.wait(20)
        self.commands.close()
        os.close(self.answers)
