"""Which words around a number bound it, and which only look as if they did."""

import pytest

from extractors.numbers.scanning import Mention, find_mentions


def only(text: str) -> Mention:
    (mention,) = find_mentions(text)
    return mention


@pytest.mark.parametrize(
    ("text", "qualifier", "claim"),
    [
        ("we met more than 5,000 people", "more_than", "more than 5,000"),
        ("over a million people", "more_than", "over a million"),
        ("well over 2,000 people", "more_than", "well over 2,000"),
        ("more than $5 million went out", "more_than", "more than $5 million"),
        ("at least one in five homes", "at_least", "at least one in five"),
        ("no fewer than 40 homes", "at_least", "no fewer than 40"),
        ("fewer than ten homes", "less_than", "fewer than ten"),
        ("no more than five homes", "at_most", "no more than five"),
        ("up to 700 homes", "up_to", "up to 700"),
        ("as many as 900 homes", "up_to", "as many as 900"),
        ("roughly 300 homes", "about", "roughly 300"),
        ("some 40 homes", "about", "some 40"),
        ("some 5 percent of homes", "about", "some 5 percent"),
        ("some 2 in 10 homes", "about", "some 2 in 10"),
        ("the tally has passed 104 million", "more_than", "passed 104 million"),
        ("we passed 12,000 tips on to police", "exact", "12,000"),
        ("we passed 63 exams", "exact", "63"),
        ("27 million reports and more.", "at_least", "27 million"),
        ("85 million images, videos and files or more were sent", "at_least", "85 million"),
        ("40 photos of lost dogs, give or take.", "about", "40"),
        ("built around 230 objects", "exact", "230"),
        ("sentences that add up to 418 years", "exact", "418"),
        ("rose from next to none up to 418", "exact", "418"),
        ("c. 300 homes", "about", "c. 300"),
        ("~300 homes", "about", "~300"),
        ("just under 5,000 homes", "nearly", "just under 5,000"),
        ("almost tripled", "nearly", "almost tripled"),
        (">= 30 homes", "at_least", ">= 30"),
        ("500+ homes", "at_least", "500+"),
        ("10 or more homes", "at_least", "10 or more"),
        ("5,000 and counting", "at_least", "5,000 and counting"),
        ("500 or fewer", "at_most", "500 or fewer"),
        ("five or so", "about", "five or so"),
        ("“Nearly 500” homes", "nearly", "Nearly 500"),
        ("about 500 or more", "at_least", "about 500 or more"),
        ("some 5 homes", "exact", "5"),
        ("over the past 5 weeks", "exact", "5"),
        ("built over three days", "exact", "three"),
        ("open for over 30 years", "more_than", "over 30"),
        ("above the 103 forecast", "exact", "103"),
        ("up 40%", "exact", "40%"),
    ],
)
def test_a_qualifier_is_part_of_the_claim_not_of_the_surface(text: str, qualifier: str, claim: str) -> None:
    mention = only(text)
    assert (mention.qualifier, text[mention.claim_start : mention.claim_end]) == (qualifier, claim)


def test_a_comparison_with_another_number_is_no_qualifier() -> None:
    assert [mention.qualifier for mention in find_mentions("ten more than 20 weeks ago")] == ["exact", "exact"]


def test_a_qualifier_belongs_to_the_number_it_leads_to() -> None:
    mentions = find_mentions("20 schools and over 300 homes")
    assert [mention.qualifier for mention in mentions] == ["exact", "more_than"]


@pytest.mark.parametrize(
    "text", ["an estimated 5,000 homes", "5,000 (estimated)", "probably 5,000", "estimated at 5,000"]
)
def test_an_estimate_is_exact_and_flagged(text: str) -> None:
    mention = only(text)
    assert (mention.qualifier, mention.flags) == ("exact", ("estimated",))
