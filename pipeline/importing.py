"""One import: from files to captures. What is built of them is not told here."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import ImpactError, InputError
from extractors.links import public_url
from extractors.page_keys import page_key
from pipeline import sources
from pipeline.refresh import Refresh
from pipeline.sources import Followed
from warehouse.captures import HTML_MARKUP, SNIFFED
from warehouse.fetch import Retrieval
from warehouse.foreign_warc import DAMAGED, EARLIEST, NoArchive, is_archive, require_record
from warehouse.home import Home
from warehouse.imports import Import, Page
from warehouse.payloads import MOST_BYTES

log = logging.getLogger("impact")


class PartlyImported(ImpactError):
    """Some records are damaged. The others are imported; get a whole copy of the file and import that."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files that can be imported, and the pages that are taken from them."""

    paths: tuple[Path, ...]
    """Archives: WARC and WACZ files."""
    saved: tuple[tuple[Page, Retrieval], ...]
    """What a saved page is a retrieval of, by the page that is followed."""
    followed: tuple[Followed, ...]
    pages: tuple[Page, ...]

    @classmethod
    def of(
        cls,
        home: Home,
        paths: Sequence[Path],
        chosen: Followed | None = None,
        url: str | None = None,
        captured_at: dt.datetime | None = None,
    ) -> "Files":
        """Look at files before anything is written: what they hold of the followed pages, or of the `chosen` one.

        Raises:
            InputError: a file is none that can be imported.
        """
        followed = [chosen] if chosen else sources.all_followed(home)
        saved = [path for path in paths if not _is_archive(path)]
        pages = [Page(one.card.id, public_url(url)) for one in followed for url in sources.pages_of(one.card)]
        given: list[tuple[Page, Retrieval]] = []
        if saved:
            if len(paths) > 1:
                raise InputError(f"{saved[0]} is a saved page, and those are imported one by one; give it alone")
            given = _saved_page(saved[0], pages, chosen, url, captured_at)
        elif url or captured_at:
            raise InputError("--url and --captured-at speak of a saved page (HTML); a web archive file states its own")
        return cls(tuple(() if saved else paths), tuple(given), tuple(followed), tuple(pages))


def import_files(
    refresh: Refresh, files: Files
) -> tuple[Mapping[tuple[str, int], Counter[str]], PartlyImported | None]:
    """Keep what files hold of the followed pages, in a home whose writer lock is held.

    Returns:
        By source and year, how many captures are `new` and how many were `known`; and that some records were damaged.

    Raises:
        ImpactError: it cannot be kept.
    """
    cards = {one.card.id: one for one in files.followed}
    work = Import(
        refresh.home, refresh.archive, files.pages, lambda source: sources.keep(refresh.archive, cards[source])
    )
    for page, retrieval in files.saved:
        work.tally.records += 1
        work.tally.followed += 1
        work.add(page, retrieval)
    work.add_files(files.paths)
    refresh.detail = str(work.tally)
    log.info("%s", work.tally)
    damaged = work.tally.left[DAMAGED]
    if not damaged:
        return work.by_year, None
    return work.by_year, PartlyImported(
        f"{damaged:,} record{'s are' if damaged > 1 else ' is'} damaged or cut short and left out; the rest is "
        "imported; import a whole copy of the file if there is one"
    )


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            beginning = file.read(SNIFFED)
    except OSError as error:
        raise InputError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # a null character in the name
        raise InputError(f"cannot read {str(path)!r}: {error}") from error
    if is_archive(beginning, path.name):
        require_record(path)
        return True
    if path.suffix.lower() in (".html", ".htm", ".xhtml") or HTML_MARKUP.search(beginning.replace(b"\0", b"")):
        return False
    raise NoArchive(f"{path} is no WARC or WACZ file and no HTML page; give one of these")


def _saved_page(
    path: Path, pages: Sequence[Page], chosen: Followed | None, url: str | None, captured_at: dt.datetime | None
) -> list[tuple[Page, Retrieval]]:
    """What a saved page is a retrieval of."""
    if captured_at is None:
        raise InputError(f"{path} does not say when it was shown; give --captured-at, such as 2022-05-17T09:00:00Z")
    if not EARLIEST <= captured_at <= dt.datetime.now(dt.UTC):
        raise InputError(f"--captured-at {captured_at:%Y-%m-%d} is no time at which a page could be had; correct it")
    if url is None:
        if chosen is None:
            raise InputError(f"{path} does not say where it stood; give --url, or --source or --card")
        url = chosen.card.url
    if page_key(url) is None:
        raise InputError(f"--url {public_url(url)!r} is no address of a web page; give one with http:// or https://")
    of_url = [page for page in pages if page_key(page.address) == page_key(url)]
    if not of_url and chosen is None:
        raise InputError(f"{public_url(url)} is no page that is followed here; give --source or --card")
    body = path.read_bytes()
    if len(body) > MOST_BYTES:
        raise InputError(f"{path} is larger than any page, {len(body):,} bytes; it is not imported")
    address = public_url(url)
    retrieval = Retrieval(
        url=address,
        final_url=address,
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"),),
        body=body,
        retrieved_at=captured_at.astimezone(dt.UTC),
        imported_from=path.name,
    )
    return [(page, retrieval) for page in of_url or [Page(chosen.card.id if chosen else "", address)]]
