"""What the page says: bytes in, typed facts out. Pure: no network, no clock, no disk, no Dagster."""

from extractors.models import Fact, Numeral, Passage, Reading
from extractors.reading import read_page, read_text

__all__ = ["Fact", "Numeral", "Passage", "Reading", "read_page", "read_text"]
