import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quantities.exclusions import find_excluded

# Marks in the examples: [claimed] is a shape of the given reason; {left} must stay free to be a statistic.
CLAIMED = {
    "phone_number": [
        "Call [1-800-THE-LOST] today.",
        "Call [1-800-555-0199] or [+44 20 7946 0958].",
        "Ring [(877) 555-0133] at night.",
        "Our line is [0800 1111].",
        "Fax [020 7946 0018].",
        "Tel: [01234 567890]. 5th Floor",
        "Dial [999] or [112].",
        "Call [999] in an emergency, or [101] at other times.",
        "Dial [9-1-1].",
        "If in danger, call [911].",
        "It answers 911 calls: [911] calls.",
        "text HOME to [741741]",
        "Phone: [555-0142]",
        "Tel. [(0131) 496 0537]",
        "Contact us on [+49 171 1234567].",
        "reach the office at [785-555-0121, ext. 4].",
        "[837.824.1482] x",
        "calls to [101] in spring",
        "[00 44 161 123 4567]",
        "Helpline: [116 123]",
    ],
    "time_of_day": [
        "It opens at [10:30].",
        "by [5 p.m.] each day",
        "from [9am to 5pm]",
        "from [6 until 10 p.m.]",
        "at [17h00]",
        "at [8.30 pm]",
        "help is there [24/7].",
        "at [9 o'clock]",
        "open from [10 to 6], Tuesday",
        "open [9–9] daily",
        "[9 a.m.-4:30 p.m.]",
    ],
    "availability": [
        "open [24 hours a day, seven days a week].",
        "open [24 hours a day, 365 days a year].",
        "open [seven days a week].",
        "open [7 days a week].",
        "[365 days a year]",
    ],
    "postal_address": [
        "at [333 Some Street], Suite 5",
        "at [10 Downing Street], London",
        "at [221B Baker Street].",
        "visit [12 North Harbour Rd.] or",
        "[1600 Lincoln Ave NW], Springfield",
        "[7 Mill Place], Leeds",
        "[2200 Miller Road] houses",
        "wohnt in [Lindenallee 12]",
        "[12 rue] de la Paix",
        "P.O. [Box 12]",
    ],
    "postcode": ["Town, VA [22314-5950]", "London [SW1A 1AA]", "London [EC1V 9NR]", "Ottawa [K1A 0B1]"],
    "version": ["build [3.2.21.P] is out", "runs [v2.0]", "[3.5.1] came out", "[version 3.1]", "[v3]"],
    "ip_address": ["from [10.0.0.1]"],
    "identifier": [
        "during [COVID-19]",
        "during [Covid-19]",
        "an [MD5] hash",
        "a [SHA-256] hash",
        "the [H1N1] virus",
        "over [5G] networks",
        "a [4K] video",
        "an [MP3] file",
        "form [W-9]",
        "[ISO 9001] holder",
        "[Form 990]",
        "an [A4] page",
        "[B2B] sales",
        "on [Windows 11]",
        "[Formula 1] fans",
        "case [No. 12-3456]",
        "[EIN 52-1234567]",
        "[EIN: 52-1234567]",
        "ranked [#5]",
        "less [CO2]",
        "the [G20] summit",
        "[SDG 4]",
        "[SDG 16.2]",
        "[Goal 5]",
        "[SDGs 3, 4 and 5]",
        "[Tier 1] suppliers",
        "[Level 3] offenders",
        "[type 2] diabetes",
        "[grades 3-5]",
        "in [grade 5]",
        "[Channel 4]",
        "[Route 66]",
        "[Flight 370]",
        "[Room 12]",
        "the [Fortune 500]",
        "the [S&P 500]",
        "[Vision 2030]",
        "[Year 3] pupils",
        "on day [215] they came",
        "[Agenda 2030]",
        "[Troop 118] meets",
        "[GPT-4]",
        "[iOS 15]",
        "[Catch-22]",
        "Registered charity [number 216401] and [SC037717]",
        "charity [no 1234567]",
        "account [number 12345678]",
        "card 5111: [5111 1111 1111 1111]",
        "[grant 2018-33-4455]",
        "Biology [101]",
        "Pages: [1 2 3 4 5]",
    ],
    "cohort": ["the [class of 2026]"],
    "url": ["at [https://example.org/2021?x=3].", "at [example.org/2021]", "see [report2021.pdf]", "([www.a1.org])"],
    "email": ["to [info24@example.org]."],
    "hashtag": ["with [#Walk2021] we"],
    "handle": ["by [@user1]"],
    "isbn": ["[ISBN 978-0-12-345678-9]"],
    "statute": [
        "under [18 U.S.C. § 2258A]",
        "under [34 U.S.C. 11293]",
        "under [18 USC 2251(a)(1)]",
        "[42 CFR 1356]",
        "[17 C.F.R. § 240.10b-5]",
        "[Section 230]",
        "[§ 12]",
        "[H.R. 1234]",
        "[L. 115-299]",
        "[Art. 9]",
        "[Article 34]",
        "[Articles 34 and 35]",
        "Regulation (EU) [2021/1232]",
        "[Directive 2011/93/EU]",
        "a [501(c)(3)] body",
        "the Children [Act 1989]",
        "the Homes [Act of 2003]",
        "under the [2003 Act]",
        "[s. 39] offences",
        "Council [resolution 2664]",
        "[K.S.A. 58-2540]",
    ],
    "figure_reference": ["[Figure 3] shows", "see [Table 2.1]", "[Fig. 4]", "[Figures 2 and 3]", "[Appendix 2]"],
    "page_reference": ["on [page 12]", "[p. 5]", "[pp. 3-9]", "[Chapter 4]"],
    "step_reference": ["[Step 1] is", "[Phase 2] began", "Step [one] is", "Phase [two]"],
    "footnote_mark": [
        "44 million.[3] In addition",
        "the children.[¹]",
        "in 2021.[4] The rest",
        "for children[12] were",
        "(see below).[2]",
        "“never.”[7] Then",
        "volunteers[1] and",
    ],
    "list_number": ["we [1)] prevent, [2)] protect and [3)] repair", "to [(1)] prevent and [(2)] protect"],
    "formula": ["[1000-1=999]"],
    "score": ["won [3-2]", "a [5-4] ruling"],
    "coordinates": ["at [38.804835]", "at [38.8048° N]"],
    "event": ["since [9/11]"],
    "unit": ["20 km[2] of land"],
    "year": ["a chart from [1587] and", "Season [2021]", "Year [2021]", "In [2021] we", "since [1998]"],
    "fiscal_year": ["in [FY21]", "in [2020-21]", "in [2020/21]", "in [2020/2021]"],
    "school_year": ["in the [2019-20 school year]"],
    "decade": ["in the [1990s]"],
    "date": ["on [May 3, 2021]", "in [Q3 2021]", "in the [third quarter]", "by [1/2/2021]"],
    "ordinal": [
        "our [5th] annual walk",
        "the [10th] anniversary",
        "the [100th] anniversary",
        "the [118th] Congress",
        "the [21st] century",
        "the [first] school",
        "a [third] edition",
        "the [fifth] year",
        "the [twenty-first] walk",
        "the [hundredth] anniversary",
        "a [second] chance",
        "on [42nd] Street",
    ],
    "idiom": [
        "[one of] the best",
        "no [one] came",
        "[one another]",
        "[one-on-one] talks",
        "[one day] it will",
        "number [one]",
        "a [one-stop] shop",
        "seen [first-hand]",
        "for [first responders]",
        "[first aid]",
        "at [first] sight",
        "[second to none]",
        "a [third party]",
        "[third-party] audits",
        "a [two-way] street",
        "[two-factor] login",
        "[four-legged] friends",
        "[fifty-fifty]",
        "a [50-50] chance",
        "[one size fits all]",
        "[one thing] is sure",
        "square [one]",
        "a [thousand words]",
        "the [million-dollar question]",
        "[nine-to-five]",
        "this [one] and that [one]",
        "each [one] matters",
        "[zero tolerance]",
        "back to [zero]",
        "[twenty-four seven]",
        "the Big [Four]",
        "the Group of [Seven]",
        "a [five-star] charity",
        "a [12-step] plan",
        "the [Top 10] list",
        "among the top [three]",
        "the [one] that helped",
        "[5-a-side]",
    ],
}
LEFT = [
    "We served {300} homes and {2,021} people.",
    "It was {21.7 million}, up {40%}.",
    "{One} child was found; {two} were not.",
    "{One in six} ran away; {two-thirds} came back.",
    "{a third} of children, {a fifth} were young",
    "{a third} reported harm",
    "{one third}, {three quarters} and {one million}",
    "{twenty-one} cases and {thirty-five} towns",
    "its {10,000th} volunteer",
    "our {one millionth} call",
    "the {500th} child",
    "the {100,000th} caller",
    "{$2,021}, {$5}, {£3m}, {US$5 million}, {EUR5,000} and {Rs500}",
    "{20-30} children, {3–5} days, {20–25} percent, {100-200} homes",
    "{3} of {5}, {1} in {4}, {2/3} of them, a ratio of {1:25}, a {1:10} ratio",
    "{3.5} per {1,000} births",
    "{20,000}users and {90k} donors and {4k} more",
    "{10x} growth, {5km}, {180ml}, {3.2 M}",
    "The contact centre answered {2300} calls.",
    "mobile clinics saw {3000} patients",
    "staff text {500} families a week",
    "We dialled {340} callers.",
    "Goal: {500} trees. Target: {40} homes.",
    "a target of {300} homes",
    "in class {30} pupils took part",
    "per group {12} children",
    "{12} tables, {4} pages, {3} districts, {5} grades",
    "page views: {4000}",
    "Number of visits: {1800}. Number: {300}",
    "all {50} U.S. states and {12} US cities",
    "over{20,000} people",
    "served{12} families",
    "{45} countries (2021: {40})",
    "grew from {20} to {25} sites",
    "{1.250.000} trees",
    "{12 500} calls",
    "{500} km of road, {20} m deep",
    "{0.5} percent and {0.75} points",
    "{5} out of {10}",
    "per second {40} files are seen",
    "every {second} child",
    "every {third} child",
    "a {30}-second film",
    "On July 4 {1,200} people marched.",
    "In May {12} children were found.",
    "top {1%} and the top {5} percent",
    "{2000} volunteers",
    "more than {2000} reports",
    "{1} x {5}",
    "{one hundred} children",
    "zero. {Zero} children died",
    "{3} Days of action, {5} Steps",
    "Texas {48}, Ohio {31}",
    "opened {10 to 12} centres",
    "letters from {1587} families",
    "per day {215} calls",
    "gave calls to {300} families",
    "Girls ({64}) and boys ({36})",
    "Girls ({1}) and boys ({3})",
    "Female {64%}, Male {36}%",
    "no {2000} volunteers came",
    "Call 999 at once, or {300} people may wait",
    "{1,050} (of {2,000})",
    "two: {2} cases.",
    "{10} reasons to give",
]


