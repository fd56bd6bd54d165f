"""Whether a sentence speaks of somebody else, or of what could be, rather than of what the organisation reports.

Here: the closed classes by which English brings in an unnamed body ("a bank's hotline", "another charity") and by which
it tells what is possible ("one report can hold thousands"), and the name that is a clause's subject. Bodies named
elsewhere stand in the source cards.
"""

import re

from extractors.language.lexicon import AUXILIARIES, VERBS, words
from extractors.metrics.stemming import stems

_SUBJECT = re.compile(
    r"(?:^\W*other|(?:^|[;:]|(?:^|,? )(?:that|while|and|but|whereas)\b)\s*"
    r"(?:an?|another|some other|one|two|three|four|five|several|any|each|every))\s"
    r"(?!(?:total|sum|record|combined|estimated|average|further|additional|majority|quarter|third|half|fifth|tenth|year|month|"
    r"day|week|decade|percent|in|child|missing|case|report|call|hash|hash value|number|little|few|growing|result|"
    r"single day)\b)"
    r"[a-z][\w'-]*[^,;:]*?\s"
    r"(?:had|has|have|was|were|is|are|said|says|did|ran|gave|took|got|saw|held|drew|led|found|sent|made|spoke|kept|won|went|"
    r"[a-z]{2,}ed)\s"
)
"""An indefinite noun as the subject of a verb: somebody told of for the first time ("an insurer's website had")."""
_BODIES = """
    agency agencies authority bank bureau business center centre charity city clinic club coalition college commission
    company county department district firm force foundation group helpline hospital hotline initiative institute
    institution line museum network nonprofit office organisation organization partner platform police program programme
    provider publisher regulator researcher researchers school service site society state study survey unit university
    utility website zoo
    """
_BODY = "|".join(_BODIES.split())
_UNNAMED = re.compile(
    r"(?:^|[;:]|(?:^|,? )(?:that|while|and|but|whereas)\b)\s*"
    r"(?:an?|another|some other|one|any|each|every|rival|foreign|neighbou?ring)\s"
    rf"(?:[\w-]+\s){{0,3}}?(?:{_BODY})(?:'s)?\b"
)
"""A body brought in by an indefinite article where a clause begins: its subject, told for the first time.

Behind a comma it would only explain the name in front ("Team HOPE, a group of volunteers").
"""
_PLACES = """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois
    indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
    nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
    canada mexico india australia britain england scotland wales ireland germany france japan brazil
    european british english scottish irish canadian mexican australian indian german french dutch
"""
_PLACE = "|".join(
    [
        *_PLACES.split(),
        "new (?:hampshire|jersey|mexico|york|zealand)",
        "(?:north|south) (?:carolina|dakota)",
        "rhode island",
        "west virginia",
        "united kingdom",
        "puerto rico",
    ]
)
_PLACE_FIRST = re.compile(rf"^\W*(?:the )?(?:state of )?(?:{_PLACE})(?:'s)?\b(?!,)")
"""A state or a country that opens the clause: its police, its share, its row in a list."""
_NATIONAL = re.compile(
    r"\b(?:nationally|nationwide|the (?:whole |entire )?nation(?:'s)?|national (?:total|figure|number|count|level)s?"
    r"|(?:in|across|throughout) the (?:whole |entire )?(?:u\.s\.|united states|country|nation))(?![a-z])"
)
"""Not "the national hotline", which is a name."""
_OPENING = re.compile(r"^\W*(?:(?:in|during|by|since|throughout|for)\s[^,]{0,24}?\d{4},?\s)?")
_APART = re.compile(
    r"\b(?:a |an )?(?:different|separate|another|unrelated|rival|foreign|sister)\s(?:[\w-]+\s){0,2}"
    rf"(?:{_BODY}|body)\b"
)
"""A body set apart in passing: "the night line, a different charity, answered"."""
_POSSIBLE = re.compile(r"\b(?:can|could|may|might|would)(?: [a-z'-]+){1,4}[^\w:;.]*$")
"""A verb of possibility that governs what directly follows it."""
_INTENDED = re.compile(
    r"\b(?:will|expects?|goal|target|(?:we|ncmec|center) (?:now )?(?:want|need|aim for|hope for)s?"
    r"|(?:aim|hope|plan|intend|want|wish)(?:s|ed|es)? to [a-z]+|(?:aiming|hoping) to)\b"
    r"[^.;]*$"
)
"""A goal or a forecast in front of the number: it is yet to happen."""
_SUPPOSED = re.compile(
    r"[^.;]{0,60}\bwould\b|[^.;]{0,80}\b(?:is|remains) (?:our|the|its) (?:aim|goal|target|plan|hope)\b"
)
_CLASS = re.compile(r"[^:.;,]{1,40}: (?P<below>(?:fewer|less) than |under |below |up to |at most )?")
_OR_MORE = re.compile(r" [a-z][a-z -]{1,30} (?:or|and) (?:more|fewer|less|over|under|above|below|up)\W*$")
_STUDIED = re.compile(
    r"^\W*(?:researchers|scholars|academics|scientists|journalists|auditors|economists)\b"
    r"|\b(?:sample|survey|study|poll) of\b"
)
"""Figures of somebody's research."""
_CAPITAL = r"[A-Z][\w.&'\u2019-]*"
_NAMED = re.compile(
    rf"\W*(?:(?:In|During|By|Since|Throughout)\s[^,]{{0,24}}?\d{{4}},?\s)?(?:[Tt]he\s)?"
    rf"(?P<name>{_CAPITAL}(?:\s(?:(?:of|for|and|the|on|in|against|&)\s){{0,2}}{_CAPITAL}){{0,9}})"
    r"(?:\s\([A-Z][\w.]*\))?\s(?P<verb>[a-z]+)\s"
)
_NAMELESS = words(
    "many most some all these those our its their each every both other several few more fewer no any such with while "
    "when after before as if since because thanks through by in on at for from of to we it they he she you i that this "
    "staff police personnel everyone nobody anyone anybody someone somebody everybody people almost nearly about over "
    "another an a the one and but or where "
    "until once altogether together also then law division department unit section team office program programme "
    "project initiative service center centre clearinghouse board outreach foster"
)
"""Words that may open a sentence, or stand in the name of a part of the organisation, and make no body of it."""
_FAR, _NEAR = 400, 60
"""Characters looked at from the beginning, and in front of the number: a sentence may be as long as its page."""
_OURS = re.compile(r"\b(?:we|our|us|ours)\b")


