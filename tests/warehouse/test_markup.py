"""The words of a page from its markup in one pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extractors.growth import calls
from warehouse.markup import Words, words_of


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("", Words("", "", "", "")),
        ("5 &lt; 6 &amp; &#54;", Words("", "", "5 < 6 & 6", "")),
        (
            "<html><head><title> Our\nyear </title></head><body><h1>In <b>2022</b></h1><p>5 calls",
            ("Our year", "In 2022", "In 2022 5 calls"),
        ),
        ("<p>a<title>late</title>b", ("late", "", "a late b")),
        ("<body><svg><title>Logo</title></svg>b", ("Logo", "", "Logo b")),
        ("<title>a <b>c</title>d<title>e</title>", ("a <b>c", "", "d e")),
        ("<h1>a<script>go('<h1>')</script><p>b</div></h1>c<h1>d</h1>", ("", "a b", "a b c d")),
        ("<div><h1>a</div>b", ("", "a", "a b")),
        ("<h1/>x<h1>a</h1>", ("", "a", "x a")),
        ("<script>if (a < b) '<!--'</script>x<STYLE>p{}</Style >y<script src=x />z<script>", ("", "", "x y z")),
        ("<script>a</scripted></script>b", ("", "", "b")),
        ("<!-- <p>no --><!---->a<!-->b<!--->c<!doctype html><?x y ?></ >d<!-- not closed <p>x", ("", "", "a b c d")),
        ("<noscript><p>Turn <b>it</b> on</noscript>a", Words("", "", "a", "Turn it on")),
        ("<div><noscript>x</div>a<template><p>b</template>c</noscript></template>d", Words("", "", "a c d", "x")),
        ("a<img alt='b > c' title=\"d > '\">e<a href=\">f", ("", "", "a e f")),
        ("a<p title=it's>b<p title=>c<p x=\"y\"z='1>2'>d", ("", "", "a b c d")),
        ("1 < 2 <3 <é> a<b", ("", "", "1 < 2 <3 <é> a")),
        ("<textarea><b>typed</b></textarea><iframe><p>old</iframe>a", ("", "", "<b>typed</b> a")),
        ("<br>a<br/>b</br>c<hr></p></p>d", ("", "", "a b c d")),
        ("a&#" + "9" * 6000 + ";b&#x110000;", ("", "", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}")),
    ],
)  # fmt: skip
def test_the_words_of_a_page_are_told_apart(page, words):
    found = words_of(page)
    assert found == words if isinstance(words, Words) else (found.title, found.heading, found.text) == words


HOSTILE = {
    "deep": lambda n: "<div>" * n + "<i>1</i> x " * 2 * n,
    "deep in elements of one's own": lambda n: "<x-a>" * n + "<x-b>1</x-b> x " * 2 * n,
    "deep in ins and kbd": lambda n: "<ins>" * n + "<kbd>1</kbd> x " * 2 * n,
    "never opened": lambda n: "<i>" * n + "</b>x" * 2 * n,
    "never closed": lambda n: "<p><li><td>x" * n,
    "tables in tables": lambda n: "<table><tr><td>" * n + "x</table>" * n,
    "scripts": lambda n: "<div>" * n + "<script>1</script> x " * n,
    "scripts never closed": lambda n: "<script><" * n,
    "noscript": lambda n: "<noscript>" * n + "x <noscript>1</noscript> " * n,
    "first headings": lambda n: "<h1>" * n + "<i>1</i> x" * n,
    "titles": lambda n: "<svg>" * n + "<title>x</title> y" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_grows_in_step_with_the_page(name):
    make = HOSTILE[name]
    once, twice = calls(words_of, make(400)), calls(words_of, make(800))
    assert twice <= 2.2 * once + 50


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<a ", '<a b="', "<a b='", "<a b=", "=", '"', "<!", "</", "</a", "<script", "&#", "&", "= ", "--"],
)  # fmt: skip
def test_long_runs_of_one_piece_are_read(piece):
    for page in (piece * 100_000, "<script>" + piece * 100_000, "<p>x" + piece * 100_000 + "y</p>"):
        words_of(page)


PIECES = [
    "<p>",
    "</p>",
    "<h1>",
    "</h1>",
    "<title>",
    "</title>",
    "<noscript>",
    "</noscript>",
    "<div>",
    "</div>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<template>",
    "<br/>",
    "x",
    "=",
    '"',
    "<",
    ">",
    "&amp;",
]


@given(st.lists(st.sampled_from([*PIECES, " "])).map("".join))
def test_any_markup_is_read(page):
    found = words_of(page)
    assert all(text == " ".join(text.split()) for text in (found.title, found.heading, found.text, found.noscript))


@given(st.text())
def test_any_text_is_read(page):
    words_of(page)
