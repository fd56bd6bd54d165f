"""One import: files to captures, then one build and release."""

import datetime as dt
import logging
from collections.abc import Sequence
from pathlib import Path

from extractors.errors import ImpactError, InputError
from extractors.links import public_url
from extractors.page_keys import page_key
from pipeline import sources
from pipeline.begin import begin
from pipeline.publishing import publish_additions
from pipeline.refresh import Refresh, Refused
from pipeline.sources import Followed
from warehouse.archive import Archive
from warehouse.captures import HTML_MARKUP, SNIFFED
from warehouse.fetch import Retrieval
from warehouse.foreign_warc import DAMAGED, EARLIEST, NoArchive, is_archive, require_record
from warehouse.home import Home, writer_lock
from warehouse.imports import Import, Page
from warehouse.payloads import MOST_BYTES

log = logging.getLogger("impact")


class PartlyImported(ImpactError):
    """Some records are damaged. The others are imported; get a whole copy of the file and import that."""


def import_files(
    home: Home,
    paths: Sequence[Path],
    chosen: Followed | None = None,
    *,
    url: str | None = None,
    captured_at: dt.datetime | None = None,
) -> None:
    """Archive what `paths` hold of the followed pages, or of the `chosen` one, then build and publish once.

    Raises:
        InputError: a file is none that can be imported, or the home holds samples; nothing was changed.
        PartlyImported: some records were damaged; the rest is imported and published.
        ImpactError: it cannot be kept, or the tables do not pass a check.
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
    Archive(home).check_kind(sample=False)
    home.create()
    with writer_lock(home), begin(home, fetching=False, sample=False) as refresh:
        try:
            damaged = _import(refresh, followed, pages, [] if saved else paths, given)
        except ImpactError as error:
            refresh.outcome = "refused" if isinstance(error, Refused) else "failed"
            refresh.detail = str(error)
            raise
    if damaged:
        raise PartlyImported(
            f"{damaged:,} record{'s are' if damaged > 1 else ' is'} damaged or cut short and left out; the rest is "
            "imported; import a whole copy of the file if there is one"
        )


def _import(
    refresh: Refresh,
    followed: Sequence[Followed],
    pages: Sequence[Page],
    paths: Sequence[Path],
    given: Sequence[tuple[Page, Retrieval]],
) -> int:
    """Keep and publish; the number of damaged records comes back."""
    cards = {one.card.id: one for one in followed}
    work = Import(refresh.home, refresh.archive, pages, lambda source: sources.keep(refresh.archive, cards[source]))
    for page, retrieval in given:
        work.tally.records += 1
        work.tally.followed += 1
        work.add(page, retrieval)
    work.add_files(paths)
    refresh.detail = str(work.tally)
    if refresh.archive.captures():
        publish_additions(refresh)
    else:
        refresh.outcome = "unchanged"
    log.info("%s", work.tally)
    return work.tally.left[DAMAGED]


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
