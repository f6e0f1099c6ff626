"""Every statement about people."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection, one
from server.people.models import Contact, ContactField, Person, Sharing, Weekday

#: The person at this address, made when there is none. An address is compared lower-cased.
UPSERT_PERSON: LiteralString = """
    INSERT INTO people (id, email, email_key, name, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT ON CONSTRAINT people_one_per_address
        DO UPDATE SET name = CASE WHEN people.name = '' THEN EXCLUDED.name ELSE people.name END
    RETURNING id
"""


async def upsert_person(
    connection: Connection, *, new_id: UUID, email: str, email_key: str, name: str, now: datetime
) -> UUID:
    row = one(await connection.fetchrow(UPSERT_PERSON, new_id, email, email_key, name, now))
    found: UUID = row["id"]
    return found


#: One account, whole.
SELECT_PERSON: LiteralString = """
    SELECT id, email, name, locale, timezone, contact_email, contact_phone, contact_links,
           shares_always, shares_fields, may_be_asked, may_create_events, review_weekday, review_at,
           quiet_since IS NOT NULL AS is_quiet, evening_limit
    FROM people
    WHERE id = $1
"""


async def select_person(connection: Connection, *, person_id: UUID) -> Person | None:
    row = await connection.fetchrow(SELECT_PERSON, person_id)
    return None if row is None else _person(row)


#: The account's name; with $3 in place of another, else only where there is none.
UPDATE_NAME: LiteralString = """
    UPDATE people SET name = $2 WHERE id = $1 AND (name = '' OR $3)
"""


async def update_name(connection: Connection, *, person_id: UUID, name: str, replace: bool) -> None:
    await connection.execute(UPDATE_NAME, person_id, name, replace)


#: Language and time zone; null leaves one as it is. In another zone the next review comes at another instant.
UPDATE_SETTINGS: LiteralString = """
    UPDATE people
    SET locale = COALESCE($2, locale), timezone = COALESCE($3, timezone),
        review_due_at = CASE WHEN timezone = COALESCE($3, timezone) THEN review_due_at END
    WHERE id = $1
"""


async def update_settings(connection: Connection, *, person_id: UUID, locale: str | None, timezone: str | None) -> None:
    await connection.execute(UPDATE_SETTINGS, person_id, locale, timezone)


#: The hour of the week for the review; when the next one comes is reckoned anew.
UPDATE_REVIEW_TIME: LiteralString = """
    UPDATE people SET review_weekday = $2, review_at = COALESCE($3, review_at), review_due_at = NULL WHERE id = $1
"""


async def update_review_time(
    connection: Connection, *, person_id: UUID, weekday: Weekday | None, at: time | None
) -> None:
    await connection.execute(UPDATE_REVIEW_TIME, person_id, weekday, at)


#: Since when others are not reminded of the person; null where they may be. Asked for again, it stays as it was.
UPDATE_QUIET: LiteralString = """
    UPDATE people SET quiet_since = CASE WHEN $2 THEN COALESCE(quiet_since, $3) END WHERE id = $1
"""


async def update_quiet(connection: Connection, *, person_id: UUID, is_quiet: bool, now: datetime) -> None:
    await connection.execute(UPDATE_QUIET, person_id, is_quiet, now)


#: What the person lets others have, and how they are reached.
UPDATE_CONTACT: LiteralString = """
    UPDATE people SET contact_email = $2, contact_phone = $3, contact_links = $4 WHERE id = $1
"""


async def update_contact(connection: Connection, *, person_id: UUID, contact: Contact) -> None:
    await connection.execute(UPDATE_CONTACT, person_id, contact.email, contact.phone, list(contact.links))


#: What was chosen last is what the next choice begins with. A standing choice is left as it was made.
REMEMBER_FIELDS: LiteralString = """
    UPDATE people SET shares_fields = $2 WHERE id = $1 AND NOT shares_always AND shares_fields <> $2
"""


async def remember_fields(connection: Connection, *, person_id: UUID, fields: Collection[ContactField]) -> None:
    await connection.execute(REMEMBER_FIELDS, person_id, sorted(fields))


#: The standing choice.
UPDATE_SHARING: LiteralString = """
    UPDATE people SET shares_always = $2, shares_fields = $3 WHERE id = $1
"""


async def update_sharing(connection: Connection, *, person_id: UUID, sharing: Sharing) -> None:
    await connection.execute(UPDATE_SHARING, person_id, sharing.always, sorted(sharing.fields))


#: How much of an evening the person wants.
UPDATE_EVENING_LIMIT: LiteralString = """
    UPDATE people SET evening_limit = $2 WHERE id = $1
"""


async def update_evening_limit(connection: Connection, *, person_id: UUID, limit: int) -> None:
    await connection.execute(UPDATE_EVENING_LIMIT, person_id, limit)


#: The right to create events, given by the host of the server.
GRANT_EVENTS: LiteralString = """
    UPDATE people SET may_create_events = true WHERE id = $1
"""


async def grant_events(connection: Connection, *, person_id: UUID) -> None:
    await connection.execute(GRANT_EVENTS, person_id)


def _person(row: Any) -> Person:
    return Person(
        id=row["id"],
        email=row["email"],
        name=row["name"],
        locale=row["locale"],
        timezone=row["timezone"],
        contact=Contact(row["contact_email"], row["contact_phone"], tuple(row["contact_links"])),
        sharing=Sharing(row["shares_always"], frozenset(map(ContactField, row["shares_fields"]))),
        may_create_events=row["may_create_events"],
        may_be_asked=row["may_be_asked"],
        review_weekday=None if row["review_weekday"] is None else Weekday(row["review_weekday"]),
        review_at=row["review_at"],
        is_quiet=row["is_quiet"],
        evening_limit=row["evening_limit"],
    )
