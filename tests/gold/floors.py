"""The scores that were reached, pinned in `floors.json`, each file of texts with its fingerprint.

A score is worse when less is right, or more is wrong or extra: a figure left out is better than a wrong one. `pin`
raises what is better and keeps what is worse, unless it is told to lower it; texts that changed are scored anew.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.gold import numbers_score
from tests.gold.strict import FIELDS, VERDICTS, tally
from tests.rules.corpus import GOLD, fingerprint, lines, read, texts_of

FLOORS = GOLD / "floors.json"
PIN = "python -m tests.rules pin"
Scores = dict[str, dict[str, int]]
"""By field the count of each verdict."""


def scored_files() -> list[Path]:
    """The files of texts of which a score is pinned, sorted."""
    return sorted(GOLD.glob("*.jsonl"))


def scores_of(path: Path) -> Scores:
    """The scores of one file of texts: of its facts, or of its numbers where those are what is marked."""
    if "mentions" in next(lines(path)):
        return dict(_of_numbers(path))
    counts: Counter[str] = Counter()
    for text in texts_of(path):
        counts += tally(text.wants, read(text).facts)
    found = {field: {verdict: counts[f"{field} {verdict}"] for verdict in VERDICTS} for field in FIELDS}
    return {field: score for field, score in found.items() if any(score.values())}


def pinned() -> dict[str, dict[str, Any]]:
    """What is pinned: by file its `texts`, a fingerprint, and its `scores`."""
    found: dict[str, dict[str, Any]] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return found


def shortfalls(floor: Scores, score: Scores) -> list[str]:
    """Where a score is worse than its floor, in words."""
    found = []
    for field in sorted(floor.keys() | score.keys()):
        was, now = floor.get(field, {}), score.get(field, {})
        if now.get("right", 0) < was.get("right", 0):
            found.append(f"{field}: {now.get('right', 0)} right instead of {was['right']}")
        found += [
            f"{field}: {now[verdict]} {verdict} instead of {was.get(verdict, 0)}"
            for verdict in ("wrong", "extra")
            if now.get(verdict, 0) > was.get(verdict, 0)
        ]
    return found


def raised(
    floors: dict[str, dict[str, Any]], reached: dict[str, dict[str, Any]], *, lower: bool = False
) -> tuple[dict[str, dict[str, Any]], list[str], list[str]]:
    """The floors as they now are, what was moved and what is worse, in words.

    A field whose score is worse keeps its floor, unless `lower` or the texts changed.
    """
    kept: dict[str, dict[str, Any]] = {}
    moved, worse = [f"{name}: no longer there" for name in floors if name not in reached], []
    for name, new in reached.items():
        old = floors.get(name, {"texts": None, "scores": {}})
        same_texts = old["texts"] == new["texts"]
        moved += [] if same_texts else [f"{name}: new or changed texts"]
        scores = {}
        for field in sorted(old["scores"].keys() | new["scores"].keys(), key=_place):
            was, now = old["scores"].get(field, {}), new["scores"].get(field, dict.fromkeys(VERDICTS, 0))
            short = shortfalls({field: was}, {field: now}) if was or same_texts else []
            worse += [f"{name}: {line}" for line in short]
            scores[field] = was if short and was and same_texts and not lower else now
            if scores[field] != was:
                moved.append(f"{name}: {field} {_words(was)} -> {_words(now)}")
        kept[name] = {"texts": new["texts"], "scores": scores}
    return kept, moved, worse


def write(floors: dict[str, dict[str, Any]]) -> None:
    """Write the floors, a field a line, so that a change of one is a line of a diff."""
    files = []
    for name, floor in sorted(floors.items()):
        scores = ",\n".join(f"    {json.dumps(field)}: {json.dumps(score)}" for field, score in floor["scores"].items())
        files.append(
            f'{json.dumps(name)}: {{\n  "texts": {json.dumps(floor["texts"])},\n  "scores": {{\n{scores}\n  }}\n}}'
        )
    FLOORS.write_text("{\n" + ",\n".join(files) + "\n}\n", encoding="utf-8")


def reached_by(path: Path) -> dict[str, Any]:
    """The entry that a file of texts would have in the floors."""
    return {"texts": fingerprint(path), "scores": scores_of(path)}


def table(floors: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The floors to read: for each file and field right/judged, then how many are wrong, missing and extra."""
    for name, floor in sorted(floors.items()):
        cells = [f"{field} {_words(score)}" for field, score in floor["scores"].items()]
        yield f"{name:18} " + " | ".join(cells)


def _of_numbers(path: Path) -> Iterator[tuple[str, dict[str, int]]]:
    score = numbers_score.score_file(path)
    for field, tallied in (("number", score.value), ("modified", score.modified)):
        missing, extra = tallied.golds - tallied.agreed, tallied.facts - tallied.agreed
        yield field, {"right": tallied.agreed, "wrong": 0, "missing": missing, "extra": extra}


def _place(field: str) -> int:
    return FIELDS.index(field) if field in FIELDS else len(FIELDS)


def _words(score: dict[str, int]) -> str:
    if not score:
        return "none"
    judged = score["right"] + score["wrong"] + score["missing"]
    rest = " ".join(f"{score[verdict]}{verdict[0]}" for verdict in VERDICTS[1:] if score[verdict])
    return f"{score['right']}/{judged}{' ' + rest if rest else ''}"
