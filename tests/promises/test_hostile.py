"""Hosts, pages and files made to hurt: what they cost is bounded, what is said of them is one clear line."""

import gzip
import ipaddress
import json
import multiprocessing
import random
import sys
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from extractors import read_page, read_text
from tests.conftest import Web
from tests.extractors.invariants import read_or_refuse
from tests.pipeline.conftest import CARD, page, release
from tests.promises.conftest import Promise
from tests.promises.grounds import said
from tests.promises.hosts import Host, hosts
from tests.promises.measured import MOST_MEGABYTES, Measured, measured
from tests.warehouse.warc_builder import response, wacz

MOST_SECONDS_OF_A_HOST = 240
"""For a refresh: the 120 that a fetch may take, with all else on a machine that is busy."""
MOST_SECONDS = 240


def worst(runs: Iterable[Measured]) -> str:
    """What the runs took at most."""
    taken = list(runs)
    seconds, megabytes = max(run.seconds for run in taken), max(run.megabytes for run in taken)
    assert megabytes < MOST_MEGABYTES
    return f"at most {megabytes:,.0f} MB and {seconds:,.1f} s each"


def test_hostile_hosts(promise: Promise, tmp_path: Path):
    """A host that is slow, endless, looping, cut short, packed a thousandfold or garbled costs its refresh a clear
    line within its limits of time and memory; the release stays, and the next good page is published.
    """
    kinds = hosts(random.Random(promise.seed))

    def tried(kind: str, host: Host) -> list[Measured]:
        folder, web = tmp_path / "".join(letter for letter in kind if letter.isalpha()), Web()
        try:
            folder.mkdir()
            (folder / "card.yaml").write_text(CARD.format(url=web.url("/")), encoding="utf-8")
            refresh = ("refresh", "--card", folder / "card.yaml")
            web.answer("/", body=page(2021))
            assert measured(folder, *refresh).status == 0
            before = release(folder / "home")
            web.forget("/")
            web.answer("/", raw=host)
            ended = measured(folder, *refresh)
            assert (ended.status, ended.line != "") == (1, True), (kind, ended)
            assert ended.seconds < MOST_SECONDS_OF_A_HOST, (kind, ended)
            assert release(folder / "home") == before, kind
            web.forget("/")
            web.answer("/", body=page(2022))
            good = measured(folder, *refresh)
            assert good.status == 0 and release(folder / "home") != before, (kind, good)
            return [ended, good]
        finally:
            web.close()

    with ThreadPoolExecutor(6) as pool:
        runs = [run for runs in pool.map(tried, kinds.keys(), kinds.values()) for run in runs]
    promise.figure = f"{len(kinds)} kinds of hosts, {len(runs)} refreshes, {worst(runs)}"


# --- redirects ---

GUARD = """
import json, sys
from warehouse.fetch import BadRedirect, Limits, fetch

port, connected = int(sys.argv[1]), []

def watch(event, arguments):
    if event == "socket.connect":
        connected.append(arguments[1][:2])
        if tuple(arguments[1][:2]) != ("127.0.0.1", port):
            raise SystemExit(f"a connection to {arguments[1]} was about to be made")

sys.addaudithook(watch)
limits = Limits(connect_timeout=5, read_timeout=5, total_deadline=20, retries=0)
for n in range(int(sys.argv[2])):
    try:
        fetch(f"http://127.0.0.1:{port}/{n}", limits=limits)
        print("followed", n)
    except BadRedirect as error:
        assert "\\n" not in str(error) and "redirects to" in str(error), error
print(json.dumps([len(connected), sorted(set(map(tuple, connected)))]))
"""
REDIRECTS = 500
NETWORKS = [
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "0.0.0.0/8", "224.0.0.0/4",
    "240.0.0.0/4", "169.254.169.254/32", "100.100.100.200/32", "fc00::/7", "fe80::/10", "fec0::/10",
    "fd00:ec2::254/128",
]  # fmt: skip


def spelt(address: ipaddress.IPv4Address | ipaddress.IPv6Address, chance: random.Random) -> str:
    """An address as a URL may hold it: as numbers of any base, with fewer parts, as an IPv6 address that wraps it."""
    if isinstance(address, ipaddress.IPv6Address):
        return f"[{chance.choice((address.compressed, address.exploded))}]"
    parts = list(address.packed)
    forms = [
        str(address), str(int(address)), hex(int(address)), f"0{int(address):o}", f"[::ffff:{address}]",
        ".".join(hex(part) for part in parts), ".".join(f"0{part:o}" for part in parts),
        f"{parts[0]}.{int.from_bytes(parts[1:], 'big')}", f"[64:ff9b::{address}]",
        "".join(f"%{ord(letter):x}" for letter in str(address)),
        quote(str(address).translate({ord("0") + n: 0xFF10 + n for n in range(10)})),
    ]  # fmt: skip
    return chance.choice(forms)


