"""The ranker of metrics: which a statistic is likest to measure, learnt from what is mapped. With the extra `suggest`.

Linear, one metric against the rest, over the words of each figure. What it says is a place to look and no more: its
scores are no probabilities. What is asked of it, and of which home, is for `doubts`.
"""

import importlib.util
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from extractors.likeness import content_words, narrowings

AROUND = 60, 80
"""Characters before and after a figure that stand near it."""
VIEWS = {"unit": (2, 1.0), "near": (2, 1.0), "content": (1, 1.5), "shape": (1, 0.3)}
"""What is seen of a figure: runs of so many words at most, and what each view weighs."""

_WORD = r"[\w'-]+"

Scores = list[tuple[str, float]]


class Put(NamedTuple):
    """How a figure is put, by view."""

    unit: str
    near: str
    content: str
    shape: str

    @classmethod
    def of(cls, fact: Mapping[str, Any]) -> "Put":
        """That of a fact, by its published columns."""
        wording, unit = fact["wording"], (fact["unit"] or "").lower()
        at = wording.find("[#]")
        near = f"{wording[max(at - AROUND[0], 0) : at]} figure {wording[at + 3 : at + 3 + AROUND[1]]}"
        # The heading of the whole page says nothing of one statement of it.
        own = wording if len(fact["headings"]) > 1 else wording.partition(" | ")[2] or wording
        content = [*content_words(own), *narrowings(wording.rpartition(" | ")[2]), fact["kind"]]
        size = len(str(int(abs(fact["value"]))))
        shape = f"{fact['kind']} {fact['aggregation']} {fact['period_type']} size{size}"
        return cls(unit, near, _as_words(content), shape)

    @classmethod
    def of_metric(cls, label: str, unit: str | None) -> "Put":
        """That of a metric, as its card names it."""
        return cls((unit or "").lower(), label.lower(), _as_words(content_words(label)), "")


def is_installed() -> bool:
    """Whether there is what the ranker needs."""
    return importlib.util.find_spec("sklearn") is not None


def ranked(known: Sequence[tuple[str, Put]], asked: Sequence[Put]) -> list[Scores]:
    """For each figure that is asked about every known metric with its score, the likest first.

    The same in every order of what is known.
    """
    metrics = sorted({metric for metric, _ in known})
    if len(metrics) < 2 or not asked:
        return [[(metric, 0.0) for metric in metrics] for _ in asked]
    from scipy.sparse import hstack  # takes a second to load
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    known = sorted(known)
    learnt, wanted = [], []
    for view, (words, weight) in VIEWS.items():
        vectors = TfidfVectorizer(ngram_range=(1, words), sublinear_tf=True, token_pattern=_WORD)
        learnt.append(weight * vectors.fit_transform([getattr(put, view) for _, put in known]))
        wanted.append(weight * vectors.transform([getattr(put, view) for put in asked]))
    ranker = LinearSVC(random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a first edition most metrics are known by their label alone
        ranker.fit(hstack(learnt).tocsr(), [metric for metric, _ in known])
    scores = ranker.decision_function(hstack(wanted).tocsr()).tolist()
    rows = scores if len(metrics) > 2 else [[-score, score] for score in scores]
    pairs = [list(zip(metrics, map(float, row), strict=True)) for row in rows]
    return [sorted(row, key=lambda pair: (-pair[1], pair[0])) for row in pairs]


def _as_words(terms: Sequence[str]) -> str:
    """Terms as words of a text, each whole."""
    return " ".join(term.replace(" ", "_").replace("-", "_") for term in terms)
