"""Cards made to hurt: each gets one line with its place, at once, and brings nothing down."""

import re
from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.metrics.card import bundled_card, load_card
from warehouse.archive import SOURCE_NAME

GOOD = """\
id: harbour-rescue
organisation: Harbour Rescue
title: Our year
url: https://harbour.example/impact
metrics:
  launches: {label: Boat launches, unit: launches, measure: flow, counts: launch}
"""
DIGITS = "7" * 5000
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
BOMB += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
PAIRS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
MERGES = "a0: &a0 {k0: x}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: x}}\n" for n in range(1, 40))

CARDS = {
    "an int that is none": (f"{GOOD}bounds: !!int abc", ":7:9: not valid YAML: the tag"),
    "an object": ("id: !!python/object/apply:os.getcwd []", ":1:5: not valid YAML: the tag"),
    "a tag of its own": (f"{GOOD}words: !mine {{}}", ":7:8: not valid YAML: the tag !mine"),
    "a set": ("!!set {a, b}", "the tag"),
    "a list as a key": (f"{GOOD}? [a]\n: b", ":7:3: not valid YAML: the key is not text"),
    "a mapping as a key": (f"{GOOD}? {{a: b}}\n: c", ":7:3: not valid YAML: the key is not text"),
    "a number as a key": (f"{GOOD}2020: b", ":7:1: not valid YAML: the key '2020' is not text"),
    "nothing as a key": (f"{GOOD}~: b", ":7:1: not valid YAML: the key '~' is not text"),
    "a list in itself": (f"{GOOD}words: &w [*w]", ":7:12: not valid YAML: *w stands for nothing"),
    "a mapping in itself": ("&a\nid: x\nwords: *a", ":3:8: not valid YAML: *a stands for nothing"),
    "endless lists": ("x: " + "[" * 200_000, ":1:23: not valid YAML: nested more than 20 deep"),
    "endless mappings": ("{a: " * 200_000, "nested more than 20 deep"),
    "endless dashes": ("- " * 200_000, "nested more than 20 deep"),
    "endless lists, closed": ("id: " + "[" * 50_000 + "]" * 50_000, "nested more than 20 deep"),
    "aliases of aliases": (BOMB, "more than 100,000 values"),
    "aliases twice each": (PAIRS, "more than 100,000 values"),
    "merges of merges": (MERGES, "more than 100,000 values"),
    "no such alias": ("id: *x", ":1:5: not valid YAML"),
    "an id of 65 letters": (GOOD.replace("harbour-rescue", "a" * 65), "id: "),
    "an id of 300 letters": (GOOD.replace("harbour-rescue", "a" * 300), "id: "),
    "an id that climbs": (GOOD.replace("harbour-rescue", "../a"), "id: "),
    "a number of thousands of digits": (f"{GOOD}bounds: {{min_statistics_share: {DIGITS}}}", ":7:32: not valid YAML"),
    "a digit too many": (GOOD.replace("unit: launches", f"unit: {DIGITS}"), ":6:"),
    "a moment of odd parts": (f"{GOOD}bounds: {{min_statistics_share: 2024-13-45}}", "bounds.min_statistics_share"),
    "a bound that is no number": (f"{GOOD}bounds: {{min_statistics_share: .nan}}", "bounds.min_statistics_share"),
    "an endless bound": (f"{GOOD}bounds: {{min_statistics_share: .inf}}", "bounds.min_statistics_share"),
    "a range without end": (GOOD.replace("measure: flow", "measure: flow, range: [0, .inf]"), "range[1]"),
    "a range that is none": (GOOD.replace("measure: flow", "measure: flow, range: [.nan, 5]"), "range[0]"),
    "NUL": (GOOD.replace("Our year", "Our\0year"), "not valid YAML"),
    "half a character": (GOOD.replace("Our year", '"\\ud800"'), "not valid YAML"),
    "two documents": (f"{GOOD}---\n{GOOD}", "not valid YAML"),
    "a key of a million letters": (f"{GOOD}{'k' * 900_000}: x", "not valid YAML"),
    "a value of thousands of letters": (GOOD.replace("https://", "x" * 10_000), "url: 'xxx"),
    "unknown keys by the thousand": (GOOD + "".join(f"k{n}: x\n" for n in range(40_000)), "unknown key"),
    "a glossary filled in without end": (
        GOOD.replace("metrics:", f"glossary: {{c: [{'a, ' * 30_000}a]}}\nmetrics:").replace(
            "counts: launch", f"counts: launch, when: [{{near: [{'c, ' * 30_000}x]}}]"
        ),
        "more than 100,000 terms",
    ),
    "classes of the old language filled in without end": (
        GOOD.replace("metrics:", f"classes: {{c: [{'a, ' * 30_000}a]}}\nmetrics:").replace(
            "counts: launch", f"match: [{{counts: launch, about: [{'<c>, ' * 30_000}x]}}]"
        ),
        "more than 100,000 terms",
    ),
    "a metric that is a list": (
        GOOD.replace("launches: {", "launches: [{").replace("launch}", "launch}]"),
        "a mapping",
    ),
    "a wording that is a number": (GOOD.replace("launch}", "launch, also: [5]}"), "also[0]: must be a mapping"),
    "examples that are a mapping": (GOOD.replace("launch}", "launch, examples: {a: b}}"), "examples[0]: must be text"),
    "a never without end": (GOOD.replace("launch}", "launch, never: [{sentence: {a: b}}]}"), "never[0].sentence[0]"),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_hostile_card_is_refused_in_one_line(tmp_path: Path, name: str):
    text, said = CARDS[name]
    path = tmp_path / "card.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_card(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:") and said in message
    assert "\n" not in message and len(message.removeprefix(str(path))) < 400


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (GOOD.encode("utf-16"), "not UTF-8 text"),
        (GOOD.encode("utf-32"), "not UTF-8 text"),
        (b"#" * 5_000_000, "more than 1,000,000 characters"),
        (b"# more\n" * 200_000, "more than 1,000,000 characters"),
    ],
)
def test_a_file_that_is_no_text_or_no_card_is_refused(tmp_path: Path, raw: bytes, said: str):
    path = tmp_path / "card.yaml"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=said):
        load_card(path)


