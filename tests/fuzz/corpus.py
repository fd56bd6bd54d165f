"""What fuzzing starts from: the texts, samples and files of the tests, in pieces; and the words to put together."""

import json
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import yaml

from tests.extractors.test_robustness import HTML_UNITS, TEXT_UNITS
from tests.warehouse import foreign_files, warc_builder
from tests.warehouse.test_cdx import DIALECTS
from tests.warehouse.test_decisions import TEXT as DECISIONS

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "extractors/sources/samples"
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MARKS = [
    *"\u202e\u202c\u2066\u2069\u200b\u200d\u2060\ufeff\u00ad\0\u00a0\u2009\u0663\uff11½²İß\u0301−–\u2044%$£",
    *("\x1b[31m", "\U0001f44d\U0001f3fd", "&#49;", "&nbsp;", "&#x202e;", "=1+1", "../", "{{7*7}}", "9" * 40, "1e999"),
    *("NaN", "0x1F", "1,000,000", "3.5", "million"),
]
FRAGMENTS = [
    *("- ", "  ", ": ", "\n", "[", "]", "{", "}", "&a ", "*a ", "<<: ", "!!int ", "? ", "'", '"', "#", "|", ">", "~"),
    *(
        "---\n",
        "WARC/1.1\r\n",
        "\r\n",
        "Content-Length: ",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
    ),
    *("0", "-1", "99999999999999999999", "2024-13-45", "\\ud800", "\\u0000", "\x1f\x8b\x08", "PK\x03\x04", "null"),
    *("20150304050607", "sha1:"),
]
MOST = {"text": 120, "page": 220, "card": 700, "warc": 1500, "cdx": 800, "decisions": 900}
"""Bytes of an input. What a page of megabytes costs is tested elsewhere; here the ways through the code count."""


def start(target: str) -> list[bytes]:
    """The inputs that a target starts from, each no longer than its bound."""
    pieces = {
        "text": _texts, "page": _pages, "card": _cards, "warc": _warcs, "cdx": _indexes, "decisions": _decisions,
    }[target]()  # fmt: skip
    return [piece for piece in dict.fromkeys(pieces) if 0 < len(piece) <= MOST[target]]


@cache
def vocabulary(target: str) -> tuple[str, ...]:
    """What is put between the tokens of an input."""
    if target not in ("text", "page"):
        words = Counter(token for piece in start(target) for token in TOKEN.findall(piece.decode("latin-1")))
        return (*FRAGMENTS, *FRAGMENTS, *MARKS, *sorted(words))
    words = Counter(token for text in _gold() for token in TOKEN.findall(text))
    common = sorted(word for word, count in words.items() if count > 3)
    units = TEXT_UNITS if target == "text" else [*TEXT_UNITS, *HTML_UNITS, *HTML_UNITS, *_tags()]
    return (*common, *MARKS * 4, *units * 4)


@cache
def _gold() -> tuple[str, ...]:
    lines = [line for path in sorted((ROOT / "tests/gold").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    read = [json.loads(line) for line in lines]
    return tuple(one["text"] for one in read if "text" in one)


def _texts() -> list[bytes]:
    """Gold texts in stretches of some sentences."""
    return [one.encode() for text in _gold() for one in _stretches(re.split(r"(?<=[.\n])(?=\s)", text), MOST["text"])]


def _stretches(parts: list[str], most: int) -> list[str]:
    """Parts joined again, as far as a stretch holds them."""
    found = [""]
    for part in parts:
        if len((found[-1] + part).encode()) > most:
            found.append("")
        found[-1] += part
    return [one.strip() for one in found]


def _documents() -> list[str]:
    paths = [*sorted(SAMPLES.glob("*/*.html")), *sorted((ROOT / "tests/drafts").glob("*.html"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def _tags() -> list[str]:
    return sorted({tag for page in _documents() for tag in re.findall(r"<[^<>]{1,60}>", page)})


def _pages() -> list[bytes]:
    """Sample pages in stretches of some blocks, and gold paragraphs among markup."""
    found = [one for page in _documents() for one in _stretches(re.split(r"(?<=>)(?=\s)", page), MOST["page"])]
    drawn = random.Random(1).sample(_texts(), 200)
    shapes = ["<h1>In 2021</h1><p>{}</p>", "<table><tr><th>Year<th>2021<tr><th>{}<td>5</table>", "<ul><li>{}<li>7</ul>"]
    shapes += ["<div><div>5</div><div>{}</div></div>", "<meta charset=utf-16><title>2020</title><b>{}</b>"]
    found += [shapes[n % len(shapes)].replace("{}", text.decode()) for n, text in enumerate(drawn)]
    return [one.encode() for one in found]


def _cards() -> list[bytes]:
    """Small cards: those of the tests, and the bundled one a metric at a time."""
    head = "id: a\norganisation: A\ntitle: A\nurl: https://a.example/\n"
    whole = yaml.safe_load((ROOT / "extractors/sources/ncmec-impact.yaml").read_text(encoding="utf-8"))
    found = [head + yaml.safe_dump({"metrics": {name: one}}) for name, one in whole["metrics"].items()]
    paths = [*sorted((ROOT / "tests").glob("*/card.yaml")), *sorted(SAMPLES.glob("*/card.yaml"))]
    found += [path.read_text(encoding="utf-8")[: MOST["card"]] for path in paths]
    found += [head + "metrics:\n  b: {label: B, unit: boats, measure: flow, counts: boat, when: [{near: calls}]}\n"]
    return [one.encode() for one in found]


def _warcs() -> list[bytes]:
    page = b"<p>In 2021 we housed 310 families.</p>"
    records = [
        warc_builder.warcinfo(),
        warc_builder.response(page),
        warc_builder.response(page, fields={"WARC-Payload-Digest": None}),
        warc_builder.response(page, headers={"Transfer-Encoding": "chunked"}),
        warc_builder.response(foreign_files.zipped(page), headers={"Content-Encoding": "gzip"}),
        warc_builder.response(page, status="HTTP/1.1 301 Moved", headers={"Location": "/"}),
        warc_builder.record("resource", page, fields={"Content-Type": "text/html"}),
        warc_builder.revisit(fields={"WARC-Refers-To-Target-URI": warc_builder.URL}),
        warc_builder.revisit(warc_builder.http(b""), profile="server-not-modified", fields={}),
    ]
    pairs = [b"".join(records[n : n + 2]) for n in range(len(records) - 1)]
    plain = [*records, *pairs]
    return [*plain, *map(foreign_files.zipped, plain), *(warc_builder.wacz({"a.warc": one}) for one in records)]


def _indexes() -> list[bytes]:
    return [text.encode() for text in DIALECTS.values()]


def _decisions() -> list[bytes]:
    blocks = DECISIONS.split("\n\n")
    return [DECISIONS.encode(), *(block.encode() for block in blocks), b"[]", b"- {id: d1, who: a}"]
