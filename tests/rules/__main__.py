"""What the extractor reads and by which rules: digests of it, pinned scores, the table of rules."""

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
    command = commands.add_parser("pin", help="raise the pinned scores to what is reached")
    command.add_argument("--lower", action="store_true", help="also lower those that are no longer reached")
    commands.add_parser("scores", help="print the pinned scores")
    command = commands.add_parser("worth", help="print what each rule and pattern is worth; takes long")
    command.add_argument("--only", default="", metavar="NAME", help="only those whose table, name or file holds this")
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
        case "worth":
            from tests.rules import ablation

            return ablation.main(beside, given.only)
        case "pin":
            return _pin(given.lower)
        case "scores":
            from tests.gold import floors

            print(*floors.table(floors.pinned()), sep="\n")
    return 0


def _pin(lower: bool) -> int:
    from tests.gold import floors
    from tests.rules.corpus import on_all_cores

    files = floors.scored_files()
    reached = dict(zip((path.stem for path in files), on_all_cores(floors.reached_by, files), strict=True))
    kept, moved, worse = floors.raised(floors.pinned(), reached, lower=lower)
    floors.write(kept)
    print(*(f"pinned {line}" for line in moved), sep="\n")
    for line in worse:
        print(f"worse  {line}", file=sys.stderr)
    if worse and not lower:
        print("Floors of unchanged texts stay; mend it, or give --lower and say in the commit why.", file=sys.stderr)
    return bool(worse) and not lower


if __name__ == "__main__":
    sys.exit(main())
