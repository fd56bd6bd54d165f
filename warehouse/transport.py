"""One request on its way: through which proxy, to which address, and up to the answer's headers.

requests sends it, with what it leaves to chance settled: no ~/.netrc is read, no page on this machine is asked for
through a proxy, no interim response is the answer, no redirect is followed, no address is connected to unadmitted.
"""

import functools
import io
import logging
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, parse_headers
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import requests.utils
import urllib3.exceptions as u3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import allowed_gai_family

from extractors.errors import InputError
from warehouse.addresses import Reach, may_lead, reach_by_name, reach_of

MOST_INTERIM_RESPONSES = 20
MOST_HEADER_LINES = 200
LONGEST_LINE = 64 * 1024
HEADER_LINE = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]")
TRUST_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")

# Its warnings hold whole URLs, keys and all.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class BadProxy(InputError):
    """The proxy that the environment names cannot be used. Correct HTTP_PROXY or HTTPS_PROXY, or set NO_PROXY."""


class BadTrust(InputError):
    """The certificates that the environment names are not there. Correct the variable."""


class NotAdmitted(Exception):
    """A redirect leads to an address of a kind that its page may not lead to. No connection was made."""

    def __init__(self, address: str, reach: Reach) -> None:
        """Keep which address, and of which kind."""
        super().__init__(address)
        self.address, self.reach = address, reach


@dataclass(slots=True)
class Gate:
    """Admits the addresses that one request may connect to, and knows afterwards where it went."""

    came_from: Reach | None = None
    """Kind of the place that redirected here; None for the URL that was asked for, which may be anywhere."""
    reached: Reach = "public"

    def admit(self, reach: Reach, address: str) -> None:
        """Raise NotAdmitted unless the place that redirected here may lead there."""
        if self.came_from is not None and not may_lead(self.came_from, reach):
            raise NotAdmitted(address, reach)
        self.reached = reach


class _Response(HTTPResponse):
    def begin(self) -> None:
        stream = self.fp
        super().begin()
        self.fp = stream
        self.reason = self._reason  # http.client would strip it of bytes that are white space in ISO 8859-1 alone

    def _read_status(self) -> tuple[str, int, str]:
        """The status line of the answer: of interim responses http.client itself passes over "100 Continue" alone."""
        for _ in range(MOST_INTERIM_RESPONSES):
            status: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
            if not 100 <= status[1] < 200 or status[1] == 101:
                self._reason = status[2].strip(" \t\r\n")
                head: Any = io.BytesIO(b"".join(self._header_lines()))
                self.fp = head  # for `begin` to parse
                return status
            parse_headers(self.fp)
        raise HTTPException(f"more than {MOST_INTERIM_RESPONSES} interim responses")

    def _header_lines(self) -> list[bytes]:
        """The lines that begin or continue a header: http.client would take one that does not for the end of them."""
        lines: list[bytes] = []
        for _ in range(MOST_HEADER_LINES):
            line = self.fp.readline(LONGEST_LINE + 1)
            if line in (b"\r\n", b"\n", b""):
                return lines
            if HEADER_LINE.match(line):
                lines.append(line)
            if len(line) > LONGEST_LINE:
                raise HTTPException(f"a header line of more than {LONGEST_LINE:,} bytes")
        raise HTTPException(f"more than {MOST_HEADER_LINES} header lines")


