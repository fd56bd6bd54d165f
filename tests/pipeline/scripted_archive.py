"""Web archives for tests of backfills: one that answers as a test scripts it; and what a home then holds."""

import json
from pathlib import Path

from tests.conftest import Web
from tests.pipeline import kept_history
from tests.pipeline.conftest import CARD
from tests.pipeline.kept_history import ADDRESSES, NEW

SOURCE = "coast-rescue"


def card_file(folder: Path, addresses: str = ADDRESSES) -> Path:
    file = folder / "card.yaml"
    file.write_text(CARD.replace("url: {url}\n", "{url}").format(url=addresses), encoding="utf-8")
    return file


def record(home: Path) -> list[dict]:
    lines = (home / "archive" / SOURCE / "backfill.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


class Scripted:
    """An archive that answers as a test scripts it: an index of some captures, and their bytes."""

    def __init__(self, web: Web, captures: int) -> None:
        self.web, self.stamps = web, [f"20{n + 10}0401000000" for n in range(captures)]
        self.url = web.url("/kept")
        query = "url=https%3A%2F%2Fwww.coast-rescue.example%2Four-year&output=json&showResumeKey=true&limit=1000"
        lines = [json.dumps({"timestamp": s, "url": NEW, "status": "200", "digest": s}) for s in self.stamps]
        web.answer(f"/kept/cdx?{query}", body="\n".join(lines).encode())
        for n, stamp in enumerate(self.stamps):
            self.answer(n, body=kept_history.edition(2009 + n))
            assert stamp

    def answer(self, n: int, **fields: object) -> None:
        path = f"/kept/{self.stamps[n]}id_/{NEW}"
        self.web.forget(path)
        self.web.answer(path, **fields)  # type: ignore[arg-type]

    def fetched(self) -> list[str]:
        return [asked.path[6:20] for asked in self.web.asked if "id_" in asked.path]
