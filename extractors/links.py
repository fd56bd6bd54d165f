"""Links that open a page with the words highlighted (text fragments, https://wicg.github.io/scroll-to-text-fragment/)."""

from urllib.parse import quote

_CONTEXT_WORDS = 4


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
