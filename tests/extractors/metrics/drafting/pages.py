"""Pages to draft cards from: those of tests/drafts with what each of their figures states, and the way to draft."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractors.metrics.card import load_card
from extractors.metrics.card_models import SourceCard
from extractors.metrics.drafting import Draft, card_lines, draft, head_of
from extractors.metrics.drafting.compiling import compiled
from extractors.metrics.drafting.figures import Figure, figures_of
from extractors.metrics.slots import Slots
from extractors.records import Fact, Reading
from pipeline.pages import Page, document, opened, read

FOLDER = Path(__file__).resolve().parents[3] / "drafts"
NAMES = ("wells.html", "shelter.html", "rivers.md", "orchard.html", "stage.md", "bees.html")


@dataclass(frozen=True)
class Drafted:
    """A page, the draft made from it, and its text as a card that was read again."""

    page: Page
    draft: Draft
    text: str

    def card(self, folder: Path) -> SourceCard:
        path = folder / "drafted.yaml"
        path.write_text(self.text, encoding="utf-8")
        return load_card(path)

    def facts(self, card: SourceCard) -> tuple[Fact, ...]:
        return read(self.page, card, None, None, None).facts


def drafted(page: Page, organisation: str | None = None) -> Drafted:
    head = head_of(document(page), organisation, None, None)
    reading, asked = reading_of(page, head)
    made = draft(reading, asked, head)
    return Drafted(page, made, "\n".join([*card_lines(made, page.name), ""]))


def reading_of(page: Page, head: Draft) -> tuple[Reading, dict[str, Slots]]:
    asked: dict[str, Slots] = {}
    return read(page, compiled(head), None, None, None, asked), asked


def text_page(text: str, *, html: bool = False) -> Page:
    return Page("page", text.encode("utf-8", "surrogatepass"), html)


def figures(text: str, *, html: bool = False) -> list[Figure]:
    page = text_page(text, html=html)
    return figures_of(*reading_of(page, head_of(document(page), None, None, None)))


def fixture(name: str) -> Page:
    return opened(str(FOLDER / name))


def truths(name: str) -> list[tuple[str, str, str]]:
    """Of each statistic, in the page's order: the figure, what it states, and of which part."""
    lines = (FOLDER / name).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    return [tuple((line + "\t\t").split("\t")[:3]) for line in lines]  # type: ignore[misc]


def wrongly_mapped(facts: Iterable[Fact], told: Iterable[tuple[str, str, str]]) -> list[str]:
    """The figures that share a metric, or a member of it, with figures that state something else."""
    by_metric: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for fact, (_, metric, member) in zip(facts, told, strict=True):
        if fact.metric is not None:
            by_metric[fact.metric].append((metric, member, ";".join(fact.dimensions.values()), fact.surface))
    wrong = []
    for slug, found in by_metric.items():
        most = Counter(metric for metric, *_ in found).most_common(1)[0][0]
        in_parts = any(got for _, _, got, _ in found)
        meant: dict[str, str] = {}
        for metric, member, got, surface in found:
            parted_otherwise = in_parts and (bool(member) != bool(got) or meant.setdefault(got, member) != member)
            mixed = not in_parts and len({one[1] for one in found}) > 1
            if metric != most or parted_otherwise or mixed:
                wrong.append(f"{slug}: {surface}")
    return wrong
