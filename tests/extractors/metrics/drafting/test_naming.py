"""What a drafted metric is called."""

import pytest

from extractors.metrics.drafting.grouping import groups_of
from extractors.metrics.drafting.naming import label_of, measure_of, slug_of, unit_of
from tests.extractors.metrics.drafting.pages import figures


@pytest.mark.parametrize(
    ("text", "label", "unit", "measure"),
    [
        ("Nurses saw 2,940 patients in 2022.", "Patients seen", "patients", "flow"),
        ("72 schools got new latrines in 2023.", "Schools got new latrines", "schools", "flow"),
        ("7,260 samples were analysed in our laboratory.", "Samples analysed in our laboratory", "samples", "flow"),
        ("Trees planted: 96,500", "Trees planted", "trees", "flow"),
        ("Members: 11,840", "Members", "members", "stock"),
        ("41% of the litter was plastic.", "Share of litter: plastic", "percent", "share"),
        ("Guests stayed an average of 33 nights.", "Nights stayed", "nights", "average"),
        ("We spent $8.9 million on our programmes.", "Money spent on our programmes", "USD", "flow"),
        ("Members gave $3.1 million.", "Money given by members", "USD", "flow"),
        ("We took away 96 tonnes of rubbish.", "Tonnes of rubbish taken", "tonnes", "flow"),
        ("At the end of 2023, 318 stations measured water.", "Stations measured water", "stations", "stock"),
    ],
)
def test_label_unit_and_measure(text: str, label: str, unit: str, measure: str) -> None:
    group = groups_of(figures(text))[0]
    assert (label_of(group), unit_of(group), measure_of(group)) == (label, unit, measure)


@pytest.mark.parametrize(
    ("label", "taken", "slug"),
    [
        ("Wells drilled", (), "wells_drilled"),
        ("Share of litter: plastic", (), "litter_plastic"),
        ("Money paid for land along banks", (), "money_paid_land_along"),
        ("People", ("people",), "people_2"),
        ("Guests of the north wing housed", ("guests_north_wing_housed",), "guests_north_wing_housed_2"),
        ("One two three four five", ("one_two_three_four",), "one_two_three_four_five"),
        ("Café 24", (), "caf"),
        ("…", (), "metric"),
        ("No", (), "metric"),
    ],
)
def test_a_slug_is_made_of_the_words_that_tell(label: str, taken: tuple[str, ...], slug: str) -> None:
    assert slug_of(label, taken) == slug
