"""A busy morning at several doors, played against a running server: phones that scan online, phones without a network
that judge by their roster as the app does, and what may be asked of the server afterwards. It draws the same each time.
"""

import asyncio
import base64
import contextlib
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from server.badges.tokens import read_ticket, ticket_hash
from server.callers import CLIENT_HEADER
from server.events.models import Event
from server.sessions.tokens import PLAIN_DOOR_COOKIE
from tests.doors.phone import CHECK_IN, REPLAY
from tests.doors.test_door_roster import ROSTER

#: As many as the app sends at once.
AT_ONCE = 25
#: So long a phone waits for an answer before it keeps the scan and sends it again.
PATIENCE = 10.0
CONFLICTS = "query ($event: ID!) { doorConflicts(event: $event) { name scans { checkIn } } }"


@dataclass
class Phone:
    """A phone at a door: its roster by code, what it told, what waits, and how long each verdict took."""

    client: httpx.AsyncClient
    event: Event
    gid: str
    door: str
    token: str = ""
    session: str = ""
    #: Set once the server has answered a scan.
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    is_online: bool = True
    roster: dict[str, dict[str, Any]] = field(default_factory=dict)
    queue: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[str, str, bool]] = field(default_factory=list)
    taken: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer. Raises `httpx.HTTPError` where there is none."""
        headers = {"cookie": f"{PLAIN_DOOR_COOKIE}={self.token}", CLIENT_HEADER: "six doors"}
        if self.session:  # somebody at the desk
            headers = {"authorization": f"Bearer {self.session}"}
        body = {"query": document, "variables": {"event": self.gid} | variables}
        response = await self.client.post("/graphql", json=body, headers=headers, timeout=PATIENCE)
        answer = response.raise_for_status().json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def sync(self) -> None:
        """The whole roster, page by page."""
        after = None
        while True:
            page = (await self.ask(ROSTER, first=1000, after=after))["doorRoster"]
            for each in page["entries"]:
                self.roster |= dict.fromkeys(each["codes"], each)
            if (after := page["next"]) is None:
                return

    def judge(self, ticket: str) -> str:
        """What the phone says by itself: its roster, and what it let in since."""
        code = base64.urlsafe_b64encode(ticket_hash(self.event.id, read_ticket(ticket)))
        entry = self.roster.get(code.rstrip(b"=").decode())
        if entry is None:
            return "NOT_RECOGNISED"
        if entry["state"] == "CHECKED_IN":
            return "ALREADY_IN"
        entry["state"] = "CHECKED_IN"
        return "ADMITTED"

    async def scan(self, ticket: str, *, ago: timedelta = timedelta()) -> None:
        """One scan; `ago` is how long before now it stands for. Without an answer it waits in the queue."""
        began = time.perf_counter()
        made = {"code": ticket, "door": self.door, "key": str(uuid4())}
        made |= {"scannedAt": (datetime.now(UTC) - ago).isoformat()}
        if self.is_online:
            # Without an answer in time the phone judges by itself, and sends the same key again.
            with contextlib.suppress(httpx.HTTPError):
                sent = made | {"sentAt": datetime.now(UTC).isoformat()}
                told = (await self.ask(CHECK_IN, scan=sent))["checkIn"]
                self.tell(ticket, told["verdict"], began, online=True)
                self.heard.set()
                return
        shown = self.judge(ticket)
        self.queue.append(made | {"offline": True, "shown": shown})
        self.tell(ticket, shown, began, online=False)

    def tell(self, ticket: str, verdict: str, began: float, *, online: bool) -> None:
        """The helper sees the verdict."""
        self.told.append((ticket, verdict, online))
        self.taken[online].append((time.perf_counter() - began) * 1000)

    async def flush(self) -> int:
        """Send what waits, in pieces, until all is answered; how many scans that were."""
        sent = 0
        while self.queue:
            piece = self.queue[:AT_ONCE]
            now = {"sentAt": datetime.now(UTC).isoformat()}
            try:
                answers = (await self.ask(REPLAY, scans=[each | now for each in piece]))["replayCheckIns"]
            except httpx.HTTPError:
                await asyncio.sleep(0.2)
                continue
            assert [each["result"]["__typename"] for each in answers] == ["CheckIn"] * len(piece)
            self.queue = self.queue[len(piece) :]
            sent += len(piece)
        return sent


def doubles(phones: Sequence[Phone]) -> set[str]:
    """The tickets that were let in twice, one of them offline: what the server has to find."""
    told = defaultdict(list)
    for phone in phones:
        for ticket, verdict, online in phone.told:
            if verdict == "ADMITTED":
                told[ticket].append(online)
    return {ticket for ticket, times in told.items() if len(times) > 1 and not all(times)}


def let_in_online(phones: Sequence[Phone]) -> Counter[str]:
    """How often each ticket was let in by a verdict of the server; more than once must not be."""
    return Counter(
        ticket for phone in phones for ticket, verdict, online in phone.told if online and verdict == "ADMITTED"
    )


def rounds(tickets: Sequence[str], doors: int, *, twice: float) -> list[list[str]]:
    """Which tickets come to which door, in which order: each once, and a part of them once more at another door."""
    draw = random.Random(2027)
    at: list[list[str]] = [[] for _ in range(doors)]
    for ticket in tickets:
        first = draw.randrange(doors)
        at[first].append(ticket)
        if draw.random() < twice:
            at[(first + draw.randrange(1, doors)) % doors].append(ticket)
    for each in at:
        draw.shuffle(each)
    return at


async def scan_all(
    phones: Sequence[Phone], at: Sequence[Sequence[str]], *, stands_for: timedelta, pause: float
) -> None:
    """Every phone scans its tickets one after the other; offline ones spread them over `stands_for`."""

    async def one(phone: Phone, tickets: Sequence[str]) -> None:
        for number, ticket in enumerate(tickets):
            ago = timedelta() if phone.is_online else stands_for * (1 - number / len(tickets))
            await phone.scan(ticket, ago=ago)
            await asyncio.sleep(pause)

    await asyncio.gather(*(one(phone, tickets) for phone, tickets in zip(phones, at, strict=True)))


async def found_by_desk(desk: Phone, expected: int, began: float, *, at_most: float = 60) -> tuple[list[float], int]:
    """Seconds after which each double was in the desk's list, asked for four times a second; how many there were."""
    seconds: list[float] = []
    while len(seconds) < expected and time.perf_counter() - began < at_most:
        known = (await desk.ask(CONFLICTS))["doorConflicts"]
        seconds += [time.perf_counter() - began] * (len(known) - len(seconds))
        await asyncio.sleep(0.25)
    return seconds, len((await desk.ask(CONFLICTS))["doorConflicts"])
