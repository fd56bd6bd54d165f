"""One polite GET: from a URL to the bytes that came back, within limits of time and size.

Whether the bytes are any good is for `captures` to judge, keeping them is for `archive`.
"""

import concurrent.futures
import datetime as dt
import random
import re
import ssl
import string
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

import requests
import urllib3.exceptions as u3

from extractors.errors import ImpactError, InputError
from extractors.links import public_url
from warehouse.addresses import Reach
from warehouse.codings import ACCEPTED, READ_SIZE, Decoded, UnknownCoding
from warehouse.headers import public_header
from warehouse.http_times import retry_after
from warehouse.transport import Gate, NotAdmitted, Session, place, proxy_for

Answer = TypeVar("Answer")

SOFTWARE = f"impact-ledger/{version('impact-ledger')}"
USER_AGENT = f"{SOFTWARE} (archives published impact statistics) python-requests/{requests.__version__}"
TRANSIENT_STATUS = frozenset({429, 500, 502, 503, 504})
REDIRECT_STATUS = frozenset({301, 302, 303, 307, 308})
ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""Bytes that are no ASCII, in a URL."""


class FetchError(ImpactError):
    """No usable response came back. Nothing was archived; try again later or correct the card's URL."""


class Unreachable(FetchError):
    """The host could not be reached, or hung up. Check the URL and the network, then run again."""


class TLSFailure(FetchError):
    """The host's certificate or TLS set-up does not hold. Nothing was read; do not work around it."""


class TimedOut(FetchError):
    """No answer within the limits. Run again later."""


class TooLarge(FetchError):
    """The decompressed body is over the cap; reading stopped there. Check that the URL names a web page."""


class BadRedirect(FetchError):
    """The host redirects in circles, or to where this program does not follow. Correct the card's URL."""


class Garbled(FetchError):
    """The body is not in the encoding its headers state, so it cannot be decompressed. Run again later."""


class ProxyFailure(FetchError):
    """The proxy wants to know who asks. Give a user and a password in HTTP_PROXY or HTTPS_PROXY."""


class UnexpectedAnswer(FetchError):
    """The host says "not modified" and there is nothing it could refer to. Run again."""


class InvalidURL(InputError):
    """The URL is not one that can be fetched. Correct it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much. Times in seconds, sizes in bytes; the deadline covers everything, retries included."""

    connect_timeout: float = 10
    read_timeout: float = 30
    total_deadline: float = 120
    max_bytes: int = 20 * 1024 * 1024
    """Of the decompressed body."""
    retries: int = 3
    """Attempts after the first, on transient errors only."""
    backoff: float = 1
    """Pause before the first retry; doubled for each further one, with jitter of up to a half."""
    max_redirects: int = 5
    """With 0 a redirect is the answer."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What one GET brought, whatever its status. `body` is decompressed.

    URLs are in their public form, and so are those in `headers`, which else stand as they were received: a character is
    a byte (ISO 8859-1). Cookies given to who showed a password or a key lack their value.
    """

    url: str
    """The URL asked for."""
    final_url: str
    """The URL that answered, after redirects."""
    status: int
    reason: str
    """As received, like the headers; `as_text` makes it readable."""
    headers: tuple[tuple[str, str], ...]
    body: bytes
    retrieved_at: dt.datetime
    """UTC, when the response's headers had arrived."""
    truncated: bool = False
    """The body ended too soon: short of Content-Length, of its last chunk, or of the end of what is compressed."""
    archived_url: str | None = None
    """Where a web archive keeps it, when it was not had from the page itself; `retrieved_at` is then the archive's."""
    imported_from: str | None = None
    """Name of the file that brought it; None of what was had over the network."""
    stated_digest: str | None = None
    """Payload digest as that file states it: others refer to it, and it may be of bytes in another coding."""

    def header(self, name: str) -> str | None:
        """First value of a header, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class _Request:
    url: str
    headers: Mapping[str, str]
    limits: Limits
    allow_private: bool
    deadline: float
    shown: str
    """The URL as it may be told."""


def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    allow_private: bool = False,
    limits: Limits | None = None,
) -> Retrieval:
    """GET `url`, following redirects, retrying what is transient.

    With `etag` or `last_modified` (as an earlier response gave them) the request is conditional and the status may be
    304, with an empty body; else caches on the way are told to ask anew. HTTP errors and bodies cut short are returned
    too, after the retries: they are evidence. `url` may lead anywhere; what it redirects to is public, or of the kind
    of place that redirects (on this machine, say), unless `allow_private`.

    Raises:
        InvalidURL: not an http or https URL with a host.
        BadProxy, BadTrust: the environment names a proxy or certificates that cannot be used.
        FetchError: nothing usable came back; see its subclasses.
    """
    _require_http(url)
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html, application/xhtml+xml, */*;q=0.5"}
    # Only what every later reader can decode again; requests would offer more where more is installed.
    headers["Accept-Encoding"] = ACCEPTED
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    conditional = bool(etag or last_modified)
    if not conditional:
        headers["Cache-Control"] = "no-cache"
    limits = limits or Limits()
    deadline = time.monotonic() + limits.total_deadline
    request = _Request(url, headers, limits, allow_private, deadline, public_url(url))
    answer = within(limits.total_deadline, lambda: _with_retries(request), _late(request.shown, limits.total_deadline))
    if answer.status == 304 and not conditional:
        raise UnexpectedAnswer(
            f"{answer.url} answers 304 (not modified) though the whole page was asked for; run again"
        )
    return answer


def as_text(received: str) -> str:
    """A header's value or a reason phrase as a person reads it: UTF-8 where it is that, else ISO 8859-1."""
    try:
        return received.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return received


