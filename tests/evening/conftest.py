"""Reads the topics before a test asks: a server does so as it starts, and no request need wait for it."""

import pytest

from server.topics.recognising import topics_in


@pytest.fixture(scope="session", autouse=True)
def topics_are_read() -> None:
    topics_in("beekeeping")
