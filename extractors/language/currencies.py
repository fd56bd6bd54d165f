"""The currencies of `currencies.tsv`: a currency is one line there, with its signs and the words for it.

Columns: the ISO 4217 code, or "kr", "Shs" and "CFA" for money whose country the words do not tell; signs that
no other money has; what is written before "$" to say whose dollar it is; what is written before a number instead of a
sign; words behind a number, parted by ", "; whose dollars they are in words; the ISO 3166 countries whose money is
written with a bare dollar sign at home.
"""

from extractors.language.data import rows

DOLLAR = "$"
"""The money of "$5" and "5 dollars": a dollar or peso whose country the words do not tell."""
_ROWS = rows("currencies")
CODES = tuple(row[0] for row in _ROWS)
SIGNS = {sign: code for code, signs, *_ in _ROWS for sign in signs.split()}
DOLLARS = {prefix: code for code, _, prefixes, *_ in _ROWS for prefix in prefixes.split()}
"""What is written before the dollar sign, and the code it means."""
LOCAL = {mark: code for code, _, _, marks, *_ in _ROWS for mark in marks.split()}
"""What is written before a number: "Rs", "KSh"."""
CERTAIN_AMOUNT = (
    r"(?:(?:\d+(?:[.,]\d+)? ?(?:-|\u2013|to|and) ?[A-Z]?)?(?:\d{1,3}(?:[ ,.'\u2019]\d{3})+(?!\d)|"
    r"\d+(?:[.,]\d+)? ?(?:[mb]illion|trillion|thousand|crore|mn|bn|m|k)(?!\w)))"
)
"""A number that is no part of a name: a mark of one letter needs one ("R1.4 million" is money, "R2" is a name)."""
NAMES = {name.lower(): code for code, *_, names, _, _ in _ROWS for name in names.split(", ") if name}
"""Words for money; "pounds" alone is a weight as often."""
OWNERS = {owner.lower(): code for code, *_, owners, _ in _ROWS for owner in owners.split(", ") if owner}
"""Whose dollars: "Canadian"."""
_OF_COUNTRY = {country: code for code, *_, countries in _ROWS for country in countries.split()}
COMMON_SIGNS = "".join((DOLLAR, *SIGNS))
"""Every sign, for a class of characters."""


def is_dollar(currency: str) -> bool:
    """Whether the ISO code is of money that is written with a dollar sign."""
    return currency in _OF_COUNTRY.values()


def dollar_of(currency: str | None, language: str) -> str:
    """The ISO code that a bare dollar sign means on a page.

    `currency` is the money of its source, if known; a page may still quote dollars beside euros. Else the country of
    its language tag says it ("en-AU", "fr_CA", "zh-Hant-HK"), else it is the US dollar.
    """
    if currency is not None and is_dollar(currency):
        return currency
    for part in language.replace("_", "-").split("-")[1:]:
        if len(part) == 2:
            return _OF_COUNTRY.get(part.upper(), "USD")
    return "USD"
