"""`impact extract --batch`: each text is read as it would be alone; a line that cannot be read costs itself alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.batch import read_lines
from tests.pipeline.conftest import Ended

Impact = Callable[..., Ended]

GOOD = b'{"id": "good", "text": "In 2021, we lent 7 boats."}'
DIGITS = b"7" * 5000

BAD = {
    "cut short": (b'{"id": "a", "text": "In 2021', "JSON", "a"),
    "no JSON from the start": (b"{", "JSON", None),
    "a list": (b"[1]", "object", None),
    "a string": (b'"id"', "object", None),
    "no id": (b'{"text": "x"}', '"id"', None),
    "an id that is true": (b'{"id": true, "text": "x"}', '"id"', True),
    "an id that is a list": (b'{"id": ["a"], "text": "x"}', '"id"', None),
    "an id that is a fraction": (b'{"id": 1.5, "text": "x"}', '"id"', None),
    "half an id": (b'{"id": "\\udc00", "text": "x"}', "surrogate", "\udc00"),
    "no text": (b'{"id": 1}', '"text" and "html"', 1),
    "text and html": (b'{"id": 1, "text": "a", "html": "b"}', '"text" and "html"', 1),
    "a text that is a number": (b'{"id": 1, "text": 5}', '"text"', 1),
    "an edition in words": (b'{"id": 1, "text": "a", "edition": "x"}', '"edition"', 1),
    "an edition in a string": (b'{"id": 1, "text": "a", "edition": "2020"}', '"edition"', 1),
    "an edition that is true": (b'{"id": 1, "text": "a", "edition": true}', '"edition"', 1),
    "an edition that is a fraction": (b'{"id": 1, "text": "a", "edition": 2020.5}', '"edition"', 1),
    "an edition below none": (b'{"id": 1, "text": "a", "edition": -2020}', '"edition"', 1),
    "an edition far off": (b'{"id": 1, "text": "a", "edition": 20200}', '"edition"', 1),
    "an edition of thousands of digits": (b'{"id": "x", "text": "a", "edition": %b}' % DIGITS, "digits", "x"),
    "any number of thousands of digits": (b'{"id": 8, "text": "a", "more": [-%b]}' % DIGITS, "digits", 8),
    "an id of thousands of digits": (b'{"id": %b, "text": "a"}' % DIGITS, "digits", None),
    "no moment": (b'{"id": 1, "text": "a", "captured_at": "x"}', "ISO 8601", 1),
    "a moment before the first": (
        b'{"id": 1, "text": "a", "captured_at": "0001-01-01T00:00:00+14:00"}', "ISO 8601", 1,
    ),
    "a moment after the last": (b'{"id": 1, "text": "a", "captured_at": "9999-12-31T23:59:59-01:00"}', "ISO 8601", 1),
    "a moment that is a number": (b'{"id": 1, "text": "a", "captured_at": 2020}', '"captured_at"', 1),
    "no URL": (b'{"id": 1, "text": "a", "url": "http://[bad"}', "web address", 1),
    "half a surrogate pair": (b'{"id": 1, "text": "\\ud800 7 boats"}', "surrogate", 1),
    "no UTF-8": (b'{"id": 1, "text": "\xff"}', "UTF-8", 1),
    "an encoded surrogate": (b'{"id": "z", "text": "\xed\xa0\x80"}', "UTF-8", "z"),
    "no number": (b'{"id": 1, "text": "a", "edition": NaN}', "NaN", 1),
    "an endless number": (b'{"id": 1, "more": -Infinity, "text": "a"}', "-Infinity", 1),
    "a key twice": (b'{"id": 1, "text": "a", "text": "b"}', '"text" twice', 1),
    "nested endlessly": (b'{"id": "d", "text": "a", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "depth", "d"),
    "objects nested endlessly": (b'{"id": "d", "more": ' + b'{"a":' * 100_000, "depth", "d"),
    "an empty text": (b'{"id": 1, "text": " "}', "empty", 1),
    "an empty page": (b'{"id": 1, "html": ""}', "empty", 1),
    "a data file": (b'{"id": 1, "text": "' + b"1 2 3 " * 200_000 + b'"}', "data file", 1),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_is_an_error_line_and_the_others_are_read(impact: Impact, tmp_path: Path, case: str):
    line, said, name = BAD[case]
    file = tmp_path / "texts.jsonl"
    file.write_bytes(b"\n".join([GOOD, line, GOOD]))
    ended = impact("extract", "--batch", file)
    assert ended.status == 1
    assert "1 line of" in ended.line
    first, bad, last = map(json.loads, ended.out.splitlines())
    assert first == last and first["value"] == 7
    assert list(bad) == ["id", "error"]
    assert bad["id"] == name and "line 2" in bad["error"] and said in bad["error"]
    assert len(bad["error"]) < 400


class Faulty:
    """What fails when a statistic is mapped, and not before."""

    currency = None


def test_whatever_the_reader_raises_costs_one_line():
    """A card that is none stands for a fault that nobody has found yet."""
    lines = [GOOD, b'{"id": "b", "text": "We thank everyone."}']
    (read, said), (read_too, _) = read_lines(lines, Faulty(), numerals=False)
    assert (read, read_too) == (False, True)
    (error,) = map(json.loads, said)
    assert error["id"] == "good" and "AttributeError" in error["error"]


ODD = st.sampled_from(
    ["\0", "\ufeff", "\r", "\r\n", "\n\n", "\x0b", "\x0c", "\x1b", "\x85", "\u2028", "\u2029", "\u00a0", "\u200b",
     "\u202e", "\u2066", "İ", "# ", "- ", "| ", "&#0;", "<p>", "<br>", "<b>", "</", "<meta charset=utf-16>",
     "<meta charset=shift_jis>", "%PDF-", "\U0001f600", "~{", "é"]
)  # fmt: skip
SAID = st.sampled_from(["In 2021 we lent 7 boats. ", "1,204", "5", " million", "93.5%", "Calls: ", "2019", " and "])
TEXTS = st.lists(st.one_of(ODD, SAID, SAID, st.text(max_size=3)), max_size=12).map("".join)
WITHOUT_SURROGATES = TEXTS.filter(lambda text: text.encode("utf-8", "ignore").decode() == text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WITHOUT_SURROGATES, html=st.booleans(), numerals=st.booleans())
def test_a_text_reads_the_same_alone_and_in_a_batch(
    impact: Impact, tmp_path: Path, text: str, html: bool, numerals: bool
):
    alone, many = tmp_path / ("a.html" if html else "a.txt"), tmp_path / "texts.jsonl"
    alone.write_bytes(text.encode())
    many.write_text(json.dumps({"id": 1, "html" if html else "text": text}), encoding="utf-8")
    options = ["--numerals"] if numerals else []
    single, batch = impact("extract", alone, *options), impact("extract", "--batch", many, *options)
    assert (single.status == 2) == (batch.status == 1)
    if single.status == 0:
        assert batch.out.replace('{"id": 1, ', "{") == single.out
    else:
        assert single.out == "" and list(json.loads(batch.out)) == ["id", "error"]


def test_nul_and_bom_within_a_text_change_no_numeral(impact: Impact, tmp_path: Path):
    for text in (
        "\ufeff# In 2021\n\nWe lent 1,\ufeff204 boats.",
        "We lent 1\x0034 boats\0 in 2021.",
        "\0\ufeff- 7 boats",
    ):
        (tmp_path / "a.md").write_bytes(text.encode())
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": 1, "text": text}), encoding="utf-8")
        single, batch = impact("extract", tmp_path / "a.md"), impact("extract", "--batch", tmp_path / "a.jsonl")
        assert single.out and batch.out.replace('{"id": 1, ', "{") == single.out


def test_each_record_stays_one_line_whatever_its_text_holds(impact: Impact, tmp_path: Path):
    text = "In 2021\u2028 we lent\x85 7 boats\x9bm to \u202eall\x7f."
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"id": "a\u2028b\x9b", "html": f"<p>{text}</p>"}), encoding="utf-8")
    ended = impact("extract", "--batch", file)
    (line,) = ended.out.splitlines()
    assert json.loads(line)["id"] == "a\u2028b\x9b"
    assert not set("\x1b\x7f\x85\x9b\u2028\u202e") & set(line)
