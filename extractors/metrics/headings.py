"""What the headings above a statistic make of its count: a member's, a part that no card declares, or still all of it.

Here: the judgement of the headings above one number, for the wording that maps it. A heading that names a member of a
dimension gives the number to it. One that names a place, a tongue, an age, a group of people, somebody else, another
programme or another subject sets a part apart. All others are titles and change nothing.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from extractors.language.lexicon import AUXILIARIES, words
from extractors.metrics.evidence import View
from extractors.metrics.matchers import Dimension, Matcher, MatcherIndex
from extractors.metrics.places import (
    ALONE,
    BRANDS,
    GROUPS,
    NATION,
    OPPOSITES,
    PEOPLE_TOLD_OF,
    PLACE_NAMES,
    PLACES,
    SEXES_AND_AGES,
    TONGUES,
)
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import BREAKS, PLAIN_STEMS, TITLE_STEMS, Text, is_doing
from extractors.metrics.strangers import speaks_of_the_nation
from extractors.metrics.titles import LINKING, LONGEST_NAME, TELLING, Heading, read_heading

_WHOLE = re.compile(
    r"\b(?:in all|in total|all told|altogether|overall|of (?:all|every) (?:kind|type)s?|from all (?:[a-z]+ )?sources)\b"
)
"""So a sentence tells of the whole, against a heading that names a member: whose number it is remains open."""
_EVERYWHERE = re.compile(r"\b(?:worldwide|globally|everywhere|nationwide|across (?:all|the)|around the)\b")
"""So a sentence that began with one place goes on to all of them."""
_LEADING = (("in",), ("in", "the"), ("across",), ("throughout",))
_ACTING = words("why can could may might must should will would")
"""With such a word a heading tells of doing rather than of what was counted."""
_FRAME = words("spotlight focus closer look zoom deep dive profile feature detail case close view up in on at into")
"""Words that only present what a heading names: "A closer look at videos"."""
_PRAISING = words("happy brave real strong resilient innocent precious young little safer")
"""Adjectives that praise and tell no group apart."""
_COMPLEMENTING = words("about regarding concerning involving with in by of")
"""Behind the counted noun they lead to what narrows it."""
_COMING = words("incoming inbound phone telephone suspected apparent reported attached online")
"""Before the counted noun they tell of all that comes in."""
_BESIDE_ALONE = LINKING | NATION | BREAKS | words("our state coast region area office department agency")
_LONGEST_LABEL = 4
"""Words of a heading that names a part; a longer one that comes first is the page's title."""
_IN_NAMES = words("north south east west saint san new city county")
"""Words that names of places begin or end with."""
_JOINING = words(", ; and")
_NONE: AbstractSet[str] = frozenset()
_APART = PLACES | TONGUES | GROUPS | PEOPLE_TOLD_OF | LINKING | BREAKS


