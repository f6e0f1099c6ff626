"""Which addresses may be asked to deliver a push: those of known push services, by https, and never a private network.

An endpoint is a web address that a phone names and this server calls: without these rules anybody could make it call
whatever they like.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from server.errors import InputNotValid
from server.settings import Settings

#: The push services of the browsers: Chrome and its kin, Firefox, Safari, Edge. A star stands for any name before it.
KNOWN_HOSTS = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
LONGEST_ENDPOINT = 1000
#: Networks that hold an IPv4 address in their last 32 bits: NAT64 (RFC 6052). What they lead to is judged by that.
_HOLDING_IPV4 = ipaddress.ip_network("64:ff9b::/96")

_NOT_VALID = "This browser's push service is not one that this server writes to. Mail works all the same."


@dataclass(frozen=True, slots=True)
class PushHosts:
    """The hosts that pushes go to. With `loopback` this machine itself too, also without TLS: for tests alone."""

    patterns: Sequence[str] = KNOWN_HOSTS
    loopback: bool = False

    def origin_of(self, endpoint: str) -> str:
        """Scheme, host and port of an endpoint. Raises `InputNotValid` for one that nothing may be sent to."""
        parts = _split(endpoint)
        host = parts.hostname or ""
        if not (self._is_allowed(parts, host)):
            raise InputNotValid("endpoint", _NOT_VALID)
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def may_be_called(self, address: str) -> bool:
        """Whether the address that a host's name leads to is one of the public internet."""
        found = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(found, ipaddress.IPv6Address):
            inner = found.ipv4_mapped or found.sixtofour
            if inner is None and found in _HOLDING_IPV4:
                inner = ipaddress.IPv4Address(found.packed[-4:])
            found = inner or found
        return (found.is_global and not found.is_multicast) or (self.loopback and found.is_loopback)

    def _is_allowed(self, parts: SplitResult, host: str) -> bool:
        if parts.username is not None or parts.fragment or not host:
            return False
        if self.loopback and _is_loopback(host):
            return parts.scheme in {"http", "https"}
        return (
            parts.scheme == "https" and parts.port in {None, 443} and any(_fits(host, each) for each in self.patterns)
        )


def push_hosts(settings: Settings) -> PushHosts:
    """Those of the browsers, and what the host of this server added: names, with commas between them."""
    added = [each.strip().lower() for each in settings.push_hosts.split(",") if each.strip()]
    return PushHosts((*KNOWN_HOSTS, *added), loopback=settings.push_to_loopback)


def _split(endpoint: str) -> SplitResult:
    try:
        parts = urlsplit(endpoint)
        _ = parts.port
    except ValueError as error:
        raise InputNotValid("endpoint", _NOT_VALID) from error
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise InputNotValid("endpoint", _NOT_VALID)
    return parts


def _fits(host: str, pattern: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
