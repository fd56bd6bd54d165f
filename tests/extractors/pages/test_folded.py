"""What folds out: the summary of details, and the label of a tab, head what they open and nothing else."""

import pytest

from extractors.pages.html import html_passages


def headings(html: str) -> dict[str, tuple[str, ...]]:
    return {passage.text: passage.headings for passage in html_passages(f"<body>{html}</body>".encode())}


def test_a_summary_heads_its_details() -> None:
    found = headings(
        "<h2>Boats</h2><details><summary>Ferries</summary><h4>In spring</h4><p>310 sailed.</p></details>"
        "<p>All sail.</p>"
    )
    assert found["310 sailed."] == ("Boats", "Ferries", "In spring")
    assert found["All sail."] == ("Boats",)


def test_details_within_details() -> None:
    page = (
        "<details><summary>Boats</summary><details><summary>Ferries</summary><p>310 sailed.</p></details>"
        "<p>All sail.</p></details><details><summary>Trams</summary><p>12 ran.</p></details>"
    )
    found = headings(page)
    assert found["310 sailed."] == ("Boats", "Ferries")
    assert found["All sail."] == ("Boats",)
    assert found["12 ran."] == ("Trams",)


TABS = {
    "the panel names its tab": (
        '<div role="tablist"><button role="tab" id="a">Ferries</button><button role="tab" id="b">Trams</button></div>'
        '<div role="tabpanel" aria-labelledby="a"><p>310 sailed.</p></div>'
        '<div role="tabpanel" aria-labelledby="b"><p>12 ran.</p></div>'
    ),
    "the tab names its panel": (
        '<div role="tablist"><button role="tab" aria-controls="a">Ferries</button>'
        '<button role="tab" aria-controls="b">Trams</button></div>'
        '<section role="tabpanel" id="a"><p>310 sailed.</p></section>'
        '<section role="tabpanel" id="b"><p>12 ran.</p></section>'
    ),
    "links of a kit": (
        '<ul class="nav nav-tabs"><li><a data-toggle="tab" href="#a">Ferries</a></li>'
        '<li><a data-toggle="tab" href="#b">Trams</a></li></ul>'
        '<div class="tab-content"><div class="tab-pane active" id="a"><p>310 sailed.</p></div>'
        '<div class="tab-pane" id="b"><p>12 ran.</p></div></div>'
    ),
}


@pytest.mark.parametrize("html", TABS.values(), ids=TABS)
def test_a_tab_heads_its_panel(html: str) -> None:
    found = headings(f"<h2>Boats</h2>{html}<p>All sail.</p>")
    assert found["310 sailed."] == ("Boats", "Ferries")
    assert found["12 ran."] == ("Boats", "Trams")
    assert found["All sail."] == ("Boats",)


def test_a_panel_without_a_tab_stands_under_what_is_above_it() -> None:
    found = headings('<h2>Boats</h2><div role="tabpanel" id="a"><p>310 sailed.</p></div>')
    assert found["310 sailed."] == ("Boats",)
