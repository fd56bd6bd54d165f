"""Damaged files of other tools: what is hit is lost, the rest is read."""

import tracemalloc

import pytest

from tests.warehouse.foreign_files import FILE, NOW, OTHER, PAGE, bodies, reasons, zipped
from tests.warehouse.warc_builder import (
    URL,
    packed,
    response,
    wacz,
)
from warehouse import foreign_warc
from warehouse.foreign_warc import NoArchive, entries

THREE = [
    response(PAGE),
    response(b"<p>the one in the middle, of 2022</p>" * 9, date="2022-06-01T00:00:00Z"),
    response(OTHER),
]


def spoilt(parts, number, spoil):
    return b"".join(spoil(part) if n == number else part for n, part in enumerate(parts))


SPOILS = {
    "hole": lambda part: part[:20] + bytes(len(part) - 40) + part[-20:],
    "hole in the head": lambda part: bytes(30) + part[30:],
    "flipped bit": lambda part: part[: len(part) // 2] + bytes([part[len(part) // 2] ^ 4]) + part[len(part) // 2 + 1 :],
    "checksum": lambda part: part[:-6] + bytes(6),
    "cut": lambda part: part[: len(part) // 2],
    "doubled half": lambda part: part[: len(part) // 2] + part,
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("name", ["other.warc.gz", "other.wacz"])
def test_damage_in_a_compressed_file_costs_the_record_that_is_hit(read, spoil, place, name):
    data = spoilt([zipped(one) for one in THREE], place, spoil)
    found = read(wacz({"data.warc.gz": data}) if name.endswith("wacz") else data, name)
    whole = [read(packed([one]))[0].retrieval.body for n, one in enumerate(THREE) if n != place]
    assert [body for body in bodies(found) if body in whole] == whole
    assert foreign_warc.DAMAGED in reasons(found)
    if spoil is not SPOILS["doubled half"]:
        assert bodies(found) == whole


@pytest.mark.parametrize(
    "spoil",
    [
        lambda part: part.replace(b"Content-Length: ", b"Content-Length: 9"),
        lambda part: part.replace(b"Content-Length: ", b"Content-Length: 1\r\nX-Other: "),
        lambda part: part.replace(b"Content-Length: ", b"Content-Length: -"),
        lambda part: part.replace(b"Content-Length: ", b"X-Length: "),
        lambda part: part.replace(b"WARC/1.1", b"WORC/1.1"),
        lambda part: part[: len(part) // 2],
        lambda part: part[:-50],
        lambda part: part.replace(b"2022", b"2023"),
        lambda part: bytes(len(part)),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_damage_in_a_plain_file_costs_the_record_that_is_hit(read, spoil, place):
    found = read(spoilt(THREE, place, spoil), "other.warc")
    if place != 1 and b"2023" in spoil(THREE[1]):
        return  # the others do not say that year
    assert bodies(found) == [read(one)[0].retrieval.body for n, one in enumerate(THREE) if n != place]
    assert foreign_warc.DAMAGED in reasons(found)


def test_damage_in_a_file_compressed_whole_leaves_what_came_before(read):
    whole = zipped(b"".join(THREE))
    found = read(whole[:-12])
    assert bodies(found)[0] == PAGE
    assert reasons(found)[-1] == foreign_warc.DAMAGED
    lengthened = [one.replace(b"Content-Length: ", b"X-Length: ") if n == 1 else one for n, one in enumerate(THREE)]
    assert bodies(read(zipped(b"".join(lengthened)))) == [PAGE, OTHER]


@pytest.mark.parametrize("cut", range(1, len(packed(FILE)), 37))
def test_a_file_cut_anywhere_gives_what_is_whole(read, cut):
    data = packed(FILE)
    try:
        found = read(data[:cut])
    except NoArchive:
        assert cut < len(packed(FILE[:1]))
        return
    ends = [len(packed(FILE[:n])) for n in range(4)]
    assert bodies(found) == [body for end, body in zip(ends[2:], [PAGE, OTHER], strict=True) if cut >= end]
    assert (foreign_warc.DAMAGED in reasons(found)) == (cut not in ends)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not an archive",
        bytes(500),
        zipped(b"a page"),
        b"\x1f\x8b\x08" * 50,
        b"PK\x03\x04" + bytes(90),
        wacz({}),
        wacz({"data.warc.gz": packed(FILE)})[:-40],
    ],
)
def test_a_file_that_is_no_archive_is_said_to_be_none(read, data):
    with pytest.raises(NoArchive):
        read(data)


def test_memory_is_bounded_by_what_is_wanted(tmp_path):
    path = tmp_path / "large.warc.gz"
    large = zipped(response(bytes(60 * 2**20), url="https://shelter.example/film"))
    path.write_bytes(large * 3 + zipped(response(PAGE)) + zipped(response(bytes(60 * 2**20))))
    tracemalloc.start()
    try:
        found = list(entries(path, lambda url: url == URL, now=NOW))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert bodies(found) == [PAGE]
    assert peak < 16 * 2**20
