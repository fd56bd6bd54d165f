"""One polite GET: from a URL to the bytes that came back, within limits of time and size.

Whether the bytes are any good is for `captures` to judge, keeping them is for `archive`.
"""

import concurrent.futures
import datetime as dt
import email.utils
import random
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions as u3

from extractors.errors import ImpactError, InputError

SOFTWARE = f"impact-ledger/{version('impact-ledger')}"
USER_AGENT = f"{SOFTWARE} (archives published impact statistics) python-requests/{requests.__version__}"
TRANSIENT_STATUS = frozenset({429, 500, 502, 503, 504})
REDIRECT_STATUS = frozenset({301, 302, 303, 307, 308})
READ_SIZE = 64 * 1024


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


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What one GET brought, whatever its status. `body` is decompressed; `headers` stand as they were received."""

    url: str
    """The URL asked for."""
    final_url: str
    """The URL that answered, after redirects."""
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    retrieved_at: dt.datetime
    """UTC, when the response's headers had arrived."""
    truncated: bool = False
    """The connection ended before the body did: shorter than Content-Length, or without its last chunk."""

    def header(self, name: str) -> str | None:
        """First value of a header, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def fetch(
    url: str, *, etag: str | None = None, last_modified: str | None = None, limits: Limits | None = None
) -> Retrieval:
    """GET `url`, following redirects, retrying what is transient.

    With `etag` or `last_modified` (as an earlier response gave them) the request is conditional and the status may be
    304, with an empty body. HTTP errors and bodies cut short are returned too, after the retries: they are evidence.

    Raises:
        InvalidURL: not an http or https URL with a host.
        FetchError: nothing usable came back; see its subclasses.
    """
    _require_http(url)
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html, application/xhtml+xml, */*;q=0.5"}
    # Only what every later reader can decode again; requests would offer more where more is installed.
    headers["Accept-Encoding"] = "gzip, deflate"
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    limits = limits or Limits()
    deadline = time.monotonic() + limits.total_deadline
    return _within(
        limits.total_deadline, lambda: _with_retries(url, headers, limits, deadline), _late(url, limits.total_deadline)
    )


def _within(seconds: float, work: Callable[[], Retrieval], late: TimedOut) -> Retrieval:
    """Run `work`, but wait no longer than `seconds`.

    Socket timeouts bound one wait, not the sum: a name server that is silent or a host that sends a byte at a time
    passes them. The thread is left behind then; its own deadline or socket timeout ends it, and it is a daemon.
    """
    outcome: concurrent.futures.Future[Retrieval] = concurrent.futures.Future()

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


def _with_retries(url: str, headers: Mapping[str, str], limits: Limits, deadline: float) -> Retrieval:
    """Ask until something final comes back, the retries are used up, or the next pause would pass the deadline."""
    for attempt in range(limits.retries + 1):
        answer: Retrieval | FetchError
        try:
            answer = _follow(url, headers, limits, deadline)
            if answer.status not in TRANSIENT_STATUS and not answer.truncated:
                return answer
            asked_pause = _retry_after(answer)
        except (Unreachable, TimedOut) as error:
            answer, asked_pause = error, None
        # The jitter keeps many installations from coming back at the same moment; it guards no secret.
        pause = limits.backoff * 2**attempt * random.uniform(1, 1.5)  # noqa: S311
        pause = max(pause, asked_pause or 0)
        if attempt == limits.retries or time.monotonic() + pause >= deadline:
            break
        time.sleep(pause)
    if isinstance(answer, FetchError):
        raise answer
    return answer


def _follow(url: str, headers: Mapping[str, str], limits: Limits, deadline: float) -> Retrieval:
    """GET `url` and where it redirects to.

    requests' own redirects are not used: it reads the whole body of each redirect, of whatever size.
    """
    target = url
    with _Session() as session:
        for _ in range(limits.max_redirects + 1):
            response = _get(session, target, headers, limits)
            with response:
                location = requests.Session.get_redirect_target(session, response)
                if response.status_code not in REDIRECT_STATUS or not location:
                    return replace(_read(response, target, limits, deadline), url=url)
            target = _redirected(target, location)
    raise BadRedirect(f"{url} redirects more than {limits.max_redirects} times; correct the URL")


class _Session(requests.Session):
    """A session that follows no redirect by itself."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Report none, so that `_follow` decides."""
        return None


