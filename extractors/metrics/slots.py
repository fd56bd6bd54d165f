"""What goes into the choice of a metric, and what comes out of it. Data only."""

from typing import Literal, NamedTuple

TIE = "tie: "
"""How the rule of an assignment begins that several wordings, named behind it, speak for alike."""


class Counted(NamedTuple):
    """What a number counts. Strings are lower case, as the text says it."""

    noun: str
    """Plural: "calls", "images and videos"."""
    phrase: str
    """The noun phrase with its complement: "cases of missing children"; "" where none is known."""
    source: Literal["own", "label", "carried"]
    """It stands in the number's own clause, in its labels or headers, or elsewhere: the number takes it up."""


class Slots(NamedTuple):
    """What the parser knows of one statistic. Strings are lower case, typographic quotes made straight, "" for none."""

    kind: str
    """One of `records.Kind`."""
    counted: Counted | None
    clause: str
    """The clause that holds the numeral."""
    start: int
    """Where the numeral stands in `clause`."""
    end: int
    clause_at: int
    """Where the clause begins in `sentence`."""
    sentence: str
    before: str
    """The sentences before it in the passage, or the list's lead."""
    headings: str
    """Page headings joined with " | ", innermost last."""
    labels: str
    """Tile labels, or table caption, row and column headers, joined with " | "; "" in prose."""
    period_type: str
    """year, range, cumulative, as_of or unknown, before the metric's measure has its say."""
    aggregation: str | None = None
    earlier: str = ""
    """The text of the passage before, for statements that lean on it."""
    left: str = ""
    """The clause up to the number as written, capitals kept."""
    follows_unmapped: bool = False
    """The statistic before it in the passage states no metric: a number that takes up its noun states none either."""
    so_far: str = ""
    """The passage up to the sentence: what its pronouns may stand for."""
    titles: tuple[str, ...] = ()
    """The headings as written, innermost last."""
    lines: tuple[str, ...] = ()
    """What stands over the text, or opens it, like a heading and is none: "Texas" over a paragraph, "Videos: ..."."""

    @property
    def unit(self) -> str:
        """The counted noun, "" for none."""
        return self.counted.noun if self.counted else ""

    @property
    def phrase(self) -> str:
        """The counted noun with its complement, "" for none."""
        return self.counted.phrase if self.counted else ""

    @property
    def has_own_noun(self) -> bool:
        """Whether what is counted stands in the number's clause."""
        return self.counted is not None and self.counted.source == "own"


class Assignment(NamedTuple):
    """The metric and the members of its dimensions (`{}` for a total); `rule`: which wording, or why none."""

    metric: str | None
    dimensions: dict[str, str]
    rule: str

    @property
    def rivals(self) -> tuple[str, ...]:
        """The names of the wordings that speak for it alike, so that none takes it; () for no tie."""
        return tuple(self.rule.removeprefix(TIE).split(", ")) if self.rule.startswith(TIE) else ()


def metric_of(wording: str) -> str:
    """The metric of a wording, by its name: `hotline_calls` of `hotline_calls[1]`."""
    return wording.partition("[")[0]
