"""When are two addresses those of one page? Web archives compare them in a canonical form; so do imports and backfills.

The form follows SURT canonicalisation, on its careful side. Equal are http and https; upper and lower case of scheme
and host; a host with and without `www.`; a default port and none; a path with and without a slash at its end; escaped
and plain characters where the escape changes nothing; any order of parameters. A fragment, a user, an empty query and
parameters that only say how a reader came (`utm_source` and the like) are no part of the page. All else is: the case of
the path, every other parameter, `index.html`.
"""

import re
from urllib.parse import urlsplit

from extractors.links import public_url

TRACKING = re.compile(
    r"utm_\w+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mc_cid|mc_eid|"
    r"_ga|_gl|_hsenc|_hsmi|mkt_tok"
)
"""Parameters that tell the host where a reader came from, and change nothing of the page."""
DEFAULT_PORTS = {"http": 80, "https": 443}
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_WWW = re.compile(r"www\.(?=[^.]+\.)")


def page_key(url: str) -> str | None:
    """What the addresses of one page have in common; None of what is no http or https address."""
    try:
        parts = urlsplit("".join(url.split()))
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
        host.encode("idna")
    except (UnicodeError, ValueError):
        return None
    if scheme not in DEFAULT_PORTS or not host:
        return None
    host = _WWW.sub("", host if host.isascii() else host.encode("idna").decode("ascii"), count=1)
    place = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    parameters = sorted(part for part in parts.query.split("&") if part and not _is_tracking(part))
    query = "?" + "&".join(map(_plain, parameters)) if parameters else ""
    return place + (_plain(_without_dots(parts.path)).rstrip("/") or "/") + query


def same_page(url: str, other: str) -> bool:
    """Whether two addresses are those of one page, also where what is secret in one of them was left out."""
    key = page_key(public_url(url))
    return key is not None and key == page_key(public_url(other))


def _is_tracking(parameter: str) -> bool:
    return TRACKING.fullmatch(parameter.partition("=")[0].lower()) is not None


def _without_dots(path: str) -> str:
    """The path without `.` and `..` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[max(len(kept) - 1, 1) :]  # what stands before the first slash stays
        elif part != ".":
            kept.append(part)
    return "/".join(kept)


def _plain(text: str) -> str:
    """Escapes of unreserved characters resolved, what is no ASCII escaped (RFC 3986, section 6.2.2)."""

    def resolved(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in UNRESERVED else found[0].upper()

    escaped = "".join(
        character if character.isascii() else "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
        for character in text
    )
    return _ESCAPE.sub(resolved, escaped)