def test_redirects_to_private_addresses(promise: Promise, tmp_path: Path):
    """A redirect to a private, link-local or otherwise reserved address, in any spelling, is refused before any
    connection is made, so that nothing is ever sent there.
    """
    chance, web = random.Random(promise.seed), Web()
    try:
        for n in range(REDIRECTS):
            network = ipaddress.ip_network(chance.choice(NETWORKS))
            host = spelt(network[chance.randrange(network.num_addresses)], chance)
            location = f"http://{host}:{chance.choice((80, 443, 22, 8080))}/{chance.choice(('', 'latest/meta-data/'))}"
            web.answer(f"/{n}", status=chance.choice((301, 302, 303, 307, 308)), headers={"Location": location})
        ended = measured(tmp_path, str(web.port), str(REDIRECTS), command=[sys.executable, "-c", GUARD])
    finally:
        web.close()
    assert ended.status == 0, (ended.err, ended.out)
    connections, places = json.loads(ended.out.splitlines()[-1])
    assert "followed" not in ended.out
    assert places == [["127.0.0.1", web.port]] and connections == REDIRECTS
    promise.figure = (
        f"{REDIRECTS} redirects to {len(NETWORKS)} networks in 11 spellings, {connections - REDIRECTS} connections "
        f"beyond the {REDIRECTS} to the host that redirects, {worst([ended])}"
    )


# --- pages and files ---


def monsters(chance: random.Random, folder: Path) -> dict[str, Path]:
    """Pages of many megabytes: deep, long, packed with numbers, in the wrong letters."""
    tags = ["div", "b", "span", "table><tr><td", "ul><li", "x-y", "font", "section", "blockquote", "svg"]
    digits = "".join(chance.choices("0123456789", k=10_000_000))
    noise = bytes(chance.choices(range(256), k=2_000_000))
    said = "<p>In 2021 we planted 1,204 trees.</p>"
    made: dict[str, str | bytes] = {f"nested {tag}": f"<{tag}>1 " * 200_000 + said for tag in tags}
    made |= {
        "closed again": "<div>" * 200_000 + "5" + "</div>" * 200_000 + said,
        "10 MB of digits": said + digits,
        "10 MB of digits in a heading": f"<h1>{digits}</h1>{said}",
        "10 MB of digits in an attribute": f'<p aria-level="{digits}" role="heading">2021</p>{said}',
        "10 MB of numbers": said + " ".join(digits[at : at + 4] for at in range(0, 8_000_000, 4)),
        "10 MB of numbers in paragraphs": said + "".join(f"<p>{digits[at : at + 6]}" for at in range(0, 6_000_000, 6)),
        "10 MB of thousands": said + ",".join(digits[at : at + 3] for at in range(0, 7_500_000, 3)),
        "10 MB of a word": said + "a" * 10_000_000,
        "10 MB of NULs": said.encode() + b"\0" * 10_000_000,
        "10 MB of overrides": f"{said}<p>1" + "\u202e2\u202d3" * 1_000_000,
        "10 MB of zero width": f"{said}<p>1" + "\u200b2" * 2_500_000,
        "10 MB of entities": said + "&#49;" * 2_000_000,
        "10 MB of angle brackets": said + "<" * 10_000_000,
        "10 MB of open comments": said + "<!--" * 2_500_000,
        "10 MB of attributes": "<p " + "".join(f"a{n}=1 " for n in range(1_000_000)) + ">5</p>" + said,
        "cells that span it all": said + "<table>" + '<tr><td colspan="1000" rowspan="65000">1' * 100_000,
        "noise": said.encode() + noise,
        "noise said to be UTF-16": b"\xff\xfe" + noise,
        "said to be shift_jis": b'<meta charset="shift_jis">' + said.encode() * 1000 + "é 5 ٣".encode() * 10_000,
        "said to be UTF-7": b'<meta charset="utf-7">' + b"+ADw-script+AD4- 5 " * 100_000,
        "said to be nothing": b'<meta charset="\0">' + said.encode(),
        "UTF-16 said to be UTF-8": ('<meta charset="utf-8">' + said * 1000).encode("utf-16"),
    }  # fmt: skip
    paths = {}
    for name, content in made.items():
        paths[name] = folder / f"{len(paths)}.html"
        paths[name].write_bytes(content if isinstance(content, bytes) else content.encode())
    return paths


def test_monstrous_pages(promise: Promise, tmp_path: Path):
    """A page of 200,000 nested tags, of 10 MB of digits, of NULs, of overrides, or in other letters than it says is
    read or refused in a clear line, within a gigabyte and bounded time; every fact points at its very characters.
    """
    pages = monsters(random.Random(promise.seed), tmp_path)
    runs, facts, refused = [], 0, 0
    for name, path in pages.items():
        ended = measured(tmp_path / "run", "extract", path)
        assert ended.seconds < MOST_SECONDS, (name, ended.seconds)
        runs.append(ended)
        if ended.status:
            assert ended.status == 2 and ended.line and not ended.out, (name, ended)
            refused += 1
            continue
        for fact in map(json.loads, ended.out.splitlines()):
            assert fact["passage_text"][fact["start"] : fact["end"]] == fact["surface"], name
            facts += 1
    promise.figure = f"{len(pages)} pages, {refused} of them refused, {facts:,} facts of the others, {worst(runs)}"


CONTROLS = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
NUMBERS = 4000


