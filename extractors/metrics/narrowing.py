"""Whether a number counts all of a metric, or only a part that no wording knows.

The words that follow the counted noun are held to a closed list: plain English and the wording's own words. "Calls in
Spanish", "reports about scams" and "of those" are parts; a part taken for the whole would put a wrong figure into the
table, so the number is refused.
"""

import re
from collections.abc import Sequence

from extractors.language.lexicon import AUXILIARIES, VERBS, words
from extractors.language.patterns import YEAR
from extractors.metrics.cutting import is_number
from extractors.metrics.evidence import View
from extractors.metrics.matchers import Matcher
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import BREAKS, PLAIN_STEMS, TITLE_STEMS, UNIT_STEMS, Text, noun_phrase

_YEAR = re.compile(YEAR)
_PART_RIGHT = re.compile(r"\W*of (?:the|those|these|them|which|our|its|their|all|that|this|[a-z]+'s)\b")
_ALL_THERE_WERE = re.compile(
    r"\bthere (?:were|are|have been|had been)(?: about| some| nearly| almost| over| more than)* ?\Z"
)
"""Before "146,219 of them" it tells how many they all were."""
_PART_OF_YEAR = re.compile(rf"\W*of (?:those|these|them|which)\b.*\bin {YEAR}\b")
_COMPLEMENT = re.compile(r"\b(?:all but|except|apart from)(?: about| some| around)?\s*$")
"""What is left over, rather than what has the property told: "all but 6%"."""
_PREDICATE = words("were was are is")
_PART_LEFT = re.compile(
    r"\b(?:of|among) (?:those|these|them|which)\b|\b(?=of|among|out)(?<!help )(?<!support )(?<!generosity )(?<!work )"
    r"(?<!because )(?<!result )(?:of|among|out of) "
    r"(?!the (?:fiscal |calendar )?(?:year|month|quarter|decade)(?: \d{4})?,)"
    r"(?:the|our|its|all|that|this)\b[^,]*[a-z][^,]*,"
)
_FRONT = words("in from among within across throughout outside")
_LEAD_FRONT = _FRONT | words("for of by")
_HARMLESS_FRONT = words("turn course front all total partnership response addition collaboration cooperation support")
_NARROWING = ("account", "represent", "involv", "contain", "concern", "includ", "compris", "constitut")
_HOLDING = ("contain", "includ", "compris")
_LARGE = words("thousand million billion")
_HELPING = tuple(words("assist help support aid work consult respond serv deploy turn provid gave sent"))
_QUALIFIERS = words(
    "more than over nearly almost about around approximately some roughly least at up to additional another further"
)
_PURPOSES = words("help support assist aid ensure prevent keep protect better bring reunite stop improve")
"""A purpose told behind the noun: "to help bring children home"."""
_THEM = words("them these those")
_ADDING = words("additional another extra further")
_LIMITING = words("under over age aged between than from by for of to at in")
_CHANGING = words("rose grew fell dropped climbed shrank increased decreased declined jumped swelled up down")
_BEGINNINGS = words(
    "began begin begun started start founded launched launch opened established creation created inception up first"
)
"""With such a word a beginning is told ("since the program began"), which narrows nothing."""
_LONGEST_BEGINNING = 8
_TIME = words("year month week day hour decade million billion thousand")
_SORTED_BY = re.compile(
    r"\bby (?:case |file |report )?(?:category|type|source|year|kind|reporter|origin|month|quarter|country|region|"
    r"state|gender|sex|age|relationship|status|volume|program|unit|division)\b.*"
)
_MONTHS = words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_THEIRS = re.compile(
    r"[^,;:.]{0,60}?\b(?!times\b)[a-z]+s (?:that |which )?(?:they|she|he) (?:had |have |has )?"
    r"[a-z]+(?:ed|ent|ade|ave)\b"
)
"""What somebody else did is a part: "twice the 900 reports they had filed"."""


def others_did(view: View) -> str | None:
    """What somebody else did, behind the number."""
    found = _THEIRS.match(view.right_raw)
    return found[0].strip() if found else None


def part_of(matcher: Matcher, has_members: bool, view: View) -> str | None:
    """What says "of those"; a member named apart from the noun ("of those, ... the public") is whole."""
    if _PART_OF_YEAR.match(view.right_raw):
        return None
    if has_members and not any(dimension.named_in(view.unit) for dimension in matcher.dimensions):
        return None
    if view.of_them and _ALL_THERE_WERE.search(view.left_raw):
        return None
    found = _PART_RIGHT.match(view.right_raw) or (None if has_members else _PART_LEFT.search(view.left_raw))
    return found[0].strip() if found else None


def left_over(view: View) -> str | None:
    """What makes the number that of the others: "all but 6%"."""
    found = _COMPLEMENT.search(view.left_raw)
    return found[0].strip() if found else None


