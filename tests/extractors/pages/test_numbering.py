"""Numbers of steps, sections and findings state nothing; the numbers of tiles do, whatever their order."""

import pytest

from extractors import read_page, read_text

STATED = "<p>In 2021 we lent 64 tents.</p>"


def surfaces(body: str) -> list[str]:
    return [fact.surface for fact in read_page(f"<body>{body}</body>".encode(), edition=2021).facts]


@pytest.mark.parametrize(
    "body",
    [
        "<ol style='list-style:none'><li><em>01</em><h4>Pack light</h4></li><li><em>02</em><h4>Set off</h4></li></ol>",
        "<section><div>1</div><h4>Pack</h4><p>Take only what you need.</p></section>"
        "<section><div>2</div><h4>Set off</h4><p>Go while it is cool.</p></section>",
        "<div><b>1.</b><p>Pack only what you need.</p></div><div><b>2.</b><p>Set off while it is cool.</p></div>",
        "<h3>Outcome 3</h3><p>More people camp.</p>",
        "<details><summary>Standard 4.2: Water</summary><p>It is boiled.</p></details>",
        "<h4>Question 12. Who pays?</h4><p>The members do.</p>",
        "<h2>7 Water</h2><p>It is boiled.</p><h2>8 Waste</h2><p>It is carried out.</p>",
        "<h3>Chapter 2 - Waste</h3><p>It is carried out.</p>",
        "<h3>Outcome Six: Clean water</h3><p>It is boiled.</p>",
        "<h3>Main lesson 4: Clean water</h3><p>It is boiled.</p>",
        "<p class='kicker'>Voice 9</p><h3>A night on the moor</h3><p>It rained.</p>",
        "<div><i>Camp</i><b>1</b><h4>Moor</h4></div><div><i>Camp</i><b>2</b><h4>Quay</h4></div>",
        "<small>Tour 1 of 2</small><h4>Moor</h4><small>Tour 2 of 2</small><h4>Quay</h4>",
        "<div><b>1/2</b><p>the moor</p></div><div><b>2/2</b><p>the quay</p></div>",
        "<ol><li><b>1</b><p>pack</p></li><li><b>2</b><p>set off</p></li></ol>",
        "<div><b>1</b><p>Pack</p></div><div><b>2</b><p>Set off</p></div><div><b>3</b><p>Pitch the tent</p></div>",
        "<div class='n n1'><b>1</b><h4>Pack</h4><p>Take little.</p></div>"
        "<div class='n n2'><b>2</b><h4>Set off</h4><p>Go slowly.</p></div>",
        "<dl><dt>1</dt><dd>Pack only what you need.</dd><dt>2</dt><dd>Set off while it is cool.</dd></dl>",
        "<h3><span>7</span>Water</h3><p>It is boiled.</p><h3><span>8</span>Waste</h3><p>It is not.</p>",
        "<p>1 - Pack only what you need.<br>2 - Set off while it is cool.</p>",
        "<p>6.1 Tents are lent for a week.</p><p>6.3 Nobody pays for one.</p>",
        "<table><tr><th>Chapter</th><th>Page</th></tr><tr><td>Water</td><td>12</td></tr></table>",
        "<h2>Contents</h2><p>7 Our tents</p><p>12 Our moors</p><h2>Our tents</h2>",
        "<p>1/ Pack only what you need<br>2/ Set off while it is cool</p>",
        '<h2><span class="chapter__number">7</span> Huts and wardens</h2><p>Both are old.</p>',
        '<h3 class="part-no">3</h3><h3>Huts</h3><p>They are old.</p>',
        '<div><span class="stepNo">4</span><p>Huts are swept</p></div>',
        '<div class="goal"><span>Goal</span> <span>6</span></div><p>Sweep the huts.</p>',
        "<h4>KPI 6.1 Hut repairs</h4><p>They are few.</p>",
        "<div><b class='sdg-card__number'>6</b><i>Clean water</i></div><p>Huts have taps.</p>",
        "<h4><i>Step</i> <i>2</i> <i>of 3</i> <i>Hut</i></h4><p>Sweep it.</p>",
        "<p>Our rules:<br>1.- Sweep the hut.<br>2.- Shut the door.</p>",
        "<table><tr><td>1.</td><td>Sweep the hut.</td></tr><tr><td>2.</td><td>Shut the door.</td></tr></table>",
        "<table><tr><td>1</td><td>Moor</td><td>old</td></tr><tr><td>2</td><td>Quay</td><td>new</td></tr>"
        "<tr><td>3</td><td>Hill</td><td>low</td></tr></table>",
        "<label><input type='radio' name='gift'> £25<span>sweeps a hut</span></label>",
    ],
)
def test_what_numbers_a_block_states_nothing(body: str) -> None:
    assert surfaces(body + STATED) == ["64"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div><h3>3</h3><p>Huts</p></div><div><h3>4</h3><p>Wardens</p></div>", ["3", "4"]),
        (
            "<ul><li><b>1</b><i>van</i></li><li><b>2</b><i>boats</i></li><li><b>3</b><i>huts</i></li></ul>",
            ["1", "2", "3"],
        ),
        ("<h3>2 Boats</h3><p>Both sail.</p><h3>3 Huts</h3><p>All stand.</p>", ["2", "3"]),
        ("<h3>Wardens 12</h3><p>All paid.</p>", ["12"]),
        ("<h3>Total 12</h3><p>All paid.</p>", ["12"]),
        ("<div><b>10</b><p>huts mended</p></div>", ["10"]),
        ("<table><tr><th>Guide</th><th>Pages</th></tr><tr><td>Moors</td><td>12</td></tr></table>", ["12"]),
        ("<p>6.1 tents are lent each day.</p>", ["6.1"]),
        ("<p>1 – hut<br>2 – boats<br>3 – wardens</p>", ["1", "2", "3"]),
        (
            "<div><b>1</b><p>Hut</p></div><div><b>2</b><p>Boats</p></div><div><b>3</b><p>Staff</p></div>",
            ["1", "2", "3"],
        ),
        ("<div><b>1/4</b><p>walk</p></div><div><b>2/4</b><p>ride</p></div>", ["1/4", "2/4"]),
        ("<div><b>2</b><h4>Huts</h4><p>They stand.</p></div>", ["2"]),
        ('<div><b class="section-number">12</b><p>Huts swept</p></div>', ["12"]),
        ('<div><b class="goals-total">12</b><p>Huts swept</p></div>', ["12"]),
        ("<div><span>Hut</span> <span>6</span></div><p>Sweep it.</p>", ["6"]),
    ],
)
def test_what_counts_is_read(body: str, expected: list[str]) -> None:
    assert surfaces(body) == expected


def test_headings_of_a_text_are_numbered_alike() -> None:
    text = "### Finding 3\n\nIn 2021 we lent 64 tents.\n\n### Finding 4\n\nNobody was cold."
    assert [fact.surface for fact in read_text(text, edition=2021).facts] == ["64"]
