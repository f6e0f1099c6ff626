"""Signing in and out. A code or link is used by a POST only, never by a GET. Nothing here tells a stranger whether
an address is known: whoever asks gets an attempt, and only the mailbox learns what became of it.
"""

import hmac
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.ids import new_id
from server.limiter import Limiter
from server.notifications.models import Letter
from server.notifications.texts import sign_in_letter
from server.people import operations as people
from server.people.addresses import address_key, is_address
from server.registrations import operations as registrations
from server.secrets import Secrets
from server.sessions import queries
from server.sessions.errors import CodeNotValid, InvitationNotValid
from server.sessions.models import (
    ATTEMPTS_KEPT,
    CODE_LASTS,
    MAILS_AT_MOST,
    MAILS_WITHIN,
    Attempt,
    BadgeClaim,
    Proof,
    SignedIn,
    Viewer,
)
from server.sessions.tokens import (
    invitation_hash,
    new_code,
    new_token,
    read_attempt,
    read_code,
    sign_in_hash,
    token_hash,
    write_attempt,
)
from server.teams import operations as teams

#: A whole venue signs in through one network address in the quarter of an hour before the start.
REQUESTS_PER_NETWORK = "300/15 minutes"
WRONG_CODES_PER_NETWORK = "100/15 minutes"
#: Anything longer than mistyped digits was meant as an invitation's code, and is answered as one.
SHORTEST_INVITATION = 20


async def find_viewer(connection: Connection, *, token: str, now: datetime) -> Viewer | None:
    """Who holds this session token; None when it never was, has expired or was signed out."""
    return await queries.touch_session(connection, token_hash=token_hash(token), now=now)


async def begin_sign_in(
    connection: Connection,
    *,
    attempt_id: UUID,
    email: str,
    network: str,
    limiter: Limiter,
    secrets: Secrets,
    public_url: str,
    now: datetime,
    claim: BadgeClaim | None = None,
) -> Letter | None:
    """Make `attempt_id` take a new code, and write the letter that carries it.

    None where nothing is to be mailed: text that is no address, and requests beyond the limits. Within ten minutes
    of the last mail the attempt then takes that mail's code, so that asking too often locks nobody out.
    """
    email = email.strip()
    if not is_address(email) or not await limiter.allows(REQUESTS_PER_NETWORK, "sign-in", network):
        return None
    email_key = address_key(email)
    async with connection.transaction():
        await queries.lock_address(connection, email_key=email_key)
        await queries.delete_old_attempts(connection, before=now - ATTEMPTS_KEPT)
        mailed = await queries.count_mailed(connection, email_key=email_key, since=now - MAILS_WITHIN)
        if mailed >= MAILS_AT_MOST:
            await queries.insert_stand_in(connection, attempt_id=attempt_id, email_key=email_key, now=now)
            return None
        code = new_code()
        await queries.retire_attempts(connection, email_key=email_key, now=now)
        await queries.insert_attempt(
            connection,
            attempt=Attempt(attempt_id, email, sign_in_hash(secrets, attempt_id, code), claim),
            email_key=email_key,
            now=now,
            expires_at=now + CODE_LASTS,
        )
    return sign_in_letter(
        to=email, code=code, attempt=write_attempt(attempt_id), message_id=new_id(), public_url=public_url
    )


async def sign_in(
    connection: Connection,
    *,
    code: str,
    attempt: str | None,
    as_token: bool,
    replaces: str | None,
    network: str,
    limiter: Limiter,
    secrets: Secrets,
    now: datetime,
) -> SignedIn:
    """Open a session with six digits and their attempt, or with an invitation's long code alone.

    The account is made at the first sign-in; a ticket that needs no question becomes its owner's, and so does every
    role that its address was invited to. `replaces` is the
    cookie that this browser held so far: its session ends. Raises `CodeNotValid` or `InvitationNotValid`.
    """
    digits = read_code(code)
    attempt_id = None if attempt is None else read_attempt(attempt)
    is_invitation = digits is None and len(code.strip()) >= SHORTEST_INVITATION
    if await limiter.would_allow(WRONG_CODES_PER_NETWORK, "wrong code", network):
        # One transaction, so that a code is never used up without its session; a wrong one must be counted, so
        # nothing is raised inside.
        async with connection.transaction():
            proof: Proof | None = None
            if is_invitation:
                proof = await _use_invitation(connection, code=code.strip(), now=now)
            elif digits is not None and attempt_id is not None:
                proof = await _use_code(connection, attempt_id=attempt_id, digits=digits, secrets=secrets, now=now)
            if proof is not None:
                return await _open_session(connection, proof=proof, as_token=as_token, replaces=replaces, now=now)
        await limiter.allows(WRONG_CODES_PER_NETWORK, "wrong code", network)
    raise InvitationNotValid if is_invitation else CodeNotValid


async def sign_out(connection: Connection, *, viewer: Viewer | None, cookie: str | None, now: datetime) -> None:
    """End the session that asked, and the one whose cookie came along. Without either nothing is left to do."""
    if viewer is not None:
        await queries.end_session(connection, session_id=viewer.session_id, now=now)
    if cookie is not None:
        await queries.end_session_of_cookie(connection, token_hash=token_hash(cookie), now=now)


async def _use_code(
    connection: Connection, *, attempt_id: UUID, digits: str, secrets: Secrets, now: datetime
) -> Proof | None:
    attempt = await queries.count_try(connection, attempt_id=attempt_id, now=now)
    if attempt is None or not hmac.compare_digest(attempt.code_hash, sign_in_hash(secrets, attempt.id, digits)):
        return None
    await queries.use_attempt(connection, attempt_id=attempt.id, now=now)
    return Proof(attempt.email, attempt.claim)


async def _use_invitation(connection: Connection, *, code: str, now: datetime) -> Proof | None:
    email = await queries.use_invitation(connection, code_hash=invitation_hash(code), now=now)
    if email is None:
        email = await teams.use_code(connection, code=code, now=now)
    return None if email is None else Proof(email)


async def _open_session(
    connection: Connection, *, proof: Proof, as_token: bool, replaces: str | None, now: datetime
) -> SignedIn:
    person_id = await people.find_or_make(connection, email=proof.email, now=now)
    first = None if proof.claim is None else (proof.claim.event_id, proof.claim.registration_id)
    await teams.accept_waiting(connection, person_id=person_id, email=proof.email, now=now)
    await registrations.claim_what_is_clear(connection, person_id=person_id, first=first, now=now)
    if replaces is not None:
        await queries.end_session_of_cookie(connection, token_hash=token_hash(replaces), now=now)
    await queries.delete_old_sessions(connection, person_id=person_id, now=now)
    cookie = await _new_session(connection, person_id=person_id, is_bearer=False, now=now)
    bearer = await _new_session(connection, person_id=person_id, is_bearer=True, now=now) if as_token else None
    return SignedIn(person_id, cookie=cookie, bearer=bearer)


async def _new_session(connection: Connection, *, person_id: UUID, is_bearer: bool, now: datetime) -> str:
    token = new_token()
    await queries.insert_session(
        connection,
        session_id=new_id(),
        person_id=person_id,
        token_hash=token_hash(token),
        is_bearer=is_bearer,
        now=now,
    )
    return token
