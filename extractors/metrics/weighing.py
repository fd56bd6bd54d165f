"""How much the words around a statistic speak for one wording of a card, and what rules it out.

Here: one wording against one statistic. Which wordings are asked, and which of them wins, stands in `mapping`.
"""

import re

from extractors.language.lexicon import AUXILIARIES, VERBS, words
from extractors.metrics.evidence import View
from extractors.metrics.matchers import Matcher
from extractors.metrics.stemming import BREAKS, TITLE_STEMS, Terms, Text, normal

_OF_SOMETHING = re.compile(
    r"\b(?:of|among) (?:all |the |our |its )*(?!all|the|our|its|those|these|them|which|whom|that|latter|former)[a-z]"
)
_BEING = words("is are was were been being be")
_BASE_BEFORE = re.compile(r"\b(?:of|among) (?:all |the |those |our |these )+(?P<base>[a-z][^,;.]*),[^,;.]*\Z")
_BASE_BEHIND = re.compile(
    r"\W*of (?:all |the |those |our |these )*(?P<base>[a-z][^,;.]*?)\s"
    r"(?:were|was|are|is|had|have|came|come|went|who|that)\b"
)


def weigh(matcher: Matcher, head: str, view: View) -> tuple[int, bool]:
    """The weight of the evidence, 0 when the wording does not apply; whether some of it stands outside the sentence."""
    if matcher.needs & ~view.marks or matcher.labelled is (not view.bare):
        return 0, False
    if matcher.labelled and not _is_plainly_headed(matcher, view):
        return 0, False
    reach = 4
    if (
        view.leans
        or view.such
        or not (head in view.clause.text or head in view.labels.text or head in view.caption.text)
    ):
        reach = 3 if head in view.sentence.text and not view.points_back else 2
    about = 3 if not head and not view.of_them and _OF_SOMETHING.search(view.sentence_raw) else matcher.reach
    weights = [1 + 2 * head.count(" ")]
    for terms, least in (*((terms, reach) for terms in matcher.says), *((terms, about) for terms in matcher.about)):
        weight = view.nearest(terms, least, matcher.knows)
        if not weight:
            return 0, False
        weights.append(weight)
    if not head and matcher.about and _reverses(matcher, view):
        return 0, False
    if view.base and matcher.part and not all(terms.stand_in(Text.of(view.near_right)) for terms in matcher.says):
        return 0, False  # "60% of the 29,000 cases": what is told of the 60% is not told of the cases
    if view.of_another(matcher) or is_ruled_out(matcher, view):
        return 0, False
    if view.leans and 3 in weights[1 : 1 + len(matcher.says)] and matcher.forbid.stand_in(view.said):
        return 0, False  # a clause that takes what is said from its sentence takes what rules it out there too
    if matcher.not_before and matcher.not_before.stand_in(Text.of(_actor(head, view.left))):
        return 0, False
    return sum(weights), min(weights[1:], default=9) < 3


def is_ruled_out(matcher: Matcher, view: View) -> bool:
    """Whether a word stands in the clause, or around it, that the wording does not bear."""
    if matcher.forbidden & view.marks and view.in_clause(matcher.forbid):
        return True
    return bool(matcher.unless and view.said_around(matcher.unless))


def is_shared(terms: Terms, matcher: Matcher, left: list[str]) -> bool:
    """Whether what the wording asks for stands only in a row with something else, whose figure is not told apart.

    "The reading club and the chess club reached 900 children": a sum, not the figure of either.
    """
    for i, word in enumerate(left):
        ahead, behind = left[max(i - 3, 0) : i], left[i + 1 : i + 4]
        if word != "and" or not behind or _is_verb(behind[0]):
            continue
        before = _is_at_end(terms, ahead)
        if not before and not any(terms.stand_in(Text.of(behind[:n])) for n in (1, 2, 3)):
            continue
        other = behind if before else ahead[::-1]
        other = other[: next((j for j, one in enumerate(other) if one in BREAKS or _is_verb(one)), len(other))]
        first, last = (max(i - 3, 0), i + len(other)) if before else (i - len(other), i + 3)
        apart = Text.of([*left[:first], "|", *left[last + 1 :]])
        if not all(map(matcher.knows, other)) and not terms.stand_in(apart):
            return True
    return False


def _is_at_end(terms: Terms, run: list[str]) -> bool:
    """Whether one of `terms` ends with the last word of `run`."""
    return terms.stand_in(Text.of(run)) and not terms.stand_in(Text.of(run[:-1]))


def _is_verb(word: str) -> bool:
    return word in AUXILIARIES or word in VERBS or word.endswith("ed") or word[0].isdigit()


def _is_plainly_headed(matcher: Matcher, view: View) -> bool:
    """Whether the heading above a labelled value sets nothing apart, where only the label speaks for the metric."""
    title = () if matcher.about or not view.titles else view.titles[0].run
    return all(
        matcher.knows(word) or word in TITLE_STEMS or word in matcher.own_words or word in BREAKS or word[0].isdigit()
        for word in title
    )


def _reverses(matcher: Matcher, view: View) -> bool:
    """Whether it is a share of those the wording asks for: "of the children trafficked, 86% had been in care"."""
    base = _BASE_BEHIND.match(view.right_raw) or _BASE_BEFORE.search(view.left_raw)
    if base is None:
        return False
    text = normal(base["base"])
    said = any(terms.stand_in(text) for terms in matcher.says)
    return said and not any(terms.stand_in(text) for terms in matcher.about)


def _actor(head: str, left: list[str]) -> list[str]:
    """What stands before the number, and before the counted noun where that comes first: who did what.

    What somebody "was sent" he did not send: passives are left out.
    """
    first = head.split()[:1]
    left = [word for i, word in enumerate(left) if not i or left[i - 1] not in _BEING]
    for i in range(len(left) - 1, -1, -1):
        if left[i : i + 1] == first and f" {' '.join(left[i:])} ".startswith(head):
            return left[:i]
    return left
