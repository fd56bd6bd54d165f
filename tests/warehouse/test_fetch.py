import datetime as dt
import email.utils
import gzip
import socket
import threading
import zlib
from pathlib import Path

import pytest

from warehouse import fetch as f
from warehouse.fetch import Limits, fetch

QUICK = Limits(connect_timeout=5, read_timeout=5, total_deadline=20, retries=2, backoff=0)
PAGE = b"<html><body><p>In 2022 the shelter took in 1,204 animals.</p></body></html>"


def test_a_page_comes_back_with_its_headers_status_and_moment(web):
    web.answer("/a", body=PAGE, headers={"ETag": '"v1"'})
    before = dt.datetime.now(dt.UTC)
    got = fetch(web.url("/a"), limits=QUICK)
    assert (got.status, got.body, got.url, got.final_url) == (200, PAGE, web.url("/a"), web.url("/a"))
    assert got.header("etag") == '"v1"'
    assert before <= got.retrieved_at <= dt.datetime.now(dt.UTC)
    assert not got.truncated


def test_the_user_agent_names_this_program(web):
    web.answer("/", body=PAGE)
    fetch(web.url(), limits=QUICK)
    assert web.asked[0].headers["user-agent"].startswith("impact-ledger/")


def test_repeated_headers_are_all_kept(web):
    raw = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok"
    web.answer("/", raw=lambda connection: connection.sendall(raw))
    got = fetch(web.url(), limits=QUICK)
    assert [value for name, value in got.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_validators_make_the_request_conditional(web):
    web.answer("/", status=304, headers={"ETag": '"v1"'})
    got = fetch(web.url(), etag='"v1"', last_modified="Tue, 03 Jan 2023 10:00:00 GMT", limits=QUICK)
    assert (got.status, got.body) == (304, b"")
    assert web.asked[0].headers["if-none-match"] == '"v1"'
    assert web.asked[0].headers["if-modified-since"] == "Tue, 03 Jan 2023 10:00:00 GMT"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_transient_status_is_asked_again(web, status):
    web.answer("/", status=status, body=b"busy").answer("/", body=PAGE)
    assert fetch(web.url(), limits=QUICK).body == PAGE
    assert len(web.asked) == 2


def test_a_lasting_server_error_is_returned_after_the_retries(web):
    web.answer("/", status=500, body=b"<h1>Internal error</h1>")
    got = fetch(web.url(), limits=QUICK)
    assert (got.status, got.body) == (500, b"<h1>Internal error</h1>")
    assert len(web.asked) == 1 + QUICK.retries


def test_a_missing_page_is_returned_at_once(web):
    assert fetch(web.url("/none"), limits=QUICK).status == 404
    assert len(web.asked) == 1


def test_a_reset_connection_is_tried_again(web, reset):
    web.answer("/", raw=reset).answer("/", body=PAGE)
    assert fetch(web.url(), limits=QUICK).body == PAGE


def test_a_host_that_always_hangs_up_is_unreachable(web, reset):
    web.answer("/", raw=reset)
    with pytest.raises(f.Unreachable, match=f"127.0.0.1:{web.port}"):
        fetch(web.url(), limits=QUICK)


def test_a_closed_port_is_unreachable(closed_port_url):
    with pytest.raises(f.Unreachable, match="Connection refused"):
        fetch(closed_port_url, limits=QUICK)


def test_an_unknown_host_is_unreachable():
    with pytest.raises(f.FetchError, match=r"no-such-host\.invalid"):
        fetch("http://no-such-host.invalid/", limits=Limits(total_deadline=5, retries=0))


@pytest.mark.parametrize(
    "wait",
    ["3600", email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))],
    ids=["seconds", "date"],
)
def test_a_pause_asked_for_beyond_the_deadline_ends_the_retries(web, wait):
    web.answer("/", status=503, body=b"later", headers={"Retry-After": wait}).answer("/", body=PAGE)
    assert fetch(web.url(), limits=QUICK).status == 503
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    "wait", ["0", "soon", "Thu, 05 Jan 2017 10:00:00 GMT", "Thu, 05 Jan " + "9" * 30 + " 10:00:00 GMT", ""]
)
def test_a_pause_that_is_short_past_or_senseless_is_no_obstacle(web, wait):
    web.answer("/", status=503, body=b"later", headers={"Retry-After": wait}).answer("/", body=PAGE)
    assert fetch(web.url(), limits=QUICK).body == PAGE


def test_a_self_signed_certificate_is_refused_without_retry(tls_web):
    tls_web.answer("/", body=PAGE)
    with pytest.raises(f.TLSFailure, match="self-signed certificate"):
        fetch(tls_web.url(), limits=QUICK)
    assert tls_web.asked == []


def test_a_certificate_that_is_trusted_is_accepted(tls_web, self_signed, monkeypatch):
    tls_web.answer("/", body=PAGE)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(self_signed[0]))
    assert fetch(tls_web.url(), limits=QUICK).body == PAGE


