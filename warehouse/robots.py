"""What a host's robots.txt (RFC 9309) says of one page; asked only where the home's settings say `robots: honour`."""

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

from extractors.errors import ImpactError
from extractors.links import public_url
from warehouse.fetch import FetchError, Limits, fetch

AGENT = "impact-ledger"
LIMITS = Limits(total_deadline=30, max_bytes=512 * 1024, retries=1)
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


class Forbidden(ImpactError):
    """The host wants no program to fetch the page. Ask its owner, or do not honour its robots.txt."""


def require_allowed(url: str, *, allow_private: bool = False) -> None:
    """Ask the host whether programs may fetch `url`. A robots.txt that is not there (4xx) forbids nothing.

    Raises:
        Forbidden: they may not.
        FetchError: the host did not say; the page is then not asked for.
    """
    parts = urlsplit(url)
    place = f"{parts.scheme}://{parts.netloc}/robots.txt"
    answer = fetch(place, allow_private=allow_private, limits=LIMITS)
    if answer.status >= 500 or answer.truncated:
        raise FetchError(
            f"{public_url(place)} answers with status {answer.status}, so nothing was fetched; run again later"
        )
    path = parts.path or "/"
    if answer.status < 300 and not allows(answer.body.decode("utf-8", "replace"), f"{path}?{parts.query}".rstrip("?")):
        raise Forbidden(
            f"{public_url(place)} wants no program to fetch {public_url(url)}, so nothing was; "
            "ask who runs the page, or take `robots: honour` out of settings.yaml"
        )


def allows(text: str, path: str, agent: str = AGENT) -> bool:
    """Whether a robots.txt lets `agent` fetch a path: the longest rule that fits it decides, and `Allow` of two."""
    own: list[tuple[bool, str]] = []
    others: list[tuple[bool, str]] = []
    named, begun = False, set[str]()
    is_named = False
    for name, value in (found.groups() for found in map(_LINE.match, text.splitlines()) if found):
        key, value = name.lower(), value.strip()
        if key == "user-agent":
            begun = begun if named else set()
            named = True
            begun.add(value.lower())
            is_named = is_named or value.lower() == agent
        elif key in ("allow", "disallow"):
            named = False
            for group, rules in ((agent, own), ("*", others)):
                if group in begun and value:
                    rules.append((key == "allow", _plain(value)))
    rules = own if is_named else others
    fitting = [(len(pattern), allow) for allow, pattern in rules if fits(pattern, _plain(path))]
    return max(fitting, default=(0, True))[1]


def fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a rule says: `*` stands for anything, `$` for the end. In one pass."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        if whole and number == len(rest) - 1:
            return len(path) - at >= len(part) and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not whole or at == len(path)


def _plain(path: str) -> str:
    """A path or rule in the one spelling that both are compared in."""
    return quote(unquote_to_bytes(path), safe="/*$?&=:@!'()+,;~-._")
