"""Which addresses are this network's own. Nothing is sent anywhere to find out."""

import ipaddress
import socket

#: Never anybody's public address: private networks, carriers' inner ones, link-local, this machine, and examples.
NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8",
        "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "fc00::/7", "fe80::/10", "::1/128",
    )
)  # fmt: skip
#: Names that no public authority gives to anybody, with all beneath them.
DOMAINS = ("localhost", "local", "lan", "internal", "home.arpa", "test")

#: Asked which way leads to it; no packet leaves.
_SOMEWHERE = ("198.51.100.1", 9)


def is_local(host: str) -> bool:
    """Whether a host's name or address, as in an address without its brackets, is of a local network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return any(host.lower() == domain or host.lower().endswith(f".{domain}") for domain in DOMAINS)
    return any(address in network for network in NETWORKS if network.version == address.version)


def own_address() -> str:
    """The address under which phones of the same network find this machine; `localhost` where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_SOMEWHERE)
        except OSError:
            return "localhost"
        address = str(asking.getsockname()[0])
    return address if is_local(address) else "localhost"
