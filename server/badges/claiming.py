"""Claiming a badge by mail: only the mailbox it was issued for learns that it was asked."""

from datetime import datetime
from uuid import UUID

from server.badges import queries
from server.badges.tokens import read_badge, token_hash
from server.db import Connection
from server.limiter import Limiter
from server.notifications.models import Letter
from server.people.addresses import address_key
from server.secrets import Secrets
from server.sessions import operations as sessions

#: One found badge does not let anybody try a whole list of addresses.
CLAIMS_PER_BADGE = "10/15 minutes"


async def begin_claim(
    connection: Connection,
    *,
    badge: str,
    attempt_id: UUID,
    email: str,
    network: str,
    limiter: Limiter,
    secrets: Secrets,
    public_url: str,
    now: datetime,
) -> Letter | None:
    """A sign-in that also takes the place this badge was issued for, if `email` is the address of that place.

    None for every other badge and address, and beyond the limits. `badge` is what a camera read: the short code alone
    does not say of which event it is.
    """
    token = read_badge(badge)
    if token is None or not await limiter.allows(CLAIMS_PER_BADGE, "claim badge", token):
        return None
    issued = await queries.select_issued_for(connection, token_hash=token_hash(token))
    if issued is None or issued.email_key != address_key(email):
        return None
    return await sessions.begin_sign_in(
        connection,
        attempt_id=attempt_id,
        email=email,
        network=network,
        limiter=limiter,
        secrets=secrets,
        public_url=public_url,
        now=now,
        claim=issued.claim,
    )
