"""Tell a person how a job goes, on standard error: plain lines, and on a terminal a sign of life below them."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from pipeline.terminal import inert

Steps = Callable[[int, int], object]
"""Is told how many of how many steps are done."""


def unwatched(now: int, total: int) -> None:
    """Nobody wants to know how far it is."""


class _Teller(logging.Handler):
    def __init__(self, tell: Callable[[str], object]) -> None:
        super().__init__(logging.INFO)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # nobody reads standard error any more; the job goes on
            self._tell(inert(record.getMessage()))


@contextmanager
def told(task: str) -> Iterator[Steps]:
    """Show what the logger `impact` says until the block ends; a terminal also shows that `task` is still going on.

    What is given to the block tells how many of how many steps are done: a terminal shows a bar, the pace and the time
    left, until all are.
    """
    with ExitStack() as stack:
        done: Steps = unwatched
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

            console = Console(stderr=True, highlight=False, markup=False, emoji=False)
            steps = [BarColumn(), TextColumn("{task.fields[steps]}"), TimeRemainingColumn(compact=True)]
            status = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
            bar = stack.enter_context(Progress(*status, console=console, transient=True))
            shown = bar.add_task(task, total=None, steps="")

            def done(now: int, total: int) -> None:
                bar.columns = (*status, *steps) if now < total else (*status,)
                speed = bar.tasks[0].speed
                pace = f", {60 * speed:,.0f} a minute" if speed else ""
                bar.update(shown, completed=now, total=total, steps=f"{now:,} of {total:,}{pace}")

            teller = _Teller(console.print)
        else:
            teller = _Teller(lambda line: sys.stderr.write(f"{line}\n"))
        logger = logging.getLogger("impact")
        level = logger.level
        logger.setLevel(logging.INFO)
        logger.addHandler(teller)
        try:
            yield done
        finally:
            logger.removeHandler(teller)
            logger.setLevel(level)
