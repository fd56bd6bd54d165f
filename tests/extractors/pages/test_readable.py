"""Nothing a reader can see is lost, nothing is read twice."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from extractors.pages import html_passages

_SKIPPED = {"script", "style", "noscript", "template", "head"}
_SKIPPED |= {"iframe", "canvas", "video", "audio", "noembed", "noframes"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Readable(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            given = dict(attrs)
            style = "".join((given.get("style") or "").split()).lower()
            self.open.append((tag, tag in _SKIPPED or "hidden" in given or "display:none" in style))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self.open):
            self.text.append(data)


def readable_words(html: str) -> str:
    """All readable characters of a page without white space."""
    parser = Readable()
    parser.feed(html)
    parser.close()
    return re.sub(r"\s", "", "".join(parser.text))


def digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d", text))


INLINE = ["b", "span", "a", "em", "sup", "small", "strong", "u", "code", "count-up", "label", "button"]
FLOW = [
    "div",
    "section",
    "ul",
    "li",
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
    "blockquote",
    "figure",
    "details",
]
FLOW += [
    "summary",
    "dl",
    "dt",
    "dd",
    "td",
    "figcaption",
    "fieldset",
    "legend",
    "address",
    "noscript",
    "template",
]
# Others are ended by the parser when something stands in them that may not: what was hidden no longer is.
HIDEABLE = ["div", "section", "span", "b", "em", "strong", "article", "aside", "blockquote", "figure"]
ATTRIBUTES = [
    "",
    "",
    "",
    ' class="value"',
    ' class="label"',
    ' class="nav"',
    " hidden",
    ' style="display: none"',
    ' role="heading"',
]
ATTRIBUTES += [' class="footer"', ' id="cookie-bar"', ' href="#fn1"', ' style="display:block"', ' aria-level="3"']
STRINGS = [
    "94,428",
    "2021",
    "36%",
    "Calls received",
    " ",
    "\n",
    "more than 20,000 users.",
    "3",
    "[2]",
    "1.2M",
    "a",
    "th",
    "*",
]
STRINGS += [
    "&nbsp;",
    "&#8202;7&shy;8",
    "<br>",
    "<hr>",
    "<!-- 5 -->",
    "<img alt='6' src='x'>",
    "10",
    "km",
    "In 2021 we:",
    "<wbr>",
]


def element(name: str, attribute: str, parts: list[str]) -> str:
    if name not in HIDEABLE and attribute in (" hidden", ' style="display: none"'):
        attribute = ""
    return f"<{name}{attribute}>{''.join(parts)}</{name}>"


def elements(names: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        element,
        st.sampled_from(names),
        st.sampled_from(ATTRIBUTES),
        st.lists(inner, max_size=4),
    )


inline = st.recursive(
    st.sampled_from(STRINGS),
    lambda inner: elements(INLINE, inner),
    max_leaves=6,
)
rows = st.lists(st.lists(inline, min_size=1, max_size=4), min_size=1, max_size=4)


def table(body: list[list[str]], head: str, span: int) -> str:
    lines = []
    for row in body:
        cells = [
            f"<{tag} colspan={span}>{cell}</{tag}>" for tag, cell in zip([head, "td", "td", "td"], row, strict=False)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


tables = st.builds(table, rows, st.sampled_from(["td", "th"]), st.integers(1, 3))
headings = elements(["h2", "h4"], inline)  # lxml ends a heading before a table or paragraph in it, unlike a browser
flow = st.recursive(
    st.one_of(inline, headings, tables),
    lambda inner: elements(["div", "section", "ul", "li", *FLOW], inner),
    max_leaves=14,
)


@settings(max_examples=80, deadline=None)
@given(st.lists(flow, max_size=6))
def test_every_readable_character_stands_in_exactly_one_passage(parts: list[str]) -> None:
    page = f"<!DOCTYPE html><html><head><title>9</title></head><body>{''.join(parts)}</body></html>"
    expected = readable_words(page).replace("\u00ad", "")
    found = "".join(p.text for p in html_passages(page.encode())).replace(" ", "")
    assert Counter(found) == Counter(expected)


@settings(max_examples=80, deadline=None)
@given(st.lists(flow, max_size=6))
def test_every_xpath_leads_to_an_element_that_holds_the_text(parts: list[str]) -> None:
    page = f"<!DOCTYPE html><html><head><title>9</title></head><body>{''.join(parts)}</body></html>"
    tree = lxml_html.document_fromstring(page.encode())
    for passage in html_passages(page.encode()):
        (element,) = tree.xpath(passage.xpath)
        held = digits("".join(element.itertext()))
        assert digits(passage.text) <= held


@pytest.mark.parametrize(
    "page",
    [
        "<p>1</p>text 2 <b>3</b><div>4<p>5</p>6</div>",
        "<html><body><p>1</p></body>after 2</html>tail 3",
        "<select><option>1</option><optgroup label=9><option>2</optgroup></select><textarea>3 <b>4</b></textarea>",
        "<svg><title>36</title><text x=9>40</text></svg><button>5</button><label>6</label>",
        "<ruby>1<rt>2</rt><rp>3</rp></ruby><math><mn>5</mn></math><o:p>7</o:p>",
        "<table><tr><td>1</td></tr>stray 5<p>6</table><ul>2<li>3<ul><li>4</ul>5</ul>",
        "<details><summary>1</summary>2</details><dialog>3</dialog><canvas>4</canvas><object>5</object><video>6</video>",
        "<iframe>fallback 3</iframe><meter value=9>4</meter><progress>5</progress><p aria-hidden=true>6</p>",
        "<p>&#50; &amp 4 &notanentity; 5 < 6 &#x37; 3>2</p><!-- 8 --><?php 9 ?>",
        "<p>a<p>1<li>2<td>3<h1>4<h2>5</h1>6</div></span>7",
        "<b><p>1</b>2</p><i>3<div>4</i>5</div>",
        "<font size=7>1</font><center>2</center><marquee>3</marquee><custom-el>4</custom-el>",
        "<body hidden><p>1</p></body>",
        "<p>1\x002</p><p>3</p>",
        "<pre>1\n2\n\n3  4</pre>",
        "<p style='DISPLAY : NONE'>1</p><p style='color:red;display:none'>2</p><p style='display:inline'>3</p>",
    ],
)
def test_odd_markup_keeps_every_digit(page: str) -> None:
    found = "".join(p.text for p in html_passages(page.encode()))
    assert digits(found) == digits(readable_words(page))


@pytest.mark.parametrize("tag", ["iframe", "canvas", "video", "audio", "noembed", "noframes", "object data=a.svg"])
def test_what_stands_in_for_a_thing_that_is_shown_is_not_readable(tag: str) -> None:
    name = tag.split()[0]
    page = (
        f"<p>In 2021 we lent 5<{tag}>Your browser shows no 7 boats, <b>8</b> <p>9</p></{name}>6 boats.</p><p>4 cats</p>"
    )
    assert [p.text for p in html_passages(page.encode())] == ["In 2021 we lent 5", "6 boats.", "4 cats"]


def test_what_a_reader_can_open_or_choose_is_readable() -> None:
    page = "<details><summary>1</summary>2</details><dialog>3</dialog><select><option>4</select><object>5</object>"
    assert [p.text for p in html_passages(page.encode())] == ["1", "2", "3", "4", "5"]
