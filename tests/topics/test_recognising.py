"""Finding topics in what people write: whole words, any language, nothing that the writer takes back."""
# ruff: noqa: RUF001 (letters of several scripts on purpose)

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.topics.recognising import recogniser, topics_in, topics_of_card
from server.topics.table import topic_table
from tests.agenda.cards import WRITTEN

ODD = (*WRITTEN, "+#+#", "C++ and C#", "ﬁlm", "ＡＩ", "\u202eמוסיקה", "İstanbul'da arıcılık", "�", "\ud800", "🐝" * 300)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("k8s", ["kubernetes"]),
        ("Kubernetes-Cluster", ["kubernetes"]),
        ("recruiting engineers", ["recruiting"]),
        ("advice on HIRING!", ["recruiting"]),
        ("Personalsuche", ["recruiting"]),
        ("bees, bread, bicycles", ["beekeeping", "bread", "cycling"]),
        ("a seed-library", ["seeds"]),
        ("AI", ["artificial-intelligence"]),
        ("C++ and C#", ["c-plus-plus", "c-sharp"]),
        ("Bodensensoren", ["soil-sensors"]),
        ("alten Sorten", ["seeds"]),
        ("Imkerinnen", ["beekeeping"]),
        ("Moebel", ["furniture"]),
        ("MÖBEL", ["furniture"]),
        ("horta e compostagem", ["vegetable-growing", "composting"]),
        ("l’apiculture", ["beekeeping"]),
        ("養蜂とパン", ["beekeeping", "bread"]),
        ("图书馆，修理", ["libraries", "repair"]),
        ("양봉을 해요", ["beekeeping"]),
        ("пчёлы", ["beekeeping"]),
        ("الموسيقى", ["music"]),
        ("موسيقى", ["music"]),
    ],
)
def test_names_are_found_in_any_language_and_form(text: str, topics: list[str]) -> None:
    assert list(topics_in(text)) == topics


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Gartengruppe", ["gardening"]),
        ("Bienenprojekt", ["beekeeping"]),
        ("Chorabende", ["choirs"]),
        ("Schachkurse für Kinder", ["chess"]),
        ("Näh- und Strickkurs", ["knitting"]),
        ("Bootcamp", []),
        ("Brotzeit", []),
        ("Schachteln", []),
        ("Kunststoff", ["materials-science"]),
        ("Kindergarten", ["early-years"]),
        ("Gartenstühle", ["furniture"]),
        ("Chemielehrer", ["chemistry-tutoring"]),
        ("Theaterlehrer", ["theatre"]),
        ("Lieblingsbäckerei", ["baking"]),
        ("Studenten", ["universities"]),
        ("Substanzen", []),
        ("Gärten und Wälder", ["gardening", "forestry"]),
    ],
)
def test_a_german_compound_is_what_its_end_says_when_that_is_known(text: str, topics: list[str]) -> None:
    assert list(topics_in(text)) == topics


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("beekeeping in schools", ["beekeeping"]),
        ("beekeeping, and volunteers", ["beekeeping", "volunteering"]),
        ("volunteers", ["volunteering"]),
        ("kimchi for my neighbours", ["fermentation"]),
    ],
)
def test_what_says_only_where_or_for_whom_gives_way_to_what_a_text_is_about(text: str, topics: list[str]) -> None:
    assert list(topics_in(text)) == topics


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("bisikletimi tamir etmek", ["bicycle-repair"]),
        ("organise", []),
        ("pszczelarza", ["beekeeping"]),
        ("apicultoras", ["beekeeping"]),
        ("garantizar", []),
        ("counseling", ["therapy"]),
        ("учительницу английского", ["english"]),
        ("mobilya tamiri", ["furniture"]),
    ],
)
def test_words_are_known_in_the_forms_their_language_gives_them(text: str, topics: list[str]) -> None:
    assert list(topics_in(text)) == topics


@pytest.mark.parametrize("text", ["the", "for the many", "alle samen", "wer sucht was", "para todos", "sad pies"])
def test_no_form_of_a_name_is_a_common_word_of_another_language(text: str) -> None:
    assert topics_in(text) == ()


