"""What a number counts."""

import pytest

from extractors.clauses.nouns import noun_after, noun_before


def after(low: str) -> str | None:
    noun = noun_after(low, 0, len(low))
    return noun.unit if noun else None


def before(low: str) -> str | None:
    noun = noun_before(low, 0, len(low))
    return noun.unit if noun else None


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        (" puffins nested on the cliff", "puffins"),
        (" older people with dementia", "people"),
        (" first-aid kits.", "first-aid kits"),
        (" of our volunteers", "volunteers"),
        (" or more rangers", "rangers"),
        (" photographs and drawings were", "photographs and drawings"),
        (" police and fire officers", "officers"),
        (" women, of whom", "women"),
        (" tonnes of litter", "tonnes"),
        (" cubic yards of spoil", "cubic yards"),
        (" nautical miles along the coast", "nautical miles"),
        (" km of hedgerow", "km"),
        (" small, fast boats", "boats"),
        (" m2 of turf and paths", "m2"),
        (" mm2 of film", "mm2"),
        (" km3 of silt", "km3"),
        (" km² and waters two farms", "km²"),
        (" sq. ft of loft", "sq. ft"),
        (" cu m of shingle", "cu m"),
        (" media, radio and theatre pupils", "media, radio and theatre pupils"),
        (" police, a judge and jurors", "police"),
        (" alleged frauds", "alleged frauds"),
        (" foiled bank raids", "foiled bank raids"),
        (" hot meals a day", "meals"),
    ],
)
def test_the_phrase_behind_a_number_names_its_unit(words: str, unit: str) -> None:
    found = after(words)
    assert found is not None
    assert found == unit or found.endswith(f" {unit}")


@pytest.mark.parametrize("words", [" in 2021", ".", ", and", " were released", " (see below)", "", " who came"])
def test_words_that_count_nothing_give_no_noun(words: str) -> None:
    assert after(words) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("rangers saw 14 lost dogs", "lost dogs"),
        ("a herd of 14 left lambs", "left lambs"),
        ("then 14 lost homes", None),
    ],
)
def test_a_participle_describes_what_a_verb_rules(text: str, unit: str | None) -> None:
    found = noun_after(text, text.index("14") + 2, len(text))
    assert (found and found.unit) == unit


def test_the_search_stops_where_it_is_told() -> None:
    assert noun_after(" and 40 cats", 0, 5) is None


def test_spans_lie_in_the_text() -> None:
    low = " rare native orchids in flower, with bees"
    noun = noun_after(low, 0, len(low))
    assert noun is not None
    assert low[noun.start : noun.end].endswith(noun.unit)
    assert low[noun.start : noun.phrase_end] == "rare native orchids in flower"
    assert noun.unit.endswith(noun.head)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("the number of calls was ", "calls"),
        ("in 2021, admissions rose to ", "admissions"),
        ("meanwhile, our day visits rose to ", "visits"),
        ("total arrests: ", "arrests"),
    ],
)
def test_the_subject_names_the_unit_of_a_number_behind_the_verb(words: str, unit: str) -> None:
    assert before(words) == unit


@pytest.mark.parametrize("words", ["it rose to ", "we reached ", "", "in "])
def test_a_pronoun_names_nothing(words: str) -> None:
    assert before(words) is None


@pytest.mark.parametrize("words", [" lives in 2022", " falls among patients", " works of art", " wins"])
def test_a_plural_that_could_be_a_verb_is_counted(words: str) -> None:
    assert after(words) == words.split()[0]


def test_a_verb_joined_by_and_is_no_second_unit() -> None:
    assert after(" countries and employs 320 people") == "countries"