def told_by_headings(
    matcher: Matcher, dimensions: dict[str, str], slots: Slots, view: View, index: MatcherIndex
) -> dict[str, str] | None:
    """The members that the statistic is of, with those that only a heading names; None when it is an unknown part.

    `dimensions` are the members that the statistic's own words name: they hold, whatever stands above.
    """
    told = dict(dimensions)
    headings = [read_heading(title) for title in slots.titles]
    lines = [read_heading(line) for line in slots.lines]
    titled = bool(headings) and _is_title(headings[0], len(headings))
    for dimension in matcher.dimensions:
        if dimension.name in told or dimension.named_in(view.labels):
            continue
        leading = _leading(dimension, view.sentence)
        if dimension.named_in(view.sentence) and not leading:
            continue
        for heading in (*reversed(lines), *reversed(headings[titled:])):
            member = _member_in(heading, dimension, matcher)
            if member is None or (member and _WHOLE.search(slots.sentence)):
                return None
            if member:
                told[dimension.name] = member
                break
        if leading and (told.get(dimension.name) != leading or _EVERYWHERE.search(slots.sentence)):
            return None  # it goes on from "In Nepal, 40 …": of Nepal most likely, and not all there is
    if slots.period_type == "year" and any(
        one.season and (one.season == "any" or one.season in slots.sentence) for one in (*headings, *lines)
    ):
        return None
    whole = not told and not speaks_of_the_nation(slots.sentence)
    if whole and any(map(_is_of_a_place, slots.labels.split("|"))):
        return None
    excused = view.labels.words | matcher.tells_members if told else view.labels.words
    national = any(one.located for one in (*headings, *lines)) and speaks_of_the_nation(slots.sentence)

    def is_apart(heading: Heading, near: bool, led: bool = True) -> bool:
        if not _is_apart(matcher, index, heading, excused, _NONE, national, near, led):
            return False
        said = heading.text.words & view.sentence.words
        return not said or _is_apart(matcher, index, heading, excused, said, national, near, led)

    near = led = True
    for depth in range(len(headings) - 1, -1, -1):
        heading = headings[depth]
        if (depth or _is_bare(heading, matcher) or _is_name(heading)) and is_apart(heading, near, led):
            return None
        if depth:
            near = near and all(map(matcher.knows, heading.text.run))
            led = led and not _has_a_subject(heading.text, matcher, index)
    for line in lines:
        if (_is_bare(line, matcher) or _is_name(line) or _names_members(line.text, index)) and is_apart(
            line, near=True
        ):
            return None
    return told


def _is_of_a_place(label: str) -> bool:
    """Whether a caption or a label tells where its figures come from: "Calls received from New York"."""
    found = _FROM.search(label)
    return found is not None and read_heading(label[found.end() :].strip()).located


_FROM = re.compile(r"\b(?:from|in|within|across)\s+(?:the\s+)?(?=\w)")


def _is_title(heading: Heading, of: int) -> bool:
    """Whether the first of so many headings is the page's: long, and with others below it or a year in it."""
    return len(heading.text.run) > _LONGEST_LABEL and (of > 1 or any(map(str.isdigit, heading.folded)))


def _leading(dimension: Dimension, sentence: Text) -> str | None:
    """The member that leads a sentence, where it names no other: "In Nepal, …"."""
    named = sorted(dimension.named_in(sentence))
    if len({member for _, _, member in named}) != 1:
        return None
    return named[0][2] if tuple(sentence.text[: named[0][0]].split()) in _LEADING else None


@lru_cache(maxsize=8192)
def _is_bare(heading: Heading, matcher: Matcher) -> bool:
    """Whether a heading holds nothing but what may set a part apart."""
    text = heading.text.text
    for name in PLACE_NAMES:
        text = text.replace(name, " ")
    return all(word in _APART or word[0].isdigit() or matcher.knows(word) for word in text.split())


def _is_name(heading: Heading) -> bool:
    """Whether a line of few words is nothing but a name."""
    run = [word for word in heading.text.run if word not in BREAKS]
    return 0 < len(run) < _LONGEST_LABEL and heading.names.issuperset(set(run) - _IN_NAMES) and bool(heading.names)


def _member_in(heading: Heading, dimension: Dimension, matcher: Matcher) -> str | None:
    """The member that a heading names, "" for none or all of them; None for several, or a part of one."""
    text = heading.text
    named = sorted(dimension.named_in(text))
    starts = {start for start, _, _ in named}
    hits = [hit for hit in named if _stands_alone(hit, starts, heading, matcher)]
    members = {member for _, _, member in hits}
    if not members or members == dimension.members or _tells_of_doing(text.run, matcher):
        return ""
    rest = text.text
    for start, end, _ in reversed(hits):
        rest = f"{rest[:start]} {rest[end:]}"
    known = all(
        matcher.knows(word) or word in TITLE_STEMS or word in _FRAME or word in BREAKS or word[0].isdigit()
        for word in rest.split()
    )
    return hits[0][2] if known and len(members) == 1 and (len(hits) > 1 or " and " not in rest) else None


def _tells_of_doing(run: Sequence[str], matcher: Matcher) -> bool:
    """Whether a heading tells of an activity ("Reaching the public") rather than of what was counted."""
    doing = is_doing(run[0]) and (run[0] in PLAIN_STEMS or not matcher.knows(run[0]))
    return doing or not _ACTING.isdisjoint(run) or (run[0] == "how" and run[1:2] != ("many",))