class _Gated(HTTPConnection):
    """A connection that asks its gate about the very addresses it then connects to: no name can change in between."""

    response_class = _Response

    def __init__(self, *args: Any, gate: Gate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gate = gate

    def _new_conn(self) -> socket.socket:
        if self.proxy is not None:
            return super()._new_conn()
        name = self._dns_host
        addresses = self._addresses()
        for address in addresses:
            self._gate.admit(reach_of(address), address)
        failure: Exception = u3.NewConnectionError(self, f"{self.host} has no address")
        for address in addresses:
            try:
                self._dns_host = address
                connection = super()._new_conn()
            except (u3.NewConnectionError, u3.ConnectTimeoutError) as error:
                failure = error
            else:
                self._gate.reached = reach_of(address)
                return connection
            finally:
                self._dns_host = name
        raise failure

    def _addresses(self) -> list[str]:
        host = self._dns_host.strip("[]")
        try:
            found = socket.getaddrinfo(host, self.port, allowed_gai_family(), socket.SOCK_STREAM)
        except UnicodeError:
            raise u3.LocationParseError(f"{host!r}, label empty or too long") from None
        except socket.gaierror as error:
            raise u3.NameResolutionError(self.host, self, error) from error
        return [str(address[0]) for *_, address in found]


class _GatedTLS(_Gated, HTTPSConnection):
    """The same over TLS."""


class _Adapter(requests.adapters.HTTPAdapter):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """The pool of connections that requests chose, gated."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = functools.partial(_GatedTLS if pool.scheme == "https" else _Gated, gate=self._gate)
        return pool


class Session(requests.Session):
    """Requests that belong together: cookies set by one are sent with the next, as a redirect may need."""

    def __init__(self) -> None:
        """Take nothing from the environment but what `send_get` asks for."""
        super().__init__()
        self.trust_env = False  # else requests sends what it finds in ~/.netrc

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Report none: requests' own way with redirects reads the whole body of each, of whatever size."""
        return None

    def send_get(
        self, url: str, headers: Mapping[str, str], timeout: tuple[float, float], proxy: str | None, gate: Gate
    ) -> requests.Response:
        """GET `url` on a connection of its own; the body is still to be read.

        Raises:
            NotAdmitted: the gate refused, before anything was sent.
            requests.RequestException, urllib3.exceptions.HTTPError: no answer.
        """
        return self.get(url, headers=headers, timeout=timeout, stream=True, **self._way(url, proxy, gate))

    def send_post(
        self, url: str, body: bytes, headers: Mapping[str, str], timeout: tuple[float, float], proxy: str | None
    ) -> requests.Response:
        """POST `body` to `url`, wherever it is; the body of the answer is still to be read.

        Raises:
            requests.RequestException, urllib3.exceptions.HTTPError: no answer.
        """
        way = self._way(url, proxy, Gate())
        return self.post(url, data=body, headers=headers, timeout=timeout, stream=True, allow_redirects=False, **way)

    def _way(self, url: str, proxy: str | None, gate: Gate) -> dict[str, Any]:
        if proxy:  # who resolves the name is the proxy: only what the name itself says can be asked
            host = urlsplit(url).hostname or ""
            gate.admit(reach_by_name(host) or "public", host)
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter(gate))
        return {"proxies": {urlsplit(url).scheme.lower(): proxy} if proxy else {}, "verify": trusted()}


def proxy_for(url: str) -> str | None:
    """URL of the proxy that the environment names for `url`, if it does; never one for this machine's own pages.

    Raises:
        BadProxy: it is not one that can be used.
    """
    parts = urlsplit(url)
    if reach_by_name(parts.hostname or "") == "loopback":
        return None
    proxy = requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url))
    if not proxy:
        return None
    named = f"the proxy that the environment names for {parts.scheme.lower()}:// URLs"
    way_on = "correct HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, or name the host in NO_PROXY"
    try:
        proxy = proxy if "://" in proxy else f"http://{proxy}"
        proxy_parts = urlsplit(proxy)
        usable = bool(proxy_parts.hostname) and proxy_parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadProxy(f"{named} is not a URL such as http://host:3128; {way_on}")
    if proxy_parts.scheme.lower() not in ("http", "https"):
        raise BadProxy(f"{named}, {place(proxy)}, is a {proxy_parts.scheme} proxy, which is not supported; {way_on}")
    return proxy


def place(url: str) -> str:
    """Host and port, for messages: a user name or password in the URL is nobody's business."""
    return urlsplit(url).netloc.rpartition("@")[2]


def trusted() -> str | bool:
    """Path of the certificates that the environment names as trusted; True for the usual ones.

    Raises:
        BadTrust: there is nothing at that path.
    """
    for variable in TRUST_VARIABLES:
        path = os.environ.get(variable)
        if path:
            if not Path(path).exists():
                raise BadTrust(f"{variable} names {path}, which is not there; correct it")
            return path
    return True
