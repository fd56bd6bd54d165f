"""Write what is generated: the data dictionary, the rules with their examples, the lineage of columns. `make docs`."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.docs import dictionary, rules
from tests.pipeline.conftest import COMMAND
from warehouse import lineage_file


def main() -> int:
    lineage_file.FILE.write_text(lineage_file.content(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        subprocess.run([*COMMAND, "refresh", "--sample"], env=dictionary.of_home(home), check=True, capture_output=True)
        dictionary.PAGE.write_text(dictionary.page(home / "impact.duckdb"), encoding="utf-8")
    rules.PAGE.write_text(rules.page(rules.PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
