"""A whole card from a page: it loads, its examples come out, all its metrics hit, and none hits wrongly."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.language.lexicon import words
from extractors.metrics.card import load_card
from extractors.metrics.drafting.drafts import NO_NAME, NO_URL
from extractors.metrics.proving import failures
from tests.extractors.metrics.drafting.pages import (
    NAMES,
    Drafted,
    document,
    drafted,
    fixture,
    head_of,
    text_page,
    truths,
    wrongly_mapped,
)

LEAST = {"wells.html": 36, "shelter.html": 41, "rivers.md": 47, "orchard.html": 30, "stage.md": 39, "bees.html": 32}
"""What drafts of the pages take at least; never lowered silently."""


@pytest.fixture(scope="module", params=NAMES)
def made(request: pytest.FixtureRequest) -> tuple[str, Drafted]:
    return request.param, drafted(fixture(request.param))


def test_a_draft_takes_most_of_a_page_and_nothing_wrongly(made: tuple[str, Drafted], tmp_path: Path) -> None:
    name, one = made
    facts, told = one.facts(one.card(tmp_path)), truths(name)
    assert [fact.surface for fact in facts] == [surface for surface, _, _ in told]
    assert wrongly_mapped(facts, told) == []
    mapped = sum(fact.metric is not None for fact in facts)
    assert mapped == one.draft.mapped >= LEAST[name]
    assert LEAST[name] > 0.75 * len(facts)


def test_it_says_of_itself_what_it_takes(made: tuple[str, Drafted], tmp_path: Path) -> None:
    _, one = made
    card = one.card(tmp_path)
    facts = one.facts(card)
    assert {fact.metric for fact in facts} - {None} == card.metrics.keys()
    for metric in one.draft.metrics:
        own = [index for index, fact in enumerate(facts) if fact.metric == metric.slug]
        assert own == [index for index, _ in metric.expected]
        assert all(facts[index].dimensions == members for index, members in metric.members_of.items())


def test_its_examples_come_out(made: tuple[str, Drafted], tmp_path: Path) -> None:
    _, one = made
    card = one.card(tmp_path)
    assert list(failures(card)) == []
    assert all(metric.examples for metric in card.metrics.values())


def test_its_dimensions_and_identities_are_those_that_add_up() -> None:
    by_page = {name: drafted(fixture(name)).draft for name in NAMES}
    identities = {
        name: {metric.slug: metric.identity for metric in one.metrics if metric.identity}
        for name, one in by_page.items()
    }
    assert identities == {
        "wells.html": {"wells_drilled": "sum", "people_brought": "sum"},
        "shelter.html": {"guests_welcomed": "sum"},
        "rivers.md": {"fish": "sum", "income": "sum"},
        "orchard.html": {"thousand_dollars": "sum"},
        "stage.md": {"audiences_share": "shares"},
        "bees.html": {"hives_looked": "sum"},
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Our results in 2023 – Orrin Well Trust (invented)", "Orrin Well Trust"),
        ("Harbour Rescue | Impact report 2022", "Harbour Rescue"),
        ("Harbour Rescue: the year 2024 in figures", "Harbour Rescue"),
        ("Lantern Row Theatre", "Lantern Row Theatre"),
        ("2022 impact", "2022 impact"),
    ],
)
def test_who_speaks_is_guessed_from_the_title(title: str, name: str) -> None:
    page = text_page(f"<!doctype html><title>{title}</title><h1>Our year</h1><p>We ran 31 courses.</p>", html=True)
    assert head_of(document(page), None, None, None).organisation == name


def test_what_is_given_goes_before_what_is_guessed() -> None:
    page = text_page("# Our year\n\nWe ran 31 courses. HRS is ours.")
    head = head_of(document(page), "Harbour Rescue Society", "harbour", "https://harbour.example/impact")
    assert (head.id, head.organisation, head.url) == (
        "harbour",
        "Harbour Rescue Society",
        "https://harbour.example/impact",
    )
    assert head.own == ("Harbour Rescue Society", "HRS")


def test_a_page_that_says_nothing_of_itself_still_has_a_head() -> None:
    head = head_of(document(text_page("We ran 31 courses.")), None, None, None)
    assert (head.id, head.url) == ("the-organisation", NO_URL)
    assert head_of(document(text_page("# …\n\nx")), "…", None, None).id == NO_NAME


@pytest.mark.parametrize(
    ("said", "currency"), [("$310,000", "USD"), ("A$310,000", None), ("£310,000", None), ("310,000 people", None)]
)
def test_a_bare_dollar_sign_is_told(said: str, currency: str | None) -> None:
    assert drafted(text_page(f"# Our year\n\nWe raised {said} in 2023.")).draft.currency == currency


WORDS = st.sampled_from(
    sorted(
        words(
            """
        meals guests wells people children tonnes pupils members served drilled trained welcomed of in by and total all
        new hot north Kenya Malawi 2022 2023 % per cent £ $ m million café naïve trésor – … : ; , . | * ** # -> ' " [ ]
        { } null yes on_off \u200b \u202e \x1b
        """
        )
    )
)
NUMBERS = st.one_of(
    st.integers(0, 99).map(str), st.integers(100, 99_999).map("{:,}".format), st.integers(1, 99).map("{}%".format)
)
SENTENCES = st.lists(st.one_of(WORDS, NUMBERS), min_size=2, max_size=9).map(" ".join)
TOLD = st.sampled_from(
    [
        "We served {} hot meals in 2023.",
        "In 2022, we served {} meals.",
        "{} children learned to swim in 2023, up from {} in 2022.",
        "Meals served: {}",
        "We raised £{} from members and spent £{} on boats.",
        "{}% of guests stayed, and {}% left.",
        "- {} boats built",
    ]
)
STATED = st.builds(
    lambda form, numbers: form.format(*numbers), TOLD, st.tuples(st.integers(1, 9_999), st.integers(1, 9_999))
)
HEADINGS = st.sampled_from(["# Our year", "## Kenya", "## Malawi", "## Meals served", "## Boats", "## Total"])
ROWS = st.tuples(
    st.sampled_from(["Meals", "Guests", "North", "South", "All", "Total"]), st.integers(0, 500), st.integers(0, 500)
)
TABLES = st.lists(ROWS, min_size=1, max_size=5).map(
    lambda rows: "| | 2022 | 2023 |\n| --- | --- | --- |\n" + "\n".join(f"| {a} | {b} | {c} |" for a, b, c in rows)
)
TEXTS = st.lists(st.one_of(STATED, HEADINGS, TABLES, SENTENCES), min_size=1, max_size=14).map("\n\n".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_a_draft_of_any_page_loads_and_each_of_its_metrics_takes_its_own(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    one = drafted(text_page(text))
    card = one.card(tmp_path_factory.mktemp("any"))
    facts = one.facts(card)
    taken: dict[int, str] = {}
    for metric in one.draft.metrics:
        assert metric.expected
        for index, members in metric.members_of.items():
            assert index not in taken
            taken[index] = metric.slug
            assert (facts[index].metric, facts[index].dimensions) == (metric.slug, members)
    assert {index for index, fact in enumerate(facts) if fact.metric is not None} == taken.keys()
    assert card.metrics.keys() == set(taken.values())
    assert list(failures(card)) == []


def test_a_draft_is_the_same_each_time(tmp_path: Path) -> None:
    texts = {drafted(fixture("wells.html")).text for _ in range(2)}
    assert len(texts) == 1
    path = tmp_path / "card.yaml"
    path.write_text(texts.pop(), encoding="utf-8")
    assert load_card(path).words.own == ("Orrin Well Trust",)
