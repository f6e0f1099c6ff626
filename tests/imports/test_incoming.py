"""Other programs bring attendees in: with a key of this event, each delivery once, and told nothing without one."""

# ruff: noqa: S105, S106 - secrets of tests

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.applications import Starlette

from server.imports.incoming import routes
from server.imports.incoming.models import ImportSender
from server.imports.incoming.operations import bring_in_order
from server.imports.incoming.signatures import delivery_of
from server.jobs.kinds import read_ids
from tests.imports.desk import Desk
from tests.imports.screen import Screen, id_of
from tests.world import World

ADD = """
    mutation ($event: ID!, $key: ID!, $sender: ImportSender!, $name: String!, $secret: String) {
        addImportKey(event: $event, key: $key, sender: $sender, name: $name, secret: $secret) {
            __typename ... on ImportKeyAdded { secret address importKey { key name takenBefore: taken } }
            ... on Problem { message } ... on InputNotValid { field } } }
"""
REVOKE = "mutation ($event: ID!, $key: ID!) { revokeImportKey(event: $event, key: $key) { __typename } }"
KEYS = "query ($event: ID!) { eventImports(event: $event) { keys { name revokedAt lastUsedAt taken trouble } } }"
ANA = {"id": "T-1", "name": "Ana Ferreira", "email": "ana@example.org"}
HIS_SECRET = "a-secret-that-hi-events-made"


async def made(screen: Screen, sender: str = "INTERFACE", *, key: str | None = None, **more: str) -> dict[str, Any]:
    """A key that the organizer makes."""
    asked = {"event": id_of(screen.event), "key": key or str(uuid4()), "sender": sender, "name": "Shop"} | more
    answer: dict[str, Any] = (await screen.door.ask(ADD, **asked))["addImportKey"]
    return answer


async def post(screen: Screen, token: str, body: object, slug: str | None = None) -> httpx.Response:
    return await screen.door.client.post(
        f"/api/events/{slug or screen.event.slug}/attendees", json=body, headers={"authorization": f"Bearer {token}"}
    )


