"""From groups of figures to metrics: each gets the wording that takes its own figures on the page and no others.

Here: trying, and mending by what `explaining` says failed. A wording begins with the counted noun and the verb; a word
that narrows the count becomes a condition where all its figures say it, else one that narrows nothing; what it takes
wrongly is kept off by a further condition, by cells or prose alone, or by a word that may not stand there. What cannot
be mended is dropped: a figure first, then the metric.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.metrics.drafting.figures import Figure, Word, shared, verb_forms, words_of
from extractors.metrics.drafting.groups import Group
from extractors.metrics.drafting.model import Metric, Wording
from extractors.metrics.drafting.naming import label_of, measure_of, slug_of, unit_of
from extractors.metrics.drafting.trial import Trial, compared
from extractors.metrics.explaining import UNSAID
from extractors.metrics.places import GROUPS, PLACES, TONGUES

_MOST_WORDINGS = 3
_MOST_CONDITIONS = 3
_MOST_NARROWING = 2
_MOST_MENDINGS = 16
_APART = PLACES | GROUPS | TONGUES
_NARROWING = ("unknown_word", "unknown_front", "headed", "accounted_for", "in_so_many")


def fitted_alone(group: Group, figures: Sequence[Figure], trial: Trial, taken: Sequence[str]) -> Metric | None:
    """The metric of a group with up to three wordings, or None where none fits."""
    label = label_of(group)
    members = _members(group)
    slug_by_name = {name: slug for slug, name in members}
    expected = tuple(
        (one.index, slug_by_name.get(_term(group.member(one) or "")))
        for one in group.figures
        if group.member(one) is None or _term(group.member(one) or "") in slug_by_name
    )
    if not expected:
        return None
    metric = Metric(
        slug=slug_of(label, taken, "_share" if measure_of(group) == "share" else ""),
        label=label,
        unit=unit_of(group),
        measure=measure_of(group),
        wordings=(),
        as_of=measure_of(group) == "share" and all(one.fact.period_type == "as_of" for one in group.figures),
        dimension=slug_of(group.dimension or "part", ()) if members else "",
        members=members,
        identity=group.identity if members else "",
        expected=expected,
    )
    left = [one for one in group.figures if one.index in dict(expected) and one.sort != "change" and _has_words(one)]
    while left and len(metric.wordings) < _MOST_WORDINGS:
        alike = [one for one in left if one.is_labelled == left[0].is_labelled]
        tried = None
        for seeds in dict.fromkeys((tuple(alike), (left[0],))):
            ways = [
                _with_wording(metric, first, seeds, figures, trial) for first in _first_wordings(seeds, metric, group)
            ]
            tried = max(filter(None, ways), key=lambda one: len(takes(one, trial)), default=None)
            if tried is not None:
                break
        if tried is None:
            left = left[1:]
            continue
        metric = tried
        taken_now = takes(metric, trial)
        left = [one for one in left if one.index not in taken_now and one is not left[0]]
    if not metric.wordings:
        return None
    return metric


def _has_words(figure: Figure) -> bool:
    return bool(figure.noun) if figure.sort in ("count", "average") else bool(figure.noun or figure.telling)


def _members(group: Group) -> tuple[tuple[str, str], ...]:
    """Each member's slug and term."""
    found: dict[str, str] = {}
    for name in group.named:
        term = _term(name)
        if term and term not in found.values():
            found[slug_of(term, found)] = term
    return tuple(found.items())


def _term(words: str) -> str:
    """Words as a term of a card."""
    return " ".join(word.said for word in words_of(words) if word.stem[0].isalnum())


def takes(metric: Metric, trial: Trial) -> set[int]:
    """The places of the figures that a metric by itself takes rightly."""
    return set(compared(trial.outcomes([metric]), [metric]).hits[metric.slug])


def _with_wording(
    metric: Metric, first: Wording, seeds: Sequence[Figure], figures: Sequence[Figure], trial: Trial
) -> Metric | None:
    """The metric with one more wording that takes the first of `seeds`, or None; nothing else is taken by it."""
    number = len(metric.wordings)
    if not (first.counts or first.when):
        return None
    with_it = replace(metric, wordings=(*metric.wordings, first))
    targets = list(seeds)
    for _ in range(_MOST_MENDINGS):
        done = compared(trial.outcomes([with_it]), [with_it])
        hits = set(done.hits[metric.slug])
        failing = next((one for one in targets if one.index not in hits), None)
        mended: Metric | None
        if failing is not None:
            mended = _reaching(with_it, number, failing, targets, trial)
            if mended is None:
                if failing is seeds[0]:
                    return None
                targets.remove(failing)
                continue
        elif done.wrong:
            mended = keeping_off(with_it, number, figures, done.wrong[0][0], targets)
            if mended is None:
                return None
        else:
            return with_it
        with_it = mended
    return None


def _first_wordings(seeds: Sequence[Figure], metric: Metric, group: Group) -> Iterator[Wording]:
    """The wordings that may take the seeds, before any is mended; of parts first one that counts what all are."""
    first = seeds[0]
    common = shared(seeds) or list(first.telling)
    if first.sort == "share":
        yield _of_share(seeds, common, metric)
        return
    moving = tuple(dict.fromkeys(one.fact.kind for one in group.figures if one.sort == "change"))
    in_parts = metric.members and not any(member is None for _, member in metric.expected)
    for counts, rest in _counted(seeds, common, group):
        when: list[tuple[str, tuple[str, ...]]] = []
        verb = first.verb
        if (
            verb is not None
            and not first.is_labelled
            and verb.said not in counts
            and verb.root in {w.root for w in rest}
        ):
            when.append(("clause", verb_forms(verb)))
        yield Wording(
            counts=counts,
            when=tuple(when),
            kinds=(first.sort, *moving) if first.sort in ("money", "measure", "duration") else (),
            # "some" asks no heading
            members="some" if in_parts and all(one.is_labelled for one in seeds) else "any",
        )


