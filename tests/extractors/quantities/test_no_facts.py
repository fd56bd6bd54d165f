"""Numbers that measure nothing: items of lists, bases and bounds, names, references, what the reader is asked for."""

import pytest

from extractors import read_page, read_text


def surfaces(text: str) -> list[str]:
    """The surface of every fact."""
    return [fact.surface for fact in read_text(text).facts]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Two aims guide us. 1. Feed the 310 swans we met in 2021. 2. Rest.", ["310"]),
        ("1 – Bring bread. 2 – In 2021 we fed 64 geese. 3 – Go home.", ["64"]),
        ("1/ Some news. 2/ In 2021 we fed 64 geese. 3/ More soon.", ["64"]),
        ("How bread is made: 1: a miller grinds it. 2: in 2021 we baked 700 loaves. 3: you eat.", ["700"]),
        ("One: bring bread. Two – no. Two: in 2021 we fed 64 geese. Three: go home.", ["64"]),
        ("Job one: bring bread. Job two: feed geese; 64 were fed in 2021. Job three: go home.", ["64"]),
        ("If 300 people did the same, 40 geese could be fed. We fed 64 geese.", ["64"]),
        ("If all goes well as with our 64 geese, others could come.", ["64"]),
        ("We fed 64 geese; see items 4 and 5 overleaf.", ["64"]),
        ("The 30 Quiet Ponds network fed 64 geese.", ["64"]),
        ("Bring two valid cards. We fed 64 geese.", ["64"]),
        ("The oldest goose was 102. We fed 64 geese.", ["64"]),
        ("Choose a name of four letters. We fed 64 geese.", ["64"]),
        ("Pond 50 joins the network. We fed 64 geese.", ["64"]),
        ("We fed 64 geese, as Goose2Pond shows; the pond is near exit 213.", ["64"]),
        ("Pay by paybill 522533. We fed 64 geese. Pond hours: 10 to 6.", ["64"]),
        ("We told it to the Group of 77, fed 64 geese and answer on 116 123.", ["64"]),
        ("So says the Geese Act 1996, c. 264. We fed 64 geese.", ["64"]),
        ("Family (2 adults and 3 children): come and see. We fed 64 geese.", ["64"]),
        ("Some 64 geese watched the Goose 10K on the pond.", ["64"]),
        ("We fed nearly 10K geese. Goose 10K runners came: 64 in all.", ["10K", "10K", "64"]),
        ("In 2021 the 64 owls chose 1. to sing at night, 2. to sleep by day and 3. to fly.", ["64"]),
    ],
)
def test_items_of_a_list_in_prose(text: str, facts: list[str]) -> None:
    """The numbers of a list run on in a passage number it."""
    assert [s for s in surfaces(text) if s != "Two"] == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("In 2021 the pump at Shed 9 ran, as Method 3 of the plan and FRS 102 say, for 64 owls.", ["64"]),
        ("By week 9 the choir had sung volume 3, release 9.14, to 64 owls.", ["64"]),
        ("Give us a ring: £9 feeds a goose; £20 pays for a nest. Tickets are £8. In 2021 we fed 64 owls.", ["64"]),
        ("Join us for £9 a year, or £20 for a pair.", []),
        ("In 2021 £9 bought a nest.", ["£9"]),
        ("Aroha T, 37, a friend since 1990", []),
        ("SMS OWL to 40012. Pay to IBAN DE89 3704 0044 0532 0130 00.", []),
        ("The Owl Act (19 of 1998) says so on 89.5 FM; we are 12A registered.", []),
        ("Target 6.1 supports aim 7. In 2021 we dug 64 wells.", ["64"]),
        ("The kiln meets ISO 14001:2015.", []),
        ("Founded in nineteen hundred and five, the choir sang 64 times in 2021.", ["64"]),
        ("In '21 the choir sang 64 times.", ["64"]),
        ("The hoard of 64 coins, minted 1422 to 1461, was shown in 2021.", ["64"]),
        ("We cast 1200 to 1400 bells in 2021.", ["1200 to 1400"]),
        ("At COP26 we sold 64 hats and COP26,000 of tea in 2021.", ["64", "COP26,000"]),
        ("The 5K run on a 4K screen drew 64 owls in 2021.", ["64"]),
        ("In 2021 joy was 7.6, where 0 is \u201cnot at all\u201d and 10 is \u201ccompletely\u201d.", ["7.6"]),
        ("Bakers gave the oven 88 out of a possible 100 in 2021.", ["88"]),
    ],
)
def test_names_years_and_scales(text: str, facts: list[str]) -> None:
    assert surfaces(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("In 2021 it was 5.1 falls per 10,000.", ["5.1"]),
        ("In 2021 there were 9 deaths per 1,000 live births.", ["9"]),
        ("In 2021, 58% of farmers knew us, +/-4%.", ["58%"]),
        ("In 2021 bakers rated the oven 8.4 out of 10.", ["8.4"]),
        ("The hall got 4.1/5 from guests in 2021.", ["4.1"]),
        ("The match ended 3 to 2 in 2021.", []),
        ("Our team won 4 to 0 in 2021.", []),
    ],
)
def test_bases_bounds_and_scores(text: str, facts: list[str]) -> None:
    """What a rate is of, the top of a scale, a margin, a score."""
    assert surfaces(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "It follows title 18 and meets objective 3 (note 12).",
        "Lamps in rooms 3B2 and 3B4 glow.",
        "The owls ride on bus 14C to gate 6F, or the 8D tram from platform 3.",
        "It is told in room 4, line 9, and in rule 7(2).",
        "It is kept in 5ZR, on a 730-J and on form 41-EX.",
        "As rule 7 demands, and under by-law 3 owls may not vote.",
        "It is told in Annex 2, chart 9 and (2011) 3 CR 41 at 46.",
        "Our aim 3 is to teach, Aim 4 to sing.",
        "Program 5 and priority 2 were dropped.",
        "Each fire gets a grade: 1, 2 or 3.",
        "It holds songs sung between 1650 and 1720 in Lisbon.",
        "2.3 The members meet in spring.",
        "The 18-24 and 25–34 groups slept; the 35-44 bracket did not.",
        "Most pupils live in decile 2 streets (see map 4).",
        "Photo 6: Barn in snow.",
        "Ring the barn and press 3.",
        "A force 8 wind tore the roof.",
        "Lifeboat 14-20 Sea Robin stood by.",
        "Drama (Years 7–9) meets in Years 3 and 4.",
        "Readers use book bands 2 to 7.",
        "This barn follows the code RP04.",
        "Best seen at 1024 x 768.",
        "UKPRN 20031415 · CHY 7788",
        "Ofsted registration 20031415, bank reference 305112",
        "Showing 11 to 20 of 96 results",
        "Results 1–10 of 96",
        "Enrolment 2031 opens in May.",
    ],
)
def test_names_and_references(text: str) -> None:
    """A number that names or refers counts nothing."""
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("In 2021 we met our goal 12 times.", ["12"]),
        ("In 2021 the 26-30 owls of the barn slept.", ["26-30"]),
        ("It began with songs of between 1700 and 1800 owls.", ["1700 and 1800"]),
        ("We won 4 to 6 prizes in 2021.", ["4 to 6"]),
        ("By that rule 9 owls were fed in 2021.", ["9"]),
        ("In 2021 it was the bus 9 owls took.", ["9"]),
        ("In 2021 we fed 1. That was: one. Three: a lot.", ["1", "Three"]),
        ("In 2021 we bought 12GB and 3-MW mills.", ["12", "3"]),
        ("A donation of $2 million in 2021 opened the barn.", ["$2 million"]),
        ("They gave $25 to each owl in 2021.", ["$25"]),
        ("In 2021 we opened 1. Then 2 more came.", ["1", "2"]),
        ("In 2021 the press 14 stories long ran.", ["14"]),
        ("- Years: 25", ["25"]),
        ("In 2021 the force 30 wardens strong came.", ["30"]),
        ("You must know that 64 owls came in 2021.", ["64"]),
        ("Visitors must have fed 64 owls in 2021.", ["64"]),
        ("Every euro raised in 2021 planted 6 oaks.", ["6"]),
    ],
)
def test_near_misses_stay_facts(text: str, facts: list[str]) -> None:
    """What only looks like them is counted."""
    assert surfaces(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "Give $40 today.",
        "£12 a month could keep a stove warm.",
        "A gift of $60 feeds two owls.",
        "Please donate just €20.",
        "A tenant who must find a $900 deposit waits.",
        "Many could not pay a $300 bill.",
        "They cannot raise a $75 fee.",
        "Your $35 might warm a barn.",
        "Give now: your £45 pays for a night in the barn.",
    ],
)
def test_what_is_asked_or_supposed(text: str) -> None:
    """What the reader is asked to give and what might be paid are no statistics."""
    assert not [f for f in read_text(text).facts if f.kind == "money"]


