"""The calendar file of a 1-2-1, read back by two parsers that know nothing of each other."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from server.meetings.calendar_file import CalendarFile, Entry, calendar_file
from tests.encounters.documents import WITHDRAW
from tests.front_door import FrontDoor
from tests.meetings.pair import ACCEPT, CANCEL, GONE, MEETINGS, SUGGEST, Couple

LINK = "https://handsel.example/meetings"
ENTRY = Entry(
    meeting_id=UUID(int=7),
    sequence=1,
    starts_at=datetime(2027, 4, 26, 14, 0, tzinfo=UTC),
    minutes=20,
    zone="America/New_York",
    title="1-2-1 with Ana Silva",
    about="Your questions for this talk wait in Handsel.",
    place="The bench by the river",
    link=LINK,
    changed_at=datetime(2027, 4, 22, 9, 0, tzinfo=UTC),
    is_cancelled=False,
)
#: Whatever people could write into a name or a place.
ILL = "a\r\nATTENDEE:mailto:eve@example.org\nEND:VEVENT\u2028BEGIN:VEVENT\x0b;,\\\"'\x00:é日本🙂" * 3


def first_parser(file: CalendarFile) -> Any:
    return vobject.readOne(file.content)


def second_parser(file: CalendarFile) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(file.content)


def read(content: str) -> dict[str, Any]:
    """What both parsers say, which must be the same."""
    file = CalendarFile("", content)
    one, other = first_parser(file), second_parser(file)
    assert len(one.contents["vevent"]) == len(other.events) == 1
    event, same = one.vevent, other.events[0]
    assert event.dtstart.value == same.dtstart
    assert event.dtend.value == same.dtend
    assert event.uid.value == same.uid
    assert int(event.sequence.value) == same.sequence
    assert event.summary.value == same.summary
    assert event.status.value == same.status
    return {
        "method": one.method.value,
        "uid": same.uid,
        "sequence": same.sequence,
        "starts": same.dtstart,
        "ends": same.dtend,
        "status": same.status,
        "summary": same.summary,
        "place": same.location,
    }


def test_both_parsers_read_the_time_on_the_readers_own_clock() -> None:
    file = calendar_file(ENTRY)

    told = read(file.content)

    assert file.name == "1-2-1-2027-04-26.ics"
    assert (told["method"], told["status"]) == ("PUBLISH", "CONFIRMED")
    assert told["starts"] == ENTRY.starts_at
    assert told["starts"].replace(tzinfo=None) == datetime(2027, 4, 26, 10, 0)  # noqa: DTZ001 - as a clock shows it
    assert told["ends"] - told["starts"] == timedelta(minutes=20)
    assert (told["summary"], told["place"]) == ("1-2-1 with Ana Silva", "The bench by the river")
    assert "DTSTART;TZID=America/New_York:20270426T100000" in file.content
    assert file.content.index("BEGIN:VTIMEZONE") < file.content.index("BEGIN:VEVENT")


def test_the_zone_in_the_file_changes_its_clocks_when_the_readers_do() -> None:
    zone = first_parser(calendar_file(ENTRY)).vtimezone.tzinfo

    for month in range(1, 13):
        noon = datetime(2027, month, 15, 12, 0)  # noqa: DTZ001 - as a clock shows it
        assert zone.utcoffset(noon) == noon.replace(tzinfo=ZoneInfo("America/New_York")).utcoffset()


@pytest.mark.parametrize(("month", "day", "hour"), [(10, 31, 0), (10, 31, 1), (3, 28, 0)])
@pytest.mark.parametrize("minute", [0, 50])
def test_a_talk_across_a_change_of_the_clocks_keeps_its_time_and_its_length(
    month: int, day: int, hour: int, minute: int
) -> None:
    """In Lisbon the clocks change at one in UTC: in October they show the hour from one to two twice."""
    starts_at = datetime(2027, month, day, hour, minute, tzinfo=UTC)

    told = read(calendar_file(replace(ENTRY, zone="Europe/Lisbon", starts_at=starts_at)).content)

    assert told["starts"].astimezone(UTC) == starts_at
    assert told["ends"].astimezone(UTC) == starts_at + timedelta(minutes=20)


def test_lines_end_with_both_signs_and_are_folded() -> None:
    content = calendar_file(replace(ENTRY, title="1-2-1 with " + "Ana é日本" * 30)).content

    assert content.count("\n") == content.count("\r\n")
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
    assert read(content)["summary"].endswith("Ana é日本")


def test_nothing_that_people_write_becomes_a_line_of_its_own() -> None:
    file = calendar_file(replace(ENTRY, title=ILL, place=ILL, about=ILL))

    told = read(file.content)

    assert told["summary"].startswith("a ATTENDEE:mailto:eve@example.org END:VEVENT BEGIN:VEVENT ;,\\\"' :é日本🙂")
    assert not hasattr(first_parser(file).vevent, "attendee")


@settings(max_examples=40)
@given(words=st.text(min_size=1, max_size=120))
def test_whatever_is_written_both_parsers_read_one_talk(words: str) -> None:
    content = calendar_file(replace(ENTRY, title="With " + words, place=words)).content

    assert read(content)["summary"] == " ".join(("With " + _seen(words)).split())


def _seen(words: str) -> str:
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in words)


@pytest.mark.parametrize(
    "zone",
    ["UTC", "Europe/Lisbon", "Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham",
     "Pacific/Kiritimati", "America/Sao_Paulo", "Etc/GMT+5"],
)  # fmt: skip
@pytest.mark.parametrize("month", [1, 3, 7, 11])
def test_in_every_zone_both_parsers_read_the_same_instant(zone: str, month: int) -> None:
    starts_at = datetime(2027, month, 28, 11, 0, tzinfo=UTC)

    told = read(calendar_file(replace(ENTRY, zone=zone, starts_at=starts_at)).content)

    assert told["starts"].replace(tzinfo=None) == starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert told["starts"] == starts_at


async def file_of(couple: Couple) -> dict[str, Any]:
    meeting = await couple.only(couple.ana)
    return read(meeting["calendarFile"]["content"])


async def test_moved_and_called_off_it_is_the_same_entry_with_a_higher_sequence(couple: Couple) -> None:
    agreed = await couple.agree()
    files = [await file_of(couple)]
    await couple.ask(couple.ben, SUGGEST, meeting=agreed["id"], options=couple.times(100, 124))
    files.append(await file_of(couple))
    await couple.ask(couple.ana, ACCEPT, meeting=agreed["id"], startsAt=couple.times(100)[0])
    files.append(await file_of(couple))
    await couple.ask(couple.ben, CANCEL, meeting=agreed["id"])
    files.append(await file_of(couple))

    assert [each["method"] for each in files] == ["PUBLISH", "CANCEL", "PUBLISH", "CANCEL"]
    assert [each["status"] for each in files] == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"]
    assert len({each["uid"] for each in files}) == 1
    assert all(earlier["sequence"] < later["sequence"] for earlier, later in pairwise(files))
    assert files[0]["summary"] == "1-2-1 with Ben Ode"
    assert files[2]["starts"] - files[0]["starts"] == timedelta(hours=70)


async def test_a_reader_in_german_gets_german_words(couple: Couple) -> None:
    await couple.world.pool.execute("UPDATE people SET locale = 'de-AT' WHERE id = $1", couple.ana.person.id)
    await couple.agree()

    assert (await file_of(couple))["summary"] == "Zweiergespräch mit Ben Ode"


async def test_a_swap_that_ends_takes_it_out_of_both_calendars_without_a_name(couple: Couple) -> None:
    await couple.agree()
    before = await file_of(couple)
    await couple.front_door.as_(couple.ben.token).ask(WITHDRAW, swap=couple.swap)

    for who in (couple.ana, couple.ben):
        [gone] = await couple.ask(who, GONE)
        told = read(gone["calendarFile"]["content"])
        assert (told["method"], told["uid"]) == ("CANCEL", before["uid"])
        assert told["sequence"] > before["sequence"]
        assert (told["summary"], told["place"]) == ("1-2-1", None)


async def test_an_account_that_is_no_more_takes_it_out_and_says_so(couple: Couple) -> None:
    made = await couple.agree()
    await couple.world.pool.execute("DELETE FROM people WHERE id = $1", couple.ana.person.id)

    [gone] = await couple.ask(couple.ben, GONE)
    assert (gone["id"], gone["otherHasLeft"]) == (made["id"], True)
    assert "METHOD:CANCEL" in gone["calendarFile"]["content"]
    assert "Ana" not in str(gone)


async def fetch(front_door: FrontDoor, path: str, token: str | None) -> Any:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return await front_door.client.get(path, headers=headers)


async def test_the_route_gives_the_same_file_to_the_two_and_to_nobody_else(
    couple: Couple, front_door: FrontDoor
) -> None:
    await couple.agree()
    file = (await couple.only(couple.ana))["calendarFile"]
    stranger = await couple.world.attendee(couple.ana.event, "Cyn")

    answer = await fetch(front_door, file["path"], couple.ana.token)

    assert (answer.status_code, answer.text) == (200, file["content"])
    assert answer.headers["content-type"].startswith("text/calendar; method=PUBLISH")
    assert answer.headers["content-disposition"] == f'attachment; filename="{file["name"]}"'
    assert answer.headers["cache-control"] == "no-store"
    assert (await fetch(front_door, file["path"], stranger.token)).status_code == 404
    assert (await fetch(front_door, file["path"], None)).status_code == 401


async def test_the_route_takes_out_what_is_gone(couple: Couple, front_door: FrontDoor) -> None:
    await couple.agree()
    await couple.front_door.as_(couple.ana.token).ask(WITHDRAW, swap=couple.swap)
    [gone] = await couple.ask(couple.ben, GONE)

    answer = await fetch(front_door, gone["calendarFile"]["path"], couple.ben.token)

    assert answer.headers["content-type"].startswith("text/calendar; method=CANCEL")
    assert answer.text == gone["calendarFile"]["content"]


async def test_there_is_no_file_before_a_time_was_agreed_on(couple: Couple, front_door: FrontDoor) -> None:
    await couple.propose()
    [meeting] = await couple.world.pool.fetch("SELECT event_id, id FROM meetings")

    path = f"/me/meetings/{meeting['event_id']}/{meeting['id']}.ics"

    assert (await couple.ask(couple.ana, MEETINGS))[0]["calendarFile"] is None
    assert (await fetch(front_door, path, couple.ana.token)).status_code == 404