def number_in(labels: Sequence[str], matcher: Matcher) -> str | None:
    """The number by which a label sets a part apart: "15 to 17" among the ages, not a year or "all 50 states"."""
    for i, word in enumerate(labels):
        if is_number(word) and word not in matcher.allowed and not _ends_two_years(labels[: i + 1]):
            before, following = labels[i - 1] if i else "", labels[i + 1] if i + 1 < len(labels) else ""
            footnote = len(word) == 1 and _LIMITING.isdisjoint((before, following))
            if not footnote and following not in ("state", "country") and before not in _MONTHS:
                return word
    return None


def _ends_two_years(labels: Sequence[str]) -> bool:
    """Whether a number is the end of two years: the "24" of "2023-24"."""
    year = next((word for word in reversed(labels[:-1]) if word not in BREAKS), "")
    return _YEAR.fullmatch(year) is not None and labels[-1] == f"{(int(year) + 1) % 100:02}"


def happened_in(left: Sequence[str], matcher: Matcher) -> str | None:
    """What happened "in 40 cases": a part, unless the words tell of help in them or are all known."""
    end = len(left)
    while end and left[end - 1] in _QUALIFIERS:
        end -= 1
    if not end or left[end - 1] != "in" or any(word.startswith(_HELPING) for word in left):
        return None
    return _unknown_in(left[:end], matcher)


def accounted_for(matcher: Matcher, view: View) -> str | None:
    """What makes a part of the number, close before it: "another 40 calls", "swimmers accounted for 40 calls"."""
    for word in view.near_left[-4:]:
        if not (word in _ADDING or word.startswith(_NARROWING)) or matcher.knows(word):
            continue
        if not (
            (word == "including" and (view.included or _is_told_apart(matcher, view)))
            or _is_subject_known(matcher, view)
        ):
            return word
    return None


def unknown_word(matcher: Matcher, head: str, slots: Slots, view: View) -> str | None:
    """The first word that may narrow the count and that the wording does not know."""
    for run in _regions(matcher, head, slots, view):
        word = _unknown_in(run, matcher)
        if word is not None:
            return word
    return None


def unknown_front(matcher: Matcher, view: View) -> str | None:
    """The place or group in a phrase before the number ("In Texas, …", "Among boys, …"), or in the lead above it."""
    word = _unknown_behind(view.left, matcher, _FRONT)
    return _unknown_behind(view.lead.run, matcher, _LEAD_FRONT) if word is None else word


def _is_told_apart(matcher: Matcher, view: View) -> bool:
    """Whether a part names itself: "20 million reports, including 546,000 of online enticement"."""
    right = Text.of(view.near_right)
    return matcher.part and bool(matcher.says) and all(terms.stand_in(right) for terms in matcher.says)


def _is_subject_known(matcher: Matcher, view: View) -> bool:
    """Whether the part is told apart in so many known words: "online enticement accounted for 186,819 reports"."""
    left = Text.of(view.near_left)
    return (
        matcher.part
        and all(terms.stand_in(left) for terms in matcher.says)
        and all(matcher.knows(word) or word.startswith(_NARROWING) for word in left.run)
    )


def _regions(matcher: Matcher, head: str, slots: Slots, view: View) -> list[Sequence[str]]:
    """The word runs that may hold nothing the wording does not know."""
    if view.bare:
        return [_named_by(head, matcher, view)]
    right = view.near_right
    if slots.kind == "count" and view.base:  # "1 in 7 of the 23,000 ... were": said of the 1 in 7
        right = right[: next((i for i, word in enumerate(right) if word in _PREDICATE), len(right))]
    phrase = () if view.elided and not view.of_them else view.phrase.run
    if list(phrase) == list(right[: len(phrase)]):  # the right tells how the phrase goes on
        phrase = ()
    regions = [phrase, right]
    if view.labels.run:
        regions.append(_named_by(head, matcher, view))
    if slots.kind == "count":
        regions.append(noun_phrase(view.unit.run))
        if not _at(head, right):
            regions.append(view.left[_at(head, view.left) - 1 :] if _at(head, view.left) else ())
            regions.append(_since_colon(view.left))
    else:
        regions.append([word for word in _since_break(view.near_left) if word not in _ADDING and word != "among"])
    if head and not any(head in text.text for text in (view.clause, view.labels, view.caption)):
        apart = matcher.part and all(view.nearest(terms, 4, matcher.knows) for terms in matcher.says)
        source = next((t.run for t in (view.antecedent, view.sentence, view.before) if head in t.text), ())
        regions.append(() if apart else source[max(_at(head, source) - 1, 0) :])
        if slots.kind == "count" and head not in view.sentence.text:  # nothing else may be said of an absent noun
            regions.append(_since_break(view.near_left))
    return regions


