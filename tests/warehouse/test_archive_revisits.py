"""The archive: the same page again, not modified, or had in another order."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from tests.warehouse.shelter import FIRST, SECOND, START, records
from warehouse.archive import Archive, UnexpectedAnswer, Validators
from warehouse.fetch import Limits, fetch


def test_the_same_bytes_again_are_a_revisit_that_adds_no_capture_of_its_own(home, archive, store):
    first, second, third = store(FIRST), store(SECOND), store(FIRST)
    assert (third.record_type, third.refers_to, third.sha256) == ("revisit", first.record_id, first.sha256)
    assert archive.payload(third) == FIRST
    assert second.record_type == "response"
    kind, headers, _ = records(home, third)[1]
    assert kind == "revisit"
    assert headers.get_header("WARC-Profile").endswith("identical-payload-digest")
    assert headers.get_header("WARC-Refers-To-Target-URI") == first.final_url


def test_the_same_bytes_under_another_status_or_cut_short_are_a_capture_of_their_own(store):
    store(FIRST, status=503)
    assert store(FIRST).record_type == "response"
    assert store(FIRST, truncated=True).record_type == "response"
    assert store(FIRST).record_type == "revisit"


def test_the_same_bytes_from_another_source_are_a_capture_of_their_own(archive, retrieved):
    archive.store("shelter", retrieved(FIRST), sample=False)
    assert archive.store("kitchen", retrieved(FIRST), sample=False).record_type == "response"
    assert archive.sources() == ["kitchen", "shelter"]
    assert len(archive.captures("kitchen")) == 1
    assert len(archive.captures()) == 2


def test_not_modified_is_a_revisit_of_the_page_whose_validator_was_sent(home, store):
    first = store(FIRST, headers={"ETag": '"1"'})
    store(b"<h1>Busy</h1>", status=503)
    again = store(status=304)
    assert (again.record_type, again.refers_to, again.status) == ("revisit", first.record_id, 304)
    assert records(home, again)[1][1].get_header("WARC-Profile").endswith("server-not-modified")


def test_not_modified_is_kept_so_that_replay_shows_the_page(home, archive, store):
    """What stands in the block of a revisit is what replay software answers with."""
    first = store(FIRST, headers={"ETag": '"1"'}, final_url="https://shelter.example/impact/now")
    received = {"ETag": '"2\xe9"', "Date": "now"}
    again = store(status=304, headers=received)
    _, headers, http = records(home, again)[1]
    assert http is None
    assert headers.get_header("WARC-Refers-To-Target-URI") == first.final_url
    assert headers.get_header("WARC-Refers-To-Date") == "2023-03-01T09:00:00.000000Z"
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{first.sha256}"
    kept = json.loads(headers.get_header("Impact-Not-Modified"))
    assert dict(kept["headers"]).items() >= received.items()
    (read,) = [one for one in Archive(home).captures() if one.status == 304]
    assert (read, read.etag) == (again, '"2\xe9"')


def test_not_modified_without_a_capture_is_refused(store):
    with pytest.raises(UnexpectedAnswer, match="304"):
        store(status=304)


def test_a_real_server_is_asked_conditionally_and_its_answer_kept(web, archive):
    web.answer("/", body=FIRST, headers={"ETag": '"1"'}).answer("/", status=304)
    limits = Limits(retries=0)
    archive.store("shelter", fetch(web.url(), limits=limits), sample=False)
    validators = archive.last_validators("shelter", web.url())
    again = fetch(web.url(), etag=validators.etag, last_modified=validators.last_modified, limits=limits)
    assert archive.store("shelter", again, sample=False).record_type == "revisit"
    assert web.asked[1].headers["if-none-match"] == '"1"'
    assert len(archive.captures()) == 2


def test_validators_come_from_the_latest_whole_page_of_that_url(archive, store):
    url = "https://shelter.example/impact"

    def validators():
        return archive.last_validators("shelter", url, now=START + dt.timedelta(days=1))

    assert validators() == Validators()
    store(FIRST, headers={"ETag": '"1"', "Last-Modified": "then"})
    assert validators() == Validators('"1"', "then")
    store(SECOND, headers={"ETag": '"cut"'}, truncated=True)
    store(b"<h1>Gone</h1>", status=404, headers={"ETag": '"404"'})
    store(b"<p>elsewhere</p>", headers={"ETag": '"other"'}, url="https://shelter.example/other")
    assert validators() == Validators('"1"', "then")
    store(FIRST, headers={"ETag": '"2"'})
    assert validators() == Validators('"2"', None)


@pytest.mark.parametrize(
    ("age", "full"),
    [(dt.timedelta(days=6, hours=23), False), (dt.timedelta(days=7, minutes=2), True), (dt.timedelta(days=400), True),
     (dt.timedelta(days=-1), True)],
)  # fmt: skip
def test_a_host_that_always_says_not_modified_is_asked_for_the_whole_page_after_a_week(archive, store, age, full):
    store(FIRST, headers={"ETag": '"1"'})
    for _ in range(3):  # answers without a body do not put it off, whatever validator they bring
        store(status=304, headers={"ETag": '"2"'})
    asked = archive.last_validators("shelter", "https://shelter.example/impact", now=START + age)
    assert asked == (Validators() if full else Validators('"1"', None))


def test_the_same_bytes_sent_again_are_a_whole_page_too(archive, store):
    store(FIRST, headers={"ETag": '"1"'})
    again = store(FIRST, headers={"ETag": '"1"'})
    assert again.record_type == "revisit"
    now = again.captured_at + dt.timedelta(days=7)
    assert archive.last_validators("shelter", again.url, now=now) == Validators('"1"', None)
    assert archive.last_validators("shelter", again.url, now=now + dt.timedelta(seconds=1)) == Validators()


# --- captures had in another order than they were made ---


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)])
def test_what_the_archive_tells_does_not_hang_on_the_order_of_storing(archive, retrieved, order):
    answers = [retrieved(FIRST), retrieved(FIRST), retrieved(SECOND), retrieved(FIRST)]
    for number in order:
        archive.store("shelter", answers[number], sample=False)
    captures = archive.captures()
    first = captures[0].record_id
    told = [(one.record_type, one.refers_to, one.sha256 == captures[0].sha256) for one in captures]
    assert told == [
        ("response", None, True),
        ("revisit", first, True),
        ("response", None, False),
        ("revisit", first, True),
    ]
    assert [archive.payload(one) for one in captures] == [FIRST, FIRST, SECOND, FIRST]
    assert archive.find(captures[0].sha256[:8]).capture_id == captures[0].capture_id


def test_a_revisit_of_a_response_that_repeats_an_earlier_one_is_a_revisit_of_the_earlier(archive, retrieved):
    early, late = retrieved(FIRST), retrieved(FIRST, headers={"ETag": '"1"'})
    archive.store("shelter", late, sample=False)
    archive.store("shelter", retrieved(status=304), sample=False)
    archive.store("shelter", early, sample=False)
    first, *others = archive.captures()
    assert [one.refers_to for one in others] == [first.record_id] * 2
    assert archive.last_validators("shelter", first.url, now=START + dt.timedelta(days=1)).etag == '"1"'


def test_a_decision_holds_for_the_bytes_when_they_turn_out_to_be_older(archive, retrieved):
    early, late = retrieved(FIRST), retrieved(FIRST)
    archive.accept(archive.store("shelter", late, sample=False), "redesigned")
    archive.store("shelter", early, sample=False)
    (acceptance,) = archive.acceptances()
    assert acceptance.record_id == archive.captures()[0].record_id
    assert archive.accept(archive.captures()[1], "again").reason == "redesigned"


def test_what_was_imported_is_no_base_for_the_next_question(archive, retrieved):
    imported = replace(retrieved(FIRST, headers={"ETag": '"1"'}), imported_from="räume 1.warc", stated_digest="sha1:X")
    stored = archive.store("shelter", imported, sample=False)
    assert (stored.imported_from, stored.stated_digest) == ("r%C3%A4ume 1.warc", "sha1:X")
    assert archive.last_validators("shelter", imported.url, now=START) == Validators()
