"""Tell a person how a job goes, on standard error: plain lines, and on a terminal a sign of life below them."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from pipeline.terminal import inert


class _Teller(logging.Handler):
    def __init__(self, tell: Callable[[str], object]) -> None:
        super().__init__(logging.INFO)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # nobody reads standard error any more; the job goes on
            self._tell(inert(record.getMessage()))


@contextmanager
def told(task: str) -> Iterator[None]:
    """Show what the logger `impact` says until the block ends; a terminal also shows that `task` is still going on."""
    with ExitStack() as stack:
        if sys.stderr.isatty():
            from rich.console import Console

            console = Console(stderr=True, highlight=False, markup=False, emoji=False)
            stack.enter_context(console.status(task))
            teller = _Teller(console.print)
        else:
            teller = _Teller(lambda line: sys.stderr.write(f"{line}\n"))
        logger = logging.getLogger("impact")
        level = logger.level
        logger.setLevel(logging.INFO)
        logger.addHandler(teller)
        try:
            yield
        finally:
            logger.removeHandler(teller)
            logger.setLevel(level)
