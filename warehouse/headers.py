"""HTTP headers as they may be kept: without what is secret in them."""

from extractors.links import MARK, public_url

URL_HEADERS = frozenset({"location", "content-location", "link", "refresh"})
COOKIES = frozenset({"set-cookie", "set-cookie2"})


def public_header(name: str, value: str, secret: bool) -> str:
    """A header's value as it may be kept, `secret` saying whether the request showed a password or a key."""
    name = name.lower()
    if name in URL_HEADERS:
        return public_url(value)
    return f"{value.partition('=')[0]}={MARK}" if secret and name in COOKIES else value
