"""beautifulsoup4 on lxml and lxml alone give the same tree, and so the same reading, of whatever a page may hold."""

import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import read_page
from extractors.errors import InputError
from extractors.language.lexicon import words
from extractors.metrics.card import SAMPLES, bundled_card
from extractors.pages import Document, read_html
from extractors.pages.dom import Element, nodes_in
from extractors.pages.tree import Tree, parse
from tests.extractors.pages.test_hostile import HTML
from tests.rules.corpus import every_text

PAGES = sorted(SAMPLES.glob("*/*.html"))
DRAFTS = sorted((Path(__file__).parents[2] / "drafts").glob("*.html"))

TAGS = sorted(
    words("p div b i a span table tr td th h1 h2 ul li dl dt dd br hr sup pre textarea title body html svg x-y o:p")
)
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        [
            "<!DOCTYPE html>", "<!doctype", "<!-- 41 -->", "<!-- 42", "-->", "<![CDATA[ 43 ]]>", "<![CDATA[", "]]>",
            "<?xml version='1.0' encoding='utf-16'?>", "<?php 44 ?>", "<?", "<meta charset=latin-1>", "<script>4 < 5",
            "</script>", "<style>b{}", "</style>", "<noscript>", "<template>", "<p hidden>", "<p class='a  b' ID=X x>",
            "<a href='?a=1&copy=2&amp;b'>", "<p a='1' a='2' A=3>", "<p a=\"<b>\" =x>", "<p 'a", "&nbsp;", "&amp;lt;",
            "&#49;", "&#0;", "&#x80;", "&#xD800;", "&#1114112;", "&foo;", "&copy", "&", "<", ">", "</", "</>", "< b>",
            "\x00", "\x0b", "\x1f", "\x80", "\x85", "\ufeff", "\ufffe", "\u2028", "\u200b", "\U0001f600", "\r\n", "\r",
            "\t", "\f", " ", "\n\n", "\xa0", "40 boats", "1,204", "é",
        ]
    ),
    st.text(max_size=6),
)  # fmt: skip
MARKUP = st.lists(PIECES, max_size=24).map("".join)


def told(root: Element) -> list[object]:
    """All that a tree says, in order: whoever reads it can know no more."""
    found: list[object] = []
    for node in nodes_in(root):
        if isinstance(node, str):
            found.append(node)
        else:
            assert node.parent is not None
            assert node.parent.children[node.place] is node
            found.append((node.tag, list(node.attributes.items()), node.place, node.parent.tag))
    return found


def assert_same_trees(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # beautifulsoup4 asks whether a text without tags is the name of a file
        by_both = parse(text)
    assert told(by_both) == told(parse(text, "lxml"))


def read_or_refused(page: bytes, tree: Tree) -> Document | str:
    try:
        return read_html(page, tree=tree)
    except InputError as error:
        return str(error)


def test_every_page_that_is_kept_has_the_same_tree() -> None:
    texts = [text.body for text in every_text() if text.is_html]
    assert len(texts) > 100
    for text in [*texts, *(page.read_text(encoding="utf-8") for page in DRAFTS)]:
        assert_same_trees(text)


@pytest.mark.parametrize("page", [*PAGES, *DRAFTS], ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_facts_numerals_passages_and_their_places_are_the_same(page: Path) -> None:
    card = bundled_card(page.parent.name) if page.parent.name == "ncmec-impact" else None
    html = page.read_bytes()
    assert read_html(html) == read_html(html, tree="lxml")
    assert read_page(html, card=card) == read_page(html, card=card, tree="lxml")


@pytest.mark.parametrize("unit", HTML.values(), ids=HTML.keys())
def test_repeated_markup_has_the_same_tree(unit: str) -> None:
    assert_same_trees(f"<body>{unit * (5_000 // len(unit))}")


@settings(max_examples=60, deadline=None)
@given(MARKUP)
def test_broken_markup_has_the_same_tree(markup: str) -> None:
    assert_same_trees(markup)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=60, deadline=None)
@given(st.builds(str.encode, MARKUP, st.sampled_from(["utf-8", "utf-16", "cp1252"]), st.just("replace")))
def test_bytes_of_any_charset_are_read_or_refused_alike(page: bytes) -> None:
    assert read_or_refused(page, "bs4") == read_or_refused(page, "lxml")


@pytest.mark.parametrize("text", ["", "\ufeff", "\ufeff\ufeff<p>1", "hello", "<", "<!-- 1", "\x0b", "<b>" * 3000 + "4"])
def test_what_is_hardly_a_page_has_the_same_tree(text: str) -> None:
    assert_same_trees(text)
