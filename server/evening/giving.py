"""What could be given to somebody tonight, and what may be asked of them: sharing, a word for their work, a question.

Each rule is a function. Nothing of one person is passed on to another by name, and nobody is asked for anything before
something was given to them.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID, uuid5

from server.agenda.quoting import telling_clause
from server.evening.drafts import Ground, SpeakUpBecause, spoken_up
from server.evening.grounds import learned_quote
from server.evening.meeting_needs import Answer, answer_to
from server.evening.met.models import Memory, MemoryKind, PersonMet, Reader
from server.evening.models import FollowUpKind
from server.evening.possible import Possible
from server.people.names import name_key
from server.swaps.models import Feeling

#: A tap of mine after which a word for their work is a true one.
_MOVED_BY = frozenset({Feeling.LEARNED, Feeling.CAN_HELP})


def to_give(reader: Reader, person: PersonMet, *, others: Sequence[PersonMet]) -> Iterator[Possible]:
    """Everything the reader could give to one person they share contacts with. `others` are all whom they met."""
    if person.is_mutual:
        yield from _sharing(reader, person, others)
        yield from _speaking_up(reader, person)


def asks_of(reader: Reader, person: PersonMet) -> Iterator[Possible]:
    """What the reader seeks and this person offers; whether it may be asked yet, `person.has_my_gift` says."""
    if not person.is_mutual:
        return
    found = answer_to(reader.card.seeking, person.card.offering, dropped=_dropped_by(reader, person))
    if found is not None:
        yield Possible(
            kind=FollowUpKind.ASK,
            person=person,
            at=person.at,
            subject_id=person.at.swap_id,
            ground=Ground.ASK_OFFER,
            words={"quote": found.had},
            told_on=person.met_on,
            their_words=found.had,
            worth=found.worth,
        )


def _sharing(reader: Reader, person: PersonMet, others: Sequence[PersonMet]) -> Iterator[Possible]:
    """The one best thing to share with somebody: what I offer, or what I learned elsewhere, for what they look for."""
    possible = [
        *_offer_for_their_card(reader, person),
        *_offer_for_a_need(reader, person),
        *_learned_elsewhere(reader, person, others),
    ]
    if possible:
        yield max(possible, key=lambda each: each.worth)


def _offer_for_their_card(reader: Reader, person: PersonMet) -> Iterator[Possible]:
    found = answer_to(person.card.seeking, reader.card.offering, dropped=_dropped_by(reader, person))
    if found is not None:
        yield _share(person, Ground.SHARE_OFFER, person.at.swap_id, found, mine=found.had)


def _offer_for_a_need(reader: Reader, person: PersonMet) -> Iterator[Possible]:
    """A need that I noted is mine to remember and not to quote: the draft speaks of what I offer."""
    for memory in person.memories:
        if memory.kind is MemoryKind.NEED:
            found = answer_to(memory.text, reader.card.offering, dropped=reader.dropped_topics)
            if found is not None:
                quote = telling_clause(memory.text) or found.sought
                yield Possible(
                    kind=FollowUpKind.SHARE,
                    person=person,
                    at=memory.at,
                    subject_id=memory.id,
                    ground=Ground.SHARE_NEED,
                    words={"quote": quote, "mine": found.had},
                    told_on=memory.written_on,
                    memory_id=memory.id,
                    worth=found.worth,
                    gift=found.had,
                )


def _learned_elsewhere(reader: Reader, person: PersonMet, others: Sequence[PersonMet]) -> Iterator[Possible]:
    """What I learned from somebody else, without whom, where it answers what this person looks for."""
    if not person.card.seeking:
        return
    for source, memory in _lessons(others):
        if source is person or _names(memory.text, source.name):
            continue
        found = answer_to(person.card.seeking, memory.text, dropped=_dropped_by(reader, person))
        mine = None if found is None else learned_quote(memory)
        if found is not None and mine is not None:
            subject = uuid5(memory.id, str(person.person_id))
            yield _share(person, Ground.SHARE_LEARNED, subject, found, mine=mine, memory_id=memory.id)


def _lessons(people: Iterable[PersonMet]) -> Iterator[tuple[PersonMet, Memory]]:
    return ((person, memory) for person in people for memory in person.memories if memory.kind is MemoryKind.INSIGHT)


def _share(
    person: PersonMet, ground: Ground, subject_id: UUID, found: Answer, *, mine: str, memory_id: UUID | None = None
) -> Possible:
    return Possible(
        kind=FollowUpKind.SHARE,
        person=person,
        at=person.at,
        subject_id=subject_id,
        ground=ground,
        words={"quote": found.sought, "mine": mine},
        told_on=person.met_on,
        memory_id=memory_id,
        their_words=found.sought,
        worth=found.worth,
        gift=mine,
    )


def _speaking_up(reader: Reader, person: PersonMet) -> Iterator[Possible]:
    """For what they are up to, or else for what I learned from them, where something calls for it.

    That everybody is up to something is no reason by itself: an evening would never be empty.
    """
    leans = person.card.new_here or person.card.between_things
    is_called_for = leans or bool(person.feelings & _MOVED_BY)
    up_to = telling_clause(person.card.up_to)
    lessons = [(memory, quote) for memory in person.memories if (quote := learned_quote(memory)) is not None]
    if up_to is not None and (is_called_for or lessons):
        yield Possible(
            kind=FollowUpKind.SPEAK_UP,
            person=person,
            at=person.at,
            subject_id=person.at.swap_id,
            ground=Ground.SPEAK_UP_UP_TO,
            words={"quote": up_to},
            told_on=person.met_on,
            told_as=_why_speak_up(person, has_lessons=bool(lessons)),
            their_words=up_to,
            leans=leans,
            gift=spoken_up(reader.language),
        )
    elif lessons and is_called_for:
        memory, quote = lessons[-1]
        yield Possible(
            kind=FollowUpKind.SPEAK_UP,
            person=person,
            at=memory.at,
            subject_id=memory.id,
            ground=Ground.SPEAK_UP_LEARNED,
            words={"quote": quote},
            told_on=memory.written_on,
            memory_id=memory.id,
            leans=leans,
            gift=spoken_up(reader.language),
        )


def _why_speak_up(person: PersonMet, *, has_lessons: bool) -> str | None:
    """None says that something was learned from them."""
    if person.card.new_here:
        return SpeakUpBecause.NEW
    if person.card.between_things:
        return SpeakUpBecause.BETWEEN
    return None if has_lessons or Feeling.LEARNED in person.feelings else SpeakUpBecause.CAN_HELP


def _dropped_by(reader: Reader, person: PersonMet) -> tuple[str, ...]:
    """No topic counts that either of the two took off their card."""
    return (*reader.dropped_topics, *person.dropped_topics)


def _names(text: str, name: str) -> bool:
    """Whether a line names the one it came from, in whole or in part."""
    said = name_key(text)
    return any(part in said for part in name_key(name).split() if len(part) > 1)
