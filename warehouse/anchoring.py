"""Where a statement that somebody decided about stands among the facts of a page: pure functions of what was read.

By its words, never by an identifier: the figure, some words either side and the headings. Where passages split
otherwise than they did, the words that run through the page around each figure are compared, and the likest is it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from warehouse.decisions import FIGURE

AROUND = 6
"""Words of a quote on each side of its figure."""
WIDER = (AROUND, 12, 24, 10**6)
"""How many are taken until the quote tells its statement from all others of the page."""
LIKE = 0.5
"""The share of a quote's words that must stand around a figure which has not exactly that quote."""
CLEARLY = 0.15
"""By how much the likest must be liker than the next."""
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*|[%$€£]")
_FOLDS = str.maketrans("‘’‚“”„–—‑\u00a0\u202f", "'''\"\"\"---  ")


@dataclass(frozen=True)
class Stated:
    """One fact, as far as it takes to find it again."""

    fact_id: str
    surface: str
    text: str
    """Of its passage."""
    start: int
    end: int
    passage: int
    """Which passage of the page it is."""
    headings: tuple[str, ...]
    sentence: str
    wording: str
    heads: str = ""
    """What a bare cell or tile is told by: "Adults, 2021:"."""

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The words before its figure in its passage, after its heads."""
        return words(f"{self.heads} {self.text[: self.start]}")

    @cached_property
    def after(self) -> tuple[str, ...]:
        """The words after its figure in its passage."""
        return words(self.text[self.end :])

    @cached_property
    def said(self) -> tuple[object, ...]:
        """What is the same of two facts that are one statement, on one page or on two."""
        return (self.wording, words(self.sentence), words(self.surface), folded(self.headings))


@dataclass(frozen=True)
class Quote:
    """What a decision was made on, in words."""

    before: tuple[str, ...]
    figure: tuple[str, ...]
    after: tuple[str, ...]
    headings: tuple[str, ...]

    @classmethod
    def of(cls, quote: str, headings: Iterable[str]) -> "Quote":
        """The words of a quote whose figure stands in brackets."""
        found = FIGURE.fullmatch(quote)
        before, figure, after = found.groups() if found else ("", "", "")
        return cls(words(before), words(figure), words(after), folded(headings))

    @property
    def turned(self) -> "Quote":
        """With what stands before the figure behind it: a label may be read as the words that follow."""
        return Quote(self.after, self.figure, self.before, self.headings)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, however it is set."""
    return tuple(word.casefold() for word in _WORD.findall(text.translate(_FOLDS)))


def folded(headings: Iterable[str]) -> tuple[str, ...]:
    """A heading path, however it is set."""
    return tuple(" ".join(words(one)) for one in headings)


def exact(quote: Quote, facts: Iterable[Stated]) -> list[Stated]:
    """The facts that have exactly these words beside their figure, under these headings."""
    return [
        one
        for one in facts
        if words(one.surface) == quote.figure
        and folded(one.headings) == quote.headings
        and one.before[max(len(one.before) - len(quote.before), 0) :] == quote.before
        and one.after[: len(quote.after)] == quote.after
    ]


def likest(quote: Quote, facts: Sequence[Stated], passages: Sequence[str]) -> list[Stated]:
    """Of the facts with this figure that whose words are likest, in a page whose passages split otherwise.

    None where none is like it, several where none is clearly the likest. `passages` are the texts of the page.
    """
    page = _Running(passages)
    ways = [quote] if quote.before and quote.after else [quote, quote.turned]
    figures = [one for one in facts if _is_figure(quote.figure, words(one.surface))]
    scores = [(max(_likeness(way, one, page) for way in ways), one) for one in figures]
    like = sorted((pair for pair in scores if pair[0] >= LIKE), key=lambda pair: (-pair[0], pair[1].fact_id))
    return [one for score, one in like if score > like[0][0] - CLEARLY]


def stands_in(quote: Quote, passages: Sequence[str]) -> bool:
    """Whether a page says the words of a quote, one after the other, wherever its passages split."""
    wanted = [*quote.before, *quote.figure, *quote.after]
    page = [word for passage in passages for word in words(passage)]
    return any(page[at : at + len(wanted)] == wanted for at in range(len(page) - len(wanted) + 1))


def quoted(fact: Stated, around: int) -> str:
    """The figure of a fact in brackets, with so many words of its passage either side, as they are written."""
    before = f"{fact.heads} {fact.text[: fact.start]}".strip()
    after = fact.text[fact.end :]
    first = [match.start() for match in _WORD.finditer(before.translate(_FOLDS))]
    last = [match.end() for match in _WORD.finditer(after.translate(_FOLDS))]
    if len(first) > around:
        before = before[first[-around] :]
    if len(last) > around:
        after = after[: last[around - 1]]
    apart = " " if not fact.start or fact.text[fact.start - 1].isspace() else ""
    return f"{_plain(before)}{apart}[{fact.surface}]{' ' if after[:1].isspace() else ''}{_plain(after)}".strip()


def quote_of(fact: Stated, page: Sequence[Stated]) -> str | None:
    """The shortest quote that tells a fact from all others of its page; None where no words do."""
    for around in WIDER:
        put = quoted(fact, around)
        found = exact(Quote.of(put, fact.headings), page)
        if found and all(one.said == fact.said for one in found):
            return put
    return None


class _Running:
    """The words of a page as they run, over the ends of passages."""

    def __init__(self, passages: Sequence[str]) -> None:
        self.words: list[str] = []
        self.begins: list[int] = []
        for passage in passages:
            self.begins.append(len(self.words))
            self.words += words(passage)
        self.begins.append(len(self.words))

    def around(self, fact: Stated, before: int, after: int) -> tuple[list[str], list[str]]:
        """So many words before and after a fact's figure."""
        begin, end = self.begins[fact.passage : fact.passage + 2]
        said = [*self.words[max(begin - before, 0) : begin], *words(fact.text[: fact.start])]
        follows = [*words(fact.text[fact.end :]), *self.words[end : end + after]]
        return said[max(len(said) - before, 0) :], follows[:after]


def _is_figure(wanted: tuple[str, ...], figure: tuple[str, ...]) -> bool:
    """Whether two surfaces are of one figure: a reading may take its scale word with it or leave it."""
    shorter = min(len(wanted), len(figure))
    return shorter > 0 and wanted[:shorter] == figure[:shorter]


def _likeness(quote: Quote, fact: Stated, page: _Running) -> float:
    """The share of the quote's words, and of its headings', that stand around a figure; the nearest count twice."""
    before, after = page.around(fact, 2 * len(quote.before) + 2, 2 * len(quote.after) + 2)
    shared = total = 0
    for wanted, there in ((quote.before[::-1], [*words(fact.heads), *before]), (quote.after, after)):
        left = list(there)
        for place, word in enumerate(wanted):
            weight = 2 if place < 2 else 1
            total += weight
            if word in left:
                left.remove(word)
                shared += weight
    heads = {word for heading in quote.headings for word in heading.split()}
    under = {word for heading in fact.headings for word in words(heading)}
    total += 2 if heads else 0
    share = 2 * len(heads & under) / len(heads) if heads else 0
    return (shared + share) / total if total else 1.0


def _plain(text: str) -> str:
    """A text in one line, its brackets round: those of a quote mark the figure."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())
