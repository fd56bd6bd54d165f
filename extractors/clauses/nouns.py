"""What a number counts: the noun phrase after it, or before it where the sentence puts it there.

A shallow reading by closed word classes (no tagger): a noun phrase runs until a word that cannot stand in one, and its
head is its last plural noun. Works on folded text (`lexicon.fold`); spans are offsets into that text.
"""

import re
from collections import deque
from typing import NamedTuple

from extractors.language.lexicon import (
    ADVERBS,
    ADVERBS_BEFORE_NOUNS,
    ATTRIBUTIVE,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    GENERIC,
    MASS,
    MEASURES,
    NOUNS_IN_LY,
    PREPOSITIONS,
    PRONOUNS,
    SINGULAR_MEASURES,
    STOPS,
    TIME_UNITS,
    UNREAL,
    VERBS,
    is_plural,
    plural,
)
from extractors.language.patterns import PARTICIPLE, PAST, YEAR
from extractors.language.units import POWERED, TO_A_POWER
from extractors.language.verbs import IRREGULAR_PARTICIPLES, of_sense

_POWERED = re.compile(rf"{POWERED}|‰|per mille\b")
_WORD = re.compile(
    r"(?=\S)(?:near[ -]miss(?:es)?(?!\w)|[^\W\d_](?:&[^\W\d_]{1,12}){1,3}|"
    r"(?:[^\W\d_]{1,3}\.){2,}|[^\W\d_]{1,2}\.[^\W\d_]{2,5}(?!\w)\.?|(?:[kmg]?t)?co2(?:e|-?eq)?(?!\w)|"
    rf"(?<![^\W\d_])(?:{TO_A_POWER})(?!\w)|[^\W\d_]-?\d{{1,2}}(?![\w%])|"
    r"[^\W\d_]++(?:[-'/][^\W\d_]++)*+|\d[\d,.]*|[^\w\s])"
)
"""One token: an initialism ("A&E", "B.Ed."), a unit with its power ("m2"), a name ("K-12"), a word (inner hyphens,
apostrophes, slashes kept), a run of digits, or a mark."""
_MAX_WORDS = 9
"""Words looked at for a head; longer noun phrases before their plural are rare in statements of figures."""

_LEADING = re.compile(
    r"(?:[*†‡§¶‖¹²³⁰⁴-⁹]{1,3}|\s?\((?:\d{1,2}|[a-z])\)(?= [a-z])|"
    r"\s?\[(?:\d{1,3}(?:[,;–-]\s?\d{1,3})*|[a-z]|(?:note|nb|n) ?\d{1,2})\])?"
    r"\s*(?:[-\u2013]\s?)?(?:(?:or (?:more|so|fewer|less|higher)|plus|and counting)\b\s*)?\+?\s*"
    r"(?:(?:of|out of) (?:all|the|these|those|our|its|their|this|your|his|her|all the|all of the|all our|which)\b\s*"
    rf"(?:{YEAR}\s(?=[a-z]))?"
    r"|of (?=\w))?"
    r"(?:(?:more|fewer|less|additional|other|further|new|different|separate|such|unique|whole|full|total|individual|"
    r"of the|"
    r"of our|of its|of)\s++)*"
)
_ENDING_COMPLEMENT = re.compile(
    r"[,;:()\u2014\u2013.!?\"]|\s(?:and|but|while|whereas|which|was|were|is|are|has|have|had|will|compared|up|down|"
    r"who|since|than)\s"
)
_ACTED = re.compile(
    r"\s(?:(?:who|that|which|we|they|have|has|had|were|was|been|being|newly|also)\s){0,3}"
    r"(?!(?:regist|enroll|employ|connect|list|bas|ne|locat|affiliat|subscrib|retain|sign|involv|represent|cover|"
    rf"accredit|certifi|allow|own|us)ed\b)(?:[a-z]{{2,}}ed|{PARTICIPLE}|{PAST})\b"
)
_KEPT = re.compile(
    r"[^,;:.()\d]{0,60}?\s(?:"
    r"on (?:file|record|staff|roll|the (?:books|payroll|list|register|waiting list)|(?:our|its) books)|"
    r"registered (?:with|to|as)|known to us|in (?:our|its|the) network|enrolled (?:in|with)|"
    r"connected to|affiliated (?:with|to)|"
    r"(?:had|have|has) access|work(?:ed)? for (?:us|the|our|it|ncmec)|(?:lay|lie|stood|stand|kept|remained) open|"
    r"belong(?:ed)? to|made up (?:our|its|the) (?:staff|board|team|workforce))\b"
)
_VERB_OR_NOUN = frozenset(
    {"lives", "falls", "works", "wins", "runs", "needs", "uses", "leads", "visits", "calls", "finds", "remains", "pay"}
)
_PARTICIPLE = re.compile(r"(?:ed|en|ing|ade|ept|ent|ept|own|ung|uilt|old|ained|ught|und)$")
_COMMON_ADJECTIVE = re.compile(
    r"(?:al|ive|ous|ful|able|ible|ic|less|ary|ant|ent|ed|ing|ly|term|level|long|year-old|based|scale|time|quality|new|"
    r"small|large|big|young|old|older|younger|local|poor|needy|high|low|free|full|long|short|critical|key|top|"
    r"vulnerable|fresh|hot|clean|safe|affordable|low-income|missing|homeless|unique|further|more|total|first|second|"
    r"public|private|main|major|minor|extra|foreign|healthy|open|live|possible|suspected|noncompliant)$"
)


