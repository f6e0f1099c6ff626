"""The words of every mail, in one place. Plain text, no pictures, no links but our own.

Secrets stand behind the # of a link: what follows it is never sent to a server, so no log and no referrer has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import dedent
from uuid import UUID
from zoneinfo import ZoneInfo

from server.events.models import Event
from server.notifications.models import Letter


@dataclass(frozen=True, slots=True)
class InvitedTicket:
    """One ticket as its mail tells of it."""

    name: str = field(repr=False)
    type: str | None
    code: str = field(repr=False)


def sign_in_letter(*, to: str, code: str, attempt: str, message_id: UUID, public_url: str) -> Letter:
    """The code for one attempt. It is in the subject too, so that it can be read from a lock screen."""
    spaced = f"{code[:3]} {code[3:]}"
    text = f"""\
        Your code is {spaced}

        Type it where you asked for it. It works once, within ten minutes. If you
        asked more than once, only the newest code counts.

        You can also open this link and press the button there:
        {public_url}/sign-in#attempt={attempt}&code={code}

        If it was not you who asked, leave this mail alone: without the code nobody
        gets in, and nothing has changed. Please don't give the code to anybody.
        Nobody from Handsel or from an event will ask you for it.
        """
    return Letter(
        to=to, subject=f"{spaced} is your Handsel code", text=dedent(text), message_id=f"sign-in.{message_id}"
    )


def invitation_letter(
    *,
    to: str,
    event: Event,
    tickets: Sequence[InvitedTicket],
    code: str,
    until: datetime,
    invitation_id: UUID,
    public_url: str,
) -> Letter:
    """The personal link and the tickets that came to one address. `until` is the last moment the link works."""
    title = " ".join(event.title.split())
    several = len(tickets) > 1
    lines = [
        f"You have a place at {title}." if not several else f"{len(tickets)} places at {title} came to your address.",
        "",
        _when_and_where(event),
        "",
        "Your ticket for the door:" if not several else "The tickets for the door:",
        "",
        *(f"    {ticket_line(each)}" for each in tickets),
        "",
        "Handsel goes with you through the day. It holds your ticket and your badge",
        "as codes to scan, and offers a good question about each person you meet.",
        "Open it here:",
        f"{public_url}/invite#code={code}",
        "",
    ]
    if several:
        lines += ["It asks which of the tickets is yours. The others stay as they are.", ""]
    lines += [
        f"The link signs you in, once, until {_day(until, event)}. It is yours alone,",
        "so please don't pass it on. Afterwards, sign in with this address at",
        f"{public_url}",
        "",
        "You get this mail once, because the organizers of the event have this",
        "address on their list. If you know nothing of it, leave it alone.",
        "",
    ]
    return Letter(
        to=to,
        subject=f"Your place at {title}" if not several else f"Your {len(tickets)} places at {title}",
        text="\n".join(lines),
        message_id=f"invitation.{invitation_id}",
    )


def report_letter(*, to: str, event: Event, of: UUID, reader_id: UUID, public_url: str) -> Letter:
    """That reports wait to be read. No name and no word of them: mail is read on lock screens and forwarded."""
    title = " ".join(event.title.split())
    text = f"""\
        Somebody at {title} asked its organizers for help with another person.

        What they wrote waits for you here:
        {public_url}/organize/{event.slug}/reports

        It is not in this mail, so that nobody else comes to read it. The same mail
        went to the other organizers; agree on who answers, then mark it as settled.
        """
    return Letter(to=to, subject=f"A report waits at {title}", text=dedent(text), message_id=f"report.{of}.{reader_id}")


def ticket_line(ticket: InvitedTicket) -> str:
    """Name, kind and code, the code in two halves: the door reads it with or without the space."""
    half = len(ticket.code) // 2
    kind = f", {ticket.type}" if ticket.type else ""
    return f"{ticket.name}{kind}: {ticket.code[:half]} {ticket.code[half:]}"


def _when_and_where(event: Event) -> str:
    starts = event.starts_at.astimezone(ZoneInfo(event.timezone))
    venue = f", {' '.join(event.venue.split())}" if event.venue else ""
    return f"{_day(event.starts_at, event)}, {starts:%H:%M} ({event.timezone}){venue}"


def _day(instant: datetime, event: Event) -> str:
    """A day in words by the event's own clock, such as Thursday 22 April 2027."""
    local = instant.astimezone(ZoneInfo(event.timezone))
    return f"{local:%A} {local.day} {local:%B %Y}"
