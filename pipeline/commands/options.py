"""Options that several commands share, and what they name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractors.errors import InputError
from pipeline.terminal import say

if TYPE_CHECKING:
    from extractors.metrics.card import SourceCard

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def card_options(command: Decorated) -> Decorated:
    """Add --source and --card; `named_card` turns them into a card."""
    command = click.option("--card", "card_file", metavar="FILE", help="A source card of your own (YAML).")(command)
    return click.option("--source", metavar="ID", help="A bundled source card, such as ncmec-impact.")(command)


def named_card(source: str | None, card_file: str | None) -> "SourceCard | None":
    """The card that --source or --card names, the latter held to its own examples; None when neither is given.

    Raises:
        InputError: both are given, the card cannot be used, or an example of it does not come out.
    """
    if not source and not card_file:
        return None
    card, name = loaded(card_file, source)
    if card_file:
        from extractors.metrics.proving import prove

        prove(card, name)
    return card


def loaded(card_file: str | None, source: str | None) -> "tuple[SourceCard, str]":
    """The card of a file or a bundled one, and what to call it; one of the old language is told on standard error.

    Raises:
        InputError: both are given or none, or the card cannot be used.
    """
    from extractors.metrics.card import bundled_card, load_card
    from extractors.metrics.old_language import OldCard, outdated

    if source and card_file:
        raise InputError("a file and --source exclude each other; give one")
    if source:
        return bundled_card(source), source
    if card_file is None:
        raise click.UsageError("name a FILE, or a bundled card with --source ID")
    card = load_card(card_file)
    if isinstance(card, OldCard):
        say(f"impact: {outdated(card_file)}", err=True)
    return card, card_file
