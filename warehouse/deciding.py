"""What becomes of decisions over the readings of a home: which facts each is about, and whether it holds.

What it makes of them is for `decided`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from extractors.metrics.card import SourceCard
from extractors.wording import plain
from warehouse.anchoring import Quote, Stated, exact, likest, stands_in
from warehouse.decided import Outcome, ReadFact, Said, Settled, decided
from warehouse.decisions import Decision

_FIRST = """
    INNER JOIN base.captures AS first
        ON captures.source = first.source AND coalesce(captures.sighting_of, captures.capture_id) = first.capture_id
"""
"""Of a capture, the first that says the same, word for word."""


@dataclass
class _Source:
    """What the readings hold of one source, as far as its decisions ask."""

    con: duckdb.DuckDBPyConnection
    card: SourceCard
    facts: list[ReadFact] = field(default_factory=list)
    captures: dict[str, str] = field(default_factory=dict)
    """By capture id, the hash of the first capture that says the same."""
    texts: dict[str, list[str]] = field(default_factory=dict)

    def passages(self, sha256: str) -> list[str]:
        """The texts of a capture's passages, in order."""
        if sha256 not in self.texts:
            query = "SELECT text FROM base.passages WHERE source = ? AND capture_sha256 = ? ORDER BY passage_index"
            self.texts[sha256] = [text for (text,) in self.con.execute(query, [self.card.id, sha256]).fetchall()]
        return self.texts[sha256]

    def says(self, wording: str) -> bool:
        """Whether the last part of a wording, the sentence, stands in any passage."""
        wanted = wording.rpartition(" | ")[2].replace("[#]", "#")
        query = "SELECT DISTINCT text FROM base.passages WHERE source = ?"
        return any(wanted in plain(text) for (text,) in self.con.execute(query, [self.card.id]).fetchall())

    def last_of(self, edition: int | None) -> str | None:
        """The hash of the capture that the page of an edition showed last."""
        query = f"""
            SELECT first.sha256
            FROM base.retrievals AS retrievals
            INNER JOIN base.captures AS captures USING (source, capture_id)
            {_FIRST}
            INNER JOIN base.readings AS readings
                ON first.source = readings.source AND first.sha256 = readings.capture_sha256
            WHERE retrievals.source = ? AND readings.edition IS NOT DISTINCT FROM ? AND captures.refused IS NULL
            ORDER BY retrievals.retrieved_at DESC, retrievals.retrieval_id DESC LIMIT 1
        """  # noqa: S608 - a join of this module
        found = self.con.execute(query, [self.card.id, edition]).fetchall()
        return str(found[0][0]) if found else None


def settle(
    con: duckdb.DuckDBPyConnection, cards: Iterable[SourceCard], decisions: Mapping[str, Sequence[Decision]]
) -> list[Settled]:
    """What becomes of every decision over the base tables, by source and time."""
    found: list[Settled] = []
    for card in sorted(cards, key=lambda card: card.id):
        own = decisions.get(card.id, ())
        if own:
            source = _Source(con, card)
            source.captures = _captures(con, card.id)
            source.facts = facts_of(con, card.id, own, source.captures)
            found += _apart([_settled(source, one) for one in sorted(own, key=lambda one: (one.when, one.id))])
    return found


def facts_of(
    con: duckdb.DuckDBPyConnection, source: str, decisions: Sequence[Decision], captures: Mapping[str, str]
) -> list[ReadFact]:
    """The facts that decisions may be about: of the captures they were made on, of like figures, of like wordings."""
    return _facts(
        con,
        """
        source = $source AND (
            list_contains($hashes, capture_sha256)
            OR list_contains($surfaces, surface)
            OR list_contains($wordings, wording)
        )
        """,
        {
            "source": source,
            "hashes": [captures[one.capture] for one in decisions if one.capture and one.capture in captures],
            "surfaces": [one.expect.surface for one in decisions if one.capture],
            "wordings": [one.wording for one in decisions if one.wording],
        },
    )


def of_capture(con: duckdb.DuckDBPyConnection, source: str, sha256: str) -> list[ReadFact]:
    """All facts of a capture, as they were read."""
    return _facts(con, "source = $source AND capture_sha256 = $sha256", {"source": source, "sha256": sha256})


def _facts(con: duckdb.DuckDBPyConnection, condition: str, values: Mapping[str, object]) -> list[ReadFact]:
    rows = con.execute(
        f"""
        SELECT
            fact_id, surface, passage_text, "start", "end", passage_index, headings, sentence, wording, statement,
            metric, dimensions, value, qualifier, unit, period_type, year,
            capture_sha256, edition, kind, period_basis, value_low, value_high, resolution
        FROM base.facts
        WHERE {condition}
        ORDER BY capture_sha256, passage_index, "start", fact_id
        """,  # noqa: S608 - conditions of this module
        values,
    ).fetchall()
    return [_fact(*row) for row in rows]


def _fact(*row: Any) -> ReadFact:
    fact_id, surface, text, start, end, passage, headings, sentence, wording, statement = row[:10]
    metric, dimensions, value, qualifier, unit, period_type, year = row[10:17]
    heads = statement.removesuffix(sentence) if statement != sentence else ""
    stated = Stated(fact_id, surface, text, start, end, passage, tuple(headings), sentence, wording, heads.strip())
    said = Said(metric, dict(dimensions), value, qualifier, unit, period_type, year)
    return ReadFact(stated, said, *row[17:])