def marked(text: str, opening: str, closing: str) -> tuple[str, list[tuple[int, int]]]:
    spans, plain = [], ""
    for part in re.split(rf"(\{opening}[^{opening}\{closing}]*\{closing})", text):
        if part.startswith(opening) and not part.startswith(opening + opening):
            spans.append((len(plain), len(plain) + len(part) - 2))
            part = part[1:-1]
        plain += part
    return plain, spans


@pytest.mark.parametrize(("text", "reason"), [(text, reason) for reason, texts in CLAIMED.items() for text in texts])
def test_a_shape_is_claimed_with_its_reason(text, reason):
    plain, spans = marked(text, "[", "]")
    found = {(s.start, s.end): s.reason for s in find_excluded(plain)}
    for span in spans:
        assert found.get(span) == reason, (plain[slice(*span)], found)


@pytest.mark.parametrize("text", LEFT)
def test_a_statistic_is_never_claimed(text):
    plain, spans = marked(text, "{", "}")
    shapes = find_excluded(plain)
    for start, end in spans:
        overlapping = [(plain[s.start : s.end], s.reason) for s in shapes if s.start < end and start < s.end]
        assert overlapping == []


@pytest.mark.parametrize(
    ("text", "surface"), [("as found [12] before", "[12]"), ("as found [3, 4] before", "[3, 4]"), ("[5-7]", "[5-7]")]
)
def test_a_bracketed_citation_is_a_reference(text, surface):
    (shape,) = find_excluded(text)
    assert (text[shape.start : shape.end], shape.numeral_class, shape.reason) == (surface, "reference", "citation")


