"""Which numbers are statistics, and what the others are."""

import pytest

from extractors import Numeral, read_page, read_text


def line(text: str, surface: str) -> Numeral:
    return next(n for n in read_text(text).numerals if n.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Swimmers aged 8 to 14 trained for free.", "8 to 14"),
        ("The club is open to adults over 55.", "55"),
        ("A 19-year-old apprentice won the prize.", "19"),
        ("We teach children under 5.", "5"),
        ("He turned 70 in spring.", "70"),
        ("Dancers were between 16 and 24 years old.", "16 and 24"),
        ("Women aged 45 and over are invited.", "45"),
        ("Ewa Nowak, 34, keeps bees.", "34"),
        ("Supporters under 30 made up 12% of the crowd.", "30"),
        ("Carers over 65 rest in May.", "65"),
    ],
)
def test_ages_are_no_statistics(text: str, surface: str) -> None:
    found = line(text, surface)
    assert (found.numeral_class, found.disposition) == ("age", "excluded")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A child who runs away four times in a year is entered each time.", "four"),
        ("A case is one child and one disappearance.", "one"),
        ("One dog can be the subject of two reports.", "two"),
        ("The same dog may appear in 10 reports.", "10"),
        ("Shelters may now bundle the many reports of one stray dog.", "one"),
    ],
)
def test_how_things_are_counted_is_no_count(text: str, surface: str) -> None:
    found = line(text, surface)
    assert (found.numeral_class, found.disposition) == ("idiom", "excluded")


@pytest.mark.parametrize(
    ("text", "surface", "reason"),
    [
        ("Of 40 clubs, 30 sent at least one report.", "one", "at_least_one"),
        ("We spent £40 in these four countries.", "four", "refers_back"),
        ("Boys between 14 and 17 were hurt most often.", "14 and 17", "age"),
        ("Shares may not add to 100 because of rounding.", "100", "arithmetic"),
        ("The rate is got by multiplying by 100.", "100", "arithmetic"),
        ("Call 800.555.BOAT (2628) for help.", "800.555.BOAT (2628)", "phone_number"),
        ("The club is a charity registered in Wales (219432).", "219432", "identifier"),
        ("(All amounts in $000s.)", "000s", "scale"),
        ("Reports by port, 2023 (top three)", "three", "idiom"),
        ("Posts went to groups like “764,” and others.", "764", "identifier"),
        ("Harbour House, 699 Quay Street, Alexandria, Virginia 22314-3175", "22314-3175", "postcode"),
    ],
)
def test_numbers_that_state_nothing_say_why(text: str, surface: str, reason: str) -> None:
    found = line(text, surface)
    assert (found.disposition, found.reason) == ("excluded", reason)


def test_a_list_run_on_in_one_passage_is_numbered() -> None:
    found = read_page(b"<p>1. Ministry of Ports. 2. Lighthouse Board. 3. Own count.</p>")
    assert [n.reason for n in found.numerals] == ["list_number"] * 3


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Whales were lost for 294 days on average.", "294"),
        ("The median time between the alarm on the pier and the launch of the boat was 1.2 days.", "1.2"),
    ],
)
def test_averages_of_time_are_statistics(text: str, surface: str) -> None:
    assert line(text, surface).disposition == "fact"


