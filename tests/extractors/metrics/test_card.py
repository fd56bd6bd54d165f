"""Reading source cards: what a good card gives, and the one clear line each mistake gets."""

from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.metrics.card import SAMPLES, SOURCES, SourceCard, bundled_card, bundled_sources, load_card
from extractors.metrics.worded import Wording

GOOD = """
id: harbour-rescue
organisation: Harbour Rescue
title: Our year
url: https://harbour.example/impact
metrics:
  launches:
    label: Boat launches
    unit: launches
    measure: flow
    dimensions:
      weather: {calm: [calm, fair weather], storm: [storm, gale]}
    counts: launch
    when: [{near: [lifeboat, crew]}]
    examples: ["Our crew made **412** launches in storms. -> weather=storm"]
  saved_share:
    label: Share of people saved
    unit: percent
    measure: share
    range: [0, 100]
    when: [{clause: saved}, {clause: [people, sailors]}]
identities:
  - {metric: launches, kind: sum, dimension: weather}
"""


def load(tmp_path: Path, text: str) -> SourceCard:
    path = tmp_path / "card.yaml"
    path.write_text(text, encoding="utf-8")
    return load_card(path)


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(tmp_path / "card.yaml"))
    return message.removeprefix(str(tmp_path / "card.yaml"))


def test_a_card_holds_what_its_file_says(tmp_path: Path) -> None:
    card = load(tmp_path, GOOD)
    assert card.id == "harbour-rescue"
    launches = card.metrics["launches"]
    assert launches.measure == "flow"
    assert launches.dimensions["weather"]["storm"] == ("storm", "gale")
    (wording,) = card.worded["launches"].wordings
    assert wording == Wording(counts=("launch",), about=(("page", ("lifeboat", "crew")),))
    assert card.worded["saved_share"].wordings[0].says == (("saved",), ("people", "sailors"))
    assert card.metrics["saved_share"].range == (0, 100)
    assert card.bounds.min_statistics_share == 0.5
    assert card.sample is None


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("label: Boat", "lable: Boat", 'metrics.launches.lable: unknown key, did you mean "label"?'),
        ("counts: launch", "count: launch", 'metrics.launches.count: unknown key, did you mean "counts"?'),
        ("identities:", "identitys:", 'identitys: unknown key, did you mean "identities"?'),
        ("kind: sum", "kind: total", "identities[0].kind: 'total' is not one of 'sum' or 'shares'"),
        ("measure: flow", "measure: flux", "metrics.launches.measure: 'flux' is not one of"),
        ("metric: launches", "metric: launchs", "no metric 'launchs' on this card, did you mean \"launches\"?"),
        ("dimension: weather", "dimension: wether", "launches has no dimension 'wether', did you mean \"weather\"?"),
        ("url: https", "url: ftp", "url: "),
        ("organisation: Harbour Rescue", "", "organisation: is missing"),
        ("unit: launches", "unit: 12", "metrics.launches.unit: must be text, not a number; write it in quotes"),
        ("[storm, gale]", "[storm, yes]", "must be text, not yes/no; write it in quotes"),
        ("range: [0, 100]", "range: [100, 0]", "metrics.saved_share: range: the lowest value comes first"),
        ("counts: launch\n", "\n", "metrics.launches: needs `counts`, the noun that is counted"),
        ("counts: launch", "counts: launch*", "metrics.launches.counts: takes whole words"),
        ("  launches:\n    label", "  Launches:\n    label", "metrics.Launches"),
        ("  saved_share:", "  launches:", ":16:3: not valid YAML: the key 'launches' stands twice"),
        ("{near: [", "{neer: [", 'metrics.launches.when[0].neer: unknown key, did you mean "near"?'),
        ("[{near: [lifeboat, crew]}]", "[lifeboat]", "metrics.launches.when[0]: say how near: {clause: lifeboat}, "),
        ("{near: [lifeboat, crew]}", "{near: lifeboat, clause: crew}", "metrics.launches.when[0]: has 2 reaches; "),
        ("{near: [lifeboat, crew]}", "{near: []}", "metrics.launches.when[0]: names no words"),
        (
            "counts: launch",
            "counts: launch\n    never: [911]",
            "metrics.launches.never[0]: must be text, not a number; ",
        ),
        ("counts: launch", "counts: launch\n    never: [{leading: 911}]", "launches.never[0].leading: "),
        ("counts: launch", "counts: launch\n    part: maybe", "metrics.launches.part: "),
        (
            "counts: launch\n    when: [{near: [lifeboat, crew]}]\n",
            "part: true\n    also: [{counts: launch}]\n",
            "metrics.launches.part: stands beside no `counts`",
        ),
        (
            "counts: launch\n",
            "counts: launch\n    also: [{when: [{near: storm}]}]\n",
            "metrics.launches.also[0]: needs `cou",
        ),
        ("counts: launch\n", "counts: launch\n    also: [{count: x}]\n", "also[0].count: unknown key, did you mean"),
        (
            "**412**",
            "412",
            "metrics.launches.examples[0]: mark the one number that is meant, as in `The **94,428** calls`; ",
        ),
        ("412", "412** or **413", "metrics.launches.examples[0]: mark the one number that is meant, as in `The **94,4"),
        ("weather=storm", "wether=storm", "launches.examples[0]: the metric has no dimension 'wether', did you mean"),
        ("weather=storm", "weather=storms", "examples[0]: weather has no member 'storms', did you mean \"storm\"?"),
        ("weather=storm", "storm", "examples[0]: behind `->` stand the members, such as `-> reporter=public`"),
        ("title: Our year", "title: 'Our year", "not valid YAML"),
        ("title: Our year", "title: Our: year", ":4:11: not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    assert wrong in GOOD
    assert message in refusal(tmp_path, GOOD.replace(wrong, right, 1))


@pytest.mark.parametrize(("text", "kind"), [("", "nothing"), ("- a\n- b", "a list"), ("just words", "str")])
def test_a_file_that_is_no_mapping_is_no_card(tmp_path: Path, text: str, kind: str) -> None:
    assert f"not {kind}" in refusal(tmp_path, text)


def test_a_missing_file_and_binary_content_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.yaml: cannot read the source card: No such file"):
        load_card(tmp_path / "nowhere.yaml")
    binary = tmp_path / "card.yaml"
    binary.write_bytes(b"id: \xff\xfe")
    with pytest.raises(InputError, match="not UTF-8 text"):
        load_card(binary)


def test_yaml_that_would_build_objects_is_refused(tmp_path: Path) -> None:
    assert "not valid YAML" in refusal(tmp_path, "id: !!python/object/apply:os.getcwd []")


def test_an_unknown_source_suggests_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown source 'ncmec-impakt', did you mean \"ncmec-impact\"\\?"):
        bundled_card("ncmec-impakt")


