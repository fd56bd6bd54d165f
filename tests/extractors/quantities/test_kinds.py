"""What kind of figure a statistic is, its sign and its unit."""

from decimal import Decimal

import pytest

from extractors import Fact, read_text


def fact(text: str, surface: str) -> Fact:
    return next(f for f in read_text(text, edition=2022).facts if f.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface", "kind", "value"),
    [
        ("The zoo hatched 61 penguins.", "61", "count", "61"),
        ("Some 34% of wells ran dry.", "34%", "percent", "34"),
        ("Turnout reached 71 per cent.", "71 per cent", "percent", "71"),
        ("Turnout rose to 71%.", "71%", "percent", "71"),
        ("Turnout rose by 4%.", "4%", "change_percent", "4"),
        ("Thefts fell 18% in 2022.", "18%", "change_percent", "-18"),
        ("We saw a 12% drop in thefts.", "12%", "change_percent", "-12"),
        ("Thefts were 9% lower than in 2019.", "9%", "change_percent", "-9"),
        ("One in eight otters carries a tag.", "One in eight", "ratio", "0.125"),
        ("Sightings doubled.", "doubled", "multiplier", "2"),
        ("There were four times as many sightings.", "four times", "multiplier", "4"),
        ("Sightings increased by 310.", "310", "change", "310"),
        ("Sightings fell by 45 to the lowest level.", "45", "change", "-45"),
        ("The queue shortened by 5 minutes.", "5", "change", "-5"),
        ("Waste was cut by a quarter.", "a quarter", "change_percent", "-25"),
        ("The raffle made £2,300.", "£2,300", "money", "2300"),
        ("Queues eased by 12% in May.", "12%", "change_percent", "-12"),
        ("Queues eased 12% in May.", "12%", "change_percent", "-12"),
        ("Costs were trimmed by £400.", "£400", "change", "-400"),
        ("Sales rebounded by 12%.", "12%", "change_percent", "12"),
        ("We recovered 12% of the loans.", "12%", "percent", "12"),
        ("We recovered £400 of wages.", "£400", "money", "400"),
        ("We sank 12 wells.", "12", "count", "12"),
        ("Growth over 2014: 298%", "298%", "change_percent", "298"),
        ("Of every dollar 82 cents goes to the boats.", "82", "money", "82"),
        ("Of every pound 73p goes to the boats.", "73p", "money", "73"),
        ("We planted 40 hectares of oak.", "40", "measure", "40"),
        ("We fitted 40 water meters.", "40", "count", "40"),
        ("We laid 40 linear meters.", "40", "measure", "40"),
        ("Waste dipped 9%, while reuse picked up by 15%.", "15%", "change_percent", "15"),
        ("Loans were 40 short of the 2021 total of 900.", "40", "change", "-40"),
        ("Loans were 40 ahead of the 2021 figure.", "40", "change", "40"),
        ("We lent 860 books, 40 down on the 900 of 2021.", "40", "change", "-40"),
        ("We planted 40 trees ahead of the 2021 games.", "40", "count", "40"),
        ("The pass rate rose 3 percentage points.", "3 percentage points", "change", "3"),
        ("Loans: 5,200 (\u25b2 12% on last year).", "12%", "change_percent", "12"),
        ("Loans: 5,200 (\u2193 12% on last year).", "12%", "change_percent", "-12"),
    ],
)
def test_the_words_around_a_number_tell_its_kind_and_sign(text: str, surface: str, kind: str, value: str) -> None:
    found = fact(text, surface)
    assert (found.kind, found.value) == (kind, Decimal(value))


@pytest.mark.parametrize(
    ("text", "surface", "unit"),
    [
        ("The zoo hatched 61 penguins.", "61", "penguins"),
        ("We logged 61 near misses.", "61", "near misses"),
        ("The dam holds 61 ML of water.", "61", "ML"),
        ("We made 61 GWh.", "61", "GWh"),
        ("We own 1 boat, 2 rafts and 3 huts.", "1", "boat"),
        ("We taught 61 M.Sc. students.", "61", "students"),
        ("We saw 61 K-12 schools.", "61", "k-12 schools"),
        ("We had 61 A&E visits.", "61", "a&e visits"),
        ("That night 14 boatmen drowned.", "14", "boatmen"),
        ("The choir gave 120 online concerts.", "120", "concerts"),
        ("The hall hosted 75 family visits.", "75", "family visits"),
        ("We rang 60 breeding lapwing.", "60", "lapwing"),
        ("We heard songs of larks at 14 of our 31 meadows.", "14", "meadows"),
        ("The lab tests 30 specimen jars.", "30", "specimen jars"),
        ("Some 34% of wells ran dry.", "34%", "percent"),
        ("The raffle made £2,300.", "£2,300", "GBP"),
        ("Of every dollar eighty-two cents goes to the boats.", "eighty-two", "cents"),
        ("Of every pound 73p goes to the boats.", "73p", "pence"),
        ("The pass rate rose 3 percentage points.", "3 percentage points", "percentage points"),
        ("We welcomed our 500th sailor.", "500th", "sailors"),
        ("Curators restored 90 paintings and drawings.", "90", "paintings and drawings"),
        ("Sightings doubled.", "doubled", None),
        ("The fleet burned 800 tonnes of fuel.", "800", "tonnes"),
    ],
)
def test_the_unit_is_what_is_counted(text: str, surface: str, unit: str | None) -> None:
    assert fact(text, surface).unit == unit


@pytest.mark.parametrize("text", ["We took up 30 cases.", "Villagers set up 12 wells.", "The plan made up 20 rules."])
def test_a_phrasal_verb_changes_nothing(text: str) -> None:
    (found,) = read_text(text).facts
    assert found.kind == "count"


def test_a_bound_further_on_is_no_change() -> None:
    assert fact("Some 90 million people live on less than $2 a day.", "90 million").kind == "count"


def test_a_change_and_the_level_it_led_to_are_two_figures() -> None:
    text = "Sightings increased by 1,200 to 5,400."
    assert [(f.kind, f.value) for f in read_text(text).facts] == [("change", Decimal(1200)), ("count", Decimal(5400))]


@pytest.mark.parametrize("text", ["**Return rate**\n92-34%", "Rate of the harbour-34%", "**Return rate**\nB2–34%"])
def test_a_hyphen_that_joins_is_no_minus_sign(text: str) -> None:
    assert read_text(text).facts[-1].value == 34


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In 2020 we had a margin of −4.2%.", "percent"),
        ("The yield was -1.5% in 2021.", "percent"),
        ("Our pay gap at the mill (2021): –0.7%", "percent"),
        ("-2.4% profit margin", "percent"),
        ("| | 2021 |\n|---|---|\n| Mill margin | -1.2% |", "percent"),
        ("| | 2021 |\n|---|---|\n| Deficit in % of sales | (1.2%) |", "percent"),
        ("The gap change was -2% in 2021.", "change_percent"),
        ("Growth of −2.5% followed in 2021.", "change_percent"),
    ],
)
def test_a_level_below_nought_is_no_change(text: str, kind: str) -> None:
    """A margin or a yield may be negative; growth is a change whatever its sign."""
    assert [fact.kind for fact in read_text(text).facts] == [kind]
