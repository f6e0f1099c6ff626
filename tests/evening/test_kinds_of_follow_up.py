"""What an evening suggests beyond promises, another talk and thanks: sharing, a word for their work, and asks."""

import pytest

from server.evening.choosing import ask_held_back
from server.evening.met.models import Reader
from server.evening.models import FollowUpKind
from server.swaps.models import Feeling
from tests.evening.people_met import at, choose, insight, kinds_of, met, need, note, promise, reader

SEED_LIBRARY = "starting a seed library"
KEEPER = reader(offering="twenty years of beekeeping")
SEEKER = reader(seeking="help with beekeeping")


def test_what_i_offer_is_shared_with_somebody_who_looks_for_it() -> None:
    (share,) = choose([met("Mei", seeking="Somebody who knows beekeeping")], reader=KEEPER)

    assert share.kind is FollowUpKind.SHARE
    assert share.reason == "Mei would welcome help with something you offer: “Somebody who knows beekeeping”"
    assert "“Somebody who knows beekeeping”" in share.draft
    assert "“twenty years of beekeeping”" in share.draft
    assert (share.their_words, share.gift) == ("Somebody who knows beekeeping", "twenty years of beekeeping")


def test_a_need_that_i_noted_is_met_and_not_quoted_back() -> None:
    (share,) = choose([met("Mei", memories=[need("a beekeeping course she can afford")])], reader=KEEPER)

    assert share.reason == (
        "You noted what Mei needs, and you offer help with it: “a beekeeping course she can afford”"
    )
    assert "afford" not in share.draft
    assert "“twenty years of beekeeping”" in share.draft
    assert share.their_words is None


def test_what_i_learned_from_one_is_passed_on_to_another_who_looks_for_it() -> None:
    ben = met("Ben", memories=[insight("beekeeping begins with one strong colony")])
    mei = met("Mei", seeking="help with beekeeping")

    (share,) = [each for each in choose([ben, mei]) if each.kind is FollowUpKind.SHARE]

    assert share.person_id == mei.person_id
    assert share.reason == "You learned something elsewhere that may help Mei with this: “help with beekeeping”"
    assert "“beekeeping begins with one strong colony”" in share.draft
    assert "Ben" not in share.draft


@pytest.mark.parametrize(
    "lesson",
    ["Ben says beekeeping begins with one colony", "BEN: beekeeping", "beekeeping, but he is rude about it"],
)
def test_nothing_is_passed_on_that_names_whom_it_came_from_or_might_hurt(lesson: str) -> None:
    ben = met("Ben Okafor", memories=[insight(lesson)])

    suggestions = choose([ben, met("Mei", seeking="help with beekeeping")])

    assert FollowUpKind.SHARE not in kinds_of(suggestions)


def test_a_note_about_somebody_is_never_passed_on() -> None:
    ben = met("Ben", memories=[note("told me of a beekeeping course")])

    assert kinds_of(choose([ben, met("Mei", seeking="help with beekeeping")])) == [FollowUpKind.THANK]


def test_a_topic_taken_off_a_card_is_no_reason() -> None:
    keeper = Reader(KEEPER.registration_id, KEEPER.person_id, card=KEEPER.card, dropped_topics=("beekeeping",))

    assert choose([met("Mei", seeking="Somebody who knows beekeeping")], reader=keeper) == []


@pytest.mark.parametrize(
    ("why", "about"),
    [
        ("Mei is new here, and up to this", {"new_here": True}),
        ("Mei is between things just now, and up to this", {"between_things": True}),
        ("You found that you can help Mei, who is up to this", {"feelings": [Feeling.CAN_HELP]}),
        ("You learned something from Mei, who is up to this", {"feelings": [Feeling.LEARNED]}),
    ],
)
def test_a_word_for_their_work_has_its_reason_in_the_record(why: str, about: dict[str, object]) -> None:
    (speak_up,) = choose([met("Mei", up_to=SEED_LIBRARY, **about)])  # type: ignore[arg-type] # as `met` takes them

    assert speak_up.kind is FollowUpKind.SPEAK_UP
    assert speak_up.reason == f"{why}: “{SEED_LIBRARY}”"
    assert f"“{SEED_LIBRARY}”" in speak_up.draft


