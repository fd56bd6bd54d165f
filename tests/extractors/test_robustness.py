"""What holds for every text and every page, however hostile: no crash, a ledger that closes, work in proportion."""

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import Fact, Reading, read_page, read_text
from extractors.errors import InputError
from extractors.language.lexicon import words
from extractors.metrics.card import SourceCard, bundled_card
from tests.extractors.invariants import read_or_refuse
from tests.few import few_of

CARD = bundled_card("ncmec-impact")

# --- the ledger ---

WORDS = st.sampled_from(
    sorted(
        words(
            "in by of to from and or over the a since about more than nearly 2021 1,204 3.5 million £4m $5 62% half "
            "twice dozens 1-in-6 one third 10,000th FY22 Q3 ages 5 12 days hours calls children reports rose fell "
            "increase each year month last respectively 7/8 ² ١٢ (1) [2] - – ; : , . ? ! 24/7 +44 20:15 v2.1 No. per "
            "cent percent ’s “ ” İ ß"
        )
    )
)
PROSE = st.lists(st.one_of(WORDS, WORDS, WORDS, st.text(max_size=4)), max_size=30).map(" ".join)
ANY_TEXT = st.one_of(PROSE, st.text(max_size=120), st.lists(PROSE, max_size=6).map("\n\n".join))
MARKDOWN = st.lists(
    st.builds(str.__add__, st.sampled_from(["# ", "- ", "1. ", "| ", "**", "> ", "", "\n", "\t", "```\n"]), PROSE),
    max_size=8,
).map("\n".join)
BLOCKS = st.sampled_from(
    [
        "<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}<li>{}</ul>", "<table><tr><th>{}<th>{}<tr><td>{}<td>{}</table>",
        "<div><div>{}</div><div>{}</div></div>", "<dl><dt>{}<dd>{}</dl>", "<nav>{}</nav>", "<b>{}</b>{}<br>{}",
        "<p hidden>{}</p>", "<script>{}</script>", "<sup>{}</sup>", "<td>{}", "</div>{}", "<a href='{}'>{}</a>",
        "<table><caption>{}</caption><tr><td colspan=3 rowspan=0>{}<td>{}</table>", "<!-- {} -->{}", "&#{};{}",
    ]
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """A page put together from blocks, well formed or not, filled with prose."""
    filled = [re.sub(r"\{\}", lambda _: draw(PROSE), block) for block in draw(st.lists(BLOCKS, max_size=7))]
    return f"<html><body>{' '.join(filled)}</body></html>".encode("utf-8", "surrogatepass")


@settings(max_examples=40, deadline=None)
@given(st.one_of(ANY_TEXT, MARKDOWN))
def test_any_text_is_read_and_its_ledger_closes(text: str) -> None:
    read_or_refuse(lambda: read_text(text))


@settings(max_examples=30, deadline=None)
@given(pages())
def test_any_page_is_read_and_its_ledger_closes(page: bytes) -> None:
    read_or_refuse(lambda: read_page(page))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(page: bytes) -> None:
    read_or_refuse(lambda: read_page(page))


@settings(max_examples=15, deadline=None)
@given(st.one_of(ANY_TEXT, MARKDOWN))
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_text(text) == read_text(text)


MAPPED = ("metric", "dimensions", "label", "period_type", "source", "rule", "period_start", "period_end")


def without_mapping(fact: Fact) -> dict[str, object]:
    fields = fact.model_dump(exclude=set(MAPPED))
    return fields | {"period_type": fact.period_type if fact.period_type not in ("year", "as_of", "cumulative") else ""}


METRIC_WORDS = st.sampled_from(
    ["CyberTipline reports", "calls", "missing children", "images and videos", "of those", "from the public", "notices"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(WORDS, METRIC_WORDS), max_size=30).map(" ".join))
def test_a_card_maps_facts_and_changes_nothing_else(text: str) -> None:
    def read(card: SourceCard | None) -> Reading:
        return read_text(text, card=card, edition=2021)

    plain, mapped = read(None), read(CARD)
    assert plain.numerals == mapped.numerals
    assert [without_mapping(f) for f in plain.facts] == [without_mapping(f) for f in mapped.facts]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\0", "\ufeff", "\u200b", "\u2028", "…", "5", "½", "٣", "five"])
def test_tiny_texts_are_read(text: str) -> None:
    assert read_or_refuse(lambda: read_text(text)) is not None


def test_members_and_numbers_that_do_not_pair_are_read() -> None:
    """ "Respectively", and a number that is none of those it orders."""
    text = "# CyberTipline\n\nReports play the 415 CyberTip-ine percent, 2020 2021 respectively. million "
    broken = "# CyberTipline\n\nReports tofacial the415CyberTip\ufffdine percent, 2020  2021 respectively. million "
    for one in (text, broken):
        assert read_or_refuse(lambda one=one: read_text(one, card=CARD)) is not None


def test_a_lone_surrogate_is_read_or_refused() -> None:
    read_or_refuse(lambda: read_text("\ud800 5 cats"))


# --- growth: work is counted, not timed ---


@dataclass
class Work:
    """Counts calls, of Python functions and of built-in ones, and resumptions of generators."""

    count: int = 0

    def __call__(self, _frame: object, event: str, _arg: object) -> None:
        if event in ("call", "c_call"):
            self.count += 1


def work_of(read: Callable[[], object]) -> int:
    """How many calls `read` makes; a refusal counts up to where it came."""
    work, before = Work(), sys.getprofile()
    sys.setprofile(work)
    try:
        read()
    except InputError:
        pass
    finally:
        sys.setprofile(before)
    return work.count


TEXT_UNITS = [
    "1,", "one hundred and ", "1 1 1 ", "$", "$1 ", "more than ", "more than 1 ", "(", "(1) ", "in 2021 ",
    "from 1 to 2 ", "1 in 2 ", "of those ", "of those 1 ", "1 cat ", "1 of which ", "since 1990 ", "1. ", "A. ",
    "1;", "half ", "1/2 ", "1 000 ", "cats and ", "January ", "according to ", "İ", "²", "١", "up from 1 ", "-",
    "every day 1 ", "5 years ago ", "rose from 1 in 2019 to 2 in 2020, ", "| 1 ", "1\n", "* 1\n", "> ", "**1**",
    "# 1\n", "[1](", "million ", "1 million ", "the number of ", "555-1234 ", "1:1 ", "...", "a", "1", "a1", "\0",
]  # fmt: skip
HTML_UNITS = [
    "<div>", "<b>1</b>", "<td>1</td>", "<p>1 cat</p>", "<li>1", "<ul><li>", "<table><tr><td>1", "<h1>1</h1>",
    "<div>1</div>", "<br>1", "<tr><td>1</td></tr>", "&#49; ", "<sup>1</sup>", "<", "<!--", "&", "</div>",
    "<div><div>5</div><div>cats</div></div>", "<dl><dt>cats<dd>1", "<section><h2>In 2021</h2>1 cat",
]  # fmt: skip
SMALL = 2_500


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def assert_work_in_proportion(read: Callable[[str], object], unit: str) -> None:
    """Four times the input is at most some six times the calls."""
    read(repeated(unit, 50))
    few = work_of(lambda: read(repeated(unit, SMALL)))
    many = work_of(lambda: read(repeated(unit, 4 * SMALL)))
    assert many <= 6 * few + 20 * SMALL


@pytest.mark.parametrize("unit", few_of(TEXT_UNITS, 12))
def test_work_on_a_text_grows_in_proportion(unit: str) -> None:
    assert_work_in_proportion(read_text, unit)


@pytest.mark.parametrize("unit", few_of(HTML_UNITS, 7))
def test_work_on_a_page_grows_in_proportion(unit: str) -> None:
    assert_work_in_proportion(lambda body: read_page(f"<html><body>{body}".encode()), unit)


CONTEXTS: dict[str, Callable[[int], str]] = {
    "caption": lambda n: "<table><caption>" + "cats in 2021 " * n + "</caption>" + "<tr><th>Dogs<td>1" * n,
    "column header": lambda n: "<table><tr><th>A<th>" + "cats in 2021 " * n + "<tr><th>Dogs<td>1" * n,
    "heading": lambda n: "<h1>" + "cats in 2021 " * n + "</h1>" + "<p>1 cat</p>" * n,
    "list lead": lambda n: "<p>" + "In 2021 we helped cats " * n + ":</p><ul>" + "<li>1 cat" * n,
    "headings": lambda n: "".join(f"<h{i % 6 + 1}>Head {i}</h{i % 6 + 1}><p>{i} cats in 2020" for i in range(n)),
    "rows": lambda n: "<table><tr><th>Year<th>2020" + "<tr><th>Cats<td>1" * n,
    "columns": lambda n: "<table><tr><th>Year" + "<th>2020" * n + "<tr><th>Cats" + "<td>1" * n,
    "tiles": lambda n: "<div><div>5</div><div>cats</div></div>" * n,
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_work_on_what_stands_above_is_not_done_again_for_each_number(name: str) -> None:
    page = CONTEXTS[name]
    few = work_of(lambda: read_page(page(60).encode()))
    many = work_of(lambda: read_page(page(240).encode()))
    assert many <= 6 * few


@pytest.mark.parametrize("name", ["caption", "column header", "heading", "rows"])
def test_time_on_what_stands_above_grows_in_proportion(name: str) -> None:
    """What one pattern match costs shows in no call: four times the page, at most nine times the processor time."""
    page = CONTEXTS[name]

    def seconds(n: int) -> float:
        begin = time.process_time()
        read_page(page(n).encode())
        return time.process_time() - begin

    seconds(20)
    assert seconds(800) < 9 * seconds(200)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr>" + "<td>1</td>" * 20_000,
        '<table><tr><td colspan="1000" rowspan="65000">1</td></tr>' * 1_000,
        "<table>" + '<tr><td colspan="1000" rowspan="65000">1</td></tr>' * 1_000,
        "<table><tr><td>" * 2_000 + "1",
        "<div>" * 40_000 + "1 cat",
    ],
    ids=["wide table", "many spans", "spans that overlap", "nested tables", "nested blocks"],
)
def test_a_monstrous_page_is_read_or_refused(page: str) -> None:
    read_or_refuse(lambda: read_page(page.encode()))


@pytest.mark.parametrize("text", ["a" * 200_000, "1" * 200_000, "1 1 1 " * 33_000, "٣" * 200_000])
def test_a_monstrous_text_is_read_or_refused(text: str) -> None:
    read_or_refuse(lambda: read_text(text))
