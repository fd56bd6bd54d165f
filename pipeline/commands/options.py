"""Options that several commands share, and what they name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractors.errors import InputError

if TYPE_CHECKING:
    from extractors.metrics.card import SourceCard

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def card_options(command: Decorated) -> Decorated:
    """Add --source and --card; `named_card` turns them into a card."""
    command = click.option("--card", "card_file", metavar="FILE", help="A source card of your own (YAML).")(command)
    return click.option("--source", metavar="ID", help="A bundled source card, such as ncmec-impact.")(command)


def named_card(source: str | None, card_file: str | None) -> "SourceCard | None":
    """The card that --source or --card names; None when neither is given.

    Raises:
        InputError: both are given, or the card cannot be used.
    """
    from extractors.metrics.card import bundled_card, load_card

    if source and card_file:
        raise InputError("--source and --card exclude each other; give one")
    if card_file:
        return load_card(card_file)
    return bundled_card(source) if source else None
