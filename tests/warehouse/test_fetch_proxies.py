"""What the environment says of the way to a page: proxies, certificates, ~/.netrc."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from warehouse import fetch as f
from warehouse.fetch import Limits, fetch
from warehouse.transport import TRUST_VARIABLES, BadProxy, BadTrust, proxy_for

QUICK = Limits(connect_timeout=5, read_timeout=5, total_deadline=20, retries=0)
PAGE = b"<p>In 2022 the shelter took in 1,204 animals.</p>"
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
def proxied(monkeypatch):
    """Name a proxy for everything."""

    def name(url: str) -> None:
        for variable in VARIABLES:
            monkeypatch.delenv(variable, raising=False)
            monkeypatch.delenv(variable.lower(), raising=False)
        monkeypatch.setenv("HTTP_PROXY", url)
        monkeypatch.setenv("HTTPS_PROXY", url)

    return name


@pytest.fixture
def tunnel() -> Iterator[Callable[[bytes], str]]:
    """A proxy that answers every request with these bytes; its address."""
    listeners = []

    def open_(answer: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        return f"127.0.0.1:{listener.getsockname()[1]}"

    yield open_
    for listener in listeners:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
def test_a_page_on_this_machine_is_never_asked_for_through_a_proxy(web, proxied, closed_port_url, host):
    proxied(closed_port_url)
    web.answer("/", body=PAGE)
    assert fetch(web.url().replace("127.0.0.1", host), limits=QUICK).body == PAGE


def test_no_address_of_this_machine_is_proxied(proxied):
    proxied("http://127.0.0.1:9")
    for host in ("127.9.9.9", "[::1]", "a.localhost", "LOCALHOST:80", "[::ffff:127.0.0.1]", "0177.1"):
        assert proxy_for(f"http://{host}/") is None
    assert proxy_for("http://10.0.0.1/") == proxy_for("http://shelter.example/") == "http://127.0.0.1:9"


def test_another_page_is_asked_for_through_the_proxy(web, proxied):
    proxied(web.url())
    web.answer("http://shelter.example/impact", body=PAGE)
    assert fetch("http://shelter.example/impact", limits=QUICK).body == PAGE
    assert web.asked[0].headers["host"] == "shelter.example"


def test_a_proxy_may_be_named_without_a_scheme_and_with_a_user(web, proxied):
    proxied(f"ann:secret@127.0.0.1:{web.port}")
    web.answer("http://shelter.example/", body=PAGE)
    assert fetch("http://shelter.example/", limits=QUICK).body == PAGE
    assert web.asked[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_cannot_be_reached_is_named_without_its_password(proxied, closed_port_url, scheme):
    proxied(closed_port_url.replace("//", "//ann:secret@"))
    with pytest.raises(f.Unreachable) as caught:
        fetch(f"{scheme}://shelter.example/", limits=QUICK)
    message = str(caught.value)
    assert f"shelter.example through the proxy {closed_port_url.split('/')[2]}: Connection refused" in message
    assert "NO_PROXY" in message and "secret" not in message and "\n" not in message


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 403 Not from here\r\n\r\n", b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"220 mail\r\n"]
)
def test_a_proxy_that_opens_no_tunnel_is_named(proxied, tunnel, answer):
    address = tunnel(answer)
    proxied(f"http://{address}")
    with pytest.raises(f.FetchError, match=f"shelter.example through the proxy {address}") as caught:
        fetch("https://shelter.example/", limits=QUICK)
    assert "\n" not in str(caught.value)


def test_a_page_over_tls_is_asked_for_through_a_tunnel(tls_web, proxied, self_signed, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(self_signed[0]))
    tls_web.answer("/", status=302, headers={"Location": "/end"}).answer("/end", body=PAGE)
    connects = []
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, target: socket.socket) -> None:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)

    def serve() -> None:
        for _ in range(2):  # one for each request
            connection, _ = listener.accept()
            connects.append(connection.recv(65536).split(b"\r\n")[0])
            inner = socket.create_connection(("127.0.0.1", tls_web.port))
            connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            threading.Thread(target=pump, args=(inner, connection), daemon=True).start()
            threading.Thread(target=pump, args=(connection, inner), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    with listener:
        proxied(f"http://127.0.0.1:{listener.getsockname()[1]}")
        got = fetch("https://shelter.example/", limits=QUICK)
    assert (got.body, got.final_url) == (PAGE, "https://shelter.example/end")
    assert (
        connects == [b"CONNECT shelter.example:443 HTTP/1.0"] * 2
        or connects == [b"CONNECT shelter.example:443 HTTP/1.1"] * 2
    )


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_is_named_at_once(proxied, tunnel, scheme):
    address = tunnel(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    proxied(f"http://ann:secret@{address}")
    with pytest.raises(f.ProxyFailure, match=address) as caught:
        fetch(f"{scheme}://shelter.example/", limits=Limits(retries=3, backoff=60))
    assert "407" in str(caught.value) and "secret" not in str(caught.value)


def test_a_407_of_a_host_is_its_answer(web):
    web.answer("/", status=407, body=b"odd")
    assert fetch(web.url(), limits=QUICK).status == 407


@pytest.mark.parametrize(
    "proxy", ["socks5://ann:secret@127.0.0.1:9", "socks5h://127.0.0.1:9", "ftp://127.0.0.1:9", "http://", "http://[::1",
              "http://127.0.0.1:port", "http://ann:secret@:3128", "127.0.0.1:99999", ":", "http://ann:se/cret@127.0.0.1:9"],
)  # fmt: skip
def test_a_proxy_that_cannot_be_used_is_a_wrong_setting(proxied, proxy):
    proxied(proxy)
    with pytest.raises(BadProxy) as caught:
        fetch("http://shelter.example/", limits=QUICK)
    assert caught.value.exit_status == 2
    assert "NO_PROXY" in str(caught.value) and "cret" not in str(caught.value)


def test_no_proxy_is_heeded(proxied, web, monkeypatch):
    proxied(web.url())
    monkeypatch.setenv("NO_PROXY", ".invalid")
    with pytest.raises(f.Unreachable, match="no-such-host"):
        fetch("http://no-such-host.invalid/", limits=Limits(total_deadline=5, retries=0))
    assert web.asked == []


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest", "http://10.1/", "http://[fd00::1]/", "http://3232235777/"]
)
def test_a_redirect_to_a_private_address_is_not_even_asked_of_the_proxy(web, proxied, target):
    proxied(web.url())
    web.answer("http://shelter.example/", status=302, headers={"Location": target})
    with pytest.raises(f.BadRedirect, match="allow_private"):
        fetch("http://shelter.example/", limits=QUICK)
    assert len(web.asked) == 1


def test_a_redirect_from_elsewhere_to_this_machine_is_refused(web, proxied):
    proxied(web.url())
    for target in (web.url("/inside"), "http://localhost/", "http://127.1/"):
        web.forget("http://shelter.example/")
        web.answer("http://shelter.example/", status=302, headers={"Location": target})
        with pytest.raises(f.BadRedirect, match="a loopback address"):
            fetch("http://shelter.example/", limits=QUICK)
    assert {asked.path for asked in web.asked} == {"http://shelter.example/"}
    web.forget("http://shelter.example/")
    web.answer("http://shelter.example/", status=302, headers={"Location": web.url("/inside")}).answer(
        "/inside", body=PAGE
    )
    assert fetch("http://shelter.example/", allow_private=True, limits=QUICK).body == PAGE


def test_netrc_is_not_read(web, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret\ndefault login ann password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_bytes(netrc.read_bytes())
    web.answer("/", status=302, headers={"Location": "/end"}).answer("/end", body=PAGE)
    fetch(web.url(), limits=QUICK)
    assert [asked.headers.get("authorization") for asked in web.asked] == [None, None]


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_certificates_that_the_environment_trusts_are_trusted(tls_web, self_signed, monkeypatch, variable):
    tls_web.answer("/", body=PAGE)
    for other in TRUST_VARIABLES:
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(variable, str(self_signed[0]))
    assert fetch(tls_web.url(), limits=QUICK).body == PAGE
    monkeypatch.setenv(variable, str(self_signed[0]) + ".gone")
    with pytest.raises(BadTrust, match=variable):
        fetch(tls_web.url(), limits=QUICK)
