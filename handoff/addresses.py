"""Network addresses: which subscriber one belongs to, and whether it stays on this machine."""

from ipaddress import IPv6Address, IPv6Network, ip_address

SUBSCRIBERS_BITS = 64


def subscriber_of(address: str) -> str:
    """An IPv4 address as it is; of an IPv6 one, which Sanic may give in [brackets], the network, as everyone is given
    2⁶⁴ of these. Other text as it is.
    """
    try:
        known = ip_address(address.removeprefix("[").removesuffix("]"))
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Network((int(known), SUBSCRIBERS_BITS), strict=False))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return bool(ip_address(host).is_loopback)
    except ValueError:
        return False
