"""What a statement speaks of, and what narrows the thing it counts."""

import pytest

from extractors.likeness import content_words, narrowings


def test_content_words_are_those_that_say_what_it_speaks_of():
    assert content_words("In 2021, we took 905 Calls from worried parents.") == ["call", "parent", "worried"]
    assert content_words("93% of it") == []


@pytest.mark.parametrize(
    ("put", "found"),
    [
        ("in #, we took [#] calls.", []),
        ("[#] calls were taken, up from # in #.", []),
        ("[#] calls came from # to #.", []),
        ("[#] confirmed calls", ["confirmed"]),
        ("[#] calls from our parents in #", ["from parent"]),
        ("[#] calls, excluding tests", ["excluding test"]),
        ("new boats were bought, and we took [#] calls", []),
        ("only [#] people outside the city", ["only", "outside city"]),
        ("[#] lessons in the schools of the eastern county only.", ["in county", "only"]),
        ("[#] meals were served in the old town, and more elsewhere", ["in town"]),
        ("[#] calls came in from # countries", []),
        ("[#] people who rang, and we met those who wrote", ["who rang"]),
    ],
)
def test_what_narrows_stands_beside_the_number_or_after_it(put: str, found: list[str]):
    assert narrowings(put) == found
