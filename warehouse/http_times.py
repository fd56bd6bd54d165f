"""Moments and pauses that HTTP headers state (RFC 9110, sections 5.6.7 and 10.2.3)."""

import datetime as dt
import email.utils


def http_date(stated: str | None) -> dt.datetime | None:
    """The moment that a header states, UTC; None when it states none."""
    try:
        moment = email.utils.parsedate_to_datetime(stated or "")
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def retry_after(stated: str | None, now: dt.datetime) -> float | None:
    """Seconds to wait from `now` on that a `Retry-After` states, as a number or as a date; None when it states none."""
    stated = (stated or "").strip()
    if stated.isdecimal():
        return float(stated)
    moment = http_date(stated)
    return max(0.0, (moment - now).total_seconds()) if moment else None
