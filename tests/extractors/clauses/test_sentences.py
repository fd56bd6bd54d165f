import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clauses.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["We opened in 2020.", "240,598 of those calls came at night."],
        ["The total was 44 million.3", "In addition, 12 schools joined."],
        ["The line rang (see below).", "Nobody answered."],
        ["“We never stopped.”", "She paused."],
        ["He asked, “Why?”", "Nobody knew."],
        ["It rose to 21.7 million.", "A year later it fell."],
        ["It was sent to Washington, D.C.", "The reply took a week."],
        ["She works for Acme Inc.", "In 2021 she moved."],
        ["Staff left at 5 p.m.", "The line stayed open."],
        ["It fell again...", "Then it rose."],
        ["It fell again…", "Then it rose."],
        ["Is it over?", "No!", "It is not."],
        ["The share grew in 2021.4", "The rest stood still."],
        ["We reached 12,000 homes.¹", "More followed."],
        ["We reached 12,000 homes.[2]", "More followed."],
        ["All live in the U.S.", "More than half are young."],
        ["The answer was no.", "They left."],
        ["It was her 3rd year.", "“Never again,” she said."],
        ["We gave $5.", "(It helped.)"],
    ],
)
def test_sentences_part_here(parts):
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Department of Justice paid.",
        "Dr. Amara Obi leads it.",
        "J. R. Okafor and Mrs. Lin met.",
        "See Fig. 3 and No. 5 for details.",
        "On Dec. 31, 2021, it closed.",
        "We saw approx. 40 people, e.g. Ada, i.e. the founder.",
        "Washington, D.C. 20001 is the postcode.",
        "It cost 1.5 million; 3 homes were lost; nobody paid.",
        "Smith v. Jones was heard at 10 a.m. Monday in St. Mary's Hall.",
        "It was about 3.5 times as many … and rising.",
        "1. In 2021 we moved.",
        "They met at Acme Ltd. headquarters.",
        "Visit example.org for more.",
        "Was it “over?” he asked.",
        "The ratio was 3.2 vs. 4.1 then.",
    ],
)
def test_sentences_do_not_part_here(text):
    assert split(text) == [text]


def test_a_blank_passage_has_no_sentence():
    assert sentences("") == []
    assert sentences("   ") == []


@given(st.text(alphabet=st.sampled_from("ab AZ.!?…3,\"”')(\u00e9\u0130")))
def test_spans_cover_the_text_without_the_white_space_between(text):
    spans = sentences(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert covered.replace(" ", "") == text.replace(" ", "")
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(start < end and not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
