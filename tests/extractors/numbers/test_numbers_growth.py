"""The work stays in proportion to the length of the text, whatever the text.

Counted in calls, of Python and of built-in functions, not in time.
"""

import pytest

from extractors.numbers.scanning import find_mentions
from tests.extractors.growth import calls

REPEATED = [
    "1,", "1.", "1'", "1 ", "1-", "1/",
    "1+", "1 in ", "1 to ", "1 million ", "1 or more ", "7",
    "100 ", "1,000,", "3x", "one ", "one-", "one hundred and ",
    "twenty ", "nineteen ", "hundred ", "million ", "thousands of ", "five point ",
    "nine million eight thousand ", "two thousand and ", "one and a half ", "half of ", "half a ", "third ",
    "a third ", "twice ", "double the ", "a ", "$", "US$",
    "-", ".", " ", "(", "%", "½",
    "more than ", "more than 1 ", "estimated 5 ", "rose from 5 to ", "between 1 and ", "between one hundred and ",
    "5 times ", "5 aaaa", "minus ", "c. ", "\x00", "İ1",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_four_times_the_text_is_at_most_four_times_the_work(piece: str) -> None:
    # Words in between keep the text from being taken for a dump of numbers.
    padding = " and then further along " if len(piece) < 6 else ""
    block = piece * 8 + padding
    small, large = calls(find_mentions, block * 20), calls(find_mentions, block * 80)
    assert large <= 4.4 * small + 200


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_long_repetitions_yield_no_more_mentions_than_pieces(piece: str) -> None:
    text = piece * 3_000
    mentions = find_mentions(text)
    assert len(mentions) <= 2 * 3_000
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
