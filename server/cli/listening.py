"""Takes the port before anything else is started, so that a taken one is told at once."""

import errno
import socket

from server.start_up import StartUpError

BACKLOG = 2048


class PortNotUsable(StartUpError):
    """The address cannot be listened on."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        if error.errno == errno.EADDRINUSE:
            super().__init__(
                f"Port {port} is taken by another program, maybe a Handsel that is already running: end it, or "
                f"choose another port with --port {port + 1}."
            )
        elif error.errno == errno.EACCES:
            super().__init__(
                f"This user may not listen on port {port}: choose one above 1023 with --port, such as --port 8765."
            )
        else:
            super().__init__(
                f"This machine has no address {host} to listen on: correct HANDSEL_HOST (127.0.0.1 for this machine "
                "alone, 0.0.0.0 for all networks)."
            )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `PortNotUsable`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise PortNotUsable(host, port, error) from error