def test_a_host_that_does_not_speak_tls_is_a_tls_failure(web):
    with pytest.raises(f.TLSFailure):
        fetch(web.url().replace("http:", "https:"), limits=QUICK)


def test_a_host_that_does_not_speak_http_is_unreachable(web):
    web.answer("/", raw=lambda connection: connection.sendall(b"220 mail ready\r\n"))
    with pytest.raises(f.Unreachable):
        fetch(web.url(), limits=QUICK)


def test_a_compressed_body_comes_back_decompressed_with_its_headers_as_received(web):
    packed = gzip.compress(PAGE)
    web.answer("/", body=packed, headers={"Content-Encoding": "gzip"})
    got = fetch(web.url(), limits=QUICK)
    assert got.body == PAGE
    assert got.header("Content-Encoding") == "gzip"
    assert got.header("Content-Length") == str(len(packed))


def test_a_deflated_body_comes_back_decompressed(web):
    web.answer("/", body=zlib.compress(PAGE), headers={"Content-Encoding": "deflate"})
    assert fetch(web.url(), limits=QUICK).body == PAGE


def test_a_body_that_is_not_compressed_as_stated_is_garbled(web):
    web.answer("/", body=PAGE, headers={"Content-Encoding": "gzip"})
    with pytest.raises(f.Garbled, match="not valid gzip"):
        fetch(web.url(), limits=QUICK)


def test_a_body_in_an_encoding_nobody_asked_for_is_garbled(web):
    web.answer("/", body=PAGE, headers={"Content-Encoding": "gzip, unheard-of"})
    with pytest.raises(f.Garbled, match="unheard-of"):
        fetch(web.url(), limits=QUICK)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nContent-Length: 7\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: five\r\n",
        b"no colon here\r\n",
        b": no name\r\n",
        b"X-Long: " + b"y" * 100_000 + b"\r\n",
        b"".join(b"X-%d: y\r\n" % number for number in range(200)),
        b"Content-Type: text/html; charset=\xff\xfe\r\n",
        b"Location: \xff\xfe\r\n",
        b"X-Folded: a\r\n  b\r\n",
        b"Transfer-Encoding: chunked\r\n",
    ],
)
def test_malformed_headers_end_in_a_page_or_in_one_clear_line(web, head):
    web.answer("/", raw=lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + head + b"\r\nhello"))
    try:
        assert fetch(web.url(), limits=Limits(retries=0, total_deadline=10)).status == 200
    except f.FetchError as error:
        assert str(error) and "\n" not in str(error)


def test_a_chunked_body_is_put_together(web):
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    web.answer("/", raw=lambda connection: connection.sendall(raw))
    got = fetch(web.url(), limits=QUICK)
    assert (got.body, got.truncated) == (b"hello world", False)


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello",
    ],
    ids=["content-length", "no last chunk", "within a chunk"],
)
def test_a_body_cut_short_is_asked_again_and_then_returned_as_truncated(web, raw):
    web.answer("/", raw=lambda connection: connection.sendall(raw))
    got = fetch(web.url(), limits=QUICK)
    assert (got.body, got.truncated) == (b"hello", True)
    assert len(web.asked) == 1 + QUICK.retries


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "gzip in members": lambda body: gzip.compress(body[:30]) + gzip.compress(body[30:]),
    "deflate": zlib.compress,
    "deflate, raw": raw_deflate,
}
FRAMES = {
    "length": lambda body: b"Content-Length: %d\r\n\r\n%b" % (len(body), body),
    "length of the whole": lambda body: b"Content-Length: 5000\r\n\r\n" + body,
    "until closed": lambda body: b"\r\n" + body,
    "chunked": lambda body: b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body),
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("share", [0.5, 0.85, 0.99])
def test_a_compressed_body_cut_short_is_known_however_it_is_framed(web, packer, frame, share):
    packed = PACKERS[packer](PAGE * 3)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %b\r\n" % packer.split()[0].strip(",").encode()
    cut = head + FRAMES[frame](packed[: int(len(packed) * share)])
    web.answer("/", raw=lambda connection: connection.sendall(cut))
    got = fetch(web.url(), limits=QUICK)
    assert got.truncated and (PAGE * 3).startswith(got.body)
    assert len(web.asked) == 1 + QUICK.retries
    if frame != "length of the whole":
        web.forget("/")
        web.answer("/", raw=lambda connection: connection.sendall(head + FRAMES[frame](packed)))
        whole = fetch(web.url(), limits=QUICK)
        assert (whole.body, whole.truncated) == (PAGE * 3, False)


@pytest.mark.parametrize(("status", "asked"), [(200, {}), (304, {"etag": '"1"'}), (204, {})])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_an_answer_without_a_body_is_whole_whatever_its_coding(web, status, asked, coding):
    web.answer("/", status=status, headers={"Content-Encoding": coding})
    got = fetch(web.url(), **asked, limits=QUICK)
    assert (got.status, got.body, got.truncated) == (status, b"", False)