_PARTICIPLES = frozenset(IRREGULAR_PARTICIPLES)
_OBJECT = re.compile(rf"\b(?:[a-z]{{2,}}ed|{PAST}|of|for|with|to|by|from) (?:[a-z]+ ){{0,2}}?\d[\d,]* $")
"""A number that a verb or a preposition rules, and that therefore begins no clause."""


_SET_APART = frozenset(("short", "shy", "ahead", "set"))
"""Alone behind a number they tell how far it is from another: "640 short of the total"."""


class Noun(NamedTuple):
    """A counted noun: `unit` as the text says it, its `head`, and `phrase` with the complement that narrows it."""

    unit: str
    head: str
    start: int
    """Where the phrase begins, adjectives included."""
    end: int
    """Where the unit ends."""
    phrase_end: int
    fate: str = ""
    """What follows tells of them: `acted` ("people who took a course"), `kept` ("children on file"), or nothing."""


def noun_after(low: str, start: int, stop: int) -> Noun | None:
    """The noun phrase that begins at `start` (just behind a numeral), or None when the words there count nothing.

    `stop` bounds the search: the next numeral, or the sentence's end.
    """
    lead = _LEADING.match(low, start, stop)
    begin = lead.end() if lead else start
    powered = _POWERED.match(low, begin, stop)
    if powered:
        end = powered.end()
        return Noun(
            powered[0],
            powered["length"] or powered[0],
            begin,
            end,
            _complement_end(low, end, stop),
            _fate(low, end, stop),
        )
    tokens: list[tuple[str, int, int]] = []
    head_at = -1
    crossed_comma = False
    for match in _WORD.finditer(low, begin, stop):
        word = match.group()
        if len(tokens) > _MAX_WORDS + 6 * crossed_comma:
            break
        if not (word[0].isalpha() or word[0] in "&,"):
            break
        if word[0] == ",":
            if head_at >= 0 or not tokens or tokens[-1][0] in CONJUNCTIONS:
                break
            parts_numbers = low[start - 1 : start].isdigit() and match.end() == stop - 1  # "1 boat, 2 crews"
            crossed_comma = not parts_numbers
            continue
        if word in CONJUNCTIONS:
            if head_at < 0 and tokens and word in ("and", "or", "&"):
                tokens.append((word, match.start(), match.end()))
                continue
            break
        verb = word in VERBS and (head_at >= 0 or (word not in _VERB_OR_NOUN and (not tokens or is_plural(word))))
        verb = verb and not (not tokens and word in _PARTICIPLES and _describes(low, begin, match.end(), stop))
        adverb = start > 0 and not tokens and word in ADVERBS_BEFORE_NOUNS
        if (word in STOPS and not adverb) or verb or word in DETERMINERS:
            break
        if head_at >= 0 and not is_plural(word):
            break
        tokens.append((word, match.start(), match.end()))
        if is_plural(word):
            head_at = len(tokens) - 1
        elif len(tokens) == 1 and word in SINGULAR_MEASURES:
            head_at = 0
            break
    if head_at < 0 and tokens and tokens[0][0] in ADVERBS_BEFORE_NOUNS:
        return None  # "we reached 480 online"
    if head_at < 0:
        head_at = _singular_head(tokens, crossed_comma)
    if head_at < 0:
        return None
    first, last = _trim(tokens, head_at), head_at
    end = tokens[last][2]
    if tokens[last][0] not in SINGULAR_MEASURES:  # "40 km² and stores"
        end = _shared_head(low, tokens[last], stop) or _coordinated(low, end, stop) or end
    unit = low[tokens[first][1] : end]
    return Noun(unit, unit.split()[-1], tokens[0][1], end, _complement_end(low, end, stop), _fate(low, end, stop))