@pytest.mark.parametrize(
    "text",
    ["organizing", "chestnut", "rustic", "scoring", "hobbyists", "I go there often", "it is", "we react", "artful",
     "Kaltwasser", "partout", "Singlebörse"],
)  # fmt: skip
def test_nothing_is_found_inside_other_words(text: str) -> None:
    assert topics_in(text) == ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I keep snakes: two pythons. Python is my favourite.", ["reptiles"]),
        ("Python and pandas", ["python"]),
        ("coffee from Java", []),
        ("rust on old cars", ["cars"]),
        ("Rust and Go services", ["rust", "golang"]),
        ("football boots", ["football"]),
        ("we are all in the same boat", []),
        ("army vet, served twelve years", ["armed-forces"]),
        ("a vet for our cows", ["veterinary", "cattle-pigs"]),
        ("oil drums for sale", []),
        ("cloud spotting", []),
        ("butternut squash soup", []),
    ],
)
def test_a_word_of_two_meanings_is_told_by_its_letters_or_its_neighbours(text: str, topics: list[str]) -> None:
    found = list(topics_in(text))

    assert [
        topic
        for topic in found
        if topic in {*topics, "python", "java", "rust", "sailing", "veterinary", "drums", "cloud", "padel-squash"}
    ] == topics


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("anything but blockchain", []),
        ("not interested in Kubernetes any more, happy to talk gardening", ["gardening"]),
        ("no politics, but bees", ["beekeeping"]),
        ("kein Fußball, lieber Schach", ["chess"]),
        ("Imkerei ist nichts für mich, ich mache Käse", ["cheese"]),
        ("chess is not for me", []),
        ("not only chess", ["chess"]),
        ("no experience with Kubernetes", ["kubernetes"]),
        ("keine Ahnung von Buchhaltung", ["bookkeeping"]),
        ("never tired of knitting", ["knitting"]),
        ("sans apiculture", []),
        ("used to do kubernetes, please dont ask me about it anymore, now I make furniture", ["furniture"]),
        ("allergic to bees", []),
    ],
)
def test_what_is_taken_back_is_not_found_and_what_is_missing_is(text: str, topics: list[str]) -> None:
    assert list(topics_in(text)) == topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [("I manage a foodbank", "food-banks"), ("parents group", "parenting"), ("İNGİLİZCE", "english")],
)
def test_a_name_is_known_as_people_type_it(text: str, topic: str) -> None:
    assert topic in topics_in(text)


def test_the_longest_name_counts_and_its_words_are_told() -> None:
    (mention,) = recogniser().mentions("I am good at machine learning.")

    assert (mention.topic, mention.words) == ("machine-learning", "machine learning")


def test_a_name_does_not_reach_over_the_end_of_a_thought() -> None:
    assert "machine-learning" not in topics_in("I fix any machine. Learning takes time.")


def test_parts_that_are_spoken_of_together_make_the_narrower_topic() -> None:
    assert topics_in("I like to mend things, bikes above all") == ("bicycle-repair",)


def test_each_topic_is_found_once_and_in_the_order_of_the_text() -> None:
    assert topics_in("bread, bees, Brot, Bienen") == ("bread", "beekeeping")


def test_a_dropped_topic_is_in_no_field() -> None:
    card = topics_of_card(seeking="bees", offering="chess and bees", up_to="bread", without=["beekeeping"])

    assert (card.sought, card.offered, card.told) == (frozenset(), frozenset({"chess"}), frozenset({"bread"}))
    assert card.all == {"chess", "bread"}


@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(ODD), max_size=4).map(" ".join)))
def test_any_text_is_read_and_only_topics_of_the_table_come_of_it(text: str) -> None:
    found = topics_in(text)

    assert set(found) <= topic_table().topics.keys()
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("piece", ["word, ", "\U0001f41d", "א", "e\u0301", "Donau", "not ", "养", "no bees but bees "])
def test_ten_thousand_characters_are_read_without_losing_time(piece: str) -> None:
    begun = time.perf_counter()

    topics_in((piece * 10_000)[:10_000])

    assert time.perf_counter() - begun < 30  # an endless loop, not a figure


def test_nothing_written_is_no_topic() -> None:
    assert topics_in(None) == topics_in("") == topics_in(" \n ") == ()
