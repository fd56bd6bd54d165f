"""Speed of the extractor, measured: `make bench` prints the tables and writes them to `tests/bench.md`.

All texts are the project's own: the bundled sample pages and the gold texts. Every figure is processor time of one
core, the best of several runs. Absolute figures move by half with the machine and what else runs on it, so each stands
beside what BeautifulSoup on lxml takes in the same run.
"""

import itertools
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from extractors import read_page, read_text
from extractors.dumps import count_numbers
from extractors.metrics.card import bundled_card
from extractors.pages import html_passages, text_passages
from tests.many_captures import many_rows

ROOT = Path(__file__).parent
SAMPLES = sorted((ROOT.parent / "extractors" / "sources" / "samples").glob("*/*.html"))
GOLD = ("dev.jsonl", "ncmec_dev.jsonl", "other_dev.jsonl")
CARD = "ncmec-impact"

PAGE_SIZE = 20_000
ORDINARY = 9 / 1000
"""Numbers to a character on an ordinary impact page; the gold texts hold four times as many."""
PARAGRAPH = 170
MEGABYTE = 1_000_000
HOSTILE_SECONDS = 5.0

HOSTILE_TEXT = [
    "1,", "1 1 1 ", "2021 ", "one hundred and ", "more than 1 ", "from 1 to 2 ", "1 in 2 ", "1 of which ", "1. ", "A. ",
    "half ", "1 000 ", "January ", "March and ", "between 2015 and ", "according to ", "İ", "²", "١", "-", "...", "a",
    "1", "a1", "a-", "\0", '"', "555-1234 ", "call 555-1234 or text ", "https://1.a/", "[1](", "| 1 ", "1\n", "* 1\n",
    "# 1\n", "> ", "**1**", "5 people\n\n", "# 1 a\n\n", "rose from 1 in 2019 to 2 in 2020, ",
    "over the course of it 1 child and ", "1 million of the many people and ",
    "five of the children and some of their parents or ", "In 2021 we helped 1,200 children. ",
    "In 2021 we helped about 1,200 children and their families and ",
    "from 12 percent in the first quarter of the year to ",
]  # fmt: skip
HOSTILE_HTML = [
    "<div>", "<b>", "<b>1</b>", "<td>1</td>", "<p>a</p>", "<p>1 a</p>", "<p>1 cat</p>", "<li>1", "<ul><li>",
    "<table><tr><td>1", "<h1>1</h1>", "<h2>2021</h2><p>1 a</p>", "<br>1", "<tr><td>1 a</td></tr>", "&#49; ",
    "<sup>1</sup>", "<", "<!--", "&", "</div>", "<div><div>5</div><div>cats</div></div>", "<dl><dt>cats<dd>1",
    "<section><h2>In 2021</h2>1 cat", "<table><tr><th>a<th>b</tr><tr><td>b<td>x</tr></table>",
    "<div><p>a<p>b<p>c</div>", '<table><tr><td colspan="1000" rowspan="65000">1</td></tr>',
]  # fmt: skip


def best(run: Callable[[], object], repeats: int = 7) -> float:
    """Processor seconds of the quickest of several runs."""

    def once() -> float:
        begin = time.process_time()
        run()
        return time.process_time() - begin

    run()
    return min(once() for _ in range(repeats))


def passages() -> list[str]:
    """Every passage of the sample pages and of the gold texts that rules were written against."""
    found = [p.text for page in SAMPLES for p in html_passages(page.read_bytes())]
    for name in GOLD:
        for line in (ROOT / "gold" / name).read_text().splitlines():
            row = json.loads(line)
            read = html_passages(row["html"].encode()) if "html" in row else text_passages(row["text"])
            found += [p.text for p in read]
    return found


def paragraphs(short: list[str]) -> list[str]:
    """Short passages joined until they are as long as an ordinary paragraph."""
    joined = [""]
    for passage in short:
        if len(joined[-1]) >= PARAGRAPH:
            joined.append("")
        joined[-1] = f"{joined[-1]} {passage}".strip()
    return joined


def mixed_text(density: float | None) -> str:
    """About `PAGE_SIZE` characters of passages, those without numbers mixed in until no more than `density` hold."""
    pool = passages()
    plain = itertools.cycle(paragraphs([p for p in pool if not count_numbers(p)]))
    chosen: list[str] = []
    length = numbers = 0
    for passage in [p for p in pool if count_numbers(p)]:
        chosen.append(passage)
        length, numbers = length + len(passage) + 2, numbers + count_numbers(passage)
        while density and numbers > density * length:
            chosen.append(next(plain))
            length += len(chosen[-1]) + 2
        if length >= PAGE_SIZE:
            break
    return "\n\n".join(chosen)


def soup_of(page: bytes) -> object:
    return BeautifulSoup(page, "lxml")


