"""Ending a kiosk. What it may ask besides is a door's; it hears of nobody more than a first name."""

from typing import Annotated

import strawberry

from schema.context import Info
from schema.door_cookies import set_cookie
from schema.door_phones import PinNotValid
from schema.nodes import Done
from server.doors.phones.pairing import operations as pairing

LeaveKioskResult = Annotated[
    Done | PinNotValid, strawberry.union("LeaveKioskResult", description="Done, or why it is a kiosk still.")
]


@strawberry.type
class KiosksMutation:
    @strawberry.mutation(
        description="Ends this kiosk and takes its cookie, by the PIN of one of the event's helpers: whoever stands "
        "before it has none. Send what waits first: afterwards nobody takes it."
    )
    async def leave_kiosk(self, info: Info, pin: str) -> LeaveKioskResult:
        context = info.context
        phone = await context.door_phone()
        async with context.pool.acquire() as connection:
            await pairing.leave_kiosk(
                connection, phone=phone, pin=pin, secrets=context.services.secrets, now=context.now
            )
        set_cookie(context, None)
        return Done(message="This tablet is no kiosk any more.")
