"""Whose dollar it is: signs and countries, as data."""

DOLLAR = "$"
"""The money of "$5" and "5 dollars": a dollar or peso whose country the words do not tell."""

DOLLARS = {
    "US": "USD", "USD": "USD", "C": "CAD", "CA": "CAD", "CAD": "CAD", "A": "AUD", "AU": "AUD", "AUD": "AUD",
    "NZ": "NZD", "HK": "HKD", "S": "SGD", "R": "BRL", "MX": "MXN",
}  # fmt: skip
"""What is written before the sign, and the ISO 4217 code it means."""

_OF_COUNTRY = {
    "US": "USD", "AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "BN": "BND", "FJ": "FJD",
    "SB": "SBD", "KI": "AUD", "NR": "AUD", "TV": "AUD", "JM": "JMD", "TT": "TTD", "BB": "BBD", "BS": "BSD", "BZ": "BZD",
    "BM": "BMD", "KY": "KYD", "GY": "GYD", "SR": "SRD", "LR": "LRD", "NA": "NAD", "AG": "XCD", "DM": "XCD", "GD": "XCD",
    "KN": "XCD", "LC": "XCD", "VC": "XCD", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU", "DO": "DOP",
}  # fmt: skip
"""ISO 3166 countries whose money is written with a bare dollar sign at home."""

_CODES = frozenset(_OF_COUNTRY.values())


def is_dollar(currency: str) -> bool:
    """Whether the ISO code is of money that is written with a dollar sign."""
    return currency in _CODES


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
