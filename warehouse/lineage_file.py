"""Which column is made from which, written down beside the SQL: to read it there takes longer than to build all tables.

`make docs` writes the file, and a test holds it to the SQL. Where the SQL has changed since, it is read.
"""

import hashlib
import json

from warehouse.models import SQL_FOLDER, load_models

FILE = SQL_FOLDER / "lineage.json"
Lineage = tuple[tuple[str, str, str, str], ...]
"""Table, column, and the table and column that it is made from."""


def written_lineage() -> Lineage:
    """The lineage of all models, as `lineage.lineage_of_models` gives it.

    Raises:
        SqlFileError: it is not written down for this SQL, and a file is no SQL.
    """
    try:
        written = json.loads(FILE.read_bytes())
    except (OSError, ValueError):
        written = {}
    if written.get("sql") == _digest():
        return tuple((table, column, source, name) for table, column, source, name in written["lineage"])
    from warehouse.lineage import lineage_of_models  # loads sqlglot

    return lineage_of_models()


def content() -> str:
    """What the file is to hold: the digest of all models, and a line for each pair of columns."""
    from warehouse.lineage import lineage_of_models

    rows = ",\n".join(json.dumps(row) for row in lineage_of_models())
    return f'{{"sql": "{_digest()}", "lineage": [\n{rows}\n]}}\n'


def _digest() -> str:
    return hashlib.sha256("\0".join(model.sql for model in load_models()).encode()).hexdigest()
