"""`make fuzz`: so many inputs (INPUTS) from one SEED, shared out over targets and engines, each run a process.

Says what it read, which promises were broken and by which input, made small, and what took longest for its size, timed
again without atheris' bookkeeping. What is found is to become a test beside the step that erred.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.fuzz.journal import place_of
from tests.fuzz.targets import TARGETS

SHARES = {
    ("guided", "text"): 0.11,
    ("changed", "text"): 0.25,
    ("generated", "text"): 0.06,
    ("guided", "page"): 0.08,
    ("changed", "page"): 0.18,
    ("generated", "page"): 0.04,
    ("guided", "cdx"): 0.10,
    ("guided", "warc"): 0.08,
    ("guided", "decisions"): 0.05,
    ("guided", "card"): 0.05,
}
"""What part of the inputs an engine gives a target. `changed` follows on what `guided` found."""
SECONDS_A_BYTE, SECONDS = 0.0002, 0.05
"""What an input may take: for each byte, and at all. Twenty times what prose takes, and a machine that is busy."""
FEW = 200
"""Inputs below which a run is not begun again after a crash."""


def run(engine: str, target: str, inputs: int, seed: int, folder: Path) -> dict[str, Any]:
    """One engine on one target, begun again with the next seed where the process dies."""
    done, seconds, crashes = 0, 0.0, 0
    findings: dict[str, dict[str, str | int]] = {}
    slowest: list[str] = []
    while done < inputs:
        out = folder / f"{engine}-{target}.json"
        out.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            f"tests.fuzz.{engine}",
            target,
            str(inputs - done),
            str(seed + crashes),
            str(out),
        ]
        with out.with_suffix(".log").open("wb") as log:
            status = subprocess.run(
                command, stdout=log, stderr=log, env=os.environ | {"PYTHONHASHSEED": "0"}
            ).returncode
        told = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {"done": 0}
        done += told["done"]
        seconds += told.get("seconds", 0)
        findings |= told.get("findings", {})
        slowest += told.get("slowest", [])
        if status:
            crashes += 1
            died_of = out.with_suffix(".input")
            if told["done"] == 0 and not died_of.exists():
                raise SystemExit(f"fuzz: {' '.join(command)} did not begin; see {out.with_suffix('.log')}")
            kept = died_of.rename(folder / f"{engine}-{target}-crash{crashes}.input")
            findings[f"the process ended with status {status}"] = {"file": str(kept), "times": 1, "error": ""}
            if crashes > 5 or inputs - done < FEW:
                break
    return {"engine": engine, "target": target, "done": done, "seconds": seconds, "findings": findings, "slow": slowest}


def shrunk(read: Callable[[bytes], None], data: bytes) -> bytes:
    """A smaller input that fails at the same place."""

    def place(candidate: bytes) -> str | None:
        try:
            read(candidate)
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            return place_of(error)
        return None

    wanted, size = place(data), len(data) // 2
    while size and wanted:
        at, before = 0, len(data)
        while at < len(data):
            candidate = data[:at] + data[at + size :]
            if place(candidate) == wanted:
                data = candidate
            else:
                at += size
        size = size if len(data) < before and size > 1 else size // 2
    return data


def seconds_of(read: Callable[[bytes], None], data: bytes) -> float:
    """Processor time of one input, the least of three."""
    spent = []
    for _ in range(3):
        begun = time.process_time()
        with suppress(Exception):  # its kind is told elsewhere
            read(data)
        spent.append(time.process_time() - begun)
    return min(spent)


def main() -> int:
    """Run, tell, and end with 1 where a promise was broken."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--inputs", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=20261130)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)

    def runs_of(target: str) -> list[dict[str, Any]]:
        shares = [(engine, share) for (engine, of), share in SHARES.items() if of == target]
        return [
            run(engine, target, max(1, round(asked.inputs * part)), asked.seed, asked.folder) for engine, part in shares
        ]

    with ThreadPoolExecutor(asked.jobs) as pool:
        runs = [one for runs in pool.map(runs_of, TARGETS) for one in runs]
    broken = 0
    slowest: list[tuple[float, float, str, bytes]] = []
    for one in runs:
        read = TARGETS[one["target"]]
        print(f"{one['engine']} {one['target']}: {one['done']:,} inputs in {one['seconds']:,.0f} s")
        for key, finding in one["findings"].items():
            broken += 1
            small = shrunk(read, b64decode(finding["input"])) if "input" in finding else finding["file"]
            print(f"  {key}, {finding['times']} times: {finding['error']}\n    {small!r}")
        timed = [(seconds_of(read, data), data) for data in map(b64decode, one["slow"])]
        for seconds, data in timed:
            slowest.append((seconds / (SECONDS + SECONDS_A_BYTE * len(data)), seconds, one["target"], data))
    slowest.sort(key=lambda one: one[0], reverse=True)
    print("slowest for their size, of what each may take:")
    for part, seconds, target, data in slowest[:8]:
        broken += part > 1
        print(f"  {part:.0%}, {1000 * seconds:.1f} ms for {len(data)} bytes, {target}: {data[:120]!r}")
    total = sum(one["done"] for one in runs)
    print(f"{total:,} inputs, seed {asked.seed}: {broken or 'no'} promise{'' if broken == 1 else 's'} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
