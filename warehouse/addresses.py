"""What kind of place a network address is, and whether a redirect may lead there. It connects nowhere."""

import ipaddress
import socket
import unicodedata
from typing import Literal
from urllib.parse import unquote

Reach = Literal["public", "private", "loopback", "link-local", "metadata", "special"]
"""Who can be reached at an address: anyone; one's own network, machine or cable; a cloud's own service; nobody."""

METADATA = frozenset(
    ipaddress.ip_address(address)
    for address in ("169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")
)
"""Where clouds hand out a machine's credentials."""
THIS_NETWORK = ipaddress.ip_network("0.0.0.0/8")
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def reach_of(address: str) -> Reach:
    """The kind of an address, in its usual notation; one that wraps another (IPv4 in IPv6) is of the other's kind.

    Raises:
        ValueError: it is no address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64 or (int(ip) >> 32 == 0 and int(ip) > 1):  # as a network's translator, or IPv4-compatible
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return reach_of(str(inner))
    if ip in METADATA:
        return "metadata"
    if ip.is_loopback:
        return "loopback"
    if ip.is_link_local:
        return "link-local"
    if ip.is_unspecified or ip.is_multicast or ip.is_reserved or (ip.version == 4 and ip in THIS_NETWORK):
        return "special"
    site_local = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    return "public" if ip.is_global and not site_local else "private"


def reach_by_name(host: str) -> Reach | None:
    """The kind of place that a URL's host is by its name alone; None where only a look-up can tell.

    An address counts in any spelling that resolvers take: decimal, octal, hexadecimal, with fewer parts.
    """
    name = unicodedata.normalize("NFKC", unquote(host)).strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "loopback"
    try:
        return reach_of(name)
    except ValueError:
        pass
    try:
        return reach_of(socket.inet_ntoa(socket.inet_aton(name)))
    except (OSError, UnicodeError, ValueError):
        return None


def may_lead(origin: Reach, target: Reach) -> bool:
    """Whether a page at `origin` may redirect to `target`: to where anyone can go, or within its own kind of place."""
    return target in ("public", origin)