def test_no_more_of_a_file_is_read_than_a_card_may_hold():
    with pytest.raises(InputError, match="source card"):
        load_card("/dev/zero")


def test_a_name_that_is_no_name_is_refused():
    with pytest.raises(InputError, match="cannot read the source card"):
        load_card("a\0b")


def test_what_looks_like_a_date_is_text(tmp_path: Path):
    path = tmp_path / "card.yaml"
    for title in ("2024-13-45", "2024-02-03", "2024-02-03T04:05:06Z"):
        path.write_text(GOOD.replace("Our year", title), encoding="utf-8")
        assert load_card(path).title == title


def test_aliases_and_merges_within_bounds_are_read(tmp_path: Path):
    path = tmp_path / "card.yaml"
    text = GOOD.replace("metrics:\n", "words: {own: &ours [Harbour Rescue], neutral: *ours}\nmetrics:\n")
    text += "  boats: &boats {label: Boats, unit: boats, measure: stock, counts: boats}\n"
    text += "  ships: {<<: *boats, label: Ships}\n"
    path.write_text(text, encoding="utf-8")
    card = load_card(path)
    assert card.words.neutral == ("Harbour Rescue",)
    assert (card.metrics["ships"].label, card.metrics["ships"].unit) == ("Ships", "boats")


def test_every_id_that_a_card_takes_names_a_folder_of_the_archive(tmp_path: Path):
    path = tmp_path / "card.yaml"
    for name in ("a", "a" * 64, "7-eleven", "a--b-"):
        path.write_text(GOOD.replace("harbour-rescue", f'"{name}"'), encoding="utf-8")
        assert SOURCE_NAME.fullmatch(load_card(path).id)


def test_the_bundled_card_is_read_as_it_was():
    card = bundled_card("ncmec-impact")
    assert len(card.metrics) > 20 and re.fullmatch(r"https://\S+", card.url)
