"""What the UI shows of a page's text, in tables and in the reasons of checks: words, whatever they say in Markdown."""

import html
import re

import dagster as dg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.checks import FIT, verdict
from pipeline.tables import markdown_table, markdown_text
from tests.conftest import Web
from tests.pipeline.conftest import history, page

MARKUP = [
    "![b](http://127.0.0.1/x.png)", "[x](javascript:alert(1))", "[x][y]", "<img src=x onerror=alert(1)>", "<b>7</b>",
    "<http://127.0.0.1/>", "<a@example.org>", "`7`", "``` 7", "**7** cats", "_7_ cats", "~~7~~", "a | b",
    "\\| \\[x](y)", "a\n\n| b", "&lt;img&gt; &#60;", "\\", "`", "![", "\\![b](x)", "[^1]", "a\x1b[31m\u202e",
]  # fmt: skip
SHOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def shown(source: str) -> list[str]:
    """The text of each cell, once it is rendered; anything but a table of plain text fails."""
    rendered = SHOWN.render(source)
    tags = set(re.findall(r"<(/?[a-z0-9]+)", rendered))
    assert tags <= {f"{end}{tag}" for tag in ("table", "thead", "tbody", "tr", "th", "td") for end in ("", "/")}
    cells = re.findall(r"<td[^>]*>(.*?)</td>", rendered, re.DOTALL)
    return [html.unescape(cell).replace("\u2060", "") for cell in cells]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_page_is_shown_and_does_nothing(text: str):
    source = markdown_table(["a", "b"], [(text, 7.5), (1, None)])
    said = " ".join(text.split()).replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
    assert shown(source) == [said, "7.5", "1", ""]


@given(st.lists(st.one_of(st.sampled_from([*MARKUP, "_", "*", "<", ">", " ", "a"]), st.text(max_size=3)), max_size=6))
def test_any_text_stays_in_its_cell(parts: list[str]):
    assert len(shown(markdown_table(["a", "b"], [("".join(parts)[:50], 1)]))) == 2


@pytest.mark.parametrize("address", ["http://example.org/a", "HTTPS://example.org", "www.example.org", "a@example.org"])
def test_an_address_becomes_no_link(address: str):
    as_renderers_look = re.compile(r"(?:https?://|www\.)[-.\w]+|[-.\w+]+@[-\w]+\.[-\w]+", re.IGNORECASE)
    rendered = html.unescape(markdown_text(f"see {address}, or"))
    assert not as_renderers_look.search(rendered)
    assert rendered.replace("\u2060", "") == f"see {address}, or"


def test_the_reason_of_a_check_is_plain_text():
    result = verdict(FIT, "it is an error page, titled '![404](http://127.0.0.1/x.png)'", blocks=True)
    assert result.description is not None and "![" not in result.description
    assert verdict(FIT, None, blocks=True).description is None


def test_the_previews_of_a_refresh_show_no_picture(impact, home, web: Web, card):
    said = b"<p>In 2021, we lent 27 boats to ![b](http://127.0.0.1/x.png) <i>&lt;img src=x&gt;</i>.</p><h1>"
    web.answer("/", body=page(2021).replace(b"<h1>", said))
    assert impact("refresh", "--card", card).status == 0
    previews = []
    with history(home) as instance:
        for key in instance.all_asset_keys():
            event = instance.get_latest_materialization_event(key)
            found = event.asset_materialization.metadata if event and event.asset_materialization else {}
            previews += [value.md_str for value in found.values() if isinstance(value, dg.MarkdownMetadataValue)]
    assert any("27 boats" in preview for preview in previews)
    assert not any("![" in preview or "<img" in preview for preview in previews)
