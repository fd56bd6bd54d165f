"""`impact card`: what helps somebody who writes a card. Each of its commands stands in a module of its own."""

import click

from pipeline.commands.card_check import check
from pipeline.commands.card_convert import convert


@click.group(short_help="check a card by its own examples, bring an old one into the new language")
def card() -> None:
    """Help with writing a source card: the YAML file that says what a page states and in which words.

    The language of cards is described in docs/adding-a-page.md.
    """


for command in (check, convert):
    card.add_command(command)
