"""The words of the site: how a row of a table is put for people. They are the filters of its templates."""

import datetime as dt
from collections.abc import Mapping
from textwrap import shorten
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from warehouse import figures
from warehouse.queries import as_text
from warehouse.site.evidence import Row
from warehouse.site.text import marked, visible

STATUS = {
    "single": "one statement",
    "agreed": "several statements, which agree",
    "revised": "corrected, or restated by a later edition",
    "contradicted": "contradicted by another statement on the page of the same edition",
}
MARKS = {"single": "", "agreed": " =", "revised": " r", "contradicted": " !"}
"""What stands behind a figure, as in the table of the command line."""
OUTCOMES = {
    "taken": "Taken", "agrees": "Agrees", "revised": "Revised", "contradicts": "Contradicts",
    "held_back": "Not believed",
}  # fmt: skip
MEASURES = {
    "flow": "adding up over time", "stock": "standing at a moment", "share": "a share", "average": "an average",
}  # fmt: skip
EDITIONS = {
    "given": "whoever brought it in said so",
    "titled": "the one year that the page gives itself",
    "stated": "the latest year that a third of its dated statistics speak of",
    "latest": "the latest year that any of its statistics speaks of",
}
"""What the edition of a capture rests on."""
WHOLE = {"count": "Total", "percent": "Share", "ratio": "Ratio", "money": "Amount", "measure": "Amount"}
PERIODS = {"year": "", "cumulative": "to date", "as_of": "as of the year"}
NEARLY = 1e-6
"""How far the other side of a ratio may be from a whole number that was divided by."""
LOOPBACK = ("127.0.0.1", "::1", "localhost", None)
MOST_WORDS = 220
"""Characters of a statement in the table of figures; below it stands whole."""
DETAILS = {"words": "", "unit": "another thing is counted", "scope": "narrowed, widened, or of another part"}


def figure(row: Row, value: str = "value", qualifier: str = "qualifier") -> str:
    """A number as it was claimed, without its unit. A ratio is one as it is said: `1 in 6`."""
    parts = 1 / row[value] if row["kind"] == "ratio" and row[value] else 0
    if parts > 1 and abs(parts - round(parts)) < NEARLY:
        return f"{figures.SIGNS[row[qualifier]][0]}1 in {as_text(round(parts))}"
    return figures.figure(row[value], row[qualifier], row["kind"])


def fact_figure(row: Row) -> str:
    """The number of the fact that a numeral became."""
    return figure(row, "fact_value", "fact_qualifier")


def with_unit(row: Row) -> str:
    """A number as it was claimed, with what is counted."""
    plain = row["kind"] in ("percent", "ratio") or not row["unit"]
    return figure(row) if plain else f"{figure(row)} {visible(row['unit'])}"


def breakdown(text: str) -> str:
    """A part of a total: `reporter: public`."""
    return "; ".join(f"{words(one.partition('=')[0])}: {words(one.partition('=')[2])}" for one in text.split(";"))


def series_name(row: Row) -> str:
    """Which series of its metric a figure belongs to."""
    name = _capital(breakdown(row["breakdown"])) if row["breakdown"] else WHOLE[row["kind"]]
    period = PERIODS[row["period_type"]]
    return f"{name} {period}" if period == "to date" and not row["breakdown"] else f"{name}, {period}".rstrip(", ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def interval(row: Row) -> str:
    """What the words claim, where it has two ends and is not the figure itself; of one end the figure's sign tells."""
    low, high = row["value_low"], row["value_high"]
    return "" if low is None or high is None or low == high else f"{as_text(low)} to {as_text(high)}"


def period(row: Row) -> str:
    """The time of a fact."""
    kind = {"year": "year", "cumulative": "total to date", "as_of": "as of", "range": "period to"}
    return f"{kind.get(row['period_type'], words(row['period_type']))} {row['year']}"


def change(row: Row) -> str:
    """What an edition says against the one before."""
    now, before = _claimed(row, ""), _claimed(row, "_before")
    year, year_before = _time_of(row, ""), _time_of(row, "_before")
    if row["change"] == "dropped":
        return f"was {before}{year_before}"
    if row["change"] == "restated":
        return f"{before} is now {now}{year}"
    if row["change"] == "new" or row["value"] == row["value_before"]:
        return f"{now}{year}"
    return f"{now}{year}; before, {before}{year_before}"


def _claimed(row: Row, side: str) -> str:
    return "" if row[f"value{side}"] is None else figure(row, f"value{side}", f"qualifier{side}")


def _time_of(row: Row, side: str) -> str:
    """The time of one side of a change: a total to date is none of its year."""
    if not row[f"year{side}"]:
        return ""
    said = {"cumulative": "to date, in", "as_of": "as of"}.get(row[f"period_type{side}"], "for")
    return f" {said} {row[f'year{side}']}"


def number(row: Row, name: str) -> str:
    """A number of a row that tells its kind, such as either of two that do not meet."""
    return figure({"value": row[name], "qualifier": "exact", "kind": row["kind"]})


def signed(value: float) -> str:
    """A difference with its sign."""
    return ("+" if value > 0 else "−" if value < 0 else "±") + as_text(abs(value))


def words(name: str | None) -> str:
    """A name of the tables as words."""
    return (name or "").replace("_", " ")


def day(moment: dt.datetime) -> Markup:
    """The day of a moment, UTC."""
    return _time(f"{moment:%Y-%m-%d}", f"{moment:%Y-%m-%d}")


def minute(moment: dt.datetime) -> Markup:
    """A moment to the minute, UTC."""
    return _time(f"{moment:%Y-%m-%dT%H:%MZ}", f"{moment:%Y-%m-%d %H:%M}")


def _time(machine: str, people: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, people)


def web(url: str | None) -> bool:
    """Whether an address is one that a page may link to; one of this machine leads its readers nowhere."""
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and parts.hostname not in LOOPBACK
    except ValueError:
        return False


def pairs(members: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A map as sorted pairs."""
    return sorted(members.items())


FILTERS = {
    "basis": lambda name: figures.BASIS.get(name, words(name)),
    "breakdown": breakdown,
    "change": change,
    "day": day,
    "detail": lambda name: DETAILS.get(name or "words", words(name)),
    "edition_basis": lambda name: EDITIONS.get(name, "nothing: the page names no year"),
    "fact_figure": fact_figure,
    "figure": figure,
    "mark": MARKS.__getitem__,
    "marked": marked,
    "measure": lambda name: MEASURES.get(name, name),
    "minute": minute,
    "number": number,
    "outcome": OUTCOMES.__getitem__,
    "pairs": pairs,
    "period": period,
    "seen": visible,
    "short": lambda text: shorten(text, MOST_WORDS, placeholder=" …"),
    "series_name": series_name,
    "share": lambda value: f"{100 * value:.1f}%",
    "signed": signed,
    "status": STATUS.__getitem__,
    "web": web,
    "with_unit": with_unit,
    "words": words,
}
"""By the name that templates call them."""