@pytest.mark.parametrize(
    "text",
    [
        "Every £1 you donate can buy 6 eggs.",
        "For every $10 raised we can plant 6 oaks.",
        "Applicants must carry at least 20 kg.",
        "You need to carry at least 20 kg.",
        "Please allow 10 working days for a reply.",
        "Please bring 2 photos.",
    ],
)
def test_what_a_reader_is_asked_to_keep_to(text: str) -> None:
    """A bound that a reader has to keep, and what a gift could do, are no statistics."""
    assert surfaces(text) == []


def test_pages_of_a_contents_list() -> None:
    """Numbers led to by dots are pages."""
    assert surfaces("Our barns .......... 4\n\nOur owls in figures ............ 19\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "CONTENTS\n\nThe farmer's letter, 2\n\nBarns, 9\n\nOwls in figures, 31–40\n",
        "Contents\nThe farmer's letter, 2\nBarns, 9\n",
        "In this review:\n\n- Barns 9\n- Owls, p. 31\n",
        "<div><p>Contents</p><p>Barns, 9</p><p>Owls, 31</p></div>",
    ],
)
def test_a_plain_title_heads_a_contents_list(text: str) -> None:
    """Its lines show what it is."""
    stated = "\n\nIn 2021 we fed 64 owls."
    facts = read_page(f"{text}<p>{stated}</p>".encode()).facts if text[0] == "<" else read_text(text + stated).facts
    assert [fact.surface for fact in facts] == ["64"]


