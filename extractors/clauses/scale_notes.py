"""To which figures a note on scale applies: "in thousands, except per share data", "US dollars; members in thousands".

A note names what it leaves out or what alone it is about; the headers of a figure tell whether that is meant.
"""

import re
from functools import lru_cache

from extractors.language.currencies import CODES, NAMES, OWNERS
from extractors.language.lexicon import words
from extractors.language.patterns import EXCEPT, SCALES

SCALING = words("thousand thousands lakh lakhs lac lacs crore crores million millions billion billions")
_EXCEPTS = re.compile(rf"[,;]?\s*\b(?:{EXCEPT})\b(?P<but>[^();]*)")
_SCALE = re.compile(rf"(?:\bin\s)?(?:{SCALES})(?:\sof\b)?")
_ABOUT = re.compile(
    rf"(?P<opens>^|[(;:,]\s?|\band\s)(?P<what>[a-z][a-z' -]*?)\s(?:(?:is|are|shown|stated|given|expressed)\s)*"
    rf"(?P<how>in\s[^(),;]*?(?:{SCALES})[^(),;]*)"
)
_WORD = re.compile(r"[a-z]{3,}")
_ANY = words(
    "all amounts amount figures figure values value numbers number data results totals total sums currency money "
    "where otherwise stated noted indicated shown given specified the and for per are which that those information "
    "expressed reported presented rounded table dollars dollar pounds pound sterling unless except"
) | {word for name in (*NAMES, *OWNERS, *CODES) for word in _WORD.findall(name.lower())}
"""Words that tell no figure from another."""
_LIMITED = re.compile(rf"\b(?:{EXCEPT})|[a-z] (?:is |are )?in [^()]*(?:{SCALES})")


@lru_cache(maxsize=1024)
def is_limited(note: str) -> bool:
    """Whether a note, folded, names what it leaves out or what alone it is about."""
    return _LIMITED.search(note) is not None


def applying(note: str, headers: tuple[str, ...]) -> str:
    """What of a note holds for a figure under `headers`; both are folded. A note without limits is itself."""
    if not is_limited(note):
        return note
    named = {_stem(word) for header in headers for word in _WORD.findall(header)}
    but = _EXCEPTS.search(note)
    if but:
        note = note[: but.start()] + note[but.end() :]
        if not named.isdisjoint(_stems(but["but"])):
            # An amount per share is money, too; a number of people is none.
            return _SCALE.sub("", note) if any(" per " in f" {header} " for header in headers) else ""
    abouts = [*_ABOUT.finditer(note)]
    if len(abouts) == 1 and _speaks_of_another(note, abouts[0], named):
        return note[: abouts[0].start()] + note[abouts[0].end() :]
    if len(abouts) == 1 and _speaks_of_all(note, abouts[0]):
        return note
    for about in reversed(abouts):
        told = _stems(about["what"])
        if not told:
            continue
        if not told.isdisjoint(named):
            return f"({about['how'].strip()})"
        note = note[: about.start()] + about["opens"].strip(";, ") + note[about.end() :]
    return note


def _speaks_of_another(note: str, about: re.Match[str], named: set[str]) -> bool:
    """ "Subscriptions in £000; members as counted": the rest of a note tells of the figure, what is scaled does not."""
    rest = _stems(f"{note[: about.start()]} {note[about.end() :]}")
    return _stems(about["what"]).isdisjoint(named) and not rest.isdisjoint(named)


def _speaks_of_all(note: str, about: re.Match[str]) -> bool:
    """Whether the one thing that a note scales is what its table is about: "Reports by region (reports in thousands)".

    So is money with no other note beside it.
    """
    around = f"{note[: about.start('what')]} {note[about.end() :]}"
    alone = not re.search(r"[;,]", around[around.rfind("(") + 1 :])
    money = _SCALE.sub("", about["how"]).strip(" ") != ""
    title = note[: max(0, note.rfind("(", 0, about.start("what")))]
    return about["opens"] == "" or (alone and (money or not _stems(title).isdisjoint(_stems(about["what"]))))


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text) if word not in _ANY}


def _stem(word: str) -> str:
    return word.removesuffix("s")
