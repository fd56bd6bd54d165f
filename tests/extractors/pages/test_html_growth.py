"""Four times the page is at most some five times the work, whatever it nests or leaves open."""

import pytest

from extractors import read_page
from extractors.pages import html_passages
from tests.extractors.growth import calls, lines
from tests.few import few_of

SHAPES = {
    "inline elements under deep blocks": ("<div>", "<i>1</i> x <i>2</i> y "),
    "under deep elements of a name of their own": ("<x-y>", "<i>1</i> x <kbd>2</kbd> y "),
    "under deep inline elements": ("<ins>", "<i>1</i> x <i>2</i> y "),
    "under open formatting": ("<b><i>", "<u>1</u> x "),
    "blocks under open formatting": ("<b>", "<p>1 cat</p>"),
    "tiles under deep blocks": ("<div>", "<div>5</div><div>cats</div>"),
    "footnote marks under deep blocks": ("<div>", "x<sup>1</sup> "),
    "anchors under deep blocks": ("<section>", "<a href='#fn1'>1</a> x "),
    "headings under deep sections": ("<section><h2>In 2021</h2>", "<h3>Cats</h3><p>1 cat</p>"),
    "rows under nested tables": ("<table><tr><td>", "<tr><td>1<td>2"),
    "items under nested lists": ("<ul><li>", "<li>1 cat</li>"),
    "ends that open nothing": ("<div>", "</p></b>"),
    "elements nested and closed": ("<q>", "1</q> x"),
    "attributes": ("<p a=1 b=2 class='c d' style='color:red'>1 ", "<b id=i class=k>2</b>"),
    "breaks and rules": ("<center>", "1<br><hr>"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_passages_are_found_in_proportion(shape: str) -> None:
    opening, body = SHAPES[shape]

    def work(n: int) -> int:
        return lines(lambda page: html_passages(page.encode()), opening * n + body * n)

    work(10)
    assert work(800) <= 5 * work(200)


@pytest.mark.parametrize("shape", few_of(SHAPES))
def test_pages_are_read_in_proportion(shape: str) -> None:
    opening, body = SHAPES[shape]

    def work(n: int) -> int:
        return calls(lambda page: read_page(page.encode()), opening * n + body * n)

    work(10)
    assert work(800) <= 5 * work(200)
