"""A demo event that is under way now, made by the same operations that real people use. Never on a real database."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from server.agenda import operations as agenda
from server.agenda.models import PromptState
from server.agenda.operations import PromptReference
from server.agenda.packs import keeping as packs
from server.agenda.packs.examples import examples
from server.badges.tokens import badge_secret, ticket_code
from server.db import Connection
from server.demo import queries
from server.demo.afterwards import make_what_came_of_it
from server.demo.attendees import attendee_list
from server.demo.models import Demo, DemoMeeting, DemoPerson, Place, read_demo, read_earlier
from server.desk import operations as desk
from server.doors import operations as doors
from server.doors.keepers import Keeper
from server.doors.models import CheckInDirection, DoorScan
from server.doors.places import operations as door_places
from server.encounters import operations as encounters
from server.encounters.models import Scan
from server.encounters.sharing import operations as sharing
from server.events import operations as events
from server.events.models import Event, day_starts_at
from server.ids import new_id
from server.imports import operations as imports
from server.limiter import Limiter
from server.people import operations as people
from server.people.models import ContactField
from server.promises import operations as promises
from server.registrations import operations as registrations
from server.secrets import Secrets
from server.swaps import operations as swaps
from server.swaps.models import Feeling
from server.swaps.operations import SwapReference


async def ensure_demo(connection: Connection, *, secrets: Secrets, now: datetime) -> None:
    """The demo event, made when there is none or when the last one is over, and once an earlier one at which some of
    its people met; all of it or nothing.

    Its people keep their accounts from one demo event to the next.
    """
    demo = read_demo()
    earlier, before = read_earlier()
    await queries.lock_demo(connection)
    try:
        # As of one moment, as some of the operations within read; that moment comes after the lock.
        async with connection.transaction(isolation="repeatable_read"):
            if await events.find_event_by_slug(connection, slug=earlier.slug) is None:
                await _Preparation(connection, earlier, secrets, now - before).make()
            await queries.delete_ended(connection, slug=demo.slug, now=now)
            if await events.find_event_by_slug(connection, slug=demo.slug) is None:
                await _Preparation(connection, demo, secrets, now).make()
    finally:
        await queries.unlock_demo(connection)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody of the demo at the event; `token` is what their badge's QR code holds."""

    person_id: UUID | None
    registration_id: UUID
    token: str = field(repr=False)

    def account(self) -> UUID:
        """Their account. Only those with an address meet others in the demo's story."""
        if self.person_id is None:
            raise LookupError("somebody without an address is said to have met another")
        return self.person_id


