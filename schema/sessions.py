"""Signing in and out. What was mailed, and to whom, no answer tells."""

from typing import Annotated

import strawberry

from schema import problems
from schema.context import Context, Info
from schema.nodes import Problem
from schema.people import Person
from server.badges import claiming
from server.ids import new_id
from server.people import operations as people
from server.sessions import errors, operations
from server.sessions.models import SESSION_LASTS
from server.sessions.tokens import cookie_name, write_attempt

#: The same for every address, known or not, and beyond the limit.
ON_ITS_WAY = (
    "If that address can receive mail, a code is on its way to it. It works for ten minutes. If none comes, look at "
    "an earlier mail from us, or try again in a quarter of an hour."
)
#: The same for every badge and address.
ON_ITS_WAY_FOR_BADGE = (
    "If this badge was made for that address, a code is on its way to it. It works for ten minutes. If none comes, "
    "try the address your ticket was sent to, or ask at the desk."
)


@strawberry.type(description="What to keep until the code arrives by mail; the same whether or not one was sent.")
class SignInRequested:
    message: str = strawberry.field(description="What to do next.")
    attempt: strawberry.ID = strawberry.field(description="The code works together with this alone.")


@strawberry.type(description="A session has begun.")
class SignedIn:
    me: Person = strawberry.field(description="Who is signed in.")
    token: str | None = strawberry.field(description="Bearer token, shown this once; null unless it was asked for.")


@strawberry.type(description="Wrong, used, too old, or tried too often: one answer for all.")
class CodeNotValid(Problem):
    pass


@strawberry.type(description="The session has ended.")
class SignedOut:
    message: str = strawberry.field(description="What that means.")


problems.register(errors.CodeNotValid, CodeNotValid)
problems.register(errors.InvitationNotValid, CodeNotValid)

SignInResult = Annotated[
    SignedIn | CodeNotValid, strawberry.union("SignInResult", description="A session, or why there is none.")
]


@strawberry.type
class SessionsMutation:
    @strawberry.mutation(
        description="Mails a sign-in link and a six-digit code; answers the same for every address. The code works "
        "with this attempt only."
    )
    async def request_sign_in(self, info: Info, email: str) -> SignInRequested:
        context, attempt_id = info.context, new_id()

        async def mail() -> None:
            services = context.services
            async with context.pool.acquire() as connection:
                letter = await operations.begin_sign_in(
                    connection,
                    attempt_id=attempt_id,
                    email=email,
                    network=context.network,
                    limiter=services.limiter,
                    secrets=services.secrets,
                    public_url=services.settings.public_url,
                    now=context.now,
                )
            if letter is not None:
                await services.mailer.deliver(letter)

        context.after_answer(mail)
        return SignInRequested(message=ON_ITS_WAY, attempt=strawberry.ID(write_attempt(attempt_id)))

    @strawberry.mutation(
        description="Mails the address a badge was issued for; answers the same for every badge and address."
    )
    async def claim_badge(self, info: Info, badge: str, email: str) -> SignInRequested:
        context, attempt_id = info.context, new_id()

        async def mail() -> None:
            services = context.services
            async with context.pool.acquire() as connection:
                letter = await claiming.begin_claim(
                    connection,
                    badge=badge,
                    attempt_id=attempt_id,
                    email=email,
                    network=context.network,
                    limiter=services.limiter,
                    secrets=services.secrets,
                    public_url=services.settings.public_url,
                    now=context.now,
                )
            if letter is not None:
                await services.mailer.deliver(letter)

        context.after_answer(mail)
        return SignInRequested(message=ON_ITS_WAY_FOR_BADGE, attempt=strawberry.ID(write_attempt(attempt_id)))

    @strawberry.mutation(
        description="Starts a session: sets the cookie, and returns a bearer token when `asToken` is true. Long "
        "invite codes need no attempt."
    )
    async def sign_in(
        self, info: Info, code: str, attempt: strawberry.ID | None = strawberry.UNSET, as_token: bool = False
    ) -> SignInResult:
        context = info.context
        async with context.pool.acquire() as connection:
            signed_in = await operations.sign_in(
                connection,
                code=code,
                attempt=attempt or None,
                as_token=as_token,
                replaces=context.session_cookie,
                network=context.network,
                limiter=context.services.limiter,
                secrets=context.services.secrets,
                now=context.now,
            )
            me = await people.find_person(connection, person_id=signed_in.person_id)
        _set_cookie(context, signed_in.cookie)
        return SignedIn(me=Person.from_model(me), token=signed_in.bearer)

    @strawberry.mutation(description="Ends the session that asks. Doing so without one is no mistake.")
    async def sign_out(self, info: Info) -> SignedOut:
        context = info.context
        async with context.pool.acquire() as connection:
            await operations.sign_out(connection, viewer=context.viewer, cookie=context.session_cookie, now=context.now)
        _set_cookie(context, None)
        return SignedOut(message="You are signed out on this device.")


def _set_cookie(context: Context, token: str | None) -> None:
    """Out of reach of scripts and of other sites' requests. It outlives the session, whose end the server decides."""
    is_secure = context.services.settings.is_secure
    context.http_response.set_cookie(
        cookie_name(is_secure=is_secure),
        token or "",
        max_age=int(SESSION_LASTS.total_seconds()) if token else 0,
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
