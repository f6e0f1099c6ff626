"""The suggestions of an evening: few, in order, each with a true reason and a draft of its own."""

from datetime import timedelta

import pytest

from server.evening.choosing import ORDER
from server.evening.models import FollowUpKind
from tests.evening.people_met import DAY, choose, insight, kinds_of, met, need, note, promise, shape_of


def test_a_day_without_anything_gives_nothing() -> None:
    assert choose([]) == []
    assert choose([met("Ben")]) == []


def test_three_things_about_one_person_fill_an_evening_in_which_nobody_else_was_met() -> None:
    ben = met(
        "Ben Okafor",
        again=True,
        promises=[promise("the article on soil sensors")],
        memories=[insight("the school doors were the easy part")],
    )

    suggestions = choose([ben])

    assert kinds_of(suggestions) == [FollowUpKind.KEEP_PROMISE, FollowUpKind.MEET, FollowUpKind.THANK]
    assert suggestions[0].reason == "You promised Ben: the article on soil sensors"
    assert suggestions[1].reason == "You and Ben both said you would like to talk again."
    assert suggestions[2].reason == "You wrote down what you learned from Ben: “the school doors were the easy part”"
    assert "“the article on soil sensors”" in suggestions[0].draft
    assert "“the school doors were the easy part”" in suggestions[2].draft


def test_a_line_that_is_thanked_for_is_not_quoted_a_second_time() -> None:
    ben = met("Ben", again=True, memories=[insight("the school doors were the easy part")])

    meet, thank = choose([ben])

    assert "school doors" not in meet.draft
    assert "school doors" in thank.draft


def test_a_line_that_was_learned_opens_the_way_to_another_talk() -> None:
    ben = met("Ben", again=True, memories=[insight("the school doors were the easy part")])

    (meet,) = choose([ben], at_most=1)

    assert meet.kind is FollowUpKind.MEET
    assert "“the school doors were the easy part”" in meet.draft


def test_each_person_has_a_turn_before_anybody_has_two() -> None:
    ben = met("Ben", again=True, memories=[insight("the school doors were the easy part")])
    mei = met("Mei", memories=[insight("umbrellas break at the third rib")])
    olu = met("Olu", memories=[insight("people talk while their hands work")])

    suggestions = choose([ben, mei, olu])

    assert len({suggestion.person_id for suggestion in suggestions}) == 3


def test_the_promise_that_is_due_first_comes_first() -> None:
    later, sooner, some_day = (
        promise("the drawing", due=DAY + timedelta(days=4)),
        promise("the article", due=DAY + timedelta(days=1)),
        promise("the song"),
    )

    suggestions = choose([met("Ben", promises=[some_day, later, sooner])])

    assert [suggestion.subject_id for suggestion in suggestions] == [sooner.id, later.id, some_day.id]


def test_without_shared_contacts_only_a_promise_is_suggested() -> None:
    ben = met("Ben", again=True, mutual=False, promises=[promise("the article")], memories=[insight("hay insulates")])

    assert kinds_of(choose([ben])) == [FollowUpKind.KEEP_PROMISE]


def test_a_promise_to_meet_stands_for_meeting_again() -> None:
    ben = met("Ben", again=True, promises=[promise("an hour in the clock tower", kind="MEET")])

    assert kinds_of(choose([ben])) == [FollowUpKind.KEEP_PROMISE]


def test_nobody_is_thanked_twice_in_one_evening() -> None:
    ben = met("Ben", memories=[insight("hay insulates"), insight("doors are easy"), note("Ben lent me a drill")])

    assert kinds_of(choose([ben], at_most=5)) == [FollowUpKind.THANK]


def test_somebody_thanked_tonight_is_not_thanked_again_when_the_list_is_filled_up() -> None:
    ben = met("Ben", memories=[insight("hay insulates"), insight("doors are easy")])
    (thank,) = choose([ben])

    assert choose([ben], left_out={(thank.kind, thank.subject_id)}, already=1) == []


def test_something_learned_on_a_later_day_is_a_new_reason_for_thanks() -> None:
    first, second = insight("hay insulates"), insight("doors are easy", on=DAY + timedelta(days=1))
    ben = met("Ben", memories=[first, second])

    (thank,) = choose([ben], day=DAY + timedelta(days=1), left_out={(FollowUpKind.THANK, first.id)})

    assert thank.subject_id == second.id


def test_nothing_learned_after_the_evening_is_known_in_it() -> None:
    ben = met("Ben", memories=[insight("hay insulates", on=DAY + timedelta(days=1))])

    assert choose([ben]) == []


def test_a_list_filled_up_later_takes_other_shapes() -> None:
    people_met = [
        met(name, promises=[promise(f"the article for {name}")]) for name in ("Ben", "Mei", "Olu", "Ana", "Zoë")
    ]
    first = choose(people_met[:2], at_most=5)
    done = {(suggestion.kind, suggestion.subject_id) for suggestion in first}

    more = choose(people_met, at_most=3, already=2, left_out=done)

    assert len({shape_of(suggestion) for suggestion in [*first, *more]}) == 5


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
    assert choose([met("Ben", memories=[note(text)])]) == []


def test_a_need_is_never_quoted_back() -> None:
    assert choose([met("Ben", memories=[need("somebody who told me he could weld")])]) == []


def test_a_note_of_something_given_is() -> None:
    (thank,) = choose([met("Mei", memories=[note("Mei showed me how to free a stuck bobbin")])])

    assert thank.reason == "You noted about Mei: “Mei showed me how to free a stuck bobbin”"
    assert "“Mei showed me how to free a stuck bobbin”" in thank.draft


def test_an_unkind_insight_is_kept_to_oneself() -> None:
    ben = met("Ben", again=True, memories=[insight("he is rude to volunteers, that is why they leave")])

    (meet,) = choose([ben])

    assert "rude" not in meet.draft


def test_a_promise_that_cannot_be_quoted_is_kept_all_the_same() -> None:
    secret = promise("send the lawsuit papers, between us")

    (keep,) = choose([met("Ben", promises=[secret])])

    assert keep.reason.startswith("You promised Ben: send the lawsuit papers")
    assert "lawsuit" not in keep.draft


def test_a_kept_promise_is_something_to_give_thanks_for() -> None:
    (thank,) = choose([met("Olu", promises=[promise("the net mender's address", kept=DAY)])])

    assert thank.kind is FollowUpKind.THANK
    assert thank.reason == "You kept your promise to Olu: the net mender's address"


def test_what_somebody_typed_is_never_read_as_a_placeholder() -> None:
    (keep,) = choose([met("{quote}", promises=[promise("show {name} the kiln")])])

    assert keep.reason == "You promised {quote}: show {name} the kiln"


@pytest.mark.parametrize("name", ["Zoë Müller-Ngũgĩ", "李文", "ليلى حداد"])
def test_a_draft_speaks_to_them_by_first_name(name: str) -> None:
    (keep,) = choose([met(name, promises=[promise("the article on soil sensors")])])

    assert name.split(maxsplit=1)[0] in keep.draft
    assert name not in keep.draft or " " not in name


def test_the_order_holds_every_kind_of_follow_up() -> None:
    assert set(ORDER) == set(FollowUpKind)
