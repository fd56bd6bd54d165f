"""Animated counters read as what they come to; what they show before is no statistic, a zero that is meant is one."""

from decimal import Decimal

import pytest

from extractors import Reading, read_page


def page(body: str) -> Reading:
    return read_page(f"<body>{body}<p>In 2020 we ran 4 trams.</p></body>".encode(), edition=2021)


@pytest.mark.parametrize(
    ("body", "surface", "value"),
    [
        ("<div><span class='counter' data-target='4300'>0</span><p>Meals</p></div>", "4300", 4300),
        (
            "<div><h3 data-count='5.4' data-suffix='M' data-prefix='£'>£0M</h3><span>for homes</span></div>",
            "£5.4M",
            5.4e6,
        ),
        (
            "<div><h3 data-count='5.4' data-suffix='M' data-prefix='£'>0</h3><span>for homes</span></div>",
            "£5.4M",
            5.4e6,
        ),
        (
            "<div><i class='countup-number' data-start='0' data-end='67'>0</i><i>%</i><div>of calls</div></div>",
            "67%",
            67,
        ),
        ("<div><i data-count='67' data-suffix='%'>0</i><i>%</i><div>of calls</div></div>", "67%", 67),
        ("<div class='odometer' data-odometer-final='2150'>0</div><h4>Young callers</h4>", "2150", 2150),
        ("<p>We gave a bed to <span class='js-count' data-to='15,220'>0</span> people.</p>", "15,220", 15220),
        ("<h2><span class='animate-number' data-end='73' data-suffix='K'>0K</span></h2><p>trees</p>", "73K", 73000),
        ("<div class='text-6xl' data-number='712'>000</div><p>families</p>", "712", 712),
        ("<div><i>$</i><i class='counter-number' data-to-value='25'>0</i></div><p>given</p>", "$25", 25),
        ("<div class='stat' data-counter='900'><b><i>0</i></b><p>Meals</p></div>", "900", 900),
        ("<p data-countup='900'>0 meals</p>", "900", 900),
        (
            "<div class='number_counter' data-number-value='67'><p><i class='percent-value'></i><i>%</i></p>"
            "<h3>of calls</h3></div>",
            "67%",
            67,
        ),
        ("<count-up end='900'>0</count-up> meals", "900", 900),
        ("<p><span class='number-counter' data-value='90'>0%</span> of callers</p>", "90%", 90),
        ("<ul><li><span data-purecounter-start='0' data-purecounter-end='232'>0</span> clients</li></ul>", "232", 232),
        ("<div><span class='timer' data-from='100' data-to='5000'>100</span><p>Meals</p></div>", "5000", 5000),
        ("<div><span class='timer' data-to='5000' data-speed='800'>0</span><p>Meals</p></div>", "5000", 5000),
        (
            "<div><span class='counter' data-start='1,000' data-end='12,000'>1,000</span><p>Meals</p></div>",
            "12,000",
            12000,
        ),
        ("<div><b class='counter' data-count='640'></b><p>Nests</p></div>", "640", 640),
        ("<div><div data-countup-to='640'></div><p>Nests</p></div>", "640", 640),
        ("<div data-number-value='71'><div><p><b>0</b><i>%</i></p></div><h3>of nests hatched</h3></div>", "71%", 71),
        ("<div><b data-endval='640' data-id='3'>0</b><p>Nests</p></div>", "640", 640),
        ("<div><b class='counter' data-n='640' data-index='3'>0</b><p>Nests</p></div>", "640", 640),
        ("<div><b class='timer' data-options='{\"from\": 0, \"to\": 640}'>0</b><p>Nests</p></div>", "640", 640),
        ("<div x-data='{ now: 0, target: 640 }'><b x-text='now'>0</b><p>Nests</p></div>", "640", 640),
        ("<div><b class='count-number' from='0' to='640'>0</b><p>Nests</p></div>", "640", 640),
        ("<div><div data-counter-value='1984'>0</div><p>Nests guarded</p></div>", "1984", 1984),
    ],
)
def test_a_counter_reads_as_the_figure_that_it_reaches(body: str, surface: str, value: float) -> None:
    reading = page(body)
    fact, other = reading.facts
    assert (fact.surface, float(fact.value), fact.flags) == (surface, value, ("counter",))
    assert fact.passage_text[fact.start : fact.end] == surface
    assert (other.surface, other.flags) == ("4", ())


@pytest.mark.parametrize(
    "body",
    [
        "<div><span class='counter'>0</span><p>Meals</p></div>",
        "<div class='stat counter'><strong>0</strong><p>Meals</p></div>",
        "<p><span class='CountUp'>0+</span> meals</p>",
        "<div><b class='counter' data-id='640'>0</b><p>Nests</p></div>",
        "<table><tr><td><span class='counter'>0</span><br>Meals</td><td>Towns</td></tr></table>",
    ],
)
def test_what_a_counter_shows_before_it_runs_is_no_statistic(body: str) -> None:
    reading = page(body)
    assert [fact.surface for fact in reading.facts] == ["4"]
    (shown,) = (n for n in reading.numerals if n.surface not in ("4", "2020"))
    assert (shown.disposition, shown.reason) == ("excluded", "counter")


def test_an_empty_element_that_does_not_count_shows_nothing() -> None:
    for body in ("<i data-target='#more' class='icon'></i>", "<img data-width='640'>", "<div data-id='12'></div>"):
        assert [fact.surface for fact in page(body).facts] == ["4"]


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("<p>There were 0 deaths in 2021.</p>", 0),
        ("<p class='counter'>There were 0 deaths in 2021.</p>", 0),
        ("<table><tr><th>Kind<th>2021<tr><td>Deaths<td>0</table>", 0),
        ("<table><tr><th>Kind<th>2021<tr><td>Deaths<td data-value='0'>0</table>", 0),
        ("<table><tr><th>Kind<th>2021<tr><td>Deaths<td data-value='0.4'>0</table>", 0),
        ("<div><span class='counter' data-target='0'>0</span><p>Deaths</p></div>", 0),
        ("<div><span class='big-number'>0</span><p>Deaths</p></div>", 0),
        ("<div class='counters'><div><b>0</b><p>Deaths</p></div><div><b>12</b><p>Births</p></div></div>", 0),
        ("<div data-count='2'><p>0 deaths</p></div>", 0),
        ("<div><b>0</b><p class='counter-label'>Deaths</p></div>", 0),
        ("<div><span class='counter' data-target='640'>640</span><p>Nests</p></div>", 640),
        ("<div><span data-count='2600'>2,600+</span><p>Children</p></div>", 2600),
        ("<div><span class='counter'>640</span><p>Nests</p></div>", 640),
        ("<div><b>0</b><button data-target='#more' data-count='7'>More</button><p>Deaths</p></div>", 0),
    ],
)
def test_a_figure_that_is_meant_stays_a_statistic(body: str, value: int) -> None:
    assert Decimal(value) in [fact.value for fact in page(body).facts]


def test_a_counter_beside_a_zero_that_is_meant() -> None:
    reading = page("<div><span class='counter'>0</span><p>Meals</p></div><p>There were 0 deaths in 2021.</p>")
    assert [fact.surface for fact in reading.facts] == ["0", "4"]
