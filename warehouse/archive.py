"""The archive: every capture ever made, immutable, and people's decisions on them. All else is derived from it.

It keeps bytes and does not judge them (`captures` does); the format of its files is `warc`'s.
"""

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from extractors.errors import InputError
from extractors.links import public_url
from warehouse import durable, warc
from warehouse.fetch import Retrieval, UnexpectedAnswer
from warehouse.home import Home, HomeUnreadable, HomeUnwritable
from warehouse.index import Index
from warehouse.warc import Acceptance, Capture, CorruptWarc

SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ENTRY: TypeAdapter[Capture | Acceptance] = TypeAdapter(Capture | Acceptance)
SHORTEST_HASH = 4
CARD_FILE = "card.yaml"
FULL_EVERY = dt.timedelta(days=7)
"""How long "not modified" is believed, from the last time that the host sent the whole page."""
CARD_VERSION = "card-{}.yaml"


class WrongKind(InputError):
    """The home holds samples and this is a live capture, or the other way round. Use another IMPACT_HOME."""


class UnknownCapture(InputError):
    """No capture, or more than one, answers to that name. Give the full hash or the capture id."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What to send so that the host can answer 304: from the latest whole page it gave for a URL."""

    etag: str | None = None
    last_modified: str | None = None


class Archive:
    """The captures of one home, a folder a source, a file a record. Writing needs the home's writer lock.

    Files never change, so an instance reads each of them once.
    """

    def __init__(self, home: Home) -> None:
        """Open the archive of `home`; nothing is read or made yet."""
        self._home = home
        self._entries: dict[str, Capture | Acceptance | CorruptWarc] = {}
        self.index = Index(home.facts)
        """What the files held that have not changed since."""

    def sources(self) -> list[str]:
        """Names of the sources that have a folder, sorted."""
        folders = self._home.archive.glob("*/")
        return sorted(folder.name for folder in folders if SOURCE_NAME.fullmatch(folder.name))

    def captures(self, source: str | None = None) -> list[Capture]:
        """Every whole capture, responses and revisits, by time; damaged files are left out and noted.

        A response whose bytes an earlier one of its source brought, though it was archived later, is given as a revisit
        of that one: what the archive tells does not hang on the order in which captures were had.
        """
        found = [entry for entry in self._read_all(source) if isinstance(entry, Capture)]
        found.sort(key=lambda capture: (capture.captured_at, capture.source, capture.capture_id))
        same_as = _repetitions(found)
        return [_as_revisit(capture, same_as) for capture in found] if same_as else found

    def acceptances(self, source: str | None = None) -> list[Acceptance]:
        """Every decision, by time, each on the first response that brought the bytes it was made on."""
        found = [entry for entry in self._read_all(source) if isinstance(entry, Acceptance)]
        if not found:
            return []
        same_as = {one.record_id: one.refers_to for one in self.captures(source) if one.refers_to}
        placed = [one.model_copy(update={"record_id": same_as.get(one.record_id, one.record_id)}) for one in found]
        return sorted(placed, key=lambda acceptance: (acceptance.accepted_at, acceptance.record_id))

    def notes(self, source: str | None = None) -> list[str]:
        """One line for each file that was skipped because it is damaged."""
        return sorted(str(entry) for entry in self._read_all(source) if isinstance(entry, CorruptWarc))

    def payload(self, capture: Capture) -> bytes:
        """Body of a capture, decompressed, checked against its hash; for a revisit that of the response it repeats.

        Raises:
            CorruptWarc: the file is gone or damaged.
        """
        original = self.original(capture)
        path = self._home.root / original.warc_file
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CorruptWarc(f"cannot read {original.warc_file}: {error.strerror}; restore it from a copy") from error
        return warc.read(data, original.source, original.warc_file)[1]

    def original(self, capture: Capture) -> Capture:
        """The response capture that holds the bytes: itself, or the one that a revisit refers to.

        Raises:
            CorruptWarc: the response that a revisit refers to is gone or damaged.
        """
        if capture.record_type == "response":
            return capture
        for candidate in self.captures(capture.source):
            if candidate.record_id == capture.refers_to:
                return candidate
        raise CorruptWarc(f"{capture.warc_file} repeats a capture that is missing or damaged; restore it from a copy")

    def check_kind(self, *, sample: bool) -> None:
        """Refuse to mix: a home holds sample captures or live ones, never both. Cheap; to be asked before a fetch.

        Raises:
            WrongKind: the home holds captures of the other kind.
        """
        for source in self.sources():
            for entry in self._read_all(source):
                if isinstance(entry, Capture):
                    if entry.sample != sample:
                        there, here = ("sample", "live") if entry.sample else ("live", "sample")
                        way_on = "refresh those with --sample, or " if entry.sample else ""
                        raise WrongKind(
                            f"{self._home.root} holds {there} captures and cannot take {here} ones; "
                            f"{way_on}point IMPACT_HOME at another folder"
                        )
                    return

    def last_validators(self, source: str, url: str, *, now: dt.datetime | None = None) -> Validators:
        """Validators of the latest whole page that `url` gave; empty when a full answer is needed.

        One is needed once in `FULL_EVERY` (`now` is the present moment): a host that answers 304 whatever its page says
        would else go unnoticed.
        """
        latest = self._latest_whole(source, url)
        if latest and dt.timedelta() <= (now or dt.datetime.now(dt.UTC)) - latest.captured_at <= FULL_EVERY:
            return Validators(latest.etag, latest.last_modified)
        return Validators()

    def store(
        self, source: str, retrieval: Retrieval, *, sample: bool, unchanged_since: Capture | None = None
    ) -> Capture:
        """Keep a retrieval, durably: when this returns the bytes are on disk.

        A 304, or bytes that an earlier response of the source brought with the same status, become a revisit. What was
        not modified is `unchanged_since`, else the latest whole page.

        Raises:
            WrongKind: the home holds captures of the other kind.
            UnexpectedAnswer: a 304 to a request that nothing in the archive explains.
            HomeUnwritable: the disk refuses.
        """
        self.check_kind(sample=sample)
        if unchanged_since:
            original: Capture | None = self.original(unchanged_since)
        else:
            original = self._repeated(source, retrieval)
        if original:
            data = warc.write_revisit(source, retrieval, original, sample=sample)
            digest = original.sha256
        else:
            data = warc.write_response(source, retrieval, sample=sample)
            digest = warc.sha256(retrieval.body)
        path = self.make_folder(source) / f"{warc.stamp(retrieval.retrieved_at)}-{digest[:12]}.warc.gz"
        if not path.exists() or isinstance(self._read(source, path.name), CorruptWarc):  # else it was stored before
            durable.write_file(path, data, mode=0o444)
            self._entries.pop(f"{self._home.archive.name}/{source}/{path.name}", None)
        entry = self._read(source, path.name)
        if not isinstance(entry, Capture):
            raise CorruptWarc(f"{path.name} could not be read back after it was written; check the disk")
        return entry

    def find(self, name: str, source: str | None = None) -> Capture:
        """The response capture with that capture id, or with that hash or unambiguous beginning of a hash.

        Raises:
            UnknownCapture: none, or several.
        """
        responses = [capture for capture in self.captures(source) if capture.record_type == "response"]
        wanted = name.strip().lower()
        found = [capture for capture in responses if capture.capture_id.lower() == wanted]
        if not found and len(wanted) >= SHORTEST_HASH:
            found = [capture for capture in responses if capture.sha256.startswith(wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(capture.capture_id for capture in found[:3])
            raise UnknownCapture(f"{name!r} fits {len(found)} captures ({names}, …); give the capture id")
        latest = f"; the latest is {responses[-1].sha256[:12]}" if responses else "; there are none yet"
        raise UnknownCapture(f"no capture {name!r}{latest}; `impact status` lists those held back")

    def accept(self, capture: Capture, reason: str, *, accepted_at: dt.datetime | None = None) -> Acceptance:
        """Record that a person lets `capture` through. Done twice, the first decision stands.

        Raises:
            InputError: no reason given.
            HomeUnwritable: the disk refuses.
        """
        if not reason.strip():
            raise InputError("a capture is accepted for a reason; give one with --reason")
        original = self.original(capture)
        for earlier in self.acceptances(original.source):
            if earlier.record_id == original.record_id:
                return earlier
        acceptance = Acceptance(
            source=original.source,
            record_id=original.record_id,
            sha256=original.sha256,
            reason=" ".join(reason.split()),
            accepted_at=accepted_at or dt.datetime.now(dt.UTC),
        )
        path = (
            self.make_folder(original.source)
            / f"{warc.stamp(acceptance.accepted_at)}-{original.sha256[:12]}-accepted.warc.gz"
        )
        durable.write_file(path, warc.write_acceptance(acceptance, original), mode=0o444)
        return acceptance

    def holds_samples(self) -> bool:
        """Whether the captures of this home are samples; False of an empty home."""
        return any(capture.sample for capture in self.captures())

    def save_card(self, source: str, card: bytes) -> None:
        """Keep a card of the user's own beside the captures it explains; bundled cards need none.

        Every version stays, in a file that is never written again: the present one may be edited, or damaged.
        """
        folder = self.make_folder(source)
        versions = self._card_versions(source)
        if not versions or versions[0].read_bytes() != card:
            version = CARD_VERSION.format(warc.stamp(dt.datetime.now(dt.UTC)))
            durable.write_file(folder / version, card, mode=0o444)
        if self.card(source) != card:
            durable.write_file(folder / CARD_FILE, card)

    def card_files(self, source: str) -> list[Path]:
        """The user's own card for a source, as last saved, and every version of it, the latest first."""
        path = self._home.archive / source / CARD_FILE
        return [*([path] if path.is_file() else []), *self._card_versions(source)]

    def _card_versions(self, source: str) -> list[Path]:
        return sorted((self._home.archive / source).glob(CARD_VERSION.format("*")), reverse=True)

    def card(self, source: str) -> bytes | None:
        """The user's own card for a source, as last saved."""
        path = self._home.archive / source / CARD_FILE
        return path.read_bytes() if path.is_file() else None

    def _latest_whole(self, source: str, url: str) -> Capture | None:
        """The latest capture of `url` that can be named to the host: it brought the whole page, with a validator.

        Its bytes are still there. What a 304 said is no base for the next question: it brought nothing to compare.
        """
        captures, url = self.captures(source), public_url(url)
        readable = {capture.record_id for capture in captures if capture.record_type == "response"}
        for capture in reversed(captures):
            whole = capture.status == 200 and not capture.truncated
            whole = whole and not capture.archived_url and not capture.imported_from
            held = (capture.refers_to or capture.record_id) in readable
            if whole and held and capture.url == url and (capture.etag or capture.last_modified):
                return capture
        return None

    def _repeated(self, source: str, retrieval: Retrieval) -> Capture | None:
        """The earlier response that `retrieval` brings nothing new over; None when it is new.

        An older one than what is there is new, whatever its bytes: what a page said first does not hang on the order in
        which captures were had.
        """
        if retrieval.status == 304:
            latest = self._latest_whole(source, retrieval.url)
            if latest is None:
                raise UnexpectedAnswer(
                    f"{retrieval.url} answers 304 (not modified) and no capture of it is there; run again"
                )
            return self.original(latest)
        digest = warc.sha256(retrieval.body)
        brought = (source, digest, retrieval.status, retrieval.truncated)
        for capture in self.captures(source):
            if capture.captured_at > retrieval.retrieved_at:
                return None
            if capture.record_type == "response" and _brought(capture) == brought:
                return capture
        return None

    def make_folder(self, source: str) -> Path:
        """Folder of a source, made when missing, cleared of what a killed writer left."""
        if not SOURCE_NAME.fullmatch(source):
            raise InputError(f"{source!r} cannot name a source; use lower-case letters, digits, '-', '_' and '.'")
        folder = self._home.archive / source
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True)
                durable.sync_folder(folder.parent)
            durable.remove_leftovers(folder)
        except OSError as error:
            raise HomeUnwritable.because(folder, error) from error
        return folder

    def _read_all(self, source: str | None) -> Iterator[Capture | Acceptance | CorruptWarc]:
        for name in self.sources() if source is None else [source]:
            for file in self._files(name):
                yield self._read(name, file)

    def _files(self, source: str) -> list[str]:
        folder = self._home.archive / source
        try:
            files = sorted(os.listdir(folder))  # noqa: PTH208 - names alone; paths of thousands take their time
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:  # not to be taken for a source without captures
            raise HomeUnreadable.because(folder, error) from error
        return [file for file in files if file.endswith(".warc.gz") and not file.startswith(".")]

    def _read(self, source: str, file: str) -> Capture | Acceptance | CorruptWarc:
        """What a file of a source holds; its name is as in `Capture.warc_file`."""
        name = f"{self._home.archive.name}/{source}/{file}"
        if name not in self._entries:
            try:
                self._entries[name] = self._known(name) or self._read_now(name, source)
            except CorruptWarc as error:
                self._entries[name] = error
            except OSError as error:
                self._entries[name] = CorruptWarc(f"{name} cannot be read: {error.strerror}; it is skipped")
        return self._entries[name]

    def _read_now(self, name: str, source: str) -> Capture | Acceptance:
        entry = warc.read((self._home.root / name).read_bytes(), source, name)[0]
        self.index.put(name, entry.model_dump_json())
        return entry

    def _known(self, name: str) -> Capture | Acceptance | None:
        """What a file held when it was last read, if it has not changed since."""
        text = self.index.get(name)
        try:
            return _ENTRY.validate_json(text) if text else None
        except ValidationError:
            return None


def _brought(response: Capture) -> tuple[str, str, int, bool]:
    """What makes two responses of a source one."""
    return response.source, response.sha256, response.status, response.truncated


def _repetitions(captures: list[Capture]) -> dict[str, str]:
    """Record ids of responses that bring what an earlier one did, with that one's; `captures` are given by time."""
    first: dict[tuple[str, str, int, bool], Capture] = {}
    responses = [capture for capture in captures if capture.record_type == "response"]
    originals = [first.setdefault(_brought(response), response) for response in responses]
    return {
        response.record_id: original.record_id
        for response, original in zip(responses, originals, strict=True)
        if response is not original
    }


def _as_revisit(capture: Capture, same_as: Mapping[str, str]) -> Capture:
    original = same_as.get(capture.refers_to or capture.record_id)
    return capture.model_copy(update={"record_type": "revisit", "refers_to": original}) if original else capture
