"""What the daily schedule asks for."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import dagster as dg

from pipeline.definitions import defs
from pipeline.schedule import daily
from tests.conftest import Web
from tests.pipeline.conftest import Ended, page
from warehouse.archive import Archive
from warehouse.fetch import fetch
from warehouse.home import Home


def asked_for() -> list[str | None]:
    with dg.build_schedule_context(scheduled_execution_time=dt.datetime(2024, 5, 1, 6, tzinfo=dt.UTC)) as context:
        requests = daily.evaluate_tick(context).run_requests
    return [request.run_config["resources"]["refresh"]["config"]["source"] for request in requests]


def test_it_refreshes_what_the_home_follows(home: Path, web: Web, impact: Callable[..., Ended]):
    assert asked_for() == ["ncmec-impact"]
    web.answer("/", body=page(2021))
    here = Home.at(home)
    here.create()
    for source in ("hill-rescue", "coast-rescue"):
        Archive(here).store(source, fetch(web.url("/")), sample=False)
    assert asked_for() == ["coast-rescue", "hill-rescue"]


def test_it_leaves_a_home_of_samples_alone(home: Path, web: Web):
    web.answer("/", body=page(2021))
    here = Home.at(home)
    here.create()
    Archive(here).store("ncmec-impact", fetch(web.url("/")), sample=True)
    assert asked_for() == []


def test_it_runs_once_the_ui_is_up_and_all_definitions_load():
    assert daily.default_status == dg.DefaultScheduleStatus.RUNNING
    dg.Definitions.validate_loadable(defs)
