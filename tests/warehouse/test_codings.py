"""Bodies through their content codings: whole ones come back, and one that lacks its end is known."""

import contextlib
import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.codings import Decoded, UnknownCoding

PAGE = b"<p>In 2022 the shelter took in 1,204 animals.</p>" * 40


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def members(body: bytes) -> bytes:
    return gzip.compress(body[:500]) + gzip.compress(body[500:])


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZip": members,
    "deflate": zlib.compress,
    " deflate ": raw_deflate,
    "deflate, gzip": lambda body: gzip.compress(zlib.compress(body)),
    "gzip,identity,deflate": lambda body: raw_deflate(gzip.compress(body)),
}


def decoded(packed: bytes, coding: str, step: int = 1 << 16, most: int = 1 << 16) -> tuple[bytes, bool]:
    wire = io.BytesIO(packed)
    body = Decoded(lambda size: wire.read(min(size, step)), coding)
    whole = b"".join(iter(lambda: body.read(most), b""))
    return whole, body.cut_short


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(("step", "most"), [(1 << 16, 1 << 16), (1, 1 << 16), (7, 3), (1 << 16, 1)])
def test_a_whole_body_comes_back_however_it_arrives(coding, step, most):
    assert decoded(CODINGS[coding](PAGE), coding, step, most) == (PAGE, False)


@pytest.mark.parametrize("coding", CODINGS)
def test_a_body_cut_anywhere_is_known_as_cut_short(coding):
    packed = CODINGS[coding](PAGE)
    boundary = len(gzip.compress(PAGE[:500])) if coding == "GZip" else 0
    for end in set(range(1, len(packed))) - {boundary}:
        body, cut_short = decoded(packed[:end], coding)
        assert cut_short, end
        assert PAGE.startswith(body)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, deflate"])
def test_no_bytes_at_all_are_an_empty_body(coding):
    assert decoded(b"", coding) == (b"", False)


@pytest.mark.parametrize("padding", [b"\0", bytes(512), b"\r\n", b"<!-- end -->", b"\x1f!"])
@pytest.mark.parametrize("coding", ["gzip", "GZip", "deflate", " deflate "])
def test_padding_behind_the_end_is_passed_over(coding, padding):
    assert decoded(CODINGS[coding](PAGE) + padding, coding) == (PAGE, False)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
@pytest.mark.parametrize("body", [PAGE, b"x", b"ok"])
def test_bytes_in_another_coding_are_an_error_or_cut_short(coding, body):
    with contextlib.suppress(zlib.error):
        assert decoded(body, coding)[1]


def test_a_further_member_that_is_damaged_is_an_error():
    packed = gzip.compress(PAGE) + gzip.compress(PAGE)[:-8] + bytes(8)
    with pytest.raises(zlib.error):
        decoded(packed, "gzip")


@pytest.mark.parametrize("coding", ["br", "gzip, zstd", ", ".join(["gzip"] * 6)])
def test_a_coding_that_is_unknown_or_six_upon_each_other_is_refused(coding):
    with pytest.raises(UnknownCoding):
        Decoded(io.BytesIO().read, coding)


@given(st.binary(max_size=300), st.sampled_from(sorted(CODINGS)), st.integers(1, 50), st.integers(1, 50))
def test_any_body_comes_back(body, coding, step, most):
    assert decoded(CODINGS[coding](body), coding, step, most) == (body, False)


@given(st.binary(max_size=60), st.sampled_from(["gzip", "deflate", "deflate, gzip"]))
def test_any_bytes_end_in_a_body_or_in_the_one_error(wire, coding):
    with contextlib.suppress(zlib.error):
        decoded(wire, coding)
