"""`impact extract`: a page or many texts in, JSON lines out. Touches no warehouse, imports no Dagster."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import click

from extractors.errors import InputError
from extractors.metrics.card import SourceCard
from pipeline.batch import output_lines, read_lines
from pipeline.commands.options import card_options, named_card
from pipeline.pages import found_page, moment, read, web_address
from pipeline.terminal import say


@click.command(short_help="read one page or many texts")
@click.argument("page", required=False)
@card_options
@click.option("--edition", type=click.IntRange(1, 9999), metavar="YEAR", help="The reporting year, if not inferred.")
@click.option("--url", help="Where the page stands; facts then link to it.")
@click.option("--captured-at", metavar="ISO8601", help='When it was retrieved; "last year" is the year before.')
@click.option("--numerals", is_flag=True, help="Print the ledger instead: every numeral, and what became of it.")
@click.option("--batch", metavar="FILE.jsonl", help="Read many texts in one process; - is standard input.")
@click.option("--warc", metavar="GLOB", help="Read web-archive collections: WARC and WACZ files, here or at s3://….")
@click.option("--out", metavar="DIR", help="With --warc: where its Parquet goes, a folder or s3://….")
@click.option("--engine", metavar="ENGINE", help="With --warc: local (every core), the default, or dask://HOST:PORT.")
@click.option("--cards", metavar="DIR", help="With --warc: a folder of source cards of your own, beside the bundled.")
def extract(
    page: str | None,
    source: str | None,
    card_file: str | None,
    edition: int | None,
    url: str | None,
    captured_at: str | None,
    numerals: bool,
    batch: str | None,
    warc: str | None,
    out: str | None,
    engine: str | None,
    cards: str | None,
) -> int:
    """Turn the statistics of PAGE into facts, one JSON object a line.

    PAGE is a file (.html, .txt or .md), a URL, or - for standard input. Without a card every statistic is still a fact,
    with `metric` null. Nothing is stored.

    With --batch, each line of the file is an object: {"id", "text" or "html", "edition"?, "url"?, "captured_at"?}. Text
    may be Markdown. Each output line begins with the "id" of its text. A line that cannot be read gives {"id", "error"}
    instead; the others are read, and the exit status is then 1.

    With --warc, every page of the collections is read, by the card that has its address or by none; what it says goes
    to --out as Parquet: facts, numerals, passages, captures, failures (what could not be read, and why) and records
    (what became of all records). Ended halfway, the same command goes on from there. See docs/scale.md.

    \b
    Exit status: 0 done, also when no statistic was found, or records are in the table of failures; 1 a URL did not
    answer, or a line of a batch or a file of a collection cannot be read; 2 PAGE, the card or an option cannot be used.

    \b
    Examples:
      impact extract page.html --source ncmec-impact > facts.jsonl
      impact extract report.md --edition 2023 --numerals
      impact extract --batch texts.jsonl
      impact extract --warc 'crawls/*.warc.gz' --out facts --cards my-cards
    """
    if warc is not None or out is not None or engine is not None or cards is not None:
        if warc is None or out is None:
            raise click.UsageError("--warc and --out go together: the collections, and where their facts go")
        if [page, source, card_file, edition, url, captured_at, batch] != [None] * 7 or numerals:
            raise InputError("--warc takes only --out, --engine and --cards; its records say the rest")
        from pipeline.bulk import extract_collections

        return extract_collections(warc, out, engine or "local", cards)
    card = named_card(source, card_file)
    if batch is not None:
        if page is not None or edition is not None or url is not None or captured_at is not None:
            raise InputError("--batch takes PAGE, --edition, --url and --captured-at from the lines of its file")
        return _extract_batch(batch, card, numerals)
    if page is None:
        raise click.UsageError("name a PAGE: a file, a URL or - for standard input; or give --batch FILE.jsonl")
    given = moment(captured_at) if captured_at is not None else None
    if url is not None:
        web_address(url)
    found = found_page(page, allow_private=bool(card and card.allow_private))
    try:
        reading = read(found, card, edition, url or found.url, given or found.retrieved_at)
    except InputError as error:
        raise InputError(f"{found.name}: {error}") from error
    sys.stdout.writelines(line + "\n" for line in output_lines(reading, numerals))
    if not reading.facts:
        say(f"impact: no statistic found in {found.name}", err=True)
    return 0


def _extract_batch(name: str, card: SourceCard | None, numerals: bool) -> int:
    unread = 0
    with _batch_lines(name) as lines:
        try:
            for was_read, said in read_lines(lines, card, numerals=numerals):
                unread += not was_read
                sys.stdout.writelines(line + "\n" for line in said)
        except OSError as error:
            raise InputError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from error
    if unread:
        several = f"{unread} lines" if unread > 1 else "1 line"
        say(f"impact: {several} of {name} could not be read; standard output names the reason", err=True)
    return 1 if unread else 0


def _batch_lines(name: str) -> "BinaryIO | nullcontext[BinaryIO]":
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # a null character in the name
        raise InputError(f"cannot read {name!r}: {error}") from error
