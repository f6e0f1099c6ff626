"""Accounts: made at the first sign-in, changed by their owner alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.ids import new_id
from server.people import queries
from server.people.addresses import address_key, is_address
from server.people.contacts import clean_contact
from server.people.models import LONGEST_EVENING, ContactField, Person, Sharing, Weekday

#: The languages that people can choose: those there are questions in. The app's own words are English so far.
LOCALES = ("en", "de", "pt")


async def find_person(connection: Connection, *, person_id: UUID) -> Person:
    """The account, for its owner's eyes. Raises `NotFound` when it has been erased."""
    person = await queries.select_person(connection, person_id=person_id)
    if person is None:
        raise NotFound
    return person


async def find_or_make(connection: Connection, *, email: str, now: datetime, name: str = "") -> UUID:
    """The account at this address, made when there is none. `name` counts only while the account has none."""
    return await queries.upsert_person(
        connection, new_id=new_id(), email=email, email_key=address_key(email), name=name, now=now
    )


async def take_name(connection: Connection, *, person_id: UUID, name: str, replace: bool) -> None:
    """Let the account go by the name of a ticket (only while it has none) or of a card its owner wrote (`replace`)."""
    await queries.update_name(connection, person_id=person_id, name=name, replace=replace)


async def update_contact(
    connection: Connection, *, person_id: UUID, email: str | None, phone: str | None, links: Sequence[str]
) -> None:
    """Keep these contact details in place of the old ones. Raises `InputNotValid`."""
    contact = clean_contact(email=email, phone=phone, links=links)
    await queries.update_contact(connection, person_id=person_id, contact=contact)


async def set_sharing(connection: Connection, *, person_id: UUID, always: bool, fields: Iterable[ContactField]) -> None:
    """Keep the standing choice: whether meeting me both ways is enough for my contact, and which fields it opens."""
    await queries.update_sharing(connection, person_id=person_id, sharing=Sharing(always, frozenset(fields)))


async def remember_fields(connection: Connection, *, person_id: UUID, fields: Iterable[ContactField]) -> None:
    """Let the next choice begin with these contact fields. Whoever made a standing choice keeps it as it is."""
    await queries.remember_fields(connection, person_id=person_id, fields=frozenset(fields))


async def update_settings(connection: Connection, *, person_id: UUID, locale: str | None, timezone: str | None) -> None:
    """Change language and time zone; None leaves one as it is. Raises `InputNotValid`."""
    if locale is not None and locale not in LOCALES:
        raise InputNotValid("locale", "There are no questions in that language yet. Choose one of: en, de, pt.")
    if timezone is not None and timezone not in _timezones():
        raise InputNotValid("timezone", "Use a time zone such as Europe/Lisbon.")
    await queries.update_settings(connection, person_id=person_id, locale=locale, timezone=timezone)


async def set_review_time(connection: Connection, *, person_id: UUID, weekday: Weekday | None, at: time | None) -> None:
    """Keep the hour of the week for the review, by the clocks of the person's zone; without `weekday` there is none.

    `at` left out stays as it was. Raises `InputNotValid` for an hour with seconds or a zone of its own.
    """
    if at is not None and (at.second or at.microsecond or at.tzinfo):
        raise InputNotValid("at", "Use an hour such as 16:00.")
    await queries.update_review_time(connection, person_id=person_id, weekday=weekday, at=at)


async def set_quiet(connection: Connection, *, person_id: UUID, is_quiet: bool, now: datetime) -> None:
    """Let nobody be reminded of this person by the app, or let them again. Nobody is told of it."""
    await queries.update_quiet(connection, person_id=person_id, is_quiet=is_quiet, now=now)


async def set_evening_limit(connection: Connection, *, person_id: UUID, limit: int) -> None:
    """Keep how many suggestions the person's evenings hold at most, from the next one that they open.

    Raises `InputNotValid` for anything but one to five.
    """
    if not 1 <= limit <= LONGEST_EVENING:
        raise InputNotValid("limit", "Choose between one and five.")
    await queries.update_evening_limit(connection, person_id=person_id, limit=limit)


async def allow_events(connection: Connection, *, email: str, now: datetime) -> UUID:
    """Give whoever owns this address the right to create events; their account is made when there is none.

    Raises `InputNotValid`.
    """
    if not is_address(email.strip()):
        raise InputNotValid("email", "That does not look like a mail address. Check it and try again.")
    async with connection.transaction():
        person_id = await find_or_make(connection, email=email.strip(), now=now)
        await queries.grant_events(connection, person_id=person_id)
    return person_id


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())