def _of_share(seeds: Sequence[Figure], common: Sequence[Word], metric: Metric) -> Wording:
    """A share counts nothing: it asks for its base and for what is said of it, or for one of its parts."""
    if metric.members and metric.identity == "shares":
        return Wording(when=(("clause", tuple(term for _, term in metric.members)),), members="some")
    said = [_text(one) for one in seeds]
    words = [*seeds[0].noun[-1:], *common[:2]]
    return Wording(when=tuple(("clause", (word.said,)) for word in words if all(word.stem in one for one in said)))


def _counted(
    seeds: Sequence[Figure], common: Sequence[Word], group: Group
) -> Iterator[tuple[tuple[str, ...], list[Word]]]:
    """What a wording may count, and the words that are left to tell it apart."""
    rows = [one.labels[-1] for one in seeds if one.labels and not _says_noun(one)]
    if len(rows) == len(seeds) and len(set(rows)) == 1 and _term(rows[0]):
        yield (_term(rows[0]),), []
        return
    nouns = dict.fromkeys(" ".join(word.said for word in one.noun) for one in seeds if one.noun)
    if nouns:
        parts = [set(_term(name).split()) for name in group.named]
        of_all = tuple(noun for noun in nouns if not any(part.issuperset(noun.split()) for part in parts))
        yield from ((counts, list(common)) for counts in dict.fromkeys((of_all, tuple(nouns))) if counts)
        return
    if not common:
        return
    verb = seeds[0].verb  # money that somebody raised, gave or spent
    word = verb if verb is not None and any(verb.root == one.root for one in common) else common[0]
    forms = tuple(form for form in verb_forms(word) if not form.endswith("*")) or (word.said,)
    yield forms, [one for one in common if one.root != word.root]


def _says_noun(figure: Figure) -> bool:
    """Whether the labels of a figure, rather than a heading above them, say what is counted."""
    return figure.head in {word.stem for part in figure.labels for word in words_of(part)}


def _text(figure: Figure) -> set[str]:
    """The stems of all that is said of a figure in its clause and its labels."""
    slots = figure.slots
    return {word.stem for part in (slots.clause, slots.labels, slots.phrase) for word in words_of(part)}


def _around(figure: Figure) -> dict[str, str]:
    """By its stem each word around a figure, as the page writes it."""
    slots = figure.slots
    parts = (slots.clause, slots.labels, slots.phrase, slots.sentence, slots.before, slots.headings)
    return {word.stem: word.said for part in reversed(parts) for word in words_of(part)}


def _reaching(metric: Metric, number: int, figure: Figure, targets: Sequence[Figure], trial: Trial) -> Metric | None:
    """The metric mended so that this wording comes nearer to taking the figure; None where nothing helps."""
    wording = metric.wordings[number]
    name = f"{metric.slug}[{number}]"
    explanation = trial.explained(figure.index, [metric])
    judged = next((one for one in explanation.judged if one.wording == name), None)
    if judged is None or explanation.against_any or not judged.failed:
        return None
    said = _around(figure)
    for veto, word in judged.failed:
        if veto == UNSAID:
            kept = tuple(group for group in wording.when if " / ".join(group[1][:3]) != word)
            if figure is targets[0] and len(kept) < len(wording.when) and (kept or wording.counts):
                return metric.with_wording(number, replace(wording, when=kept))
            return None
        if veto in _NARROWING and word:
            own = word.split()[-1]
            term = said.get(own, own)
            common = all(own in _text(one) for one in targets)
            if not term[0].isalpha():
                return None
            if common and own not in _labels(figure) and len(wording.when) < _MOST_NARROWING:
                when = (*wording.when, ("clause", (term,)))
                return metric.with_wording(number, replace(wording, when=when))
            if own in _APART or term in metric.only:
                return None
            return replace(metric, only=(*metric.only, term))
        if veto == "part" and not wording.part:
            return metric.with_wording(number, replace(wording, part=True))
    return None


def _labels(figure: Figure) -> set[str]:
    """The stems of the labels that a figure's counted noun does not stand in: of titles and members."""
    return {
        word.stem
        for part in figure.labels
        if figure.head not in {w.stem for w in words_of(part)}
        for word in words_of(part)
    }


def keeping_off(
    metric: Metric, number: int, figures: Sequence[Figure], intruder: int, targets: Sequence[Figure]
) -> Metric | None:
    """The metric changed so that one of its wordings no longer takes a figure that is not its own; None if none can."""
    wording = metric.wordings[number]
    foreign = next((one for one in figures if one.index == intruder), None)
    if foreign is None:
        return None
    theirs = _text(foreign)
    said = {term for _, terms in wording.when for term in terms}
    counted = {word.stem for term in wording.counts for word in words_of(term)}
    if len(wording.when) < _MOST_CONDITIONS:
        for word in shared(targets):
            if word.stem not in theirs and word.stem not in counted and word.said not in said:
                forms = verb_forms(word) if word.is_verb else (word.said,)
                when = (*wording.when, ("clause", forms))
                return metric.with_wording(number, replace(wording, when=when))
    labelled = {one.is_labelled for one in targets}
    if wording.labelled is None and len(labelled) == 1 and foreign.is_labelled not in labelled:
        return metric.with_wording(number, replace(wording, labelled=targets[0].is_labelled))
    mine = set().union(*(_text(one) for one in targets)) | counted
    for word in (*foreign.telling, *foreign.noun):
        if word.stem not in mine and word.said not in metric.never:
            return replace(metric, never=(*metric.never, word.said))
    return None
