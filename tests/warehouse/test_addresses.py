"""Kinds of network addresses, and where a redirect may lead."""

import pytest

from warehouse.addresses import may_lead, reach_by_name, reach_of

KINDS = {
    "public": ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::8.8.8.8", "2002:808:808::"],
    "private": [
        "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.9.9", "192.168.1.1", "100.64.0.1", "198.18.0.1", "fc00::1",
        "fd12:3456::1", "fec0::1", "::ffff:10.0.0.1", "64:ff9b::192.168.0.1", "2002:a00:1::", "::10.0.0.1",
    ],
    "loopback": ["127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1"],
    "link-local": ["169.254.0.1", "169.254.169.253", "fe80::1", "fe80::1%eth0", "::ffff:169.254.1.1"],
    "metadata": ["169.254.169.254", "169.254.170.2", "fd00:ec2::254", "::ffff:169.254.169.254", "100.100.100.200"],
    "special": ["0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "239.255.255.250", "ff02::1", "240.0.0.1", "255.255.255.255"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "address"), [(kind, address) for kind in KINDS for address in KINDS[kind]])
def test_an_address_is_of_one_kind(kind, address):
    assert reach_of(address) == kind


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("2130706433", "loopback"), ("0x7f000001", "loopback"), ("0177.0.0.1", "loopback"), ("127.1", "loopback"),
        ("localhost", "loopback"), ("LocalHost.", "loopback"), ("a.localhost", "loopback"), ("[::1]", "loopback"),
        ("127.0.0.1.", "loopback"), ("１２７.０.０.１", "loopback"), ("%3127.0.0.1", "loopback"),
        ("[::ffff:7f00:1]", "loopback"),
        ("0xA9FEA9FE", "metadata"), ("2852039166", "metadata"), ("0251.0376.0251.0376", "metadata"),
        ("0xa.1", "private"), ("3232235777", "private"), ("0", "special"), ("134744072", "public"),
        ("shelter.example", None), ("10.0.0.1.example", None), ("localhost.example", None),
        ("", None), ("1.2.3.4.5", None),
        ("größe.example", None), ("99999999999", None),
    ],
)  # fmt: skip
def test_an_address_is_known_in_any_spelling(host, kind):
    assert reach_by_name(host) == kind


@pytest.mark.parametrize("origin", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_a_redirect_leads_to_the_public_or_stays_within_its_kind(origin, target):
    assert may_lead(origin, target) is (target in {"public", origin})
