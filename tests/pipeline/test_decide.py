"""People decide once: from the queue to the table and back, by commands, by keys and by hand in the file."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from extractors.metrics.card import load_card
from extractors.records import PeriodType, Qualifier
from pipeline import recording
from pipeline.commands.decide import decide as decide_command
from pipeline.inputs import statements_key
from pipeline.survey import survey
from tests.pipeline.conftest import CARD, Ended, own_copy, page, rows
from tests.pipeline.terminals import SECONDS, Terminal
from tests.pipeline.without_dagster import URL, year_by_year
from warehouse import decision_files
from warehouse.archive import Archive
from warehouse.decisions import OF_TWO_ENDS, Decision
from warehouse.home import Home, writer_lock

Impact = Callable[..., Ended]
CERTAIN = "identities: [{metric: rescues, kind: sum, dimension: place, certain: true}]\n"
SAID = (
    "<p>In {year}, 300 people were rescued on beaches.</p>"
    "<p>In {year}, boats brought 10 swimmers home from the sea.</p>"
    "<p>In {year}, boats brought 12 swimmers home from the harbour.</p>"
    "<h2>Café [1]</h2><p>In {year}, we served 9,140 cups of tea.</p></main>"
)
SOURCE = "coast-rescue"


def edition(year: int, swimmers: int = 10) -> bytes:
    said = SAID.format(year=year).replace("10 swimmers", f"{swimmers} swimmers")
    return page(year, 310, statistics=1).replace(b"</main>", said.encode())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decided")
    card = folder / "card.yaml"
    card.write_text(CARD.format(url=URL) + CERTAIN, encoding="utf-8")
    year_by_year(Home.at(folder / "home"), [edition(2021), edition(2022, 14)], card)
    return folder / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return own_copy(made, tmp_path, monkeypatch)


def fact(home: Path, words: str, edition: int = 2022) -> str:
    ((found,),) = rows(home, f"SELECT fact_id FROM facts WHERE edition = {edition} AND sentence LIKE '%{words}%'")
    return str(found)


def on_record(home: Path) -> tuple[Decision, ...]:
    return decision_files.load(Home.at(home), SOURCE)


def put_on_record(home: Path, fact_id: str, **wanted: Any) -> None:
    """Decide, and build nothing."""
    with writer_lock(Home.at(home)):
        recording.decide(Home.at(home), fact_id, recording.Wanted("x", "ana", **wanted))


def test_from_the_queue_to_the_table_and_back(home: Path, impact: Impact):
    queue = json.loads(impact("review", "--format", "json").out)
    item = next(row for row in queue if row["value"] == 14 and row["edition"] == 2022)
    assert item["marked"] == "In 2022, boats brought [14] swimmers home from the sea."
    assert item["suggestions"][0] == "rescues"
    why = "Swimmers brought home were rescued."
    wanted = ["--metric", "rescues", "--member", "place=sea", "--value", "10", "--why", why, "--who", "ana"]
    decided = impact("decide", item["fact_id"][:8], *wanted)
    assert decided.status == 0, decided.err
    (one,) = on_record(home)
    assert f"decision {one.id} on its statement: metric rescues, place=sea; value 10" in decided.err
    assert "it speaks for rescues 2022 (place=sea)" in decided.err
    assert "coast-rescue: 1 decision on record" in decided.err
    cell = "SELECT value, decision, decided_by FROM metric_year WHERE year = 2022 AND breakdown = 'place=sea'"
    assert rows(home, cell) == [(10.0, one.id, "ana")]
    assert rows(home, f"SELECT count(*) FROM review_queue WHERE fact_id = '{item['fact_id']}'") == [(0,)]
    explained = impact("explain", "rescues", "2022").out
    assert f"    decided {one.id} by ana: {why}" in explained
    assert "    page    as it is read: metric none, breakdown none, value 14" in explained
    verified = impact("verify")
    assert (verified.status, verified.out.count("is what the archive says")) == (0, 1), verified.out

    undone = impact("undecide", one.id)
    assert undone.status == 0
    assert f"decision {one.id} of ana is off the record" in undone.err
    assert on_record(home) == ()
    assert rows(home, cell) == []
    assert len(json.loads(impact("review", "--format", "json").out)) == len(queue)


def test_one_for_the_wording_answers_every_edition(home: Path, impact: Impact):
    asked = len(rows(home, "FROM review_queue"))
    ended = impact("decide", fact(home, "cups"), "--dismiss", "--wording", "--why", "Tea is not followed.")
    assert ended.status == 0, ended.err
    assert "on 2 statements: dismissed" in ended.err
    assert len(rows(home, "FROM review_queue")) == asked - 2
    assert rows(home, "SELECT edition, dismissed FROM facts WHERE sentence LIKE '%cups%' ORDER BY 1") == [
        (2021, True),
        (2022, True),
    ]


def test_a_goal_in_the_queue_is_called_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impact: Impact):
    home, card = tmp_path / "home", tmp_path / "card.yaml"
    card.write_text(CARD.format(url=URL), encoding="utf-8")
    goal = b"<p>By 2030 we want to rescue 900 people every year.</p></main>"
    year_by_year(Home.at(home), [edition(2022).replace(b"</main>", goal)], card)
    monkeypatch.setenv("IMPACT_HOME", str(home))
    told = next(one for one in impact("review").out.split("\n\n") if "[900] people" in one)
    assert "goal     it is aimed at" in told
    assert "goal" not in next(one for one in impact("review").out.split("\n\n") if "[9,140] cups" in one)
    decided = impact("decide", fact(home, "900 people"), "--metric", "rescues", "--why", "x")
    assert "it fills no cell of metric_year: it is a rate or an average (each year)" in decided.err
    assert "statistics from 1 capture, in" in decided.err
    assert " statistics, 1 capture, coast-rescue" in impact("status").out


@pytest.mark.parametrize(
    ("wanted", "status", "told"),
    [
        (["--metric", "rescue"], 2, "no metric 'rescue' on the card of coast-rescue; did you mean rescues?"),
        (
            ["--metric", "rescues", "--member", "place=see"],
            2,
            "has no member 'see'; did you mean sea?",
        ),
        (["--metric", "rescues", "--member", "plaice=sea"], 2, "no dimension 'plaice'; did you mean place?"),
        (["--metric", "rescues", "--member", "sea"], 2, "'sea' is not of the form reporter=public"),
        (["--member", "place=sea"], 2, "it decides nothing"),
        ([], 2, "it decides nothing"),
        (["--value", "many"], 2, "'many' is no number"),
        (["--value", "1e40"], 2, "a value is below 10^28"),
        (["--dismiss", "--exclude", "no"], 2, "`exclude` stands alone"),
        (["--metric", "rescues", "--value", "3", "--wording"], 2, "`value` is for a decision on a statement"),
        (["--dismiss", "--value", "0", "--wording"], 2, "`value` is for a decision on a statement"),
        (["--metric", "rescues", "--member", "place=sea"], 1, "the parts make 314, stated is 310; look again, or add"),
    ],
)
def test_what_cannot_be_decided_is_one_line_and_nothing_is_kept(
    home: Path, impact: Impact, wanted: list[str], status: int, told: str
):
    release = (home / "impact.duckdb").readlink()
    ended = impact("decide", fact(home, "14 swimmers"), *wanted, "--why", "x")
    assert (ended.status, told in ended.line) == (status, True), ended.err
    assert on_record(home) == ()
    assert (home / "impact.duckdb").readlink() == release


def test_unknown_ids_and_a_busy_home_are_one_line(home: Path, impact: Impact):
    assert "no statistic 'ffffffff' in this home" in impact("decide", "ffffffff", "--dismiss", "--why", "x").line
    assert "no decision 'd9'" in impact("undecide", "d9").line
    known = fact(home, "cups")
    with writer_lock(Home.at(home)):
        for arguments in (["decide", known, "--dismiss", "--why", "x"], ["undecide", "d9"]):
            ended = impact(*arguments)
            assert (ended.status, "another refresh is writing" in ended.line) == (1, True)
    assert on_record(home) == ()


def test_an_option_without_its_value_leads_to_the_help_of_its_command(impact: Impact):
    assert impact("decide", "5be70a24", "--dismiss", "--why").line.endswith("see `impact decide --help`")


@pytest.fixture
def followed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that follows one page by two cards: its bytes, and so the ids of its facts, are the same."""
    home = tmp_path / "home"
    for source in ("harbour-watch", SOURCE):
        card = tmp_path / f"{source}.yaml"
        card.write_text(CARD.format(url=URL).replace(SOURCE, source), encoding="utf-8")
        year_by_year(Home.at(home), [edition(2021)], card)
    monkeypatch.setenv("IMPACT_HOME", str(home))
    return home


