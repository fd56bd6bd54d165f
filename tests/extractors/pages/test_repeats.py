"""A second copy of a block counts nothing twice; what only looks alike counts."""

import pytest

from extractors import read_page

TILES = "<div><b>3,150</b><p>rides given</p></div><div><b>19</b><p>drivers trained</p></div>"


def read(body: str) -> tuple[list[str], list[str]]:
    """Surfaces of the facts, and of what is excluded as a repeat."""
    reading = read_page(f"<body>{body}</body>".encode(), edition=2021)
    repeated = [numeral.surface for numeral in reading.numerals if numeral.reason == "repeat"]
    return [fact.surface for fact in reading.facts], repeated


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("visible-lg visible-md", "visible-xs visible-sm"),
        ("hide-for-small-only", "show-for-small-only"),
        ("elementor-hidden-mobile", "elementor-hidden-desktop elementor-hidden-tablet"),
        ("hidden md:grid", "md:hidden"),
        ("statsDesktop", "statsMobile"),
        ("", "u-mobile-only"),
        ("u-desktop-only", ""),
    ],
)
def test_a_copy_for_another_screen(wide: str, narrow: str) -> None:
    body = f"<div class='{wide}'>{TILES}</div><p>Come along.</p><div class='{narrow}'><section>{TILES}</section></div>"
    assert read(body) == (["3,150", "19"], ["3,150", "19"])


def test_the_clones_of_a_carousel() -> None:
    slides = [f"<p>{number}</p><p>{what}</p>" for number, what in ((71, "rides given"), (8, "vans bought"))]
    first, last = (f"<div class='swiper-slide'>{slide}</div>" for slide in slides)
    clones = [f"<div class='swiper-slide swiper-slide-duplicate'>{slide}</div>" for slide in slides]
    assert read(f"<div>{clones[1]}{first}{last}{clones[0]}</div>") == (["71", "8"], ["8", "71"])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<div class='col-md-6'>{TILES}</div><div class='col-md-6'>{TILES}</div>", ["3,150", "19"] * 2),
        (f"<div>{TILES}</div><div class='mobile-only'><b>19</b><p>depots</p></div>", ["3,150", "19", "19"]),
        (
            f"<div class='desktop-only'>{TILES}</div><div class='mobile-only'><b>19</b><p>vans</p></div>",
            ["3,150", "19", "19"],
        ),
        ("<div class='card cloned'><p>31 rides given</p></div>", ["31"]),
        (
            f"<div>{TILES}</div><div class='md:hidden'>{TILES}<b>4</b><p>vans bought</p></div>",
            ["3,150", "19", "3,150", "19", "4"],
        ),
    ],
)
def test_neither_classes_nor_sameness_alone_make_a_copy(body: str, expected: list[str]) -> None:
    assert read(body) == (expected, [])
