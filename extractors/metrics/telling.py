"""Why a statistic is not taken for a metric, in a few words that a person who writes a card can act on.

Here: sentences for what `explaining` found. Nothing is judged.
"""

from extractors.metrics.explaining import Explanation, Judged

_SENTENCES = {
    "forbidden": "`{}` stands in its clause, which `never` bars",
    "forbidden_around": "`{}` stands around it, which `never: {{sentence: …}}` bars",
    "forbidden_where_said": "`{}` stands in its sentence, which `never` bars",
    "done_by_another": "`{}` leads to it, which `never: {{leading: …}}` bars",
    "unknown_word": "`{}` narrows what is counted; put it into `only` if it does not",
    "unknown_front": "`{}` in front narrows what is counted; put it into `only` if it does not",
    "numbered": "`{}` in its label tells of a part",
    "part": "`{}` makes it a part",
    "complement": "`{}` makes it what is left over",
    "in_so_many": "`{}` happened in so many: a part",
    "accounted_for": "`{}` makes it a part",
    "theirs": "`{}`: somebody else did it",
    "another": "`{}` names somebody else",
    "headed": "`{}` in the heading sets it apart",
    "reversed": "it is a share of `{}`",
    "base": "it is the whole of which a part is told, and nothing behind it says `{}`",
    "members": "its member of a dimension cannot be told, or none is named",
    "more_special": "the words around speak of {}",
}
_AGAINST_ANY = {
    "possible": "`{}` tells what is possible",
    "class": "it is the limit of a class",
    "peak": "`{}` tells of a peak",
    "intended": "`{}` tells what is intended",
    "told_of_another": "`{}` names somebody else",
}
_UNMAPPED = {
    "sum of several": "it is the sum of several that stand in a row",
    "part of a heading": "a heading above, or the place its sentence begins with, makes it a part of something",
    "as the one before": "it goes on with the number before, which states no metric",
}


def reason(explanation: Explanation, metric: str) -> str:
    """Why the statistic is not taken for `metric`."""
    assignment = explanation.assignment
    mine = [one for one in explanation.judged if one.metric == metric]
    if assignment.metric not in (None, metric):
        beside = f"; of {metric}, {failed(mine[0])}" if mine and mine[0].failed else ""
        return f"{assignment.rule} takes it{beside}"
    if assignment.rivals:
        return f"{', '.join(assignment.rivals)} speak for it alike"
    if explanation.against_any:
        name, word = explanation.against_any[0]
        return _AGAINST_ANY[name].format(word)
    if assignment.rule in _UNMAPPED:
        return _UNMAPPED[assignment.rule]
    if not mine:
        return f"no wording of {metric} counts what it counts, or in such a kind of number, period or place"
    return failed(mine[0])


def failed(judged: Judged) -> str:
    """The first thing that failed of a wording, one that names a word before one that names none."""
    if judged.missing:
        return "; ".join(f"nothing {where} says {words}" for words, where in judged.missing)
    if not judged.failed:
        return "another wording weighs more"
    name, word = next((one for one in judged.failed if one[1]), judged.failed[0])
    return _SENTENCES[name].format(word)
