"""The small commands, as a host types them."""

import os
from pathlib import Path

from tests.launcher.processes import free_port, handsel

EVENT = (
    "--title", "Garden day", "--organizer", "host@example.org",
    "--starts", "2027-04-22T09:00", "--ends", "2027-04-22T18:00",
)  # fmt: skip


def test_migrating_again_changes_nothing(data: Path) -> None:
    done = handsel("migrate", data=data)

    assert "already" in done.stdout
    assert done.returncode == 0


def test_options_may_stand_after_the_command(data: Path, empty_data: Path) -> None:
    done = handsel("mail", "--data", str(data), data=empty_data / "elsewhere")

    assert str(data / "outbox") in done.stderr


def test_the_newest_mail_is_shown_with_whole_lines(data: Path) -> None:
    outbox = data / "outbox"
    outbox.mkdir()
    link = "https://meet.example.org/" + "x" * 300
    for number, name in enumerate(("b", "a")):
        mail = outbox / f"{name}.eml"
        mail.write_bytes(
            b"To: ana@demo.example\r\nSubject: =?utf-8?q?Code_=E2=80=93_?=" + str(number).encode()
            + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n[bold]Hello[/] " + link.encode() + b"\r\n"
        )  # fmt: skip
        os.utime(mail, (number, number))

    shown = handsel("mail", "--last", data=data).stdout

    assert "Subject: Code \N{EN DASH} 1" in shown
    assert f"[bold]Hello[/] {link}\n" in shown


def test_an_event_is_made_once(data: Path) -> None:
    words = ("events", "add", "garden-day", *EVENT, "--timezone", "Europe/Lisbon")
    first, second = (handsel(*words, data=data) for _ in range(2))

    assert first.stdout.endswith("/organize/garden-day/set-up\n")
    assert second.returncode == 1
    assert "already uses that address" in second.stderr


def test_the_doctor_finds_nothing_to_say_of_a_sound_house(data: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()

    done = handsel("doctor", "--port", str(free_port()), data=data, HANDSEL_PWA=str(tmp_path))

    assert "PostgreSQL" in done.stdout
    assert done.returncode == 0, done.stdout


def test_the_doctor_names_what_needs_a_hand(data: Path) -> None:
    (data / "postgres" / "PG_VERSION").write_text("9\n")

    done = handsel("doctor", data=data)

    assert done.returncode == 1
    assert "PG_BIN" in done.stdout
