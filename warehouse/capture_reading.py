"""One capture, judged and read: what every way to the tables does with it. It loads the reader, which takes a while.

What a page makes it raise is the caller's, who knows what else is under way; nothing is kept here.
"""

from extractors import read_page
from extractors.content import content_digest
from extractors.metrics.card import SourceCard
from extractors.pages.tree import Tree
from warehouse.captures import judge
from warehouse.reading_rows import Rows, reading_rows
from warehouse.readings import Outcome
from warehouse.warc import Capture


def read_capture(
    capture: Capture, body: bytes, card: SourceCard | None, *, accepted: bool = False, tree: Tree = "bs4"
) -> tuple[Outcome, Rows | None]:
    """Read a capture, or say why it is none to be read; what a person accepted is not judged.

    Raises:
        ImpactError: it cannot be read as a page.
    """
    verdict = judge(capture, body, accepted=accepted)
    if not verdict.ok:
        return Outcome(refused=verdict.reason or "it is no page"), None
    reading = read_page(
        body,
        card=card,
        url=capture.final_url,
        captured_at=capture.captured_at,
        charset=capture.charset,
        archived_url=capture.archived_url,
        tree=tree,
    )
    said = Outcome(content=content_digest(reading), edition=reading.edition, statistics=len(reading.facts))
    return said, reading_rows(reading, card.id if card else None)