@pytest.mark.parametrize("source", bundled_sources())
def test_every_bundled_card_loads_under_its_own_name_and_has_its_sample_pages(source: str) -> None:
    card = bundled_card(source)
    assert card.id == source
    assert (SOURCES / f"{source}.yaml").is_file()
    for page in card.sample.pages if card.sample else ():
        assert (SAMPLES / page).is_file(), page


GLOSSARY = """glossary:
  crews: {is: [crew, sailor, volunteer*], with: [paid]}
  heavy_weather: [storm, gale]
metrics:"""


def with_glossary(card: str = GOOD) -> str:
    return card.replace("metrics:", GLOSSARY, 1)


def test_a_name_of_the_glossary_stands_for_its_words_wherever_terms_stand(tmp_path: Path) -> None:
    text = GOOD.replace("[lifeboat, crew]", "[lifeboat, crews]").replace("[storm, gale]", "heavy_weather")
    text = with_glossary(text).replace("counts: launch", "counts: launch\n    never: [{leading: crews}]")
    worded = load(tmp_path, text).worded["launches"]
    assert worded.wordings[0].about == (("page", ("lifeboat", "crew", "sailor", "volunteer*")),)
    assert worded.wordings[0].not_before == ("crew", "sailor", "volunteer*")
    assert worded.dimensions["weather"]["storm"] == ("storm", "gale")


