"""How runs that the UI and the schedule ask for are launched and ended."""

import os
import signal
from contextlib import suppress

from dagster._core.launcher.default_run_launcher import DefaultRunLauncher

from pipeline.instance import queue, worker
from warehouse.home import Home


class Launcher(DefaultRunLauncher):
    """Dagster's own, that ends a run by a signal to its process.

    Dagster tells the process by an event that both share, and waits until it has heeded that. One that was killed or
    stopped never does; the code server keeps its lock, and no other run starts until all is started anew.
    """

    def terminate(self, run_id: str) -> bool:
        """Ask the process of a run to end, as Ctrl-C would; a run whose process is dead is closed."""
        home = Home.from_environment()
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return False
        pid = worker(home, run_id)
        if pid is not None:
            self._instance.report_run_canceling(run)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            return True
        if run_id in queue(home).dead:
            self._instance.report_run_canceled(run)
            return True
        ended: bool = super().terminate(run_id)  # type: ignore[no-untyped-call]
        return ended