def _captures(con: duckdb.DuckDBPyConnection, source: str) -> dict[str, str]:
    query = f"""
        SELECT captures.capture_id, first.sha256
        FROM base.captures AS captures
        {_FIRST}
        WHERE captures.source = ?
    """  # noqa: S608 - a join of this module
    return dict(con.execute(query, [source]).fetchall())


def _settled(source: _Source, decision: Decision) -> Settled:
    if decision.made_for == "wording":
        return _of_wording(source, decision)
    return _of_statement(source, decision)


def _of_wording(source: _Source, decision: Decision) -> Settled:
    facts = tuple(one for one in source.facts if one.stated.wording == decision.wording)
    if not facts:
        if source.says(decision.wording or ""):
            detail = "its words stand on a page, and no statistic is put so now"
            return Settled(source.card.id, decision, "extractor_changed", detail)
        return Settled(source.card.id, decision, "page_changed", "no capture says it in these words")
    return _compared(source, decision, facts)


def _of_statement(source: _Source, decision: Decision) -> Settled:
    def lost(outcome: Outcome, detail: str) -> Settled:
        return Settled(source.card.id, decision, outcome, detail)

    sha256 = source.captures.get(decision.capture or "")
    if sha256 is None:
        return lost("page_changed", f"the capture {decision.capture} is not in this home")
    here = {one.stated.fact_id: one for one in source.facts if one.sha256 == sha256}
    page = [one.stated for one in here.values()]
    quote = Quote.of(decision.quote or "", decision.headings)
    found = [here[one.fact_id] for one in exact(quote, page)]
    if not found:
        found = [here[one.fact_id] for one in likest(quote, page, source.passages(sha256))]
    if not found:
        if not stands_in(quote, source.passages(sha256)):
            return lost("page_changed", "the capture does not say these words")
        if decision.exclude:
            return lost("not_needed", "no rule takes the number for a statistic now")
        return lost("extractor_changed", "the words stand in the capture, and their number is no statistic now")
    if len({one.reading for one in found}) > 1:
        facts = ", ".join(one.stated.fact_id for one in found)
        return lost("ambiguous", f"{len(found)} statements are like it: {facts}")
    first = found[0]
    everywhere = (
        one
        for one in source.facts
        if one.edition == first.edition and one.stated.said == first.stated.said and one.said == first.said
    )
    settled = _compared(source, decision, tuple({one.stated.fact_id: one for one in (*found, *everywhere)}.values()))
    if settled.outcome == "applies" and decision.corrects:
        last = source.last_of(first.edition)
        if last is not None and last not in {one.sha256 for one in settled.facts}:
            edition = f"edition {first.edition}" if first.edition else "its edition"
            return replace(settled, outcome="page_changed", detail=f"the page of {edition} no longer says it so")
    return settled


def _compared(source: _Source, decision: Decision, facts: tuple[ReadFact, ...]) -> Settled:
    """Whether the rules have come to agree with a decision on these facts, or read them otherwise than it expects."""
    settled = Settled(source.card.id, decision, "applies", None, facts)
    if decision.exclude or decision.dismiss:
        return settled
    metrics = source.card.metrics
    if all(decided(decision, one, metrics) == one.said for one in facts):
        return replace(settled, outcome="not_needed", detail="the rules say so now")
    expect = decision.expect
    given = {one.said.metric for one in facts} - {expect.metric, decision.metric}
    other = sorted(f"its metric by the rules is {one or 'none'}, was {expect.metric or 'none'}" for one in given)
    misread = []
    if decision.made_for == "statement":
        now = decided(decision, facts[0], metrics)
        was = decided(decision, _as_expected(facts[0], decision), metrics)
        names = ("value", "period_type", "year")
        misread = [
            f"its {name.replace('_', ' ')} is {now.told()[name] or 'none'}, was {was.told()[name] or 'none'}"
            for name in names
            if getattr(now, name) != getattr(was, name)
        ]
    if not (other or misread):
        return settled
    doubt = f"read otherwise than when decision {decision.id} was made: {'; '.join(misread)}" if misread else None
    return replace(settled, outcome="extractor_changed", detail="; ".join([*other, *misread]), doubt=doubt)


def _as_expected(fact: ReadFact, decision: Decision) -> ReadFact:
    expect = decision.expect
    said = replace(fact.said, value=expect.value, period_type=expect.period_type, year=expect.year)
    return replace(fact, said=said)


def _apart(settled: list[Settled]) -> list[Settled]:
    """Two decisions of one kind on one fact cannot both hold, and neither is taken."""
    claims: dict[tuple[str, str], list[Settled]] = defaultdict(list)
    for one in settled:
        for fact in one.facts:
            claims[one.decision.made_for, fact.stated.fact_id].append(one)
    rivals: dict[str, set[str]] = defaultdict(set)
    for some in claims.values():
        for one in some:
            rivals[one.decision.id] |= {other.decision.id for other in some} - {one.decision.id}
    return [
        replace(one, outcome="ambiguous", detail=f"decided otherwise by {', '.join(sorted(rivals[one.decision.id]))}")
        if rivals[one.decision.id]
        else one
        for one in settled
    ]
