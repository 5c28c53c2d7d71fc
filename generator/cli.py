"""The `loa` program: exit codes, and what people are told when something stops it.

0 made, 1 something to fix, 2 wrong command line, 130 stopped. Comes in: what people type. Goes out: the code. Loads
little by itself: Ctrl+C is heard from the first moment.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from generator.errors import Problem, UserError
from generator.machine import explain_fault
from generator.terminal import hold_streams, print_problems

#: What shells report of a program that Ctrl+C ended: 128 + SIGINT.
STOPPED = 130
#: How systems ask a program to end, besides Ctrl+C: a killed task, a closed window.
ENDINGS = ("SIGTERM", "SIGHUP", "SIGBREAK")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    hold_streams()
    try:
        from generator import commands  # noqa: PLC0415 - loading takes a second, in which people may press Ctrl+C

        return commands.run_command(words)
    except UserError as error:
        return _refuse(error.problems)
    except KeyboardInterrupt:
        print("\nĐã dừng theo lệnh của bạn; bản đã làm lần trước vẫn còn nguyên.", file=sys.stderr)
        return STOPPED
    except Exception as error:
        if problem := explain_fault(error):
            return _refuse([problem])
        traceback.print_exc()
        print(
            "\nLỗi của chương trình, không phải của bạn. Gửi toàn bộ đoạn trên cho người phụ trách kỹ thuật.",
            file=sys.stderr,
        )
        return 1


def _refuse(problems: Sequence[Problem]) -> int:
    print_problems(problems)
    print("\nChưa làm gì cả; bản đã làm lần trước vẫn còn nguyên.", file=sys.stderr)
    return 1


def _end_like_ctrl_c() -> None:
    """Let every way of ending leave nothing behind, as Ctrl+C does; what `nohup` set stays."""
    for name in ENDINGS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def run() -> NoReturn:
    """Run as a program."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    _end_like_ctrl_c()
    raise SystemExit(main())
