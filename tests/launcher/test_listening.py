"""The port is taken before anything else is started; one that cannot be had is told with the way out."""

import errno
import socket

import pytest

from server.cli.listening import PortNotUsable, listen
from tests.launcher.processes import free_port


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])  # noqa: S104 - only while the test runs
def test_a_free_port_can_be_connected_to(host: str) -> None:
    port = free_port()

    with listen(host, port) as listening, socket.create_connection(listening.getsockname()[:2]):
        pass


def test_a_taken_port_is_told_with_the_next_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortNotUsable, match=f"{port} is taken.*--port {port + 1}"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_that_is_not_of_this_machine_is_told(host: str) -> None:
    with pytest.raises(PortNotUsable, match="HANDSEL_HOST"):
        listen(host, 8000)


def test_a_port_for_root_alone_is_told_with_one_that_works() -> None:
    assert "--port 8765" in str(PortNotUsable("127.0.0.1", 80, OSError(errno.EACCES, "Permission denied")))
