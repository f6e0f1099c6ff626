"""People with cards who meet at events by chance, and what the chooser is told of them: the engine without a database.

Everything is drawn from one seed, so that the same crowd has the same talks on every machine.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from uuid import UUID

from server.agenda.choosing import choose_agenda, choose_guided_agenda
from server.agenda.circumstances import Shared, Situation, fits
from server.agenda.library import library_in
from server.agenda.models import Agenda, CardField, PairHistory, PromptPhase, Remembered, Side
from server.agenda.pairs.common_ground import words_shared
from server.agenda.pairs.models import Pair, Participant
from server.agenda.reviewing import read_cards
from server.registrations.models import Card

_READ = read_cards((Path(__file__).parents[1] / "prompts" / "cards.toml").read_text("utf-8"))
SAMPLES = [each.card for each in _READ]
#: Cards that meet more often than chance would have it: of two of them, one in four has something for the other.
SHARING = [replace(each.card, open_to_event=True) for each in _READ if each.kind.startswith("shares a topic")]
#: Half of the talks are with somebody of a circle of so many, so that people meet again in the course of a year.
CIRCLE = 20

Cards = Sequence[Card] | dict[int, Card]
Had = Sequence[list[str]] | dict[int, list[str]]


@dataclass(slots=True)
class Acquaintance:
    """What two people have had with each other: the lower number is side A."""

    conversations: int = 0
    introduced: bool = False
    asked: dict[Side, list[str]] = field(default_factory=lambda: {Side.A: [], Side.B: []})
    remembered: dict[Side, Remembered] = field(default_factory=lambda: dict.fromkeys(Side, Remembered()))


@dataclass(frozen=True, slots=True)
class Talk:
    """One side of one talk: who read what about whom, and the facts it was chosen from."""

    reader: int
    other: int
    side: Side
    is_guided: bool
    situation: Situation
    agenda: Agenda

    @property
    def keys(self) -> list[str]:
        return [prompt.key for prompt in self.agenda.prompts]

    def repeats_too_early(self) -> list[str]:
        """Prompts that one of the two had put to the other, though a fresh one would have taken no longer."""
        had = {*self.situation.history.asked, *self.situation.history.asked_by_other}
        spent = had | set(self.keys)
        library = library_in(self.agenda.language)
        return [
            prompt.key
            for prompt in self.agenda.prompts
            if prompt.key in had
            and any(
                other.phase is prompt.phase and other.minutes <= prompt.minutes and other.key not in spent
                and fits(other, self.situation) and (other.side is self.side or other.phase is not PromptPhase.OPEN)
                for other in library.prompts
            )
        ]  # fmt: skip


class Crowd:
    """So many people and all their events. `languages` are what they read, drawn anew for each of them."""

    def __init__(self, people: int, *, seed: int, languages: Sequence[str] = ("en", "de", "pt")) -> None:
        self.people = people
        self._random = Random(seed)
        self._locales = [self._random.choice(languages) for _ in range(people)]
        self._known: dict[tuple[int, int], Acquaintance] = {}
        self._events = 0

    def event(self, *, talks_each: int, vary: bool = True) -> Iterator[tuple[Talk, Talk]]:
        """The talks of one event, both sides of each; without `vary`, nobody's other talks of the day are looked at."""
        self._events += 1
        cards = [self._card() for _ in range(self.people)]
        had_today: list[list[str]] = [[] for _ in range(self.people)]
        for one, two in self._meetings(talks_each):
            both = self._talk(one, two, cards, had_today if vary else [[] for _ in range(self.people)])
            for talk in both:
                had_today[talk.reader] += talk.keys
            yield both

    def meet_with_a_past(self, meetings: int) -> Iterator[tuple[Talk, Talk]]:
        """Talks of people of whom many have met before, promised, been introduced or share a topic; some sit down."""
        for number in range(meetings):
            self._known.clear()
            self._events = number
            one, two = sorted(self._random.sample(range(self.people), 2))
            past = Acquaintance(self._random.choice((0, 0, 1, 2, 3)), self._random.random() < 0.1)
            past.remembered = {side: self._memory() for side in Side}
            self._known[one, two] = past
            mine, theirs = self._random.sample(SHARING, 2) if number % 2 else (self._card(), self._card())
            yield self._talk(one, two, {one: mine, two: theirs}, {one: [], two: []})

    def _meetings(self, talks_each: int) -> list[tuple[int, int]]:
        met: dict[tuple[int, int], None] = {}
        for one in range(self.people):
            circle = range(one - one % CIRCLE, min(self.people, one - one % CIRCLE + CIRCLE))
            for _ in range(talks_each // 2):
                two = self._random.choice(circle if self._random.random() < 0.5 else range(self.people))
                if one != two:
                    met[min(one, two), max(one, two)] = None
        meetings = list(met)
        self._random.shuffle(meetings)
        return meetings

    def _talk(self, one: int, two: int, cards: Cards, had_today: Had) -> tuple[Talk, Talk]:
        known = self._known.setdefault((one, two), Acquaintance())
        is_guided = self._random.random() < 0.1
        sides = {Side.A: one, Side.B: two}
        lower, upper = (
            Participant(
                UUID(int=number), cards[number], locale=self._locales[number], had=tuple(known.asked[side]),
                with_others=tuple(had_today[number]), remembered=known.remembered[side],
            )
            for side, number in sides.items()
        )  # fmt: skip
        pair = Pair(lower, upper, known.conversations)
        talks: dict[Side, Talk] = {}
        for side in self._random.sample(list(Side), 2):
            reader, other = (lower, upper) if side is Side.A else (upper, lower)
            made = [prompt for talk in talks.values() for prompt in talk.agenda.prompts]
            history = replace(pair.history_of(reader, made), introduced=known.introduced)
            seed = f"{one}/{two}/{self._events}".encode()
            numbers = (sides[side], sides[Side.B if side is Side.A else Side.A])
            talks[side] = _chosen(numbers, side, reader, other, history, seed, is_guided=is_guided)
        known.conversations += 1
        for side, talk in talks.items():
            known.asked[side] += talk.keys
            known.remembered[side] = self._memory()
        return talks[Side.A], talks[Side.B]

    def _memory(self) -> Remembered:
        return Remembered(*(self._random.random() < 0.3 for _ in range(3)))

    def _card(self) -> Card:
        """An invented card with some of its texts from others, some left out, as people write another one each time."""
        chance = self._random.random
        base = self._random.choice(SAMPLES)
        texts = {each: each.of(base if chance() < 0.7 else self._random.choice(SAMPLES)) for each in CardField}
        kept = {each.value: text for each, text in texts.items() if chance() < 0.8}
        been = self._random.choice((None, None, "new_here", "returning"))
        return Card(
            base.name,
            **kept,  # type: ignore[arg-type] # the five texts
            new_here=been == "new_here",
            returning=been == "returning",
            between_things=chance() < 0.15,
            open_to_event=chance() < 0.9,
        )


def _chosen(
    numbers: tuple[int, int],
    side: Side,
    reader: Participant,
    other: Participant,
    history: PairHistory,
    seed: bytes,
    *,
    is_guided: bool,
) -> Talk:
    shared: Shared = words_shared(reader, other)
    library = library_in(reader.locale)
    if is_guided:
        agenda = choose_guided_agenda(
            reader=reader.written, other=other.card, history=history, side=side, seed=seed, library=library,
            shared=shared,
        )  # fmt: skip
    else:
        agenda = choose_agenda(
            reader=reader.written, other=other.card, history=history, side=side, seed=seed, library=library,
            shared=shared, shown=(), with_others=reader.with_others,
        )  # fmt: skip
    situation = Situation.between(
        reader=reader.written, other=other.card, history=history, shared=shared, is_guided=is_guided
    )
    return Talk(*numbers, side, is_guided, situation, agenda)


def varieties(talks: Iterable[Talk]) -> dict[int, float]:
    """For each person of one day, how many of the prompts they had were different ones: 1.0 is all of them."""
    had: dict[int, Counter[str]] = {}
    for talk in talks:
        had.setdefault(talk.reader, Counter()).update(talk.keys)
    return {person: len(keys) / keys.total() for person, keys in had.items()}
