"""Notices of change: what is said of an edition or a source, to whom, and how often."""

import datetime as dt
import json
import socket
import time
from pathlib import Path

import pytest

from pipeline import notice, webhook
from tests.conftest import Web
from tests.pipeline.conftest import CARD
from tests.pipeline.without_dagster import URL, refresh, year_by_year
from warehouse import notices
from warehouse.fetch import Retrieval
from warehouse.home import Home
from warehouse.notices import Notice
from warehouse.refreshes import Outcome, Refresh

AT = dt.datetime(2024, 2, 3, 6, tzinfo=dt.UTC)
CAPTURES = ("5f9dbbbb72d2", "60963c0bb22b")


def page(year: int, *said: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in said)
    return f"<html><head><title>Our year {year}</title></head><body><main>{body}</main></body></html>".encode()


FIRST = page(2021, "In 2021, crews rescued 310 people.", "In 2021, we had 40 volunteers.", "6 tents were lent in 2021.")
SECOND = page(
    2022,
    "In 2022, crews rescued 342 people.",
    "In 2021, crews rescued 300 people.",
    "In 2022, 12 people were rescued at sea.",
)
MENDED = SECOND.replace(b"342", b"352")


def row(change: str, metric: str, *, edition: int = 2022, **more: object) -> dict[str, object]:
    told = {"period_type": "year", "kind": "count", "breakdown": "", "year": edition, "value": 5.0}
    none = {"year_before": None, "value_before": None}
    return {"source": "s", "edition": edition, "change": change, "metric": metric} | told | none | more


def of_editions(before: list[dict[str, object]], now: list[dict[str, object]], **more: object) -> list[Notice]:
    given = {"to_review": {}, "told": [], "baseline": "A", "release": "B", "at": AT} | more
    return notice.of_editions(before, now, **given)  # type: ignore[arg-type]


def test_an_edition_is_told_with_what_it_brings():
    now = [row("new", f"m{number}") for number in range(31)]
    now += [row("restated", "r", value=7.0, value_before=6.0), row("reworded", "w")]
    now += [
        row("dropped", f"d{number}", year=None, value=None, year_before=2021, value_before=3.0) for number in (1, 2)
    ]
    (one,) = of_editions([], now, to_review={("s", 2022): 3})
    assert one.text == "s, 2022 edition: 31 figures new, 1 restated, 2 dropped, 1 carried on, 3 to review"
    lines = list(notice.lines([one]))
    assert lines[0] == one.text
    assert lines[1:] == [
        "  new: m0 2022: 5; m1 2022: 5; m2 2022: 5; and 28 more",
        "  restated: r 2022: 6 -> 7",
        "  dropped: d1 2021: 3; d2 2021: 3",
    ]


def test_what_the_release_before_said_is_not_told_again():
    before = [row("new", "a"), row("unchanged", "b")]
    assert of_editions(before, before) == []
    assert of_editions(before, [row("new", "a", value=9.0), row("reworded", "b")]) == []
    (one,) = of_editions(before, [*before, row("corrected", "a", value=9.0, value_before=5.0)])
    assert one.text == "s, 2022 edition: 1 figure corrected"


def test_an_edition_that_only_carries_figures_on_is_told():
    (one,) = of_editions([row("new", "a", edition=2021)], [row("new", "a", edition=2021), row("unchanged", "a")])
    assert one.text == "s, 2022 edition: 1 figure carried on"


def test_what_was_told_of_a_release_that_is_damaged_is_not_told_again():
    (one,) = of_editions([], [row("new", "a")])
    assert of_editions([], [row("new", "a")], told=[one], release="C") == []


def test_one_event_has_one_id_whichever_release_brings_it():
    first, again = (of_editions([], [row("new", "a")], release=name)[0] for name in "BC")
    assert first.id == again.id
    assert of_editions([], [row("new", "a")], baseline="other")[0].id != first.id


def test_many_editions_at_once_take_few_lines():
    found = of_editions([], [row("new", "a", edition=year) for year in range(2000, 2014)])
    lines = list(notice.lines(found))
    assert lines[0] == "s, 2013 edition: 1 figure new" and lines[-1] == "s: and 9 earlier editions"
    assert len(lines) == 7


