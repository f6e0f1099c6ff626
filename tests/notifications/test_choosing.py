"""What a person chooses about being told, their devices, and their log: their own and nobody else's."""

from typing import Any
from uuid import uuid4

import pytest

from server.notifications.posting.office import PostOffice
from tests.front_door import FrontDoor
from tests.mailbox import Mailbox
from tests.notifications.steps import AUTH, POINT, was_told, with_device
from tests.world import Somebody, World

SEEN = """
    quietFrom quietUntil pushKey kinds { kind push mail } devices { id name isThisOne }
    deliveries { id kind channel device state }
"""
MINE = f"{{ notifications {{ {SEEN} }} }}"
SUBSCRIBE = """
    mutation ($endpoint: String!, $p256dh: String!, $auth: String!, $device: String) {
        subscribePush(endpoint: $endpoint, p256dh: $p256dh, auth: $auth, device: $device) {
            ... on PushSubscribed { active } ... on InputNotValid { field message } } }
"""
UNSUBSCRIBE = """
    mutation ($endpoint: String!) { unsubscribePush(endpoint: $endpoint) { ... on PushSubscribed { active } } }
"""
REMOVE = f"mutation ($device: ID!) {{ removePushDevice(device: $device) {{ ... on Notifications {{ {SEEN} }} }} }}"
QUIET = f"""
    mutation ($starts: String!, $ends: String!) {{ setQuietHours(starts: $starts, ends: $ends) {{
        ... on Notifications {{ {SEEN} }} ... on InputNotValid {{ field }} }} }}
"""
SWITCH = f"""
    mutation ($kind: NoticeKind!, $channel: NoticeChannel!, $on: Boolean!) {{
        switchNotice(kind: $kind, channel: $channel, on: $on) {{
            ... on Notifications {{ {SEEN} }} ... on InputNotValid {{ field }} }} }}
"""
TEST = f"""
    mutation ($key: ID) {{ sendTestNotice(key: $key) {{
        ... on Notifications {{ {SEEN} }} ... on InputNotValid {{ field }} }} }}
"""
ENDPOINT = "https://fcm.googleapis.com/fcm/send/one"


@pytest.fixture
async def ana(world: World) -> Somebody:
    return await world.person()


async def mine(front_door: FrontDoor, who: Somebody) -> dict[str, Any]:
    found: dict[str, Any] = (await front_door.as_(who.token).ask(MINE))["notifications"]
    return found


async def subscribe(front_door: FrontDoor, who: Somebody, endpoint: str = ENDPOINT, **changes: str) -> dict[str, Any]:
    given = {"endpoint": endpoint, "p256dh": POINT, "auth": AUTH, "device": "Firefox on Linux"} | changes
    answer: dict[str, Any] = (await front_door.as_(who.token).ask(SUBSCRIBE, **given))["subscribePush"]
    return answer


async def test_at_first_everything_is_as_it_comes(front_door: FrontDoor, ana: Somebody) -> None:
    found = await mine(front_door, ana)

    assert (found["quietFrom"], found["quietUntil"]) == ("22:00", "08:00")
    kinds = {each["kind"]: (each["push"], each["mail"]) for each in found["kinds"]}
    assert kinds["EVENING_READY"] == (True, True)
    assert kinds["SWAP"] == (True, None)
    assert "TEST" not in kinds
    assert (found["devices"], found["deliveries"]) == ([], [])


async def test_what_is_chosen_is_kept(front_door: FrontDoor, ana: Somebody) -> None:
    door = front_door.as_(ana.token)
    await door.ask(QUIET, starts="21:30", ends="09:15")
    await door.ask(SWITCH, kind="EVENING_READY", channel="MAIL", on=False)

    found = await mine(front_door, ana)
    assert (found["quietFrom"], found["quietUntil"]) == ("21:30", "09:15")
    assert {"kind": "EVENING_READY", "push": True, "mail": False} in found["kinds"]


async def test_what_a_phone_sends_twice_holds_once(front_door: FrontDoor, world: World, ana: Somebody) -> None:
    device = await with_device(world, ana.id, ENDPOINT)
    door = front_door.as_(ana.token)
    for _ in range(2):
        await door.ask(QUIET, starts="21:30", ends="09:15")
        await door.ask(SWITCH, kind="EVENING_READY", channel="MAIL", on=False)
        answer = await door.ask(REMOVE, device=str(device))

    found = answer["removePushDevice"]
    assert (found["quietFrom"], found["quietUntil"], found["devices"]) == ("21:30", "09:15", [])
    assert {"kind": "EVENING_READY", "push": True, "mail": False} in found["kinds"]


