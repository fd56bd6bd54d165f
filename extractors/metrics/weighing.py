"""How much the words around a statistic speak for one wording of a card, and what rules it out.

Here: one wording against one statistic. Which wordings are asked, and which of them wins, stands in `mapping`.
"""

import re

from extractors.language.lexicon import AUXILIARIES, VERBS, words
from extractors.metrics.evidence import View
from extractors.metrics.matchers import Matcher
from extractors.metrics.stemming import BREAKS, TITLE_STEMS, Terms, Text, normal

_BEING = words("is are was were been being be")
_BASE_BEFORE = re.compile(r"\b(?:of|among) (?:all |the |those |our |these )+(?P<base>[a-z][^,;.]*),[^,;.]*\Z")


def weigh(matcher: Matcher, head: str, view: View) -> tuple[int, ...]:
    """What the counted noun weighs, and each group of words that must be said; () where one is not."""
    weights = [1 + 2 * head.count(" ")]
    for terms, least in asked(matcher, head, view):
        weight = view.nearest(terms, least, matcher.knows)
        if not weight:
            return ()
        weights.append(weight)
    return tuple(weights)


def asked(matcher: Matcher, head: str, view: View) -> list[tuple[Terms, int]]:
    """The groups of words that must be said, each with the least weight of the place it may stand in."""
    reach = 4
    if (
        view.leans
        or view.such
        or not (head in view.clause.text or head in view.labels.text or head in view.caption.text)
    ):
        reach = 3 if head in view.sentence.text and not view.points_back else 2
    return [*((terms, reach) for terms in matcher.says), *matcher.about]


def forbidden_in(matcher: Matcher, view: View) -> str | None:
    """The word in the clause that the wording does not bear."""
    return view.in_clause(matcher.forbid) if matcher.forbidden & view.marks else None


def forbidden_around(matcher: Matcher, view: View) -> str | None:
    """The word around the clause that the wording does not bear."""
    return view.said_around(matcher.unless) if matcher.unless else None


def may_be_meant(other: Matcher, matcher: Matcher, view: View) -> bool:
    """Whether the words around speak of a more special metric than the one whose evidence stands no nearer."""
    if other.metric == matcher.metric or not other.says:
        return False
    if forbidden_in(other, view) is not None or forbidden_around(other, view) is not None:
        return False
    if matcher.says and all(view.nearest(terms, 4, matcher.knows) for terms in matcher.says):
        said = all(view.nearest(terms, 4, other.knows) for terms in other.says)
        return said and all(view.nearest(terms, least, other.knows) for terms, least in other.about)
    title = view.titles[0] if view.titles else view.caption
    sentence = view.sentence if view.such else view.said_before  # what is told of a number behind is not told of this
    before = Text.of(()) if "it" in view.left and not view.elided else view.before  # "it received 900 reports": all
    places = (view.phrase, view.near, view.labels, view.caption, sentence, before, title)
    said = all(any(terms.stand_in(place) for place in places) for terms in other.says)
    return said and all(view.nearest(terms, least, other.knows) for terms, least in other.about)


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


def heading_apart(matcher: Matcher, view: View) -> str | None:
    """The word by which a heading sets a labelled value apart, where only the label speaks for the metric."""
    title = () if matcher.about or not view.titles else view.titles[0].run
    for word in title:
        known = matcher.knows(word) or word in TITLE_STEMS or word in matcher.own_words or word in BREAKS
        if not known and not word[0].isdigit():
            return word
    return None


def base_of(matcher: Matcher, view: View) -> str | None:
    """Those told of, where the wording asks for them: "of the children trafficked, 86% had been in care"."""
    base = _BASE_BEFORE.search(view.left_raw)
    if base is None:
        return None
    text = normal(base["base"])
    said = any(terms.stand_in(text) for terms in matcher.says)
    return base["base"] if said and not any(terms.stand_in(text) for terms, _ in matcher.about) else None


def actor(head: str, left: list[str]) -> list[str]:
    """What stands before the number, and before the counted noun where that comes first: who did what.

    What somebody "was sent" he did not send: passives are left out.
    """
    first = head.split()[:1]
    left = [word for i, word in enumerate(left) if not i or left[i - 1] not in _BEING]
    for i in range(len(left) - 1, -1, -1):
        if left[i : i + 1] == first and f" {' '.join(left[i:])} ".startswith(head):
            return left[:i]
    return left
