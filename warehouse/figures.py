"""How a published figure is put in writing: its number with what bounds it, what its date rests on."""

from collections.abc import Collection

from warehouse.queries import as_text

SIGNS = {
    "exact": ("", ""),
    "more_than": (">", "more than"),
    "at_least": ("≥", "at least"),
    "less_than": ("<", "less than"),
    "at_most": ("≤", "at most, or up to"),
    "up_to": ("≤", "at most, or up to"),
    "about": ("~", "about, or nearly"),
    "nearly": ("~", "about, or nearly"),
    "range": ("…", "the low end of a range or of an order of magnitude"),
    "order_of_magnitude": ("…", "the low end of a range or of an order of magnitude"),
}
"""What stands before a number (the last two: behind it) for each qualifier, and what that means."""

BASIS = {
    "stated": "dated by the sentence itself",
    "derived": "dated by a span of years the sentence gives",
    "context": "dated by the sentence before",
    "heading": "dated by its heading",
    "edition": "dated by the edition",
}
"""What the date of a statement rests on."""

PERIODS = {"year": "", "cumulative": "total to date", "as_of": "as of"}


def signs_of(qualifiers: Collection[str]) -> list[str]:
    """What the signs mean that stand beside numbers of these qualifiers: `> more than`."""
    used = [SIGNS[qualifier] for qualifier in SIGNS if qualifier in qualifiers]
    return [f"{sign} {meaning}" for sign, meaning in dict.fromkeys(used) if sign]


def figure(value: float, qualifier: str, kind: str, unit: str | None = None) -> str:
    """A number as it was claimed: `>5,000,000`, `93.5%`; with its unit when one is given."""
    sign = SIGNS[qualifier][0]
    number = as_text(value) + ("%" if kind in ("percent", "change_percent") else "")
    number = f"{number}{sign}" if sign == "…" else f"{sign}{number}"
    return f"{number} {unit}" if unit and unit not in ("percent", "ratio") else number
