"""A verb, a noun, a unit and a currency are one line in one file: added there, they work wherever text is read."""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from extractors.language import data
from extractors.language.nouns import is_plural, plural, singular
from extractors.language.verbs import ALL, BY_BASE, SENSES

READ = """
import pathlib, sys
from extractors.language import data
data.FOLDER = pathlib.Path(sys.argv[1])
from extractors import read_page, read_text
for body in sys.argv[2:]:
    reading = read_page(body.encode(), edition=2023) if body[0] == "<" else read_text(body, edition=2023)
    print(*(f"{f.surface}: {f.kind} {f.unit} {f.period_type} {f.value}" for f in reading.facts), sep="; ")
"""
PAGE = (
    "<html><body><table><tr><th>Item</th><th>{head}</th></tr><tr><td>Grants</td><td>450</td></tr></table></body></html>"
)
TILE = "<html><body><div><div><strong>{value}</strong><p>Given away</p></div></div></body></html>"


def read_with(folder: Path, table: str, line: str, *bodies: str) -> list[str]:
    """What a process of its own reads with one more line in one table."""
    tables = folder / "tables"
    shutil.copytree(data.FOLDER, tables, ignore=shutil.ignore_patterns("*.py", "__pycache__"), dirs_exist_ok=True)
    with (tables / f"{table}.tsv").open("a", encoding="utf-8") as file:
        file.write(line + "\n" if line else "")
    told = subprocess.run(
        [sys.executable, "-c", READ, str(tables), *bodies], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return told.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "past", "participle"),
    [("zlem\tzlame\tzlomen\t\tpast", "zlame", "zlomen"), ("quib\tquob\tquoben\t\tpast", "quob", "quoben")],
)
def test_an_irregular_verb(tmp_path: Path, line: str, past: str, participle: str) -> None:
    bodies = (
        f"The farm has {participle} 340 geese.",
        f"340 {past} in 2021.",
        f"The 340 members who {past} a course.",
    )
    told = read_with(tmp_path, "verbs", line, *bodies)
    assert told == ["340: count geese cumulative 340", "340: count None year 340", "340: count members year 340"]
    assert read_with(tmp_path / "without", "words", "", *bodies) != told


@pytest.mark.parametrize("line", ["zlem\tzlame\tzlomen\t\tpast\trise", "zlem\tzlame\tzlomen\t\tpast\tfall"])
def test_a_verb_of_change(tmp_path: Path, line: str) -> None:
    sign = "-" if line.endswith("fall") else ""
    bodies = ("Visits zlame by 340 in 2021.", "Visits zlame 34% in 2021.", "Visits zlame from 450 to 560 in 2021.")
    told = read_with(tmp_path, "verbs", line, *bodies)
    assert told[:2] == [f"340: change visits year {sign}340", f"34%: change_percent percent year {sign}34"]
    assert told[2].split("; ")[1] == "560: count visits year 560"


@pytest.mark.parametrize(
    ("line", "one", "many"),
    [
        ("wumpus\twumpi\tstock headcount enrolled", "wumpus", "wumpi"),
        ("grool\tgrolia\tstock headcount enrolled", "grool", "grolia"),
    ],
)
def test_a_noun(tmp_path: Path, line: str, one: str, many: str) -> None:
    told = read_with(tmp_path, "nouns", line, f"The farm has 340 {many}.", f"Our 340 {many} in 2021.", f"340th {one}.")
    assert told[0] == f"340: count {many} as_of 340"
    assert told[1].startswith(f"340: count {many} as_of")
    assert told[2].startswith(f"340th: count {many}")


@pytest.mark.parametrize(
    ("line", "word", "symbol"),
    [("zorb\tzorb zorbs\tzb\tvolume", "zorbs", "zb"), ("flim\tflim flims\tflm\tlength", "flims", "flm")],
)
def test_a_unit(tmp_path: Path, line: str, word: str, symbol: str) -> None:
    told = read_with(
        tmp_path, "units", line, f"We poured 450 {word} in 2021.", f"We poured 450 {symbol} in 2021.",
        PAGE.format(head=f"Poured ({symbol})"), TILE.format(value=f"450 {word}"),
    )  # fmt: skip
    assert [one.split()[1] for one in told] == ["measure"] * 4
    assert told[2] == f"450: measure {symbol} year 450"
    assert told[3] == f"450: measure {word} year 450"


@pytest.mark.parametrize(
    ("line", "code", "sign", "word"),
    [
        ("ZQD\t₪₪\t\tZq\tzoquid, zoquids", "ZQD", "Zq", "zoquids"),
        ("MNT\t₮\t\t\ttugrik, tugriks", "MNT", "₮", "tugriks"),
    ],
)
def test_a_currency(tmp_path: Path, line: str, code: str, sign: str, word: str) -> None:
    line = line.replace("₪₪", "")
    told = read_with(
        tmp_path, "currencies", line, f"We gave {sign}450 in 2021.", f"We gave {code} 450 in 2021.",
        f"In 2021 {code} 450 was given.", f"We gave 450 {word} in 2021.", PAGE.format(head=f"Sum ({code})"),
        PAGE.format(head=f"Sum ({code} thousand)"), TILE.format(value=f"{code} 450"),
    )  # fmt: skip
    assert [one.split()[-4:-1] and f"{code} year" in one and " money " in one for one in told] == [True] * 7
    assert told[5].endswith(" 450000")


def test_no_line_is_there_twice_and_every_sense_is_known() -> None:
    for table, words in (("verbs", 0), ("nouns", 0), ("units", 0), ("currencies", 0), ("numbers", 0), ("words", 0)):
        names = Counter(row[words] for row in data.rows(table))
        assert [name for name, count in names.items() if count > 1] == [], table
    assert {sense for verb in ALL for sense in verb.senses} == set(SENSES)


def test_the_forms_of_a_verb() -> None:
    forms = [BY_BASE[base].forms for base in ("carry", "begin", "see", "reduce", "undergo")]
    assert forms == [
        {"carry", "carries", "carried", "carrying"},
        {"begin", "begins", "began", "begun", "beginning"},
        {"see", "sees", "saw", "seen", "seeing"},
        {"reduce", "reduces", "reduced", "reducing"},
        {"undergo", "undergoes", "underwent", "undergone", "undergoing"},
    ]


@pytest.mark.parametrize(
    ("one", "many"),
    [("child", "children"), ("box", "boxes"), ("city", "cities"), ("criterion", "criteria"), ("series", "series"),
     ("bus", "buses"), ("movie", "movies"), ("campus", "campuses"), ("letter", "letters")],
)  # fmt: skip
def test_there_is_one_system_of_plurals(one: str, many: str) -> None:
    assert (plural(one), singular(many)) == (many, one)
    assert is_plural(many)
    assert is_plural(one) is (one == many)
