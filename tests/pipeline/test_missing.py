"""What the edition before stated and the latest does not: told by the refresh, by a check, and by `impact status`."""

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from tests.conftest import Web
from tests.pipeline.conftest import Ended, history, page

Impact = Callable[..., Ended]
CHECK = "metrics_still_stated"


def body(year: int, *said: str) -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in said)
    return page(year).replace(b"</main>", lines.encode() + b"</main>")


def passed(home: Path, name: str) -> list[bool]:
    """How a check ended, run by run, and that it warns where it did not pass."""
    found = []
    with history(home) as instance:
        for run in reversed(instance.get_runs()):
            for event in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION):
                evaluation = event.get_dagster_event().asset_check_evaluation_data
                if evaluation.check_name == name:
                    found.append(evaluation.passed)
                    assert evaluation.severity is dg.AssetCheckSeverity.WARN
    return found


def test_what_the_latest_edition_no_longer_states_is_told(home: Path, impact: Impact, card: Path, web: Web):
    crews, kept = "At the end of {0}, we had {1} volunteers.", b"crews rescued 310 people"
    web.answer(body=body(2020, crews.format(2020, 84)))
    first = impact("refresh", "--card", card)
    assert first.status == 0 and "does not state" not in first.err
    assert "missing" not in impact("status").out

    web.forget()
    web.answer(body=body(2021, "Last of all, 86 boats were painted.").replace(kept, b"crews carried 305 people ashore"))
    second = impact("refresh", "--card", card)
    assert second.status == 0
    assert (
        "edition 2021 of coast-rescue does not state what 2020 stated: "
        "rescues (likely in the review queue), volunteers; see `impact status`"
    ) in second.err
    assert passed(home, CHECK) == [True, False]
    told = [line for line in impact("status").out.splitlines() if line.startswith("missing")]
    assert told == [
        "missing    rescues (coast-rescue): edition 2020 states it, 2021 does not; it was: In 2020, crews rescued 310 "
        "people.; likeliest in the review queue: In 2021, crews carried 305 people ashore.",
        "missing    volunteers (coast-rescue): edition 2020 states it, 2021 does not; it was: At the end of 2020, "
        "we had 84 volunteers.",
    ]

    web.forget()
    web.answer(body=body(2022, "In 2022, we ran 9 boats."))
    third = impact("refresh", "--card", card)
    assert third.status == 0 and "does not state" not in third.err  # gone since 2021: it has been told
    assert passed(home, CHECK) == [True, False, True]


def test_a_release_of_an_earlier_version_tells_of_nothing_missing(home: Path, impact: Impact, card: Path, web: Web):
    web.answer(body=page(2020))
    assert impact("refresh", "--card", card).status == 0
    published = (home / "impact.duckdb").resolve()
    published.chmod(0o644)
    with duckdb.connect(str(published)) as con:
        con.execute("DROP TABLE coverage")
    ended = impact("status")
    assert "Traceback" not in ended.err and "missing" not in ended.out


@pytest.mark.parametrize("change", ["up 28%", "28% more than in 2020"])
def test_figures_that_do_not_agree_are_told_by_a_check_and_explained(
    home: Path, impact: Impact, card: Path, web: Web, change: str
):
    said = f"In 2021, crews rescued 400 people, {change}; in 2020, they rescued 300 people."
    web.answer(body=body(2021, said).replace(b"<p>In 2021, crews rescued 310 people.</p>", b""))
    assert impact("refresh", "--card", card).status == 0
    assert passed(home, "figures_agree") == [False]
    line = "  check: 33.3333 against 28 fails (rescues against 2020, edition 2021)"
    assert line in impact("explain", "rescues", "2021").out