def _stands_alone(hit: tuple[int, int, str], starts: AbstractSet[int], heading: Heading, matcher: Matcher) -> bool:
    """Whether the member's name is a noun of its own: "the public", not the public of "public awareness".

    `starts`: where the heading names members.
    """
    behind = heading.text.text[hit[1] :].split()
    last = heading.text.text[: hit[1]].split()[-1]
    is_noun = f"{last}s" in heading.folded or f"the {last}" in heading.folded
    if behind[2:] and behind[0] == "and" and not is_noun and hit[1] + len("and") not in starts:
        return False  # "public and private partners"
    if not behind or behind[0] in BREAKS or behind[0] in LINKING or behind[0].endswith("ed"):
        return True  # "companies required to report"
    if not behind[0][0].isalpha():
        return True
    if matcher.knows(behind[0]) and behind[0] not in PLAIN_STEMS:
        return True
    return f" {behind[0]} " in matcher.heads or (is_noun and matcher.knows(behind[0]))


@lru_cache(maxsize=16384)
def _is_apart(
    matcher: Matcher,
    index: MatcherIndex,
    heading: Heading,
    excused: AbstractSet[str],
    said: AbstractSet[str],
    national: bool,
    near: bool,
    led: bool,
) -> bool:
    """Whether a heading makes what stands under it a part that the wording does not know.

    `excused` words tell of the statistic's members or stand in its labels, `said` ones in its sentence: both judge for
    themselves. `national`: the sentence tells of the whole country, whatever place the heading names. A `near` heading,
    with nothing below it but known words, may also set apart by its subject. What is `led` by a heading, with
    no other subject named below it, belongs to the programme it names.
    """
    text = heading.text
    unknown = {word for word in text.words if word[0].isalnum() and not matcher.knows(word)} - excused
    if not national and (heading.placed or not text.words & PLACES <= excused):
        return not _is_story(text)
    names = heading.names - index.titles - (PLACES if national else frozenset())
    branded = len(text.run) == 1 and not unknown.isdisjoint(BRANDS)
    if branded or unknown & TONGUES or unknown & names or heading.aged - excused:
        return True
    groups = ((unknown & GROUPS) | (text.words & SEXES_AND_AGES)) - excused - said
    if groups and not any(pair <= text.words for pair in OPPOSITES):
        return True
    if _sets_apart_alone(text, excused | said | matcher.asks, matcher):
        return True
    if led and any(
        name in text.text and not unknown.isdisjoint(its_words) and not _is_one_of_several(name, text.text)
        for name, its_words in index.programs
    ):
        return True
    if matcher.others.stand_in(text):
        return True
    heard = said | excused if matcher.dimensions else said | excused | matcher.asks
    if matcher.heads and not matcher.part and not text.words <= heard:
        own = frozenset(dimension.name for dimension in matcher.dimensions)
        if _names_members(text, index, own):
            return True
    if not near:
        return False
    telling = (unknown | matcher.member_words) - excused - said - matcher.own_words - NATION
    if _is_another_subject(text, telling, matcher, index):
        return True
    lesser = text.words - matcher.asks - PLAIN_STEMS - _COMING - excused - said - matcher.own_words - NATION
    return _is_of_some(heading, unknown - said, lesser | telling, matcher, index)


def _is_one_of_several(name: str, text: str) -> bool:
    """Whether a heading joins a programme with something else: "Team Adam and forensic services"."""
    return f"{name.rstrip()} and " in text or f" and {name.lstrip()}" in text


def _has_a_subject(text: Text, matcher: Matcher, index: MatcherIndex) -> bool:
    """Whether a heading names what the card counts, and the wording does not."""
    return any(word in index.by_head and not matcher.knows(word) and word not in PEOPLE_TOLD_OF for word in text.words)


