"""The work stays in proportion to the length of the text, whatever the text: calls are counted, not time."""

from collections.abc import Callable

import pytest

from extractors.clauses.sentences import sentences as find_sentences
from extractors.quantities.exclusions import find_excluded
from tests.extractors.growth import calls

REPEATED = [
    "1", "1,", "1.", "1-", "1/", "1 ", "0", "0 ", "a1", "A1 ", "A-1 ", "(1", "1) ", "(1) ", "+1", "#1 ", "#a1", "@a1",
    "a@b.c1 ", "a1.", "www.1", "2021", "2021 ", "2021-", "2021/", "2021, ", "(2021)", "2021 and ", "2015 to ", "may 3 ",
    "may", "may-", "march and ", "q1 ", "q1", "fy21", "fy ", "first ", "one ", "one-", "the one ", "no one ", "no. 1 ",
    "section 1 ", "pages 1, 2 and ", "1, and ", "§ 1", "call 1 ", "call 555 or ", "phone number 1", "555-1234 or ",
    "1(1)", "1st ", "1000th ", "1:", "1:00 ", "24 hours a day ", "10 Main ", "10 Main Main ", "é", "١", "¹", "İ", "\n",
    ". ", "....", "!?", ").", "a.a. ", "U.S. ", "1 u.s.c. ", "between 2015 and ", "12 months to ", "third of ", "[1, ",
    "https://1 ", "covid-19 ", "1e1 ", "1=1 ", "5-5 ", "twenty-", "million ", "No. 5. ", "Dec. ", "1.\" ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
@pytest.mark.parametrize("read", [find_excluded, find_sentences])
def test_four_times_the_text_is_at_most_four_times_the_calls(read: Callable[[str], object], piece: str) -> None:
    small, large = calls(read, piece * 150), calls(read, piece * 600)
    assert large <= 4.4 * small + 200