def text_rows(yardstick: bytes) -> Iterator[list[str]]:
    """Text to facts, without a card and with one."""
    card = bundled_card(CARD)
    for name, text in (("as an ordinary page", mixed_text(ORDINARY)), ("gold texts, dense", mixed_text(None))):
        size = len(text.encode())
        facts = len(read_text(text).facts)
        for label, given in (("none", None), (CARD, card)):
            seconds = best(lambda t=text, c=given: read_text(t, card=c))
            soup = best(lambda: soup_of(yardstick))
            yield [
                name, f"{size / 1000:.1f}", str(facts), label, f"{size / seconds / MEGABYTE:.2f}",
                f"{seconds * 1e3:.1f}", f"{seconds / soup:.1f}",
            ]  # fmt: skip


def page_rows() -> Iterator[list[str]]:
    """HTML to facts, against beautifulsoup4 on lxml alone and the page's text at 1 MB/s."""
    for page in SAMPLES:
        html = page.read_bytes()
        text = sum(len(p.text.encode()) + 1 for p in html_passages(html))
        soup, seconds = best(lambda h=html: soup_of(h)), best(lambda h=html: read_page(h))
        bar = soup + text / MEGABYTE
        facts = len(read_page(html).facts)
        yield [
            f"{page.parent.name}/{page.name}", f"{len(html) / 1000:.1f}", f"{text / 1000:.1f}", str(facts),
            f"{seconds * 1e3:.1f}", f"{soup * 1e3:.1f}", f"{bar * 1e3:.1f}", f"{seconds / bar:.2f}",
        ]  # fmt: skip
    html = ordinary_page(1)
    text = sum(len(p.text.encode()) + 1 for p in html_passages(html))
    soup, seconds = best(lambda: soup_of(html)), best(lambda: read_page(html))
    bar = soup + text / MEGABYTE
    yield [
        "as an ordinary page", f"{len(html) / 1000:.1f}", f"{text / 1000:.1f}", str(len(read_page(html).facts)),
        f"{seconds * 1e3:.1f}", f"{soup * 1e3:.1f}", f"{bar * 1e3:.1f}", f"{seconds / bar:.2f}",
    ]  # fmt: skip