def _sets_apart_alone(text: Text, allowed: AbstractSet[str], matcher: Matcher) -> bool:
    """Whether a heading is hardly more than a time, a quarter of the world or a calling."""
    return (
        not (text.words & ALONE) <= allowed
        and text.run[0] != "for"
        and not any(pair <= text.words for pair in OPPOSITES)
        and all(word in ALONE or word in _BESIDE_ALONE or matcher.asks_for(word) for word in text.run)
    )


def _is_another_subject(text: Text, telling: AbstractSet[str], matcher: Matcher, index: MatcherIndex) -> bool:
    """Whether a short heading tells what another metric of the same noun is about, or what the wording forbids.

    So does the noun that several members have in common: "Abductions" by whomever.
    """
    doing = len(text.run) > 1 and is_doing(text.run[0])
    if doing or not 0 < len(text.run) <= _LONGEST_LABEL or text.run[0] == "our":
        return False
    own = [word for word in text.run if word in telling]
    if own == list(text.run) and matcher.member_nouns.issuperset(own):
        return True
    forbidden = matcher.forbid.stand_in(Text.of(own)) or any(
        phrase in text.text for _, phrase in matcher.forbid.phrases
    )
    if forbidden and text.words.isdisjoint(TITLE_STEMS | NATION):
        return True
    if matcher.part:
        return False
    others = {other: None for head in matcher.heads for other in index.by_head[head.split()[-1]]}
    return any(
        other.part
        and other.metric != matcher.metric
        and other.says
        and all(terms.stand_in(text) for terms in other.says)
        and any(terms.stand_in(Text.of(own)) for terms in other.says)
        and not set(matcher.heads).isdisjoint(other.heads)
        for other in others
    )


@lru_cache(maxsize=8192)
def _names_members(text: Text, index: MatcherIndex, but: AbstractSet[str] = _NONE) -> bool:
    """Whether a text is nothing but members of a dimension, whatever metric has it: "images and videos".

    `but`: the names of dimensions that do not count.
    """
    for dimension in index.dimensions:
        if dimension.name in but:
            continue
        rest = text.text
        for start, end, _ in dimension.named_in(text):
            rest = f"{rest[:start]} {'-' * (end - start - 2)} {rest[end:]}"
        if rest != text.text and set(rest.replace("-", "").split()) <= _JOINING:
            return True
    return False


def _is_story(text: Text) -> bool:
    return len(text.run) > 1 and not TELLING.isdisjoint(text.run[-1:])


def _is_of_some(
    heading: Heading, unknown: AbstractSet[str], telling: AbstractSet[str], matcher: Matcher, index: MatcherIndex
) -> bool:
    """Whether a heading counts some of what the wording counts: "calls about sightings", "urgent reports"."""
    run = heading.text.run
    if not 0 < len(run) <= LONGEST_NAME:
        return False
    for head in matcher.heads:
        noun = head.split()
        at = next((i for i in range(len(run)) if list(run[i : i + len(noun)]) == noun), None)
        if at is None:
            continue
        behind = run[at + len(noun) :]
        if behind and behind[0] in _COMPLEMENTING and _holds(behind, unknown):
            return True
        if behind and behind[0] == "from" and "and" not in behind and _holds(behind, telling):
            return True
        if not behind and heading.plural and LINKING.isdisjoint(run[:at]) and _holds(run[:at], telling):
            return True
    unheard = {word for word in unknown if not index.hears_of(word)} - NATION - _PRAISING
    if run[-1] in PEOPLE_TOLD_OF and len(run) < _LONGEST_LABEL and heading.plural and LINKING.isdisjoint(run):
        return _holds(run[:-1], unheard)
    at = next((i for i, word in enumerate(run) if word in ("with", "of")), 0)
    return bool(at) and run[at - 1] in PEOPLE_TOLD_OF and _holds(run[at:], unheard)


def _holds(run: Sequence[str], unknown: AbstractSet[str]) -> bool:
    """Whether a run is a noun phrase with a word of `unknown`, and tells of no activity."""
    return not any(word in AUXILIARIES or is_doing(word) for word in run[:1]) and any(
        word in unknown and word not in TITLE_STEMS and word not in BREAKS and word.isalpha() and len(word) > 1
        for word in run
    )
