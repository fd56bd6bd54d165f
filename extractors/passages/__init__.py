"""Readable text of a page or a text file, as passages with their place: where reading begins."""

from extractors.passages.html import html_passages
from extractors.passages.text import text_passages

__all__ = ["html_passages", "text_passages"]
