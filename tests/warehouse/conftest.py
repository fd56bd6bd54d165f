"""A home, and retrievals to put into it."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from extractors.page_keys import page_key
from tests.warehouse.foreign_files import NOW
from tests.warehouse.shelter import START
from tests.warehouse.warc_builder import URL
from warehouse import release
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.foreign_warc import entries
from warehouse.home import Home
from warehouse.release import Candidate, Release


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.create()
    return home


@pytest.fixture
def retrieved() -> Callable[..., Retrieval]:
    """Build a retrieval, each a minute after the last."""
    minutes: Iterator[int] = iter(range(10**6))

    def build(
        body: bytes = b"",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        url: str = "https://shelter.example/impact",
        final_url: str | None = None,
        truncated: bool = False,
    ) -> Retrieval:
        return Retrieval(
            url=url,
            final_url=final_url or url,
            status=status,
            reason="",
            headers=tuple({"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items()),
            body=body,
            retrieved_at=START + dt.timedelta(minutes=next(minutes)),
            truncated=truncated,
        )

    return build


@pytest.fixture
def fill() -> Callable[[Candidate, int], None]:
    """Build a small database into a candidate: one table of `rows` rows, and a view."""

    def build(candidate: Candidate, rows: int) -> None:
        with duckdb.connect(str(candidate.path)) as connection:
            connection.execute(f"CREATE TABLE figures AS SELECT range AS i FROM range({rows})")
            connection.execute("CREATE VIEW total AS SELECT count(*) AS n FROM figures")

    return build


@pytest.fixture
def publish(home: Home, fill: Callable[[Candidate, int], None]) -> Callable[..., Release]:
    """Publish a release of `rows` rows."""

    def make(rows: int, *, changed: bool = True) -> Release:
        candidate = release.new_candidate(home)
        fill(candidate, rows)
        return release.publish(home, candidate, summary={"rows": rows}, changed=changed)

    return make


@pytest.fixture
def rows_of() -> Callable[[Home], int]:
    """The rows that a reader of the published release counts."""

    def count(home: Home) -> int:
        with duckdb.connect(str(home.published), read_only=True) as connection:
            (found,) = connection.execute("SELECT n FROM total").fetchone() or (0,)
        return int(found)

    return count


@pytest.fixture
def archive(home):
    return Archive(home)


@pytest.fixture
def store(archive, retrieved):
    def keep(body=b"", **answer):
        return archive.store("shelter", retrieved(body, **answer), sample=False)

    return keep


@pytest.fixture
def read(tmp_path):
    def entries_of(data, name="other.warc.gz", followed=URL):
        path = tmp_path / name
        path.write_bytes(data)
        return list(entries(path, lambda url: page_key(url) == page_key(followed), now=NOW))

    return entries_of
