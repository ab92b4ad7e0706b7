"""Which addresses of the internet may be asked: public ones, at the usual ports.

The rules hold for what a name resolves to, never for how it is written: 127.1, 0x7f000001, 2130706433 and a name that points there are one
address. The networks are listed here and not left to `ipaddress`, whose `is_private` and `is_global` know neither shared address space
(100.64.0.0/10), NAT64 nor 6to4 in every version of Python that we run on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from catalogue.outbound.troubles import OutboundFailed, Trouble

MOST_URL_CHARS = 2_048
DEFAULT_PORTS = {"https": 443, "http": 80}

_CLOSED_V4 = tuple(
    map(
        IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
            *("192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15"),  # protocols, examples, benchmarks
            *("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24", "192.88.99.0/24"),  # served by whoever is near
            *("224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
_UNICAST_V6 = IPv6Network("2000::/3")
"""All that is given out. Loopback, link-local, private, multicast, mapped, compatible and NAT64 addresses lie outside."""
_CLOSED_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))
"""Of those: protocols (Teredo among them), examples, 6to4, served by whoever is near, examples."""
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Target:
    """A web address, taken apart. `path` holds the question too; `host_header` is how the host is called in a request."""

    scheme: str
    host: str
    port: int
    path: str
    host_header: str


def is_public(address: str) -> bool:
    """Whether a numeric address is one of a machine that everybody may reach."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        return parsed in _UNICAST_V6 and not parsed.scope_id and not any(parsed in network for network in _CLOSED_V6)
    return not any(parsed in network for network in _CLOSED_V4)


def target_of(url: str, schemes: frozenset[str], ports: frozenset[int], hosts: frozenset[str]) -> Target:
    """Takes a web address apart.

    Args:
        url: as typed, or as a redirect tells it.
        schemes, ports: what may be asked.
        hosts: names that may be asked, with all below them; empty for any.

    Raises:
        OutboundFailed: ADDRESS_NOT_ALLOWED, or HOST_NOT_ALLOWED with the host.
    """
    parts, port = _split(url)
    host = (parts.hostname or "").rstrip(".")
    port = port or DEFAULT_PORTS.get(parts.scheme, 0)
    is_odd = not host or "@" in parts.netloc or "%" in host or "\\" in url
    if is_odd or parts.scheme not in schemes or port not in ports:
        raise OutboundFailed(Trouble.ADDRESS_NOT_ALLOWED, url)
    if hosts and not any(host == one or host.endswith(f".{one}") for one in hosts):
        raise OutboundFailed(Trouble.HOST_NOT_ALLOWED, host)
    named = f"[{host}]" if ":" in host else host
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return Target(parts.scheme, host, port, path, named if port == DEFAULT_PORTS[parts.scheme] else f"{named}:{port}")


def followed(url: str, location: str) -> str:
    """Where a redirect leads from an address; unchecked. Raises OutboundFailed when it is no address at all."""
    try:
        return urljoin(url, location)
    except ValueError:
        raise OutboundFailed(Trouble.ADDRESS_NOT_ALLOWED, location) from None


def _split(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that do not fit, or a port that is no number
        raise OutboundFailed(Trouble.ADDRESS_NOT_ALLOWED, url) from None
    if len(url) > MOST_URL_CHARS or not _VISIBLE_ASCII.fullmatch(url):
        raise OutboundFailed(Trouble.ADDRESS_NOT_ALLOWED, url)
    return parts, port
