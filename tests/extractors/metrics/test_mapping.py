"""How rules are weighed: evidence near and far, parts and wholes, members, ties, kinds of number."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.metrics.card import SourceCard, load_card
from extractors.metrics.mapping import assign
from extractors.metrics.slots import Assignment, Counted, Slots

CARD = """
id: harbour-rescue
organisation: Harbour Rescue
title: Our year
url: https://harbour.example/impact
words:
  own: [Harbour Rescue]
  others: [coastguard]
metrics:
  launches:
    label: Boat launches
    unit: launches
    measure: flow
    dimensions:
      weather: {calm: [calm, fair weather], storm: [storm, gale]}
    counts: launch
    when: [{near: [lifeboat, crew]}]
    never: [drill]
    only: [weather]
  night_launches:
    label: Launches at night
    unit: launches
    measure: flow
    counts: launch
    when: [{near: [lifeboat, crew]}, {near: [night, darkness]}]
    part: true
  people_aboard:
    label: People who live aboard
    unit: people
    measure: stock
    counts: person
    when: [{clause: aboard}]
    only: live
  saved_share:
    label: Share of people saved
    unit: percent
    measure: share
    when: [{clause: saved}, {near: [person, sailor]}]
    only: [person, sailor, sea, call*]
  daily_visitors:
    label: Visitors a day
    unit: visitors
    measure: average
    counts: visitor
    when: [{near: museum}]
  museum_visitors:
    label: Visitors of the museum
    unit: visitors
    measure: flow
    counts: visitor
    when: [{near: museum}]
    never: [{leading: school}]
  cutters:
    label: Cutters kept
    unit: cutters
    measure: stock
    counts: cutter
    labelled: true
  buoys:
    label: Buoys laid
    unit: buoys
    measure: flow
    only: [lit, unlit]
    counts: buoy
    labelled: false
    also: [{counts: marker, when: [{near: buoy}], only: floating}]
  shop_visitors:
    label: Visitors of the shop
    unit: visitors
    measure: flow
    counts: visitor
    when: [{near: shop}]
    only: museum