@dataclass(slots=True)
class _Preparation:
    """Makes one demo event. Every step is told the time at which it is meant to have happened."""

    connection: Connection
    demo: Demo
    secrets: Secrets
    now: datetime
    limiter: Limiter = field(default_factory=Limiter)

    async def make(self) -> None:
        event, organizer_id = await self._event()
        await self._packs(event, organizer_id)
        door_ids = {
            name: (await door_places.add_door(self.connection, event_id=event.id, name=name, now=event.starts_at)).id
            for name in self.demo.doors
        }
        places = await self._places(event, organizer_id)
        attendees: dict[str, Attendee] = {}
        for person in self.demo.people:
            attendees[person.id] = await self._attendee(event, person, places[person.id])
            await self._doors(event, person, attendees[person.id], door_ids, organizer_id)
        met: dict[frozenset[str], SwapReference] = {}
        for meeting in self.demo.meetings:
            met |= await self._meeting(event, meeting, attendees)
        await self._promises(event, attendees, met)
        await self._memories(attendees, met)
        people_ids = {name: each.person_id for name, each in attendees.items() if each.person_id is not None}
        await make_what_came_of_it(self.connection, self.demo, people_ids, met, now=self.now)

    def _at(self, event: Event, minutes: int) -> datetime:
        """So many minutes after the doors opened; drawn together when today is younger than the story."""
        return event.starts_at + (self.now - event.starts_at) * (minutes / self.demo.open_for)

    async def _event(self) -> tuple[Event, UUID]:
        """The event and its organizer. It opened today, where a day begins at four, so today's doors know everybody."""
        organizer_id = await people.find_or_make(
            self.connection, email=self.demo.organizer_email, name=self.demo.organizer_name, now=self.now
        )
        await people.allow_events(self.connection, email=self.demo.organizer_email, now=self.now)
        opened = self.now - timedelta(minutes=self.demo.open_for)
        event = await events.create_event(
            self.connection,
            owner_id=organizer_id,
            slug=self.demo.slug,
            title=self.demo.title,
            venue=self.demo.venue,
            starts_at=max(opened, day_starts_at(self.demo.timezone, self.now)),
            ends_at=opened + timedelta(hours=self.demo.hours),
            timezone=self.demo.timezone,
            evening_at=time(self.demo.evening_hour),
            scans_people_out=True,
            now=opened,
        )
        return event, organizer_id

    async def _packs(self, event: Event, organizer_id: UUID) -> None:
        """The theme of the day, in each language that comes along."""
        for example in examples():
            if example.theme == self.demo.theme:
                await packs.put_pack(
                    self.connection, event_id=event.id, content=example.content, key=new_id(), person_id=organizer_id,
                    now=event.starts_at,
                )  # fmt: skip

    async def _places(self, event: Event, helper_id: UUID) -> dict[str, Place]:
        """Everybody's registration: those with a ticket as an attendee list brings them in, the others at the desk."""
        await imports.import_attendees(
            self.connection,
            event_id=event.id,
            file=attendee_list(self.demo),
            skip_bad=False,
            secrets=self.secrets,
            now=event.starts_at,
        )
        walk_ins = {}
        for person in self.demo.people:
            if person.is_walk_in and person.arrives is not None:
                walk_in = await desk.register_walk_in(
                    self.connection,
                    event_id=event.id,
                    keeper=Keeper(person_id=helper_id),
                    name=person.name,
                    email=person.email,
                    key=new_id(),
                    secrets=self.secrets,
                    now=self._at(event, person.arrives),
                )
                walk_ins[walk_in.registration_id] = person.id
        found = await queries.select_places(self.connection, event_id=event.id)
        return {place.external_id or walk_ins[place.registration_id]: place for place in found}

    async def _attendee(self, event: Event, person: DemoPerson, place: Place) -> Attendee:
        """The person has signed in, taken their place and written their card; without an address they have not."""
        token = badge_secret(self.secrets, place.badge_id).token
        if person.email is None:
            return Attendee(None, place.registration_id, token)
        person_id = await people.find_or_make(self.connection, email=person.email, name=person.name, now=self.now)
        await registrations.claim(
            self.connection,
            event_id=event.id,
            registration_id=place.registration_id,
            person_id=person_id,
            now=event.starts_at,
        )
        await registrations.update_card(
            self.connection, event_id=event.id, person_id=person_id, card=person.draft(), now=event.starts_at
        )
        await registrations.set_goal(
            self.connection, event_id=event.id, person_id=person_id, people_to_meet=person.goal, now=event.starts_at
        )
        return Attendee(person_id, place.registration_id, token)

    async def _doors(
        self, event: Event, person: DemoPerson, attendee: Attendee, door_ids: dict[str, UUID], helper_id: UUID
    ) -> None:
        """In at their door at their minute, and out again if they left."""
        code = ticket_code(self.secrets, attendee.registration_id)
        for minutes, direction in ((person.arrives, CheckInDirection.IN), (person.leaves, CheckInDirection.OUT)):
            if minutes is None:
                continue
            at = self._at(event, minutes)
            scan = DoorScan(
                door_id=door_ids[person.door or self.demo.doors[0]],
                key=new_id(),
                code=code,
                registration_id=None,
                direction=direction,
                is_offline=False,
                scanned_at=at,
                sent_at=at,
            )
            await doors.check_in(
                self.connection, event_id=event.id, keeper=Keeper(person_id=helper_id), scan=scan, now=at
            )

    async def _meeting(
        self, event: Event, met: DemoMeeting, attendees: dict[str, Attendee]
    ) -> dict[frozenset[str], SwapReference]:
        """One scanned the other, and perhaps was scanned back half a minute later. The swap's id by the pair."""
        at = self._at(event, met.at)
        pairs = [(met.scanner, met.scanned, at)]
        if met.both:
            pairs.append((met.scanned, met.scanner, min(at + timedelta(seconds=30), self.now)))
        for scanner, scanned, instant in pairs:
            swap = await encounters.swap_badges(
                self.connection,
                person_id=attendees[scanner].account(),
                event_id=event.id,
                scan=Scan(badge=attendees[scanned].token, key=new_id(), scanned_at=instant, sent_at=instant),
                limiter=self.limiter,
                now=instant,
            )
        for who in (met.scanner, met.scanned) if met.shared else ():
            await sharing.share_back(
                self.connection,
                person_id=attendees[who].account(),
                swap=SwapReference(event_id=event.id, swap_id=swap.id),
                fields=frozenset({ContactField.EMAIL}),
                now=at,
            )
        return {frozenset({met.scanner, met.scanned}): SwapReference(event_id=event.id, swap_id=swap.id)}

    async def _promises(
        self, event: Event, attendees: dict[str, Attendee], met: dict[frozenset[str], SwapReference]
    ) -> None:
        for promise in self.demo.promises:
            made = await promises.make_promise(
                self.connection,
                person_id=attendees[promise.by].account(),
                swap=met[frozenset({promise.by, promise.to})],
                kind=promise.kind,
                text=promise.text,
                due_on=None if promise.due is None else event.day_of(self.now) + timedelta(days=promise.due),
                key=None,
                now=self.now,
            )
            if promise.is_kept:
                await promises.keep_promise(
                    self.connection,
                    person_id=attendees[promise.by].account(),
                    event_id=event.id,
                    promise=made.id,
                    now=self.now,
                )

    async def _memories(self, attendees: dict[str, Attendee], met: dict[frozenset[str], SwapReference]) -> None:
        """What some learned, written on their first prompt, and who would talk again."""
        for insight in self.demo.insights:
            person_id = attendees[insight.by].account()
            swap = met[frozenset({insight.by, insight.about})]
            side = await swaps.locate(self.connection, person_id=person_id, swap=swap)
            first = (await agenda.read_agendas(self.connection, sides=[side]))[side][0]
            await agenda.mark_prompt(
                self.connection,
                person_id=person_id,
                prompt=PromptReference(event_id=first.event_id, prompt_id=first.id),
                state=PromptState.ASKED,
                insight=insight.words,
                now=self.now,
            )
        for pair in self.demo.again:
            for who in pair:
                await swaps.feel(
                    self.connection,
                    person_id=attendees[who].account(),
                    swap=met[frozenset(pair)],
                    feeling=Feeling.TALK_AGAIN,
                    felt=True,
                    now=self.now,
                )