@pytest.mark.long
def test_one_page_of_two_sources_is_decided_for_the_one_that_is_named(followed_twice: Path, impact: Impact):
    ((cups, sources),) = rows(
        followed_twice, "SELECT fact_id, count(*) FROM facts WHERE sentence LIKE '%cups%' GROUP BY fact_id"
    )
    assert sources == 2
    several = f"{cups} is of several sources, coast-rescue and harbour-watch; say which with --source"
    dismissed = ["--dismiss", "--why", "x"]
    for command in (["decide", cups, *dismissed], ["show", cups], ["show", str(cups)[:8]]):
        ended = impact(*command)
        assert (ended.status, several in ended.line) == (2, True), ended.err
    assert "no statistic" in impact("decide", cups, *dismissed, "--source", "coast").line
    assert "no fact" in impact("show", cups, "--source", "coast").line
    assert impact("show", cups, "--source", "harbour-watch").status == 0
    ended = impact("decide", cups, *dismissed, "--source", "harbour-watch")
    assert ended.status == 0, ended.err
    assert rows(followed_twice, "SELECT source, dismissed FROM facts WHERE sentence LIKE '%cups%' ORDER BY source") == [
        (SOURCE, False),
        ("harbour-watch", True),
    ]
    terminal = Terminal("review", "--step")
    terminal.press("d", after="quit")
    terminal.press("q", after="coast-rescue: decision")
    assert terminal.end() == 0, terminal.shown


