"""The tree that reading sees: elements and strings in order and in their places, nothing else."""

from extractors.pages.dom import Element, elements_in, nodes_in
from extractors.pages.tree import parse


def shown(root: Element) -> list[str]:
    return [node if isinstance(node, str) else f"<{node.tag}>" for node in nodes_in(root)]


def test_elements_and_text_stand_in_the_order_of_the_document() -> None:
    root = parse("<body><p>Our <b>40</b> boats</p><hr><p>sail</p></body>")
    assert shown(root) == ["<html>", "<body>", "<p>", "Our ", "<b>", "40", " boats", "<hr>", "<p>", "sail"]
    assert [element.tag for element in elements_in(root)] == ["html", "body", "p", "b", "hr", "p"]


def test_what_no_browser_shows_is_left_out() -> None:
    root = parse("<!DOCTYPE html><body>40<!-- 41 --> boats<?php 42 ?></body>")
    assert "".join(node for node in nodes_in(root) if isinstance(node, str)) == "40 boats"


def test_an_element_knows_its_place_and_what_follows() -> None:
    root = parse('<body><p class="a b" ID="x">1<sup>2</sup>/<sub>3</sub></p></body>')
    paragraph, upper, lower = [element for element in elements_in(root) if element.tag in ("p", "sup", "sub")]
    assert paragraph.attributes == {"class": "a b", "id": "x"}
    assert upper.parent is paragraph
    assert paragraph.children[upper.place] is upper
    assert (upper.following, lower.following, root.following) == ("/", None, None)


def test_a_tree_deeper_than_python_recurses_is_built() -> None:
    assert len(shown(parse("<body>" + "<b>" * 3000 + "40"))) > 200
