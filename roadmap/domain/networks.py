"""Network addresses as limits count them: by the line that somebody has, not by each number on it."""

from ipaddress import IPv6Address, ip_address, ip_network

IPV6_LINE = 64
"""Bits of an IPv6 address that one line has; the rest its owner chooses as often as they like."""


def line_of(address: str) -> str:
    """The line behind an address, with or without a port; what is no address stays as it is."""
    bare = address.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((found, IPV6_LINE), strict=False))
        found = found.ipv4_mapped
    return str(found)