@pytest.mark.parametrize("text", ["", "25:00", "8", "08:00:00", "abc", "-1:00"])
async def test_what_is_no_time_of_day_is_refused(front_door: FrontDoor, ana: Somebody, text: str) -> None:
    answer = await front_door.as_(ana.token).ask(QUIET, starts=text, ends="08:00")

    assert answer["setQuietHours"] == {"field": "starts"}


async def test_a_way_that_a_kind_never_takes_cannot_be_chosen(front_door: FrontDoor, ana: Somebody) -> None:
    for kind, channel in (("SWAP", "MAIL"), ("TEST", "MAIL")):
        answer = await front_door.as_(ana.token).ask(SWITCH, kind=kind, channel=channel, on=True)
        assert answer["switchNotice"] == {"field": "channel"}


async def test_a_browser_subscribes_once_however_often_it_says_so(front_door: FrontDoor, ana: Somebody) -> None:
    for _ in range(3):
        assert await subscribe(front_door, ana) == {"active": True}

    (device,) = (await mine(front_door, ana))["devices"]
    assert (device["name"], device["isThisOne"]) == ("Firefox on Linux", True)


async def test_a_browser_takes_pushes_for_whoever_signed_in_there_last(
    front_door: FrontDoor, world: World, ana: Somebody
) -> None:
    ben = await world.person()
    await subscribe(front_door, ana)
    await subscribe(front_door, ben)

    assert (await mine(front_door, ana))["devices"] == []
    assert len((await mine(front_door, ben))["devices"]) == 1


async def test_past_ten_browsers_the_one_seen_longest_ago_goes(
    front_door: FrontDoor, world: World, ana: Somebody
) -> None:
    for number in range(12):
        world.clock.advance(minutes=1)
        await subscribe(front_door, ana, f"{ENDPOINT}{number}", device=f"Browser {number}")

    names = [each["name"] for each in (await mine(front_door, ana))["devices"]]
    assert names == [f"Browser {number}" for number in range(11, 1, -1)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"endpoint": "https://169.254.169.254/latest"}, "endpoint"),
        ({"endpoint": "http://localhost:5432/"}, "endpoint"),
        ({"p256dh": "A" * 87}, "p256dh"),
        ({"p256dh": "x"}, "p256dh"),
        ({"auth": "x"}, "auth"),
        ({"auth": "ü" * 22}, "auth"),
    ],
)
async def test_a_subscription_that_nothing_can_be_sent_to_is_refused(
    front_door: FrontDoor, ana: Somebody, changes: dict[str, str], field: str
) -> None:
    given = {"endpoint": ENDPOINT} | changes
    answer = await subscribe(front_door, ana, **given)

    assert answer["field"] == field
    assert (await mine(front_door, ana))["devices"] == []


async def test_nobody_ends_anothers_pushes(front_door: FrontDoor, world: World, ana: Somebody) -> None:
    ben = await world.person()
    device = await with_device(world, ana.id, ENDPOINT)

    await front_door.as_(ben.token).ask(UNSUBSCRIBE, endpoint=ENDPOINT)
    await front_door.as_(ben.token).ask(REMOVE, device=str(device))
    assert len((await mine(front_door, ana))["devices"]) == 1

    await front_door.as_(ana.token).ask(REMOVE, device=str(device))
    assert (await mine(front_door, ana))["devices"] == []


async def test_a_session_that_ends_takes_its_pushes_with_it(front_door: FrontDoor, world: World, ana: Somebody) -> None:
    await subscribe(front_door, ana)
    await world.pool.execute("UPDATE sessions SET ended_at = $1", world.clock())
    token = uuid4().hex
    await world.session(ana.id, token)

    found = await front_door.as_(token).ask(MINE)

    assert found["notifications"]["devices"] == []


async def test_a_test_is_sent_once_by_its_key_and_not_without_end(
    front_door: FrontDoor, world: World, office: PostOffice, mailbox: Mailbox, ana: Somebody
) -> None:
    key = world.new_key()
    door = front_door.as_(ana.token)
    for _ in range(2):
        await door.ask(TEST, key=key)
    await office.send_due()

    (delivery,) = (await mine(front_door, ana))["deliveries"]
    assert (delivery["kind"], delivery["channel"], delivery["state"]) == ("TEST", "MAIL", "SENT")
    assert [mail.subject for mail in mailbox.mails(ana.email)] == ["This is a test"]

    answers = [await door.ask(TEST, key=world.new_key()) for _ in range(4)]
    assert answers[-1]["sendTestNotice"] == {"field": "key"}


async def test_the_log_holds_my_own_and_no_address(front_door: FrontDoor, world: World, ana: Somebody) -> None:
    ben = await world.person()
    await was_told(world, ben.id)
    mine_alone = await was_told(world, ana.id)

    found = await mine(front_door, ana)

    assert [each["id"] for each in found["deliveries"]] == [mine_alone]
    assert "@" not in str(found["deliveries"])