def test_that_somebody_is_up_to_something_is_no_reason_by_itself() -> None:
    assert choose([met("Mei", up_to=SEED_LIBRARY)]) == []
    assert choose([met("Mei", up_to=SEED_LIBRARY, feelings=[Feeling.TALK_AGAIN])]) == []


def test_a_word_for_their_work_goes_to_newcomers_and_people_between_things_first() -> None:
    settled = [met(name, up_to=SEED_LIBRARY, feelings=[Feeling.CAN_HELP]) for name in ("Ben", "Olu", "Ana")]

    (first, *_) = choose([*settled, met("Mei", up_to=SEED_LIBRARY, new_here=True)])

    assert "Mei" in first.reason


def test_without_a_line_on_their_card_a_word_rests_on_what_was_learned() -> None:
    (speak_up,) = choose([met("Mei", memories=[insight("hay insulates")], new_here=True)], at_most=1)

    assert speak_up.reason == "You learned this from Mei, and others could hear of it: “hay insulates”"


def test_one_line_is_not_quoted_twice_in_an_evening() -> None:
    suggestions = choose([met("Mei", memories=[insight("hay insulates")], new_here=True)], at_most=5)

    assert kinds_of(suggestions) == [FollowUpKind.SPEAK_UP]


def test_an_ask_comes_last_and_only_where_something_was_given() -> None:
    mei = met("Mei", offering="beekeeping lessons", given=True, promises=[promise("the article")])

    suggestions = choose([mei], reader=SEEKER)

    assert kinds_of(suggestions) == [FollowUpKind.KEEP_PROMISE, FollowUpKind.ASK]
    assert suggestions[1].reason == (
        "You gave Mei something before, and you look for what Mei offers: “beekeeping lessons”"
    )
    assert choose([met("Mei", offering="beekeeping lessons")], reader=SEEKER) == []


def test_what_was_given_does_not_set_the_ask_back_that_it_opened() -> None:
    mei = met("Mei", offering="beekeeping lessons", given=True)
    ben = met("Ben", again=True, memories=[insight("hay insulates")])
    given = (FollowUpKind.SPEAK_UP, mei.at.swap_id)

    suggestions = choose([mei, ben], reader=SEEKER, at_most=2, left_out={given})

    assert kinds_of(suggestions) == [FollowUpKind.MEET, FollowUpKind.ASK]


def test_an_ask_that_is_held_back_is_known_and_one_that_is_open_is_not_held_back() -> None:
    assert ask_held_back([met("Mei", offering="beekeeping lessons")], reader=SEEKER) == at("Mei")
    assert ask_held_back([met("Mei", offering="beekeeping lessons", given=True)], reader=SEEKER) is None
    assert ask_held_back([met("Mei", offering="beekeeping lessons", mutual=False)], reader=SEEKER) is None
    assert ask_held_back([met("Mei", offering="welding")], reader=SEEKER) is None


def test_people_known_longer_and_people_new_take_turns() -> None:
    new = [met(name, again=True) for name in ("Ana", "Ben", "Cem", "Dora")]
    known = [met(name, again=True, known=True) for name in ("Kofi", "Lea")]

    suggestions = choose([*new, *known], at_most=4)

    assert len({each.person_id for each in suggestions} & {each.person_id for each in known}) == 2


def test_a_reader_of_german_has_german_words_around_the_quotations() -> None:
    leser = reader(language="de", offering="Imkern")

    (share,) = choose([met("Mei", seeking="somebody who knows beekeeping")], reader=leser)

    assert share.reason == "Mei sucht Hilfe bei etwas, das du anbietest: „somebody who knows beekeeping“"
    assert "„Imkern“" in share.draft


def test_a_language_without_drafts_has_them_in_english() -> None:
    (keep,) = choose([met("Ben", promises=[promise("the article")])], reader=reader(language="pt"))

    assert keep.reason == "You promised Ben: the article"
