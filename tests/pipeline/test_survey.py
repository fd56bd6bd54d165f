"""What a survey of the archive tells of it."""

import datetime as dt
from pathlib import Path

from pipeline.survey import Survey, Surveyed
from warehouse.warc import Capture

NOON = dt.datetime(2021, 5, 3, 12, tzinfo=dt.UTC)


def seen(hours: int, *, fresh: bool = False) -> Surveyed:
    capture = Capture.model_construct(captured_at=NOON + dt.timedelta(hours=hours))
    return Surveyed(capture, None, None, None, None, 0, fresh)


def test_what_was_read_now_and_the_latest_come_first_and_no_more_than_asked_for():
    old, older, read, late = seen(1), seen(0), seen(-1, fresh=True), seen(2)
    survey = Survey(Path(), responses=[old, older, read, late])
    assert survey.foremost(3) == [read, late, old]
    assert survey.foremost(9) == [read, late, old, older]
