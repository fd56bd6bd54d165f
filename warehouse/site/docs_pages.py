"""The pages of docs/ as pages of the site, so that whoever has the site can read how it came about, offline.

They are Markdown of ours; raw HTML in them is text. Links between them lead to each other, links to files that the
site has not are words.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from warehouse.site.site import File, Site

DOCS = Path(__file__).resolve().parents[2] / "docs"
"""Beside the packages, as sql/ is."""
CONTENTS = range(3, 13)
"""Sections of a page that has a list of them at its top."""


def docs_files(site: Site) -> Iterator[File]:
    """A page of the site for each of docs/."""
    markdown = _markdown()
    pages = sorted(DOCS.glob("*.md"))
    there = {page.name for page in pages}
    for page in pages:
        tokens = markdown.parse(page.read_text(encoding="utf-8"))
        title, sections = _named(tokens)
        tokens = tokens[3:]  # behind the title, which opens each page
        for token in tokens:
            _lead(token.children or [], there)
        values = {
            "title": title,
            "is_first": page.stem == "index",
            "sections": sections if len(sections) in CONTENTS else [],
            "text": markdown.renderer.render(tokens, markdown.options, {}),
        }
        file = f"docs/{page.stem}.html"
        yield file, site.page("docs.html", "docs/index.html", **values)


def pictures() -> list[Path]:
    """What the pages of docs/ show."""
    return sorted((DOCS / "pictures").iterdir())


def anchor(heading: str) -> str:
    """The name by which links call a heading, as forges of code make it."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-")


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    return markdown.enable("table")


def _named(tokens: Sequence[Token]) -> tuple[str, list[tuple[str, str]]]:
    """Give headings and tables names; the title of the page, and its sections with their names."""
    title, under, tables, sections = "", "", 0, []
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[at + 1].content
            under = re.sub(r"[`*]", "", heading)
            token.attrSet("id", anchor(heading))
            title = title or under
            if token.tag == "h2":
                sections.append((anchor(heading), under))
        elif token.type in ("th_open", "td_open"):
            token.attrs = {"class": "figure"} if token.attrs.get("style") == "text-align:right" else {}
        elif token.type == "table_open":
            tables += 1
            token.attrSet("aria-label", f"{under}, table {tables}")
    return title, sections


def _lead(tokens: list[Token], there: set[str]) -> None:
    """Let links lead to pages of the site; take those away that lead nowhere in it."""
    closing = ""
    for token in tokens:
        if token.type == "link_open":
            url = urlsplit(str(token.attrGet("href")))
            closing = ""
            if url.scheme in ("http", "https"):
                token.attrSet("rel", "noopener noreferrer")
            elif url.path in there:
                token.attrSet("href", url._replace(path=f"{url.path.removesuffix('.md')}.html").geturl())
            elif url.path:
                closing = "none"
                token.type, token.tag, token.attrs = "text", "", {}
        elif token.type == "link_close" and closing:
            token.type, token.tag, closing = "text", "", ""


class _Renderer(RendererHTML):
    """What is wide can be scrolled, also with the keyboard; a file is told by its name."""

    def table_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        name = escape(str(tokens[at].attrGet("aria-label")))
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table>\n'

    def table_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def fence(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        language, _, file = tokens[at].info.partition(" ")
        name = f'<p class="file">{escape(file)}</p>\n' if file else ""
        text = escape(tokens[at].content).replace("\n\n", Markup("\n&#10;"))  # a page is written without empty lines
        return f'{name}<pre tabindex="0" class="{escape(language)}"><code>{text}</code></pre>\n'
