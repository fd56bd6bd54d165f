"""The command line `impact`: its commands, and what becomes of errors. Each command stands in `pipeline.commands`.

Data goes to standard output, everything else to standard error. No command is imported before it is asked for, so that
`impact extract` starts quickly.
"""

import difflib
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import NoReturn

import click

from extractors.errors import ImpactError

COMMANDS = {
    "refresh": "the main job: fetch, archive, extract, build, check, publish",
    "backfill": "captures of a page from a web archive",
    "extract": "read one page or many texts, touching no warehouse",
    "table": "the published year-by-metric table",
    "explain": "every statement behind a value of the table",
    "review": "statistics that have no metric yet",
    "status": "what is published, and what was refused and why",
    "rollback": "go back one release and stay there",
    "unpin": "publish again after a rollback",
    "accept": "let a capture through that a check held back",
    "ui": "the Dagster UI, with the daily schedule running",
}
"""Every command and what the overview says of it. Its module is `pipeline.commands.NAME`, its object there `NAME`."""

INTERRUPTED, PIPE_CLOSED = 130, 141
"""What a shell reports for a program that ended by SIGINT and by SIGPIPE."""


class Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, the main one first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = f"pipeline.commands.{cmd_name}"
        first, running = module not in sys.modules, gc.isenabled()
        gc.disable()  # nothing that modules define is garbage; to look for some takes a tenth of a start
        try:
            command: click.Command = getattr(importlib.import_module(module), cmd_name)
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
    if not os.environ.get("IMPACT_TRACEBACK"):
        sys.excepthook = _unforeseen
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    status = run(sys.argv[1:])
    # Everything is written and closed. Python would now take apart, object by object, all that Dagster has loaded: a
    # second, to free memory that goes back to the system anyway.
    os._exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit status; an error is one line on standard error."""
    try:
        status = impact.main(arguments, prog_name="impact", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        return PIPE_CLOSED  # whoever read the output has enough
    except ImpactError as error:
        return _say(str(error), error.exit_status)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "impact"
        message = error.format_message().rstrip(".")
        see = f" See `{where} --help`" if message.endswith("?") else f"; see `{where} --help`"
        return _say(message + see, error.exit_code)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted", INTERRUPTED)
    return status if isinstance(status, int) else 0


def _say(message: str, status: int) -> int:
    click.echo(f"impact: {' '.join(message.split())}", err=True)
    return status


def _unforeseen(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    """Tell of an error that is a fault of this program; Python then leaves with status 1."""
    _say(f"an error nobody foresaw, {kind.__name__}: {error}; set IMPACT_TRACEBACK=1 and report what it shows", 1)
