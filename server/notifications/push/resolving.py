"""Looks up push services, and answers no address of a private network.

The connection goes to the very addresses that were judged here: a name that leads elsewhere a moment later gains
nothing. Loaded only where pushes are sent.
"""

import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from server.notifications.push.hosts import PushHosts


class NotPublic(OSError):
    """A push service's name leads into a private network."""


class PublicResolver(AbstractResolver):
    """Resolves as the system does. Raises `NotPublic` when any of the addresses may not be called."""

    def __init__(self, hosts: PushHosts) -> None:
        self._hosts = hosts
        self._system = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._system.resolve(host, port, family)
        if not all(self._hosts.may_be_called(each["host"]) for each in found):
            raise NotPublic("a push service's name leads into a private network")
        return found

    async def close(self) -> None:
        await self._system.close()
