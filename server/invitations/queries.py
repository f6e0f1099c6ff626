"""Every statement about making and sending invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection, one
from server.invitations.models import Forecast, Invitation, InvitedPlace, Uninvited

#: One run at a time decides who is to be invited. Whoever signs in or scans meanwhile does not wait for it.
LOCK_EVENT: LiteralString = """
    SELECT id FROM events WHERE id = $1 FOR NO KEY UPDATE
"""


async def lock_event(connection: Connection, *, event_id: UUID) -> None:
    await connection.execute(LOCK_EVENT, event_id)


#: Addresses with places that no mail has told them of, each with those places, and whether it is refused.
SELECT_UNINVITED: LiteralString = """
    SELECT registrations.email_key, min(registrations.email) AS email, array_agg(registrations.id) AS registration_ids,
           EXISTS (
               SELECT 1 FROM invitations AS refused
               WHERE refused.event_id = $1 AND refused.email_key = registrations.email_key
                 AND refused.refused_at IS NOT NULL
           ) AS is_refused
    FROM registrations
    WHERE registrations.event_id = $1 AND registrations.email_key IS NOT NULL AND registrations.cancelled_at IS NULL
      AND NOT EXISTS (
          SELECT 1 FROM invited_registrations
          WHERE invited_registrations.event_id = $1
            AND invited_registrations.registration_id = registrations.id
            AND invited_registrations.email_key = registrations.email_key
      )
    GROUP BY registrations.email_key
    ORDER BY registrations.email_key
"""


async def select_uninvited(connection: Connection, *, event_id: UUID) -> list[Uninvited]:
    rows = await connection.fetch(SELECT_UNINVITED, event_id)
    return [
        Uninvited(row["email"], row["email_key"], tuple(row["registration_ids"]), row["is_refused"]) for row in rows
    ]


#: New invitations, not sent yet.
INSERT_INVITATIONS: LiteralString = """
    INSERT INTO invitations (event_id, id, email, email_key, code_hash, created_at, expires_at)
    SELECT $1, new.id, new.email, new.email_key, new.code_hash, $2, $3
    FROM unnest($4::uuid[], $5::text[], $6::text[], $7::bytea[]) AS new (id, email, email_key, code_hash)
"""


async def insert_invitations(
    connection: Connection,
    *,
    event_id: UUID,
    invitations: Sequence[Invitation],
    code_hashes: Sequence[bytes],
    now: datetime,
    expires_at: datetime,
) -> None:
    await connection.execute(
        INSERT_INVITATIONS, event_id, now, expires_at, [each.id for each in invitations],
        [each.email for each in invitations], [each.email_key for each in invitations], code_hashes,
    )  # fmt: skip


#: The places they tell of; a place that was told of at this address before is refused by the key.
INSERT_INVITED: LiteralString = """
    INSERT INTO invited_registrations (event_id, registration_id, email_key, invitation_id)
    SELECT $1, new.registration_id, new.email_key, new.invitation_id
    FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS new (registration_id, email_key, invitation_id)
"""


async def insert_invited(connection: Connection, *, event_id: UUID, places: Sequence[tuple[UUID, str, UUID]]) -> None:
    """`places` are (registration, address key, invitation)."""
    await connection.execute(
        INSERT_INVITED, event_id, [place for place, _, _ in places], [key for _, key, _ in places],
        [invitation for _, _, invitation in places],
    )  # fmt: skip


#: What has not been delivered yet, the oldest first. One whose places were cancelled or moved to another address since
#: has nothing left to tell, and what goes to an address that is refused does not leave.
SELECT_UNSENT: LiteralString = """
    SELECT id
    FROM invitations
    WHERE event_id = $1 AND sent_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM invitations AS refused
        WHERE refused.event_id = $1 AND refused.email_key = invitations.email_key AND refused.refused_at IS NOT NULL
    ) AND EXISTS (
        SELECT 1
        FROM invited_registrations
        JOIN registrations
            ON registrations.event_id = invited_registrations.event_id
            AND registrations.id = invited_registrations.registration_id
            AND registrations.email_key = invited_registrations.email_key
        WHERE invited_registrations.event_id = $1 AND invited_registrations.invitation_id = invitations.id
          AND registrations.cancelled_at IS NULL
    )
    ORDER BY id
"""


async def select_unsent(connection: Connection, *, event_id: UUID) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(SELECT_UNSENT, event_id)]


#: Take one to send it. The lock lasts until it is marked as sent or the run ends, however it ends, so no other run
#: sends it meanwhile; one that finds it locked passes it by.
LOCK_UNSENT: LiteralString = """
    SELECT id, email, email_key
    FROM invitations
    WHERE event_id = $1 AND id = $2 AND sent_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM invitations AS refused
        WHERE refused.event_id = $1 AND refused.email_key = invitations.email_key AND refused.refused_at IS NOT NULL
    )
    FOR UPDATE SKIP LOCKED
