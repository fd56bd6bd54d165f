"""`impact card`: what helps somebody who writes a card. Each of its commands stands in a module of its own."""

import click

from pipeline.commands.card_check import check
from pipeline.commands.card_convert import convert
from pipeline.commands.card_draft import draft
from pipeline.commands.card_try import try_


@click.group(short_help="draft a card from a page, try it on one, check it, convert an old one")
def card() -> None:
    """Help with writing a source card: the YAML file that says what a page states and in which words.

    The language of cards is described in docs/adding-a-page.md.
    """


for command in (draft, try_, check, convert):
    card.add_command(command)
