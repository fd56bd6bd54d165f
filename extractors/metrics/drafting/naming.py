"""What a drafted metric is called: its label, its slug, its unit; and the slugs of members.

Here: names only. Nothing is matched by them.
"""

import re
from collections.abc import Collection, Sequence

from extractors.language import verbs
from extractors.language.lexicon import AUXILIARIES, plural, words
from extractors.metrics.drafting.figures import Figure, Word, is_total
from extractors.metrics.drafting.groups import Group

_LONGEST_LABEL = 60
_LONGEST_PHRASE = 6
_SLUG_WORDS = 4
_SMALL = words(
    "a an the of to in on at by for from with and or our we us its their who that were was is are share shares"
)
_NO_TEXT = words("y n yes no on off true false null")
"""What YAML would read as something else."""
_OF_MONEY = {"money": "Money", "duration": "Time"}


def label_of(group: Group) -> str:
    """What the metric is called: the label of a tile or row as it stands, else noun, verb and complement."""
    first = _teller(group)
    if group.identity == "shares":
        titles = first.slots.titles
        return _tidy(f"Shares: {titles[-1] if titles else 'parts'}")
    for one in group.figures:
        named = [_without_total(part) for part in one.labels if part != group.member(one)]
        of_all = group.member(one) is None or not group.named
        if one.is_labelled and any(named) and one.sort != "change" and of_all:
            return _tidy(next(part for part in reversed(named) if part))
    noun = " ".join(word.said for word in first.noun)
    behind = _phrase(first.complement)
    if first.sort == "share":
        told = behind or " ".join(word.said for word in first.telling[:3])
        return _tidy(f"Share of {noun}: {told}" if noun else f"Share: {told}")
    verb = first.verb
    if verb is not None and any(word is verb for word in first.complement):
        return _tidy(f"{noun} {behind}")
    done = _participle(verb) if verb is not None and first.is_next_to_verb else ""
    if not noun and first.sort in _OF_MONEY:
        return _tidy(_of_money(first, done, behind))
    return _tidy(f"{noun} {done} {behind}")


def _of_money(one: Figure, done: str, behind: str) -> str:
    """ "Money given by members", "Cost of energy"."""
    subject = " ".join(word.said for word in one.left if word.is_content and word is not one.verb)
    if done == "cost":
        return f"Cost of {behind or subject}"
    by = f"by {subject}" if subject and not behind else ""
    return f"{_OF_MONEY[one.sort]} {done} {behind} {by}" if done else f"{_OF_MONEY[one.sort]}: {subject} {behind}"


def _participle(word: Word) -> str:
    """What was done, of a verb: "given" of "gave"."""
    verb = next((verb for verb in verbs.ALL if word.said in verb.forms), None)
    return verb.participle[0] if verb is not None else word.said


def _without_total(label: str) -> str:
    """A label without what only says that it is a total: "total income"."""
    return " ".join(word for word in label.split() if not is_total(word)) if is_total(label) else label


def _phrase(run: Sequence[Word]) -> str:
    """The first words of a run, without verbs of being in front, and without an end that tells nothing: "in 2023"."""
    first = list(run[:_LONGEST_PHRASE])
    while first and first[0].said in AUXILIARIES:
        first.pop(0)
    while first and not first[-1].is_content:
        first.pop()
    return " ".join(word.said for word in first)


def _tidy(label: str) -> str:
    label = " ".join(label.split()).strip(" ,;:.()-") or "Metric"
    if len(label) > _LONGEST_LABEL:
        label = label[:_LONGEST_LABEL].rsplit(" ", 1)[0]
    return label[:1].upper() + label[1:]


def slug_of(label: str, taken: Collection[str], ending: str = "") -> str:
    """A short name made of the label's words, unlike any that is taken."""
    said = re.findall(r"[a-z][a-z0-9]*", label.lower().replace("'", ""))
    telling = [word for word in said if word not in _SMALL | _NO_TEXT] or ["metric"]
    for size in range(min(_SLUG_WORDS, len(telling)), len(telling) + 1):
        slug = "_".join(telling[:size]) + ending
        if slug not in taken:
            return slug
    number = next(n for n in range(2, len(taken) + 3) if f"{slug}_{n}" not in taken)
    return f"{slug}_{number}"


def unit_of(group: Group) -> str:
    """In what the metric is counted: a currency, percent, a physical unit or a plural noun."""
    one = _teller(group)
    if one.sort == "share":
        return "percent"
    if one.sort in ("money", "measure", "duration"):
        return one.fact.unit or one.sort
    said = [word.said for word in one.noun]
    return " ".join([*said[:-1], plural(said[-1])]) if said else one.fact.unit or "things"


def measure_of(group: Group) -> str:
    """How the metric adds up: a share, an average, a stock where most of its figures stand at a moment, or a flow."""
    figures = [one for one in group.figures if one.sort != "change"]
    if figures[0].sort == "share":
        return "share"
    if figures[0].is_rate:
        return "average"
    standing = sum(one.fact.period_type == "as_of" for one in figures)
    return "stock" if 2 * standing > len(figures) else "flow"


def _teller(group: Group) -> Figure:
    """The figure by which a group is named: one of the total with a noun of its own, if there is any."""
    figures = [one for one in group.figures if one.sort != "change"]
    return min(figures, key=lambda one: (group.member(one) is not None, not (one.noun or one.telling)))
