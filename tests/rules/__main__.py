"""What the extractor reads and by which rules: digests, pinned scores, the table of rules. `python -m tests.rules -h`."""

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.rules", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--beside",
        type=Path,
        default=os.environ.get("BESIDE"),
        help="folder with further cases/, pages/ and gold/ (or the variable BESIDE)",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("digest", help="write one line for every number of every text")
    command.add_argument("file", type=Path)
    command = commands.add_parser("compare", help="print what differs between two digests, fact by fact")
    command.add_argument("before", type=Path)
    command.add_argument("after", type=Path)
    given = parser.parse_args()
    beside = Path(given.beside) if given.beside else None
    match given.command:
        case "digest":
            from tests.rules import digest

            print(f"{digest.write(given.file, beside)} lines in {given.file}")
        case "compare":
            from tests.rules import digest

            found = digest.differences(digest.load(given.before), digest.load(given.after))
            print(*digest.report(found), sep="\n")
            return bool(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
