"""Putting a decision on record: tried on the readings of the home first, and refused where it is not what was meant.

What it changes is published by a build. All here is for the holder of the writer lock.
"""

import datetime as dt
import getpass
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb
from pydantic import ValidationError

from extractors.errors import ImpactError, InputError
from extractors.metrics.card import SourceCard
from pipeline import building
from pipeline.render import PERIODS
from pipeline.survey import Survey, survey
from warehouse import base, build, decision_files
from warehouse.anchoring import quote_of
from warehouse.archive import Archive
from warehouse.decided import ReadFact, Settled
from warehouse.deciding import of_capture
from warehouse.decisions import BadDecision, Decision, first_problem, new_id, unknown_word
from warehouse.fact_ids import called
from warehouse.home import Home
from warehouse.models import load_models
from warehouse.plain_paths import temporary_folder

TRIED = ("staging.claims", "staging.identities")
"""The working tables that show what a decision breaks."""
SHORTEST = 4
"""Letters of a fact's id that are enough where it begins so alone."""


class UnknownFact(InputError):
    """No statistic has that id. The message says where ids are found."""


class Breaks(ImpactError):
    """The decision would break what its card calls certain. Look again, or say it anyway."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of a statement."""

    why: str
    who: str | None = None
    metric: str | None = None
    members: Mapping[str, str] = field(default_factory=dict)
    value: Decimal | None = None
    unit: str | None = None
    year: int | None = None
    period_type: str | None = None
    qualifier: str | None = None
    exclude: str | None = None
    dismiss: bool = False
    wording: bool = False
    anyway: bool = False
    only_new: bool = False
    """Take the place of no decision that is on record."""


@dataclass(frozen=True)
class Made:
    """A decision that is on record, and what it does."""

    source: str
    decision: Decision
    replaced: tuple[str, ...]
    facts: int
    """How many facts it is about, over all captures."""
    cell: str | None
    """The cell that its statement speaks for; None when for none."""
    remarks: tuple[str, ...]


def decide(home: Home, fact_id: str, wanted: Wanted, source: str | None = None) -> Made:
    """Try a decision and put it on record; its source need be named only where several follow the page.

    Raises:
        UnknownFact: no statistic of the home, or of the source, has that id.
        OfSeveralSources: statistics of several sources have it, and none is named.
        BadDecision: it names what its card has not, or is none.
        Breaks: it breaks a certain identity, and nobody said it anyway.
        ImpactError: the statement cannot be told from another, or the disk refuses.
    """
    with _tried(home) as (con, found, on_record):
        source, fact, page = _fact(con, fact_id, source)
        card = next(card for card in found.cards if card.id == source)
        decision = _decision(card, fact, page, wanted, found)
        before = _broken(con)
        own = [one for one in on_record if one.source == source]
        rivals = {one.decision.id for one in own if _is_rival(one, decision, fact)}
        if rivals and wanted.only_new:
            raise BadDecision(f"it is decided already, by {' and '.join(sorted(rivals))}")
        kept = tuple(one for one in found.decisions.get(source, ()) if one.id not in rivals)
        now = found.decisions | {source: (*kept, decision)}
        tried = base.load_decisions(con, found.cards, now)
        settled = next(one for one in tried if (one.source, one.decision.id) == (source, decision.id))
        _require_in_force(settled)
        broken = {key: said for key, said in _broken(con).items() if key not in before}
        certain = [said for said, is_certain in broken.values() if is_certain]
        if certain and not wanted.anyway:
            raise Breaks(f"it would break what is certain: {'; '.join(certain)}; look again, or add --anyway")
        cell, doubts = _cell(con, source, fact)
    replaced = decision_files.add(home, source, decision, instead_of=rivals)
    remarks = (*(f"does not hold then, and is held back: {said}" for said, _ in broken.values()), *doubts)
    return Made(source, decision, replaced, len(settled.facts), cell, remarks)


def _is_rival(settled: Settled, decision: Decision, fact: ReadFact) -> bool:
    """Whether a decision on record is about the same as a new one, which then takes its place."""
    touches = any(one.stated.fact_id == fact.stated.fact_id for one in settled.facts)
    return settled.decision.made_for == decision.made_for and (touches or settled.decision.subject == decision.subject)


@contextmanager
def _tried(home: Home) -> Iterator[tuple[duckdb.DuckDBPyConnection, Survey, list[Settled]]]:
    """The base tables of a home in a scratch folder, what was surveyed, and what became of the decisions on record."""
    found = survey(home, Archive(home))
    if not found.readings:
        raise UnknownFact(home.empty())
    with (
        temporary_folder() as folder,
        build.open_candidate(folder / "tried.duckdb") as con,
        building.loaded(con, found) as on_record,
    ):
        yield con, found, on_record


def _fact(con: duckdb.DuckDBPyConnection, fact_id: str, source: str | None) -> tuple[str, ReadFact, list[ReadFact]]:
    """The source of a fact, itself, and all facts of its page."""
    name = fact_id.strip().lower()
    found = called(con, "base.facts", name, source) if len(name) >= SHORTEST else []
    if len(found) > 1:
        raise UnknownFact(f"several statistics begin with {fact_id!r}; give more of the id")
    if not found:
        raise UnknownFact(f"no statistic {fact_id!r} in this home; `impact review` and the table facts give ids")
    ((of, whole),) = found
    query = "SELECT capture_sha256 FROM base.facts WHERE source = ? AND fact_id = ?"
    ((sha256,),) = con.execute(query, [of, whole]).fetchall()
    page = of_capture(con, of, sha256)
    return of, next(one for one in page if one.stated.fact_id == whole), page