def test_what_breaks_the_certain_can_be_said_anyway_and_zero_is_a_value(home: Path, impact: Impact):
    wanted = ["--metric", "rescues", "--member", "place=sea", "--value", "0", "--why", "So it is."]
    ended = impact("decide", fact(home, "14 swimmers"), *wanted, "--anyway")
    assert "does not hold then, and is held back: rescues by place 2022: the parts make 300, stated is 310" in ended.err
    assert [one.action for one in on_record(home)] == ["metric rescues, place=sea; value 0"]


def test_a_file_edited_wrongly_stops_the_build_with_its_line(home: Path, impact: Impact):
    put_on_record(home, fact(home, "10 swimmers", 2021), metric="rescues")
    path = decision_files.file_of(Home.at(home), SOURCE)
    text = path.read_text(encoding="utf-8")
    line = 1 + text.splitlines().index("  metric: rescues")
    path.write_text(text.replace("metric: rescues", "metric: rescuse"), encoding="utf-8")
    release = (home / "impact.duckdb").readlink()
    for command in (["build"], ["verify"], ["decide", fact(home, "cups"), "--dismiss", "--why", "x"]):
        ended = impact(*command)
        told = "no metric 'rescuse' on the card of coast-rescue; did you mean rescues?"
        assert ended.line.endswith(f"{path}:{line}: {told}")
        assert ended.status == 2
    assert (home / "impact.duckdb").readlink() == release


