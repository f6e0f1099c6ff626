"""Creating an event, copying the last one, and changing its settings. Never touches people, scans or attendance."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server.agenda.library import languages, languages_of
from server.agenda.packs.errors import PackNotValid
from server.agenda.packs.keeping import packs_of, put_pack
from server.db import Connection
from server.doors.keepers import Keeper
from server.doors.operations import topic_of
from server.doors.places import operations as doors
from server.errors import InputNotValid
from server.events import operations as events
from server.events.checking import SANE_YEARS, checked, slugs_for
from server.events.errors import MadeBefore, SlugTaken
from server.events.models import ORGANIZERS, Event, Made
from server.ids import new_id
from server.live import wake
from server.organizing import queries
from server.organizing.errors import ChangedMeanwhile, MayNotCreateEvents, TooLateToChange
from server.organizing.models import Happened, Settings

#: How long an event lasts when nobody says so, in hours by the clock of its zone.
USUAL_LENGTH = timedelta(hours=8)
USUAL_EVENING = time(19)
#: What the door is called that every event begins with.
FIRST_DOOR = "Entrance"
#: Titles are shared by many events; past this, one has to choose a word of one's own.
MOST_SLUGS_TRIED = 100


async def create_event(
    connection: Connection,
    *,
    person_id: UUID,
    title: str,
    starts_at: datetime,
    timezone: str,
    settings: Settings,
    key: UUID,
    now: datetime,
) -> Event:
    """A new event that belongs to this person, with one door; the same key again answers the same event.

    What `settings` leaves out is: eight hours, no limit of places, an evening list at seven, check-in with tickets,
    everything asked on cards, every language there is, kept ninety days. Raises `MayNotCreateEvents`,
    `InputNotValid`, `SlugTaken` and `KeyReused`.
    """
    await _require_right(connection, person_id)
    made = Made(person_id, key, _hash_of("create", title, starts_at, timezone, *_written(settings)))
    before = await events.find_made(connection, made=made)
    if before is not None:
        return before
    planned = Event(
        new_id(), "", title, None, starts_at, _later(starts_at, USUAL_LENGTH, timezone), timezone, USUAL_EVENING,
        uses_check_in=True, scans_people_out=False,
    )  # fmt: skip
    planned = await _settled(connection, planned, settings, person_id)
    async with connection.transaction():
        event = await _keep(connection, planned, made, now=now)
        if event.id == planned.id:
            await doors.add_door(connection, event_id=event.id, name=FIRST_DOOR, now=now)
    return event


async def copy_event(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    starts_at: datetime,
    title: str | None,
    key: UUID,
    now: datetime,
) -> Event:
    """The next edition of an event: its settings, doors, packs and team at another time, and `continues_id` set.

    Nobody's place, card, scan or attendance is copied. Whoever copies owns the copy. Raises as `create_event` does,
    and `NotAllowed` and `NotFound` for the event.
    """
    await events.require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await _require_right(connection, person_id)
    made = Made(person_id, key, _hash_of("copy", event_id, starts_at, title))
    before = await events.find_made(connection, made=made)
    if before is not None:
        return before
    last = await events.find_event(connection, event_id=event_id)
    zone = ZoneInfo(last.timezone)
    length = last.ends_at.astimezone(zone).replace(tzinfo=None) - last.starts_at.astimezone(zone).replace(tzinfo=None)
    planned = replace(
        last, id=new_id(), slug="", title=title or last.title, starts_at=starts_at,
        ends_at=_later(starts_at, length, last.timezone), continues_id=last.id,
    )  # fmt: skip
    async with connection.transaction():
        event = await _keep(connection, planned, made, now=now)
        if event.id == planned.id:
            await _take_along(connection, last, event, person_id, now=now)
    return event


async def update_event(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    settings: Settings,
    now: datetime,
    seen: Settings | None = None,
) -> Event:
    """The event with these settings, for its organizers; done twice it is the same. Places above a new limit stay.

    `seen` is what whoever asks last saw of what they change, where they say so. Raises `NotAllowed`, `NotFound`,
    `InputNotValid`, `SlugTaken`, `ChangedMeanwhile` where somebody else has changed that since, and `TooLateToChange`
    for what would harm what has happened.
    """
    await events.require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    async with connection.transaction():
        held = await events.hold_event(connection, event_id=event_id)
        changed = checked(await _settled(connection, held, settings, person_id))
        _refuse_overwriting(held, changed, seen or {})
        happened = await queries.select_happened(connection, event_id=event_id)
        if changed.retention_days != held.retention_days or changed.ends_at != held.ends_at:
            _refuse_forgetting_at_once(changed, now)
            _refuse_ending_before_now(held, changed, happened, now)
        changed = await events.change_event(connection, event=changed)
        _refuse_harm(held, changed, happened)
        await wake(connection, topic_of(event_id))
    return changed


async def _require_right(connection: Connection, person_id: UUID) -> None:
    if not await queries.select_may_create(connection, person_id=person_id):
        raise MayNotCreateEvents


async def _settled(connection: Connection, event: Event, settings: Settings, person_id: UUID) -> Event:
    """The event with these settings. Raises `InputNotValid`, and `NotAllowed` or `NotFound` for what it continues."""
    unknown = sorted(set(settings.get("languages", ())) - languages())
    if unknown:
        known = ", ".join(sorted(languages()))
        raise InputNotValid("languages", f"There are no questions in that language yet. Choose among: {known}.")
    before = settings.get("continues_id")
    if before == event.id:
        raise InputNotValid("continues", "An event cannot continue itself.")
    if before is not None and before != event.continues_id:
        await events.require_role(connection, event_id=before, person_id=person_id, allowed=ORGANIZERS)
    return replace(event, **settings)


async def _keep(connection: Connection, planned: Event, made: Made, *, now: datetime) -> Event:
    """The new event under its own slug, else under the first free one made from its title; or the one that the same key
    made at this very moment.
    """
    tries: Iterator[str] = iter([planned.slug]) if planned.slug else slugs_for(planned.title)
    for _, slug in zip(range(MOST_SLUGS_TRIED), tries, strict=False):
        try:
            return await events.keep_event(connection, event=replace(planned, slug=slug), made=made, now=now)
        except SlugTaken:
            continue
        except MadeBefore:
            before = await events.find_made(connection, made=made)
            if before is None:
                raise
            return before
    # The slug may have been taken by the same key, sent twice at this very moment.
    before = await events.find_made(connection, made=made)
    if before is None:
        raise SlugTaken
    return before


async def _take_along(connection: Connection, last: Event, event: Event, person_id: UUID, *, now: datetime) -> None:
    keeper = Keeper(person_id=person_id)
    for door in await doors.list_doors(connection, event_id=last.id, keeper=keeper, now=now):
        await doors.add_door(connection, event_id=event.id, name=door.name, now=now)
    for pack in await packs_of(connection, event_id=last.id):
        try:
            await put_pack(
                connection, event_id=event.id, content=pack.content, key=new_id(), is_on=pack.is_on,
                person_id=person_id, now=now,
            )  # fmt: skip
        except PackNotValid:
            continue  # a pack that can no longer be read asks nobody anything in the last event either
    await queries.copy_team(connection, event_id=last.id, to=event.id, owner_id=person_id, now=now)


def _refuse_overwriting(held: Event, changed: Event, seen: Settings) -> None:
    """What is already as it shall be overwrites nothing: a change that is sent again is none."""
    before = replace(held, **seen)
    for name in seen:
        if _said(held, name) not in (_said(before, name), _said(changed, name)):
            first, *more = name.removesuffix("_id").split("_")
            raise ChangedMeanwhile(first + "".join(map(str.title, more)))


def _said(event: Event, name: str) -> object:
    """What is told of an event under that name: of languages those that people are asked in."""
    return languages_of(event) if name == "languages" else getattr(event, name)


def _refuse_harm(held: Event, changed: Event, happened: Happened) -> None:
    if happened.days and changed.timezone != held.timezone:
        raise TooLateToChange("timezone", "People have come or met already, so the days of this event keep their zone.")
    lost = (set(happened.days) & set(held.days())) - set(changed.days())
    if lost:
        day = f"{min(lost):%-d %B %Y}"
        raise TooLateToChange(
            "startsAt", f"People came or met on {day}. Choose times that keep that day within the event."
        )
    if changed.slug != held.slug and happened.is_invited:
        raise TooLateToChange("slug", "Invitations have left already, so the address of this event stays as it is.")
    if changed.slug != held.slug and happened.has_programs:
        raise TooLateToChange(
            "slug",
            "Another program brings attendees in at this address and would be refused. Revoke its key under Import "
            "first, or keep the address.",
        )


def _refuse_ending_before_now(held: Event, changed: Event, happened: Happened, now: datetime) -> None:
    """What is told of a room only afterwards, once, may not be had while people are still in it.

    Whoever came or met has begun the event, also where its start was moved to later since.
    """
    if (held.starts_at <= now or happened.days) and changed.ends_at < min(held.ends_at, now):
        raise TooLateToChange(
            "endsAt",
            "The event has begun, so its end cannot be moved into the past: how connected the room was is told only "
            "after it. Choose a time from now on.",
        )


def _refuse_forgetting_at_once(changed: Event, now: datetime) -> None:
    if now >= changed.ends_at + timedelta(days=changed.retention_days):
        over = (now - changed.ends_at).days
        raise TooLateToChange(
            "retentionDays",
            f"With that, what was kept for this event would go at once: it would have ended {over} days ago. "
            "Keep it longer, or ask the host of the server to let go of it now.",
        )


def _later(starts_at: datetime, length: timedelta, timezone: str) -> datetime:
    """So much later by the clock on the wall, which a night in March or October may shift. Raises `InputNotValid`."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputNotValid("timezone", "Use a time zone such as Europe/Lisbon.") from error
    if starts_at.year not in SANE_YEARS:
        raise InputNotValid("startsAt", "Check the year of that date.")
    local = starts_at.astimezone(zone).replace(tzinfo=None) + length
    return max(local.replace(tzinfo=zone), starts_at + timedelta(minutes=1)).astimezone(starts_at.tzinfo)


def _written(settings: Settings) -> list[tuple[str, object]]:
    """The settings in an order of their own, so that they are told from others by a hash."""
    return sorted((name, sorted(value) if isinstance(value, frozenset) else value) for name, value in settings.items())


def _hash_of(*parts: object) -> bytes:
    return sha256(repr(parts).encode()).digest()
