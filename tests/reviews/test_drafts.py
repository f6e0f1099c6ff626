"""The words of the weekly review: no two alike, true, calm, and quoting nothing that may hurt."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from server.drafts.guards import may_be_quoted
from server.reviews.rhythms import RHYTHMS
from server.reviews.saying import calendar_in
from server.reviews.telling import Record, Talk, ground_of
from server.reviews.wording import DRAFTS, Ground
from tests.drafts.shapes import loud_or_long, shapes_of, share_a_run
from tests.reviews.page_of_drafts import drafts, page

DOCS = Path(__file__).parents[2] / "docs"
TALKED_ON = date(2027, 3, 4)
START = datetime(2027, 5, 3, 20, 0, tzinfo=UTC)


def record(**changes: object) -> Record:
    told = Record(name="Ben Okafor", touched_on=TALKED_ON, talk=Talk(TALKED_ON, "Repair Summit"), conversations=1)
    return Record(**{name: getattr(told, name) for name in told.__slots__} | changes)


@pytest.mark.parametrize("language", sorted(DRAFTS.languages()))
def test_no_two_shapes_share_a_run_of_five_words(language: str) -> None:
    assert share_a_run(shapes_of(DRAFTS, language)) == []


@pytest.mark.parametrize("language", sorted(DRAFTS.languages()))
def test_a_shape_is_calm_and_short(language: str) -> None:
    assert loud_or_long(shapes_of(DRAFTS, language)) == []


def test_the_page_holds_sixty_drafts_as_they_are_written_now() -> None:
    written = (DOCS / "review-drafts.md").read_text(encoding="utf-8")

    assert written == page(), "python -m tests.reviews.page_of_drafts > docs/review-drafts.md"
    assert len(re.findall(r"^   > ", written, re.MULTILINE)) == 60


@pytest.mark.parametrize("language", sorted(DRAFTS.languages()))
def test_every_draft_says_the_name_and_offers_times(language: str) -> None:
    for told in drafts(language):
        assert re.search(r"\d\d:\d\d", told.draft), told.draft
        assert not re.search(r"\{|\}|  ", told.draft), told.draft


def test_the_rhythms_in_the_docs_are_those_that_hold() -> None:
    table = re.findall(
        r"^\| ([^|]+) \| (\d+) weeks \|", (DOCS / "reviews.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    names = {"get to know": "GET_TO_KNOW", "nothing said": None, "stay in touch": "STAY_IN_TOUCH"}
    names["have worked with"] = "WORKED_WITH"
    assert {names[name]: int(weeks) * 7 for name, weeks in table} == dict(RHYTHMS)


def test_an_open_promise_is_the_best_reason() -> None:
    whole = record(promises=("the article",), insights=("hay insulates",), up_to="a mill", conversations=3)

    assert ground_of(whole) == (Ground.PROMISE, "the article")


def test_the_third_conversation_is_marked_once() -> None:
    assert ground_of(record(conversations=3))[0] is Ground.THIRD
    assert ground_of(record(conversations=3, earlier=1))[0] is Ground.TALK


def test_another_line_is_quoted_the_next_time() -> None:
    lines = {
        "insights": ("hay insulates", "bees sleep less than she thought"),
        "up_to": "turning a mill into a workshop",
    }

    quoted = [ground_of(record(**lines, earlier=earlier))[1] for earlier in range(4)]

    assert quoted == [*lines["insights"], lines["up_to"], lines["insights"][0]]


def test_what_may_hurt_is_not_quoted() -> None:
    assert not may_be_quoted("she is annoying")
    hurtful = record(promises=("keep quiet about the divorce",), insights=("she is annoying",))

    assert ground_of(hurtful)[0] is Ground.TALK


def test_a_talk_between_events_is_not_placed_at_one() -> None:
    assert ground_of(record(talk=Talk(TALKED_ON, None)))[0] is Ground.TOUCH
    assert ground_of(record(touched_on=TALKED_ON + timedelta(days=1)))[0] is Ground.TOUCH
    assert ground_of(record(talk=None))[0] is Ground.TOUCH


def test_a_time_is_said_by_the_readers_clock_with_ones_own_beside_it() -> None:
    english, german = calendar_in("en"), calendar_in("de")
    near, far = (
        {"zone": "Europe/Lisbon", "own_zone": "Europe/London"},
        {"zone": "Asia/Tokyo", "own_zone": "Europe/Berlin"},
    )

    assert english.choice([START], **near) == "on Monday 3 May at 21:00"
    assert english.choice([START], **far) == "on Tuesday 4 May at 05:00 your time (Monday 3 May at 22:00 mine)"
    assert german.choice([START, START + timedelta(hours=5)], **far) == (
        "am Dienstag, 4. Mai um 05:00 Uhr deiner Zeit (Montag, 3. Mai um 22:00 Uhr bei mir) oder "
        "am Dienstag, 4. Mai um 10:00 Uhr deiner Zeit (03:00 Uhr bei mir)"
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 4, 3), "on 3 April"),
        (date(2027, 2, 3), "in February"),
        (date(2026, 12, 30), "in December 2026"),
    ],
)
def test_a_day_that_has_been_is_said_as_people_speak_of_it(day: date, said: str) -> None:
    assert calendar_in("en").past(day, today=date(2027, 4, 23)) == said