def test_words_beside_an_entry_narrow_no_count_whose_condition_names_it(tmp_path: Path) -> None:
    asks = with_glossary().replace("[lifeboat, crew]", "crews")
    bars = with_glossary().replace("counts: launch", "counts: launch\n    never: crews")
    assert load(tmp_path, asks).worded["launches"].only == ("paid",)
    assert load(tmp_path, bars).worded["launches"].only == ()


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        (
            "[lifeboat, crew]",
            "[lifeboat, heavy_wether]",
            ": metrics.launches.when[0].near[1]: nothing in the glossary is called 'heavy_wether', "
            'did you mean "heavy_weather"?',
        ),
        (
            "storm: [storm",
            "storm: [big_wind",
            ": metrics.launches.dimensions.weather.storm[0]: nothing in the glossary is called 'big_wind'; "
            "a word of a page has no underscore",
        ),
        (
            "with: [paid]",
            "with: [heavy_weather]",
            ": glossary.crews.with: 'heavy_weather' is no word of a page; only metrics take names of the glossary",
        ),
        ("metrics:", "words: {neutral: [a_b]}\nmetrics:", ": words.neutral: 'a_b' is no word of a page; only metrics"),
        ("with: [paid]", "wiht: [paid]", ': glossary.crews.wiht: unknown key, did you mean "with"?'),
        ("counts: launch", "counts: crews", ": metrics.launches.counts: takes whole words, no `*`"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_its_place(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    text = with_glossary()
    assert wrong in text
    assert refusal(tmp_path, text.replace(wrong, right, 1)).startswith(message)


def test_never_and_only_of_a_metric_hold_for_its_further_wordings(tmp_path: Path) -> None:
    more = """    never: [drill, {sentence: prank}]
    only: [lit]
    also:
      - {counts: mission, when: [{clause: crew}, {before: boat}], never: [mercy, {leading: school}], only: [long]}
"""
    first, second = (
        load(tmp_path, GOOD.replace("    counts: launch\n", f"    counts: launch\n{more}")).worded["launches"].wordings
    )
    assert (first.forbid, first.unless, first.not_before, first.only) == (("drill",), ("prank",), (), ())
    assert (second.forbid, second.unless, second.not_before) == (("drill", "mercy"), ("prank",), ("school",))
    assert (second.says, second.about, second.only) == ((("crew",),), (("before", ("boat",)),), ("long",))


@pytest.mark.parametrize(
    ("says", "totals"),
    [
        ("", {0: False, 5_000: False}),
        ("total_when_undated: true", {0: True, 5_000: True}),
        ("total_when_undated_over: 5000", {4_999: False, 5_000: True}),
    ],
)
def test_a_figure_without_a_time_may_be_the_total_since_the_beginning(
    tmp_path: Path, says: str, totals: dict[int, bool]
) -> None:
    metric = load(tmp_path, GOOD.replace("counts: launch\n", f"counts: launch\n    {says}\n")).metrics["launches"]
    assert {value: metric.is_total(value) for value in totals} == totals


URLS = """urls:
  - {url: "http://old.example/figures", from: 2009, to: 2015}
  - {url: "http://older.example/", to: 2008}
metrics:"""


def test_a_page_may_have_had_other_addresses(tmp_path: Path) -> None:
    card = load(tmp_path, GOOD.replace("metrics:", URLS, 1))
    assert [(one.url, one.first, one.last) for one in card.addresses] == [
        (card.url, None, None),
        ("http://old.example/figures", 2009, 2015),
        ("http://older.example/", None, 2008),
    ]


def test_the_present_address_may_stand_among_them_for_its_first_year(tmp_path: Path) -> None:
    card = load(tmp_path, GOOD)
    listed = f'urls: [{{url: "{card.url.replace("https", "http")}", from: 2016, to: 2017}}]\nmetrics:'
    assert [(a.url, a.first, a.last) for a in load(tmp_path, GOOD.replace("metrics:", listed, 1)).addresses] == [
        (card.url, 2016, None)
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{url: ftp://old.example/}", "urls[0].url: 'ftp://old.example/' does not fit the pattern"),
        ("{url: http://old.example/, from: 2015, to: 2009}", "urls[0]: `from` comes before `to`"),
        ("{url: http://old.example/, until: 2009}", "urls[0].until: unknown key"),
        ("{url: http://old.example/, from: 209}", "urls[0].from: "),
    ],
)
def test_an_address_that_cannot_be_is_refused(tmp_path: Path, wrong: str, said: str) -> None:
    assert said in refusal(tmp_path, GOOD.replace("metrics:", f"urls: [{wrong}]\nmetrics:", 1))