"""


async def lock_unsent(connection: Connection, *, event_id: UUID, invitation_id: UUID) -> Invitation | None:
    row = await connection.fetchrow(LOCK_UNSENT, event_id, invitation_id)
    return None if row is None else Invitation(row["id"], row["email"], row["email_key"])


#: The places one invitation tells of, as they are now: cancelled ones and those that moved to another address are out.
SELECT_PLACES: LiteralString = """
    SELECT registrations.id, registrations.name, registrations.ticket_type
    FROM invited_registrations
    JOIN registrations
        ON registrations.event_id = invited_registrations.event_id
        AND registrations.id = invited_registrations.registration_id
        AND registrations.email_key = invited_registrations.email_key
    WHERE invited_registrations.event_id = $1 AND invited_registrations.invitation_id = $2
      AND registrations.cancelled_at IS NULL
    ORDER BY registrations.name_key, registrations.id
"""


async def select_places(connection: Connection, *, event_id: UUID, invitation_id: UUID) -> list[InvitedPlace]:
    rows = await connection.fetch(SELECT_PLACES, event_id, invitation_id)
    return [InvitedPlace(row["id"], row["name"], row["ticket_type"]) for row in rows]


#: It was delivered; its link lives from now.
MARK_SENT: LiteralString = """
    UPDATE invitations SET sent_at = $3, expires_at = $4 WHERE event_id = $1 AND id = $2
"""


async def mark_sent(
    connection: Connection, *, event_id: UUID, invitation_id: UUID, now: datetime, expires_at: datetime
) -> None:
    await connection.execute(MARK_SENT, event_id, invitation_id, now, expires_at)


#: The mail server refused its address for good.
MARK_REFUSED: LiteralString = """
    UPDATE invitations SET refused_at = $3 WHERE event_id = $1 AND id = $2
"""


async def mark_refused(connection: Connection, *, event_id: UUID, invitation_id: UUID, now: datetime) -> None:
    await connection.execute(MARK_REFUSED, event_id, invitation_id, now)


#: The address of this registration, or all addresses, may be tried again.
FORGET_REFUSALS: LiteralString = """
    UPDATE invitations SET refused_at = NULL
    WHERE event_id = $1 AND refused_at IS NOT NULL AND (
        $2::uuid IS NULL OR email_key = (SELECT email_key FROM registrations WHERE event_id = $1 AND id = $2)
    )
    RETURNING id
"""


async def forget_refusals(connection: Connection, *, event_id: UUID, registration_id: UUID | None) -> bool:
    """Whether there were any."""
    return bool(await connection.fetch(FORGET_REFUSALS, event_id, registration_id))


#: Places that nobody could be told of, since their address is refused; by name.
SELECT_REFUSED: LiteralString = """
    SELECT registrations.id, registrations.name, registrations.ticket_type
    FROM registrations
    WHERE registrations.event_id = $1 AND registrations.cancelled_at IS NULL
      AND EXISTS (
          SELECT 1 FROM invitations
          WHERE invitations.event_id = $1 AND invitations.email_key = registrations.email_key
            AND invitations.refused_at IS NOT NULL
      )
      AND NOT EXISTS (
          SELECT 1 FROM invited_registrations
          JOIN invitations ON invitations.event_id = $1 AND invitations.id = invited_registrations.invitation_id
          WHERE invited_registrations.event_id = $1 AND invited_registrations.registration_id = registrations.id
            AND invited_registrations.email_key = registrations.email_key AND invitations.sent_at IS NOT NULL
      )
    ORDER BY registrations.name_key, registrations.id
"""


async def select_refused(connection: Connection, *, event_id: UUID) -> list[InvitedPlace]:
    rows = await connection.fetch(SELECT_REFUSED, event_id)
    return [InvitedPlace(row["id"], row["name"], row["ticket_type"]) for row in rows]


#: How many mails have left, how many places have no address, and whether the job of this key waits or runs (the table
#: is the queue's own).
COUNT_INVITATIONS: LiteralString = """
    SELECT (SELECT count(*) FROM invitations WHERE event_id = $1 AND sent_at IS NOT NULL) AS sent,
           (SELECT count(*) FROM registrations
            WHERE event_id = $1 AND email_key IS NULL AND cancelled_at IS NULL) AS without_address,
           EXISTS (SELECT FROM pgqueuer WHERE dedupe_key = $2 AND status IN ('queued', 'picked')) AS is_under_way
"""


async def count_invitations(
    connection: Connection, *, event_id: UUID, new: int, unsent: int, refused: int, job_key: str
) -> Forecast:
    """`new`, `unsent` and `refused` are counted by whoever asks."""
    row = one(await connection.fetchrow(COUNT_INVITATIONS, event_id, job_key))
    return Forecast(
        new=new, unsent=unsent, sent=row["sent"], without_address=row["without_address"],
        is_under_way=row["is_under_way"], refused=refused,
    )  # fmt: skip
