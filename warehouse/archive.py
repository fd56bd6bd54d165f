"""The archive: every capture ever made, immutable, and people's decisions on them. All else is derived from it.

It keeps bytes and does not judge them (`captures` does); the format of its files is `warc`'s.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import InputError
from extractors.links import public_url
from warehouse import durable, warc
from warehouse.fetch import Retrieval, UnexpectedAnswer
from warehouse.home import Home, HomeUnreadable, HomeUnwritable
from warehouse.warc import Acceptance, Capture, CorruptWarc

SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SHORTEST_HASH = 4
CARD_FILE = "card.yaml"
FULL_EVERY = dt.timedelta(days=7)
"""How long "not modified" is believed, from the last time that the host sent the whole page."""


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
        self._entries: dict[Path, Capture | Acceptance | CorruptWarc] = {}

    def sources(self) -> list[str]:
        """Names of the sources that have a folder, sorted."""
        folders = self._home.archive.glob("*/")
        return sorted(folder.name for folder in folders if SOURCE_NAME.fullmatch(folder.name))

    def captures(self, source: str | None = None) -> list[Capture]:
        """Every whole capture, responses and revisits, by time; damaged files are left out and noted."""
        found = [entry for entry in self._read_all(source) if isinstance(entry, Capture)]
        return sorted(found, key=lambda capture: (capture.captured_at, capture.source, capture.capture_id))

    def acceptances(self, source: str | None = None) -> list[Acceptance]:
        """Every decision, by time."""
        found = [entry for entry in self._read_all(source) if isinstance(entry, Acceptance)]
        return sorted(found, key=lambda acceptance: (acceptance.accepted_at, acceptance.record_id))

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
                        raise WrongKind(
                            f"{self._home.root} holds {there} captures and cannot take {here} ones; "
                            "point IMPACT_HOME at another folder"
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

    def store(self, source: str, retrieval: Retrieval, *, sample: bool) -> Capture:
        """Keep a retrieval, durably: when this returns the bytes are on disk.

        A 304, or bytes that an earlier response of the source brought with the same status, become a revisit.

        Raises:
            WrongKind: the home holds captures of the other kind.
            UnexpectedAnswer: a 304 to a request that nothing in the archive explains.
            HomeUnwritable: the disk refuses.
        """
        self.check_kind(sample=sample)
        original = self._repeated(source, retrieval)
        if original:
            data = warc.write_revisit(source, retrieval, original, sample=sample)
            digest = original.sha256
        else:
            data = warc.write_response(source, retrieval, sample=sample)
            digest = warc.sha256(retrieval.body)
        path = self._folder(source) / f"{_stamp(retrieval.retrieved_at)}-{digest[:12]}.warc.gz"
        if not path.exists() or isinstance(self._read(source, path), CorruptWarc):  # else it was stored before
            durable.write_file(path, data, mode=0o444)
            self._entries.pop(path, None)
        entry = self._read(source, path)
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
            self._folder(original.source) / f"{_stamp(acceptance.accepted_at)}-{original.sha256[:12]}-accepted.warc.gz"
        )
        durable.write_file(path, warc.write_acceptance(acceptance, original), mode=0o444)
        return acceptance

    def save_card(self, source: str, card: bytes) -> None:
        """Keep a card of the user's own beside the captures it explains; bundled cards need none."""
        if self.card(source) != card:
            durable.write_file(self._folder(source) / CARD_FILE, card)

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
            whole = capture.status == 200 and not capture.truncated and not capture.archived_url
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
        same = (digest, retrieval.status, retrieval.truncated)
        for capture in self.captures(source):
            known = (capture.sha256, capture.status, capture.truncated)
            if capture.record_type == "response" and known == same and capture.captured_at <= retrieval.retrieved_at:
                return capture
        return None

    def _folder(self, source: str) -> Path:
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
            for path in self._files(name):
                yield self._read(name, path)

    def _files(self, source: str) -> list[Path]:
        folder = self._home.archive / source
        try:
            files = sorted(folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:  # not to be taken for a source without captures
            raise HomeUnreadable.because(folder, error) from error
        return [file for file in files if file.name.endswith(".warc.gz") and not file.name.startswith(".")]

    def _read(self, source: str, path: Path) -> Capture | Acceptance | CorruptWarc:
        if path not in self._entries:
            name = path.relative_to(self._home.root).as_posix()
            try:
                self._entries[path] = warc.read(path.read_bytes(), source, name)[0]
            except CorruptWarc as error:
                self._entries[path] = error
            except OSError as error:
                self._entries[path] = CorruptWarc(f"{name} cannot be read: {error.strerror}; it is skipped")
        return self._entries[path]


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
