"""Where the words stand that may speak for a metric: the places around one number, nearest first.

Here: cutting a clause at the number and at its neighbours, and weighing how near a term stands. What the evidence means
is `mapping`'s business.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from extractors.language.lexicon import AUXILIARIES, DETERMINERS, STOPS, VERBS, words
from extractors.metrics.matchers import Matcher, MatcherIndex
from extractors.metrics.places import PEOPLE_TOLD_OF
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import BREAKS, PLAIN_STEMS, Terms, Text, is_doing, normal, stems
from extractors.metrics.strangers import actor_named

_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINTS = words(", ; : and while")
_TOTALLING = words("for to with bringing")
_HEDGES = words("most mostly majority mainly primarily largely predominantly chiefly vast")
_SHORTEST_LEAD = 4
"""Blanks in the shortest sentence that leads in, rather than names, a block of tiles."""
_TITLE = re.compile(r"\s*[^\s.!?]+(?:\s+[^\s.!?]+){0,7}\s*[:?]?\s*")
"""A line of a few words that is no statement: a title, a question."""
_FIGURE = re.compile(r"\d(?<!\b(?:19|20)\d\d)(?!\d)|%")
_SENTENCE_END = re.compile(r"(?<!\b[a-z]\.[a-z])\.$|!$")
"""Not the point of an abbreviation: "outside the U.S."."""
_OR_SO = (["and", "so"], ["and", "more"])
_VERBS = AUXILIARIES | VERBS
_SMALL = words("one two three four five six seven eight nine ten")
_POINTING = words("program it its they them their these those such which whom")
_IT_WAS = re.compile(
    r"(?:^\W*|\b(?:it|that|this|(?:the|this|that) (?:share|figure|rate|proportion|number)))"
    r" ?\b(?:was|is|has been|had been|stood at|rose to|fell to|came to|reached)"
    r"(?: (?:still|only|just|about|some|nearly|almost|over|around|more than|less than|an?|estimated))*\W*$"
)
"""So a share is told of what was named last: "in 1990 it was 62 percent"."""
_MEMORY = 4
"""Sentences of the passage that a pronoun may reach back over."""
_SENTENCE_GAP = re.compile(r"(?<=[.!?]) ")
_BASE = re.compile(
    r"(?:^\W*|(?:\d|%|\b(?:percent|half|thirds?|quarters?|fifths?|all|most|many|some|few|majority|share|proportion|part|"
    r"rest|one|two|three|four|five|six|seven|eight|nine|ten|million|thousand)) )"
    r"of (?:all |the |its |our )*(?:more than |over |nearly |almost |about |some |approximately )*$"
)
_OF_THEM = re.compile(r"\W*of (?:them|these|those)\b")
_LONGEST_TITLE = 90
_TITLING = (
    BREAKS
    | STOPS
    | words(
        "highlight overview snapshot impact review glance picture look fact detail trend introduction background "
        "conclusion story"
    )
)
"""Words of a heading that sums up and names no subject: "Behind the numbers", "2023 highlights"."""
_PHRASING = STOPS | DETERMINERS
_UNNAMING = PLAIN_STEMS | BREAKS
_ALONE = 5
"""A sentence of so few words, beside its number, is understood by its heading."""
_NAMING = re.compile(r"[a-z]{4,}")
_LEANING = words(
    "and more less than over about nearly almost at least approximately around roughly some of as well also ,"
)


class View:
    """The places where evidence may stand, as comparable texts; `marks`: which groups of terms may stand in them.

    `left`, `right`: the clause on either side of the number, `near_left`, `near_right`: only as far as the words belong
    to this number and no neighbour, all as stems and without the organisation's full name; `near`: what stands between
    the neighbouring numbers; `whole`: the clause without what is said only of most of the number; `titles`: the
    headings above, innermost first; `caption`: the one above a table, a tile or a few words; `lead`: full sentences
    above the labels, which narrow nothing but by place; `bare`: the value stands alone and only its labels name it;
    `base`: the number is the whole of which a part is told; `aside`: it stands in brackets behind another; `elided`:
    what is counted was named before; `leans`: the clause only goes on with a list ("and more than 180 countries"), or
    is elided or has no verb, so that the sentence's is its own; `said`: the sentence, as far as the clause may lean on
    it; `ours`: the clause names the organisation; `such`: "such reports", which takes up what was said;
    `included`: a part of the number before, of which all is true that was said of that; `takes_up`: a share told of
    "it", of what was named last;
    `actor`: the name that is the clause's subject and not all known.
    """

    __slots__ = (
        "_clause_at", "_index", "_zones", "actor", "aside", "bare", "base", "before", "caption", "clause", "earlier",
        "elided", "included", "labels", "lead", "leans", "left", "left_raw", "marks", "near", "near_left", "near_right",
        "of_them", "ours", "phrase", "right_raw", "said", "sentence", "sentence_raw", "such", "takes_up", "titles",
        "unit", "whole",
    )  # fmt: skip

    def __init__(self, slots: Slots, index: MatcherIndex) -> None:
        """`index` gives the organisation's names."""
        self._index = index
        self.left_raw, self.right_raw = slots.clause[: slots.start], slots.clause[slots.end :]
        left, right = stems(self.left_raw), stems(self.right_raw)
        self.clause = Text.of([*left, *right])
        own_right = _own_right(right)
        self.whole = Text.of([*left, *_unhedged(_own_predicate(own_right, right))])
        self.near = Text.of([*since_number(left), "|", *_to_number(own_right)])
        self.left = _without(left, index.full_names, self.clause)
        self.near_left = since_number(self.left)
        named = _without(right, index.full_names, self.clause)
        self.near_right = own_right if named is right else _own_right(named)
        self.phrase = _within(_nameless(normal(slots.phrase), index.full_names), self.near_right)
        self.unit = normal(slots.unit)
        lead, labels = _lead_and_labels(slots.labels)
        self.lead = normal(lead)
        self.labels = _nameless(normal(labels), index.full_names)
        self.bare = bool(slots.labels) and not _NAMING.search(f"{self.left_raw} {self.right_raw}")
        self.elided = slots.counted is not None and not slots.has_own_noun and not self.bare
        self.included = (self.elided or slots.counted is None) and slots.clause.lstrip(" ,").startswith("including ")
        self.such = self.right_raw.startswith(" such ")
        self.base = bool(_BASE.search(self.left_raw))
        self.aside = slots.clause.lstrip().startswith("(")
        self.of_them = bool(_OF_THEM.match(self.right_raw))
        self.leans = (
            self.elided
            or (bool(self.near_left) and _LEANING.issuperset(self.near_left))
            or (slots.clause != slots.sentence and not _has_verb(self.clause))
        )
        self.takes_up = slots.kind in ("percent", "ratio") and bool(_IT_WAS.search(self.left_raw))
        self.leans = self.leans or self.takes_up
        self.sentence_raw = slots.sentence
        self.sentence = normal(slots.sentence)
        points = self.elided or slots.kind in ("percent", "ratio") or not _POINTING.isdisjoint(self.sentence.words)
        leans_back = slots.so_far and not self.takes_up and points
        self.before = _last_sentences(slots.so_far) if leans_back else normal(slots.before or lead)
        self.earlier = normal(slots.earlier)
        self.titles = _titles(slots.headings)
        if not slots.labels:
            self.titles = (*_line_title(slots.before), *_line_title(slots.earlier), *self.titles)
        self.ours = index.own.stand_in(self.clause)
        actor = () if self.ours or slots.labels else actor_named(slots.left)
        self.actor = () if all(map(index.names, actor)) else actor
        clause_at = slots.sentence.find(slots.clause)
        self._clause_at = max(clause_at, 0)
        self.said = self.sentence
        # A clause that only goes on with a list goes on with what was said, not with what follows; one that opens the
        # sentence without a verb of its own ("in 50 states and ...") has it from what follows.
        if self.leans and (clause_at > 0 or (clause_at == 0 and _has_verb(self.clause))):
            self.said = normal(slots.sentence[: clause_at + len(slots.clause)])
            if not self.elided:
                self.near = Text.of([*since_number(list(self.antecedent.run)), "|", *_to_number(own_right)])
        alone = slots.labels or (slots.clause == slots.sentence and len(left) + len(right) <= _ALONE)
        self.caption = self.titles[0] if self.titles and alone else normal("")
        near = ((6, self.phrase), (5, self.near), (4, self.whole), (4, self.labels), (4, self.caption))
        if self.elided:
            near = (*near[1:], (3, self.phrase))
        self._zones = (*near, (3, self.said), (2, self.before))
        places = [*(text for _, text in self._zones), *self.titles, self.earlier]
        self.marks = index.marks(frozenset().union(*[place.words for place in places]))

    def nearest(self, terms: Terms, reach: int, knows: Callable[[str], bool]) -> int:
        """The weight of the nearest place, of weight `reach` or more, that holds one of `terms`; 0 for none."""
        for weight, text in self._zones:
            if weight >= reach and terms.stand_in(text):
                return weight
        return int(reach == 1 and self._headed(terms, knows))

    def _headed(self, terms: Terms, knows: Callable[[str], bool]) -> bool:
        """Whether a heading, innermost first, holds one of `terms`, or the passage before.

        A heading with words unknown to the wording ("Scams" below "Hotline") sets apart what stands under it; one that
        tells of doing ("Helping families heal") or is a phrase ("Our mission") only if it names what the card counts.
        """
        for title in self.titles:
            if terms.stand_in(title):
                return True
            unknown = [word for word in title.run if not (knows(word) or word in _TITLING or word[0].isdigit())]
            if _is_phrase(title):
                unknown = [word for word in unknown if word in self._index.by_head and word not in PEOPLE_TOLD_OF]
            if unknown:
                return False
        return terms.stand_in(self.earlier)

    def in_clause(self, terms: Terms) -> str | None:
        """The one of `terms` that stands in the clause, the phrase or the labels."""
        own_phrase = not self.elided or self.of_them
        places = (self.whole, self.labels, self.phrase) if own_phrase else (self.whole, self.labels)
        return _first_in(terms, (self.antecedent, *places) if self.included else places)

    def said_around(self, terms: Terms) -> str | None:
        """The one of `terms` that stands in the sentence, the one before, or a heading above."""
        return _first_in(terms, (self.sentence, self.before, *self.titles))

    def other_named(self, matcher: Matcher) -> str | None:
        """Another organisation that is named in the sentence or a heading, and ours not in the clause.

        So is one that no card knows, where it is the subject.
        """
        for word in self.actor:
            if not matcher.knows(word):
                return word
        if self.ours or not self.marks & matcher.strangers:
            return None
        return _first_in(matcher.others, (self.sentence, self.labels, self.lead, *self.titles))

    @property
    def points_back(self) -> bool:
        """Whether the sentence before tells what the number is of: no other number stands between."""
        return self.such or (self.takes_up and not any(map(is_number, self.antecedent.run)))

    @property
    def antecedent(self) -> Text:
        """The sentence up to the number."""
        return normal(f"{self.sentence_raw[: self._clause_at]} {self.left_raw}")

    @property
    def listed(self) -> Text:
        """The nouns listed right behind the number ("images, videos and other files"), when there are several."""
        run = self.near_right[2:] if self.near_right[:2] in _OR_SO else self.near_right
        end = next((i for i, word in enumerate(run) if word in BREAKS and word != ","), len(run))
        at = next((i for i, word in enumerate(run[:end]) if word in (",", "and")), end)
        return Text.of(run[: min(at + 8, end)] if 0 < at < 3 and at < end and run[0] != "of" else ())

    @property
    def nearest_words(self) -> Text:
        """What stands between the number before and the break behind this one."""
        end = next((i for i, word in enumerate(self.near_right) if word in BREAKS), len(self.near_right))
        return Text.of([*self.near_left, "|", *self.near_right[:end]])

    @property
    def just_before(self) -> Text:
        """What stands between the number before and this one, in the sentence."""
        return Text.of(since_number(list(self.antecedent.run)))

    @property
    def said_before(self) -> Text:
        """The sentence up to the next number, to where it speaks of most of something."""
        run = (*self.antecedent.run, *self.near_right)
        return Text.of(run[: next((i for i, word in enumerate(run) if word in _HEDGES), len(run))])


