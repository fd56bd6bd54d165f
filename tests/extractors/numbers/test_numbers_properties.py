"""Numbers written in any style read back; spans are exact and the ledger of digits closes on any text."""

import re
from collections.abc import Callable
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.numbers.scanning import find_mentions
from extractors.numbers.words import WORDS

ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = [
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]  # fmt: skip
SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def spell(number: int, hyphen: str, british: bool) -> str:
    """The English words for a number below 10**12."""
    for size, name in SCALES:
        if number >= size:
            rest = number % size
            joint = " and " if british and 0 < rest < 100 else " "
            head = f"{spell(number // size, hyphen, british)} {name}"
            return head + (joint + spell(rest, hyphen, british) if rest else "")
    if number >= 100:
        rest = number % 100
        joint = " and " if british else " "
        return f"{ONES[number // 100]} hundred" + (joint + spell(rest, hyphen, british) if rest else "")
    if number >= 20:
        return TENS[number // 10] + (hyphen + ONES[number % 10] if number % 10 else "")
    return ONES[number]


@given(
    st.integers(0, 10**12 - 1), st.sampled_from(["-", " "]), st.booleans(), st.sampled_from([str, str.upper, str.title])
)
def test_a_spelled_number_reads_back(number: int, hyphen: str, british: bool, case: Callable[[str], str]) -> None:
    words = case(spell(number, hyphen, british))
    text = f"We counted {words} letters."
    (mention,) = find_mentions(text)
    assert (mention.value, text[mention.start : mention.end]) == (Decimal(number), words)


STYLES: dict[str, Callable[[int], str]] = {
    "plain": lambda n: str(n),
    "commas": lambda n: f"{n:,}",
    "spaces": lambda n: f"{n:,}".replace(",", " "),
    "apostrophes": lambda n: f"{n:,}".replace(",", "'"),
}


@given(st.integers(0, 10**15), st.sampled_from(sorted(STYLES)))
def test_a_number_in_digits_reads_back(number: int, style: str) -> None:
    digits = STYLES[style](number)
    text = f"letters: {digits}, no more"
    (mention,) = find_mentions(text)
    assert (mention.value, text[mention.start : mention.end]) == (Decimal(number), digits)


@given(
    st.decimals(min_value="0.01", max_value="999.99", places=2),
    st.sampled_from([(" million", 10**6), (" thousand", 1000), ("bn", 10**9), ("k", 1000), ("%", 1), (" per cent", 1)]),
    st.sampled_from(["", "$", "€", "US$"]),
    st.sampled_from([("", "exact"), ("more than ", "more_than"), ("nearly ", "nearly"), ("at least ", "at_least")]),
)
def test_scale_money_and_qualifier_read_back(
    value: Decimal, scale: tuple[str, int], sign: str, said: tuple[str, str]
) -> None:
    surface = f"{sign if scale[1] > 1 else ''}{value}{scale[0]}"
    text = f"It came to {said[0]}{surface} in all."
    (mention,) = find_mentions(text)
    assert text[mention.start : mention.end] == surface
    assert (mention.value, mention.qualifier) == (value * scale[1], said[1])
    assert mention.resolution == Decimal("0.01") * scale[1]


@given(
    st.integers(1, 400),
    st.integers(1, 400),
    st.sampled_from(["-", "–", " to "]),
    st.sampled_from(["", "%", " million"]),
)
def test_a_range_reads_back(low: int, width: int, dash: str, after: str) -> None:
    text = f"We expect {low}{dash}{low + width}{after} soon."
    (mention,) = find_mentions(text)
    scale = 10**6 if after == " million" else 1
    assert (mention.low, mention.high) == (Decimal(low * scale), Decimal((low + width) * scale))
    assert text[mention.start : mention.end] == f"{low}{dash}{low + width}{after}"


PIECES = st.sampled_from([
    *WORDS,
    "a", "an", "and", "of", "in", "to", "or", "between", "from", "more than", "over", "point", "the", "every",
    "out", "%", "$", "€", "£", "-", "–", ",", ".", "/", "'", "+", "x", "k", "m", "M", "bn", "million",
    "percent", "times", "fold", "years", "about", "some", "nearly", "c.", "~", ">", "<=", "(", ")", "minus",
    "½", "²", "İ", "é", "1", "12", "2021", "1,234", "007", "3.5", ".5", "1.234,5", "٣٤", "1e5", "st", "th",
    "000", "US$", "EUR", "several", "few", "estimated", "or more", "and counting", "\x00", "10,000th",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", "", "-"])), max_size=12).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    ),
)


@settings(max_examples=500)
@given(TEXTS, st.lists(st.integers(0, 80), max_size=4, unique=True))
def test_every_digit_lies_in_one_mention_and_spans_are_sound(text: str, cuts: list[int]) -> None:
    edges = sorted(min(cut, len(text)) for cut in cuts)
    taken = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    covered = [0] * len(text)
    end = claimed = 0
    for mention in find_mentions(text, taken):
        assert end <= mention.start < mention.end <= len(text)
        assert claimed <= mention.claim_start <= mention.start and mention.end <= mention.claim_end <= len(text)
        assert not any(mention.start < b and a < mention.end for a, b in taken)
        assert not text[mention.start].isspace() and not text[mention.end - 1].isspace()
        if mention.low is not None and mention.high is not None:
            assert mention.value == mention.low < mention.high
        for at in range(mention.start, mention.end):
            covered[at] += 1
        end, claimed = mention.end, mention.claim_end
    for digit in re.finditer(r"\d", text):
        is_taken = any(a <= digit.start() < b for a, b in taken)
        assert covered[digit.start()] == (not is_taken)
