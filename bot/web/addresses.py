"""Where a request comes from: the network address that limits count, and the page's origin."""

import ipaddress
from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from bot.config import BadSettings

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

UNKNOWN = "?"  # no address at all, as on a Unix socket


def networks(entries: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as people write them; `BadSettings` names every wrong one."""
    good, bad = [], []
    for entry in entries:
        try:
            good.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            bad.append(f"TRUSTED_PROXIES：“{entry}”不是网络地址")
    if bad:
        raise BadSettings(bad)
    return tuple(good)


def client_address(connection: HTTPConnection, trusted: Sequence[Network]) -> str:
    """The address to count: the nearest that is no trusted proxy; IPv6 by its /64."""
    if connection.client is None:
        return UNKNOWN
    hops = [connection.client.host]
    for header in reversed(connection.headers.getlist("x-forwarded-for")):
        hops += [hop.strip() for hop in reversed(header.split(","))]
    return _key(_nearest(hops, trusted))


def _nearest(hops: Sequence[str], trusted: Sequence[Network]) -> Address | None:
    """Walk away from us while those who report the next hop can be trusted."""
    found = None
    for hop in hops:
        address = _parse(hop)
        if address is None:
            return found
        found = address
        if not any(address in network for network in trusted):
            return found
    return found


def _parse(hop: str) -> Address | None:
    """An address, with or without a port; None for anything else."""
    for form in (hop, hop.strip("[]"), hop.rpartition(":")[0].strip("[]")):
        try:
            address = ipaddress.ip_address(form)
        except ValueError:
            continue
        mapped = getattr(address, "ipv4_mapped", None)
        return mapped or address
    return None


def _key(address: Address | None) -> str:
    if address is None:
        return UNKNOWN
    if address.version == 6:  # a household gets a /64: one address each would be no limit
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def is_own_origin(connection: HTTPConnection, public_url: str) -> bool:
    """Whether a page of ours sent this; without any sign of the sender, no.

    Browsers set Sec-Fetch-Site themselves (over HTTPS); Origin is what the older ones send.
    """
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = connection.headers.get("origin")
    if origin is None:
        return False
    sender = urlsplit(origin)
    if public_url and (sender.scheme, sender.netloc) == urlsplit(public_url)[:2]:
        return True
    return sender.netloc != "" and sender.netloc == connection.headers.get("host")
