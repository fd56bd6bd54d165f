"""What is content and what is boilerplate, by structure."""

import pytest

from extractors.pages import html_passages

PROSE = "<p>The shelter took in 312 people last winter, and each of them was given a bed and a meal, every night.</p>"


def regions(html: str) -> dict[str, str]:
    return {p.text: p.region for p in html_passages(html.encode())}


@pytest.mark.parametrize(
    "part",
    [
        "<nav><ul><li><a href=/>X 24</a></li></ul></nav>",
        "<footer><p>X 24</p></footer>",
        '<div role="navigation"><a href=/>X 24</a></div>',
        '<div role="contentinfo">X 24</div>',
        '<div class="site-footer"><p>X 24</p></div>',
        '<div id="footer"><p>X 24</p></div>',
        '<div class="cookie-banner"><p>X 24</p></div>',
        '<div id="onetrust-consent-sdk"><p>X 24</p></div>',
        '<a class="skip-link" href="#main">X 24</a>',
        '<ol class="breadcrumb"><li>X 24</li></ol>',
        '<div class="mainNav"><a href=/>X 24</a></div>',
        '<ul class="share-links"><li>X 24</li></ul>',
        '<div class="build-version">X 24</div>',
        '<section class="related-posts"><article><a href=/>X 24</a></article></section>',
        '<div class="recent-posts"><a href=/>X 24</a></div>',
        '<div id="comments"><h3>X 24</h3><article><p>So good!</p></article></div>',
        "<header><nav><a href=/>Home</a></nav><a href=/tel>X 24</a></header>",
        '<header role="banner"><a href=/>Home</a><a href=/tel>X 24</a></header>',
    ],
)
@pytest.mark.parametrize("page", ["<body>{part}<main>{prose}</main></body>", "<body>{part}<div>{prose}</div></body>"])
def test_navigation_footers_and_widgets_are_boilerplate(part: str, page: str) -> None:
    found = regions(page.replace("{part}", part).replace("{prose}", PROSE))
    assert [region for text, region in found.items() if "X 24" in text] == ["boilerplate"]
    assert [region for text, region in found.items() if text.startswith("The shelter")] == ["content"]


@pytest.mark.parametrize(
    "page",
    [
        "<main>{}</main>",
        "<div>{}</div>",
        '<div class="page menu-closed has-nav"><main>{}</main></div>',
        '<body class="no-cookies nav-open">{}</body>',
        "<article><header><h1>T</h1>{}</header></article>",
        "<section class='hero-banner'><h1>T</h1>{}</section>",
        "<header class='hero'><h1>T</h1>{}</header>",
        '<div class="stat-card"><div class="card-footer">{}</div></div>',
        "<div class='share-of-total'>{}</div>",
        "<aside>{}</aside>",
        "<div class='cookie-program'>{}</div>",
        "<div class='consent-education'>{}</div>",
        "<div id='accordion' role='tablist'>{}</div>",
        "<main><article><footer>{}</footer></article></main>",
        "<div id='wrapper' class='footer-fixed-page'>{}</div>",
    ],
)
def test_content_stays_content(page: str) -> None:
    found = regions(page.replace("{}", PROSE))
    assert [region for text, region in found.items() if text.startswith("The shelter")] == ["content"]


def test_a_hero_header_with_statistics_is_content_though_it_holds_the_navigation() -> None:
    hero = "<header><nav><a href=/>Menu 7</a></nav><h1>Our year</h1><p><b>1.2M</b> meals served to families</p>"
    found = regions(f"{hero}{PROSE}</header>")
    assert found["Menu 7"] == "boilerplate"
    assert found["Our year"] == "content"


def test_navigation_inside_main_is_boilerplate() -> None:
    assert regions(f"<main><nav><a href=#a>Part 1</a></nav>{PROSE}</main>")["Part 1"] == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "© 2023 Harbour Trust. All rights reserved.",
        "Copyright 2020 Harbour Trust",
        "Register entry 2211009 · © 2023 Harbour Trust",
        "v2.14.0",
        "3.2.1",
    ],
)
def test_a_line_of_copyright_or_version_is_boilerplate(line: str) -> None:
    assert regions(f"<main>{PROSE}<p>{line}</p></main>")[line] == "boilerplate"


def test_a_list_of_shares_is_content() -> None:
    found = regions(f'<body>{PROSE}<ul class="share-list"><li>93% dogs</li></ul></body>')
    assert found["93% dogs"] == "content"


def test_a_statement_about_copyright_is_content() -> None:
    line = "Copyright complaints rose by 40% in 2021."
    assert regions(f"<main>{PROSE}<p>{line}</p></main>")[line] == "content"


def test_boilerplate_headings_head_nothing() -> None:
    html = f"<nav><h2>Menu</h2></nav><div>{PROSE}</div>"
    (found,) = [p for p in html_passages(html.encode()) if p.text.startswith("The shelter")]
    assert found.headings == ()


def test_a_list_of_short_links_outside_the_content_is_boilerplate() -> None:
    links = "".join(f"<li><a href=/{n}>Topic {n}</a></li>" for n in ["a", "b", "3", "d", "e"])
    assert regions(f"<div><ul>{links}</ul></div><div><h1>T</h1>{PROSE}</div>")["Topic 3"] == "boilerplate"


def test_a_list_of_news_titles_is_content() -> None:
    links = "".join(
        f"<li><a href=/{n}>The {n} boats of the northern harbour get a new mooring</a></li>" for n in range(1, 8)
    )
    found = regions(f"<div><h1>T</h1>{PROSE}<ul>{links}</ul></div>")
    assert found["The 3 boats of the northern harbour get a new mooring"] == "content"
