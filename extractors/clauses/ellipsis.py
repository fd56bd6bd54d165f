"""Ellipsis: the noun of a number that stands without one.

It is the noun of its twin, of its neighbour, of the subject, or of the sentence before; `Counted` says which.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.clauses.claims import Clause, Counted, Quantity, Sentence
from extractors.clauses.nouns import Noun, noun_before
from extractors.language.lexicon import GROUPS, MEASURES, PEOPLE, POSTS, STOPS, TIME_UNITS, is_plural, words
from extractors.language.patterns import PARTICIPLE, PAST, any_of
from extractors.language.verbs import MOVED, of_sense

_GROUP_OF = re.compile(rf"\b(?P<group>{'|'.join(sorted(GROUPS))}) of (?:more than |over |about |some |nearly )?$")
_APPOSED = re.compile(r"\b(?P<noun>[a-z-]+)(?:, at | \()$")
_PLACES = words("states countries territories provinces counties cities towns communities districts languages nations")
_WHERE = re.compile(r"\b(?:in|from|across|to) (?:all |some |these )?$")
_HAVING_DONE = re.compile(
    r"\b(?!(?:totall?|number|reach|exceed|pass|topp|equall?|averag|surpass|climb|increas|declin|dropp|record|estimat)ed\b)"
    rf"(?:[a-z]+ed|{PARTICIPLE}|{PAST}|been through|gone through) $"
)
"""Before a bare number: its subject did something to what is counted ("analysts have gone through 152 million")."""
_OUT_OF = re.compile(r" (?:out )?of (?:all )?(?:the |our |its |their |these |those )?")
""" "We saw otters at 38 of our 52 sites": both count sites."""
_IS_SO_MANY = re.compile(r"\b(?:is|are|was|were|made up|make up|accounted for) (?:about |nearly |only |just |some )?$")
_OF_THEM = re.compile(r"\s(?:out )?of (?:them|these|those)\b(?! \w+s\b)")


def elided(sentence: Sentence, clauses: Sequence[Clause], earlier: Sequence[Quantity]) -> Counted:
    """What the bare number of the clause behind the `earlier` ones counts."""
    i, carried = len(earlier), Counted(sentence.carry.noun, "carried")
    clause, low = clauses[i], sentence.low
    start = clause.mention.claim_start
    if earlier and earlier[-1].compared and sentence.between(earlier[-1], clause).endswith(" to "):
        return Counted(earlier[-1].noun, "twin")
    apposed = _APPOSED.search(sentence.ahead_of(clause, 40))
    if apposed and is_plural(apposed["noun"]):
        return Counted(_noun_at(apposed["noun"], start - len(apposed.group()), start))
    whole = clauses[i + 1] if i + 1 < len(clauses) else None
    if whole and whole.behind and clause.mention.form == "number":
        told = _IS_SO_MANY.search(sentence.ahead_of(clause, 30))
        if told is None and _OUT_OF.fullmatch(sentence.between(clause, whole)):
            return Counted(whole.behind, "list")
    twins = [c for c in earlier if not (c.compared or _is_where(sentence, c))]
    rank = sum(c.compared for c in earlier)
    if clause.compared and rank < len(twins) and sum(c.compared for c in clauses) == len(twins):
        twin = twins[rank].noun
        if twin is not None:
            return Counted(twin, "twin")
    if _OF_THEM.match(low, clause.mention.claim_end):
        counted = [c.noun for c in earlier if c.noun and c.kind == "count" and not _is_where(sentence, c)]
        if earlier and not counted:
            return _subject(sentence, sentence.start, start) or carried
        return Counted(counted[-1], "list") if counted else carried
    group = _GROUP_OF.search(sentence.ahead_of(clause, 30))
    if group:
        return Counted(_noun_at(group["group"], start - len(group.group()), start))
    own = _own_subject(sentence, clause, earlier)
    if own:
        return own
    named = [c for c in earlier if c.noun and c.kind in ("count", "measure", "duration")]
    named = [c for c in named if not _is_where(sentence, c)]
    things = [c.noun for c in named if c.noun and c.noun.head not in TIME_UNITS and c.noun.head not in MEASURES]
    number_of = low.rfind("number of ", sentence.start, start)
    if any(c.mention.end <= number_of for c in named):  # "reviewed 22 images, and the number of victims rose to 50"
        return _subject(sentence, number_of, start) or Counted()
    if things:
        return Counted(things[-1], "list")
    if named and sentence.listed(named[-1], clause):
        return Counted(named[-1].noun, "list")
    for here, there in pairwise(clauses[i:]):
        if not sentence.listed(here, there):
            break
        if there.behind:
            return Counted(there.behind, "list")
    subject = _subject(sentence, sentence.start, start)
    if subject and not (carried.noun and _HAVING_DONE.search(sentence.ahead_of(clause, 30))):
        return subject
    for later in clauses[i + 1 :]:
        if later.behind and later.left == clause.left:
            return Counted(later.behind, "list")
    return carried


_LEVEL = (
    r"(?:reach(?:ed)?|hit|number(?:ed)?|total(?:l?ed)?|averaged|were|stood at|came to|come to|amounted to|added up to|"
    r"ran to|(?:grew|grown|rose|risen|climbed|fell|fallen|dropped|increased|decreased|declined) to)"
)
_OVER = re.compile(r"(?:exceed|pass|top|surpass|cross)")
_OWN_SUBJECT = re.compile(
    r"(?:[,;]|\b(?:and|while|but|whereas)) (?:(?:the|our|its|their|new|total|all) )*(?P<noun>[a-z-]+) "
    rf"(?:(?:had|have|also|even) )?(?P<level>{_LEVEL} )?$"
)


_MAIN_SUBJECT = re.compile(
    r", (?:(?:by|in|last|this) [a-z]+,? )?(?:(?:the|our|its|their|new|total|all) )*(?:[a-z'-]+ )??(?P<noun>[a-z-]+) "
    rf"(?:(?:had|have|also|even) )?(?P<level>{_LEVEL} (?:by )?)?$"
)
"""The subject behind a clause or a phrase that opens the sentence: "While donors gave, applications topped"."""
_ONE_SUBJECT = re.compile(
    r"(?:[,;]|\b(?:and|while|but|whereas)) (?:[a-z]+ [a-z]+, )?(?:(?:the|our|its|their|his|her|total) )*"
    r"(?:[a-z'-]+ ){0,2}?(?P<noun>[a-z-]+) (?:(?:had|has|have|also|even|then) )?"
    rf"(?:{any_of(sorted(MOVED | of_sense('move')))})\b[^;.]{{0,30}}? (?:to|from) (?:[a-z]+ ){{0,3}}$"
)
"""A subject in the singular that moved: "and our readership rose by 9% to nearly"."""
_STANDS_FOR = words("figure number total count sum tally amount volume rate share average it that this which level")
"""Subjects that stand for what was counted before."""
_BARE_SUBJECT = re.compile(r"(?:,|;|,? and) [a-z-]+ ")


def _own_subject(sentence: Sentence, clause: Clause, earlier: Sequence[Quantity]) -> Counted | None:
    """The subject that a later clause has of its own: "visits passed 45,000 and bookings reached 1,200"."""
    start = clause.mention.claim_start
    if not earlier:
        main = _MAIN_SUBJECT.search(sentence.low, max(sentence.start, start - 60), start)
        rules = main and is_plural(main["noun"]) and (main["level"] or _OVER.match(sentence.low, start))
        if main is None or not rules or (main["noun"] in PEOPLE | POSTS and (main["level"] or "").startswith("reach")):
            return None
        return Counted(_noun_at(main["noun"], main.start("noun"), start), "subject")
    one = _ONE_SUBJECT.search(sentence.low, max(sentence.start, start - 90), start)
    if one and not is_plural(one["noun"]) and one["noun"] not in _STANDS_FOR | STOPS:
        named = one["noun"] in GROUPS
        return Counted(_noun_at(one["noun"], one.start("noun"), start) if named else None, "subject")
    found = _OWN_SUBJECT.search(sentence.low, max(earlier[-1].mention.claim_end, start - 60), start)
    if found is None or not is_plural(found["noun"]):
        return None
    if found["level"]:
        if found["level"].startswith("reach") and found["noun"] in PEOPLE | POSTS:
            return None  # "volunteers reached 1,200" families
    elif not _OVER.match(sentence.low, start):
        bare = _BARE_SUBJECT.fullmatch(sentence.between(earlier[-1], clause))
        if bare is None or earlier[-1].counted.source != "subject":
            return None  # "arrests numbered 40, charges 31"
    return Counted(_noun_at(found["noun"], found.start("noun"), start), "subject")


def _noun_at(word: str, start: int, number_at: int) -> Noun:
    """A noun in front of its number."""
    return Noun(word, word, start, start + len(word), number_at)


def _subject(sentence: Sentence, start: int, end: int) -> Counted | None:
    noun = noun_before(sentence.low, start, end)
    return Counted(noun, "subject") if noun else None


def _is_where(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a count of places only tells where: "reports from all 50 states, over 9,000 of them urgent"."""
    noun = quantity.noun
    return noun is not None and noun.head in _PLACES and bool(_WHERE.search(sentence.ahead_of(quantity, 20)))
