"""Values and the short texts that name them, over the shapes pages give them."""

import pytest

from extractors.pages import html_passages, text_passages
from extractors.records import Passage


def tiles(html: str) -> dict[str, tuple[str, ...]]:
    """Text to labels of every tile of a page."""
    return {p.text: p.labels for p in html_passages(html.encode()) if p.kind == "tile"}


def one(html: str, text: str) -> Passage:
    (found,) = [p for p in html_passages(html.encode()) if p.text == text]
    return found


CARDS = {
    "value over label": (
        '<div class="grid"><div class="card"><div class="n">4,310</div><div class="t">Nights of shelter</div></div>'
        '<div class="card"><div class="n">87%</div><div class="t">Families rehoused</div></div></div>',
        {"4,310": ("Nights of shelter",), "87%": ("Families rehoused",)},
    ),
    "label over value": (
        "<section><div><p>Trees planted</p><p>12,000</p></div><div><p>Schools joined</p><p>64</p></div></section>",
        {"12,000": ("Trees planted",), "64": ("Schools joined",)},
    ),
    "list items with spans": (
        '<ul class="stats"><li><span class="stat-label">Beds</span> <span class="stat-value">310</span></li>'
        '<li><span class="stat-label">Wards</span> <span class="stat-value">22</span></li></ul>',
        {"310": ("Beds",), "22": ("Wards",)},
    ),
    "value as heading, label as paragraph": (
        "<section><h2>Our year</h2><div><h3>1.2M</h3><p>meals served</p></div><div><h3>$4.2 million</h3>"
        "<p>raised for food</p></div></section>",
        {"1.2M": ("meals served",), "$4.2 million": ("raised for food",)},
    ),
    "value as heading, label as heading": (
        "<div><h3>36%</h3><h4>Rural</h4><h3>64%</h3><h4>Urban</h4></div>",
        {"36%": ("Rural",), "64%": ("Urban",)},
    ),
    "flat, labels after, one parent": (
        "<div><h2>Impact</h2><p class=v>24</p><p class=l>countries</p><p class=v>8.6M+</p><p class=l>readers</p></div>",
        {"24": ("countries",), "8.6M+": ("readers",)},
    ),
    "flat with group titles, labels before": (
        "<div><p class=g>Origin</p><p>Local</p><b class=x style='display:block'>41%</b><p>Abroad</p>"
        "<b class=x style='display:block'>59%</b><p class=g>Stay</p><p>One night</p>"
        "<b class=x style='display:block'>8%</b>"
        "<p>Longer</p><b class=x style='display:block'>92%</b></div>",
        {
            "41%": ("Origin", "Local"),
            "59%": ("Origin", "Abroad"),
            "8%": ("Stay", "One night"),
            "92%": ("Stay", "Longer"),
        },
    ),
    "flat with group titles, labels after": (
        "<div><p class=g>Origin</p><p class=v>41%</p><p class=l>Local</p><p class=v>59%</p><p class=l>Abroad</p>"
        "<p class=g>Stay</p><p class=v>8%</p><p class=l>One night</p><p class=v>92%</p><p class=l>Longer</p></div>",
        {
            "41%": ("Origin", "Local"),
            "59%": ("Origin", "Abroad"),
            "8%": ("Stay", "One night"),
            "92%": ("Stay", "Longer"),
        },
    ),
    "definition list": (
        "<dl><dt>Calls answered</dt><dd>18,402</dd><dt>Volunteers</dt><dd>More than 300</dd></dl>",
        {"18,402": ("Calls answered",), "More than 300": ("Volunteers",)},
    ),
    "definition list, value first": (
        "<dl><div><dd>18,402</dd><dt>Calls answered</dt></div><div><dd>300</dd><dt>Volunteers</dt></div></dl>",
        {"18,402": ("Calls answered",), "300": ("Volunteers",)},
    ),
    "lines parted by br": (
        "<div><p><b>Cats</b><br>36%<br><b>Dogs</b><br>64%</p></div>",
        {"36%": ("Cats",), "64%": ("Dogs",)},
    ),
    "card with description": (
        '<div class="cards"><div><p>Hotline</p><p>9,400</p><p>calls in 2022</p></div>'
        "<div><p>Chat</p><p>2,100</p><p>talks in 2022</p></div></div>",
        {"9,400": ("Hotline", "calls in 2022"), "2,100": ("Chat", "talks in 2022")},
    ),
    "link cards of spans": (
        '<div><a class="c" href="/x"><span class="n">1 in 6</span><span class="t">Adults affected</span></a>'
        '<a class="c" href="/y"><span class="n">two-thirds</span><span class="t">Women</span></a></div>',
        {"1 in 6": ("Adults affected",), "two-thirds": ("Women",)},
    ),
    "age bands name figures": (
        "<div><p>0–5 years</p><p>8%</p><p>6–12 years</p><p>59%</p></div>",
        {"8%": ("0–5 years",), "59%": ("6–12 years",)},
    ),
    "a row of values over a row of labels": (
        "<div><div><b>36%</b></div><div><b>64%</b></div><div>Cats</div><div>Dogs</div></div>",
        {"36%": ("Cats",), "64%": ("Dogs",)},
    ),
    "title of a row of cards": (
        "<div><p>By age</p><div class=row><div class=card><b>8%</b><p>Children</p></div>"
        "<div class=card><b>92%</b><p>Adults</p></div></div></div>",
        {"8%": ("By age", "Children"), "92%": ("By age", "Adults")},
    ),
    "title before a container of labels and values": (
        "<section><div><div class=g><p>Origin</p></div><div><p class=l>Local</p><p class=v>41%</p>"
        "<p class=l>Abroad</p><p class=v>59%</p></div></div>"
        "<div><div class=g><p>Stay</p></div><div><p class=l>One night</p><p class=v>8%</p>"
        "<p class=l>Longer</p><p class=v>92%</p></div></div></section>",
        {
            "41%": ("Origin", "Local"),
            "59%": ("Origin", "Abroad"),
            "8%": ("Stay", "One night"),
            "92%": ("Stay", "Longer"),
        },
    ),
    "a value in several elements": (
        '<div><div><p>Raised</p><span class="p">$</span><span class="n">250</span><span class="s">K+</span></div>'
        '<div><p>Read</p><span class="n">36</span><span class="s">%</span></div></div>',
        {"$250K+": ("Raised",), "36%": ("Read",)},
    ),
    "number, sign and text in one box": (
        '<div class="a"><span class="n">36</span><span class="s">%</span><span class="t">Read daily</span></div>',
        {"36%": ("Read daily",)},
    ),
    "a footnote mark after the value": (
        "<div><div><p>44 million<sup>3</sup></p><p>readers</p></div>"
        "<div><p>12 million<sup>4</sup></p><p>writers</p></div></div>",
        {"44 million": ("readers",), "12 million": ("writers",)},
    ),
    "a link in the card names nothing": (
        "<div><div><h3>310</h3><p>Beds</p><a href=/b>Learn more</a></div><div><h3>22</h3><p>Wards</p>"
        "<a href=/w>Learn more</a></div></div>",
        {"310": ("Beds",), "22": ("Wards",)},
    ),
    "label with a colon": ("<ul><li><b>Beds:</b><p>310</p></li></ul>", {"310": ("Beds",)}),
    "value and small text in a heading": (
        "<div><h2>94,428<br><small>calls answered</small></h2></div>",
        {"94,428": ("calls answered",)},
    ),
    "layout table": (
        '<table role="presentation"><tr><td>36%</td><td>of lakes</td></tr><tr><td>12%</td><td>of rivers'
        "</td></tr></table>",
        {"36%": ("of lakes",), "12%": ("of rivers",)},
    ),
    "svg texts": (
        "<figure><svg><g><text>North</text><text>55%</text></g><g><text>South</text><text>45%</text>"
        "</g></svg></figure>",
        {"55%": ("North",), "45%": ("South",)},
    ),
    "years are labels": (
        "<div><div class=a>2020</div><div class=b>1,204</div><div class=a>2021</div><div class=b>1,377</div></div>",
        {"1,204": ("2020",), "1,377": ("2021",)},
    ),
}


