"""The order a reader sees: overrides of direction by characters, by elements and by style."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import read_page, read_text
from extractors.pages import html_passages
from extractors.pages.direction import as_shown
from tests.extractors.growth import lines

RLO, LRO, PDF, RLE, LRI, RLI, PDI = "\u202e", "\u202d", "\u202c", "\u202b", "\u2066", "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (f"We lent {RLO}321{PDF} boats.", "We lent 123 boats."),
        (f"We lent {RLO}stac 321", "We lent 123 cats"),
        (f"{RLO}%5.39 (fo){PDF} 7", "(of) 93.5% 7"),
        (f"{RLO}321 {LRO}abc 7{PDF} 45", "54 abc 7 123"),
        (f"{RLO}21 {RLO}43{PDF}", "34 12"),
        (f"{RLO}321{LRI}45{PDI}6", "645123"),
        (f"{RLI}{RLO}321{PDI}456", "123456"),
        (f"a {LRO}321{PDF} {RLE}12{PDF} {RLI}34{PDI}", "a 321 12 34"),
        (f"{PDF}12{PDI}{PDF}3", "123"),
        (f"{RLO}e\u0301fac", "cafe\u0301"),
        (f"{RLO}ילדים 321 ו־54{PDF} 7", "ילדים 123 ו־45 7"),
    ],
)
def test_what_an_override_turns_is_read_as_it_shows(stored: str, shown: str):
    assert as_shown(stored) == shown


@pytest.mark.parametrize(
    "page",
    [
        f"<p>In 2021 we lent {RLO}401,2{PDF} boats.",
        "<p>In 2021 we lent &#x202e;401,2&#x202c; boats.",
        f"<p>In 2021 we lent {RLO}4<b>01</b>,<i>2</i>{PDF} boats.",
        "<p>In 2021 we lent <bdo dir=rtl>401,2</bdo> boats.",
        "<p>In 2021 we lent <bdo dir=RTL>4<b>01,</b>2</bdo> boats.",
        "<p>In 2021 we lent <i style='Unicode-Bidi: bidi-override; direction : rtl'>401,2</i> boats.",
        "<p>In 2021 we lent <bdo dir=ltr>2,104</bdo> boats.",
        "<p>In 2021 we lent <i dir=rtl>2,104</i> boats.",
        "<p>In 2021 we lent 2,\u200b1\u206004 boats.",
    ],
)
def test_a_page_gives_the_number_that_it_shows(page: str):
    (fact,) = read_page(page.encode()).facts
    assert fact.value == 2104
    assert fact.passage_text == "In 2021 we lent 2,104 boats."
    assert fact.passage_text[fact.start : fact.end] == fact.surface == "2,104"


def test_a_block_may_be_turned_as_a_whole():
    page = "<div style='unicode-bidi:bidi-override;direction:rtl'>sgod 321</div><p>45 cats</p>"
    assert [p.text for p in html_passages(page.encode())] == ["123 dogs", "45 cats"]


def test_a_text_gives_the_number_that_it_shows():
    (fact,) = read_text(f"In 2021 we lent **{RLO}401,2{PDF}** boats.").facts
    assert (fact.value, fact.surface) == (2104, "2,104")


CONTROLS = st.sampled_from([RLO, RLO, LRO, PDF, RLE, LRI, RLI, PDI, "\u202a", "\u2068"])


@given(st.lists(st.one_of(CONTROLS, st.text(alphabet="12,. ab(é\u0301ש٣", max_size=4))).map("".join))
def test_nothing_is_lost(stored: str):
    shown = as_shown(stored)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    kept = Counter(c for c in stored if c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert Counter(shown.replace(")", "(")) == kept


@pytest.mark.parametrize("unit", [RLO, f"{RLO}1", f"{RLO}1{PDF}", f"{RLO}{LRI}1", f"{LRI}{RLO}1{PDI}", PDI])
def test_work_is_in_step_with_the_length(unit: str):
    def work(n: int) -> int:
        return lines(as_shown, RLO + unit * n + "12 " * n)

    assert work(4000) <= 5 * work(1000)
