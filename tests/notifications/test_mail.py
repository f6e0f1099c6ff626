"""Mail as it leaves: to a real SMTP server, or as files."""

import logging
import socket
import stat
from pathlib import Path

import pytest

from server.notifications.mail import Mailer, MailNotSent
from server.notifications.models import Letter
from server.start_up import StartUpError
from tests.mailbox import Mailbox
from tests.notifications.conftest import Postbox

SENDER = "Handsel <handsel@meet.example>"


def letter(to: str = "ana@example.org", message_id: str = "sign-in.1", text: str = "Your code is 123 456\n") -> Letter:
    return Letter(to=to, subject="Você: 123 456", text=text, message_id=message_id)


def files_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def mailer(postbox: Postbox, tmp_path: Path) -> Mailer:
    return Mailer(sender=SENDER, outbox=tmp_path, smtp_url=postbox.url, pauses=(0, 0))


async def test_a_letter_arrives_whole(postbox: Postbox, tmp_path: Path) -> None:
    long_line = "https://handsel.test/sign-in#attempt=" + "a" * 200
    text = f"Olá, Ana\n\n.\nFrom here on\n{long_line}\n"

    await mailer(postbox, tmp_path).deliver(letter(text=text))

    [mail] = postbox.taken
    assert (mail.to, mail.subject, mail.message_id) == ("ana@example.org", "Você: 123 456", "<sign-in.1@meet.example>")
    assert mail.text.replace("\r\n", "\n") == text
    assert files_in(tmp_path) == []


async def test_a_final_refusal_is_told_at_once_and_names_nobody(postbox: Postbox, tmp_path: Path) -> None:
    postbox.answers = ["550 no such mailbox ana@example.org"]

    with pytest.raises(MailNotSent) as refusal:
        await mailer(postbox, tmp_path).deliver(letter())

    assert refusal.value.is_final
    assert refusal.value.is_address
    assert postbox.taken == []
    assert postbox.answers == []
    assert "ana@" not in repr(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


async def test_a_server_that_lets_us_wait_is_asked_again(postbox: Postbox, tmp_path: Path) -> None:
    postbox.answers = ["451 greylisted", "451 greylisted"]

    await mailer(postbox, tmp_path).deliver(letter())

    assert len(postbox.taken) == 1


async def test_a_server_that_never_takes_it_is_told_in_the_end(postbox: Postbox, tmp_path: Path) -> None:
    postbox.answers = ["451 greylisted"] * 3

    with pytest.raises(MailNotSent) as refusal:
        await mailer(postbox, tmp_path).deliver(letter())

    assert not refusal.value.is_final


async def test_a_server_that_is_away_is_told_and_may_come_back(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(MailNotSent) as refusal:
        await Mailer(sender=SENDER, outbox=tmp_path, smtp_url=f"smtp://127.0.0.1:{port}", pauses=(0,)).deliver(letter())

    assert not refusal.value.is_final


async def test_a_batch_keeps_one_connection_and_goes_on_after_a_refusal(postbox: Postbox, tmp_path: Path) -> None:
    postbox.answers = ["250 OK", "550 no such mailbox"]

    async with mailer(postbox, tmp_path).batch() as deliver:
        await deliver(letter("ana@example.org"))
        with pytest.raises(MailNotSent):
            await deliver(letter("nobody@example.org"))
        await deliver(letter("ben@example.org"))

    assert [mail.to for mail in postbox.taken] == ["ana@example.org", "ben@example.org"]
    assert postbox.connections == 1


@pytest.mark.parametrize(
    ("address", "recipient"),
    [("ana@bücher.example", "ana@xn--bcher-kva.example"), ("ána@example.org", "ána@example.org")],
)
async def test_addresses_of_every_script_are_delivered(
    address: str, recipient: str, postbox: Postbox, tmp_path: Path
) -> None:
    await mailer(postbox, tmp_path).deliver(letter(address))

    assert postbox.recipients == [recipient]


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port"])
async def test_an_address_that_is_no_mail_server_is_told_in_one_sentence(url: str, tmp_path: Path) -> None:
    with pytest.raises(StartUpError, match="HANDSEL_SMTP_URL"):
        Mailer(sender=SENDER, outbox=tmp_path, smtp_url=url)


async def test_without_a_server_each_letter_is_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    mailer = Mailer(sender=SENDER, outbox=outbox)

    await mailer.deliver(letter())

    assert [mail.subject for mail in Mailbox(outbox).mails("ana@example.org")] == ["Você: 123 456"]
    [file] = outbox.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700


async def test_the_same_letter_twice_is_one_file(tmp_path: Path) -> None:
    mailer = Mailer(sender=SENDER, outbox=tmp_path)

    await mailer.deliver(letter())
    await mailer.deliver(letter())

    assert len(files_in(tmp_path)) == 1


async def test_no_header_can_be_added_through_a_subject(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Header"):
        await Mailer(sender=SENDER, outbox=tmp_path).deliver(
            Letter(to="ana@example.org", subject="Hello\nBcc: ben@example.org", text="", message_id="1")
        )

    assert files_in(tmp_path) == []


async def test_a_letter_does_not_print_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger(__name__).warning("%s", letter())

    assert "ana@" not in caplog.text
    assert "123" not in caplog.text
