"""What can go wrong before the server answers: each is one sentence with the way out, and a non-zero exit code."""


class StartUpError(Exception):
    """The product cannot start. The message is the whole of what the person at the terminal reads."""
