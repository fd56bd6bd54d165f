"""Which column is made from which, written down: it is what the SQL says, or the SQL is read."""

import json
from pathlib import Path

import pytest

from warehouse import lineage_file
from warehouse.lineage import lineage_of_models


def test_what_is_written_is_what_the_sql_says() -> None:
    assert lineage_file.FILE.read_text(encoding="utf-8") == lineage_file.content(), "run `make docs`"
    assert lineage_file.written_lineage() == lineage_of_models()


@pytest.mark.parametrize("written", [None, b"", b"{", json.dumps({"sql": "of others", "lineage": []}).encode()])
def test_what_is_of_other_sql_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes | None):
    file = tmp_path / "lineage.json"
    if written is not None:
        file.write_bytes(written)
    monkeypatch.setattr(lineage_file, "FILE", file)
    assert lineage_file.written_lineage() == lineage_of_models()