def within(seconds: float, work: Callable[[], Answer], late: Exception) -> Answer:
    """Run `work`, but wait no longer than `seconds`.

    Socket timeouts bound one wait, not the sum: a name server that is silent or a host that sends a byte at a time
    passes them. The thread is left behind then; its own deadline or socket timeout ends it, and it is a daemon.
    """
    outcome: concurrent.futures.Future[Answer] = concurrent.futures.Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed over whole, and raised again in the caller's thread
            outcome.set_exception(error)

    threading.Thread(target=run, name="fetch", daemon=True).start()
    done, _ = concurrent.futures.wait([outcome], timeout=seconds)
    if not done:
        raise late
    return outcome.result()


def _with_retries(request: _Request) -> Retrieval:
    """Ask until something final comes back, the retries are used up, or the next pause would pass the deadline."""
    limits = request.limits
    for attempt in range(limits.retries + 1):
        answer: Retrieval | FetchError
        try:
            answer = _follow(request)
            if answer.status not in TRANSIENT_STATUS and not answer.truncated:
                return answer
            asked_pause = retry_after(answer.header("Retry-After"), answer.retrieved_at)
        except (Unreachable, TimedOut) as error:
            answer, asked_pause = error, None
        # The jitter keeps many installations from coming back at the same moment; it guards no secret.
        pause = limits.backoff * 2**attempt * random.uniform(1, 1.5)  # noqa: S311
        pause = max(pause, asked_pause or 0)
        if attempt == limits.retries or time.monotonic() + pause >= request.deadline:
            break
        time.sleep(pause)
    if isinstance(answer, FetchError):
        raise answer
    return answer


def _follow(request: _Request) -> Retrieval:
    """GET the URL and where it redirects to."""
    target = request.url
    came_from: Reach | None = None
    with Session() as session:
        for _ in range(request.limits.max_redirects + 1):
            gate = Gate(None if request.allow_private else came_from)
            with _get(session, target, request, gate) as response:
                location = next(iter(response.raw.headers.getlist("Location")), "")
                if response.status_code not in REDIRECT_STATUS or not location or not request.limits.max_redirects:
                    return _read(response, target, request)
            target, came_from = _redirected(target, location), gate.reached
    raise BadRedirect(f"{request.shown} redirects more than {request.limits.max_redirects} times; correct the URL")


