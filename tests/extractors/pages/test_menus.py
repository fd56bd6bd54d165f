"""Contents lists, sidebars and breadcrumbs are boilerplate without being called so; links that state are not."""

import pytest

from extractors import read_page, read_text

STATED = "<h2>3.2 Beavers</h2><p>In 2021 we released 64 beavers.</p>"


def surfaces(body: str) -> list[str]:
    return [fact.surface for fact in read_page(f"<body>{body}</body>".encode(), edition=2021).facts]


@pytest.mark.parametrize(
    "menu",
    [
        "<div class='x'><b>Inside</b><br><a href='#a'>3.1 Otters</a><br><a href='#b'>3.2 Beavers</a></div>",
        "<div><p><a href='/1'>Part 1 The river</a></p><p><a href='/2'>Part 2 The banks</a></p></div>",
        "<table role='presentation'><tr><td><a href='a'>1 Weirs</a><td><a href='b'>2 Fish</a></table>",
        "<ol><li><a href='a.html'>1.9 Weirs</a><li><a href='b.html'>1.10 Fish</a><li><a href='c'>2.1 Money</a></ol>",
        "<div><a href='#a'>Our year</a> | <a href='#b'>Top 10 moments</a> | <a href='#c'>Thanks</a></div>",
        "<div><a href='/'>Start</a> / <a href='/w'>3 Wildlife</a> / <span>3.2 Beavers</span></div>",
        "<div itemtype='https://schema.org/BreadcrumbList'><i>Start</i> <i>3 Wildlife</i></div>",
        "<p><a rel='prev' href='/1'>1 Otters</a> <a rel='next' href='/3'>3 Money</a></p>",
        "<div><a href='/1'>‹ 1 Otters</a> <a href='/'>Overview</a> <a href='/3'>3 Money ›</a></div>",
        "<ul><li><a href='/1'>Previous chapter: 1 Otters</a></li><li><a href='/3'>Next chapter: 3 Money</a></li></ul>",
        "<div>Previous <a href='/1'>1 Otters</a> Next <a href='/3'>3 Money</a></div>",
        "<ul aria-label='Breadcrumb'><li>Start</li><li>3 Wildlife</li></ul>",
        "<label>Go to</label><select><option>3.1 Otters</option><option>3.2 Beavers</option></select>",
        "<div><h4>Pages</h4><a href='#a'>Otters</a> 12 <a href='#b'>Beavers</a> 19 <a href='#c'>Money</a> 31</div>",
        "<div><a href='/n'><div>May 4, 2021</div><h4>9 dams in a day</h4></a></div>",
        "<p><a href='/n'><b>Ida’s 3 kits</b> <i>04.28.2021</i></a><a href='/o'><b>8 logs</b> <i>05.02.2021</i></a></p>",
        "<ul><li>4 May 2021 <a href='/n'>7 ways across</a></li><li>2 May 2021 <a href='/o'>Kits</a></li></ul>",
        "<div><h3>Related stories</h3><p><a href='/n'>8 dams to see</a></p><p><a href='/o'>Kits</a></p></div>",
        "<div><a href='/n'>6 willows we love</a><span>May 4, 2021 · 3 min read</span></div>",
        "<div><h4>Archive</h4><ul><li><a href='/a'>May</a> (12)</li><li><a href='/b'>June</a> (31)</li></ul></div>",
        "<ul><li><a href='/a'>May 2021</a>&nbsp;(12)</li><li><a href='/b'>June 2021</a>&nbsp;(31)</li></ul>",
    ],
)
def test_a_menu_states_nothing(menu: str) -> None:
    assert surfaces(menu + STATED) == ["64"]
    assert surfaces(f"<div><div>{menu}</div><div>{STATED}</div></div>") == ["64"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li><a href='/a'>240 otters counted</a></li><li><a href='/b'>31 weirs gone</a></li></ul>", ["240", "31"]),
        ("<div><a href='#a'>240 otters counted</a> <a href='#b'>31 weirs removed</a></div>", ["240", "31"]),
        ("<p>See <a href='#a'>our methods</a> and <a href='#b'>our notes</a>: 240 otters were counted.</p>", ["240"]),
        ("<p>We counted 240 otters <a href='#1'>1</a> <a href='#2'>2</a></p>", ["240"]),
        ("<div><a href='/a'>240 otters counted →</a> <a href='/b'>31 weirs gone →</a></div>", ["240", "31"]),
        ("<p>Read <a rel='next' href='/a'>how 240 otters came back</a> to us.</p>", ["240"]),
        ("<a class='c' href='/a'>240 otters in 2020</a><a class='c' href='/b'>31 weirs in 2020</a>", ["240", "31"]),
        ("<p><a href='/a'>240 otters counted.</a><a href='/b'>31 weirs gone.</a></p>", ["240", "31"]),
        ("<p><a href='/a'>Weirs</a> / <a href='/b'>dams</a>: 31 removed</p>", ["31"]),
        ("<p><a href='/a'>We counted 31 otters by 4 May 2021</a></p>", ["31"]),
        ("<p><a href='/a'>340 otters, counted twice</a> <i>4 May 2021</i></p>", ["340"]),
        ("<p><a href='/a'>31 otters</a> <i>May 2021</i></p>", ["31"]),
        (
            "<h4>Freed</h4><ul><li><a href='/a'>Otters</a> (12)</li><li><a href='/b'>Owls</a> (31)</li></ul>",
            ["12", "31"],
        ),
    ],
)
def test_links_that_state_figures_are_read(body: str, expected: list[str]) -> None:
    assert surfaces(body)[: len(expected)] == expected


def test_a_title_that_stands_in_a_numbered_menu_is_numbered() -> None:
    menu = "<td><a href='a'>1 Weirs</a><br><a href='b'>2 Otters</a><br><a href='c'>3 Kits</a></td>"
    assert surfaces(f"<table><tr>{menu}<td><b>2 Otters</b>{STATED}</td></tr></table>") == ["64"]
    assert surfaces(f"<table><tr>{menu}<td><b>2 owls</b>{STATED}</td></tr></table>") == ["2", "64"]


def test_a_list_of_links_in_markdown() -> None:
    lines = ["- [1 Weirs](#weirs)", "- [2 Otters](#otters)", "  - [2.1 Kits](#kits)", "", "In 2021, 64 otters came."]
    assert [fact.surface for fact in read_text("\n".join(lines)).facts] == ["64"]
    stated = "- [240 otters counted](/a)\n- [31 weirs removed](/b)"
    assert [fact.surface for fact in read_text(stated).facts] == ["240", "31"]


def test_a_page_of_links_alone_is_no_menu() -> None:
    assert surfaces("<a href='/a'>1 Otter</a> <a href='/b'>2 Beavers were released in 2021</a>")[-1:] == ["2"]
