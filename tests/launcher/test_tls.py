"""`--tls`: https for phones in the same network, from a real start."""

import ssl
import time
from pathlib import Path
from signal import SIGINT

import httpx
import pytest

from server.cli.options import Options, SettingsNotValid
from server.settings import EVERY_NETWORK, Settings
from server.tls import AUTHORITY_PATH
from tests.launcher.processes import Serving, free_port, handsel


def test_a_phone_fetches_the_authority_trusts_it_and_is_answered(data: Path) -> None:
    server = Serving("--tls", "serve", data=data)
    address = f"https://localhost:{server.port}"
    try:
        authority = fetched(f"{address}{AUTHORITY_PATH}", trusting=False)  # as a phone goes on past the warning
        trusting = ssl.create_default_context(cadata=authority.decode())
        assert fetched(f"{address}/healthz", trusting=trusting)
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"{address}/healthz", timeout=60)
        server.end(SIGINT)
    finally:
        server.close()
    for told in ("1. Trust this server", "2. Open Handsel", "Profile Downloaded", "SHA-256"):
        assert told in server.output


def fetched(address: str, *, trusting: ssl.SSLContext | bool) -> bytes:
    """What is there, once the server answers."""
    end = time.monotonic() + 60
    while True:
        try:
            return httpx.get(address, verify=trusting).raise_for_status().content
        except httpx.TransportError:  # the port is taken long before anybody answers there
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_a_public_name_ends_the_start_with_one_sentence(data: Path) -> None:
    done = handsel("--tls", "--port", str(free_port()), "--public-url", "https://meet.example.org", "serve", data=data)

    assert done.returncode == 1
    assert "meet.example.org is a public name" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_listens_to_the_network_under_this_machines_own_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.settings.own_address", lambda: "192.168.0.7")

    settings = Settings(data=tmp_path, tls=True, port=8443)

    assert (settings.host, settings.public_url) == (EVERY_NETWORK, "https://192.168.0.7:8443")
    assert Settings(data=tmp_path, tls=True, host="127.0.0.1").public_url == "https://localhost:8765"
    assert Settings(data=tmp_path).host == "127.0.0.1"


def test_it_does_not_go_with_a_plain_address(tmp_path: Path) -> None:
    with pytest.raises(SettingsNotValid, match="--tls needs an https"):
        Options(data=tmp_path, tls=True, public_url="http://laptop.local").settings()