async def deliver(screen: Screen, source: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status; what was taken is brought in."""
    url = f"/api/events/{screen.event.slug}/orders/{source}"
    status = (await screen.door.client.post(url, content=body, headers=dict(headers))).status_code
    rows = await screen.pool.fetch("DELETE FROM pgqueuer WHERE entrypoint = 'orders taken' RETURNING payload")
    for ids in (read_ids(row["payload"]) for row in rows):
        async with screen.pool.acquire() as connection:
            await bring_in_order(
                connection, event_id=UUID(ids["event"]), key_id=UUID(ids["by"]), delivery_id=UUID(ids["delivery"]),
                secrets=screen.lists._secrets, now=screen.lists._clock(),  # noqa: SLF001 - the worker's own
            )  # fmt: skip
    return status


def standard(secret: str, body: bytes, at: datetime, delivery: str = "d-1") -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.digest(key, f"{delivery}.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": delivery, "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,AAAA v1,{base64.b64encode(signed).decode()}",
    }  # fmt: skip


def hi_events(body: bytes, secret: str = HIS_SECRET) -> dict[str, str]:
    return {"signature": hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def of_hi_events(at: datetime, kind: str = "attendee.created", **changes: object) -> bytes:
    attendee = {"id": 41, "first_name": "Ana", "last_name": "Ferreira", "email": "ana@example.org",
                "public_id": "A-77", "short_id": "a_1", "status": "ACTIVE"} | changes  # fmt: skip
    return json.dumps({"event_type": kind, "event_sent_at": at.isoformat(), "payload": attendee}).encode()


async def test_a_list_is_brought_in_by_token_and_the_second_time_changes_nothing(screen: Screen, desk: Desk) -> None:
    key = await made(screen)
    body = {"attendees": [ANA, {"id": 2, "name": "Li Wei", "status": "cancelled"}]}

    told = [(await post(screen, key["secret"], body)).json() for _ in range(2)]

    assert [(each["added"], each["unchanged"], each["bad"]) for each in told] == [(1, 0, []), (0, 2, [])]
    assert await desk.all("r.name, r.external_id, r.cancelled_at IS NOT NULL") == [
        ("Ana Ferreira", "T-1", False), ("Li Wei", "2", True),
    ]  # fmt: skip
    [shown] = (await screen.door.ask(KEYS, event=id_of(screen.event)))["eventImports"]["keys"]
    assert (shown["taken"], datetime.fromisoformat(shown["lastUsedAt"])) == (2, desk.clock())
    assert [edge["node"]["way"] for edge in (await screen.look())["past"]["edges"]] == ["INTERFACE"]


async def test_a_bad_attendee_keeps_everything_out_unless_left_out(screen: Screen, desk: Desk) -> None:
    token = (await made(screen))["secret"]
    body = {"attendees": [ANA, {"name": "Li", "email": "nobody"}]}

    refused = await post(screen, token, body)
    dry = await post(screen, token, body | {"skip_bad": True, "dry_run": True})
    assert (refused.status_code, await desk.all("r.name")) == (422, [])
    assert refused.json()["bad"] == [
        {"attendee": 2, "field": "email", "reason": "This does not look like a mail address."}
    ]
    assert (dry.json()["dry_run"], dry.json()["added"]) == (True, 1)

    assert (await post(screen, token, body | {"skip_bad": True})).json()["added"] == 1


@pytest.mark.parametrize(
    "body",
    [
        [], {"attendees": "Ana"}, {"attendees": [{"nmae": "Ana"}]}, {"attendees": [{"name": ["Ana"]}]},
        {"attendees": [], "system": "nowhere"}, {"attendees": [], "dry_run": "yes"},
        {"attendees": [{"name": "Ana"}] * 1001},
    ],
)  # fmt: skip
async def test_what_is_not_asked_for_is_refused_in_words(screen: Screen, body: object) -> None:
    answer = await post(screen, (await made(screen))["secret"], body)

    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "attendees",
    [
        [{"name": "Ana", "email": "a\0na@example.org"}], [{"name": "Ana", "email": "ana@\ud800.org"}],
        [{"name": "Ana", "code": "ABCDE-FGHJK"}, {"name": "Li", "code": "abcdefghjk"}],
    ],
)  # fmt: skip
async def test_what_no_table_can_hold_is_a_bad_attendee(screen: Screen, attendees: list[dict[str, str]]) -> None:
    token = (await made(screen))["secret"]

    answer = await screen.door.client.post(
        f"/api/events/{screen.event.slug}/attendees", content=json.dumps({"attendees": attendees}),
        headers={"authorization": f"Bearer {token}"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert len(answer.json()["bad"]) == 1


async def test_a_token_opens_its_own_event_and_nothing_once_revoked(screen: Screen, world: World, desk: Desk) -> None:
    other = await world.event()
    key = await made(screen)
    body = {"attendees": [ANA]}

    refused = [
        await post(screen, key["secret"], body, other.slug),
        await post(screen, key["secret"], body, "nowhere"),
        await post(screen, "hsi_wrong", body),
        await screen.door.client.post(f"/api/events/{screen.event.slug}/attendees", json=body),
    ]
    of = {"event": id_of(screen.event), "key": key["importKey"]["key"]}
    assert (await screen.door.ask(REVOKE, **of))["revokeImportKey"]["__typename"] == "Done"
    refused.append(await post(screen, key["secret"], body))

    assert {answer.status_code for answer in refused} == {401}
    assert len({answer.text for answer in refused}) == 1
    assert await desk.all("r.name") == []


async def test_a_key_is_told_once_and_kept_as_a_hash(screen: Screen, desk: Desk, world: World) -> None:
    key_id = str(uuid4())
    first, again = await made(screen, key=key_id), await made(screen, key=key_id)
    stored = await screen.pool.fetchrow("SELECT * FROM import_keys")
    desk.clock.advance(minutes=11)

    assert first == again
    assert stored is not None
    assert first["secret"] not in str(dict(stored))
    assert first["address"].endswith(f"/api/events/{screen.event.slug}/attendees")
    assert (await made(screen, key=key_id))["__typename"] == "KeyReused"


async def test_a_signed_order_is_taken_once(screen: Screen, desk: Desk) -> None:
    secret = (await made(screen, "STANDARD"))["secret"]
    body = json.dumps({"type": "order.paid", "data": {"attendees": [ANA, {"name": ""}]}}).encode()
    headers = standard(secret, body, desk.clock())

    told = [await deliver(screen, "standard", body, headers) for _ in range(2)]

    assert told == [202, 202]
    assert await desk.all("r.name, r.external_id") == [("Ana Ferreira", "T-1")]
    [shown] = (await screen.door.ask(KEYS, event=id_of(screen.event)))["eventImports"]["keys"]
    assert shown["taken"] == 1
    assert "could not be read: There is no name" in shown["trouble"]
    assert await screen.pool.fetchval("SELECT sealed_body FROM import_deliveries") is None


async def test_a_wrong_an_old_or_a_strange_signature_is_refused_alike(screen: Screen, desk: Desk) -> None:
    secret = (await made(screen, "STANDARD"))["secret"]
    body = json.dumps({"attendees": [ANA]}).encode()
    good = standard(secret, body, desk.clock())

    assert await deliver(screen, "standard", body + b" ", good) == 401
    assert await deliver(screen, "standard", body, good | {"webhook-id": "d-2"}) == 401
    assert await deliver(screen, "standard", body, standard(secret, body, desk.clock() - timedelta(minutes=6))) == 401
    assert await deliver(screen, "standard", body, standard("whsec_" + "A" * 44, body, desk.clock())) == 401
    assert await deliver(screen, "hi-events", body, good) == 401
    assert await deliver(screen, "pretix", body, good) == 401
    assert await deliver(screen, "standard", body, {}) == 401
    assert await desk.all("r.name") == []


async def test_hi_events_tells_of_its_attendees(screen: Screen, desk: Desk) -> None:
    assert (await made(screen, "HI_EVENTS", secret="short"))["field"] == "secret"
    await made(screen, "HI_EVENTS", secret=HIS_SECRET)

    async def send(body: bytes) -> int:
        return await deliver(screen, "hi-events", body, hi_events(body))

    assert await send(of_hi_events(desk.clock())) == 202
    assert await desk.all("r.source, r.external_id, r.name") == [("hi.events", "41", "Ana Ferreira")]
    assert await desk.admitted_by("A-77") == "Ana Ferreira"
    assert await send(of_hi_events(desk.clock(), "attendee.cancelled", status="CANCELLED")) == 202
    assert await desk.all("r.cancelled_at IS NOT NULL") == [(True,)]
    assert await send(of_hi_events(desk.clock(), "product.updated")) == 202
    assert await send(of_hi_events(desk.clock() - timedelta(hours=2))) == 401
    assert len(await desk.all("r.id")) == 1


async def test_a_strangers_flood_keeps_no_order_out(
    screen: Screen, desk: Desk, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_PER_NETWORK", "3/1 minute")
    body = json.dumps({"attendees": [ANA]}).encode()
    headers = standard((await made(screen, "STANDARD"))["secret"], body, desk.clock())
    url = f"/api/events/{screen.event.slug}/orders/standard"

    stranger = httpx.ASGITransport(app=app.state.asgi, client=("203.0.113.9", 4000))
    async with httpx.AsyncClient(transport=stranger, base_url=str(screen.door.client.base_url)) as client:
        flood = [(await client.post(url, content=b"{}")).status_code for _ in range(4)]

    assert flood == [401, 401, 401, 429]
    assert await deliver(screen, "standard", body, headers) == 202


async def test_what_was_told_earlier_and_comes_later_changes_nothing(screen: Screen, desk: Desk) -> None:
    await made(screen, "HI_EVENTS", secret=HIS_SECRET)
    secret = (await made(screen, "STANDARD"))["secret"]
    earlier = desk.clock() - timedelta(minutes=2)

    for body in (
        of_hi_events(desk.clock(), "attendee.cancelled", status="CANCELLED"), of_hi_events(earlier),
        of_hi_events(earlier, id=42, first_name="Li"),
    ):  # fmt: skip
        assert await deliver(screen, "hi-events", body, hi_events(body)) == 202
    for at, status in ((desk.clock(), "cancelled"), (earlier, "paid"), (None, "")):
        kit = {"id": "T-9", "name": "Kit", "status": status or "paid"}
        said = {} if at is None else {"timestamp": at.isoformat()}
        body = json.dumps({"type": "order", "data": {"attendees": [kit]}} | said).encode()
        assert await deliver(screen, "standard", body, standard(secret, body, desk.clock(), f"d-{status}")) == 202
        if at is not None:
            assert await desk.all("r.name, r.cancelled_at IS NOT NULL") == [
                ("Ana Ferreira", True), ("Kit", True), ("Li Ferreira", False),
            ]  # fmt: skip
    assert ("Kit", False) in await desk.all("r.name, r.cancelled_at IS NOT NULL")


def test_the_test_vector_of_standard_webhooks_is_taken() -> None:
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }  # fmt: skip
    now = datetime.fromisoformat("2021-02-25T15:02:40+00:00")

    taken = delivery_of(
        ImportSender.STANDARD, headers, b'{"test": 2432232314}', secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        now=now,
    )  # fmt: skip

    assert taken is not None
