"""The record of decisions: what is written is read back, what is written wrongly by hand is told with its line."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.warehouse.facts_builder import CARD, SOURCE
from warehouse import decision_files
from warehouse.decision_files import UnknownDecision
from warehouse.decisions import BadDecision, Decision, Expect
from warehouse.home import Home

AT = dt.datetime(2026, 11, 30, 17, 5, tzinfo=dt.UTC)
EXPECT = Expect(surface="1,000", value=Decimal(1000), period_type="year", year=2021)


def decision(**fields) -> Decision:
    about = {
        "id": "d1234567",
        "who": "ana",
        "when": AT,
        "why": "Seen on the page.",
        "capture": "20220501T120000Z-abcdef012345",
        "headings": ("Our work",),
        "quote": "In 2021 we took [1,000] calls, many at night.",
        "expect": EXPECT,
    }
    if not {"metric", "exclude", "dismiss"} & fields.keys():
        fields |= {"metric": "calls", "members": {"caller": "adult"}}
    return Decision(**(about | fields))


def worded(**fields) -> Decision:
    about = {
        "for": "wording",
        "wording": "our work | we took [#] calls",
        "capture": None,
        "headings": (),
        "quote": None,
    }
    return decision(**(about | fields))


TEXT = decision_files.written(SOURCE, [decision(value=Decimal("93.5")), worded(id="d2", dismiss=True)])


def test_the_file_is_what_a_person_would_write():
    assert (
        decision_files.written(SOURCE, [decision()]).partition("\n\n")[2]
        == """\
- id: d1234567
  who: ana
  when: '2026-11-30T17:05:00Z'
  why: Seen on the page.
  for: statement
  capture: 20220501T120000Z-abcdef012345
  headings:
  - Our work
  quote: In 2021 we took [1,000] calls, many at night.
  expect:
    surface: 1,000
    value: 1000
    period_type: year
    year: 2021
    metric: null
  metric: calls
  members:
    caller: adult
