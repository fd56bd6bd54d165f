"""What was damaged on disk, through the command line: noticed, said, and made anew from the archive."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Web
from tests.few import few_of
from tests.pipeline.conftest import Ended, page

Impact = Callable[..., Ended]


@pytest.fixture
def refreshed(home: Path, impact: Impact, card: Path, web: Web) -> Callable[[], Ended]:
    """Refresh the home from a page that states 310 people rescued."""
    web.answer("/", body=page(2022))
    refresh = lambda: impact("refresh", "--card", card)  # noqa: E731
    assert refresh().status == 0
    return refresh


def database(home: Path) -> Path:
    return (home / "impact.duckdb").resolve()


def facts(home: Path) -> list[tuple]:
    with duckdb.connect(str(database(home)), read_only=True) as con:
        return con.execute(
            "SELECT fact_id, metric, year, value, unit, surface, sentence FROM facts ORDER BY ALL"
        ).fetchall()


def flip(path: Path, place: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 1 << 3
    path.chmod(0o644)
    path.write_bytes(content)


@pytest.mark.parametrize("place", [0.02, pytest.param(0.8, marks=pytest.mark.long)])
def test_a_flipped_bit_in_the_only_release_is_said_and_the_release_built_anew(
    home: Path, impact: Impact, refreshed: Callable[[], Ended], place: float
):
    before = facts(home)
    damaged = database(home)
    flip(damaged, place)
    ended = impact("status")
    assert (ended.status, "a damaged release" in ended.out) == (1, True)
    ended = refreshed()
    assert ended.status == 0
    assert "has changed; it is built anew from the archive" in ended.err
    assert "published release" in ended.err
    assert database(home) != damaged
    assert facts(home) == before
    assert "nothing is new" in refreshed().err
    assert impact("table").status == 0


@pytest.mark.parametrize("damage", few_of(["link and impact.duckdb", "release.json"], 1))
def test_whatever_of_the_only_release_is_gone_it_is_built_anew(home: Path, refreshed: Callable[[], Ended], damage: str):
    before = facts(home)
    folder = database(home).parent
    if "link" in damage:
        (home / "impact.duckdb").unlink()
    for name in ("release.json", "impact.duckdb"):
        if name in damage:
            (folder / name).unlink()
    assert refreshed().status == 0
    assert facts(home) == before
    assert "nothing is new" in refreshed().err


@pytest.mark.long
def test_of_three_releases_the_last_damaged_the_one_before_comes_first_and_then_a_new_one(
    home: Path, impact: Impact, refreshed: Callable[[], Ended], web: Web
):
    for rescued in (320, 330):
        web.forget("/")
        web.answer("/", body=page(2022, rescued))
        assert refreshed().status == 0
    before = facts(home)
    damaged = database(home)
    flip(damaged, 0.5)
    ended = refreshed()
    assert ended.status == 0
    assert f"release {damaged.parent.name} is damaged" in ended.err
    assert "put release" in ended.err
    assert "published release" in ended.err
    assert facts(home) == before


def test_a_flipped_bit_in_a_stored_reading_is_never_published(home: Path, refreshed: Callable[[], Ended]):
    before = facts(home)
    chance = random.Random(26)
    for table in ("passages", "numerals", "reading", "facts"):
        (stored,) = (home / "facts").rglob(f"{table}.parquet")
        whole = stored.read_bytes()
        flip(stored, chance.random())
        shutil.rmtree(home / "releases")
        (home / "impact.duckdb").unlink()
        ended = refreshed()
        assert ended.status == 0
        assert f"{table}.parquet has changed; it is read again from the archive" in ended.err
        assert facts(home) == before
        (stored,) = (home / "facts").rglob(f"{table}.parquet")
        assert stored.read_bytes() == whole


@pytest.mark.long
def test_readings_in_the_layout_of_an_earlier_version_are_made_anew_which_is_said(
    home: Path, refreshed: Callable[[], Ended]
):
    before = facts(home)
    source = home / "facts" / "coast-rescue"
    (packed,) = source.iterdir()
    capture = next((home / "archive").rglob("*.warc.gz")).name.removesuffix(".warc.gz")
    packed.rename(source / f"{capture}-0123456789ab")
    shutil.rmtree(home / "releases")
    (home / "impact.duckdb").unlink()
    ended = refreshed()
    assert ended.status == 0
    assert "the stored readings of coast-rescue are of an earlier layout; they are made anew" in ended.err
    assert facts(home) == before
    assert [path.name for path in source.iterdir()] == ["000001"]
    assert "earlier layout" not in refreshed().err


def test_a_reading_kept_without_a_digest_is_read_again(home: Path, refreshed: Callable[[], Ended]):
    (digest,) = (home / "facts").rglob("outcomes.json")
    digest.unlink()
    assert "is read again from the archive" in refreshed().err
    (digest,) = (home / "facts").rglob("outcomes.json")
    assert "read again" not in refreshed().err


def test_what_a_kill_left_is_swept_though_nothing_is_new(home: Path, refreshed: Callable[[], Ended]):
    places = (
        "archive/coast-rescue",
        "facts/coast-rescue",
        "facts",
        "decisions",
        "releases",
        "releases/.building-1",
        "",
    )
    litter = [home / place / ".tmp-0123456789ab-reading" for place in places]
    for folder in litter:
        folder.mkdir(parents=True)
        (folder / "facts.parquet").write_bytes(b"PAR1")
    assert "nothing is new" in refreshed().err
    assert [folder for folder in litter if folder.exists()] == []
    assert not (home / "releases" / ".building-1").exists()


def test_a_file_that_has_gone_from_the_archive_is_said(
    home: Path, impact: Impact, refreshed: Callable[[], Ended], web: Web
):
    web.forget("/")
    web.answer("/", body=page(2023))
    assert refreshed().status == 0
    lost = min((home / "archive").rglob("*.warc.gz"))
    lost.unlink()
    told = f"gone: archive/coast-rescue/{lost.name} of the archive in {home}"
    assert told in refreshed().err
    assert told not in impact("build").err


def test_a_lost_link_is_put_back_by_whatever_notices_first(
    home: Path, impact: Impact, refreshed: Callable[[], Ended], web: Web
):
    web.forget("/")
    web.answer("/", body=page(2022, 320))
    assert refreshed().status == 0
    link = (home / "impact.duckdb").readlink()
    web.forget("/")  # the site is down
    for asked in (["table"], ["review"], ["explain", "rescues", "2022"], ["status"]):
        (home / "impact.duckdb").unlink()
        ended = impact(*asked)
        assert ended.status == 0
        assert "nothing" not in ended.out
        assert (home / "impact.duckdb").readlink() == link
    (home / "impact.duckdb").unlink()
    ended = refreshed()
    assert ended.status == 1
    assert f"put release {link.parent.name} in place" in ended.err
    assert (home / "impact.duckdb").readlink() == link


def test_a_damaged_pin_is_one_clear_line_until_it_is_removed(
    home: Path, impact: Impact, refreshed: Callable[[], Ended]
):
    flip(database(home), 0.5)
    for content in (b"\xff\xfe\x00", b"soon"):
        (home / "releases" / "pinned").write_bytes(content)
        for ended in (impact("status"), refreshed()):
            assert ended.status == 2
            assert "impact unpin" in ended.line
        assert impact("unpin").status == 0
    assert refreshed().status == 0
    assert impact("status").status == 0
