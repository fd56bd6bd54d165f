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
        ("fusion-no-small-visibility", "fusion-no-large-visibility"),
        ("uk-visible@l", "uk-hidden@l"),
        ("dn db-ns", "db dn-ns"),
        ("computer only", "mobile only"),
        ("gt-sm", "lt-md"),
        ("w-hidden-tiny", "w-hidden-main"),
        ("max-[640px]:hidden", "min-[641px]:hidden"),
    ],
)
def test_a_copy_for_another_screen(wide: str, narrow: str) -> None:
    body = f"<div class='{wide}'>{TILES}</div><p>Come along.</p><div class='{narrow}'><section>{TILES}</section></div>"
    assert read(body) == (["3,150", "19"], ["3,150", "19"])


TABLE = (
    "<table class='d-none d-md-table'><tr><th>Depot</th><th>Rides 2020</th><th>Vans</th></tr>"
    "<tr><td>Quay</td><td>415</td><td>6</td></tr><tr><td>Moor</td><td>388</td><td>9</td></tr></table>"
)


def cards(quay: str, moor: str, what: str = "Rides 2020") -> str:
    """The rows of the table for a small screen."""
    return "<div class='d-md-none'>" + "".join(
        f"<div><h4>{depot}</h4><p>{what}: {rides}</p><p>Vans: {vans}</p></div>"
        for depot, rides, vans in (("Quay", quay, 6), ("Moor", moor, 9))
    ) + "</div>"  # fmt: skip


def test_a_table_as_cards() -> None:
    assert read(TABLE + cards("415", "388")) == (["415", "6", "388", "9"], ["2020", "415", "6", "2020", "388", "9"])


def test_tiles_as_lines_with_the_label_first() -> None:
    lines = "<ul class='tablet-hide'><li>Rides given: 3,150</li><li>Drivers trained: 19</li></ul>"
    assert read(f"<div class='tablet-show'>{TILES}</div>{lines}") == (["3,150", "19"], ["3,150", "19"])


def test_a_sentence_whose_figure_is_a_word() -> None:
    said = "<p>We mended twelve vans.</p>"
    assert read(f"<div class='only-wide'>{said}</div><div class='only-narrow'>{said}</div>") == (["twelve"], ["twelve"])


@pytest.mark.parametrize(
    "other", [cards("388", "415"), cards("415", "388", "Rides 2019"), cards("415", "388", "Walks 2020")]
)
def test_another_table_as_cards_is_no_copy(other: str) -> None:
    facts, repeated = read(TABLE + other)
    assert len(facts) == 8
    assert repeated == []


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
