"""Words that say nothing alone and much together, words that say too little, and what is named only by the way."""

import pytest

from server.topics.recognising import topics_in
from server.topics.signs import Sign, Signs, read_signs, stem_of


def told(text: str, *signs: str) -> list[tuple[str, tuple[int, ...]]]:
    read = read_signs({"one.toml": f'[groups]\nchild = "child kids"\n[signs]\nparenting = {list(signs)!r}'})
    return list(Signs(tuple(read)).found(enumerate(text.split())))


def test_a_sign_is_one_word_of_each_list_in_any_order_and_form() -> None:
    assert told("my kids keep screaming", "$child + scream") == [("parenting", (1, 3))]
    assert told("screams of a child", "$child + scream") == [("parenting", (0, 3))]


def test_one_list_alone_says_nothing_nor_do_words_far_apart() -> None:
    assert told("my kids", "$child + scream") == []
    assert told(f"kids {'and ' * 12}scream", "$child + scream") == []


def test_one_word_does_not_stand_in_for_two() -> None:
    assert told("kids", "$child + kids scream") == []
    assert told("kids and kids", "$child + kids scream") == [("parenting", (0, 2))]


def test_a_topic_is_told_once() -> None:
    assert Signs(()).knows("parenting", ["child"]) is False
    assert told("kids scream and kids scream", "$child + scream") == [("parenting", (0, 1))]
    assert Signs((Sign("parenting", (frozenset({"kid"}),)),)).knows("parenting", ["kids"])


@pytest.mark.parametrize(
    ("one", "other"),
    [("write", "writing"), ("houses", "house"), ("drummer", "drum"), ("räume", "raum"), ("classes", "class")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


def test_words_that_are_far_from_each_other_have_none_in_common() -> None:
    assert stem_of("care") != stem_of("car")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("our kids shout and scream at bedtime", "parenting"),
        ("my landlord will not mend the leak", "tenants-rights"),
        ("meine Mutter vergisst immer mehr", "dementia"),
        ("a cellar where teenagers can rehearse", "meeting-spaces"),
    ],
)
def test_a_need_is_found_without_the_word_of_the_trade(text: str, topic: str) -> None:
    assert topic in topics_in(text)


def test_what_is_taken_back_or_an_idiom_is_no_sign() -> None:
    assert "tenants-rights" not in topics_in("no interest in my landlord or the leak")
    assert "beekeeping" not in topics_in("the spelling bee in winter")


@pytest.mark.parametrize(
    ("text", "topic", "is_found"),
    [
        ("cloud", "cloud", True),
        ("drawings of a cloud over the sea", "cloud", False),
        ("cloud and Kubernetes for charities", "cloud", True),
        ("it takes a swing now and then", "swing-dance", False),
    ],
)
def test_a_doubtful_word_counts_only_beside_another_that_goes_with_it(text: str, topic: str, is_found: bool) -> None:
    assert (topic in topics_in(text)) is is_found


def test_a_whole_field_after_for_is_said_by_the_way() -> None:
    assert topics_in("statistics for my nursing") == ("statistics",)
    assert topics_in("help for nursing") == ("care",)
    assert "community-gardens" in topics_in("funding for a community garden")


def test_who_sells_the_things_of_it_need_not_do_it() -> None:
    assert "guitar" in topics_in("I play the guitar on Mondays")
    assert "guitar" not in topics_in("I sell a guitar now and then")
    assert "guitar" in topics_in("I play the guitar, and sell honey")
    assert "honey" in topics_in("I sell honey")
