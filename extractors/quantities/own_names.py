"""Names with a number that a page gives itself and its programmes: "Five Rivers Trust", "360 Care", "4Paws".

A number is part of a name by what stands on the whole page, not by its sentence: the title and the headings say what
is a name, and prose that writes it with a capital, in the middle of a sentence or again, shows that it is one. A title
such as "540 Families Fed" alone makes no name of the figure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from extractors.language import numerals
from extractors.language.lexicon import DETERMINERS, STOPS, VERBS, is_plural
from extractors.language.patterns import MONTH, YEAR, any_of
from extractors.numbers.qualifiers import prefix
from extractors.pages import Document
from extractors.quantities.candidates import Excluded
from extractors.records import Passage

_WORDS = any_of(word.capitalize() for word in numerals.VALUES)
_DIGITS = rf"(?!{YEAR}\b)\d{{1,4}}(?![.,:]?\d|%)"
_MORE = r"[A-Za-z'’&-]*[A-Za-z]"
_CAPITAL = f"[A-Z]{_MORE}"
_PARTS = re.compile(r"\s*(?:[|:;•·»]|\s[-–—]\s)\s*")
_TOKEN = re.compile(r"(?<![\w.,-])(?=\w*\d[A-Z])(?=(?:\w*[A-Za-z]){3})(?!\d+(?:[A-Z]|st|nd|rd|th)\b)\w{4,24}(?![\w-])")
"""A word with a number in it: "4Paws", "Web4Good"."""
_NAMED = re.compile(
    rf"(?<![\w.,$£€#-])(?:(?P<before>{_CAPITAL}) )?(?P<number>{_DIGITS}|{_WORDS})(?: (?P<after>{_CAPITAL}))?(?!\w)"
)
_IN_PROSE = re.compile(rf"(?P<number>{_WORDS})(?= (?P<after>{_CAPITAL})\b)")
_MIDST = re.compile(r"(?:[a-z)]|[a-z],) $")
"""A number word with a capital in the middle of a sentence: "the Three Peaks walk"."""
_GLUED = re.compile(
    r"(?P<name>\d(?<=[a-z] \d)(?!(?:[A-Z][a-z]*illion|Percent|Hundred|Thousand|(?:Hour|Day|Week|Month|Year)s?)\b)"
    rf"(?!(?i:{MONTH}))[A-Z][a-z]{{3,20}})\b"
)
_SCHEME = re.compile(
    rf"(?P<name>(?P<before>[A-Z](?<=[a-zA-Z] [A-Z]){_MORE}) (?:to )?{_DIGITS}(?:K| {_CAPITAL})?) "
    r"(?:scheme|programme|program|project|campaign|appeal|club|fund|initiative|challenge|network|award|prize|lottery|"
    r"raffle|course)\b"
)
""" "Our Club 60 scheme", "the Couch to 2K course": a number in front of the singular counts nothing."""
_UNDER_A_NUMBER = re.compile(
    rf"(?:(?<=\b[Tt]he )|(?<=\bour ))(?P<name>{_DIGITS}(?: {_CAPITAL}){{1,4}}) (?:scheme|programme|program|project|"
    r"campaign|initiative|challenge|network|award|prize|fund)\b(?! [a-z'’-]+s\b)"
)
""" "The 100 Resilient Cities network"."""
_RACE = re.compile(rf"(?P<name>(?P<before>{_CAPITAL}) (?P<number>(?:\d{{1,2}}|100)K))\b(?!\d|[.,]\d)")
""" "The Harbour 10K"."""
_DIGIT = re.compile(r"\d")
_SHORT_LINE = 40
_MOST = 100
_SENTENCE = re.compile(r"\b[a-z]{4,}\b")
_PROSE = ("paragraph", "list_item", "caption")
_SCALE = re.compile(r"\s(?:hundred|thousand|million|billion|percent|per cent)\b", re.IGNORECASE)
_DONE = re.compile(r"(?:ed|ing)$")
_NEXT = re.compile(r"\s(?P<word>[a-z][a-z'-]*)")


class OwnNames:
    """The names of one page, and where they stand in its passages."""

    def __init__(self, document: Document) -> None:
        """Find what the title and the headings call by a name, and what prose does."""
        titles = [part for title in document.titles for part in _PARTS.split(title)]
        heads = [part for head in document.headings for part in _PARTS.split(head)]
        content = [p for p in document.passages if p.region == "content"]
        lines = (p.text for p in document.passages if p.region == "boilerplate" and _is_short(p))
        candidates = _first(chain(_candidates([*titles, *heads]), _in_headings(content), _candidates(lines)))
        used = (name for name in candidates if any(_calls(p, name) for p in content))
        named = _first(chain(_tokens([*titles, *heads]), _alone(titles, content), used, _in_prose(content)))
        listed = any_of(re.escape(name) for name in sorted(named, key=lambda name: (-len(name), name)))
        self._pattern = re.compile(rf"(?<![\w.,$£€-])(?:{listed})(?!\w|[.,]\d)") if named else None

    def mark(self, text: str, shapes: Sequence[Excluded]) -> list[Excluded]:
        """What is excluded of a text, with the names that stand in it."""
        names = [*self._pattern.finditer(text)] if self._pattern else []
        if not names:
            return [*shapes]
        kept = [s for s in shapes if all(s.end <= m.start() or m.end() <= s.start for m in names)]
        return sorted([*kept, *(Excluded(*m.span(), "identifier", "name") for m in names)], key=lambda s: s.start)


def _first(names: Iterable[str]) -> list[str]:
    """The first of them, each once: no page has more names."""
    return list(islice(dict.fromkeys(names), _MOST))


def _in_prose(content: Sequence[Passage]) -> Iterator[str]:
    for passage in content:
        text = passage.text
        if passage.kind not in _PROSE or not _SENTENCE.search(text):
            continue
        yield from (f"{m['number']} {m['after']}" for m in _IN_PROSE.finditer(text) if _is_within(m))
        if _DIGIT.search(text):
            yield from (m["name"] for m in _GLUED.finditer(text))
            yield from (m["name"] for m in _UNDER_A_NUMBER.finditer(text))
            yield from (m["name"] for m in _SCHEME.finditer(text) if _names(m["before"]))
            yield from (m["name"] for m in _RACE.finditer(text) if _names(m["before"]) and not _counts(m))


def _plural_follows(text: str, end: int) -> bool:
    following = _NEXT.match(text, end)
    return following is not None and is_plural(following["word"])


def _is_within(m: re.Match[str]) -> bool:
    """Whether the name stands in the middle of a sentence; "Three Hundred", "Six Scottish schools" are none."""
    if not _MIDST.search(m.string, max(0, m.start() - 3), m.start()):
        return False
    counted = _plural_follows(m.string, m.end("after")) and not is_plural(m["after"].lower())
    return not counted and _SCALE.match(f" {m['after']}") is None


def _counts(m: re.Match[str]) -> bool:
    """Whether "10K" is an amount: "Nearly 10K", "London 10K people"."""
    return _plural_follows(m.string, m.end()) or prefix(m.string, m.start("number"), m.start()) is not None


def _tokens(titles: Iterable[str]) -> Iterator[str]:
    for title in titles:
        yield from _TOKEN.findall(title)


def _candidates(titles: Iterable[str]) -> Iterator[str]:
    """What may be a name: a number with a capital beside it."""
    for title in titles:
        for m in _NAMED.finditer(title):
            before, number, after = m["before"], m["number"], m["after"]
            if before and _names(before):
                yield f"{before} {number}"
            elif after and not _SCALE.match(f" {after}") and not _DONE.search(after):
                yield f"{number} {after}"


def _is_short(passage: Passage) -> bool:
    """A line of capitals only, as the name in the head of a page is."""
    words = passage.text.split()
    return len(passage.text) <= _SHORT_LINE and all(word[0].isupper() or word.isdecimal() for word in words)


def _names(word: str) -> bool:
    low = word.lower()
    return not (low in STOPS or low in DETERMINERS or low in VERBS or _DONE.search(low))


def _in_headings(content: Sequence[Passage]) -> Iterator[str]:
    """Number words with a capital behind them; digits there may well count."""
    for passage in content:
        if passage.kind == "heading":
            yield from (
                f"{m['number']} {m['after']}"
                for m in _NAMED.finditer(passage.text)
                if m["after"] and m["number"].isalpha()
            )


def _calls(passage: Passage, name: str) -> bool:
    """Whether prose uses a name: as it is written, and behind a number at its end counts nothing."""
    text = passage.text
    if passage.kind not in _PROSE or not _SENTENCE.search(text):
        return False
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        whole = not text[max(0, at - 1) : at].isalnum() and not re.match(r"\w|[.,]\d|%", text[end:])
        counts = name[-1:].isdigit() and _plural_follows(text, end)
        if whole and not counts and not _SCALE.match(text, end):
            return True
        at = text.find(name, end)
    return False


def _alone(titles: Sequence[str], content: Sequence[Passage]) -> Iterator[str]:
    """A title all in capitals that also stands alone on the page: "18 Friends"; not "18 Friends Found"."""
    for title in titles:
        words = title.split()
        cased = len(words) > 1 and all(word[0].isupper() or word.isdecimal() for word in words)
        if cased and not _DONE.search(words[-1]) and any(p.text == title for p in content):
            yield from _candidates([title])