def _first_in(terms: Terms, places: Iterable[Text]) -> str | None:
    for place in places:
        found = terms.found_in(place)
        if found is not None:
            return found
    return None


def last_sentences(so_far: str) -> str:
    """The last sentences of the passage."""
    return " ".join(_SENTENCE_GAP.split(so_far.rstrip())[-_MEMORY:])


@lru_cache(maxsize=1024)
def _last_sentences(so_far: str) -> Text:
    """The last sentences of the passage as one text; each was normalised when it was read."""
    last = _SENTENCE_GAP.split(so_far.rstrip())[-_MEMORY:]
    return Text.of([word for sentence in last for word in normal(sentence).run])


@lru_cache(maxsize=4096)
def _titles(headings: str) -> tuple[Text, ...]:
    """The headings that name something, innermost first."""
    texts = [normal(title) for title in reversed(headings.split(" | ")) if _NAMING.search(title)]
    return tuple(text for text in texts if not text.words <= _UNNAMING)


def _is_phrase(title: Text) -> bool:
    """Whether a heading is more than a noun: "Standing with survivors", "Our mission", "Never stop looking"."""
    return len(title.run) > 1 and (is_doing(title.run[0]) or not _PHRASING.isdisjoint(title.run))


def _line_title(line: str) -> tuple[Text, ...]:
    """A line of a few words without a figure, as a heading."""
    if not line or len(line) > _LONGEST_TITLE or _FIGURE.search(line) or not _TITLE.fullmatch(line):
        return ()
    return _titles(line)