def test_a_word_that_could_be_such_a_title_heads_figures() -> None:
    """Pages go up."""
    assert surfaces("Inside\n\nOwls: 12\n\nHens: 4\n\nSwans: 7") == ["12", "4", "7"]


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Contents</h2><ul><li>Our barns 4</li><li>Our owls <b>19</b></li></ul>",
        "<h3>In this report</h3><ul><li>Thanks 31</li></ul>",
        "<div><div><h3>£30 a month</h3><p>could warm a barn</p><a>Donate £30</a></div></div>",
        "<ul><li><p>€45</p><p>Bread for one owl</p><p>Give €45 now</p></li></ul>",
    ],
)
def test_pages_and_cards_that_ask(page: str) -> None:
    """A line of contents ends on its page; the sum on a card is what its button asks for."""
    assert read_page(f"<body>{page}</body>".encode()).facts == ()


@pytest.mark.parametrize(
    "text", ["In 2021 we fed 300† owls and 41[3] geese.", "In 2021 we fed 300* owls and 41[1,2] geese."]
)
def test_marks_between_number_and_noun(text: str) -> None:
    """The mark of a note does not part a number from what it counts."""
    assert [fact.unit for fact in read_text(text).facts] == ["owls", "geese"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("“The hens saved me.” — Ola, 17", []),
        ('"I came back!" Ola Berg, 61, from Oslo', []),
        ("We keep 'Quiet Hens' pens, 40 in 2021", ["40"]),
        ("- Kampala, 12\n- Gulu, 40", ["12", "40"]),
    ],
)
def test_the_age_of_who_is_quoted(text: str, facts: list[str]) -> None:
    """Behind what is said stands who says it, with an age."""
    assert surfaces(text) == facts