def ended(outcome: Outcome, detail: str | None = None, *, hour: int = 0) -> Refresh:
    return Refresh(at=AT + dt.timedelta(hours=hour), outcome=outcome, source="s", detail=detail)


def test_a_source_that_fails_is_one_event_until_it_is_had_again():
    first = notice.of_trouble([], ended("failed", "no answer"))
    assert first and first.text == "s: failed: no answer"
    again = notice.of_trouble([ended("failed", "no answer")], ended("failed", "another reason", hour=1))
    later = notice.of_trouble([ended("published", hour=2)], ended("failed", "no answer", hour=3))
    assert again and later and first.id == again.id != later.id
    assert notice.of_trouble([], ended("published")) is None
    one, other = (notice.of_trouble([], ended("refused", reason)) for reason in ("this page", "that page"))
    assert one and other and one.id != other.id
    # A page that holds something of the response, as most do, is another capture each time.
    one, other = (notice.of_trouble([], ended("refused", f"x: 503; capture {name} is archived")) for name in CAPTURES)
    assert one and other and one.id == other.id


# --- to the webhook ---


@pytest.fixture
def home(tmp_path: Path, web: Web) -> Home:
    made = Home.at(tmp_path / "home")
    made.create()
    made.settings.write_text(f"webhook: {web.url('/hook')}\n")
    return made


def bodies(web: Web) -> list[dict[str, object]]:
    return [json.loads(one.body) for one in web.asked if one.method == "POST"]


def said(web: Web) -> list[object]:
    return [one["text"] for one in bodies(web)]


def shows(home: Home, card: Path, body: bytes, day: int, status: int = 200) -> None:
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    refresh(home, card, Retrieval(URL, URL, status, "", headers, body, AT + dt.timedelta(days=day)))


def test_each_event_is_sent_once(home: Home, web: Web):
    web.answer("/hook", status=204)
    card = year_by_year(home, [FIRST, SECOND])
    told = [
        "coast-rescue, 2021 edition: 2 figures new, 1 to review",
        "coast-rescue, 2022 edition: 1 figure new, 1 restated, 1 dropped",
    ]
    assert said(web) == told
    shows(home, card, SECOND, 1)
    assert said(web) == told
    shows(home, card, MENDED, 2)
    shows(home, card, MENDED, 3)
    assert said(web)[2:] == ["coast-rescue, 2022 edition: 1 figure corrected"]
    first, last = bodies(web)[0], web.asked[-1]
    assert last.headers["content-type"] == "application/json"
    assert last.headers["idempotency-key"] == bodies(web)[-1]["id"]
    assert first["kind"] == "edition" and first["edition"] == 2021 and first["counts"] == {"new": 2, "to_review": 1}
    changes = [(one["change"], one["metric"], one["year"], one["value"]) for one in first["changes"]]  # type: ignore[attr-defined]
    assert changes == [("new", "rescues", 2021, 310.0), ("new", "volunteers", 2021, 40.0)]


def test_what_a_receiver_does_not_take_is_sent_with_the_next_refresh(home: Home, web: Web, caplog):
    web.answer("/hook", status=503).answer("/hook", status=200)
    card = year_by_year(home, [FIRST])
    assert [one.state for one in notices.notices(home)] == ["waiting"]
    assert "1 notice not sent: 127.0.0.1" in caplog.text and "status 503; sent again with" in caplog.text
    shows(home, card, FIRST, 1)
    assert len(set(said(web))) == 1 and len(said(web)) == 2
    assert [one.state for one in notices.notices(home)] == ["sent"]
    shows(home, card, FIRST, 2)
    assert len(said(web)) == 2


def test_a_receiver_that_is_down_loses_nothing(home: Home, web: Web, closed_port_url: str):
    home.settings.write_text(f"webhook: {closed_port_url}\n")
    card = year_by_year(home, [FIRST, SECOND])
    home.settings.write_text(f"webhook: {web.url('/hook')}\n")
    web.answer("/hook")
    shows(home, card, SECOND, 1)
    assert [one["edition"] for one in bodies(web)] == [2021, 2022]


