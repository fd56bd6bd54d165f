"""Addresses as they may be shown: without what is secret in them, and with the words of a page highlighted.

For the latter see text fragments, https://wicg.github.io/scroll-to-text-fragment/.
"""

import re
from urllib.parse import quote, unquote, urlsplit

_CONTEXT_WORDS = 4

MARK = "REDACTED"
"""Stands where a secret stood."""
_SECRET_WORD = re.compile(
    r"key|auth|authori[sz]ation|sig|pass|pwd|passphrase|passcode|creds|jwt|bearer|hmac|otp|sid|psk|session"
)
"""A parameter is secret when its name is one of these, or several words among them one."""
_SECRET_IN_NAME = re.compile(
    r"token|secret|passw|passwd|signature|credential|apikey|appkey|accesskey|authkey|userkey|privatekey|licensekey|"
    r"subscriptionkey|sessionid|sessid|oauth"
)
"""What makes a name one of a secret when its words are written together."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_PARAMETER = re.compile(r"(?:[?&;#/]|%3[BbFf]|%26|%23)((?:(?!%3[BbDdFf]|%26|%23)[^=?&;#/\s]){1,80})(?:=|%3[Dd])")
_PATH_VALUE = re.compile(r"[^;/?#]*")
_QUERY_VALUE = re.compile(r"(?:(?!%26|%23)[^&#])*")
_USER = re.compile(r"(?<=//)[^/?#]*@")
_NESTED_USER = re.compile(r"(?<=:)(//|%2[Ff]%2[Ff])[^/?#@&\s]{0,300}?(?:@|%40)")


def public_url(url: str) -> str:
    """`url` as it may be shown and kept: no user or password, no value of a parameter that is named like a secret.

    All else stays as it is, also of what is no URL at all. The result is its own public form.
    """
    try:
        urlsplit(url).port  # noqa: B018 - raises where a password holds a character that ends the host
    except ValueError:
        url = re.sub(r"(?<=//).*@", "", url, flags=re.DOTALL)
    scheme, slashes, rest = _USER.sub("", url, count=1).partition("//")
    if not slashes:
        scheme, rest = "", url
    return scheme + slashes + _NESTED_USER.sub(r"\1", _without_secrets(rest))


def _without_secrets(rest: str) -> str:
    shown: list[str] = []
    position = 0
    query = min((rest.find(mark) for mark in "?#" if mark in rest), default=len(rest))
    for parameter in _PARAMETER.finditer(rest):
        if parameter.start() >= position and _is_secret(unquote(parameter[1])):
            value = (_PATH_VALUE if parameter.start() < query else _QUERY_VALUE).match(rest, parameter.end())
            shown += [rest[position : parameter.end()], MARK]
            position = value.end() if value else parameter.end()
    return "".join(shown) + rest[position:]


def _is_secret(name: str) -> bool:
    if any(_SECRET_WORD.fullmatch(word.lower()) for word in _WORDS.findall(name)):
        return True
    return _SECRET_IN_NAME.search(re.sub(r"[^a-z]", "", name.lower())) is not None


def text_fragment_url(url: str, text: str, start: int, end: int, before: str = "", after: str = "") -> str:
    """`url` with a `#:~:text=` directive for `text[start:end]`.

    A few words on either side, from the passage or else its neighbours `before` and `after`, make the place unique.
    """
    left_edge = start
    while left_edge > 0 and not text[left_edge - 1].isspace():
        left_edge -= 1
    right_edge = end
    while right_edge < len(text) and not text[right_edge].isspace():
        right_edge += 1
    prefix = text[:left_edge].split()[-_CONTEXT_WORDS:] or before.split()[-_CONTEXT_WORDS:]
    suffix = text[right_edge:].split()[:_CONTEXT_WORDS] or after.split()[:_CONTEXT_WORDS]
    parts = [_encode(" ".join(prefix)) + "-,"] if prefix else []
    parts.append(_encode(text[left_edge:right_edge]))
    if suffix:
        parts.append(",-" + _encode(" ".join(suffix)))
    return url.split("#", 1)[0] + "#:~:text=" + "".join(parts)


def _encode(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
