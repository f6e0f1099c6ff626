"""The suggestions of an evening: few, in order, each with a true reason and a draft of its own."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.evening.choosing import ORDER, choose
from server.evening.drafts import DRAFTS, DraftsNotValid, drafts_in, parse_drafts
from server.evening.models import FollowUpKind, Memory, MemoryKind, PersonMet, PromiseMade, Suggestion
from server.promises.models import PromiseKind

DAY = date(2027, 4, 22)
SPACE = UUID(int=7)
ALL_SHAPES = [shape for group in drafts_in("en").shapes.values() for shape in group]
WORDS = (
    "the article on soil sensors",
    "send him the address of the net mender",
    "He uses hay to insulate the hives, and it costs nothing",
    "Ben told me where to find old bearings",
    "他告诉我怎么修旧收音机",
    "أرسل لها المقال عن التربة",
    "\U0001f331",
    "{name} {quote}",
    "ok",
    "she is annoying",
    "a very long promise, " * 12,
)


def promise(text: str, *, kind: str = "SEND", due: date | None = None, kept: date | None = None) -> PromiseMade:
    return PromiseMade(uuid5(SPACE, f"{kind}{text}{due}"), PromiseKind(kind), text, DAY, due, kept)


def insight(text: str, on: date = DAY) -> Memory:
    return Memory(uuid5(SPACE, f"insight{text}{on}"), MemoryKind.INSIGHT, text, on)


def note(text: str) -> Memory:
    return Memory(uuid5(SPACE, f"note{text}"), MemoryKind.NOTE, text, DAY)


def need(text: str) -> Memory:
    return Memory(uuid5(SPACE, f"need{text}"), MemoryKind.NEED, text, DAY)


def met(
    name: str,
    *,
    again: bool = False,
    mutual: bool = True,
    promises: Sequence[PromiseMade] = (),
    memories: Sequence[Memory] = (),
) -> PersonMet:
    return PersonMet(
        swap_id=uuid5(SPACE, name),
        name=name,
        met_on=DAY,
        is_mutual=mutual,
        both_would_talk_again=again,
        promises=tuple(promises),
        memories=tuple(memories),
    )


def kinds_of(suggestions: Sequence[Suggestion]) -> list[FollowUpKind]:
    return [suggestion.kind for suggestion in suggestions]


memories = st.lists(
    st.builds(
        Memory,
        id=st.uuids(),
        kind=st.sampled_from(MemoryKind),
        text=st.sampled_from(WORDS),
        written_on=st.sampled_from((DAY, DAY - timedelta(days=1))),
    ),
    max_size=4,
).map(tuple)
promises = st.lists(
    st.builds(
        PromiseMade,
        id=st.uuids(),
        kind=st.sampled_from(PromiseKind),
        text=st.sampled_from(WORDS),
        made_on=st.just(DAY),
        due_on=st.sampled_from((None, DAY, DAY + timedelta(days=3))),
        kept_on=st.sampled_from((None, None, DAY)),
    ),
    max_size=3,
).map(tuple)
people = st.lists(
    st.builds(
        PersonMet,
        swap_id=st.uuids(),
        name=st.sampled_from(("Ben Okafor", "Zoë Müller-Ngũgĩ", "李文", "ليلى حداد", "Olu {quote}")),
        met_on=st.just(DAY),
        is_mutual=st.booleans(),
        both_would_talk_again=st.booleans(),
        promises=promises,
        memories=memories,
    ),
    max_size=6,
    unique_by=lambda person: person.swap_id,
)


@given(people=people, at_most=st.integers(min_value=0, max_value=5), seed=st.binary(max_size=16))
def test_an_evening_is_short_and_in_order(people: list[PersonMet], at_most: int, seed: bytes) -> None:
    suggestions = choose(people, day=DAY, at_most=at_most, seed=seed)

    assert len(suggestions) <= at_most
    assert kinds_of(suggestions) == sorted(kinds_of(suggestions), key=ORDER.index)
    assert set(kinds_of(suggestions)) <= {FollowUpKind.KEEP_PROMISE, FollowUpKind.MEET, FollowUpKind.THANK}
    assert len({(each.kind, each.subject_id) for each in suggestions}) == len(suggestions)


@given(people=people, at_most=st.integers(min_value=0, max_value=5))
def test_an_open_promise_is_never_dropped_for_variety(people: list[PersonMet], at_most: int) -> None:
    suggestions = choose(people, day=DAY, at_most=at_most)

    are_open = [each for person in people for each in person.promises if each.kept_on is None]
    assert kinds_of(suggestions).count(FollowUpKind.KEEP_PROMISE) == min(len(are_open), at_most)


@given(people=people)
def test_nobody_is_thanked_without_something_to_thank_for(people: list[PersonMet]) -> None:
    suggestions = choose(people, day=DAY, at_most=5)

    for suggestion in suggestions:
        if suggestion.kind is FollowUpKind.THANK:
            (person,) = [each for each in people if each.swap_id == suggestion.swap_id]
            texts = {memory.id: memory.text for memory in person.memories}
            texts |= {promise.id: promise.text for promise in person.promises}
            quote = re.search(r"“(.+)”", suggestion.draft)
            assert person.is_mutual
            assert quote is not None
            assert quote[1] in texts[suggestion.subject_id]


@given(people=people, seed=st.binary(max_size=16))
def test_no_two_drafts_of_an_evening_look_alike(people: list[PersonMet], seed: bytes) -> None:
    used = [_shape(suggestion) for suggestion in choose(people, day=DAY, at_most=5, seed=seed)]

    assert len(set(used)) == len(used)


def _shape(suggestion: Suggestion) -> str:
    """The shape that a draft was made with."""
    for shape in ALL_SHAPES:
        fixed = "(.+)".join(re.escape(part) for part in re.split(r"\{name\}|\{quote\}", shape))
        if re.fullmatch(fixed, suggestion.draft, re.DOTALL):
            return shape
    raise AssertionError(suggestion.draft)


@given(people=people, seed=st.binary(max_size=16))
def test_the_same_day_gives_the_same_evening(people: list[PersonMet], seed: bytes) -> None:
    assert choose(people, day=DAY, seed=seed) == choose(people, day=DAY, seed=seed)


def test_a_day_without_anything_gives_nothing() -> None:
    assert choose([], day=DAY) == []
    assert choose([met("Ben")], day=DAY) == []


def test_three_things_about_one_person_fill_an_evening_in_which_nobody_else_was_met() -> None:
    ben = met(
        "Ben Okafor",
        again=True,
        promises=[promise("the article on soil sensors")],
        memories=[insight("the school doors were the easy part")],
    )

    suggestions = choose([ben], day=DAY)

    assert kinds_of(suggestions) == [FollowUpKind.KEEP_PROMISE, FollowUpKind.MEET, FollowUpKind.THANK]
    assert suggestions[0].reason == "You promised Ben: the article on soil sensors"
    assert suggestions[1].reason == "You and Ben both said you would like to talk again."
    assert suggestions[2].reason == "You wrote down what you learned from Ben: “the school doors were the easy part”"
    assert "“the article on soil sensors”" in suggestions[0].draft
    assert "“the school doors were the easy part”" in suggestions[2].draft


def test_a_line_that_is_thanked_for_is_not_quoted_a_second_time() -> None:
    ben = met("Ben", again=True, memories=[insight("the school doors were the easy part")])

    meet, thank = choose([ben], day=DAY)

    assert "school doors" not in meet.draft
    assert "school doors" in thank.draft


def test_a_line_that_was_learned_opens_the_way_to_another_talk() -> None:
    ben = met("Ben", again=True, memories=[insight("the school doors were the easy part")])

    (meet,) = choose([ben], day=DAY, at_most=1)

    assert meet.kind is FollowUpKind.MEET
    assert "“the school doors were the easy part”" in meet.draft


def test_each_person_has_a_turn_before_anybody_has_two() -> None:
    ben = met("Ben", again=True, memories=[insight("the school doors were the easy part")])
    mei = met("Mei", memories=[insight("umbrellas break at the third rib")])
    olu = met("Olu", memories=[insight("people talk while their hands work")])

    suggestions = choose([ben, mei, olu], day=DAY)

    assert len({suggestion.swap_id for suggestion in suggestions}) == 3


def test_the_promise_that_is_due_first_comes_first() -> None:
    later, sooner, some_day = (
        promise("the drawing", due=DAY + timedelta(days=4)),
        promise("the article", due=DAY + timedelta(days=1)),
        promise("the song"),
    )

    suggestions = choose([met("Ben", promises=[some_day, later, sooner])], day=DAY)

    assert [suggestion.subject_id for suggestion in suggestions] == [sooner.id, later.id, some_day.id]


def test_without_shared_contacts_only_a_promise_is_suggested() -> None:
    ben = met("Ben", again=True, mutual=False, promises=[promise("the article")], memories=[insight("hay insulates")])

    assert kinds_of(choose([ben], day=DAY)) == [FollowUpKind.KEEP_PROMISE]


def test_a_promise_to_meet_stands_for_meeting_again() -> None:
    ben = met("Ben", again=True, promises=[promise("an hour in the clock tower", kind="MEET")])

    assert kinds_of(choose([ben], day=DAY)) == [FollowUpKind.KEEP_PROMISE]


def test_nobody_is_thanked_twice_in_one_evening() -> None:
    ben = met("Ben", memories=[insight("hay insulates"), insight("doors are easy"), note("Ben lent me a drill")])

    assert kinds_of(choose([ben], day=DAY, at_most=5)) == [FollowUpKind.THANK]


def test_somebody_thanked_tonight_is_not_thanked_again_when_the_list_is_filled_up() -> None:
    ben = met("Ben", memories=[insight("hay insulates"), insight("doors are easy")])
    (thank,) = choose([ben], day=DAY)

    assert choose([ben], day=DAY, left_out={(thank.kind, thank.subject_id)}, already=1) == []


def test_something_learned_on_a_later_day_is_a_new_reason_for_thanks() -> None:
    first, second = insight("hay insulates"), insight("doors are easy", on=DAY + timedelta(days=1))
    ben = met("Ben", memories=[first, second])

    (thank,) = choose([ben], day=DAY + timedelta(days=1), left_out={(FollowUpKind.THANK, first.id)})

    assert thank.subject_id == second.id


def test_nothing_learned_after_the_evening_is_known_in_it() -> None:
    ben = met("Ben", memories=[insight("hay insulates", on=DAY + timedelta(days=1))])

    assert choose([ben], day=DAY) == []


def test_a_list_filled_up_later_takes_other_shapes() -> None:
    people_met = [
        met(name, promises=[promise(f"the article for {name}")]) for name in ("Ben", "Mei", "Olu", "Ana", "Zoë")
    ]
    first = choose(people_met[:2], day=DAY, at_most=5, seed=b"me")
    done = {(suggestion.kind, suggestion.subject_id) for suggestion in first}

    more = choose(people_met, day=DAY, at_most=3, already=2, seed=b"me", left_out=done)

    assert len({_shape(suggestion) for suggestion in [*first, *more]}) == 5


@pytest.mark.parametrize(
    "text",
    [
        "Tall, grey coat, likes jazz",
        "seemed lonely",
        "told me he is getting divorced",
        "gave me a boring tip",
        "does not know that I know",
    ],
)
def test_a_note_that_is_no_gift_or_might_hurt_is_nothing_to_thank_for(text: str) -> None:
    assert choose([met("Ben", memories=[note(text)])], day=DAY) == []


def test_a_need_is_never_quoted_back() -> None:
    assert choose([met("Ben", memories=[need("somebody who told me he could weld")])], day=DAY) == []


def test_a_note_of_something_given_is() -> None:
    (thank,) = choose([met("Mei", memories=[note("Mei showed me how to free a stuck bobbin")])], day=DAY)

    assert thank.reason == "You noted about Mei: “Mei showed me how to free a stuck bobbin”"
    assert "“Mei showed me how to free a stuck bobbin”" in thank.draft


def test_an_unkind_insight_is_kept_to_oneself() -> None:
    ben = met("Ben", again=True, memories=[insight("he is rude to volunteers, that is why they leave")])

    (meet,) = choose([ben], day=DAY)

    assert "rude" not in meet.draft


def test_a_promise_that_cannot_be_quoted_is_kept_all_the_same() -> None:
    secret = promise("send the lawsuit papers, between us")

    (keep,) = choose([met("Ben", promises=[secret])], day=DAY)

    assert keep.reason.startswith("You promised Ben: send the lawsuit papers")
    assert "lawsuit" not in keep.draft


def test_a_kept_promise_is_something_to_give_thanks_for() -> None:
    (thank,) = choose([met("Olu", promises=[promise("the net mender's address", kept=DAY)])], day=DAY)

    assert thank.kind is FollowUpKind.THANK
    assert thank.reason == "You kept your promise to Olu: the net mender's address"


def test_what_somebody_typed_is_never_read_as_a_placeholder() -> None:
    (keep,) = choose([met("{quote}", promises=[promise("show {name} the kiln")])], day=DAY)

    assert keep.reason == "You promised {quote}: show {name} the kiln"


@pytest.mark.parametrize("name", ["Zoë Müller-Ngũgĩ", "李文", "ليلى حداد"])
def test_a_draft_speaks_to_them_by_first_name(name: str) -> None:
    (keep,) = choose([met(name, promises=[promise("the article on soil sensors")])], day=DAY)

    assert name.split(maxsplit=1)[0] in keep.draft
    assert name not in keep.draft or " " not in name


def test_the_order_holds_every_kind_of_follow_up() -> None:
    assert set(ORDER) == set(FollowUpKind)


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_two_shapes_share_a_run_of_five_words(path: Path) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for group in drafts_in(path.stem).shapes.values():
        for shape in group:
            for part in re.split(r"“\{quote\}”|\{name\}", shape):
                words = re.findall(r"[\w\u2019-]+", part.casefold())
                for run in {tuple(words[at : at + 5]) for at in range(len(words) - 4)}:
                    assert run not in seen, f"{' '.join(run)}: {seen[run]} / {shape}"
                    seen[run] = shape


@pytest.mark.parametrize("shape", ALL_SHAPES)
def test_a_shape_is_calm_and_claims_no_day(shape: str) -> None:
    assert "!" not in shape
    assert "'" not in shape
    assert not re.search(r"\b(amazing|great|wonderful|inspiring|honou?red|pleasure|today|yesterday|regards)\b", shape)
    assert len(shape) <= 170


def test_a_file_of_drafts_that_is_not_whole_is_refused_in_words() -> None:
    content = (DRAFTS / "en.toml").read_text(encoding="utf-8")
    broken = content.replace("A promise is a promise, {name}.", "A promise is a promise.")
    broken = broken.replace('kept_promise = "You kept', 'kept = "You kept').replace('language = "en"', "")

    with pytest.raises(DraftsNotValid) as refused:
        parse_drafts(broken, source="en.toml")

    assert set(refused.value.faults) == {
        "the reason 'kept_promise' is missing",
        "promise_unquoted, shape 3: it says {name} exactly once",
        'it does not say its language: put a line like language = "en" at the top',
    }


def test_a_reason_that_does_not_end_with_its_quotation_is_refused() -> None:
    content = (DRAFTS / "en.toml").read_text(encoding="utf-8")
    broken = content.replace("You promised {name}: {quote}", "{quote} is what you promised {name}")

    with pytest.raises(DraftsNotValid, match="the reason 'promise': a quotation stands at the end, after a colon"):
        parse_drafts(broken, source="en.toml")


def test_a_ground_with_too_few_shapes_is_refused() -> None:
    with pytest.raises(DraftsNotValid, match="note has 0 shapes; it needs 5"):
        parse_drafts('language = "en"', source="en.toml")