def ordinary_page(size: int) -> bytes:
    """A page of at least `size` bytes: the ordinary text in paragraphs, over and over."""
    blocks = mixed_text(ORDINARY).split("\n\n")
    body = "\n".join(f'<div class="row"><div class="column"><p class="text">{b}</p></div></div>' for b in blocks)
    times = max(1, -(-size // len(body.encode())))
    return f"<html><body><main>{body * times}</main></body></html>".encode()


def growth_rows() -> Iterator[list[str]]:
    """The same page repeated up to 10 MB: time for each megabyte."""
    for megabytes in (0.5, 1, 2, 5, 10):
        html = ordinary_page(int(megabytes * MEGABYTE))
        size = len(html) / MEGABYTE
        seconds = best(lambda h=html: read_page(h), 1)
        soup = best(lambda h=html: soup_of(h), 1)
        yield [f"{size:.1f}", f"{seconds:.2f}", f"{seconds / size:.2f}", f"{soup / size:.2f}"]


READ_ONE = """
import resource, sys
from pathlib import Path
from extractors import read_page, read_text
from extractors.errors import InputError
body = Path(sys.argv[1]).read_bytes()
try:
    reading = read_page(body) if sys.argv[2] == "html" else read_text(body.decode())
    said = f"{len(reading.numerals)} numerals"
except InputError as error:
    said = "refused: " + str(error).split(":")[0]
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, said, sep="\\t")
"""


def hostile_rows() -> Iterator[list[str]]:
    """Inputs of 1 MB made of one piece over and over, each read by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "input"
        for form, pieces in (("text", HOSTILE_TEXT), ("html", HOSTILE_HTML)):
            for piece in pieces:
                body = (piece * (MEGABYTE // len(piece.encode()) + 1)).encode()[:MEGABYTE]
                file.write_bytes(b"<html><body>" + body if form == "html" else body.decode(errors="ignore").encode())
                command = [sys.executable, "-c", READ_ONE, str(file), form]
                done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=ROOT.parent)
                seconds, said = done.stdout.strip().split("\t") if not done.returncode else ("nan", "failed")
                yield [form, f"`{piece!r}`".replace("|", "\\|"), f"{float(seconds):.1f}", said]


def startup_rows() -> Iterator[list[str]]:
    """`impact extract` of a small text as a process, from start to end."""
    for name, arguments in (("impact extract", []), (f"impact extract --source {CARD}", ["--source", CARD])):
        command = [sys.executable, "-m", "pipeline.cli", "extract", "-", *arguments]
        if (script := Path(sys.executable).parent / "impact").exists():
            command = [str(script), "extract", "-", *arguments]
        elapsed, used = [], []
        for _ in range(5):
            before, begin = os.times(), time.perf_counter()
            subprocess.run(command, input=b"In 2021, 12 calls came in.", capture_output=True, check=True)
            elapsed.append(time.perf_counter() - begin)
            after = os.times()
            used.append(after.children_user + after.children_system - before.children_user - before.children_system)
        yield [name, f"{min(used):.2f}", f"{min(elapsed):.2f}"]


EMPTY_JOB = """
import dagster as dg
@dg.op
def nothing(): pass
@dg.job(executor_def=dg.in_process_executor)
def empty(): nothing()
"""
IN_PROCESS = """
import os
with dg.DagsterInstance.get() as instance:
    empty.execute_in_process(instance=instance)
os._exit(0)
"""


def processor_seconds(command: list[str], environment: dict[str, str]) -> float:
    """Processor time of a child process and its children, from start to end."""
    before = os.times()
    subprocess.run(command, env=os.environ | environment, capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def refresh_rows() -> Iterator[list[str]]:
    """A refresh that finds nothing new, and an empty Dagster job, by Dagster's own command and in process, in turn."""
    refresh = [sys.executable, "-c", "from pipeline.cli import main; main()", "refresh", "--sample"]
    with tempfile.TemporaryDirectory() as folder:
        home, records = Path(folder) / "home", Path(folder) / "records"
        records.mkdir()
        (records / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
        (Path(folder) / "empty.py").write_text(EMPTY_JOB)
        execute = [sys.executable, "-m", "dagster", "job", "execute", "-f", f"{folder}/empty.py", "-j", "empty"]
        in_process = [sys.executable, "-c", EMPTY_JOB + IN_PROCESS]
        environment = {"IMPACT_HOME": str(home), "DAGSTER_HOME": str(records)}
        processor_seconds(refresh, environment)
        rounds = [[processor_seconds(one, environment) for one in (execute, in_process, refresh)] for _ in range(5)]
    executed, bare, nothing_new = (min(column) for column in zip(*rounds, strict=True))
    yield [f"{seconds:.2f}" for seconds in (executed, bare, nothing_new)] + [f"{nothing_new / executed:.2f}"]


def table(title: str, note: str, heads: str, rows: Iterator[list[str]]) -> str:
    """One section in Markdown; printed as it is made."""
    columns = heads.split(" | ")
    lines = [f"## {title}", note, "", f"| {heads} |", "|" + " --- |" * len(columns)]
    print("\n".join(lines), flush=True)
    for row in rows:
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], flush=True)
    print()
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure all, or the sections whose first word is given; only a full run is written to `tests/bench.md`."""
    yardstick = ordinary_page(1)
    sections: dict[str, Callable[[], str]] = {
        "text": lambda: table(
            "Text to facts",
            f"Bar: 1 MB/s. The last column is the time over that of BeautifulSoup on lxml for a page of "
            f"{len(yardstick) / 1000:.0f} kB.",
            "text | kB | facts | card | MB/s | ms | over soup",
            text_rows(yardstick),
        ),
        "html": lambda: table(
            "HTML to facts",
            "Bar: what BeautifulSoup on lxml takes for the page, and its text at 1 MB/s. The samples hold far more "
            "numbers to the line than a real page.",
            "page | kB | kB of text | facts | ms | soup ms | bar ms | over bar",
            page_rows(),
        ),
        "growth": lambda: table(
            "Growth", "The ordinary page, repeated.", "MB | s | s per MB | soup, s per MB", growth_rows()
        ),
        "hostile": lambda: table(
            "Hostile inputs of 1 MB",
            f"Bar: {HOSTILE_SECONDS:.0f} s for the process, start-up included. What is plainly a data file is refused.",
            "form | repeated | s | outcome",
            hostile_rows(),
        ),
        "refresh": lambda: table(
            "A refresh that finds nothing new",
            "Bar: 1.2 of what `dagster job execute` takes for an empty job. Processor seconds of a process of its own.",
            "`dagster job execute` | empty job in process | refresh | refresh over the first",
            refresh_rows(),
        ),
        "many": lambda: table(
            "Many captures",
            "A home of 6 captures and one of 1,002, of 72 statistics each. Bars: one new capture 2 of what the small "
            "home takes, and 350 MB; nothing new 1.1. Processor seconds and peak MB of the command; of the first "
            "reading of the many, seconds elapsed on one core and on all, and one over the other, bar 1.8 with two.",
            "refresh | small, s | many, s | ratio | small, MB | many, MB",
            many_rows(),
        ),
        "start": lambda: table(
            "Start-up",
            "A text of one sentence, as a process of its own.",
            "command | processor s | s elapsed",
            startup_rows(),
        ),
    }
    wanted = sys.argv[1:] or list(sections)
    made = [sections[name]() for name in wanted]
    if wanted == list(sections):
        cores = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        note = (
            "Written by `make bench`. Processor time of one core, the best of several runs. The machine "
            f"({cores}) is shared and noisy: figures move by half from run to run, the ratios hold.\n"
        )
        (ROOT / "bench.md").write_text("# Speed\n\n" + note + "\n" + "\n".join(made))


if __name__ == "__main__":
    main()