def test_a_decision_that_holds_no_more_is_said_and_fails_verify(home: Path, impact: Impact):
    put_on_record(home, fact(home, "10 swimmers", 2021), dismiss=True)
    path = decision_files.file_of(Home.at(home), SOURCE)
    other = re.sub(r"quote: .*", "quote: Sailors cooked [10] soups on the pier.", path.read_text(encoding="utf-8"))
    path.write_text(other, encoding="utf-8")
    (one,) = on_record(home)
    told = f"decision {one.id} of ana (dismissed) is to be looked at: page changed: the capture does not"
    built = impact("build")
    assert built.status == 0
    assert "coast-rescue: 1 decision on record, 1 of them to be looked at" in built.err
    assert told in built.err
    verified = impact("verify")
    assert (verified.status, told in verified.out) == (1, True)
    assert told in impact("status").out
    path.unlink()
    assert f"{path} has gone, and 1 decision with it; restore it" in impact("build").err


def test_a_decision_is_something_to_build(home: Path):
    place = Home.at(home)
    before = statements_key(survey(place, Archive(place)))
    put_on_record(home, fact(home, "cups"), exclude="tea")
    after = statements_key(survey(place, Archive(place)))
    assert before != after
    path = decision_files.file_of(place, SOURCE)
    path.write_text(f"# by hand\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert statements_key(survey(place, Archive(place))) == after
    assert load_card(home / "archive" / SOURCE / "card.yaml").id == SOURCE


def test_a_decision_is_put_on_record_without_what_only_a_build_loads(home: Path):
    script = (
        "import sys\n"
        "from pipeline.recording import Wanted, decide\n"
        "from warehouse.home import Home\n"
        "decide(Home.from_environment(), sys.argv[1], Wanted('x', dismiss=True))\n"
        "print([name for name in ('sqlglot', 'dagster') if name in sys.modules])"
    )
    run = [sys.executable, "-c", script, fact(home, "cups")]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "[]\n"
    assert len(on_record(home)) == 1


def test_step_goes_through_the_queue_by_keys_and_builds_at_the_end(home: Path):
    terminal = Terminal("review", "--step")
    terminal.press("d", after="quit")
    terminal.press("u", after="quit")
    terminal.press("x", after="quit")
    terminal.press("a tide table\r", after="why it is no statistic")
    terminal.press("m", after="quit")
    terminal.press("rescus\r", after="metric (Tab completes)")
    terminal.press("m", after="did you mean rescues?")
    terminal.press("resc\t\r", after="metric (Tab completes)")
    terminal.press("place=harbour\r", after="Enter for the total")
    terminal.press("w", after="no part 'place=harbour'")
    terminal.press("d", after=", for the wording")
    terminal.press("q", after="quit")
    assert terminal.end() == 0, terminal.shown
    assert "published release" in terminal.shown
    assert sorted((one.made_for, one.action) for one in on_record(home)) == [
        ("statement", "excluded: a tide table"),
        ("wording", "dismissed"),
    ]
    assert rows(home, "SELECT outcome FROM decisions") == [("applies",), ("applies",)]


def test_step_corrects_what_it_then_takes(home: Path):
    terminal = Terminal("review", "--step")

    def correct(field: str, said: str, *, asked: str, after: str = "q quit") -> None:
        terminal.press("c", after=after)
        terminal.press(field, after="any other key leaves it")
        terminal.press(f"{said}\r", after=asked)

    correct("v", "many", asked="value: ")
    correct("v", "10", asked="value: ", after="'many' is no number")
    correct("y", "20222", asked="year: ")
    correct("q", "at_lest", asked="at_least", after="'20222' is no year")
    correct("q", "at_l\t", asked="at_least", after="'at_lest' is none; did you mean at_least?")
    correct("p", "yeer", asked="cumulative")
    correct("u", "rescued people", asked="what is counted: ", after="'yeer' is none; did you mean year?")
    terminal.press("1", after="correct  value 10, qualifier at_least, unit rescued people; goes with the metric")
    terminal.press("place=sea\r", after="Enter for the total")
    terminal.press("cz", after="2 of")
    correct("v", "1,300", asked="value: ")
    terminal.press("\r", after="correct  value 1300;")
    terminal.press("\x03", after="it has no metric still, and stays in the review queue")
    assert terminal.end() == 130, terminal.shown
    # In no order: those of one second are kept by their ids.
    assert sorted(one.action for one in on_record(home)) == [
        "metric rescues, place=sea; value 10; unit rescued people; qualifier at_least",
        "value 1300",
    ]


def test_step_goes_on_where_the_disk_takes_nothing(home: Path):
    terminal = Terminal("review", "--step", largest_file=1_000)
    terminal.press("d", after="q quit")
    terminal.press("s", after="file too large")
    terminal.press("q", after="2 of")
    assert terminal.end() == 0, terminal.shown
    assert "Traceback" not in terminal.shown
    assert on_record(home) == ()


def test_the_words_that_may_be_given_are_those_of_the_record():
    choices = {option.name: option.type for option in decide_command.params}
    assert sorted(choices["period_type"].choices) == sorted(get_args(PeriodType))
    assert {*choices["qualifier"].choices, *OF_TWO_ENDS} == set(get_args(Qualifier))
    assert not set(choices["qualifier"].choices) & set(OF_TWO_ENDS)


@pytest.mark.parametrize("ends", ["\x03", signal.SIGKILL])
def test_what_was_decided_stays_however_a_step_ends(home: Path, impact: Impact, ends: str | signal.Signals):
    terminal = Terminal("review", "--step")
    terminal.press("d", after="quit")
    if isinstance(ends, str):
        terminal.press(ends, after="quit")
        assert terminal.end() == 130
        assert "1 decision is on record; `impact build` publishes what was decided" in terminal.shown
    else:
        terminal.wait_for("quit")
        terminal.child.send_signal(ends)
        assert terminal.end() == -ends
    assert len(on_record(home)) == 1
    assert impact("build").status == 0
    assert rows(home, "SELECT outcome FROM decisions") == [("applies",)]


def test_two_steps_at_once_cost_no_decision(home: Path):
    one, other = Terminal("review", "--step"), Terminal("review", "--step")
    one.press("d", after="quit")
    one.wait_for("2 of")
    other.press("d", after="quit")
    other.press("s", after="decided already")
    other.press("d", after="2 of")
    other.press("q", after="3 of")
    one.press("q", after="quit")
    assert (one.end(), other.end()) in [(0, 0), (1, 0), (0, 1)]  # who comes last to build may find the other at it
    assert len(on_record(home)) == 2


WITHOUT_EXTRA = "import sys; sys.modules['sklearn'] = None; from pipeline.cli import main; main()"


def test_without_the_ranker_the_queue_still_suggests_and_doubts_say_what_is_missing(home: Path):
    def told(*arguments: str) -> subprocess.CompletedProcess[str]:
        run = [sys.executable, "-c", WITHOUT_EXTRA, "review", *arguments]
        return subprocess.run(run, capture_output=True, text=True, check=False)

    assert [row["suggestions"][0] for row in json.loads(told("--format", "json").stdout)][:1] == ["rescues"]
    doubts = told("--doubts")
    assert (doubts.returncode, doubts.stdout, doubts.stderr.count("\n")) == (2, "", 1)
    assert "pip install 'impact-ledger[suggest]'" in doubts.stderr
    assert told("--doubts", "--step").returncode == 2


def test_step_asks_for_a_terminal(home: Path, start: Callable[..., subprocess.Popen[str]]):
    child = start("review", "--step")
    _, err = child.communicate(timeout=SECONDS)
    assert (child.returncode, "--step asks for keys on a terminal" in err) == (2, True)
