"""The demo event as its file tells it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from server.promises.models import PromiseKind
from server.registrations.cards import CardDraft

_FILE = Path(__file__).parent / "people.toml"
_CARD_FIELDS = ("pronouns", "up_to", "seeking", "offering", "ask_me_about", "good_introduction")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody invented. Minutes count from when the doors opened; `arrives` is None for who never came."""

    id: str
    name: str
    email: str | None
    ticket: str
    card: dict[str, str | None]
    new_here: bool
    returning: bool
    between_things: bool
    is_open: bool
    goal: int | None
    door: str | None
    arrives: int | None
    leaves: int | None
    is_walk_in: bool

    def draft(self) -> CardDraft:
        """Their card as they would write it."""
        return CardDraft(
            name=self.name,
            pronouns=self.card["pronouns"],
            up_to=self.card["up_to"],
            seeking=self.card["seeking"],
            offering=self.card["offering"],
            ask_me_about=self.card["ask_me_about"],
            good_introduction=self.card["good_introduction"],
            new_here=self.new_here,
            returning=self.returning,
            between_things=self.between_things,
            open_to_event=self.is_open,
            open_to_introductions=self.is_open,
        )


@dataclass(frozen=True, slots=True)
class DemoMeeting:
    """One scanned the other, `at` so many minutes; perhaps the other scanned back, and both offered their mail."""

    scanner: str
    scanned: str
    at: int
    both: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class DemoPromise:
    """What one promised another; due so many days after today."""

    by: str
    to: str
    kind: PromiseKind
    text: str
    due: int | None
    is_kept: bool


@dataclass(frozen=True, slots=True)
class DemoInsight:
    """What one learned from another."""

    by: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class DemoNeed:
    """What one noted that another needs."""

    by: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class DemoIntroduction:
    """Two that a third would introduce to each other; the first perhaps said yes already."""

    by: str
    first: str
    second: str
    reason: str
    first_says_yes: bool


@dataclass(frozen=True, slots=True)
class DemoOneToOne:
    """One asks another to talk for twenty minutes."""

    by: str
    to: str
    place: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands; `external_id` is None for who came without a ticket."""

    external_id: str | None
    registration_id: UUID
    badge_id: UUID


@dataclass(frozen=True, slots=True)
class Demo:
    """The whole of it. `theme` is that of its packs of prompts, `open_for` how many minutes ago the doors opened, and
    `hours` how long the event lasts.
    """

    slug: str
    title: str
    venue: str
    timezone: str
    doors: tuple[str, ...]
    theme: str
    open_for: int
    hours: int
    evening_hour: int
    organizer_name: str
    organizer_email: str
    people: tuple[DemoPerson, ...]
    meetings: tuple[DemoMeeting, ...]
    promises: tuple[DemoPromise, ...]
    insights: tuple[DemoInsight, ...]
    again: tuple[tuple[str, str], ...]
    needs: tuple[DemoNeed, ...]
    introductions: tuple[DemoIntroduction, ...]
    one_to_ones: tuple[DemoOneToOne, ...]


@cache
def read_earlier() -> tuple[Demo, timedelta]:
    """An event that some of the demo's people met at long before, and how long before."""
    told = _told()["earlier"]
    there = {name for met in told["met"] for name in met["pair"]}
    earlier = replace(
        read_demo(),
        slug=told["slug"],
        title=told["title"],
        venue=told["venue"],
        people=tuple(person for person in read_demo().people if person.id in there),
        meetings=tuple(
            DemoMeeting(met["pair"][0], met["pair"][1], met["at"], both=True, shared=True) for met in told["met"]
        ),
        insights=_insights(told),
        promises=(),
        again=(),
        needs=(),
        introductions=(),
        one_to_ones=(),
    )
    return earlier, timedelta(days=told["days_ago"])


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _insights(told: Mapping[str, Any]) -> tuple[DemoInsight, ...]:
    return tuple(DemoInsight(each["by"], each["from"], each["words"]) for each in told["learned"])


@cache
def read_demo() -> Demo:
    """The demo event of `people.toml`."""
    told = _told()
    event, organizer = told["event"], told["organizer"]
    return Demo(
        slug=event["slug"],
        title=event["title"],
        venue=event["venue"],
        timezone=event["timezone"],
        doors=tuple(event["doors"]),
        theme=event["theme"],
        open_for=event["open_for"],
        hours=event["hours"],
        evening_hour=event["evening_hour"],
        organizer_name=organizer["name"],
        organizer_email=organizer["email"],
        people=tuple(
            DemoPerson(
                id=person["id"],
                name=person["name"],
                email=person.get("email"),
                ticket=person.get("ticket", event["ticket_types"][0]),
                card={field: person.get(field) for field in _CARD_FIELDS},
                new_here=person.get("new_here", False),
                returning=person.get("returning", False),
                between_things=person.get("between_things", False),
                is_open=person.get("open", True),
                goal=person.get("goal"),
                door=person.get("door"),
                arrives=None if person.get("no_show") else person["arrives"],
                leaves=person.get("leaves"),
                is_walk_in=person.get("walk_in", False),
            )
            for person in told["people"]
        ),
        meetings=tuple(
            DemoMeeting(met["pair"][0], met["pair"][1], met["at"], met["both"], met.get("shared", False))
            for met in told["met"]
        ),
        promises=tuple(
            DemoPromise(
                each["by"],
                each["to"],
                PromiseKind(each["kind"]),
                each["text"],
                each.get("due"),
                each.get("kept", False),
            )
            for each in told["promises"]
        ),
        insights=_insights(told),
        again=tuple((each["pair"][0], each["pair"][1]) for each in told["again"]),
        needs=tuple(DemoNeed(each["by"], each["about"], each["words"]) for each in told["needs"]),
        introductions=tuple(
            DemoIntroduction(each["by"], each["first"], each["second"], each["reason"], each.get("yes", False))
            for each in told["introductions"]
        ),
        one_to_ones=tuple(DemoOneToOne(each["by"], each["to"], each["place"]) for each in told["one_to_ones"]),
    )