def _since_break(run: Sequence[str]) -> Sequence[str]:
    return run[max((i + 1 for i, word in enumerate(run) if word in BREAKS), default=0) :]


def _since_colon(run: Sequence[str]) -> Sequence[str]:
    """What tells of which part a number is: "reports by country: India 5.6 million"."""
    at = max((i + 1 for i, word in enumerate(run) if word == ":"), default=len(run))
    return run[at:]


def _named_by(head: str, matcher: Matcher, view: View) -> list[str]:
    """The labels' words, and the heading's from the counted noun on where only it has the noun.

    Of several labels that name the noun the innermost holds: a caption may announce more than one row group tells.
    """
    parts = [part.strip() for part in view.labels.text.split("|")]
    naming = [i for i, part in enumerate(parts) if head and head in f" {part} "]
    at = 0 if naming else _at(head, view.caption.run)
    innermost = naming[-1] if naming else 0
    run = [
        word
        for i, part in enumerate(parts)
        if i not in naming[:-1]
        for word in (_untitled(part, matcher) if i < innermost else _unsorted(part).split())
    ]
    title = view.caption.run[at - 1 :] if at else ()
    if "by" in title:  # "by source" announces what the rows and columns say
        title = title[: title.index("by")]
    return [word for word in (*run, *title) if word not in BREAKS]


def _untitled(part: str, matcher: Matcher) -> list[str]:
    """A label above the one that names the noun, without what only makes it a title.

    "Program statistics" and "Community outreach" are titles; so is a unit named after the organisation ("Missing
    Children Division"). A place, a group or another body in it stays.
    """
    run = _unsorted(part).split()
    named = matcher.own_words if not UNIT_STEMS.isdisjoint(run) else frozenset[str]()
    return [word for word in run if word not in TITLE_STEMS and word not in named]


def _unsorted(part: str) -> str:
    """A label without what the rows and columns below tell: "by category, selected categories"."""
    return _SORTED_BY.sub("", part)


def _at(head: str, run: Sequence[str]) -> int:
    """Where `head` last stands in `run`, counted from 1; 0 when it does not."""
    parts = head.split()
    for i in range(len(run) - len(parts), -1, -1) if parts else ():
        if run[i] == parts[0] and list(run[i : i + len(parts)]) == parts:
            return i + 1
    return 0


def _unknown_in(run: Sequence[str], matcher: Matcher) -> str | None:
    """The first word of the run, to its first break, that the wording does not know."""
    told = 0
    for i, word in enumerate(run):
        if i < told:
            continue
        if word == "since":
            told = _beginning_told(run, i)
            continue
        if word in BREAKS:
            return None
        following = run[i + 1] if i + 1 < len(run) else ""
        if (word == "to" and following in _PURPOSES) or (word == "among" and following in _THEM):
            return None
        if word.startswith(_HOLDING) and _is_amount(run[i + 1 :]):
            return None
        if word == "and" and (following in AUXILIARIES or (following in VERBS and not matcher.knows(following))):
            return None
        if word[0].isdigit() and "-" not in word:
            if (
                following in ("state", "country")
                or word in matcher.allowed
                or _YEAR.fullmatch(word)
                or (i and (following in _TIME or run[i - 1] in _MONTHS))
                or (i > 1 and run[i - 1] == "by" and run[i - 2] in _CHANGING)
            ):
                continue
            return word if i and word.isdigit() and len(word) < 4 and run[i - 1] in _LIMITING else None
        if not matcher.knows(word):
            return word
    return None


def _beginning_told(run: Sequence[str], since: int) -> int:
    """Where the beginning told behind "since" ends: behind "since our program began"; behind "since" when none is."""
    for i in range(since + 1, min(since + _LONGEST_BEGINNING, len(run))):
        if (run[i] in BREAKS and run[i] != "up") or run[i] in _FRONT:
            break
        if run[i] in _BEGINNINGS:
            return i + 1
    return since + 1


def _is_amount(run: Sequence[str]) -> bool:
    """Whether a large number comes next, what all held together: "reports containing 6 million files"."""
    at = next((i for i, word in enumerate(run) if word not in _QUALIFIERS), len(run))
    return at < len(run) and run[at][0].isdigit() and ("," in run[at] or not _LARGE.isdisjoint(run[at + 1 : at + 2]))


def _unknown_behind(run: Sequence[str], matcher: Matcher, fronts: frozenset[str]) -> str | None:
    """The first word of a phrase that one of `fronts` opens that the wording does not know."""
    for i, word in enumerate(run):
        if word not in fronts:
            continue
        for following in run[i + 1 :]:
            if following in _HARMLESS_FRONT or following in BREAKS or following[0].isdigit():
                break
            if following.startswith(_NARROWING) and matcher.part:  # "children from care accounted for 40 cases"
                break
            if not matcher.knows(following):
                return following
            if following in PLAIN_STEMS:
                break
    return None
