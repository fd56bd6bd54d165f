"""Where a redirect may lead, and headers in any bytes."""

import socket
import tempfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import fetch as f
from warehouse import transport
from warehouse.archive import Archive
from warehouse.fetch import Limits, as_text, fetch
from warehouse.home import Home

QUICK = Limits(connect_timeout=5, read_timeout=5, total_deadline=20, retries=0)
PAGE = b"<p>In 2022 the shelter took in 1,204 animals.</p>"


@pytest.fixture
def connections(monkeypatch) -> list[str]:
    """Addresses that a connection was made to, or tried; one beyond this machine fails the test before it is made."""
    made: list[str] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, address):
        made.append(address[0])
        assert address[0].startswith("127."), f"a connection to {address} was about to be made"
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    return made


@pytest.fixture
def names(monkeypatch) -> dict[str, list[str]]:
    """What the name server says, instead of a name server."""
    known: dict[str, list[str]] = {}
    look_up = socket.getaddrinfo

    def answer(host, port, *rest, **more):
        if host not in known:
            return look_up(host, port, *rest, **more)
        return [entry for address in known[host] for entry in look_up(address, port, *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


PRIVATE = [
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://172.16.9.9:8080/", "http://192.168.1.1/admin",
    "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://[fc00::1]/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0:80/",
    "http://[::]/", "http://224.0.0.1/", "http://2852039166/", "http://0xa9.0xfe.0xa9.0xfe/", "http://0251.0376.0251.0376/",
    "http://10.1/", "//192.168.0.1/", "https://ann:secret@10.0.0.1/?api_key=secret",
]  # fmt: skip


@pytest.mark.parametrize("target", PRIVATE)
def test_a_redirect_to_another_kind_of_place_is_refused_before_a_connection(web, connections, target):
    web.answer("/", status=302, headers={"Location": target})
    with pytest.raises(f.BadRedirect, match="allow_private: true") as caught:
        fetch(web.url(), limits=QUICK)
    assert connections == ["127.0.0.1"]
    assert "secret" not in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1"])
def test_a_public_page_may_not_lead_to_a_name_of_this_machine_or_network(web, connections, names, monkeypatch, address):
    monkeypatch.setattr(transport, "reach_of", public_on("127.0.0.1"))
    names["inside.example"] = [address.replace("127.0.0.1", "127.0.0.2")]
    web.answer("/", status=301, headers={"Location": f"http://inside.example:{web.port}/"})
    with pytest.raises(f.BadRedirect, match=f"redirects to inside.example:{web.port}, at a"):
        fetch(web.url(), limits=QUICK)
    assert connections == ["127.0.0.1"]


def public_on(address: str):
    """Take one address of this machine for a public one."""
    return lambda asked: "public" if asked == address else reach_of(asked)


reach_of = transport.reach_of


def test_a_name_with_a_public_and_a_private_address_is_refused(web, connections, names, monkeypatch):
    monkeypatch.setattr(transport, "reach_of", public_on("127.0.0.1"))
    names["both.example"] = ["127.0.0.1", "192.168.7.7"]
    web.answer("/", status=302, headers={"Location": f"http://both.example:{web.port}/end"}).answer("/end", body=PAGE)
    with pytest.raises(f.BadRedirect, match=r"private address \(192.168.7.7\)"):
        fetch(web.url(), limits=QUICK)
    assert connections == ["127.0.0.1"]
    names["both.example"] = ["127.0.0.1"]
    assert fetch(web.url(), limits=QUICK).body == PAGE


def test_the_address_that_was_checked_is_the_one_connected_to(web, connections, names, monkeypatch):
    """A name that is public when it is checked and private when it is asked again leads nowhere else."""
    monkeypatch.setattr(transport, "reach_of", public_on("127.0.0.1"))
    look_ups: list[str] = []
    answer = socket.getaddrinfo

    def rebinding(host, *rest, **more):
        if host == "rebound.example":
            look_ups.append(host)
            host = "127.0.0.1" if len(look_ups) == 1 else "10.0.0.1"
        return answer(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    web.answer("/", status=302, headers={"Location": f"http://rebound.example:{web.port}/end"}).answer(
        "/end", body=PAGE
    )
    got = fetch(web.url(), limits=QUICK)
    assert (got.body, got.final_url) == (PAGE, f"http://rebound.example:{web.port}/end")
    assert (look_ups, connections) == (["rebound.example"], ["127.0.0.1"] * 2)


def test_a_page_of_this_machine_may_lead_on_within_it(web, connections):
    web.answer("/", status=302, headers={"Location": f"http://localhost:{web.port}/end"}).answer("/end", body=PAGE)
    assert fetch(web.url(), limits=QUICK).body == PAGE


def test_the_next_address_of_a_name_is_tried_and_the_name_is_asked_for(web, names):
    names["shelter.example"] = ["127.0.0.2", "127.0.0.1"]
    web.answer("/", body=PAGE)
    assert fetch(f"http://shelter.example:{web.port}/", limits=QUICK).body == PAGE
    assert web.asked[0].headers["host"] == f"shelter.example:{web.port}"


def test_a_place_that_the_card_allows_is_asked(web, connections):
    web.answer("/", status=302, headers={"Location": "http://0.0.0.0:1/"})
    with pytest.raises(AssertionError, match="was about to be made"):
        fetch(web.url(), allow_private=True, limits=QUICK)


def sends(*parts: bytes):
    return lambda connection: connection.sendall(b"".join(parts))


FINAL = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(PAGE)


@pytest.mark.parametrize(
    "interim",
    [
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <\xff>\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 5 + b"HTTP/1.1 199 Whatever\r\nX: y\r\n\r\n",
    ],
)
def test_interim_responses_are_passed_over(web, interim):
    web.answer("/", raw=sends(interim, FINAL, PAGE))
    got = fetch(web.url(), limits=QUICK)
    assert (got.status, got.body, got.truncated) == (200, PAGE, False)
    assert got.header("Link") is None


def test_interim_responses_without_end_are_no_answer(web):
    web.answer("/", raw=sends(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000, FINAL, PAGE))
    with pytest.raises(f.Unreachable, match="interim responses"):
        fetch(web.url(), limits=QUICK)


def test_an_interim_response_in_front_of_a_redirect_is_passed_over(web):
    hint = b"HTTP/1.1 103 Early Hints\r\nLocation: /wrong\r\n\r\n"
    web.answer("/", raw=sends(hint, b"HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n"))
    web.answer("/end", body=PAGE)
    assert fetch(web.url(), limits=QUICK).body == PAGE


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        (b"/caf\xe9", "/caf%E9"),
        ("/café".encode(), "/caf%C3%A9"),
        (b"/a b?q=\xfcber", "/a%20b?q=%FCber"),
        (b"/\xe6\x97\xa5\xe6\x9c\xac#\xe6\x9c\xac", "/%E6%97%A5%E6%9C%AC"),
        (b" \t/end\t", "/end"),
        (b"/caf%C3%A9%20", "/caf%C3%A9%20"),
    ],
)
def test_a_redirect_in_any_bytes_is_followed_as_browsers_do(web, location, asked):
    web.answer("/", raw=sends(b"HTTP/1.1 301 D\xe9plac\xe9\r\nLocation: ", location, b"\r\nContent-Length: 0\r\n\r\n"))
    web.answer(asked, body=PAGE)
    got = fetch(web.url(), limits=QUICK)
    assert got.body == PAGE
    assert got.final_url.isascii() and web.asked[-1].path == asked


@pytest.mark.parametrize("host", [b"caf\xc3\xa9.invalid", b"caf\xe9.invalid", "日本.invalid".encode()])
def test_a_redirect_to_a_name_that_is_no_ascii_is_looked_up_as_its_idna_form(web, names, host):
    name = as_text(host.decode("latin-1")).encode("idna").decode()
    names[name] = ["127.0.0.1"]
    web.answer("/", raw=sends(b"HTTP/1.1 302 Found\r\nLocation: http://", host, b":%d/end\r\n\r\n" % web.port))
    web.answer("/end", body=PAGE)
    assert fetch(web.url(), limits=QUICK).body == PAGE
    assert web.asked[-1].headers["host"] == f"{name}:{web.port}"


@pytest.mark.parametrize("target", [b"http://\xff\xfe..\xfd/", b"http://[\xe9]/", b"http://a b/"])
def test_a_redirect_to_no_address_is_one_clear_line(web, target):
    web.answer("/", raw=sends(b"HTTP/1.1 302 Found\r\nLocation: ", target, b"\r\n\r\n"))
    with pytest.raises(f.FetchError) as caught:
        fetch(web.url(), limits=QUICK)
    assert "\n" not in str(caught.value)


def test_a_status_and_headers_in_any_bytes_come_back_as_received(web):
    every = bytes(byte for byte in range(0x21, 0x100))
    head = b"HTTP/1.1 404 Non trouv\xe9\r\nX-Any: " + every + b'\r\nETag: "\xc3\xa9"\r\nContent-Length: 2\r\n\r\n'
    web.answer("/", raw=sends(head, b"no"))
    got = fetch(web.url(), limits=QUICK)
    assert (got.status, got.reason.encode("latin-1"), as_text(got.reason)) == (404, b"Non trouv\xe9", "Non trouvé")
    assert (got.header("X-Any") or "").encode("latin-1") == every
    assert as_text(got.header("ETag") or "") == '"é"'


@pytest.mark.parametrize(
    "line",
    [b"X-Gr\xf6\xdfe: 5", "X-Größe: 5".encode(), b"no colon here", b": no name", b"From here on", b"\xff", b"a b: c"],
)
def test_a_line_that_is_no_header_hides_none_of_the_others(web, line):
    head = b"HTTP/1.1 200 OK\r\nETag: 1\r\n" + line + b"\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n"
    web.answer("/", raw=sends(head, b"ok, and more"))
    got = fetch(web.url(), limits=QUICK)
    assert (got.body, got.header("ETag"), got.header("Content-Type")) == (b"ok", "1", "text/html")


NAMES = [b"Location", b"Content-Location", b"Set-Cookie", b"ETag", b"Content-Type", b"Link", b"Refresh", b"Retry-After",
         b"Content-Encoding", b"Transfer-Encoding", b"Content-Length", b"Date", b"X"]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from([b"200", b"204", b"301", b"302", b"304", b"404", b"503"]),
    st.binary(max_size=12),
    st.lists(st.tuples(st.sampled_from(NAMES), st.binary(max_size=16)), max_size=4),
)
def test_an_answer_in_any_bytes_is_kept_or_is_one_clear_line(web, status, reason, headers):
    own = {b"Location": b"/p"}  # no other host
    head = b"".join(name + b": " + own.get(name, b"") + value + b"\r\n" for name, value in headers)
    web.forget("/")
    web.answer("/", raw=sends(b"HTTP/1.1 ", status, b" ", reason, b"\r\n", head, b"\r\n", PAGE))
    try:
        got = fetch(web.url(), limits=Limits(retries=0, max_redirects=1, total_deadline=10))
    except f.FetchError as error:
        assert "\n" not in str(error)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Home.at(folder)
        stored = Archive(home).store("shelter", got, sample=False)
        assert Archive(home).captures() == [stored]
        assert (stored.status, Archive(home).payload(stored)) == (got.status, got.body)
