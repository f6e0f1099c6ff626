"""Who is answered, and who must not be."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from prometheus_client import REGISTRY, generate_latest
from starlette.applications import Starlette

from server.events.models import Role
from server.sessions.tokens import PLAIN_COOKIE
from server.vault import operations
from server.vault.layout import MEDIA_TYPE
from tests.clock import Clock
from tests.vault.conftest import FetchingPhone
from tests.vault.reading import read_body
from tests.world import World

PhoneOf = Callable[..., FetchingPhone]


async def test_an_attendee_gets_every_card_but_their_own(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    ana, ben, mira = [await world.attendee(event, name) for name in ("Ana Duarte", "Ben Okafor", "Mira Sand")]
    phone = phone_of(ana)

    response = await phone.ask()

    assert response.headers["content-type"] == MEDIA_TYPE
    assert response.headers["cache-control"] == "private, no-store"
    body = phone.kept.take(response.content)
    assert body.header["event"] == str(event.id)
    assert (body.header["whole"], body.header["inVault"], body.header["records"]) == (True, 2, 3)
    assert [phone.sees(who) for who in (ana, ben, mira)] == [None, "Ben Okafor", "Mira Sand"]


async def test_whoever_is_not_signed_in_is_told_so(world: World, phone_of: PhoneOf, app: Starlette) -> None:
    event = await world.event()
    ana = await world.attendee(event)
    client = phone_of(ana).client

    for headers in ({}, {"authorization": "Bearer nothing"}, {"authorization": "Bearer "}):
        response = await client.get(f"/events/{event.slug}/vault", headers=headers)
        assert (response.status_code, response.text) == (401, "Please sign in first.\n")


async def test_no_place_no_event_and_a_cancelled_place_are_answered_alike(
    world: World, phone_of: PhoneOf, clock: Clock
) -> None:
    event, other = await world.event(), await world.event()
    ana, stranger, left = await world.attendee(event), await world.attendee(other), await world.attendee(event)
    await world.pool.execute("UPDATE registrations SET cancelled_at = now() WHERE id = $1", left.registration_id)
    team = await world.team(event, Role.OWNER)
    client = phone_of(ana).client

    async def answer(token: str, slug: str) -> tuple[int, str]:
        response = await client.get(f"/events/{slug}/vault", headers={"authorization": f"Bearer {token}"})
        return response.status_code, response.text

    refusals = {
        await answer(stranger.token, event.slug),
        await answer(left.token, event.slug),
        await answer(team.token, event.slug),
        await answer(ana.token, "no-such-event"),
        await answer(ana.token, "NO%00EVENT"),
        await answer(ana.token, "%ff"),
        await answer(ana.token, "x" * 2000),
        await answer(ana.token, str(event.id)),
    }
    assert len(refusals) == 1
    assert refusals.pop()[0] == 404


async def test_a_cookie_needs_the_header_that_no_other_page_can_send(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    ana = await world.attendee(event)
    client = phone_of(ana).client
    client.cookies.set(PLAIN_COOKIE, ana.token)

    async def status(**headers: str) -> int:
        return (await client.get(f"/events/{event.slug}/vault", headers=headers)).status_code

    assert await status() == 403
    assert await status(**{"handsel-client": "pwa"}) == 200
    assert await status(**{"handsel-client": "pwa", "origin": "https://elsewhere.example"}) == 403


async def test_a_cancelled_place_is_in_nobodys_vault(world: World, phone_of: PhoneOf, clock: Clock) -> None:
    event = await world.event()
    phone, ben = phone_of(await world.attendee(event)), await world.attendee(event, "Ben Okafor")
    await phone.fetch()
    await world.pool.execute("UPDATE registrations SET cancelled_at = $2 WHERE id = $1", ben.registration_id, clock())

    body = await phone.fetch()

    assert body is not None
    assert (len(body.gone), len(body.entries), phone.sees(ben)) == (1, 0, None)


@pytest.mark.parametrize("since", ["", "x", "A" * 64, "é" * 64, "-" * 63 + "=", "0" * 5000, "\x00", "' OR 1=1"])
async def test_a_cursor_that_is_none_gets_everything(world: World, phone_of: PhoneOf, since: str) -> None:
    event = await world.event()
    phone, ben = phone_of(await world.attendee(event)), await world.attendee(event, "Ben Okafor")

    body = phone.kept.take((await phone.ask(since=since)).content)

    assert body.header["whole"] is True
    assert phone.sees(ben) == "Ben Okafor"


async def test_a_cursor_of_another_person_or_event_gets_everything(world: World, phone_of: PhoneOf) -> None:
    here, there = await world.event(), await world.event()
    ana, ben = await world.attendee(here), await world.attendee(here)
    phone, other = phone_of(ana), phone_of(ben)
    await other.fetch()
    elsewhere = phone_of(await world.attendee(there))
    await elsewhere.fetch()

    for cursor in (other.kept.cursor, elsewhere.kept.cursor):
        assert read_body((await phone.ask(since=cursor)).content).header["whole"] is True


async def test_after_a_restored_backup_phones_get_everything(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    phone = phone_of(await world.attendee(event))
    ben = await world.attendee(event, "Ben Okafor")
    await phone.fetch()
    await world.pool.execute("UPDATE cards SET name = 'Ben, edited after the backup'")
    await phone.fetch()
    await world.pool.execute("DELETE FROM vault_entries; UPDATE vaults SET version = 0; UPDATE cards SET name = 'Ben'")

    body = await phone.fetch()

    assert body is not None
    assert (body.header["whole"], phone.sees(ben)) == (True, "Ben")


async def test_phones_follow_no_vault_but_the_one_they_know(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    phone = phone_of(await world.attendee(event))
    await phone.fetch()
    await world.pool.execute("DELETE FROM vaults")

    body = await phone.fetch()

    assert body is not None
    assert body.header["whole"] is True


async def test_when_the_event_is_over_phones_drop_what_they_kept(world: World, phone_of: PhoneOf, clock: Clock) -> None:
    event = await world.event()
    phone, ben = phone_of(await world.attendee(event)), await world.attendee(event)
    await phone.fetch()
    clock.now = event.ends_at + timedelta(hours=12)
    assert await phone.fetch() is None
    clock.advance(seconds=1)

    body = await phone.fetch()

    assert body is not None
    assert (body.header["whole"], body.header["inVault"], phone.sees(ben)) == (True, 0, None)
    assert await phone.fetch() is None


async def test_who_asks_all_the_time_is_asked_to_wait(
    world: World, phone_of: PhoneOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "WHOLE_ANSWERS", "2/hour")
    monkeypatch.setattr(operations, "ANY_ANSWERS", "6/10 minutes")
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    phone = phone_of(ana)
    await phone.fetch()
    await phone.fetch_whole()

    third = await phone.ask()
    assert third.status_code == 429
    assert 0 < int(third.headers["retry-after"]) <= 3600
    assert third.text.startswith("The cards were fetched many times just now.")
    assert await phone.fetch() is None  # what changed is still told
    assert await phone.fetch() is None
    assert await phone.fetch() is None
    assert (await phone.ask(since=phone.kept.cursor)).status_code == 429
    assert (await phone_of(ben).ask()).status_code == 200


async def test_a_head_request_tells_no_more(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    phone = phone_of(await world.attendee(event))

    assert (await phone.client.head(f"/events/{event.slug}/vault")).status_code == 401


async def test_the_vault_cannot_be_posted_to(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    phone = phone_of(await world.attendee(event))

    response: httpx.Response = await phone.client.post(f"/events/{event.slug}/vault")
    assert response.status_code == 405


async def test_the_host_can_count_answers_and_nothing_else(world: World, phone_of: PhoneOf) -> None:
    event = await world.event()
    phone = phone_of(await world.attendee(event, "Ana Duarte"))
    await world.attendee(event, "Ben Okafor")
    before = _counted()
    await phone.fetch()
    await phone.fetch()
    await phone.ask(slug="no-such-event")

    after = _counted()

    assert {outcome: after[outcome] - before.get(outcome, 0) for outcome in after} == {
        "whole": 1, "changes": 0, "unchanged": 1, "refused": 1,
    }  # fmt: skip
    figures = generate_latest().decode()
    assert "Okafor" not in figures
    assert event.slug not in figures


def _counted() -> dict[str, float]:
    outcomes = ("whole", "changes", "unchanged", "refused")
    return {each: REGISTRY.get_sample_value("handsel_vault_answers_total", {"outcome": each}) or 0 for each in outcomes}
