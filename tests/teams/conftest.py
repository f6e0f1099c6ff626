"""A mail server that can be told to refuse, as the tests of mail have it."""

from tests.notifications.conftest import postbox

__all__ = ["postbox"]