def _get(session: Session, target: str, request: _Request, gate: Gate) -> requests.Response:
    timeout = (request.limits.connect_timeout, request.limits.read_timeout)
    proxy = proxy_for(target)
    host, check = place(target), "check the URL and the network"
    if proxy:
        host, check = f"{host} through the proxy {place(proxy)}", "check HTTP_PROXY, HTTPS_PROXY and NO_PROXY"
    try:
        response = session.send_get(target, request.headers, timeout, proxy, gate)
    except NotAdmitted as error:
        raise BadRedirect(
            f"{request.shown} redirects to {host}, at a {error.reach} address ({error.address}), which was not asked; "
            "correct the URL, or say `allow_private: true` in the card if that is meant"
        ) from error
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, u3.LocationParseError) as error:
        if target != request.url:
            raise BadRedirect(f"{request.shown} redirects to {public_url(target)!r}, which is not followed") from error
        raise InvalidURL(f"{request.shown} is not a URL that can be fetched; correct it") from error
    except requests.exceptions.SSLError as error:
        raise TLSFailure(f"TLS failure at {host}: {cause(error)}; nothing was read") from error
    except requests.exceptions.Timeout as error:
        raise TimedOut(f"no answer from {host} in time ({cause(error)}); run again later") from error
    except (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        if "Tunnel connection failed: 407" in cause(error):
            raise _unknown_to(proxy) from error
        raise Unreachable(f"cannot reach {host}: {cause(error)}; {check}") from error
    except (requests.exceptions.InvalidHeader, u3.HTTPError) as error:
        raise Garbled(f"{host} answers with headers that cannot be read: {cause(error)}") from error
    if proxy and response.status_code == 407:
        response.close()
        raise _unknown_to(proxy)
    return response


def _unknown_to(proxy: str | None) -> ProxyFailure:
    return ProxyFailure(
        f"the proxy {place(proxy or '')} asks for a user and a password (407); give them in HTTP_PROXY or HTTPS_PROXY"
    )


def _read(response: requests.Response, target: str, request: _Request) -> Retrieval:
    """Read the body, decompressed, as it comes: at most one byte over the cap, and not past the deadline."""
    retrieved_at = dt.datetime.now(dt.UTC)
    limits, url, host = request.limits, public_url(target), place(target)

    def wire(size: int) -> bytes:
        if time.monotonic() > request.deadline:
            raise _late(url, limits.total_deadline)
        # read1 returns what one read of the socket brought; read and iter_content wait until a block is full.
        block: bytes = response.raw.read1(size, decode_content=False)
        return block

    encoding = response.headers.get("Content-Encoding", "")
    body = bytearray()
    try:
        decoded = Decoded(wire, encoding)
        while block := decoded.read(min(READ_SIZE, limits.max_bytes + 1 - len(body))):
            body += block
            if len(body) > limits.max_bytes:
                raise TooLarge(
                    f"the body of {url} is over {limits.max_bytes:,} bytes decompressed; "
                    "check that the URL names a web page"
                )
        truncated = decoded.cut_short
    except UnknownCoding as error:
        raise Garbled(f"the body of {url} is encoded as {error}, which was not asked for") from error
    except u3.ReadTimeoutError as error:
        raise TimedOut(f"{host} stopped sending after {len(body):,} bytes; run again later") from error
    except zlib.error as error:
        raise Garbled(f"the body of {url} is not valid {encoding}, as its headers state; run again later") from error
    except u3.ProtocolError:
        truncated = True
    secret = request.url != request.shown or target != url
    return Retrieval(
        url=request.shown,
        final_url=url,
        status=response.status_code,
        reason=response.reason or "",
        headers=tuple((name, public_header(name, value, secret)) for name, value in response.raw.headers.items()),
        body=bytes(body),
        retrieved_at=retrieved_at,
        truncated=truncated,
    )


def _require_http(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        way_on = "give one that starts with http:// or https://"
        raise InvalidURL(f"{public_url(url)!r} is not a URL that can be fetched; {way_on}")


def _redirected(url: str, location: str) -> str:
    """Where `Location` leads from `url`, read as browsers do: bytes that are no ASCII stand for themselves, escaped."""
    escaped = quote(location.strip().replace("\t", "").encode("latin-1"), safe=string.punctuation)
    shown = public_url(url)
    try:
        target = urljoin(url, escaped)
        _require_http(target)
        here, there = urlsplit(url), urlsplit(target)
        user, _, host = there.netloc.rpartition("@")
        if not user and (here.scheme, here.hostname, here.port) == (there.scheme, there.hostname, there.port):
            user = here.netloc.rpartition("@")[0]  # the same place knows the same user
        host = ESCAPED.sub(lambda found: as_text(unquote_to_bytes(found[0]).decode("latin-1")), host)
        target = there._replace(netloc=f"{user}@{host}" if user else host).geturl()
    except (ValueError, InvalidURL):
        raise BadRedirect(
            f"{shown} redirects to {public_url(as_text(location))!r}, which is not followed; correct the URL"
        ) from None
    if here.scheme == "https" and there.scheme == "http":
        raise BadRedirect(f"{shown} redirects from https to {public_url(target)}, without TLS, which is not followed")
    return target


def _late(url: str, seconds: float) -> TimedOut:
    return TimedOut(f"{url} was not read to its end within {seconds:g} seconds; run again later")


def cause(error: BaseException) -> str:
    """What the innermost error says: the libraries wrap it four times over."""
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen:
        seen.append(current)
        inner = getattr(current, "reason", None) or next(iter(current.args), None)
        current = current.__cause__ or current.__context__ or (inner if isinstance(inner, BaseException) else None)
    for inner in reversed(seen):
        if isinstance(inner, ssl.SSLCertVerificationError):
            return inner.verify_message
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror
    return " ".join(str(seen[-1]).split()) or type(seen[-1]).__name__