"""
    )


@pytest.mark.parametrize(
    ("was", "put", "line", "told"),
    [
        ("caller: adult", "caller: adlt", 21, "has no member 'adlt'; did you mean adult?"),
        ("caller: adult", "callr: adult", 21, "has no dimension 'callr'; did you mean caller?"),
        ("metric: calls", "metric: call", 19, "no metric 'call' on the card of river-aid; did you mean calls?"),
        ("metric: calls", "metrik: calls", 19, "unknown key 'metrik'; did you mean metric?"),
        ("metric: calls", '"met\\n\\nric": calls', 19, "unknown key 'met ric'"),
        ("surface: 1,000", "surfice: 1,000", 14, "unknown key 'surfice'; did you mean surface?"),
        ("period_type: year", "period_type: yeer", 16, "'yeer' is none; did you mean year?"),
        ("value: 93.5", "value: many", 22, "'many' cannot be used"),
        ("value: 93.5", "qualifier: range", 22, "qualifier: a decision gives no `range`, which has two ends"),
        ("value: 93.5", "qualifier: order_of_magnitude", 22, "a decision gives no `order_of_magnitude`, which has"),
        ("value: 93.5", "qualifier: rang", 22, "'rang' is none; there are about, at_least, at_most, exact"),
        ("quote: In 2021 we took [1,000]", "quote: In 2021 we took [900]", 4, "the figure in brackets"),
        ("quote: In 2021", "quote: In [2021]", 4, "the figure in brackets"),
        ("capture: 2022", "wording: 2022", 4, "`wording` is for a decision on a wording"),
        ("  who: ana\n", "", 4, "`who` is missing"),
        ("when: '2026-11-30T17:05:00Z'", "when: yesterday", 6, "write a time as"),
        ("when: '2026-11-30T17:05:00Z'", "when: 2026-11-30T17:05:00", 6, "with its zone"),
        ("dismiss: true", "dismiss: perhaps", 36, "dismiss: 'perhaps' cannot be used"),
        ("dismiss: true", "value: 5", 24, "`value` is for a decision on a statement"),
        ("dismiss: true", "year: 2021", 24, "give `edition_offset`"),
        ("dismiss: true", "dismiss: true\n  metric: calls", 24, "`dismiss` stands alone"),
        ("dismiss: true", "members: {caller: adult}", 24, "it decides nothing"),
        ("- id: d2", "- id: d1234567", 24, "the id d1234567 stands twice"),
        ("  who: ana", "\twho: ana", 5, "not valid YAML"),
    ],
)  # fmt: skip
def test_what_is_written_wrongly_is_told_with_its_line(was: str, put: str, line: int, told: str):
    assert was in TEXT
    with pytest.raises(BadDecision) as caught:
        decision_files.read(TEXT.replace(was, put, 1), Path("decisions/river-aid.yaml"), CARD)
    message = str(caught.value)
    assert message.startswith(f"decisions/river-aid.yaml:{line}:"), message
    assert told in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("made", "action"),
    [
        (lambda: decision(metric=None, value=Decimal(0)), "value 0"),
        (lambda: worded(metric=None, edition_offset=0), "year edition"),
    ],
)
def test_zero_is_something_to_decide(made: Callable[[], Decision], action: str):
    one = made()
    assert (one.action, one.corrects) == (action, True)
    assert decision_files.read(decision_files.written(SOURCE, [one]), Path("a.yaml"), CARD) == (one,)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: worded(value=Decimal(0)), "`value` is for a decision on a statement"),
        (lambda: worded(value=Decimal(0), dismiss=True), "`value` is for a decision on a statement"),
        (lambda: decision(edition_offset=0), "`edition_offset` is for a decision on a wording"),
        (lambda: decision(value=Decimal(0), dismiss=True), "`dismiss` stands alone, without `value`"),
    ],
)
def test_zero_stands_where_any_number_may_stand(made: Callable[[], Decision], told: str):
    with pytest.raises(ValidationError, match=told):
        made()


def test_a_number_that_no_float_holds_is_written_as_text_and_read_back():
    one = decision(value=Decimal("123456789012345678.5"))
    text = decision_files.written(SOURCE, [one])
    assert "value: '123456789012345678.5'" in text
    assert decision_files.read(text, Path("a.yaml"), CARD) == (one,)
    for wrong in ("'Infinity'", "'NaN'", "'5 calls'", "''", "yes"):
        with pytest.raises(BadDecision, match=r"a.yaml:\d+: value: .* cannot be used"):
            decision_files.read(text.replace("'123456789012345678.5'", wrong), Path("a.yaml"), CARD)


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_a_file_without_a_decision_is_none(text: str):
    assert decision_files.read(text, Path("a.yaml"), CARD) == ()


@pytest.mark.parametrize("text", ["a: b", "- 5", "- - a", "- {id: [1]}", "- id: ! x", "[" * 50])
def test_what_is_no_list_of_decisions_is_refused_in_one_line(text: str):
    with pytest.raises(BadDecision) as caught:
        decision_files.read(text, Path("a.yaml"), CARD)
    assert str(caught.value).startswith("a.yaml:1")
    assert "\n" not in str(caught.value)


words = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="[]"), min_size=1, max_size=20)
numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=4) | st.decimals(
    min_value=-(10**17), max_value=10**17, places=10
)


@given(words, words, st.lists(words, max_size=3), words, numbers, st.datetimes(min_value=dt.datetime(1970, 1, 1)))
def test_what_is_written_is_read_back(who, why, headings, surface, value, when):
    when = when.replace(tzinfo=dt.UTC, microsecond=0)
    expect = Expect(surface=surface, value=value, period_type="as_of")
    fields = {"headings": tuple(headings), "quote": f"so many [{surface}] calls", "expect": expect, "value": value}
    one = decision(who=who, why=why, when=when, **fields)
    assert decision_files.read(decision_files.written(SOURCE, [one]), Path("a.yaml"), CARD) == (one,)


def test_a_decision_is_added_replaced_and_taken_out(home: Home):
    assert decision_files.add(home, SOURCE, decision()) == ()
    assert decision_files.add(home, SOURCE, worded(id="d2", dismiss=True)) == ()
    again = decision(id="d3", when=AT + dt.timedelta(hours=1), metric="boats")
    assert decision_files.add(home, SOURCE, again, instead_of={"d1234567", "d9"}) == ("d1234567",)
    assert [one.id for one in decision_files.load(home, SOURCE, CARD)] == ["d2", "d3"]
    with pytest.raises(UnknownDecision, match=r"no decision 'd9' in .*did you mean d3"):
        decision_files.remove(home, "d9")
    with pytest.raises(UnknownDecision, match="several begin so: d2, d3"):
        decision_files.remove(home, "d")
    assert decision_files.remove(home, "d3") == (SOURCE, again)
    decision_files.remove(home, "d2")
    assert decision_files.load(home, SOURCE) == ()
    assert list(home.decisions.iterdir()) == []


REMARKED = """\
# Of the rescue boats.
- {id: a1, who: ana, when: 2026-11-30T17:05:00Z, why: x, for: wording, wording: w1, dismiss: true,
   expect: {surface: "1", value: 1, period_type: year}}

