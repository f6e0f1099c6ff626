"""`handsel invite` as it is typed: a process of its own on a real database."""

from tests.cli.typed import handsel
from tests.mailbox import Mailbox
from tests.world import World


async def test_everybody_with_an_address_is_mailed_once(
    environment: dict[str, str], world: World, mailbox: Mailbox
) -> None:
    event = await world.event(starts_at=world.clock.advance(days=36500), ends_at=world.clock.advance(hours=8))
    await world.registration(event, name="Ana Duarte", email="ana@example.org")
    await world.registration(event, name="Ben Okafor", email=None)

    foreseen = await handsel(environment, "invite", event.slug, "--dry-run")
    assert mailbox.mails() == []
    first = await handsel(environment, "invite", event.slug)
    second = await handsel(environment, "invite", event.slug)

    assert foreseen == (0, "1 mail would leave now; 0 mails left before; 1 on the list have no address.\n")
    assert first[0] == second[0] == 0
    assert "1 mail sent." in first[1]
    assert "0 mails sent." in second[1]
    assert "ana@example.org" not in first[1]
    [mail] = mailbox.mails("ana@example.org")
    assert mail.link.startswith("http://handsel.test/invite#code=")


async def test_mail_that_could_not_leave_is_told_and_leaves_with_the_next_run(
    environment: dict[str, str], world: World, mailbox: Mailbox
) -> None:
    event = await world.event(starts_at=world.clock.advance(days=36500), ends_at=world.clock.advance(hours=8))
    await world.registration(event, email="ana@example.org")

    failed = await handsel(environment | {"HANDSEL_SMTP_URL": "smtp://127.0.0.1:9"}, "invite", event.slug)
    again = await handsel(environment, "invite", event.slug)

    assert failed[0] == 1
    assert "1 mail could not be delivered" in failed[1]
    assert again[0] == 0
    assert len(mailbox.mails()) == 1


async def test_an_event_that_is_none_is_told_in_one_sentence(environment: dict[str, str], world: World) -> None:
    code, told = await handsel(environment, "invite", "nowhere")

    assert code == 1
    assert told.count("\n") == 1
    assert "no event of that name" in told
