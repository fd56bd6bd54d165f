"""What the UI shows of a page's text, in tables and in the reasons of checks: words, whatever they say in Markdown."""

import html
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import dagster as dg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.chart import BELOW, HEIGHT, LONGEST, WIDTH, picture
from pipeline.checks import FIT, verdict
from pipeline.tables import groups, markdown_text, table_key, table_of, table_spec
from pipeline.terminal import inert
from tests.conftest import Web
from tests.pipeline.conftest import history, page
from warehouse.models import load_models

MARKUP = [
    "![b](http://127.0.0.1/x.png)", "[x](javascript:alert(1))", "[x][y]", "<img src=x onerror=alert(1)>", "<b>7</b>",
    "<http://127.0.0.1/>", "<a@example.org>", "`7`", "``` 7", "**7** cats", "_7_ cats", "~~7~~", "a | b",
    "\\| \\[x](y)", "a\n\n| b", "&lt;img&gt; &#60;", "\\", "`", "![", "\\![b](x)", "[^1]", "a\x1b[31m\u202e",
]  # fmt: skip
SHOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def shown(source: str) -> str:
    """The text of a paragraph, once it is rendered; anything but plain text fails."""
    rendered = SHOWN.render(source)
    assert set(re.findall(r"<(/?[a-z0-9]+)", rendered)) <= {"p", "/p"}
    return html.unescape(re.sub("</?p>", "", rendered)).replace("\u2060", "").strip()


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_page_is_shown_and_does_nothing(text: str):
    said = " ".join(text.split())
    assert shown(markdown_text(f"a {said} b")) == f"a {said} b".replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")


@pytest.mark.parametrize("text", MARKUP)
def test_a_table_holds_text_as_it_is(text: str):
    (record,) = table_of(["a", "b"], [(text, 7.5)]).records
    said = " ".join(text.split()).replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
    assert record.data == {"a": said, "b": "7.5"}


@given(st.lists(st.one_of(st.sampled_from([*MARKUP, "_", "*", "<", ">", " ", "a"]), st.text(max_size=3)), max_size=6))
def test_any_text_stays_in_its_cell(parts: list[str]):
    (record,) = table_of(["a", "b"], [("".join(parts), None)]).records
    assert inert(str(record.data["a"])) == record.data["a"] and record.data["b"] == ""


def test_a_long_name_may_be_broken_where_its_words_are_joined():
    names = ["hotline_calls", "missing_child_cases_resolved"]
    (record,) = table_of(["a", "b"], [names]).records
    assert record.data == {"a": names[0], "b": names[1].replace("_", "_\u200b")}


def test_a_long_cell_is_cut():
    (record,) = table_of(["a"], [("word " * 100,)]).records
    assert len(record.data["a"]) == 200 and record.data["a"].endswith("…")


def test_a_chart_is_a_picture_that_the_ui_shows_at_once():
    drawn = picture([(2019, 16987361.0), (2020, 21751085.0), (2023, 36210368.5)])
    assert drawn is not None and len(drawn) <= LONGEST
    found = re.fullmatch(r"!\[figures by year\]\(data:image/svg\+xml,([^\s()]+)\)", drawn)
    assert found
    tree = ElementTree.fromstring(unquote(found[1]))
    assert [one.text for one in tree.iter() if one.text] == ["2019: 16,987,361", "2023: 36,210,368.5"]
    assert picture([(year, 1e9 + year) for year in range(1990, 2024)]) is not None


@pytest.mark.parametrize("values", [(0.0, 0.0), (-3.5, -1.0), (0.1, 0.2)])
def test_a_chart_stays_within_its_frame(values: tuple[float, float]):
    drawn = picture(list(zip((2020, 2021), values, strict=True)))
    assert drawn is not None
    places = re.findall(r"[ML](\d+),(\d+)", unquote(drawn))
    assert all(0 <= int(x) <= WIDTH and 0 <= int(y) <= HEIGHT - BELOW for x, y in places) and len(places) == 2


def test_what_is_no_line_has_no_chart():
    assert picture([(2020, 1.0)]) is None and picture([]) is None
    assert picture([(year, 1.0) for year in range(1700, 2024)]) is None


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
    previews: list[str] = []
    cells: list[str] = []
    with history(home) as instance:
        for key in instance.all_asset_keys():
            event = instance.get_latest_materialization_event(key)
            found = event.asset_materialization.metadata if event and event.asset_materialization else {}
            previews += [value.md_str for value in found.values() if isinstance(value, dg.MarkdownMetadataValue)]
            tables = [value for value in found.values() if isinstance(value, dg.TableMetadataValue)]
            cells += [str(cell) for one in tables for record in one.records for cell in record.data.values()]
    assert any("27 boats to ![b]" in cell for cell in cells)
    assert not any("![b" in preview or "<img" in preview for preview in previews)


def test_the_graph_runs_one_way_and_no_two_assets_share_a_label():
    labels = [table_key(model.table).path[-1] for model in load_models()] + ["archive", "readings", "release"]
    assert len(set(labels)) == len(labels)
    order = ["judging", "core", "comparing", "marts"]
    for model in load_models():
        for read in model.depends_on:
            if read in groups():
                assert order.index(groups()[read]) <= order.index(groups()[model.table]), (read, model.table)


def test_columns_are_known_before_a_first_run():
    for model in load_models():
        schema = table_spec(model).metadata["dagster/column_schema"]
        assert isinstance(schema, dg.TableSchema) and len(schema.columns) == len(model.columns)
        assert all(column.description and column.type[0].isupper() for column in schema.columns), model.table