def _decision(card: SourceCard, fact: ReadFact, page: Sequence[ReadFact], wanted: Wanted, found: Survey) -> Decision:
    """The record of what is wanted of a fact.

    Raises:
        BadDecision: it cannot be.
    """
    metric = fact.said.metric
    expect = {"surface": fact.stated.surface, "value": fact.said.value, "metric": metric}
    expect |= {"period_type": fact.said.period_type, "year": fact.said.year}
    fields: dict[str, Any] = {
        name: getattr(wanted, name)
        for name in ("why", "metric", "unit", "value", "year", "period_type", "qualifier", "exclude", "dismiss")
    }
    fields |= {"members": dict(wanted.members), "expect": expect, "who": wanted.who or login()}
    fields["when"] = when = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if wanted.wording:
        fields |= {"made_for": "wording", "wording": fact.stated.wording}
        if wanted.year is not None and fact.edition is not None:
            fields |= {"year": None, "edition_offset": wanted.year - fact.edition}
    else:
        quote = quote_of(fact.stated, [one.stated for one in page])
        if quote is None:
            raise BadDecision(
                "the page says these words in two places that are read otherwise, and no words tell them apart; "
                "decide it with --wording, or in the card"
            )
        capture = next(
            one.capture.capture_id
            for one in found.responses
            if one.capture.source == card.id and one.capture.sha256 == fact.sha256 and not one.sighting_of
        )
        fields |= {"capture": capture, "headings": fact.stated.headings, "quote": quote}
    subject = (fields.get("capture"), fields.get("quote"), fields.get("wording"))
    try:
        decision = Decision(id=new_id(subject, fields["who"], when), **fields)
    except ValidationError as error:
        keys, said = first_problem(error)
        raise BadDecision(f"{'.'.join(keys)}: {said}" if keys and keys[0] not in said else said) from None
    wrong = unknown_word(decision, card)
    if wrong:
        raise BadDecision(wrong[1])
    return decision


def lines(made: Made) -> list[str]:
    """What is told of a decision that was put on record."""
    about = (
        f"{made.facts} statement{'s' * (made.facts != 1)}" if made.decision.made_for == "wording" else "its statement"
    )
    replaced = f", in the place of {' and '.join(made.replaced)}" if made.replaced else ""
    cell = f"; it speaks for {made.cell}" if made.cell else ""
    said = f"{made.source}: decision {made.decision.id} on {about}{replaced}: {made.decision.action}{cell}"
    return [said, *made.remarks]


def login() -> str:
    """Who is logged in, as the system has it.

    Raises:
        BadDecision: it does not say.
    """
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise BadDecision("the system does not say who you are; give --who NAME") from None


def _require_in_force(settled: Settled) -> None:
    if settled.outcome == "not_needed":
        raise BadDecision(f"nothing is to be decided: {settled.detail}")
    if settled.outcome not in ("applies", "page_changed"):
        raise BadDecision(f"it cannot be decided so, {settled.outcome.replace('_', ' ')}: {settled.detail}")


def _broken(con: duckdb.DuckDBPyConnection) -> dict[tuple[Any, ...], tuple[str, bool]]:
    """The identities that do not hold: what they say, and whether they are certain."""
    for model in load_models():
        if model.table in TRIED:
            build.run_model(con, model)
    rows = con.execute(
        """
        SELECT
            source, capture_sha256, identity, year, period_type, kind,
            format('{} {}: the parts make {}, stated is {}', identity, year, number(lhs), number(rhs)), certain
        FROM staging.identities WHERE NOT holds ORDER BY ALL
        """
    ).fetchall()
    return {row[:6]: (row[6], row[7]) for row in rows}


def _cell(con: duckdb.DuckDBPyConnection, source: str, fact: ReadFact) -> tuple[str | None, list[str]]:
    """The cell that a fact speaks for, as it is decided, and why it may not be believed."""
    query = """
        SELECT metric, year, period_type, breakdown, speaks, dismissed, problem, kind, aggregation
        FROM staging.claims WHERE source = ? AND fact_id = ?
    """
    rows = con.execute(query, [source, fact.stated.fact_id]).fetchall()
    if not rows or rows[0][5]:
        return None, []
    metric, year, period_type, breakdown, speaks, _, problem, kind, aggregation = rows[0]
    if metric is None:
        return None, ["it has no metric still, and stays in the review queue"]
    if not speaks:
        if aggregation:
            reason = f"a rate or an average ({aggregation.replace('_', ' ')})"
        elif year is None:
            reason = "of no known year"
        elif period_type not in PERIODS:
            reason = f"of the period type {period_type}"
        else:
            reason = f"a {kind.replace('_', ' ')}"
        return None, [f"it fills no cell of metric_year: it is {reason}"]
    told = [one for one in (period_type if period_type != "year" else "", breakdown) if one]
    cell = f"{metric} {year}" + (f" ({', '.join(told)})" if told else "")
    return cell, [f"held back, and in no cell: {problem}"] if problem else []
