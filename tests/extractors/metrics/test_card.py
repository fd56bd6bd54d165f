"""Reading source cards: what a good card gives, and the one clear line each mistake gets."""

from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.metrics.card import SAMPLES, SOURCES, SourceCard, bundled_card, bundled_sources, load_card

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
    match:
      - {counts: launch, about: [lifeboat, crew]}
  saved_share:
    label: Share of people saved
    unit: percent
    measure: share
    range: [0, 100]
    match:
      - {says: [[saved], [people, sailors]]}
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
    assert launches.match[0].counts == ("launch",)
    assert launches.match[0].about == (("lifeboat", "crew"),)
    assert card.metrics["saved_share"].match[0].says == (("saved",), ("people", "sailors"))
    assert card.metrics["saved_share"].range == (0, 100)
    assert card.bounds.min_statistics_share == 0.5
    assert card.sample is None


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("label: Boat", "lable: Boat", 'metrics.launches.lable: unknown key, did you mean "label"?'),
        ("counts: launch", "count: launch", 'metrics.launches.match[0].count: unknown key, did you mean "counts"?'),
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
        ("counts: launch, ", "", "metrics.launches.match[0]: needs `counts`"),
        ("counts: launch", "counts: launch*", "metrics.launches.match[0].counts: takes whole words"),
        ("  launches:\n    label", "  Launches:\n    label", "metrics.Launches"),
        ("  saved_share:", "  launches:", ":15:3: not valid YAML: the key 'launches' stands twice"),
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


CLASSES = """classes:
  crews: [crew, sailor, volunteer*]
metrics:"""


def test_a_class_of_words_stands_for_all_of_them(tmp_path: Path) -> None:
    text = GOOD.replace("metrics:", CLASSES, 1).replace("[lifeboat, crew]", "[lifeboat, <crews>]")
    assert load(tmp_path, text).metrics["launches"].match[0].about == (("lifeboat", "crew", "sailor", "volunteer*"),)


def test_a_class_fills_one_of_several_groups(tmp_path: Path) -> None:
    text = GOOD.replace("metrics:", CLASSES, 1).replace("[lifeboat, crew]", "[[lifeboat], [<crews>]]")
    assert load(tmp_path, text).metrics["launches"].match[0].about == (("lifeboat",), ("crew", "sailor", "volunteer*"))


def test_a_class_that_is_not_there_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    text = GOOD.replace("metrics:", CLASSES, 1).replace("[lifeboat, crew]", "[lifeboat, <crew>]")
    assert refusal(tmp_path, text) == ": metrics: no class 'crew', did you mean \"crews\"?"


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