def test_hidden_characters_in_numbers(promise: Promise):
    """A number with NULs, zero-width or bidirectional characters inside is read as a reader sees it, or as several;
    the ledger closes, and every fact points at its very characters.
    """
    chance = random.Random(promise.seed)
    as_seen, facts = 0, 0
    for n in range(NUMBERS):
        number = f"{chance.randrange(10 ** chance.randrange(3, 9)):,}"
        hidden = chance.choice(("\u200b\u200d\u2060\ufeff\u00ad", CONTROLS, CONTROLS + "\0"))
        spoilt = "".join(c + "".join(chance.choices(hidden, k=chance.choice((0, 0, 1, 2)))) for c in number)
        said = f"In 2021 crews planted {spoilt} trees, {spoilt}% more than {spoilt} before."
        if n % 2:
            reading = read_or_refuse(lambda said=said: read_text(said))
        else:
            reading = read_or_refuse(lambda said=said: read_page(f"<h1>In 2021</h1><p>{said}</p>".encode()))
        assert reading is not None or "\0" in said
        facts += len(reading.facts if reading else ())
        values = [str(f.value) for f in (reading.facts if reading else ()) if f.kind == "count"]
        if set(spoilt) <= set("0123456789,\u200b\u200d\u2060\ufeff\u00ad"):
            assert number.replace(",", "") in values, (said, values)
            as_seen += 1
    promise.figure = (
        f"{NUMBERS:,} numbers, {as_seen:,} with zero-width characters alone and read as seen, {facts:,} facts"
    )


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


def archives_that_unfold(folder: Path, url: str) -> None:
    """Four files of a megabyte that are 900 once unpacked."""
    blank = b" " * 900 * 1024**2
    packed = gzip.compress(response(b"<p>In 2021 we helped 310.</p>" + blank), 1)
    (folder / "a.warc.gz").write_bytes(packed)
    within = response(gzip.compress(blank, 1), url=url, headers={"Content-Encoding": "gzip"})
    (folder / "b.warc.gz").write_bytes(gzip.compress(within, 1))
    (folder / "c.wacz").write_bytes(wacz({"a.warc.gz": packed}, zipfile.ZIP_DEFLATED))
    (folder / "d.wacz").write_bytes(wacz({"a.warc": b"WARC/1.1\r\n" + blank}, zipfile.ZIP_DEFLATED))


def test_bombs_in_files(promise: Promise, tmp_path: Path):
    """A card, decisions or settings that unfold without end, and a WARC or WACZ file of a hundredfold what it seems,
    are refused in a line, or passed over, at once and within a gigabyte.
    """
    chance = random.Random(promise.seed)
    deep = chance.choice("[{") * chance.randrange(50_000, 300_000)
    home = tmp_path / "home"
    web = Web()
    web.answer("/", body=page(2021))
    good = CARD.format(url=web.url("/"))
    card = tmp_path / "card.yaml"
    card.write_text(good, encoding="utf-8")
    runs = [measured(tmp_path / "run", "refresh", "--card", card, home=home)]
    assert runs[0].status == 0
    before = said(home / "impact.duckdb")

    def refused(*arguments: str | Path, status: int = 2) -> None:
        ended = measured(tmp_path / "run", *arguments, home=home)
        assert (ended.status, bool(ended.line)) == (status, True), (arguments, ended)
        runs.append(ended)

    for bomb in (
        BOMB,
        f"{good}words: {deep}",
        f"{good}words: &a [*a]",
        f"{good}x: {'&a ' * 9}",
        "- " * 200_000,
        "!!python/x",
    ):
        card.write_text(bomb, encoding="utf-8")
        refused("refresh", "--card", card)
        card.write_text(good, encoding="utf-8")
        decided, settings = home / "decisions" / "coast-rescue.yaml", home / "settings.yaml"
        decided.parent.mkdir(exist_ok=True)
        for file in (decided, settings):
            file.write_text(bomb, encoding="utf-8")
            ended = measured(tmp_path / "run", "refresh", "--card", card, home=home)
            file.unlink()
            runs.append(ended)
            if file == settings:  # they cost no page; that they cannot be used is said
                assert ended.status == 0 and str(settings) in ended.err and "Traceback" not in ended.err, ended
            else:
                assert ended.status in (1, 2) and ended.line, (bomb[:50], ended)
    assert said(home / "impact.duckdb") == before
    # Apart: a process that is begun by one of gigabytes is measured as one of gigabytes.
    making = multiprocessing.get_context("spawn").Process(target=archives_that_unfold, args=(tmp_path, web.url("/")))
    making.start()
    making.join()
    for file in sorted(tmp_path.glob("*.w*")):
        ended = measured(tmp_path / "run", "import", file, home=home)
        assert "Traceback" not in ended.err and ended.status in (0, 1, 2), (file, ended)
        runs.append(ended)
    assert said(home / "impact.duckdb") == before
    web.close()
    assert making.exitcode == 0 and len(runs) == 1 + 6 * 3 + 4
    assert all(run.seconds < MOST_SECONDS for run in runs)
    promise.figure = f"{len(runs) - 1} bombs, {worst(runs)}"
