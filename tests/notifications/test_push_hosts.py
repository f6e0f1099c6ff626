"""Where a push may go: nowhere but to known push services, and never into a private network."""

import socket
from typing import Any

import pytest
from pydantic import ValidationError

from server.errors import InputNotValid
from server.notifications.push.hosts import PushHosts, push_hosts
from server.notifications.push.key import push_key
from server.notifications.push.resolving import NotPublic, PublicResolver
from server.settings import Environment, Settings

REFUSED = [
    "http://fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8443/x",
    "https://user@fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/fcm.googleapis.com",
    "https://push.services.mozilla.com.evil.example/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://2130706433/x",
    "https://localhost/x",
    "https://fcm.googleapis.com/x#y",
    "https://fcm.googleapis.com/a b",
    "https://fcm.googleapis.com:x/y",
    "ftp://fcm.googleapis.com/x",
    "",
    "x",
    "https://fcm.googleapis.com/" + "x" * 1000,
]


@pytest.mark.parametrize("endpoint", REFUSED)
def test_an_endpoint_elsewhere_is_refused(endpoint: str) -> None:
    with pytest.raises(InputNotValid):
        PushHosts().origin_of(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-by3p.notify.windows.com/w/?token=abc",
    ],
)
def test_the_push_services_of_the_browsers_are_known(endpoint: str) -> None:
    assert endpoint.startswith(PushHosts().origin_of(endpoint))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - refused
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_private_addresses_are_not_called(address: str) -> None:
    assert not PushHosts().may_be_called(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses_are(address: str) -> None:
    assert PushHosts().may_be_called(address)


async def test_a_name_that_leads_into_a_private_network_is_not_resolved() -> None:
    """The connection goes to the addresses that were judged, so a name that changes its mind gains nothing."""
    resolver = PublicResolver(PushHosts())
    try:
        with pytest.raises(NotPublic):
            await resolver.resolve("localhost", 443, socket.AF_UNSPEC)
    finally:
        await resolver.close()


def test_this_machine_is_never_written_to_in_production(settings: Settings) -> None:
    values: dict[str, Any] = {
        "data": settings.data,
        "public_url": "https://meet.example.org",
        "env": Environment.PRODUCTION,
    }

    with pytest.raises(ValidationError, match="tests alone"):
        Settings(**values, push_to_loopback=True)
    assert not push_hosts(Settings(**values)).loopback


def test_the_host_of_the_server_can_add_push_services(settings: Settings) -> None:
    added = push_hosts(settings.model_copy(update={"push_hosts": "push.example.org, *.push.example"}))

    assert added.origin_of("https://push.example.org/x") == "https://push.example.org"
    assert added.origin_of("https://a.push.example/x") == "https://a.push.example"


def test_the_key_for_pushes_comes_with_the_secret_and_stays(settings: Settings) -> None:
    one, other = push_key(settings.secrets(), settings), push_key(settings.secrets(), settings)

    assert one.public == other.public
    assert len(one.public) == 87
    assert "private" not in repr(one)


@pytest.mark.parametrize(
    ("mail_from", "public_url", "subject"),
    [
        ("Handsel <hello@meet.example.org>", "https://meet.example.org", "mailto:hello@meet.example.org"),
        ("Handsel <handsel@localhost>", "https://meet.example.org", "https://meet.example.org"),
        ("Handsel <handsel@localhost>", "http://localhost:8765", "mailto:handsel@localhost"),
    ],
)
def test_push_services_learn_whom_to_write_to(
    settings: Settings, mail_from: str, public_url: str, subject: str
) -> None:
    told = settings.model_copy(update={"mail_from": mail_from, "public_url": public_url})

    assert push_key(settings.secrets(), told).subject == subject