def _lead_and_labels(labels: str) -> tuple[str, str]:
    """The full sentences that lead in a block of tiles ("What your gifts made possible."), and the labels proper."""
    *outer, own = labels.split(" | ")
    leads = [part for part in outer if _SENTENCE_END.search(part) and part.count(" ") >= _SHORTEST_LEAD]
    return " ".join(leads), " | ".join([part for part in (*outer, own) if part and part not in leads])


def is_number(word: str) -> bool:
    """Whether a stem is a number in digits and no year."""
    return word[0].isdigit() and "-" not in word and not _YEAR.fullmatch(word)


def since_number(left: list[str]) -> list[str]:
    """What stands since the number before, from its last joint on where there is such a number."""
    for i in range(len(left) - 1, -1, -1):
        if is_number(left[i]):
            for j in range(len(left) - 1, i, -1):
                if left[j] in _JOINTS:
                    return left[j:]
            return left[i + 1 :]
    return left


def behind_number(run: Sequence[str]) -> Sequence[str]:
    """All that stands behind the last number of `run`."""
    return run[max((i + 1 for i, word in enumerate(run) if is_number(word)), default=0) :]


def _is_figure(run: list[str], at: int) -> bool:
    """Whether a number in digits stands at `at`, or a ratio in words: "one in six", "nine out of ten"."""
    word = run[at]
    return is_number(word) or (word in _SMALL and run[at + 1 : at + 2] in (["in"], ["out"]))


