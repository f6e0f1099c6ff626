"""What is shown once the server answers."""

import io
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

from server.cli.help_screen import help_screen
from server.settings import Settings

#: A part of every QR code drawn with half blocks: the foot of its upper left corner.
CORNER = "█▄▄▄█"


def _shown(settings: Settings, *, demo: bool = False, width: int = 100) -> str:
    output = io.StringIO()
    Console(file=output, width=width).print(help_screen(settings, demo=demo))
    return output.getvalue()


def test_a_public_https_address_comes_with_its_qr_code(tmp_path: Path) -> None:
    shown = _shown(Settings(data=tmp_path, public_url="https://meet.example.org"))

    assert "https://meet.example.org" in shown
    assert CORNER in shown


def test_any_other_address_comes_with_its_code_and_with_what_a_phone_needs_besides(tmp_path: Path) -> None:
    shown = _shown(Settings(data=tmp_path, public_url="http://192.168.0.7:8765"))

    assert CORNER in shown
    assert "https" in shown
    assert "--tls" in shown
    assert "HANDSEL_PUBLIC_URL" in shown


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_sign_ins_are_shown_only_with_the_demo_event(tmp_path: Path, *, demo: bool) -> None:
    shown = _shown(Settings(data=tmp_path), demo=demo)

    assert ("ana@demo.example" in shown) == demo
    assert ("./run mail --last" in shown) == demo


def test_mail_is_said_to_leave_only_where_it_does(tmp_path: Path) -> None:
    assert "outbox" in _shown(Settings(data=tmp_path))
    assert "leaves by SMTP" in _shown(Settings(data=tmp_path, smtp_url=SecretStr("smtp://localhost")))


def test_no_address_of_a_database_or_mail_server_is_shown(tmp_path: Path) -> None:
    shown = _shown(
        Settings(
            data=tmp_path,
            smtp_url=SecretStr("smtp://me:hush@localhost"),
            database_url=SecretStr("postgresql://me:hush@localhost/db"),
        )
    )

    assert "hush" not in shown


def test_a_narrow_terminal_shows_it_all_the_same(tmp_path: Path) -> None:
    assert CORNER in _shown(Settings(data=tmp_path, public_url="https://meet.example.org"), demo=True, width=50)
