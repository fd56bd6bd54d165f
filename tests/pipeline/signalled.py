"""Commands that signal themselves at a line of their own: it falls where it should, however busy the machine is."""

import signal
import sys
from pathlib import Path

PROGRAM = """
import logging, os, sys, threading
from pipeline.cli import main

number, line, times, delay = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
del sys.argv[1:5]

def fall():
    if number == 9 and not delay:
        os.kill(os.getpid(), number)
    threading.Timer(delay, os.kill, (os.getpid(), number)).start()

class Watch(logging.Handler):
    seen = 0

    def emit(self, record):
        self.seen += line in record.getMessage()
        if line and self.seen == times:
            self.seen += 1
            fall()

logging.getLogger("impact").addHandler(Watch())
if not line:
    fall()
main()
"""


def signalled(number: signal.Signals, line: str, *arguments: str | Path, times: int = 1, delay: float = 0) -> list[str]:
    """Command line of `impact` with arguments, to which a signal comes `delay` seconds after a line is said so often.

    At the very beginning when there is no line.
    """
    told = [str(int(number)), line, str(times), str(delay)]
    return [sys.executable, "-c", PROGRAM, *told, *map(str, arguments)]
