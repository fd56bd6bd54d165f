"""Cards of the old language in the new: the same wordings, the same reading, text that a person can read."""

from pathlib import Path

import pytest

from extractors.metrics.card import load_card
from extractors.metrics.card_models import SourceCard
from extractors.metrics.card_writing import WIDTH
from extractors.metrics.converting import CannotSay, converted
from extractors.metrics.yaml_text import plain_data
from tests.extractors.metrics.test_old_language import OLD

LONG = ", ".join(f"word number {n}" for n in range(40))
RICH = f"""\
# A card with comments.
id: harbour-rescue
organisation: "Harbour: Rescue"
title: Our year   # as it stands
url: https://harbour.example/impact

words:
  own: [Harbour Rescue]   # and nobody else

classes:
  # Who goes out.
  crews: [crew, sailor]
  storm: [storm, gale, "1,000 waves"]

metrics:
  # The first one.
  launches:
    label: 'Boat launches, all'
    unit: launches
    measure: flow
    description: "Yes: [what] they # do"
    dimensions:
      weather: {{calm: [calm], storm: [<storm>]}}
    # No place for this one.
    undated: cumulative
    only: ["24", night]
    match:
      - &launch
        counts: launch
        about: [lifeboat, <crews>]   # nor for this one
        not: [drill, storm]
      - <<: *launch
        says: [made]
        not: [drill, storm, exercise]
        unless: [prank]
        kinds: [change]

  saved_share:
    label: Share saved
    unit: percent
    measure: share
    range: [0, 100]
    match: [{{says: [[saved], [{LONG}]], not_before: [school]}}]
identities:
  - {{metric: launches, kind: sum, dimension: weather}}
"""


def old_and_new(tmp_path: Path, text: str) -> tuple[SourceCard, SourceCard]:
    (tmp_path / "old.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(converted(text).text, encoding="utf-8")
    return load_card(tmp_path / "old.yaml"), load_card(tmp_path / "new.yaml")


@pytest.mark.parametrize("text", [OLD, RICH])
def test_the_new_card_is_known_by_the_same_words(tmp_path: Path, text: str) -> None:
    old, new = old_and_new(tmp_path, text)
    assert old.metrics.keys() == new.metrics.keys()
    for slug, worded in new.worded.items():
        before = old.worded[slug]
        assert [one.counts for one in worded.wordings] == [one.counts for one in before.wordings]
        assert [set(one.forbid) for one in worded.wordings] == [set(one.forbid) for one in before.wordings]
        assert worded.dimensions == before.dimensions
    assert (new.identities, new.words, new.organisation) == (old.identities, old.words, old.organisation)


def test_a_shared_never_stands_at_the_metric_and_the_rest_at_the_wording() -> None:
    launches = plain_data(converted(RICH).text)["metrics"]["launches"]
    assert launches["never"] == ["drill", "storm"]
    assert launches["counts"] == "launch"
    assert launches["also"] == [
        {
            "counts": "launch",
            "when": [{"clause": "made"}, {"near": ["lifeboat", "crews"]}],
            "never": ["exercise", {"sentence": "prank"}],
            "kinds": ["change"],
        }
    ]


def test_a_class_whose_name_is_also_a_plain_word_gets_another_name() -> None:
    data = plain_data(converted(RICH).text)
    assert list(data["glossary"]) == ["crews", "storm_words"]
    assert data["metrics"]["launches"]["dimensions"]["weather"]["storm"] == ["storm_words"]


def test_comments_stay_where_they_have_a_place_and_the_others_are_told() -> None:
    done = converted(RICH)
    for kept in (
        "# A card with comments.",
        "# as it stands",
        "# and nobody else",
        "  # Who goes out.",
        "  # The first one.",
    ):
        assert kept in done.text
    assert done.lost == ("# No place for this one.", "# nor for this one")


def test_lists_stand_in_brackets_and_lines_are_not_too_wide() -> None:
    text = converted(RICH).text
    assert max(map(len, text.splitlines())) <= WIDTH
    assert '    only: ["24", night]\n' in text
    assert "  - {metric: launches, kind: sum, dimension: weather}\n" in text


def test_a_card_in_one_pair_of_brackets_is_written_anew(tmp_path: Path) -> None:
    flow = "{id: a, organisation: A, title: T, url: 'https://a.example/', metrics: {boats: {label: Boats, unit: boats, "
    flow += "measure: stock, match: [{counts: boats}]}}}"
    _, new = old_and_new(tmp_path, flow)
    assert new.worded["boats"].wordings[0].counts == ("boats",)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("within: sentence", "within: clause", r"metrics.launches.match\[0\]: `about` within the clause has no twin"),
        ("[drill]", "[big_drill]", "the new language cannot say it: metrics.launches.also.0..never.0..*big_drill"),
    ],
)
def test_what_the_new_language_cannot_say_is_refused(wrong: str, right: str, said: str) -> None:
    assert wrong in OLD
    with pytest.raises(CannotSay, match=said):
        converted(OLD.replace(wrong, right))
