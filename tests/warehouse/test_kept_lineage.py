"""Which column is made from which, kept in a home: what is kept is what the SQL says, or it is not taken."""

from pathlib import Path

import pytest

from warehouse.kept_lineage import FILE, kept_lineage
from warehouse.lineage import lineage_of_models


@pytest.mark.parametrize("damage", [0.0, 0.5, 0.999, None])
def test_what_is_damaged_or_of_other_sql_is_made_anew(tmp_path: Path, damage: float | None):
    assert kept_lineage(tmp_path) == lineage_of_models()
    file = tmp_path / FILE
    kept = file.read_bytes()
    assert kept_lineage(tmp_path) == lineage_of_models()
    if damage is None:
        file.write_bytes(b"")
    else:
        content = bytearray(kept)
        content[int(damage * len(content))] ^= 1
        file.write_bytes(content)
    assert kept_lineage(tmp_path) == lineage_of_models()
    assert file.read_bytes() == kept
