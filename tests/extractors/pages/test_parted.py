"""Figures set in several blocks, sign, number and scale word apart, are read as one at the number's place."""

import pytest

from extractors import read_page


def facts(body: str) -> list[tuple[str, str, str | None]]:
    reading = read_page(f"<body>{body}</body>".encode(), edition=2021)
    return [(fact.surface, fact.kind, fact.unit) for fact in reading.facts]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<div><h4>7.4</h4><h5>billion litres</h5><p>held back</p></div>",
            ("7.4 billion", "measure", "litres"),
        ),
        ("<div><p>€</p><p>310</p><p>thousand</p><p>for roofs</p></div>", ("€310 thousand", "money", "EUR")),
        ("<div><div>88</div><div>%</div><p>of pupils stayed</p></div>", ("88%", "percent", "percent")),
        ("<div><div>Two</div><div>million</div><div>bulbs planted</div></div>", ("Two million", "count", "bulbs")),
        ("<div><div>£</div><div>6.1</div><div>m</div><p>in fares</p></div>", ("£6.1m", "money", "GBP")),
        ("<p>46</p><p>million</p><p>bulbs planted</p>", ("46 million", "count", "bulbs")),
        ("<div><div>1.2</div><div>crore</div><div>bulbs planted</div></div>", ("1.2 crore", "count", "bulbs")),
        (
            "<table><tr><td>£7</td><td>million</td></tr><tr><td colspan=2>raised for bulbs</td></tr></table>",
            ("£7 million", "money", "GBP"),
        ),
        ("<section><h2>3</h2></section><section><h3>Million maps</h3></section>", ("3 Million", "count", "maps")),
    ],
)
def test_sign_and_scale_go_with_their_number(body: str, expected: tuple[str, str, str]) -> None:
    assert facts(body) == [expected]


@pytest.mark.parametrize(
    ("body", "surfaces"),
    [
        ("<div><h3>14</h3><p>towns in the Million Trees drive</p></div>", ["14"]),
        ("<div><h3>14</h3><h4>Million Trees groups</h4></div>", ["14"]),
        ("<div><h3>14 million</h3><p>million-year-old rocks</p></div>", ["14 million"]),
        ("<div><h3>$40</h3><p>a ticket in 2021</p></div><div><h3>12</h3><p>shows</p></div>", ["$40", "12"]),
    ],
)
def test_what_stands_alone_is_left_alone(body: str, surfaces: list[str]) -> None:
    assert [surface for surface, _, _ in facts(body)][: len(surfaces)] == surfaces


def test_a_joined_figure_keeps_its_place_and_every_character_its_passage() -> None:
    reading = read_page(b"<body><div><p>$</p><p id='n'>5.5</p><p>million for boats</p></div></body>", edition=2021)
    (fact,) = reading.facts
    assert (fact.xpath, fact.passage_text) == ("/html/body/div[1]/p[2]", "$5.5 million")
    assert fact.passage_text[fact.start : fact.end] == fact.surface
    assert [passage.text for passage in reading.passages] == ["$5.5 million", "for boats"]
