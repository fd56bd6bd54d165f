"""Files of a home that are damaged, cut short or deleted, one at a time."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.conftest import Web
from tests.pipeline.conftest import CARD, page
from tests.promises.conftest import Promise
from tests.promises.faulty import Faulty, Tried, faulty
from tests.promises.grounds import said, wrong_after

TIMES = 200
KINDS = {
    "WARC": ("archive/*/*.warc.gz",),
    "card": ("archive/*/card*.yaml",),
    "Parquet": ("facts/*/*/*.parquet",),
    "database": ("releases/2*/impact.duckdb", "impact.duckdb"),
    "record": ("releases/2*/release.json", "releases/*.jsonl", "facts/index.json", "facts/*/*/outcomes.json"),
    "run history": ("dagster/**/*.db", "dagster/dagster.yaml"),
    "decisions": ("decisions/*.yaml",),
}
BY_HAND = {"card", "decisions"}
"""What people edit: a letter that is another may be meant so."""


def flip(content: bytearray, chance: random.Random) -> bytearray:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def cut(content: bytearray, chance: random.Random) -> bytearray:
    return content[: chance.randrange(len(content))]


def blank(content: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(content))
    content[at : at + 512] = bytes(len(content[at : at + 512]))
    return content


HARMS: dict[str, Callable[[bytearray, random.Random], bytearray] | None] = {
    "a bit of": flip, "the end of": cut, "512 bytes of": blank, "all of": None,
}  # fmt: skip


class Damage:
    """A home to be damaged, made anew for each, and what it says unharmed."""

    def __init__(self, folder: Path, process: Faulty, web: Web) -> None:
        self.process, self.home, self.base = process, folder / "home", folder / "base"
        self.card = folder / "card.yaml"
        self.card.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
        for year in (2020, 2021, 2022):
            web.forget("/")
            web.answer("/", body=page(year, year - 1700))
            assert self.run("refresh", "--card", self.card).status == 0
        with duckdb.connect(str(self.home / "impact.duckdb"), read_only=True) as con:
            facts = con.execute("SELECT min(fact_id), max(fact_id) FROM review_queue").fetchone()
        for fact in facts or ():
            command = ("decide", fact, "--exclude", "seen by hand", "--why", "a room", "--who", "somebody")
            assert self.run(*command).status == 0
        self.home.rename(self.base)
        self.said = said(self.base / "impact.duckdb")

    def run(self, *command: str | Path) -> Tried:
        return self.process.run(self.home, *command)

    def plant(self, kind: str, harm: str, chance: random.Random) -> Path:
        """Damage a file of a kind; its path."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.base, self.home, symlinks=True)
        files = sorted(path for pattern in KINDS[kind] for path in self.home.glob(pattern))
        path = chance.choice([one for one in files if one.stat().st_size])
        done = HARMS[harm]
        if done is None:
            path.unlink()
        elif not path.is_symlink():
            content = done(bytearray(path.read_bytes()), chance)
            path.chmod(0o644)
            path.write_bytes(content)
        return path

    def told(self) -> tuple[list[Tried], list[str]]:
        """What is said of the home by what anybody runs next, and what is wrong with how that ends."""
        ended, wrong = [self.run("status")], []
        for command in (["build"], ["refresh", "--card", self.card]):
            ended.append(self.run(*command))
            if ended[-1].status and "delete that folder" in ended[-1].err:  # so a person does what is said
                shutil.rmtree(self.home / "dagster")
                ended.append(self.run(*command))
        for one in ended:
            if one.status not in (0, 1, 2) or "Traceback" in one.err or "foresaw" in one.err:
                wrong.append(f"ended with {one.status}: {one.err.strip()[-300:]}")
            elif (
                one.status
                and len([line for line in one.err.splitlines() if line.startswith("impact: ")]) != 1
                and one.err
            ):
                wrong.append(f"not one line: {one.err.strip()[-300:]}")
        return ended, wrong


def judged(damage: Damage, kind: str, path: Path) -> tuple[str, list[str]]:
    """What became of it, and what is wrong with that."""
    ended, wrong = damage.told()
    text = "\n".join(one.out + one.err for one in ended)
    names = {path.name, path.parent.name if path.parent.name[:1] == "2" else path.name}
    named = any(name in text for name in names) or (kind == "run history" and "Dagster's records" in text)
    try:
        now = said(damage.home / "impact.duckdb")
    except duckdb.Error as error:
        return "unreadable", [*wrong, f"the published file: {error}; {text[-300:]}"]
    if now == damage.said:
        return "made anew" if named else "nobody noticed, nothing changed", wrong
    if kind in BY_HAND and not named:
        return "taken for an edit", wrong
    lost, altered = (
        set(map(str, damage.said[0])) - set(map(str, now[0])),
        set(map(str, now[0])) - set(map(str, damage.said[0])),
    )
    # A decision lapses with the capture that it was made on: what it kept out comes back, which is said.
    told_of_it = not altered or "to be looked at" in text
    if kind in BY_HAND or (named and told_of_it):
        return "left out, named", wrong
    return "wrong", [*wrong, f"{len(lost)} facts lost, {len(altered)} altered, named: {named}"]


def test_damaged_files(promise: Promise, tmp_path: Path, web: Web):
    """A file of the archive, the readings, the releases, the records or the decisions that is damaged, cut short or
    deleted is noticed and named, or makes no difference; what can be is made anew, and nothing altered is published."""
    chance = random.Random(promise.seed)
    with faulty(tmp_path) as process:
        damage = Damage(tmp_path, process, web)
        became: Counter[str] = Counter()
        problems: list[str] = []
        cases = [(kind, harm) for kind in KINDS for harm in HARMS]
        for number in range(promise.times(TIMES)):
            kind, harm = cases[number % len(cases)]
            path = damage.plant(kind, harm, chance)
            outcome, wrong = judged(damage, kind, path)
            became[f"{kind} {outcome}"] += 1
            place = path.relative_to(damage.home)
            problems += [f"{harm} {place}: {one}" for one in wrong]
            print(f"{harm} {place}: {outcome} {'; '.join(wrong)}", flush=True)
            promise.figure = (
                f"{became.total()} files harmed: {', '.join(f'{n} × {what}' for what, n in sorted(became.items()))}; "
                f"{wrong_after(problems)}"
            )
    assert not problems, "\n".join(problems)