"""


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> SourceCard:
    path: Path = tmp_path_factory.mktemp("card") / "card.yaml"
    path.write_text(CARD, encoding="utf-8")
    return load_card(path)


def slots(clause: str, number: str, unit: str = "", phrase: str = "", kind: str = "count", **more: str) -> Slots:
    start = clause.index(number)
    counted = Counted(unit, phrase or unit, "own" if unit in clause else "carried") if unit else None
    given = {"sentence": clause, "before": "", "headings": "", "labels": "", "period_type": "year", **more}
    at = max(given["sentence"].find(clause), 0)
    return Slots(kind, counted, clause, start, start + len(number), at, **given)


def launches(clause: str, card: SourceCard, **more: str) -> Assignment:
    return assign(slots(clause, "412", "launches", **more), card)


def test_a_rule_applies_when_noun_and_evidence_stand_in_the_clause(card: SourceCard) -> None:
    assert launches("our crews made 412 launches in 2021", card) == Assignment("launches", {}, "launches[0]")


@pytest.mark.parametrize("place", ["sentence", "before", "headings", "labels"])
def test_evidence_may_stand_further_off(card: SourceCard, place: str) -> None:
    assert launches("there were 412 launches", card).metric is None
    assert launches("there were 412 launches", card, **{place: "lifeboat crews"}).metric == "launches"


def test_evidence_of_a_heading_is_too_far_for_a_rule_held_to_the_clause(card: SourceCard) -> None:
    near = slots("400 people live aboard", "400", "people")
    far = slots("400 people live by the sea all the year", "400", "people", headings="aboard", before="all aboard.")
    assert assign(near, card).metric == "people_aboard"
    assert assign(far, card).metric is None


def test_the_more_specific_rule_wins(card: SourceCard) -> None:
    assert launches("the crew made 412 launches at night", card).metric == "night_launches"


@pytest.mark.parametrize(
    "clause",
    [
        "the crew made 412 launches in icy weather",
        "the crew made 412 launches for swimmers",
        "in wales the crew made 412 launches",
        "the crew made 412 launches under sail",
        "the crew made another 412 launches",
        "of those, 412 were lifeboat launches",
        "the crew made 412 of the launches",
        "swimmers accounted for 412 lifeboat launches",
        "the crew made 412 launches at 3 stations",
        "the crew made 412 launches in a drill",
        "the coastguard crew made 412 launches",
    ],
)
def test_what_narrows_the_count_leaves_it_unmapped(card: SourceCard, clause: str) -> None:
    assert launches(clause, card).metric is None


@pytest.mark.parametrize(
    "clause",
    [
        "the crew made 412 launches in 2021, many of them for swimmers",
        "at harbour rescue the crew made 412 launches",
        "lifeboat launches rose to 412 in june 2021",
        "lifeboat launches totalled 412 last year while swimmers kept away",
        "in partnership with the town the crew made 412 launches",
    ],
)
def test_plain_words_and_asides_leave_the_count_whole(card: SourceCard, clause: str) -> None:
    assert launches(clause, card).metric == "launches"


def test_a_named_member_becomes_a_dimension(card: SourceCard) -> None:
    assert launches("the crew made 412 launches in a storm", card).dimensions == {"weather": "storm"}
    assert launches("412 of those lifeboat launches were in calm weather", card).dimensions == {"weather": "calm"}


def test_all_members_in_one_breath_are_the_total_and_two_apart_are_refused(card: SourceCard) -> None:
    assert launches("the crew made 412 launches in calm and storm", card) == Assignment("launches", {}, "launches[0]")
    assert launches("in a storm, not in calm weather, the crew made 412 launches", card).metric is None


def test_members_between_the_neighbouring_numbers_count(card: SourceCard) -> None:
    clause = "crews made 300 launches in calm weather and 412 launches in storms"
    assert launches(clause, card).dimensions == {"weather": "storm"}
    assert assign(slots(clause, "300", "launches"), card).dimensions == {"weather": "calm"}


def test_a_table_cell_is_named_by_its_headers(card: SourceCard) -> None:
    def cell(labels: str, headings: str = "") -> Assignment:
        return assign(slots("412", "412", labels=labels, headings=headings), card)

    assert cell("lifeboat launches | 2021") == Assignment("launches", {}, "launches[0]")
    assert cell("lifeboat launches | storm | 2021").dimensions == {"weather": "storm"}
    assert cell("lifeboat launches by weather | total | 2021") == Assignment("launches", {}, "launches[0]")
    assert cell("lifeboat launches | wales | 2021").metric is None
    assert cell("storm | 2021", headings="our year | lifeboat launches by weather").dimensions == {"weather": "storm"}


def test_a_sentence_above_the_tiles_names_no_part_but_by_place(card: SourceCard) -> None:
    def tile(lead: str) -> Assignment:
        return assign(slots("412", "412", labels=f"{lead} | lifeboat launches"), card)

    assert tile("what your gifts made possible last year.").metric == "launches"
    assert tile("what we did in wales last year.").metric is None
    assert tile("the coastguard tells of its year.").metric is None
    assert tile("drills").metric is None


def test_what_is_said_of_most_of_a_number_is_not_said_of_it(card: SourceCard) -> None:
    assert launches("the lifeboat made 412 launches, most of them drills", card).metric == "launches"
    assert launches("there were 412 launches, most of them calm, were told to the crew", card).metric == "launches"


def test_a_heading_in_strange_words_sets_apart_what_stands_under_it(card: SourceCard) -> None:
    assert (
        launches("there were 412 launches", card, headings="lifeboat crews | our year in figures").metric == "launches"
    )
    assert launches("there were 412 launches", card, headings="lifeboat crews | spring regatta").metric is None


def test_a_heading_that_speaks_of_a_more_special_metric_keeps_the_general_one_away(card: SourceCard) -> None:
    told = launches("there were 412 launches last year", card, headings="lifeboat crews | night")
    assert told.metric == "night_launches"


def test_figures_of_another_organisation_are_left_alone_unless_ours_is_named(card: SourceCard) -> None:
    assert launches("the crew made 412 launches", card, headings="coastguard report").metric is None
    ours = launches("the crew of harbour rescue made 412 launches", card, headings="coastguard report")
    assert ours.metric == "launches"


def test_in_so_many_cases_tells_of_a_part_unless_help_was_given_in_them(card: SourceCard) -> None:
    assert launches("an engine of the crew failed in 412 launches", card).metric is None
    assert launches("volunteers helped our crew in 412 launches", card).metric == "launches"


def test_several_nouns_behind_the_number_are_not_the_first_alone(card: SourceCard) -> None:
    listed = slots("crews made 412 calm, storm launches", "412", "calm", "calm")
    assert assign(listed, card).dimensions == {}


def test_a_member_beside_a_stranger_is_refused(card: SourceCard) -> None:
    assert launches("the crew made 412 launches in storm and weather", card).metric is None


def test_two_metrics_that_fit_alike_leave_the_number_to_review(card: SourceCard) -> None:
    both = assign(slots("the museum and shop had 900 visitors", "900", "visitors"), card)
    assert both.metric is None
    assert both.rule == "tie: museum_visitors[0], shop_visitors[0]"


def test_words_of_another_actor_forbid(card: SourceCard) -> None:
    assert assign(slots("the museum had 900 visitors", "900", "visitors"), card).metric == "museum_visitors"
    assert assign(slots("schools sent 900 visitors to the museum", "900", "visitors"), card).metric is None


def test_kind_decides_between_counts_and_shares(card: SourceCard) -> None:
    clause = "90% of the sailors were saved"
    assert assign(slots(clause, "90%", "sailors", kind="percent"), card).metric == "saved_share"
    assert assign(slots("900 of sailors were saved", "900", "sailors"), card).metric is None
    assert assign(slots("lifeboat launches: 90%", "90%", "launches", kind="percent"), card).metric is None


@pytest.mark.parametrize("kind", ["money", "duration", "measure"])
def test_money_and_measurements_state_no_count(card: SourceCard, kind: str) -> None:
    assert assign(slots("crew launches cost 412", "412", "launches", kind=kind), card).metric is None


def test_a_change_belongs_to_what_changes(card: SourceCard) -> None:
    change = slots("lifeboat launches rose by 12% from 2020", "12%", "percent", kind="change_percent")
    assert assign(change, card).metric == "launches"
    other = slots("costs of lifeboat launches rose by 12%", "12%", "percent", kind="change_percent")
    assert assign(other, card).metric is None


def test_a_rate_never_takes_the_slug_of_a_count(card: SourceCard) -> None:
    rate = slots("the museum has 90 visitors a day", "90", "visitors")
    rate = rate._replace(aggregation="daily_average")
    assert assign(rate, card).metric == "daily_visitors"
    habit = slots("the museum has 90 visitors each year", "90", "visitors")
    habit = habit._replace(aggregation="each_year")
    assert assign(habit, card).metric == "museum_visitors"


def test_what_was_named_before_is_understood(card: SourceCard) -> None:
    carried = slots("in 2020 it was 412", "412", "launches", before="the crew made 500 launches in 2021.")
    assert assign(carried, card).metric == "launches"
    partly = slots("in 2020 it was 412", "412", "launches", before="the crew made 500 launches for swimmers in 2021.")
    assert assign(partly, card).metric is None


def test_a_line_with_its_label_in_front_is_read_as_a_labelled_value(card: SourceCard) -> None:
    line = slots("lifeboat launches: 412", "412", "launches")
    assert assign(line, card).metric == "launches"
    stranger = slots("engines: 412", "412", "engines", headings="lifeboat launches")
    assert assign(stranger, card).metric is None


def test_a_rule_may_hold_for_labelled_values_under_a_plain_heading_only(card: SourceCard) -> None:
    def cutters(clause: str, **more: str) -> str | None:
        return assign(slots(clause, "412", "cutters", **more), card).metric

    assert cutters("412", labels="cutters", headings="our year in numbers") == "cutters"
    assert cutters("cutters: 412", headings="key figures") == "cutters"
    assert cutters("412", labels="cutters", headings="sold to others") is None
    assert cutters("we saw 412 cutters") is None


def test_words_that_narrow_nothing_are_known_to_all_wordings_of_a_metric(card: SourceCard) -> None:
    assert assign(slots("we laid 412 buoys lit by night", "412", "buoys"), card).metric is None
    assert assign(slots("we laid 412 buoys, lit and unlit", "412", "buoys"), card).metric == "buoys"
    assert assign(slots("we laid 412 unlit buoys", "412", "unlit buoys"), card).metric == "buoys"
    markers = slots("for buoys we laid 412 unlit floating markers", "412", "unlit floating markers")
    assert assign(markers, card).metric == "buoys"
    assert assign(slots("we laid 412 floating buoys", "412", "floating buoys"), card).metric is None


def test_a_rule_may_hold_in_prose_only(card: SourceCard) -> None:
    assert assign(slots("we laid 412 buoys", "412", "buoys"), card).metric == "buoys"
    assert assign(slots("412", "412", "buoys", labels="buoys"), card).metric is None


def test_a_label_may_name_only_the_member(card: SourceCard) -> None:
    line = slots("in a gale: 412", "412", headings="lifeboat launches")
    assert assign(line, card) == Assignment("launches", {"weather": "storm"}, "launches[0]")


@pytest.mark.parametrize(
    "clause",
    [
        "a bank's crew made 412 launches",
        "in 2021 another lifeboat charity made 412 launches",
        "the crew can make 412 launches",
        "a lifeboat crew might well make 412 launches",
    ],
)
def test_what_somebody_else_did_or_nobody_counted_is_left_unmapped(card: SourceCard, clause: str) -> None:
    assert launches(clause, card).metric is None


def test_a_group_named_to_explain_a_name_is_no_stranger(card: SourceCard) -> None:
    assert launches("the crew, a group of volunteers, made 412 launches", card).metric == "launches"


def test_a_pronoun_reaches_back_over_the_passage(card: SourceCard) -> None:
    so_far = "the museum opened in may. the weather was fine."
    given = {"before": "the weather was fine.", "so_far": so_far}
    assert assign(slots("it drew 412 visitors", "412", "visitors", **given), card).metric == "museum_visitors"
    assert assign(slots("the fair drew 412 visitors", "412", "visitors", **given), card).metric is None


def test_a_noun_of_the_sentence_before_holds_only_where_nothing_else_is_said(card: SourceCard) -> None:
    given = {"before": "the crew made 380 launches in 2020.", "so_far": "the crew made 380 launches in 2020."}
    same = slots("in 2021 the number was 412", "412", "launches", **given)
    other = slots("in 2021 they towed 412", "412", "launches", **given)
    assert assign(same, card).metric == "launches"
    assert assign(other, card).metric is None


def test_a_clause_without_a_verb_takes_that_of_its_sentence(card: SourceCard) -> None:
    sentence = "400 people and 300 dogs live aboard"
    without = slots("400 people", "400", "people", sentence=sentence)
    assert assign(without, card).metric == "people_aboard"
    with_verb = slots("400 people walk", "400", "people", sentence="400 people walk and 300 live aboard")
    assert assign(with_verb, card).metric is None


READ = """
from extractors import read_text
from extractors.metrics.card import bundled_card
text = "The FBI counted 465,676 NCIC entries for missing juveniles, 4,977 more than in 2015."
print([(fact.metric, fact.rule) for fact in read_text(text, card=bundled_card("ncmec-impact"), edition=2016).facts])
"""


@pytest.mark.long
def test_the_rule_named_is_the_same_in_every_process() -> None:
    """Strings hash differently in each process, so that sets of words come in another order."""
    said = {
        subprocess.run(
            [sys.executable, "-c", READ],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(6)
    }
    assert len(said) == 1


@pytest.mark.parametrize("label", ["cutters | 2023–24", "2023-24 | cutters", "cutters | 2099–00"])
def test_a_year_of_two_numbers_in_a_label_sets_nothing_apart(card: SourceCard, label: str) -> None:
    assert assign(slots("14", "14", "cutters", labels=label), card).metric == "cutters"


@pytest.mark.parametrize("label", ["cutters | 2023, 25", "cutters | 23–24", "cutters | 2023–25"])
def test_other_numbers_in_a_label_do(card: SourceCard, label: str) -> None:
    assert assign(slots("14", "14", "cutters", labels=label), card).metric is None
