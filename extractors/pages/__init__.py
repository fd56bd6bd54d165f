"""Readable text of a page or a text file, as passages with their place: where reading begins."""

from extractors.pages.document import Document
from extractors.pages.html import html_passages, read_html
from extractors.pages.text import read_markdown, text_passages

__all__ = ["Document", "html_passages", "read_html", "read_markdown", "text_passages"]
