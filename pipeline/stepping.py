"""`impact review --step`: the queue one by one, on a terminal, each statistic settled with a key.

Every decision is on record before the next statistic is shown. The tables are built once, at the end.
"""

import os
import readline
import sys
import termios
import tty
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, get_args

from extractors.errors import ImpactError
from extractors.metrics.card import SourceCard
from extractors.records import PeriodType, Qualifier
from pipeline import sources
from pipeline.queue_text import item_lines
from pipeline.recording import Breaks, Made, Wanted, decide, lines
from pipeline.terminal import say
from warehouse import decision_files
from warehouse.decisions import OF_TWO_ENDS, nearest, number_in
from warehouse.home import Home, writer_lock

WAIT_SECONDS = 60
"""For a refresh that is writing to the home: the key that was pressed counts when it is done."""
WHY = "settled in the review"
KEYS = "m another metric, c correct, x exclude, d dismiss, w for the {other}, s skip, u undo, q quit"
CORRECTIONS = {"v": "value", "u": "unit", "y": "year", "p": "period_type", "q": "qualifier"}
"""The key of each field that may be corrected."""
PERIOD_TYPES: Sequence[str] = get_args(PeriodType)
QUALIFIERS: Sequence[str] = [one for one in get_args(Qualifier) if one not in OF_TWO_ENDS]


def through(home: Home, rows: Sequence[dict[str, Any]]) -> int:
    """Go through the rows of the queue; then build what was decided."""
    session = _Session(home, rows)
    try:
        session.run()
    except (KeyboardInterrupt, EOFError):
        session.tell_kept()
        raise KeyboardInterrupt from None
    if session.changed:
        from pipeline.launch import Choice, launch
        from pipeline.progress import told

        with told("building"):
            launch(home, "build", [Choice()])
    return 0


