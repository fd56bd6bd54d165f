"""A statement is found again by its words: exactly, or likest where passages split otherwise, or not at all."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.wording import wording
from warehouse.anchoring import Quote, Stated, exact, likest, quote_of, quoted, stands_in, words

NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def page(passages: Sequence[str], headings: Sequence[str] = ("Our work",), heads: Sequence[str] = ()) -> list[Stated]:
    """Every number of some passages as a fact."""
    return [
        Stated(
            f"{at}-{found.start()}", found[0], text, found.start(), found.end(), at, tuple(headings), text,
            wording(text, *found.span(), heading=headings[-1]), heads[at] if heads else "",
        )
        for at, text in enumerate(passages)
        for found in NUMBER.finditer(text)
    ]  # fmt: skip


TEXTS = [
    "In 2021 the line took 1,204 calls from adults, and 310 calls from children; 95 of them came at night.",
    "Volunteers repainted 14 rooms of the family center.",
    "Of the boats afloat 14 were new.",
]


def fact(surface: str, passage: int) -> Stated:
    return next(one for one in page(TEXTS) if one.surface == surface and one.passage == passage)


def test_a_quote_is_the_figure_with_some_words_either_side():
    assert quoted(fact("310", 0), 3) == "from adults, and [310] calls from children"
    assert quoted(fact("14", 1), 6) == "Volunteers repainted [14] rooms of the family center."
    assert quoted(page(["41"], heads=["Adults, 2021:"])[0], 6) == "Adults, 2021: [41]"
    assert quoted(page(["Boats (14) [new]"])[0], 6) == "Boats ([14]) (new)"


def test_a_statement_is_found_by_its_words_and_headings():
    for one in page(TEXTS):
        put = quote_of(one, page(TEXTS))
        assert put is not None
        assert exact(Quote.of(put, one.headings), page(TEXTS)) == [one]
        assert exact(Quote.of(put, ("Other years",)), page(TEXTS)) == []


def test_case_quotation_marks_and_spaces_are_no_matter():
    quote = Quote.of("Volunteers’ Crews - repainted [14]  rooms", ("Our  Work",))
    assert len(exact(quote, page(["volunteers' crews – repainted 14 rooms"]))) == 1


def test_a_quote_grows_until_it_tells_its_statement_from_others():
    same = "by the crews of the two northern harbours and their helpers in 41 nights"
    texts = [f"Boats were mended {same}.", f"Nets were mended {same}."]
    one, other = (one for one in page(texts) if one.surface == "41")
    assert quote_of(one, page(texts)) != quoted(one, 6)
    assert exact(Quote.of(quote_of(one, page(texts)) or "", one.headings), page(texts)) == [one]
    assert exact(Quote.of(quote_of(other, page(texts)) or "", one.headings), page(texts)) == [other]


def test_no_words_tell_two_bare_figures_apart():
    one, _ = page(["41", "41"], heads=["Adults:", "Adults:"])
    other = Stated("x", "41", "41", 0, 2, 1, one.headings, "41", "another wording", "Adults:")
    assert quote_of(one, [one, other]) is None


@pytest.mark.parametrize(
    "split",
    [
        ["In 2021 the line took", "1,204", "calls from adults, and", "310", "calls from children;", "95 of them came"],
        [" ".join(TEXTS)],
        ["In 2021 the line took 1,204 calls from adults,", "and 310 calls from children; 95 of them came at night."],
    ],
)  # fmt: skip
@pytest.mark.parametrize("surface", ["1,204", "310", "95"])
def test_it_is_found_again_where_passages_split_otherwise(split: list[str], surface: str):
    quote = Quote.of(quote_of(fact(surface, 0), page(TEXTS)) or "", ("Our work",))
    assert [one.surface for one in likest(quote, page(split), split)] == [surface]
    assert stands_in(Quote.of(quoted(fact("1,204", 0), 3), ()), split)


def test_the_likest_must_be_like_it():
    quote = Quote.of("Volunteers repainted [14] rooms of the family center.", ("Our work",))
    others = ["Of the boats afloat 14 were new.", "The crews have 14 engines."]
    assert likest(quote, page(others), others) == []
    assert not stands_in(quote, others)


def test_several_that_are_as_like_are_all_given():
    quote = Quote.of("Volunteers repainted [14] rooms of the family center.", ("Our work",))
    twins = ["Volunteers repainted 14 rooms.", "Helpers repainted 14 rooms.", "Volunteers repainted 15 rooms."]
    assert {one.passage for one in likest(quote, page(twins), twins)} >= {0}
    same = ["Volunteers repainted 14 rooms of the old center.", "Volunteers repainted 14 rooms of the new center."]
    assert len(likest(quote, page(same), same)) == 2


def test_a_scale_word_may_be_taken_with_the_figure_or_left():
    text = ["The line took 21.7 million calls in all its years."]
    quote = Quote.of("The line took [21.7 million] calls in all", ("Our work",))
    assert [one.surface for one in likest(quote, page(text), text)] == ["21.7"]


def test_a_label_may_be_read_as_the_words_behind_its_figure():
    text = ["5,049 animals sheltered", "Nets were mended by the crews of all harbours.", "5,049 boats"]
    quote = Quote.of("animals sheltered: [5,049]", ("Our work",))
    assert [one.passage for one in likest(quote, page(text), text)] == [0]
    both = Quote.of("boats and animals [5,049] sheltered", ("Our work",))
    assert likest(both, page(["5,049 boats and animals", "sheltered 5,049"]), text) == []


texts = st.lists(
    st.text(st.sampled_from("aB ä’–-.,()[]%$ \u00a0ßİ1"), max_size=40).map(lambda text: " ".join(text.split())),
    min_size=1,
    max_size=4,
)


@given(texts, st.integers(1, 8))
def test_a_quote_of_any_text_is_of_its_fact(passages: list[str], around: int):
    facts = page(passages)
    for one in facts:
        put = quoted(one, around)
        assert one in exact(Quote.of(put, one.headings), facts)
        assert "\n" not in put
        assert one in likest(Quote.of(put, one.headings), facts, passages)


@given(texts, st.randoms())
def test_nothing_but_the_figure_itself_is_ever_found(passages: list[str], chance):
    facts = page(passages)
    if facts:
        one = chance.choice(facts)
        quote = Quote.of(quoted(one, 3), one.headings)
        for found in (*exact(quote, facts), *likest(quote, facts, passages)):
            assert words(found.surface) == words(one.surface)