def _get(session: requests.Session, url: str, headers: Mapping[str, str], limits: Limits) -> requests.Response:
    timeout = (limits.connect_timeout, limits.read_timeout)
    try:
        return session.get(url, headers=headers, timeout=timeout, stream=True)
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, u3.LocationParseError) as error:
        raise InvalidURL(f"{url} is not a URL that can be fetched: {error}") from error
    except requests.exceptions.SSLError as error:
        raise TLSFailure(f"TLS failure at {_host(url)}: {_cause(error)}; nothing was read") from error
    except requests.exceptions.Timeout as error:
        raise TimedOut(f"no answer from {_host(url)} in time ({_cause(error)}); run again later") from error
    except (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise Unreachable(f"cannot reach {_host(url)}: {_cause(error)}; check the URL and the network") from error
    except (requests.exceptions.InvalidHeader, u3.HTTPError) as error:
        raise Garbled(f"{_host(url)} answers with headers that cannot be read: {_cause(error)}") from error


def _read(response: requests.Response, url: str, limits: Limits, deadline: float) -> Retrieval:
    """Read the body, decompressed, as it comes: at most one byte over the cap, and not past the deadline."""
    retrieved_at = dt.datetime.now(dt.UTC)
    encodings = {token.strip().lower() for token in response.headers.get("Content-Encoding", "").split(",")}
    unknown = encodings - {"", "identity", *response.raw.CONTENT_DECODERS}
    if unknown:
        raise Garbled(f"the body of {url} is encoded as {', '.join(sorted(unknown))}, which was not asked for")
    body = bytearray()
    truncated = False
    try:
        # read1 returns what one read of the socket brought; read and iter_content wait until a block is full.
        while block := response.raw.read1(min(READ_SIZE, limits.max_bytes + 1 - len(body)), decode_content=True):
            body += block
            if len(body) > limits.max_bytes:
                raise TooLarge(
                    f"the body of {url} is over {limits.max_bytes:,} bytes decompressed; "
                    "check that the URL names a web page"
                )
            if time.monotonic() > deadline:
                raise _late(url, limits.total_deadline)
    except u3.ReadTimeoutError as error:
        raise TimedOut(f"{_host(url)} stopped sending after {len(body):,} bytes; run again later") from error
    except u3.DecodeError as error:
        encoding = response.headers.get("Content-Encoding", "")
        raise Garbled(f"the body of {url} is not valid {encoding}, as its headers state; run again later") from error
    except u3.ProtocolError:
        truncated = True
    return Retrieval(
        url=url,
        final_url=url,
        status=response.status_code,
        reason=response.reason or "",
        headers=tuple((str(name), str(value)) for name, value in response.raw.headers.items()),
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
        raise InvalidURL(f"{url!r} is not a URL that can be fetched; give one that starts with http:// or https://")


def _redirected(url: str, location: str) -> str:
    try:
        target = urljoin(url, location)
        _require_http(target)
    except (ValueError, InvalidURL):
        raise BadRedirect(f"{url} redirects to {location!r}, which is not followed; correct the URL") from None
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
        raise BadRedirect(f"{url} redirects from https to {target}, without TLS, which is not followed")
    return target


def _retry_after(answer: Retrieval) -> float | None:
    """Seconds the host asks to wait, from `Retry-After` as seconds or as a date (RFC 9110, section 10.2.3)."""
    stated = (answer.header("Retry-After") or "").strip()
    if stated.isdecimal():
        return float(stated)
    try:
        moment = email.utils.parsedate_to_datetime(stated)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - answer.retrieved_at).total_seconds())


def _late(url: str, seconds: float) -> TimedOut:
    return TimedOut(f"{url} was not read to its end within {seconds:g} seconds; run again later")


def _host(url: str) -> str:
    """Host and port, for messages: a user name or password in the URL is nobody's business."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _cause(error: BaseException) -> str:
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
    return str(seen[-1]) or type(seen[-1]).__name__
