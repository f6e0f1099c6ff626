"""What could be suggested from the record of a talk: promises to keep, another talk, thanks. Each rule a function.

It ranks nothing and limits nothing; `choosing` does. What somebody wrote down about another is quoted only
where it tells of something learned, given or promised, and never where it may hurt.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from server.agenda.quoting import telling_clause
from server.drafts.guards import may_be_quoted, tells_of_a_gift
from server.evening.drafts import Ground
from server.evening.met.models import Memory, MemoryKind, PersonMet, PromiseMade
from server.evening.models import FollowUpKind
from server.evening.possible import Possible
from server.promises.models import PromiseKind

#: How much of somebody's words a reason or a draft quotes, in code points.
LONGEST_QUOTE = 120
#: What was learned says most, what was given next; a promise of mine that I kept is the quietest ground.
THANKED_FOR = (Ground.INSIGHT, Ground.NOTE, Ground.KEPT_PROMISE)
#: Thanks belong to the days in which something happened; after these they would only surprise.
THANKS_FADE = timedelta(days=30)

_PROMISE_GROUNDS = {
    PromiseKind.SEND: Ground.PROMISE_SEND,
    PromiseKind.INTRODUCE: Ground.PROMISE_INTRODUCE,
    PromiseKind.ANSWER: Ground.PROMISE_ANSWER,
    PromiseKind.MEET: Ground.PROMISE_MEET,
    PromiseKind.OTHER: Ground.PROMISE_OTHER,
}


def from_the_talk(person: PersonMet, *, day: date) -> Iterator[Possible]:
    """Everything that the record of the talks with one person gives for the evening of `day`.

    Without contacts shared both ways only a promise counts: a message could not reach them.
    """
    yield from _promises_to_keep(person)
    if person.is_mutual:
        yield from _another_talk(person)
        yield from _thanks(person, day)


def _promises_to_keep(person: PersonMet) -> Iterator[Possible]:
    """Every open one, also where its words cannot be quoted to the other."""
    for promise in person.promises:
        if promise.kept_on is None:
            quote = telling_clause(promise.text, at_most=LONGEST_QUOTE)
            is_sayable = quote is not None and may_be_quoted(promise.text)
            yield Possible(
                kind=FollowUpKind.KEEP_PROMISE,
                person=person,
                at=promise.at,
                subject_id=promise.id,
                ground=_PROMISE_GROUNDS[promise.kind] if is_sayable else Ground.PROMISE_UNQUOTED,
                words={"quote": quote or promise.text},
                told_on=promise.made_on,
                due_on=promise.due_on,
            )


def _another_talk(person: PersonMet) -> Iterator[Possible]:
    """Only where both said so, and where no promise to meet is waiting already."""
    is_promised = any(each.kind is PromiseKind.MEET and each.kept_on is None for each in person.promises)
    if person.both_would_talk_again and not is_promised:
        learned = [(memory, quote) for memory in person.memories if (quote := learned_quote(memory)) is not None]
        memory, quote = learned[-1] if learned else (None, "")
        yield Possible(
            kind=FollowUpKind.MEET,
            person=person,
            at=person.at,
            subject_id=person.at.swap_id,
            ground=Ground.BOTH_AGAIN if memory is None else Ground.BOTH_AGAIN_AFTER_INSIGHT,
            words={"quote": quote},
            told_on=person.met_on,
            memory_id=None if memory is None else memory.id,
        )


def _thanks(person: PersonMet, day: date) -> Iterator[Possible]:
    """The one best thing to thank somebody for: nobody gets two thanks for one day."""
    grounds = [
        *(_thanks_for_words(person, memory) for memory in person.memories),
        *(_thanks_for_a_kept_promise(person, promise) for promise in person.promises),
    ]
    told = [each for each in grounds if each is not None and day - THANKS_FADE <= each.told_on <= day]
    if told:
        yield min(told, key=lambda each: (-each.told_on.toordinal(), THANKED_FOR.index(each.ground)))


def _thanks_for_words(person: PersonMet, memory: Memory) -> Possible | None:
    ground = Ground.INSIGHT if memory.kind is MemoryKind.INSIGHT else Ground.NOTE
    quote = learned_quote(memory) or _gift_noted(memory)
    if quote is None:
        return None
    return Possible(
        kind=FollowUpKind.THANK,
        person=person,
        at=memory.at,
        subject_id=memory.id,
        ground=ground,
        words={"quote": quote},
        told_on=memory.written_on,
        memory_id=memory.id,
    )


def learned_quote(memory: Memory) -> str | None:
    """What was learned, where it can be said to the one it was learned from."""
    if memory.kind is not MemoryKind.INSIGHT or not may_be_quoted(memory.text):
        return None
    return telling_clause(memory.text, at_most=LONGEST_QUOTE)


def _gift_noted(memory: Memory) -> str | None:
    """A note that tells of something given; what they need, or how they seemed, is nobody else's to read."""
    if memory.kind is not MemoryKind.NOTE or not tells_of_a_gift(memory.text):
        return None
    quote = telling_clause(memory.text, at_most=LONGEST_QUOTE)
    return quote if quote is not None and tells_of_a_gift(quote) else None


def _thanks_for_a_kept_promise(person: PersonMet, promise: PromiseMade) -> Possible | None:
    """Keeping one's word is a good moment to say thank you for having been asked."""
    quote = telling_clause(promise.text, at_most=LONGEST_QUOTE)
    if promise.kept_on is None or quote is None or not may_be_quoted(promise.text):
        return None
    return Possible(
        kind=FollowUpKind.THANK,
        person=person,
        at=promise.at,
        subject_id=promise.id,
        ground=Ground.KEPT_PROMISE,
        words={"quote": quote},
        told_on=promise.kept_on,
    )
