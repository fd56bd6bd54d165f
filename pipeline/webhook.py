"""Notices sent to the address that a person set for the home: one POST each, once, and again while it is not taken."""

import logging
import time

import requests
import urllib3.exceptions as u3

from extractors.errors import ImpactError, InputError
from warehouse import notices, settings
from warehouse.fetch import SOFTWARE, cause, within
from warehouse.home import Home
from warehouse.notices import Notice
from warehouse.transport import Session, place, proxy_for

log = logging.getLogger("impact")

CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
"""How long a receiver may take to be reached, and to answer once it is."""
TOGETHER_SECONDS = 30.0
"""What sending may take of a refresh; the rest waits for the next."""


class NotTaken(ImpactError):
    """The receiver did not take a notice, which stays in the outbox. See that it is up, and its address right."""


class NotReached(NotTaken):
    """Nothing came back: there is no use in sending it the others now."""


def address(home: Home) -> str | None:
    """Where notices are sent to; None when nobody is to be told.

    Raises:
        BadSettings: the settings of the home cannot be used.
    """
    return settings.load(home).webhook


def new_state(home: Home) -> notices.State:
    """What a new notice is to wait for; for the address too where it cannot be read."""
    try:
        return "waiting" if address(home) else "kept"
    except ImpactError:
        return "waiting"


def send_waiting(home: Home) -> None:
    """Send what waits; what is not taken stays, which is said. For the holder of the writer lock.

    Raises:
        HomeUnwritable: it cannot be noted what was sent.
    """
    try:
        url = address(home)
    except ImpactError as error:
        log.warning("%s; no notice is sent", error)
        return
    waiting = notices.waiting(home)
    if not waiting:
        return
    if url is None:
        notices.set_state(home, {one.id for one in waiting}, "kept")
        return
    until = time.monotonic() + TOGETHER_SECONDS
    sent, problem = 0, None
    for one in waiting:
        try:
            post(url, one)
        except NotTaken as error:
            problem = error
            if isinstance(error, NotReached):
                break
        else:
            sent += 1
            notices.set_state(home, {one.id}, "sent")  # at once: a kill must not have it sent again
        if time.monotonic() > until:
            break
    if sent:
        log.info("sent %s notice%s to %s", sent, "s" * (sent != 1), place(url))
    if sent < len(waiting):
        left = len(waiting) - sent
        why = problem or f"they took more than {TOGETHER_SECONDS:g} seconds"
        log.warning("%s notice%s not sent: %s; sent again with the next refresh", left, "s" * (left != 1), why)


def post(url: str, notice: Notice) -> None:
    """Send one notice.

    Raises:
        NotReached: nobody answered, or not in time.
        NotTaken: the receiver answered otherwise than that it took it.
    """
    host = place(url)
    late = NotReached(f"{host} did not answer within {CONNECT_SECONDS + READ_SECONDS:g} seconds")
    status, location = within(CONNECT_SECONDS + READ_SECONDS, lambda: _answer(url, notice), late)
    if location and 300 <= status < 400:
        raise NotTaken(f"{host} redirects ({status}), which is not followed: name in settings.yaml where it leads to")
    if not 200 <= status < 300:
        raise NotTaken(f"{host} answers with status {status}")


def _answer(url: str, notice: Notice) -> tuple[int, bool]:
    """Status of the answer, and whether it names another place. What else it says is not read."""
    body = notice.model_dump_json(exclude={"state"}).encode()
    headers = {"User-Agent": SOFTWARE, "Content-Type": "application/json", "Idempotency-Key": notice.id}
    host = place(url)
    try:
        with (
            Session() as session,
            session.send_post(url, body, headers, (CONNECT_SECONDS, READ_SECONDS), proxy_for(url)) as response,
        ):
            return response.status_code, "Location" in response.headers
    except InputError as error:  # of what the environment names
        raise NotReached(str(error)) from error
    except requests.exceptions.Timeout as error:
        raise NotReached(f"no answer from {host} in time ({cause(error)})") from error
    except (requests.RequestException, u3.HTTPError, OSError, ValueError) as error:
        raise NotReached(f"cannot reach {host}: {cause(error)}") from error