# Checked with the office.
- id: a2   # the second
  {rest}
# The last of the year.
-
  id: a3
  {rest}
# The end.
"""


@pytest.mark.parametrize("taken", ["a1", "a2", "a3"])
def test_what_was_written_by_hand_stays_as_it_was(home: Home, taken: str):
    rest = decision_files.written(SOURCE, [worded(dismiss=True)]).partition("id: d1234567\n  ")[2].rstrip()
    text = REMARKED.replace("{rest}", rest)
    home.decisions.mkdir()
    path = decision_files.file_of(home, SOURCE)
    path.write_text(text, encoding="utf-8")
    decision_files.remove(home, taken)
    assert [one.id for one in decision_files.load(home, SOURCE)] == [one for one in ("a1", "a2", "a3") if one != taken]
    left = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line[:1] == "#"] == [x for x in left.splitlines() if x[:1] == "#"]
    decision_files.add(home, SOURCE, worded(id="a9", dismiss=True))
    assert path.read_text(encoding="utf-8").startswith(left.rstrip())
    assert len(decision_files.load(home, SOURCE)) == 3


def test_one_list_on_a_line_is_written_anew(home: Home):
    home.decisions.mkdir()
    path = decision_files.file_of(home, SOURCE)
    one = 'who: ana, when: 2026-11-30T17:05:00Z, why: x, for: wording, dismiss: true, expect: {surface: "1", value: 1, '
    items = ", ".join(f"{{id: a{n}, wording: w{n}, {one}period_type: year}}}}" for n in (1, 2))
    path.write_text(f"[{items}]\n", encoding="utf-8")
    decision_files.remove(home, "a1")
    assert [one.id for one in decision_files.load(home, SOURCE)] == ["a2"]
    decision_files.add(home, SOURCE, worded(id="a9", dismiss=True))
    assert [one.id for one in decision_files.load(home, SOURCE)] == ["a2", "a9"]


def test_what_one_parser_of_yaml_reads_and_another_refuses_is_told_as_well():
    with pytest.raises(BadDecision, match=r"decisions\.yaml:1: "):
        decision_files.read("- {id? x, who: ana}", Path("decisions.yaml"))


def test_a_file_that_cannot_be_used_is_not_written_over(home: Home):
    decision_files.add(home, SOURCE, decision())
    path = decision_files.file_of(home, SOURCE)
    path.write_text(path.read_text().replace("metric:", "metrik:"), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(BadDecision, match="unknown key 'metrik'"):
        decision_files.add(home, SOURCE, worded(id="d2", dismiss=True))
    assert path.read_bytes() == before


ADD_ON_A_FULL_DISK = """
import resource, sys
from tests.warehouse.test_decisions import worded
from warehouse import decision_files
from warehouse.home import Home, HomeUnwritable
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    decision_files.add(Home.at(sys.argv[1]), "river-aid", worded(id="d2", why="x" * 2_000, dismiss=True))
except HomeUnwritable as error:
    print(error)
"""


def test_a_full_disk_costs_no_decision(home: Home):
    decision_files.add(home, SOURCE, decision())
    run = [sys.executable, "-c", ADD_ON_A_FULL_DISK, str(home.root)]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"cannot write {decision_files.file_of(home, SOURCE)}: file too large")
    assert decision_files.load(home, SOURCE, CARD) == (decision(),)
    assert [path.name for path in home.decisions.iterdir()] == [f"{SOURCE}.yaml"]