def test_a_redirect_is_not_followed(home: Home, web: Web, caplog):
    web.answer("/hook", status=307, headers={"Location": web.url("/elsewhere")})
    year_by_year(home, [FIRST])
    assert [one.path for one in web.asked] == ["/hook"]
    assert "redirects (307), which is not followed" in caplog.text


@pytest.mark.parametrize("drip", [True, False])
def test_a_receiver_that_does_not_come_to_an_end_is_left(
    home: Home, web: Web, monkeypatch: pytest.MonkeyPatch, caplog, *, drip: bool
):
    monkeypatch.setattr(webhook, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(webhook, "READ_SECONDS", 0.5)

    def answer(connection: socket.socket) -> None:
        for _ in range(30):
            time.sleep(0.1)
            if drip:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-More: a\r\n"[:2])

    web.answer("/hook", raw=answer)
    started = time.monotonic()
    year_by_year(home, [FIRST])
    assert time.monotonic() - started < 10
    assert "1 notice not sent" in caplog.text


def test_a_notice_of_a_release_that_was_not_published_is_never_sent(home: Home, web: Web):
    web.answer("/hook")
    lost = Notice(
        id="x", at=AT, kind="edition", source="s", release="20200101T000000000000Z", text="t", state="waiting"
    )
    assert notices.add(home, [lost]) == [lost]
    year_by_year(home, [FIRST])
    assert [one["edition"] for one in bodies(web)] == [2021]
    assert "x" not in {one.id for one in notices.notices(home)}


def test_a_source_that_is_refused_is_told_once(home: Home, web: Web):
    web.answer("/hook")
    card = year_by_year(home, [FIRST])
    for day in (1, 2):
        shows(home, card, b"<h1>Gone</h1>", day, status=404)
    assert [one["kind"] for one in bodies(web)] == ["edition", "refused"]
    assert "capture" in str(said(web)[1])
    shows(home, card, SECOND, 3)
    shows(home, card, b"<h1>Gone</h1>", 4, status=404)
    assert [one["kind"] for one in bodies(web)] == ["edition", "refused", "edition", "refused"]


def test_settings_that_cannot_be_used_cost_no_page_and_no_notice(home: Home, web: Web, caplog):
    home.settings.write_text("webhok: x\n")
    card = year_by_year(home, [FIRST])
    assert "settings.yaml:1: unknown setting 'webhok'" in caplog.text and home.published.exists()
    home.settings.write_text(f"webhook: {web.url('/hook')}\n")
    web.answer("/hook")
    shows(home, card, FIRST, 1)
    assert len(bodies(web)) == 1


def test_the_outbox_is_bounded_and_nobody_is_told_of_what_came_before_the_webhook(home: Home, web: Web):
    web.answer("/hook")
    home.settings.unlink()
    card = year_by_year(home, [FIRST])
    home.settings.write_text(f"webhook: {web.url('/hook')}\n")
    shows(home, card, FIRST, 1)
    assert bodies(web) == []
    many = [Notice(id=str(n), at=AT, kind="failed", source="s", text="t") for n in range(300)]
    notices.add(home, many)
    assert len(notices.notices(home)) == notices.KEPT and notices.notices(home)[-1].id == "299"


def test_a_refresh_that_is_killed_while_it_sends_loses_no_notice(
    tmp_path: Path, web: Web, start, impact, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("IMPACT_HOME", str(folder))
    (folder / "settings.yaml").write_text(f"webhook: {web.url('/hook')}\n")
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=web.url("/")))
    web.answer("/", body=FIRST)
    web.answer("/hook", raw=lambda _: time.sleep(5)).answer("/hook", status=202)
    child = start("refresh", "--card", card)
    deadline = time.monotonic() + 60
    while not bodies(web):
        assert time.monotonic() < deadline and child.poll() is None
        time.sleep(0.05)
    child.kill()
    child.wait()
    assert (folder / "impact.duckdb").exists()
    ended = impact("refresh")
    assert ended.status == 0 and "sent 1 notice to 127.0.0.1" in ended.err
    first, again = bodies(web)
    assert first == again
    status = impact("status").out
    assert "2021 edition: 2 figures new, 1 to review" in status and "webhook" not in status
