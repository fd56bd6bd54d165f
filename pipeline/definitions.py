"""All that Dagster knows of this project. Run by `impact refresh`, and daily while `impact ui` is up."""

import dagster as dg

from pipeline import assets, collected, past
from pipeline.schedule import build_job, daily, refresh_job, unfinished_runs
from pipeline.session import refresh_session

defs = dg.Definitions(
    assets=[
        assets.archive,
        past.archived_captures,
        assets.readings,
        assets.tables,
        assets.release,
        *collected.assets(),
    ],
    jobs=[refresh_job, build_job, past.backfill_job, past.import_job],
    schedules=[daily],
    sensors=[unfinished_runs, past.build_follows],
    resources={"refresh": refresh_session},
    executor=dg.in_process_executor,
)