@pytest.mark.parametrize("html, expected", CARDS.values(), ids=CARDS.keys())
def test_each_value_takes_its_own_label(html: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert tiles(f"<html><body><main>{html}</main></body></html>") == expected


def test_label_blocks_stay_passages_of_their_own() -> None:
    texts = [p.text for p in html_passages(CARDS["definition list"][0].encode())]
    assert texts == ["Calls answered", "18,402", "Volunteers", "More than 300"]


def test_a_value_among_prose_takes_the_short_text_beside_it() -> None:
    html = (
        "<div><p>Our helpline never closes, and people write to it from every part of the country and beyond.</p>"
        "<p>9,118</p><p>messages answered last winter</p>"
        "<p>Each message is read by somebody who has been trained for it, and who is paid for the work.</p></div>"
    )
    assert tiles(html) == {"9,118": ("messages answered last winter",)}


def test_a_value_in_a_heading_is_no_heading_for_what_follows() -> None:
    html = (
        "<main><h1>Report</h1><h2>1.2M</h2><p>meals served</p>"
        "<p>Food went to every district of the two cities.</p></main>"
    )
    assert one(html, "Food went to every district of the two cities.").headings == ("Report",)
    assert one(html, "1.2M").labels == ("meals served",)


def test_a_heading_that_names_one_card_ends_with_the_card() -> None:
    html = (
        "<main><h2>Year</h2><div class=g><div class=c><h3>Beds</h3><p>310</p></div><div class=c>"
        "<h3>Wards</h3><p>22</p></div>"
        "</div><p>The hospital was founded by the city a long time ago and has grown ever since.</p></main>"
    )
    assert tiles(html) == {"310": ("Beds",), "22": ("Wards",)}
    assert one(html, "The hospital was founded by the city a long time ago and has grown ever since.").headings == (
        "Year",
    )


def test_a_lone_year_is_no_value() -> None:
    html = "<div><h3>2019</h3><p>The centre opens its doors.</p><h3>2020</h3><p>A second house follows.</p></div>"
    assert tiles(html) == {}
    assert one(html, "A second house follows.").headings == ("2020",)


def test_text_files_share_the_rules() -> None:
    text = (
        "## Who came\n\nOrigin\n\nLocal\n\n**41%**\n\nAbroad\n\n**59%**"
        "\n\nMost guests came with their families and stayed long.\n"
    )
    found = {p.text: p.labels for p in text_passages(text) if p.kind == "tile"}
    assert found == {"41%": ("Origin", "Local"), "59%": ("Origin", "Abroad")}


def test_a_note_with_a_figure_of_its_own_names_no_tile_but_is_named_by_it() -> None:
    html = """<main><div><article><p>20</p><h3>meals served</h3><p>Down from 36 in 2023.</p></article>
    <article><p>70</p><h3>beds made</h3><p>In 2023 there were 47.</p></article></div></main>"""
    labels = {p.text: p.labels for p in html_passages(html.encode())}
    assert labels["20"] == labels["Down from 36 in 2023."] == ("meals served",)
    assert labels["70"] == labels["In 2023 there were 47."] == ("beds made",)


@pytest.mark.parametrize("label", ["Since 2010.", "from 2019 to 2022", "of children, up to age 16, were reached"])
def test_a_time_or_an_age_in_a_label_is_no_note(label: str) -> None:
    html = f"<main><div><article><p>4,500</p><h3>Meals</h3><p>{label}</p></article></div></main>"
    assert label in next(p for p in html_passages(html.encode()) if p.text == "4,500").labels


@pytest.mark.parametrize(
    "note", ["36.2 million in 2023", "188 alerts in 2024", "192% more than in 2023", "videos: 33.1 million"]
)
def test_a_second_text_with_a_figure_is_a_note(note: str) -> None:
    html = f"<main><div><article><p>4,500</p><h3>Meals</h3><p>{note}</p></article></div></main>"
    assert next(p for p in html_passages(html.encode()) if p.text == "4,500").labels == ("Meals",)
