"""How the words of a card and the words of a page are made comparable, and which words never narrow what is counted.

Here: splitting text into stems, compiling a card's terms, the closed list of plain English words. No metric and no
organisation is known here; both stand in the source cards.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extractors.language.lexicon import singular, words

_TOKEN = re.compile(
    r"(?=[\da-z&,;:()|–—])(?:[a-z]{2}[a-z0-9]*+(?:'[a-z]+)?|"
    r"\b(?:1-)?8(?:00|22|33|44|55|66|77|88)-[a-z0-9]++(?:-[a-z0-9]++)*+|\d++(?:[.,]\d++)*+%?|[a-z](?:\.[a-z])+\b|"
    r"[a-z0-9]+(?:'[a-z]+)?|[&,;:()|–—])"
)
"""One token; the most common, words and what stands between them, first."""
_SAME = {
    "kid": "child", "youngster": "child", "u.s": "usa", "u.s.a": "usa", "centre": "center", "programme": "program",
    "does": "does", "&": "and", "or": "and",
}  # fmt: skip
"""Words that are taken for another."""
_DROPPED = frozenset({"the", "a", "an"})
_BREAK_WORDS = """
    against while whereas compared comparing versus vs up down
    including which but although though when because thanks according helping making representing meaning showing
    thereby effort order most mostly majority mainly primarily largely predominantly chiefly vast
    """
BREAKS = frozenset(",;:()|–—") | words(_BREAK_WORDS)
"""Where the words that narrow a counted noun end: what follows is said of something else, or in passing."""

# Words that leave the extent of a counted noun as it is: grammar, time, amounts, receiving, rising and falling.
_PLAIN_WORDS = """
    u s and
    of to in on at by for from with within into onto per about during since until till over under between through
    before via as this that these those it its they them their there here we our us ours who whose whom what one
    is are was were be been being has have had having do does did will would can could may might must
    all both each every any some such same so also too again now ever already alone just even then how many much did
    below above afterwards thereafter
    more less fewer many least plus nearly almost about around approximately roughly some over exactly estimated least
    two three four five six seven eight nine ten hundred thousand million billion first
    total number figure count amount sum overall combined volume figure statistic data fact result
    year month week day date time decade annual annually yearly calendar fiscal fy quarter half period end
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec last past previous prior preceding current next later earlier early late recent ago today
    inception began begin beginning founded launch launched started start creation establishment history
    world worldwide nationwide globe global globally nation country
    receive received receiving take took taken make made handle handled answer answered field fielded process processed
    log logged record recorded report reported reporting submit submitted register registered document documented
    count counted tally tallied totaled totalled totaling totalling numbered reach reached reaching come came coming
    went arrive arrived get got see saw seen hit stood stand accept accepted pick picked flow flowed pour poured
    hold held open opened deliver delivered provide provided give gave given offer offered create created
    produce produced complete completed draw drew drawn help helped assist assisted support supported aid aided
    respond responded reply replied
    surpassed surpassing exceeded exceeding topped topping
    grow grew grown growing growth rise rose risen rising increase increased increasing fall fell fallen climb climbed
    drop dropped decrease decreased decline declined jump jumped soar soared surge surged spike spiked double doubled
    triple tripled quadruple quadrupled fold percent percentage point times change changed high highest low lowest
    new whole entire mark milestone work than brought show experienced
    staff team specialist operator analyst employee personnel
    share proportion table chart graph key glance summary breakdown type category kind value
    cy ffy stay stayed remain remained keep kept keeping below above alone advise advised thus hence higher lower
    performance measure indicator metric activity output
    thereabouts counting respectively together eve clock halve halved
    approximate respective or plus
    altogether across bring feedback indicate indicated pass passed peak peaked dip dipped slip slipped
    shrink shrank expand expanded swell swelled
    multiply multiplied mount mounted climb continue continued equal estimate settle settled
    sharply steadily slightly steeply dramatically significantly substantially considerably markedly greatly
    twelve close running where fully precisely merely door once second third fourth often well alike way source origin
    excess judge judged consider considered deem deemed writing written
    cover covered show showed note noted amount amounted run ran occur occurred happen happened
    """

_UNIT_WORDS = "division department unit office section directorate desk center"
_TITLE_WORDS = """
    program service statistic appendix annex exhibit schedule overview highlight snapshot dashboard scorecard list
    detail selected core main principal trend comparison outreach community operation affairs administration
    management coordination advocacy progress sheet glance impact review annual letter summary support gift donation
    possible effort difference thank resource information
    """


def stem(word: str) -> str:
    """`word` (lower case) without possessive and plural ending; the same on both sides is all that counts."""
    word = word.split("'", 1)[0]
    return _SAME.get(word) or _SAME.get(one := singular(word), one)


_stem = lru_cache(maxsize=65536)(stem)
PLAIN_STEMS: frozenset[str] = frozenset(map(stem, words(_PLAIN_WORDS)))
UNIT_STEMS: frozenset[str] = frozenset(map(stem, words(_UNIT_WORDS)))
"""What a part of an organisation is called."""
TITLE_STEMS: frozenset[str] = UNIT_STEMS | frozenset(map(stem, words(_TITLE_WORDS)))
"""Words of which titles of sections, units and lists of figures are made."""


_NO_DOING = words("spring string morning evening nothing something anything everything king ring wing thing sibling")


def is_doing(word: str) -> bool:
    """Whether a stem tells of doing: "standing", not "spring"."""
    return word.endswith("ing") and word not in _NO_DOING


class Text(NamedTuple):
    """A text as stems and punctuation: in order, as one string (one space apart and at either end), as a set."""

    run: tuple[str, ...]
    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, run: Iterable[str]) -> "Text":
        """The text that `run`, stems and punctuation, makes."""
        run = tuple(run)
        return cls(run, f" {' '.join(run)} " if run else " ", frozenset(run))


def stems(text: str) -> list[str]:
    """The stems and punctuation of `text` in order, articles left out."""
    return [s for token in _TOKEN.findall(text.lower()) if (s := _stem(token)) not in _DROPPED]


def spoken(text: str) -> list[tuple[str, str]]:
    """The words and punctuation of `text` in order, each as it is written (in lower case) and as its stem."""
    return [(token, s) for token in _TOKEN.findall(text.lower()) if (s := _stem(token)) not in _DROPPED]


@lru_cache(maxsize=4096)
def normal(text: str) -> Text:
    """`text` made comparable."""
    return Text.of(stems(text))


@dataclass(frozen=True, slots=True)
class Terms:
    """A card's terms, one of which is looked for: single words, phrases by their first word, open-ended stems."""

    words: frozenset[str]
    phrases: tuple[tuple[str, str], ...]
    stems: tuple[str, ...]
    given: tuple[str, ...] = field(compare=False)
    """As the card writes them."""
    openers: frozenset[str] = field(compare=False)
    """The words and the first word of each phrase."""

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, terms: tuple[str, ...]) -> "Terms":
        """The terms as a card writes them; its wordings share many lists."""
        closed = [needle(term) for term in terms if not term.endswith("*")]
        words = frozenset(n[1:-1] for n in closed if " " not in n[1:-1])
        phrases = tuple((n[1:].partition(" ")[0], n) for n in closed if " " in n[1:-1])
        return cls(
            words=words,
            phrases=phrases,
            stems=tuple(needle(term) for term in terms if term.endswith("*")),
            given=terms,
            openers=words.union(first for first, _ in phrases),
        )

    def first_words(self) -> frozenset[str]:
        """The stems of which a text that holds one of them must hold one."""
        open_ended = [n.split()[0] for n in self.stems if " " in n.strip()]
        return self.openers.union(open_ended)

    def first_stems(self) -> frozenset[str]:
        """The beginnings of a word with which a text may hold one of them instead."""
        return frozenset(n.strip() for n in self.stems if " " not in n.strip())

    def stand_in(self, text: Text) -> bool:
        """Whether one of them stands in `text`."""
        if not self.openers.isdisjoint(text.words):
            if not self.words.isdisjoint(text.words):
                return True
            for first, phrase in self.phrases:
                if first in text.words and phrase in text.text:
                    return True
        for stem in self.stems:  # noqa: SIM110 - a third of the time of any()
            if stem in text.text:
                return True
        return False

    @property
    def shown(self) -> str:
        """The first of them, to name them all."""
        return " / ".join(self.given[:3])

    def found_in(self, text: Text) -> str | None:
        """The first of them, as the card writes it, that stands in `text`."""
        return next((term for term in self.given if needle(term) in text.text), None) if self.stand_in(text) else None


@lru_cache(maxsize=8192)
def needle(term: str) -> str:
    """A term as the string to look for in `Text.text`; without the blank at its end when it ends in `*`."""
    if not term.endswith("*"):
        return f" {' '.join(stems(term))} "
    *first, last = _TOKEN.findall(term.lower().rstrip("*"))
    return " ".join(["", *stems(" ".join(first)), last])


@lru_cache(maxsize=8192)
def needle_words(term: str) -> tuple[str, ...]:
    """The stems of a term."""
    return tuple(needle(term).split())


_COMPLEMENT = words("of to for from in into about by with who that on at involving regarding concerning containing")


def noun_phrase(run: tuple[str, ...]) -> tuple[str, ...]:
    """`run` up to the complement: report, of, scam -> report."""
    for i, word in enumerate(run):
        if i and word in _COMPLEMENT:
            return run[:i]
    return run