class _Session:
    """One going through: where it is, and what was decided in it."""

    def __init__(self, home: Home, rows: Sequence[dict[str, Any]]) -> None:
        self.home, self.rows = home, rows
        self.at = 0
        self.shown_at = -1
        self.made: list[tuple[int, Made]] = []
        self.changed = False
        self.for_wording = False
        self.corrections: dict[str, Any] = {}
        """Of the statistic that is shown: they are put on record with its metric, or alone."""
        self.cards: dict[str, SourceCard] = {}

    def run(self) -> None:
        """Until the end of the queue, or until somebody has enough."""
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if self._settled_already(row):
                self.at += 1
                continue
            self._show(row)
            at = self.at
            if not self._settle(row):
                return
            if self.at != at:
                self.corrections = {}
        say("", "that was all", err=True)

    def tell_kept(self) -> None:
        """What becomes of a session that ends at once."""
        count = len(self.made)
        if count:
            kept = f"{count} decision{'s are' if count != 1 else ' is'} on record"
            say("", f"{kept}; `impact build` publishes what was decided", err=True)

    def _settled_already(self, row: Mapping[str, Any]) -> bool:
        """Whether a decision of this session, for a wording, is about it too."""
        return any(one.source == row["source"] and one.decision.wording == row["wording"] for _, one in self.made)

    def _show(self, row: dict[str, Any]) -> None:
        made_for, other = ("wording", "statement") if self.for_wording else ("statement", "wording")
        count = len(row["suggestions"])
        take = f"1{f'-{count}' if count > 1 else ''} take, " if count else ""
        told = item_lines(row)[: None if self.shown_at != self.at else 1]  # again, it is enough to say which it is
        self.shown_at = self.at
        say("", f"{self.at + 1} of {len(self.rows)}, for the {made_for}", *told, err=True)
        if self.corrections:
            given = ", ".join(f"{name.replace('_', ' ')} {one}" for name, one in self.corrections.items())
            say(f"  correct  {given}; goes with the metric that you take; Enter records it alone", err=True)
        say(f"  keys     {take}{KEYS.format(other=other)}", err=True)

    def _settle(self, row: dict[str, Any]) -> bool:
        """Do what keys say until the next statistic is due; whether to go on."""
        while True:
            key = _key()
            match key:
                case "q":
                    return False
                case "?" | "h":
                    return True  # the keys are shown again
                case "s":
                    self.at += 1
                    return True
                case "w":
                    self.for_wording = not self.for_wording
                    return True
                case "u":
                    return self._undo()
                case "d":
                    return self._decide(row, {"dismiss": True})
                case "x":
                    reason = _asked("why it is no statistic: ")
                    return self._decide(row, {"exclude": reason}) if reason else True
                case "m":
                    metric = self._another(row["source"])
                    return self._take(row, metric) if metric else True
                case "c":
                    self._correct()
                    return True
                case "\r" | "\n" if self.corrections:
                    return self._decide(row, self.corrections)
                case _ if key.isdecimal() and 1 <= int(key) <= len(row["suggestions"]):
                    return self._take(row, row["suggestions"][int(key) - 1])

    def _take(self, row: Mapping[str, Any], metric: str) -> bool:
        members = self._members(row["source"], metric)
        return True if members is None else self._decide(row, self.corrections | {"metric": metric, "members": members})

    def _decide(self, row: Mapping[str, Any], action: Mapping[str, Any], *, anyway: bool = False) -> bool:
        """Put it on record, and go to the next; where it cannot be, say why and stay."""
        wanted = Wanted(WHY, wording=self.for_wording, only_new=True, anyway=anyway, **action)
        try:
            with writer_lock(self.home, wait=WAIT_SECONDS):
                made = decide(self.home, row["fact_id"], wanted, row["source"])
        except Breaks as error:
            say(f"  {error}", "  keys     y decide it anyway, any other leaves it", err=True)
            return self._decide(row, action, anyway=True) if _key() == "y" else True
        except ImpactError as error:
            say(f"  {error}", err=True)
            return True
        self.made.append((self.at, made))
        self.changed = True
        say(*(f"  {line}" for line in lines(made)), err=True)
        self.at += 1
        return True

    def _correct(self) -> None:
        """Ask for a field and what is right; what cannot be is said, and nothing is noted."""
        say("  correct  v value, u unit, y year, p period type, q qualifier; any other key leaves it", err=True)
        field = CORRECTIONS.get(_key())
        match field:
            case None:
                return
            case "value":
                found = _given("value: ", number_in, "is no number")
            case "year":
                found = _given("year: ", _year_in, "is no year")
            case "unit":
                found = _given("unit, what is counted: ", str, "")
            case _:
                known = PERIOD_TYPES if field == "period_type" else QUALIFIERS
                found = _given(f"{', '.join(known)}: ", lambda said: said if said in known else None, "is none", known)
        if found is not None:
            self.corrections[field] = found

    def _undo(self) -> bool:
        """Take the last decision back, and go to its statistic; whether to go on."""
        if not self.made:
            say("  nothing was decided yet", err=True)
            return True
        at, made = self.made[-1]
        try:
            with writer_lock(self.home, wait=WAIT_SECONDS):
                decision_files.remove(self.home, made.decision.id)
        except ImpactError as error:
            say(f"  {error}", err=True)
            return True
        self.made.pop()
        self.at = at
        say(f"  {made.decision.id} is off the record", err=True)
        return True

    def _card(self, source: str) -> SourceCard:
        if source not in self.cards:
            followed = sources.known(self.home, source)
            if followed is None:
                raise ImpactError(f"no card for {source}; refresh it with --card")
            self.cards[source] = followed.card
        return self.cards[source]

    def _another(self, source: str) -> str | None:
        """A metric by its name; None where it is none of the card's, which is said."""
        known = self._card(source).metrics
        metric = _asked("metric (Tab completes): ", sorted(known))
        if metric and metric not in known:
            say(f"  no metric '{metric}'{nearest(metric, known)}", err=True)
            return None
        return metric or None

    def _members(self, source: str, metric: str) -> dict[str, str] | None:
        """The part that is meant, or none for the total; None where the answer is no part, which is said."""
        dimensions = self._card(source).metrics[metric].dimensions
        if not dimensions:
            return {}
        parts = [f"{dimension}={member}" for dimension, members in dimensions.items() for member in members]
        said = _asked(f"its part, of {', '.join(parts)}; Enter for the total: ", parts)
        found: dict[str, str] = {}
        for part in said.replace(";", " ").replace(",", " ").split():
            if part not in parts:
                say(f"  no part '{part}'{nearest(part, parts)}", err=True)
                return None
            dimension, _, member = part.partition("=")
            found[dimension] = member
        return found


def _key() -> str:
    """The key that is pressed next, or was pressed already: what is typed ahead counts.

    Raises:
        KeyboardInterrupt: it is Ctrl-C.
        EOFError: it is Ctrl-D, or the terminal has gone.
    """
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard, termios.TCSADRAIN)
        key = os.read(keyboard, 1)
    except OSError:
        raise EOFError from None
    finally:
        with suppress(termios.error):
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    if key in (b"", b"\x04"):
        raise EOFError
    return key.decode(errors="replace")


def _given(question: str, read: Callable[[str], Any], otherwise: str, known: Sequence[str] = ()) -> Any:
    """What somebody writes, as it is read; None where it is nothing, or cannot be read, which is said."""
    said = _asked(question, known)
    found = read(said) if said else None
    if said and found is None:
        say(f"  '{said}' {otherwise}{nearest(said, known) if known else ''}", err=True)
    return found


def _year_in(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and 1 <= int(said) <= 9999 else None


def _asked(question: str, known: Sequence[str] = ()) -> str:
    """A line that somebody writes, with the words that Tab completes."""

    def completed(begun: str, number: int) -> str | None:
        fitting = [word for word in known if word.startswith(begun)]
        return fitting[number] if number < len(fitting) else None

    readline.set_completer_delims(" \t\n;,")
    readline.set_completer(completed)
    readline.parse_and_bind("tab: complete")
    with suppress(EOFError):
        return input(f"  {question}").strip()
    return ""
