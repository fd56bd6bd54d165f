"""Which column is made from which, kept in a home: to read all SQL for it takes longer than to build all tables.

Derived: where it is missing, damaged, or of other SQL it is made anew.
"""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from warehouse import durable
from warehouse.models import load_models

FILE = "lineage.json"
Lineage = tuple[tuple[str, str, str, str], ...]
"""Table, column, and the table and column that it is made from."""


def kept_lineage(facts: Path) -> Lineage:
    """The lineage of all models, from the folder `facts` of a home, where it is put when it is not there.

    Only for the holder of the writer lock.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    sql = "\0".join([version("sqlglot"), version("impact-ledger"), *(model.sql for model in load_models())])
    key = hashlib.sha256(sql.encode()).hexdigest()
    path = facts / FILE
    found = _loaded(path, key)
    if found is None:
        from warehouse.lineage import lineage_of_models  # loads sqlglot

        found = lineage_of_models()
        content = json.dumps([key, found]).encode()
        durable.write_file(path, content + b"\n" + hashlib.sha256(content).hexdigest().encode() + b"\n")
    return found


def _loaded(path: Path, key: str) -> Lineage | None:
    try:
        content, _, own = path.read_bytes().rstrip(b"\n").rpartition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest().encode() != own:
        return None
    of, rows = json.loads(content)
    return tuple((table, column, source, name) for table, column, source, name in rows) if of == key else None