@pytest.mark.parametrize(
    ("text", "kind", "surface"),
    [
        ("1. In spring we moved.", "paragraph", "1."),
        ("2) In spring we moved.", "list_item", "2)"),
        ("(3) We moved.", "paragraph", "(3)"),
        ("2.1 Background", "heading", "2.1"),
    ],
)
def test_a_number_that_opens_a_passage_as_a_label_is_list_numbering(text, kind, surface):
    shape = find_excluded(text, kind)[0]
    assert (text[shape.start : shape.end], shape.reason) == (surface, "list_number")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("3.", "paragraph"), ("1.5 million homes", "paragraph"), ("5 homes", "list_item"), ("12", "tile")],
)
def test_a_number_that_opens_a_passage_and_counts_is_left(text, kind):
    assert find_excluded(text, kind) == []


def test_a_footnote_mark_passage_is_a_reference_as_a_whole():
    (shape,) = find_excluded("12", "footnote_mark")
    assert (shape.start, shape.end, shape.numeral_class) == (0, 2, "reference")
    assert find_excluded("", "footnote_mark") == []


def test_dates_carry_their_period():
    (shape,) = find_excluded("As of Dec. 31, 2021, all was well.")
    assert shape.date is not None
    assert shape.date.year == 2021
    assert shape.numeral_class == "date"


def test_text_without_blanks_is_claimed_whole():
    text = "key " + "a1b2" * 200 + " has 40 parts"
    shapes = find_excluded(text)
    assert [s.reason for s in shapes] == ["unbroken_text"]
    assert shapes[0].end == text.index(" has")


# What the rules look for, so that random texts reach them.
PIECES = [
    "1", "2", "0", "2021", "12", ",", ".", " ", " ", "-", "–", "/", ":", "(", ")", "[", "]", "#", "@", "+", "%", "$",
    "a", "A", "one", "first", "third", "million", "call", "No.", "Section", "May", "Q3",
    "FY", "§", "²", "é", "İ", "ß", "١", "’",
    "\u00a0", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_shapes_are_ordered_disjoint_and_inside_any_text(text):
    spans = [(s.start, s.end) for s in find_excluded(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    for shape in find_excluded(text):
        assert 0 <= shape.start < shape.end <= len(text)


@given(st.integers(0, 10**9), st.sampled_from(["children", "calls", "reports", "homes"]))
def test_a_grouped_number_before_what_it_counts_is_never_claimed(number, noun):
    assert find_excluded(f"We saw {number:,} {noun}.") == [] or number == 911
