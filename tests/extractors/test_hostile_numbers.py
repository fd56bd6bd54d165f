"""Numbers, dates and attributes beyond all measure: a page costs itself nothing more than a refusal, never an error."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors import read_page, read_text
from extractors.metrics.card import bundled_card
from tests.extractors.invariants import read_or_refuse

CARD = bundled_card("ncmec-impact")

RUNS = st.builds(
    str.__mul__, st.sampled_from(["1", "9", "٣", "90", "1,000,", "1.000."]), st.sampled_from([1, 4, 24, 4400])
)
DIGITS = st.one_of(
    st.integers(0, 10**30).map(str), RUNS, st.sampled_from(["0.0", "1/1000", "½", "²", "007", "9999", "1e999999"])
)
SCALES = st.sampled_from(
    [
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "quadrillion",
        "quadrillions",
        "crore",
        "dozen",
        "millionth",
        "hundred-thousandth",
    ]
)
TIMES = st.builds(
    "{} {} {} {}".format,
    st.sampled_from(["in the last", "over the next", "since", "the first", "by the end of", "", "as of 31 March"]),
    DIGITS,
    st.sampled_from(["decades", "centuries", "years", "months", "quarters", ""]),
    st.sampled_from(["ago", "later", "earlier", "before", ""]),
)
MARKS = st.sampled_from(
    [
        "in",
        "1",
        "of",
        "every",
        "out",
        "between",
        "and",
        "to",
        "from",
        "-",
        "–",
        "/",
        ":",
        "%",
        "per",
        "cent",
        "percentage",
        "points",
        "times",
        "-fold",
        "$",
        "£",
        "rose",
        "fell",
        "by",
        "up",
        "about",
        "more",
        "than",
        "nearly",
        "half",
        "third",
        "trees",
        "calls",
        "a",
        "day",
        "FY",
        "Q4",
        "2021",
        "2020-21",
        "31",
        "January",
        "th",
        "st",
        "and",
        "counting",
    ]
)
NASTY = st.lists(st.one_of(DIGITS, SCALES, SCALES, TIMES, MARKS, MARKS), max_size=14).map(" ".join)
EDITIONS = st.sampled_from([None, 0, 1, 2024, 9999, 10**20])
CAPTURED = st.sampled_from([None, dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC)])


@st.composite
def elements(draw: st.DrawFn) -> str:
    """An element with numbers in attributes that hold levels, spans, places in a list, the targets of counters."""
    names = ["aria-level", "colspan", "rowspan", "start", "value", "data-count", "data-to", "lang"]
    values = st.one_of(DIGITS, RUNS.map("-".__add__), st.sampled_from(["", "x", "NaN", "-0", "1;", "counter"]))
    given_ = [f'{name}="{draw(values)}"' for name in draw(st.lists(st.sampled_from(names), max_size=3, unique=True))]
    tag = draw(st.sampled_from(["p", "h1", "li", "ol", "td", "th", "div", "span", "table"]))
    role = draw(st.sampled_from(["", "role=heading", "role=row", "role=columnheader", "class=counter"]))
    return f"<{tag} {' '.join(given_)} {role}>{draw(st.one_of(NASTY, st.just('0')))}</{tag}>"


@settings(max_examples=60, deadline=None)
@given(NASTY, EDITIONS, CAPTURED)
@example("In the last 250 decades we planted 12,000 trees.", 2024, None)
@example("Last month we planted 12,000 trees.", None, dt.datetime(1, 1, 1, tzinfo=dt.UTC))
@example("Last week we planted 12,000 trees.", None, dt.datetime(1, 1, 1, tzinfo=dt.UTC))
@example("Reports fell by dozens, and calls by 5% to 7%.", None, None)
@example("999 trillion trillion trillion atoms", None, None)
@example("2 in 5 quadrillion quadrillion quadrillion calls", None, None)
@example("the one quadrillion quadrillion quadrillion hundred-and-fifth call", None, None)
def test_no_number_of_a_text_is_too_much(text: str, edition: int | None, captured_at: dt.datetime | None) -> None:
    read_or_refuse(lambda: read_text(text, edition=edition, captured_at=captured_at, card=CARD))


@settings(max_examples=60, deadline=None)
@given(st.lists(elements(), max_size=5).map("".join), EDITIONS, CAPTURED)
@example(f'<p role="heading" aria-level="{"1" * 5000}">Trees</p>', 2024, None)
def test_no_attribute_of_a_page_is_too_much(body: str, edition: int | None, captured_at: dt.datetime | None) -> None:
    page = f"<html><title>{body}</title><body>{body}".encode()
    read_or_refuse(lambda: read_page(page, edition=edition, captured_at=captured_at))


CHARSETS = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(codec="ascii"), max_size=8).map("utf-8".__add__),
    st.sampled_from(
        [
            "utf-7",
            "idna",
            "punycode",
            "undefined",
            "unicode_escape",
            "raw_unicode_escape",
            "rot13",
            "hex",
            "zip",
            "utf-16",
            "utf-32",
            "hz",
            "big5",
            "mbcs",
            "..",
            "%s",
        ]
    ),
)


NOISE = [b"caf\xe9 \\ud800 +2AE-", b"\\x", b"\\N{", b"+2AE-", b"\xed\xa0\x80", b"~{", b"\x1b$B"]


@settings(max_examples=80, deadline=None)
@given(
    CHARSETS, st.sampled_from([b"caf\xe9 \\ud800 +2AE-", b"\\x", b"\\N{", b"+2AE-", b"\xed\xa0\x80", b"~{", b"\x1b$B"])
)
@example("\0", b"")
@example("\ud800", b"\xe9")
@example("x" * 100_000, b"\xe9")
@example("raw_unicode_escape", b"\\ud800 \xe9")
def test_whatever_the_header_calls_the_charset_the_page_is_read(charset: str, noise: bytes) -> None:
    page = b"<p>In 2020 we ran 4 trams.</p><p>" + noise + b"</p>"
    reading = read_or_refuse(lambda: read_page(page, charset=charset))
    assert reading is None or reading.passages


@pytest.mark.parametrize("level", ["1" * 5000, "²", "-3", "NaN", " 3 ", "3"])
def test_a_heading_of_any_level_heads_what_follows(level: str) -> None:
    page = f'<p role="heading" aria-level="{level}">Trees of 2020</p><p>We planted 12 oaks.</p>'
    (fact,) = read_page(page.encode()).facts
    assert (fact.headings, fact.year) == (("Trees of 2020",), 2020)
