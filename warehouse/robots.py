"""What a host's robots.txt (RFC 9309) says of one page; asked only where the home's settings say `robots: honour`."""

import re
from urllib.parse import urlsplit

from protego import Protego

from extractors.errors import ImpactError
from extractors.links import public_url
from warehouse.fetch import FetchError, Limits, fetch

AGENT = "impact-ledger"
LIMITS = Limits(total_deadline=30, max_bytes=512 * 1024, retries=1)
_RULE = re.compile(r"\s*(?:user-agent|allow|disallow)\s*:", re.IGNORECASE)


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


def allows(text: str, path: str) -> bool:
    """Whether a robots.txt lets this program fetch a path: the longest rule that fits it decides, and `Allow` of two.

    Other lines than of groups and rules are left out, between which a group goes on (RFC 9309, 2.2.4).
    """
    rules = "\n".join(line for line in text.splitlines() if _RULE.match(line))
    return bool(Protego.parse(rules).can_fetch(f"https://host.example/{path.removeprefix('/')}", AGENT))
