"""What each of the three may know of an introduction at a moment, and what an answer makes of it: pure rules.

A no is silent: nobody but the one who said it sees anything it changed. To the introducer nothing happens between
asking and MADE or the end. Where consent ended, the two who are asked see nothing of it any more.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from server.introductions.models import Asked, Introduction, IntroductionPart, IntroductionState, Seen
from server.people.models import ContactField

_State, _Part = IntroductionState, IntroductionPart


def seen_by(introduction: Introduction, *, person_id: UUID, now: datetime) -> Seen | None:
    """What one of the three may know now; None where they may not even know that it is there."""
    part = introduction.part_of(person_id)
    if part is _Part.INTRODUCER:
        return Seen(_state_for_introducer(introduction, now), part)
    if introduction.made_at is not None:
        return _made_for_asked(introduction, part)
    if not introduction.has_consent:
        return None
    return _first_before(introduction, now) if part is _Part.FIRST else _second_before(introduction, now)


def answered(
    introduction: Introduction, *, part: IntroductionPart, yes: bool, offers: frozenset[ContactField], now: datetime
) -> Introduction:
    """The introduction with this answer; the same object where the answer changes nothing.

    A no counts at any time before it is made, also after a yes; a yes never takes a no back, nor comes too late.
    """
    seen = seen_by(introduction, person_id=introduction.asked(part).person_id, now=now)
    own = introduction.asked(part)
    if seen is None or introduction.made_at is not None or own.says_yes is yes or own.says_yes is False:
        return introduction
    if yes and seen.answer_by is None:
        return introduction
    changed = replace(own, says_yes=yes, answered_at=now, offers=offers if yes else frozenset())
    if part is _Part.FIRST:
        return replace(introduction, first=changed)
    return replace(introduction, second=changed, made_at=now if yes else None)


def _state_for_introducer(introduction: Introduction, now: datetime) -> IntroductionState:
    if introduction.made_at is not None:
        return _State.MADE
    is_over = introduction.taken_back_at is not None or now >= introduction.closes_at
    return _State.CLOSED if is_over else _State.ASKING_FIRST


def _made_for_asked(introduction: Introduction, part: IntroductionPart) -> Seen | None:
    if introduction.ended_at is not None or introduction.is_apart:
        return None
    return Seen(_State.MADE, part, shows_other=True, shows_contact=True)


def _first_before(introduction: Introduction, now: datetime) -> Seen:
    said = introduction.first.says_yes
    if said is None and now < introduction.first_answers_until:
        return Seen(_State.ASKING_FIRST, _Part.FIRST, shows_other=True, answer_by=introduction.first_answers_until)
    if said is True and now < introduction.closes_at:
        return Seen(_State.ASKING_SECOND, _Part.FIRST, shows_other=True)
    return Seen(_State.CLOSED, _Part.FIRST)


def _second_before(introduction: Introduction, now: datetime) -> Seen | None:
    if introduction.first.says_yes is not True:
        return None
    if introduction.second.says_yes is None and now < introduction.closes_at:
        return Seen(_State.ASKING_SECOND, _Part.SECOND, shows_other=True, answer_by=introduction.closes_at)
    return Seen(_State.CLOSED, _Part.SECOND)


def withdrawn(introduction: Introduction, *, part: IntroductionPart, now: datetime) -> Introduction:
    """The introduction once one of the three wants it ended; the same object where that changes nothing.

    The introducer can take it back until it is made. For the two a no before, and afterwards the end for both.
    """
    if part is _Part.INTRODUCER:
        is_open = introduction.made_at is None and introduction.taken_back_at is None
        return (
            replace(introduction, taken_back_at=now, ended_at=introduction.ended_at or now) if is_open else introduction
        )
    if introduction.made_at is None:
        return answered(introduction, part=part, yes=False, offers=frozenset(), now=now)
    return introduction if introduction.ended_at is not None else replace(introduction, ended_at=now)


def thanked(introduction: Introduction, *, whom: IntroductionPart, at: datetime | None) -> Introduction:
    """With when the one who holds the part `whom` thanked the introducer; None takes it back."""
    own: Asked = introduction.asked(whom)
    changed = replace(own, thanked_at=own.thanked_at or at if at is not None else None)
    return replace(introduction, first=changed) if whom is _Part.FIRST else replace(introduction, second=changed)
