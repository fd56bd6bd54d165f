"""Where the words stand that may speak for a metric: the places around one number, nearest first.

Here: those places and how near a term stands. How a clause is cut stands in `cutting`; what the
evidence means is `mapping`'s business.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from extractors.language.lexicon import DETERMINERS, STOPS, words
from extractors.metrics.cutting import (
    HEDGES,
    has_verb,
    is_number,
    nameless,
    own_predicate,
    since_number,
    to_lead,
    to_number,
    unhedged,
    within,
    without,
)
from extractors.metrics.matchers import Matcher, MatcherIndex
from extractors.metrics.places import PEOPLE_TOLD_OF
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import BREAKS, PLAIN_STEMS, Terms, Text, is_doing, normal, stems
from extractors.metrics.strangers import actor_named

_SHORTEST_LEAD = 4
"""Blanks in the shortest sentence that leads in, rather than names, a block of tiles."""
_TITLE = re.compile(r"\s*[^\s.!?]+(?:\s+[^\s.!?]+){0,7}\s*[:?]?\s*")
"""A line of a few words that is no statement: a title, a question."""
_FIGURE = re.compile(r"\d(?<!\b(?:19|20)\d\d)(?!\d)|%")
_SENTENCE_END = re.compile(r"(?<!\b[a-z]\.[a-z])\.$|!$")
"""Not the point of an abbreviation: "outside the U.S."."""
_OR_SO = (["and", "so"], ["and", "more"])
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


@dataclass(slots=True, eq=False)  # frozen, setting its fields would take longer than all else of making it
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

    index: MatcherIndex
    clause: Text
    left_raw: str
    right_raw: str
    left: list[str]
    near_left: list[str]
    near_right: list[str]
    near: Text
    whole: Text
    phrase: Text
    unit: Text
    lead: Text
    labels: Text
    sentence_raw: str
    clause_at: int
    sentence: Text
    said: Text
    before: Text
    earlier: Text
    titles: tuple[Text, ...]
    caption: Text
    actor: tuple[str, ...]
    bare: bool
    elided: bool
    included: bool
    such: bool
    base: bool
    aside: bool
    of_them: bool
    leans: bool
    takes_up: bool
    ours: bool
    zones: tuple[tuple[int, Text], ...]
    marks: int

    def nearest(self, terms: Terms, reach: int, knows: Callable[[str], bool]) -> int:
        """The weight of the nearest place, of weight `reach` or more, that holds one of `terms`; 0 for none."""
        for weight, text in self.zones:
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
                unknown = [word for word in unknown if word in self.index.by_head and word not in PEOPLE_TOLD_OF]
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
    def antecedent(self) -> Text:
        """The sentence up to the number."""
        return _antecedent(self.sentence_raw, self.clause_at, self.left_raw)

    @property
    def points_back(self) -> bool:
        """Whether the sentence before tells what the number is of: no other number stands between."""
        return self.such or (self.takes_up and not any(map(is_number, self.antecedent.run)))

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
        return Text.of(run[: next((i for i, word in enumerate(run) if word in HEDGES), len(run))])


def view_of(slots: Slots, index: MatcherIndex) -> View:
    """The places around one statistic; `index` gives the organisation's names."""
    left_raw, right_raw = slots.clause[: slots.start], slots.clause[slots.end :]
    ahead, behind = stems(left_raw), stems(right_raw)
    clause = Text.of([*ahead, *behind])
    own_right = to_lead(behind)
    left = without(ahead, index.full_names, clause)
    near_left = since_number(left)
    named = without(behind, index.full_names, clause)
    near_right = own_right if named is behind else to_lead(named)
    lead, labels = _lead_and_labels(slots.labels)
    bare = bool(slots.labels) and not _NAMING.search(f"{left_raw} {right_raw}")
    elided = slots.counted is not None and not slots.has_own_noun and not bare
    is_share = slots.kind in ("percent", "ratio")
    takes_up = is_share and bool(_IT_WAS.search(left_raw))
    leans = (
        elided
        or takes_up
        or (bool(near_left) and _LEANING.issuperset(near_left))
        or (slots.clause != slots.sentence and not has_verb(clause))
    )
    sentence = normal(slots.sentence)
    points = elided or is_share or not _POINTING.isdisjoint(sentence.words)
    leans_back = slots.so_far and not takes_up and points
    titles = _titles(slots.headings)
    if not slots.labels:
        titles = (*_line_title(slots.before), *_line_title(slots.earlier), *titles)
    ours = index.own.stand_in(clause)
    actor = () if ours or slots.labels else actor_named(slots.left)
    said, since = sentence, since_number(ahead)
    # A clause that only goes on with a list goes on with what was said, not with what follows; one that opens the
    # sentence without a verb of its own ("in 50 states and ...") has it from what follows.
    if leans and (slots.clause_at or has_verb(clause)):
        said = normal(slots.sentence[: slots.clause_at + len(slots.clause)])
        since = since if elided else since_number(list(_antecedent(slots.sentence, slots.clause_at, left_raw).run))
    alone = slots.labels or (slots.clause == slots.sentence and len(ahead) + len(behind) <= _ALONE)
    near = Text.of([*since, "|", *to_number(own_right)])
    predicate = unhedged(own_predicate(own_right, behind))
    whole = clause if predicate is behind else Text.of([*ahead, *predicate])
    phrase = within(nameless(normal(slots.phrase), index.full_names), near_right)
    before = _last_sentences(slots.so_far) if leans_back else normal(slots.before or lead)
    caption = titles[0] if titles and alone else normal("")
    proper_labels = nameless(normal(labels), index.full_names)
    earlier = normal(slots.earlier)
    near_by = ((6, phrase), (5, near), (4, whole), (4, proper_labels), (4, caption))
    if elided:
        near_by = (*near_by[1:], (3, phrase))
    zones = (*near_by, (3, said), (2, before))
    places = [*(text for _, text in zones), *titles, earlier]
    return View(
        index=index,
        clause=clause,
        left_raw=left_raw,
        right_raw=right_raw,
        left=left,
        near_left=near_left,
        near_right=near_right,
        near=near,
        whole=whole,
        phrase=phrase,
        unit=normal(slots.unit),
        lead=normal(lead),
        labels=proper_labels,
        sentence_raw=slots.sentence,
        clause_at=slots.clause_at,
        sentence=sentence,
        said=said,
        before=before,
        earlier=earlier,
        titles=titles,
        caption=caption,
        actor=() if all(map(index.names, actor)) else actor,
        bare=bare,
        elided=elided,
        included=(elided or slots.counted is None) and slots.clause.lstrip(" ,").startswith("including "),
        such=right_raw.startswith(" such "),
        base="of " in left_raw and _BASE.search(left_raw) is not None,
        aside=slots.clause.lstrip().startswith("("),
        of_them=bool(_OF_THEM.match(right_raw)),
        leans=leans,
        takes_up=takes_up,
        ours=ours,
        zones=zones,
        marks=index.marks(frozenset().union(*[place.words for place in places])),
    )


def _antecedent(sentence: str, clause_at: int, left: str) -> Text:
    return normal(f"{sentence[:clause_at]} {left}")


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
