"""Says in words why a prompt was taken and what put another behind it: each rule of `drawing.Standing` a sentence.

It goes along an agenda as it was given and asks at each place what the rules would take next; it chooses nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from server.agenda.circumstances import fits
from server.agenda.drawing import FRESH, Draw, Standing
from server.agenda.explaining.models import ExplainedPrompt, GivenPrompt, Loser
from server.agenda.models import Library, Prompt
from server.agenda.ranking import Matter, Rank, matters_of

#: So many runners-up are told of each prompt, the nearest by each rule.
RUNNERS_UP = 3

Ranked = tuple[Standing, Prompt]

_MATTERS: Mapping[Matter, str] = {
    Matter.PROMISES: "what the reader promised",
    Matter.NEEDS: "a need that the reader noted",
    Matter.INTRODUCTION: "having been introduced",
    Matter.MEETING_AGAIN: "meeting again",
    Matter.WHAT_THEY_OFFER: "an offer that the reader looks for",
    Matter.WHAT_THEY_SEEK: "a need that the reader can meet",
    Matter.COMMON_GROUND: "a topic of both cards",
    Matter.NEW_HERE: "being new here",
    Matter.BEEN_HERE: "having been here before",
    Matter.BETWEEN_THINGS: "being between things",
}


def explained(given: Sequence[GivenPrompt], draw: Draw, library: Library) -> Iterator[ExplainedPrompt]:
    """Each prompt that was given, with the runners-up at its place. `draw` is as it was before the first was taken."""
    for each in given:
        prompt = library.by_key.get(each.key)
        ranked = draw.ranked(each.phase)
        place = next((place for place, (_, other) in enumerate(ranked) if other.key == each.key), None)
        if place == 0:
            why = _why(*ranked[0], alike=_alike(ranked))
        else:
            why = _why_not_now(prompt, draw, place=place, ranked=ranked)
        yield ExplainedPrompt(
            key=each.key,
            phase=each.phase,
            minutes=each.minutes,
            as_chosen=place == 0,
            why=why,
            lost=tuple(_losers(ranked, best=place or 0) if place is not None else ()),
        )
        if prompt is not None:
            draw.taken.append(prompt)


def _losers(ranked: Sequence[Ranked], *, best: int) -> list[Loser]:
    """The nearest that each rule has beaten, so that not the draw alone is told where many stand alike."""
    losers: dict[str, Loser] = {}
    for other in ranked[best + 1 :]:
        rule = rule_between(ranked[best], other)
        losers.setdefault(rule, Loser(other[1].key, rule))
    return list(losers.values())[:RUNNERS_UP]


def rule_between(better: Ranked, worse: Ranked) -> str:
    """The first rule that tells the two apart, as a sentence about the worse one."""
    fields = zip(Standing._fields, better[0], worse[0], strict=True)
    deciding = next(name for name, one, other in fields if one != other)
    return _RULES[deciding](better, worse)


def _was_had(better: Ranked, _: Ranked) -> str:
    return "one of the two has put it to the other before" if better[0].last_had == FRESH else "it was had more lately"


_RULES: Mapping[str, Callable[[Ranked, Ranked], str]] = {
    "last_had": _was_had,
    "is_for_any_talk": lambda *_: "it is not written for a 1-2-1",
    "relevance": lambda _, worse: f"it {_of_rank(worse[1], worse[0].relevance)}",
    "matter": lambda better, worse: f"{_matter_of(better[1])} comes before {_matter_of(worse[1])}",
    "times_with_others": lambda _, worse: f"the reader has it with {_people(worse[0].times_with_others)} today",
    "is_of_other_side": lambda *_: "it is written for the other side",
    "order": lambda *_: "the draw",
}


def _why(standing: Standing, prompt: Prompt, *, alike: int) -> str:
    """What speaks for it, the strongest first."""
    said = ["fresh to the two" if standing.last_had == FRESH else "the phase is used up, and it was had longest ago"]
    said.append(_of_rank(prompt, standing.relevance))
    if standing.times_with_others:
        said.append(f"had with {_people(standing.times_with_others)} today, for want of another")
    if standing.is_of_other_side:
        said.append("written for the other side")
    if alike > 1:
        said.append(f"drawn among {alike} that stand alike")
    return ", ".join(said)


def _alike(ranked: Sequence[Ranked]) -> int:
    return sum(standing[:-1] == ranked[0][0][:-1] for standing, _ in ranked)


def _why_not_now(prompt: Prompt | None, draw: Draw, *, place: int | None, ranked: Sequence[Ranked]) -> str:
    """Why the rules would not put it here: mostly a phone had shown it already, or a card was changed since."""
    if place is not None:
        rule = rule_between(ranked[0], ranked[place])
        return f"shown by the reader's phone, or chosen from other facts; now {ranked[0][1].key} is first ({rule})"
    if prompt is None:
        return "the library does not have it any more"
    if not fits(prompt, draw.situation):
        return "shown by the reader's phone, or chosen from other facts; its conditions do not hold now"
    return "shown by the reader's phone, or added later; the rules put no such prompt here"


def _of_rank(prompt: Prompt, rank: Rank) -> str:
    match rank:
        case Rank.SUITS_THESE_TWO:
            return f"suits these two: {_matter_of(prompt)}"
        case Rank.IS_THE_THEME:
            return f"is of the event's own pack, {prompt.theme}"
        case Rank.QUOTES_THE_CARD:
            return f"quotes {prompt.about}, not quoted yet"
        case Rank.SUITS_ANYBODY:
            return "suits anybody" if prompt.about is None else f"quotes {prompt.about} again"
        case Rank.HARPS_ON:
            return "harps on what was spoken of, or comes out of its place"


def _matter_of(prompt: Prompt) -> str:
    return " and ".join(_MATTERS[matter] for matter in matters_of(prompt.when))


def _people(number: int) -> str:
    return "one other person" if number == 1 else f"{number} other people"