def test_a_body_cut_short_once_is_made_good_by_the_retry(web):
    web.answer("/", body=PAGE, headers={"Content-Length": "9999"}).answer("/", body=PAGE)
    got = fetch(web.url(), limits=QUICK)
    assert (got.body, got.truncated) == (PAGE, False)


def test_a_body_over_the_cap_is_refused_and_one_at_the_cap_is_not(web):
    web.answer("/", body=b"x" * 5000)
    assert len(fetch(web.url(), limits=Limits(max_bytes=5000, retries=0)).body) == 5000
    with pytest.raises(f.TooLarge, match="4,999 bytes"):
        fetch(web.url(), limits=Limits(max_bytes=4999, retries=0))


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize("layers", [1, 2])
def test_a_gzip_bomb_is_stopped_at_the_cap(web, layers):
    packed = bomb(200)
    for _ in range(layers - 1):
        packed = gzip.compress(packed)
    web.answer("/", body=packed, headers={"Content-Encoding": ", ".join(["gzip"] * layers)})
    with pytest.raises(f.TooLarge):
        fetch(web.url(), limits=Limits(max_bytes=1 << 20, retries=0))


def test_a_gzip_bomb_in_a_redirect_is_not_read(web):
    web.answer("/", status=302, body=bomb(200), headers={"Location": "/end", "Content-Encoding": "gzip"})
    web.answer("/end", body=PAGE)
    assert fetch(web.url(), limits=Limits(max_bytes=1 << 20, retries=0)).body == PAGE


def test_an_endless_body_is_stopped_at_the_cap(web):
    def forever(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"<p>more</p>" * 1000)

    web.answer("/", raw=forever)
    with pytest.raises(f.TooLarge):
        fetch(web.url(), limits=Limits(max_bytes=1 << 20, retries=0))


@pytest.mark.parametrize(
    "beginning", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"]
)
def test_a_host_that_drips_bytes_is_given_up_at_the_deadline(web, beginning):
    gone = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(beginning)
        while not gone.wait(0.05):
            connection.sendall(b"H")

    web.answer("/", raw=drip)
    try:
        with pytest.raises(f.TimedOut, match=r"0\.5 seconds"):
            fetch(web.url(), limits=Limits(read_timeout=5, total_deadline=0.5, retries=0))
    finally:
        gone.set()


def test_a_silent_host_times_out(web):
    gone = threading.Event()
    web.answer("/", raw=lambda connection: gone.wait(20))
    try:
        with pytest.raises(f.TimedOut, match="no answer from"):
            fetch(web.url(), limits=Limits(read_timeout=0.2, total_deadline=10, retries=1, backoff=0))
    finally:
        gone.set()
    assert len(web.asked) == 2


def test_redirects_are_followed_and_the_last_url_is_kept(web):
    web.answer("/a", status=301, headers={"Location": "/b"}).answer("/b", status=302, headers={"Location": "c?x=1"})
    web.answer("/c?x=1", body=PAGE)
    got = fetch(web.url("/a"), limits=QUICK)
    assert (got.url, got.final_url, got.body) == (web.url("/a"), web.url("/c?x=1"), PAGE)


def test_redirects_in_a_circle_end(web):
    web.answer("/a", status=302, headers={"Location": "/a"})
    with pytest.raises(f.BadRedirect, match="more than 5 times"):
        fetch(web.url("/a"), limits=QUICK)


@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "ftp://127.0.0.1/x", "http://", "http://[::1", "javascript:0"]
)
def test_a_redirect_to_anything_but_a_web_address_is_refused(web, target):
    web.answer("/a", status=302, headers={"Location": target})
    with pytest.raises(f.BadRedirect):
        fetch(web.url("/a"), limits=QUICK)


def test_a_redirect_from_https_to_http_is_refused(tls_web, web, self_signed: tuple[Path, Path], monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(self_signed[0]))
    tls_web.answer("/", status=301, headers={"Location": web.url()})
    with pytest.raises(f.BadRedirect, match="without TLS"):
        fetch(tls_web.url(), limits=QUICK)


@pytest.mark.parametrize(
    "url",
    ["", "impact.html", "file:///etc/hostname", "ftp://example.org/", "http://", "http://[::1", "http://a:99999/",
     "http://a..b/", "http://*.example/", "http://a b/", "http://a:port/", "https:///path",
     "http://" + "x" * 300 + "/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_with_status_two(url):
    with pytest.raises(f.InvalidURL) as caught:
        fetch(url, limits=QUICK)
    assert caught.value.exit_status == 2
    assert "\n" not in str(caught.value)


def test_a_password_in_the_url_is_not_repeated_in_messages(closed_port_url):
    with pytest.raises(f.Unreachable) as caught:
        fetch(closed_port_url.replace("//", "//user:secret@"), limits=QUICK)
    assert "secret" not in str(caught.value)