def _to_number(own: list[str]) -> list[str]:
    """What of `own` stands to the next number, or to where the clause speaks of most of something."""
    return own[: next((i for i, word in enumerate(own) if word in _HEDGES or is_number(word)), len(own))]


def _own_right(right: list[str]) -> list[str]:
    """What follows the number, without the words that lead to the next one."""
    ahead = next((i for i in range(len(right)) if _is_figure(right, i)), 0)
    for i in range(ahead - 1, -1, -1):
        if right[i] in _JOINTS or (right[i] in _TOTALLING and "total" in right[i + 1 : i + 3]):
            return right[:i]
    return right


def _own_predicate(own: list[str], right: list[str]) -> list[str]:
    """What follows the number, to the next number's own statement where `own`, this one's, has a verb."""
    return own if len(own) < len(right) and not _VERBS.isdisjoint(own) else right


def _unhedged(right: list[str]) -> list[str]:
    """What follows the number, without what is said only of most of it ("reports, most of them of images, of ...")."""
    start = next((i for i, word in enumerate(right) if word in _HEDGES), len(right))
    end = next((i for i in range(start, len(right)) if _goes_on(right, i)), len(right))
    return [*right[:start], *right[end:]]


def _goes_on(right: list[str], at: int) -> bool:
    """Whether an aside ends at `at` and the clause goes on: "calls, most of them at night, were answered"."""
    return right[at] in ";)" or (right[at] == "," and right[at + 1 : at + 2] != [] and right[at + 1] in AUXILIARIES)


def _within(phrase: Text, right: list[str]) -> Text:
    """`phrase`, when it begins in `right`, without what reaches beyond: it leads to the next number."""
    if not phrase.run or phrase.run[0] not in right:
        return phrase
    return Text.of(phrase.run[: len(right) - right.index(phrase.run[0])])


def _has_verb(clause: Text) -> bool:
    return not _VERBS.isdisjoint(clause.words) or any(word.endswith("ed") for word in clause.words)


def _nameless(text: Text, names: tuple[str, ...]) -> Text:
    if not any(name in text.text for name in names):
        return text
    bare = text.text
    for name in names:
        bare = bare.replace(name, " ")
    return Text.of(bare.split())


def _without(run: list[str], names: tuple[str, ...], clause: Text) -> list[str]:
    """`run` without the organisation's full names."""
    if not any(name in clause.text for name in names):
        return run
    text = f" {' '.join(run)} "
    for name in names:
        text = text.replace(name, " ")
    return text.split()