@pytest.mark.parametrize("text", ["Questions we are asked about 2022", "[^1]: A dog is entered each time."])
def test_titles_and_notes_number_nothing(text: str) -> None:
    assert not read_text(text).facts


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Repairs are made within 48 hours.", "48"),
        ("Over the past six months we rebuilt the pier.", "six"),
        ("A three-year grant pays for it.", "three"),
        ("The mill closed 20 years ago.", "20"),
        ("The course lasts ten weeks.", "ten"),
    ],
)
def test_frames_of_time_are_durations(text: str, surface: str) -> None:
    found = line(text, surface)
    assert (found.numeral_class, found.disposition) == ("duration", "excluded")


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("The average wait for a hearing was 21 days in 2022.", "21", "duration"),
        ("Volunteers gave 9,400 hours in 2022.", "9,400", "count"),
        ("The median stay fell to 6 nights.", "6", "duration"),
        ("Loaves took between 1 hour and 3 hours in 2022.", "1 hour and 3", "duration"),
        ("Bakers needed between 3 minutes and 9 minutes a loaf in 2022.", "3 minutes and 9", "duration"),
        ("On 30 June 2022 the barn held 5.5 weeks of hay supplies.", "5.5", "duration"),
        ("In May it held 9 days of feed stock; a year earlier it was 7 days.", "7", "duration"),
    ],
)
def test_measured_times_are_statistics(text: str, surface: str, kind: str) -> None:
    (fact,) = (f for f in read_text(text).facts if f.surface == surface)
    assert (fact.kind, fact.value > 0) == (kind, True)


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("It was the third bridge on the site.", "third", "ordinal"),
        ("- 2016 Second bridge, at Lund.", "Second", "ordinal"),
        ("Deaths per 10,000 births fell.", "10,000", "reference"),
        ("Read our COVID-19 plan.", "COVID-19", "identifier"),
        ("The centre opened on 3 May 2019.", "3 May 2019", "date"),
        ("Doors open at 6:30 pm.", "6:30 pm", "time"),
        ("We answer 24/7.", "24/7", "time"),
        ("Call 01632 960 001.", "01632 960 001", "identifier"),
    ],
)
def test_other_numbers_are_named_for_what_they_are(text: str, surface: str, expected: str) -> None:
    found = line(text, surface)
    assert (found.numeral_class, found.disposition) == (expected, "excluded")
    assert found.reason


@pytest.mark.parametrize(
    "text", ["Only one kiln burned down.", "The fleet gained two ferries.", "Our 250th lamb arrived."]
)
def test_small_words_and_ordinals_can_count(text: str) -> None:
    assert len(read_text(text).facts) == 1


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        pytest.param("We published 24 maps in 2022, up from 19 the year before.", "19", id="the year before"),
        pytest.param("The bakery sold 24 cakes, against 15 the previous week.", "15", id="the previous week"),
    ],
)
def test_a_figure_before_the_year_it_is_compared_with_is_a_statistic(text: str, surface: str) -> None:
    assert line(text, surface).disposition == "fact"


@pytest.mark.parametrize(
    "text",
    ["My son knows all six verses by heart.",
     "No two cases are alike.", "Two kinds of calls worry us most.", "A file that was sent twice is counted twice.",
     "Page 9 of 9."],
)  # fmt: skip
def test_what_is_told_in_passing_is_counted_by_nobody(text: str) -> None:
    assert read_text(text).facts == ()


def test_a_year_in_a_heading_or_caption_is_no_count() -> None:
    head = "<caption>Files submitted with 2023 reports</caption><tr><th>Type</th><th>Percent of 2016 cases</th></tr>"
    rows = "<tr><td>Images</td><td>40</td></tr><tr><td>Videos</td><td>60</td></tr>"
    found = read_page(f"<main><table>{head}{rows}</table></main>".encode())
    assert [fact.surface for fact in found.facts] == ["40", "60"]


@pytest.mark.parametrize(
    ("headers", "row", "expected"),
    [
        (("Year", "Reports"), ("2018", "1987"), [("1987", 2018)]),
        (("Member state", "Joined", "Offices"), ("Norland", "1962", "2013"), [("2013", 2024)]),
        (("Type", "2019", "2020"), ("Lost", "1950", "2011"), [("1950", 2019), ("2011", 2020)]),
        (("Branch", "2019", "2020"), ("Year opened", "1950", "1951"), []),
        (("State", "Year", "Cases"), ("Westmark", "2019", "2011"), [("2011", 2019)]),
    ],
)
def test_a_cell_like_a_year_is_a_count_where_its_headers_count(
    headers: tuple[str, ...], row: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    head = "".join(f"<th>{header}</th>" for header in headers)
    cells = "".join(f"<td>{cell}</td>" for cell in row)
    html = f"<table><tr>{head}</tr><tr>{cells}</tr></table>"
    assert [(fact.surface, fact.year) for fact in read_page(html.encode(), edition=2024).facts] == expected
