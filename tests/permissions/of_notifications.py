"""The rows of the matrix about what one is told: what they ask, and what tells Ana's."""

from collections.abc import Callable
from uuid import uuid4

from schema.ids import Kind
from tests.notifications.steps import AUTH, POINT
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

ARGUMENTS: dict[str, Arguments] = {
    "Query.notifications": lambda _: {},
    "Mutation.subscribePush": lambda _: {
        "endpoint": f"https://fcm.googleapis.com/{uuid4()}",
        "p256dh": POINT,
        "auth": AUTH,
    },
    "Mutation.unsubscribePush": lambda stage: {"endpoint": stage.push_endpoint},
    "Mutation.removePushDevice": lambda stage: {"device": stage.push_device},
    "Mutation.setQuietHours": lambda _: {"starts": "21:00", "ends": "09:00"},
    "Mutation.switchNotice": lambda _: {"kind": "EVENING_READY", "channel": "MAIL", "on": False},
    "Mutation.sendTestNotice": lambda _: {"key": str(uuid4())},
}

MARKS: dict[str, Callable[[Stage], str]] = {
    row: lambda stage: stage.ids[Kind.DELIVERY]
    for row in (
        "Query.notifications",
        "Mutation.removePushDevice",
        "Mutation.setQuietHours",
        "Mutation.switchNotice",
        "Mutation.sendTestNotice",
    )
}
