"""The command line `impact`: its commands, and what becomes of errors. Each command stands in `pipeline.commands`.

Data goes to standard output, everything else to standard error. No command is imported before it is asked for, so that
`impact extract` starts quickly.
"""

import difflib
import gc
import importlib
import io
import keyword
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from extractors.errors import ImpactError
from pipeline.interrupts import interrupt
from pipeline.terminal import OutputClosed, say, standard_output

COMMANDS = {
    "refresh": "the main job: fetch, archive, extract, build, check, publish",
    "import": "take captures from WARC or WACZ files and saved pages",
    "backfill": "captures of a page from a web archive",
    "extract": "read one page or many texts, touching no warehouse",
    "build": "read, build, check and publish again from what is in the home; no network",
    "table": "the published year-by-metric table",
    "sql": "any question in SQL to the published database, read-only",
    "explain": "every statement behind a value of the table",
    "show": "the archived page of a fact, offline, with its words highlighted",
    "review": "statistics that have no metric yet, and what they may be",
    "decide": "settle by hand what a statement says, on record",
    "undecide": "take a decision off the record",
    "card": "draft a card from a page, try it on one, check its examples, bring an old one up to date",
    "status": "what is published, and what was refused and why",
    "diff": "what two editions, releases or extractors say otherwise",
    "verify": "make everything again from the archive, and compare it with what is published",
    "prune": "forget readings and run records that nothing needs",
    "report": "the evidence site: one static page a metric and an edition",
    "export": "the published tables as CSV, Parquet and SQLite",
    "rollback": "go back one release and stay there",
    "unpin": "publish again after a rollback",
    "accept": "let a capture through that a check held back",
    "ui": "the Dagster UI, with the daily schedule running",
}
"""Every command and what the overview says of it. Its module is `pipeline.commands.NAME`, its object there `NAME`; a
name that is a word of Python has an underscore behind it."""

INTERRUPTED = 130
"""What a shell reports for a program that ended by SIGINT."""


class Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, the main one first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = f"pipeline.commands.{name}"
        first, running = module not in sys.modules, gc.isenabled()
        gc.disable()  # nothing that modules define is garbage; to look for some takes a tenth of a start
        try:
            command: click.Command = getattr(importlib.import_module(module), name)
        finally:
            if running:
                gc.enable()
        if first:
            gc.freeze()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; of an unknown one the nearest is named."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            nearest = difflib.get_close_matches(args[0].lower(), COMMANDS, n=1)
            hint = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command '{args[0]}'; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="impact-ledger", message="%(prog)s %(version)s")
def impact() -> None:
    """Turn the numbers an organisation states on its impact page into typed facts, and tidy tables in DuckDB.

    Everything is kept under $IMPACT_HOME (default: data/). Analysts open $IMPACT_HOME/impact.duckdb read-only, at any
    moment. Data goes to standard output, everything else to standard error.

    \b
    Exit status: 0 done; 1 the job failed or a check stopped it; 2 wrong usage or unreadable input.

    \b
    Example, offline:
      IMPACT_HOME=demo impact refresh --sample
      IMPACT_HOME=demo impact table
    """


def main() -> NoReturn:
    """The program `impact`."""
    try:
        signal.signal(signal.SIGTERM, interrupt)  # as Ctrl-C does, so that what is under way is ended well and said
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout = standard_output(sys.stdout)
        if isinstance(sys.stderr, io.TextIOWrapper):
            sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # one that fell outside any command
        status = _say("interrupted", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - a fault of this program; it is named
        if os.environ.get("IMPACT_TRACEBACK"):
            import traceback

            traceback.print_exc()
        status = _say(
            f"an error nobody foresaw, {type(error).__name__}: {error}; "
            "set IMPACT_TRACEBACK=1 and report what it shows",
            1,
        )
    # Everything is written and closed. Python would now take apart, object by object, all that Dagster has loaded: a
    # second, to free memory that goes back to the system anyway.
    os._exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit status; an error is one line on standard error."""
    try:
        status = impact.main(arguments, prog_name="impact", standalone_mode=False)
        sys.stdout.flush()
    except OutputClosed as closed:
        return closed.exit_status
    except ImpactError as error:
        return _say(str(error), error.exit_status)
    except OSError as error:  # wherever it falls, and nobody tells of it better
        from warehouse.home import FULL  # loaded by whatever writes

        if error.errno not in FULL:
            raise
        return _say(f"cannot write {error.filename or 'a file'}: {error.strerror}; free space and run again", 2)
    except click.exceptions.NoArgsIsHelpError as error:
        with suppress(OSError):
            click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        asked = " ".join(("impact", *(one for one in arguments[:1] if one in COMMANDS)))
        where = error.ctx.command_path if error.ctx else asked  # of an option without its value click knows no command
        message = error.format_message().rstrip(".")
        see = f" See `{where} --help`" if message.endswith("?") else f"; see `{where} --help`"
        return _say(message + see, error.exit_code)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted", INTERRUPTED)
    finally:
        gc.unfreeze()  # a process that lives on can then be taken apart when it ends
    return status if isinstance(status, int) else 0


def _say(message: str, status: int) -> int:
    say(f"impact: {' '.join(message.split())}", err=True)
    return status