@pytest.mark.parametrize(
    ("page", "facts"),
    [
        (
            "<title>Nine Wells Shelter | home</title><p>Nine Wells Shelter fed 31 goats. At Nine Wells we sing.</p>",
            ["31"],
        ),
        ("<title>Help4Goats</title><h1>Our year</h1><p>In 2021 Help4Goats fed 31 goats.</p>", ["31"]),
        ("<h1>Room 88 Players</h1><p>Room 88 Players gave 31 shows in 2021.</p>", ["31"]),
        ("<title>17 Sheds</title><h1>17 Sheds</h1><p>In 2021 we fed 31 goats.</p>", ["31"]),
        ("<h1>Our year</h1><p>In 2021 the Four Winds run and 3Rivers brought 31 goats.</p>", ["31"]),
        ("<nav><a>Two Wells Farm</a></nav><p>Two Wells Farm fed 31 goats.</p>", ["31"]),
        ("<p>Our Pen 60 scheme fed 31 goats. Pen 60 members came.</p>", ["31"]),
        ("<title>640 Goats Fed</title><h1>640 Goats Fed</h1><p>In 2021 we fed 640 goats.</p>", ["640", "640"]),
        ("<h1>Our Six Sheds</h1><p>In 2021 we built six sheds for Six Welsh farms.</p>", ["Six", "six", "Six"]),
    ],
)
def test_names_that_a_page_gives_itself(page: str, facts: list[str]) -> None:
    """The title, the headings and the prose of the whole page tell what is a name."""
    assert [fact.surface for fact in read_page(page.encode()).facts] == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("4 Brandt U, Lees M. Sleep after fifty. Owl Stud. 2013;8(2):e11-e19.", []),
        ("Brandt, U. and Lees, M. (2013). Ten nests. Owl Studies, 8(2), pp. 33–48.", []),
        ("As told in Owl v. Hen [2011] 3 WLR 45 and Hen v Owl (2004) 12 EHRR 6, 31 owls sing.", ["31"]),
        ("Imagine a nest of 5 owls. You would need £70. We fed 31 owls.", ["31"]),
        ("If a den of 40 closed, each owl would pay £9.", []),
        ("The policy allows owls under 30 cm; 31 owls came.", ["31"]),
        ("The report “Forty nights”, by 31 owls, is out.", ["31"]),
        ("Flat 7B and lab 9D shut; from Suite 11g to 12c, the firm 3M gave 31 hats.", ["31"]),
        ("We store 3M hats.", ["3M"]),
        ("Owls rated their nest from 0 to 10; 31 owls did, plus or minus 4 points.", ["31"]),
        ("Owls graded each nest from 1 (bad) to 5 (good).", []),
        ("On a 0–10 scale; scored between 1 and 7; accurate to within 2 points.", []),
        ("Scores rose from 1 to 5.", ["1", "5"]),
        ("Owls aged 0-4, 5-11 and 12-17, the 18-24s and Band 6 owls.", []),
        ("For example, a nest of 5 owls might cost £9. Take a den of 6: it would cost £20.", []),
        ("In workstream 2 we met 31 owls[note 3].", ["31"]),
        ("Goal 2: Zero hunger", []),
        ("Under policy 14 we fed 31 of the over 70s and the 60+ group.", ["31"]),
    ],
)
def test_sources_suppositions_and_bounds(text: str, facts: list[str]) -> None:
    """What is cited, supposed or ruled was counted by nobody."""
    assert surfaces(text) == facts


def test_what_the_fields_of_a_form_offer() -> None:
    """A sum that a reader may choose to give; what it bought once is a statement."""
    page = "<form><label>£8 buys a nest</label><label>£20 – a nest for a pair</label></form><p>£9 bought a nest.</p>"
    assert [fact.surface for fact in read_page(page.encode()).facts] == ["£9"]


@pytest.mark.parametrize(
    "text",
    [
        "11 to 20 of 64",
        "Show more (24)",
        "Basket: 3 items",
        "2 comments",
        "4.5/5 (64 reviews)",
        "Sort by: oldest (64)",
        "Search results: 64 for swans",
        "You have 3 unread messages",
        "Follow us: 6.4k followers",
        "Max. 500 words",
        "Error 404: no such pond",
        "Minutes (340 KB)",
        "Get it (PDF 1.2 MB, 64 pages)",
        "Adults £6, children £4, under 5s free",
        "Salary £28,000 to £32,000",
        "Take the ferry routes 6, 42 and X4",
        "Leave at junction 6",
        "Lat 51.50, lon -0.12",
        "VAT GB 123 4567 89",
        "Term 1: 4 Sept to 20 Oct",
        "Day 5 of 7",
    ],
)
def test_what_works_or_tells_of_the_page_itself(text: str) -> None:
    html = f"<body><main><h1>Our swans</h1><p>We fed 64 swans.</p><div><p>{text}</p></div></main></body>"
    assert [(fact.surface, fact.unit) for fact in read_page(html.encode(), edition=2021).facts] == [("64", "swans")]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("We took 24 comments on the pond.", ["24"]),
        ("Children £6,000, adults nothing: so was the 2021 money spent.", ["£6,000"]),
        ("Of 64 results 12 were good.", ["64", "12"]),
    ],
)
def test_such_words_in_a_sentence_state(text: str, facts: list[str]) -> None:
    assert surfaces(text) == facts