def _describes(low: str, begin: int, end: int, stop: int) -> bool:
    """Whether a participle between a number and a plural describes it: "found 19 lost dogs", not "19 lost homes"."""
    following, led = _WORD.match(low, end + 1, stop), _OBJECT.search(low, max(0, begin - 40), begin)
    return following is not None and is_plural(following.group()) and led is not None


def _singular_head(tokens: list[tuple[str, int, int]], crossed_comma: bool) -> int:
    """Where no plural stands: a mass noun, a unit, or the only short run of words before the phrase ends."""
    for i, (word, _, _) in enumerate(tokens):
        if word in MASS or word in MEASURES or word in TIME_UNITS:
            return i
    if crossed_comma:
        return -1
    plain = [i for i, (word, _, _) in enumerate(tokens) if word not in CONJUNCTIONS]
    while plain and (_PARTICIPLE.search(word := tokens[plain[-1]][0]) or word in VERBS or word in _SET_APART):
        plain.pop()
    return plain[-1] if plain and len(plain) <= 4 else -1


def _trim(tokens: list[tuple[str, int, int]], head: int) -> int:
    """The first word of the unit: adjectives and participles before the head are left to the phrase."""
    first = head
    while first > 0 and tokens[first - 1][0] not in CONJUNCTIONS and head - first < 2:
        word = tokens[first - 1][0]
        adjective = _COMMON_ADJECTIVE.search(word) and word not in NOUNS_IN_LY
        if word not in MEASURES and (adjective or "." in word or word in ADVERBS):
            break  # "cubic" and "nautical" make the unit another
        first -= 1
    return next((i for i in range(first - 1, -1, -1) if tokens[i][0] in UNREAL), first) if first else 0


def _fate(low: str, end: int, stop: int) -> str:
    if _KEPT.match(low, end, stop):
        return "kept"
    return "acted" if _ACTED.match(low, end, stop) else ""


_SEVERAL = re.compile(
    r"(?P<things>(?:,\s[a-z-]+){1,3}),?\s(?:and|or|&)\s(?:other\s)?(?P<last>[a-z-]+)(?=[\s,.;:)!?]|$)"
)
"""The rest of a list that one number counts: "images, videos and other files"."""
_AND_PLURAL = (
    re.compile(r"\s(?:and|or|&)\s([a-z-]+)(?=[\s,.;:)!?]|$)"),
    re.compile(r"\s(?:and|or|&)\s[a-z-]+\s([a-z-]+)(?=[\s,.;:)!?]|$)"),
)


_FOLLOWS = re.compile(rf"(?:ed|ing)$|^(?:{PARTICIPLE})$")


