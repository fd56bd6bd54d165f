"""A readable label for what no card names."""

import pytest

from extractors import read_page, read_text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Divers removed 340 ghost nets from the reef.", "ghost nets from the reef"),
        ("Calls rose to 9,100.", "calls"),
        ("| Year | Foxes |\n|---|---|\n| 2021 | 88 |", "Foxes"),
    ],
)
def test_a_label_says_what_is_counted(text: str, label: str) -> None:
    (fact,) = read_text(text, edition=2021).facts
    assert label in fact.label


def test_a_tile_is_labelled_by_its_own_words() -> None:
    (fact,) = read_page(b"<main><div><div>64</div><div>Trails repaired</div></div></main>").facts
    assert fact.label == "Trails repaired"


def test_a_label_is_short() -> None:
    (fact,) = read_text("We count 5 " + "very old and rather crooked " * 9 + "trees.").facts
    assert len(fact.label) <= 92


@pytest.mark.parametrize("text", ["Spending in 2022: $5,600.", "The auction brought in £40,000."])
def test_no_label_is_empty(text: str) -> None:
    assert all(fact.label for fact in read_text(text).facts)
