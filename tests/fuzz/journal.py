"""What became of the inputs of one run: how many, which broke a promise, which took longest."""

import heapq
import json
import time
import traceback
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

SLOWEST = 12
EVERY = 500


class Journal:
    """Reads inputs through a target and keeps count in a file, which outlives a run that dies."""

    def __init__(self, path: Path, read: Callable[[bytes], None], inputs: int) -> None:
        self.path, self.read, self.inputs = path, read, inputs
        self.done = 0
        self.findings: dict[str, dict[str, str | int]] = {}
        self._slowest: list[tuple[float, bytes]] = []
        self._begun = time.monotonic()

    def take(self, data: bytes) -> bool:
        """Read one input; False when that was the last."""
        self.path.with_suffix(".input").write_bytes(data)  # of a process that dies of it, this one is left
        begun = time.process_time()
        try:
            self.read(data)
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            self._note(error, data)
        spent = time.process_time() - begun
        keep = heapq.heappush if len(self._slowest) < SLOWEST else heapq.heappushpop
        keep(self._slowest, (spent / (len(data) + 200), data))
        self.done += 1
        if self.done % EVERY == 0 or self.done == self.inputs:
            self.save()
        return self.done < self.inputs

    def _note(self, error: Exception, data: bytes) -> None:
        key = place_of(error)
        known = self.findings.setdefault(
            key, {"input": b64encode(data).decode(), "error": repr(error)[:300], "times": 0}
        )
        known["times"] = int(known["times"]) + 1
        if len(b64encode(data)) < len(str(known["input"])):
            known["input"] = b64encode(data).decode()

    def save(self) -> None:
        """Write what there is to tell."""
        told = {
            "done": self.done,
            "seconds": time.monotonic() - self._begun,
            "findings": self.findings,
            "slowest": [b64encode(data).decode() for _, data in self._slowest],
        }
        self.path.write_text(json.dumps(told), encoding="utf-8")


def place_of(error: BaseException) -> str:
    """By what an error is told from others: its kind, and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {place}"