def another_in(sentence: str, clause: str, number_at: int) -> str | None:
    """The unnamed body, or the place, that `clause`, up to the number at `number_at`, has as its subject.

    `sentence` and `clause` are folded; a clause that says "we" or "our" is the organisation's own.
    """
    left = clause[: min(number_at, _FAR)]
    if _OURS.search(left):
        return None
    opened = _OPENING.sub("", left)
    found = _UNNAMED.search(opened) or _SUBJECT.search(opened) or _STUDIED.search(opened) or _PLACE_FIRST.search(opened)
    if not found and not _OURS.search(sentence, 0, _FAR):
        found = _APART.search(sentence, 0, _FAR)
    return found[0].strip(" ,;:") if found else None


def speaks_of_the_nation(sentence: str) -> bool:
    """Whether a sentence tells of the whole country."""
    return bool(_NATIONAL.search(sentence))


def actor_named(left: str) -> tuple[str, ...]:
    """The stems of the name that is the subject: "The U.S. Marshals Service arrested". None of a part of a name.

    `left` is the clause up to the number as written. Whether the name is somebody else's a wording's own words tell.
    """
    named = _NAMED.match(left, 0, _FAR)
    if named is None or _OURS.search(left.lower()):
        return ()
    verb, name = named["verb"], named["name"]
    if not (verb in AUXILIARIES or verb in VERBS or verb.endswith("ed")):
        return ()
    if " " not in name and name.endswith("s"):  # "Analysts reviewed": a noun that opens the sentence
        return ()
    return tuple(word for word in stems(name) if word not in _NAMELESS and word[0].isalpha())


def possible_in(clause: str, number_at: int, number_end: int) -> str | None:
    """The verb of possibility before the number, or what supposes it: nobody counted it."""
    left = clause[max(number_at - _NEAR, 0) : number_at]
    found = _POSSIBLE.search(left) or _SUPPOSED.match(clause, number_end)
    return found[0].strip() if found else None


def is_limit_of_a_class(clause: str, number_at: int, number_end: int) -> bool:
    """Whether a line tells what belongs to a class: "Large chapters: 500 members or more"."""
    label = _CLASS.fullmatch(clause, 0, number_at)
    return bool(label and (label["below"] or _OR_MORE.match(clause, number_end)))


def intended_in(said: str, number_at: int) -> str | None:
    """The goal or forecast in front of the number: it is yet to happen."""
    found = _INTENDED.search(said[max(number_at - 2 * _NEAR, 0) : number_at]) if number_at > 0 else None
    return found[0].strip() if found else None
