"""From groups to wordings: what narrows becomes a condition, what is taken wrongly is kept off, the rest is dropped."""

from collections.abc import Sequence

from extractors.metrics.drafting.model import Metric
from tests.extractors.metrics.drafting.pages import drafted, text_page


def metrics(text: str, *, html: bool = False) -> Sequence[Metric]:
    return drafted(text_page(text, html=html), "Harbour Rescue").draft.metrics


def only(text: str) -> Metric:
    (metric,) = metrics(text)
    return metric


def test_a_verb_is_asked_for_in_all_its_forms() -> None:
    (wording,) = only("In 2023, our kitchens gave 48,210 hot meals.").wordings
    assert wording.counts == ("hot meals",)
    assert wording.when == (("clause", ("gave", "given", "give")),)


def test_words_that_narrow_the_count_become_conditions_and_the_rest_narrow_nothing() -> None:
    metric = only("In 2023, we fitted 1,105 filters to household tanks.")
    assert [terms[0] for _, terms in metric.wordings[0].when] == ["fitted", "household"]
    assert metric.only == ("tanks",)


def test_figures_of_one_noun_are_told_apart_by_their_verbs() -> None:
    found = metrics("In 2023, nurses saw 2,940 patients. In 2023, the van treated 388 patients.")
    assert [(one.slug, one.wordings[0].when) for one in found] == [
        ("patients_seen", (("clause", ("saw", "seen", "see")),)),
        ("patients_treated", (("clause", ("treat*",)),)),
    ]


def test_what_only_cells_and_tiles_state_leaves_prose_alone() -> None:
    found = metrics("Patients: 2,940\n\nIn 2023, 388 patients came in.")
    tile = next(one for one in found if one.slug == "patients")
    assert tile.wordings[0].labelled is True
    assert [index for index, _ in tile.expected] == [0]


def test_money_counts_what_was_done_with_it() -> None:
    metric = only("In 2023, we raised £2.4 million, compared with £2.1 million in 2022.")
    (wording,) = metric.wordings
    assert (wording.counts, wording.kinds, len(metric.expected)) == (("raised",), ("money",), 2)


def test_a_change_is_of_its_metric_also_where_only_kinds_of_value_are_taken() -> None:
    metric = only("In 2023, we took away 96 tonnes of rubbish, 12% more than in 2022.")
    assert metric.wordings[0].kinds == ("measure", "change_percent")
    assert len(metric.expected) == 2


def test_a_share_asks_for_its_base_and_what_is_said_of_it() -> None:
    (wording,) = only("In 2023, 41% of the litter was plastic.").wordings
    assert (wording.counts, wording.when) == ((), (("clause", ("litter",)), ("clause", ("plastic",))))


def test_shares_of_100_ask_for_a_part() -> None:
    metric = only("## Spending in 2023\n\n- Shelter: 68%\n- Clinic: 22%\n- Offices: 10%")
    assert (metric.slug, metric.identity) == ("spending_share", "shares")
    assert metric.wordings[0].members == "some"


def test_a_place_in_front_of_a_count_is_never_made_harmless() -> None:
    found = metrics("In 2023, we drilled 412 wells.\n\nIn Kenya we drilled 188 wells in 2023.")
    assert not any("kenya" in one.only for one in found)
    assert {one.slug for one in found} <= {"wells_drilled", "wells_drilled_2"}


def test_what_cannot_be_told_apart_is_left_out() -> None:
    assert metrics("In 2023, we won 40 prizes. In 2023, we won 56 prizes.") == ()


def test_a_metric_that_is_stated_in_two_ways_gets_a_wording_for_each() -> None:
    metric = only("Meals served: 1,873\n\nIn 2023, we cooked 1,873 meals.")
    assert len(metric.expected) == 2
    assert [wording.when for wording in metric.wordings] == [(("clause", ("served",)),), (("clause", ("cook*",)),)]


def test_the_parts_of_a_table_are_counted_as_what_all_of_them_are() -> None:
    table = "| | 2022 | 2023 |\n| --- | --- | --- |\n| Salmon | 14 | 15 |\n| Eels | 22 | 23 |\n| All fish | 36 | 38 |"
    metric = only(f"## Fish counted\n\n{table}")
    assert [wording.counts for wording in metric.wordings] == [("fish",)]
    assert [member for _, member in metric.expected] == ["salmon", "salmon", "eels", "eels", None, None]
