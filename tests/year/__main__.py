"""Live through the year and keep, a line a day, what each day took and told: `python -m tests.year FOLDER [DAY …]`."""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from tests.year import pages
from tests.year.year import live


def main(folder: Path, days: list[int]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (folder / "days.jsonl").open("w", encoding="utf-8") as record:
        for day in live(folder, days):
            print(json.dumps(asdict(day)), file=record, flush=True)
            if day.number % 10 == 0 or day.notices:
                print(f"day {day.number}: {[one['text'] for one in day.notices]}", flush=True)
        print(json.dumps("whole"), file=record)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(one) for one in sys.argv[2:]] or list(range(pages.DAYS)))