def _coordinated(low: str, end: int, stop: int) -> int | None:
    """The end of "images and videos" from the end of "images", when a second plural noun is joined to the first."""
    several = _SEVERAL.match(low, end, stop)
    if several and all(map(is_plural, several["things"].replace(",", " ").split())) and is_plural(several["last"]):
        return several.end()
    for pattern in _AND_PLURAL:
        match = pattern.match(low, end, stop)
        if not match or not is_plural(match.group(1)) or match.group(1) in VERBS:
            continue
        joined = low[end : match.start(1)].split()[1:]
        if any(word in STOPS or word in DETERMINERS or word in VERBS for word in joined):
            continue
        follow = _WORD.match(low, match.end() + 1) if low[match.end() : match.end() + 1] == " " else None
        after = follow.group() if follow else ""
        if after and after[0].isdigit():
            continue
        if after and after[0].isalpha() and after not in STOPS and not _FOLLOWS.search(after):
            continue
        return match.end()
    return None


_OTHERS_AND_HEAD = re.compile(
    r"(?P<others>(?:,\s[a-z'-]+(?:\s[a-z'-]+)?){1,4}),?\s(?:and|or|&)\s(?:[a-z'-]+\s)?(?P<head>[a-z-]+)(?![\w'-])"
)


def _shared_head(low: str, token: tuple[str, int, int], stop: int) -> int | None:
    """The end of "police, fire and ambulance crews", whose first word looks like a plural of its own."""
    rest = _OTHERS_AND_HEAD.match(low, token[2], stop) if token[0] in ATTRIBUTIVE else None
    if rest is None or rest["head"] in VERBS or not is_plural(rest["head"]):
        return None
    between = _WORD.findall(low, token[2], rest.start("head"))
    for word in between:
        closed = word in DETERMINERS or (word in STOPS and word not in CONJUNCTIONS) or word in VERBS
        if closed or word.endswith("ed") or (is_plural(word) and word not in ATTRIBUTIVE):
            return None
    return rest.end()


def _complement_end(low: str, end: int, stop: int) -> int:
    match = _ENDING_COMPLEMENT.search(low, end, min(stop, end + 120))
    return match.start() if match else min(stop, end + 120)


_NUMBER_OF = re.compile(
    r"\b(?:number|count|numbers|tally|total|sum|amount|volume|population|quantity|figure|figures) (?:of|for) "
    r"(?:(?:the|all|our|its|their|these|those|unique|active|new)\s)*"
)
_SUBJECT_LEAD = re.compile(
    r"^(?:(?:in|by|during|since|as of|at|on|for|over|between|from|through|until|after|before|"
    r"(?:taken |counted )?together with|along with|including|counting)\s[^,]{1,60},\s*)?"
    r"(?:(?:and|but|while|meanwhile|also|the|our|its|their|total|overall|annual|average|all)\s)*"
)


_NEVER_SUBJECTS = VERBS | of_sense("bring") | {"times"}


def noun_before(low: str, start: int, stop: int) -> Noun | None:
    """The noun that the clause names before a numeral at `stop`: "the number of calls was", "Visits rose to"."""
    last = deque(_NUMBER_OF.finditer(low, start, stop), maxlen=1)
    if last:
        noun = noun_after(low, last[0].end(), stop)
        if noun:
            return noun
    clause = low[start:stop]
    lead = _SUBJECT_LEAD.match(clause)
    begin = start + (lead.end() if lead else 0)
    run: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(low, begin, stop):
        word = match.group()
        if word in PREPOSITIONS or word in AUXILIARIES or word in _NEVER_SUBJECTS or not word[0].isalpha():
            if run:
                break
            continue
        if word in PRONOUNS or word in DETERMINERS or word in CONJUNCTIONS or word in ADVERBS:
            if run:
                break
            continue
        if run and not is_plural(word):
            break
        if is_plural(word):
            run.append((word, match.start(), match.end()))
    if run and run[-1][0] in GENERIC:
        named = _WORD.findall(low, begin, run[-1][1])
        if not named or not named[-1].isalpha() or named[-1] in DETERMINERS | STOPS:
            return None
        head = plural(named[-1])
        return Noun(head, head, run[-1][1], run[-1][2], run[-1][2])
    if run:
        end = _coordinated(low, run[-1][2], stop) or run[-1][2]
        unit = low[run[-1][1] : end]
        return Noun(unit, unit.split()[-1], run[-1][1], end, _complement_end(low, end, stop), _fate(low, end, stop))
    return None
