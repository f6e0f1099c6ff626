"""The prompts in several languages: the question in its reader's, the quote in its writer's, never two in one talk."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from schema.ids import Kind, global_id
from server.agenda.choosing import choose_agenda
from server.agenda.library import PROMPTS, languages, library_in
from server.agenda.linting import differences
from server.agenda.models import PairHistory, PromptPhase, Side
from server.cli.app import app
from server.people.operations import LOCALES
from server.registrations.models import Card
from server.topics.wording import _reasons
from tests.agenda.cards import cards
from tests.front_door import FrontDoor
from tests.world import World

ENGLISH = (PROMPTS / "en.toml").read_text(encoding="utf-8")
JOANA = Card(name="Joana", up_to="uma biblioteca de ferramentas na escola velha", seeking="quem perceba de caldeiras")

histories = st.integers(min_value=0, max_value=3).map(PairHistory)


def read(language: str) -> str:
    return (PROMPTS / f"{language}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", sorted(languages() - {"en"}))
def test_a_key_means_the_same_question_in_every_language(language: str) -> None:
    differing, _ = differences(read(language), leading=ENGLISH)

    assert differing == ()


def test_english_and_german_are_complete_and_at_least_a_hundred_and_fifty() -> None:
    _, lacking = differences(read("de"), leading=ENGLISH)

    assert lacking == ()
    assert len(library_in("en").prompts) == len(library_in("de").prompts) >= 150


def test_the_languages_to_choose_from_are_those_there_are_prompts_and_reasons_in() -> None:
    assert set(LOCALES) == languages() == _reasons().keys()


def test_german_is_said_with_du() -> None:
    formal = {"Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Sie"}

    assert [prompt.key for prompt in library_in("de").prompts if formal & set(prompt.text.strip("?.").split())] == []


@given(
    reader=cards, other=cards, history=histories, side=st.sampled_from(Side), language=st.sampled_from(sorted(LOCALES))
)
def test_an_agenda_is_whole_in_every_language_and_in_that_one_alone(
    reader: Card, other: Card, history: PairHistory, side: Side, language: str
) -> None:
    library = library_in(language)

    agenda = choose_agenda(
        reader=reader, other=other, history=history, shown=(), side=side, seed=b"a swap", library=library
    )

    texts = {prompt.text for prompt in library.prompts}
    assert agenda.language == language
    assert 5 <= len(agenda.prompts) <= 7
    assert agenda.minutes <= 20
    assert {prompt.phase for prompt in agenda.prompts} == set(PromptPhase)
    assert {prompt.text for prompt in agenda.prompts} <= texts


@pytest.mark.parametrize(("language", "begins"), [("de", "de"), ("de-AT", "de"), ("pt-BR", "pt"), ("fi", "en")])
def test_the_question_is_the_readers_and_the_quotation_the_writers(language: str, begins: str) -> None:
    agenda = choose_agenda(
        reader=Card(name="Ute"),
        other=JOANA,
        history=PairHistory(),
        shown=(),
        side=Side.A,
        seed=b"",
        library=library_in(language),
    )

    assert agenda.language == begins
    assert "uma biblioteca de ferramentas na escola velha" in {prompt.quote for prompt in agenda.prompts}


def test_a_prompt_that_a_language_lacks_is_left_out_unless_a_phone_has_shown_it_in_english() -> None:
    lacked = next(key for key in library_in("en").by_key if key not in {each.key for each in library_in("pt").prompts})

    agenda = choose_agenda(
        reader=Card(name="Ute"),
        other=Card(name="Joana"),
        history=PairHistory(),
        shown=(lacked, "a-key-nobody-has"),
        side=Side.A,
        seed=b"",
        library=library_in("pt"),
    )

    first, *others = agenda.prompts
    assert first.text == library_in("en").by_key[lacked].text
    assert {prompt.text for prompt in others} <= {prompt.text for prompt in library_in("pt").prompts}


async def test_a_person_is_asked_in_the_language_they_chose(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    ana = await world.attendee(event, "Ana")
    ben = await world.attendee(event, "Ben", up_to="turning a closed school into a tool library")
    mine = front_door.as_(ana.token)
    settings = "mutation ($to: String!) { updateSettings(locale: $to) { __typename ... on Person { locale } } }"
    scan = """
        mutation ($event: ID!, $scan: ScanInput!) { swapBadges(event: $event, scan: $scan) {
            ... on Swap { agenda { prompts { text quote } } } } }
    """
    key = "0190f3f0-7c1e-7000-8000-000000000001"
    now = world.clock().isoformat()

    refused = await mine.ask(settings, to="tlh")
    kept = await mine.ask(settings, to="de")
    swap = await mine.ask(
        scan, event=global_id(Kind.EVENT, event.id), scan={"badge": ben.badge.token, "key": key, "scannedAt": now}
    )

    prompts = swap["swapBadges"]["agenda"]["prompts"]
    german = {prompt.text for prompt in library_in("de").prompts}
    assert refused["updateSettings"]["__typename"] == "InputNotValid"
    assert kept["updateSettings"]["locale"] == "de"
    assert {prompt["text"] for prompt in prompts} <= german
    assert "turning a closed school into a tool library" in {prompt["quote"] for prompt in prompts}


def test_lint_says_in_words_what_is_wrong_and_how_a_language_differs(tmp_path: Path) -> None:
    well = CliRunner().invoke(app, ["prompts", "lint"])
    other = tmp_path / "xx.toml"
    changed = read("pt").replace('key = "open-came"\nphase = "OPEN"', 'key = "open-came"\nphase = "CLOSE"')
    other.write_text(changed.replace('"close-next"', '"close-new-word"'), encoding="utf-8")
    ill = CliRunner().invoke(app, ["prompts", "lint", str(other)])
    broken = tmp_path / "broken.toml"
    broken.write_text("language = 3", encoding="utf-8")

    assert (well.exit_code, ill.exit_code) == (0, 1)
    assert "de.toml: nothing to mend." in well.output
    assert "prompts of the English file are not in it yet" in well.output
    assert "prompt close-new-word: the English file has no such key" in ill.output
    assert "prompt open-came: phase is CLOSE here and OPEN in English" in ill.output
    assert "does not say its language" in CliRunner().invoke(app, ["prompts", "lint", str(broken)]).output
