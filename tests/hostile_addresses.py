"""Web addresses that lead inside: to this machine, to its network, and to what only pretends to be elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

INSIDE_V4 = (
    *("127.0.0.1", "127.8.9.10", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.178.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.254", "0.0.0.1", "0.1.2.3", "192.0.0.8", "192.0.0.170", "192.0.2.1"),
    *("198.18.0.1", "198.51.100.7", "203.0.113.9", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
)
INSIDE_V6 = (
    *("::1", "::", "fe80::1", "fe80::a9fe:a9fe", "fc00::1", "fd12:3456:789a::1", "fec0::1", "ff02::1", "ff0e::1", "100::1"),
    *("2001:db8::1", "2001:2::1", "2001:10::1", "2001:1::1", "3fff::1", "5f00::1", "4000::1", "64:ff9b:1::1"),
)
NAMES = ("0", "localhost", "LOCALHOST", "localhost.", "localhost:80", "ip6-localhost")
UNFIT = (
    *("ftp://data.example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://", "http:///feed.csv", "//127.0.0.1/", "127.0.0.1"),
    *("http://user:secret@127.0.0.1/", "http://data.example.org@127.0.0.1/", "http://127.0.0.1\\@data.example.org/"),
    *(
        "http://[fe80::1%25lo]/",
        "http://[::1",
        "http://data.example.org:22/",
        "http://data.example.org:99999/",
        "http://data.example.org:x/",
    ),
    *(
        "http://data.example.org/a b",
        "http://data.example.org/\r\nX: y",
        "http://127.0.0.1\t/",
        "http://ⓛocalhost/",
        "http://１２７.0.0.1/",
    ),
)
"""Addresses that are refused as they are written."""


def spellings(address: str) -> Iterator[str]:
    """An IPv4 address in all the ways in which the system understands it, and inside IPv6 addresses."""
    number = int(IPv4Address(address))
    a, b, c, d = IPv4Address(address).packed
    yield from (address, str(number), hex(number), f"0{number:o}")
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{c << 8 | d}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a:#x}.{b:#x}.{c:#x}.{d:#x}")
    for begin in ("::ffff:0:0", "::", "64:ff9b::", "64:ff9b:1::"):
        yield f"[{IPv6Address(int(IPv6Address(begin)) | number)}]"
    yield f"[{IPv6Address((0x2002 << 112) | number << 80 | 1)}]"  # 6to4
    yield f"[{IPv6Address((0x20010000 << 96) | (number ^ 0xFFFFFFFF))}]"  # Teredo keeps it upside down


def hosts_inside() -> list[str]:
    """More than two hundred ways to write a host that must not be asked."""
    return [*(spelling for address in INSIDE_V4 for spelling in spellings(address)), *(f"[{one}]" for one in INSIDE_V6), *NAMES]
