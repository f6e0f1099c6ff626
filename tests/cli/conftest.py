"""What the host's shell hands on to the command."""

import os
from pathlib import Path

import pytest

from server.settings import Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def environment(settings: Settings, dsn: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": dsn,
        "HANDSEL_DATA": str(settings.data),
        "HANDSEL_PUBLIC_URL": settings.public_url,
    }
