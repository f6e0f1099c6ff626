"""What holds over many people and talks: nobody is bored, and no prompt is written in vain."""

from statistics import median

import pytest

from server.agenda.library import library_in
from tests.agenda.crowd import Crowd, varieties


def test_over_a_year_no_pair_hears_a_question_twice_before_its_phase_is_used_up_and_no_two_open_alike() -> None:
    crowd = Crowd(40, seed=1)

    talks = [both for _ in range(6) for both in crowd.event(talks_each=4)]

    met_again = sum(one.situation.history.conversations > 0 for one, _ in talks)
    assert met_again > 50
    assert [talk.repeats_too_early() for both in talks for talk in both if talk.repeats_too_early()] == []
    assert [one.keys[0] for one, two in talks if one.agenda.prompts[0].text == two.agenda.prompts[0].text] == []


def test_who_talks_with_several_people_in_a_day_has_different_questions_for_them() -> None:
    varied = [talk for both in Crowd(40, seed=2).event(talks_each=8) for talk in both]
    left_to_chance = [talk for both in Crowd(40, seed=2).event(talks_each=8, vary=False) for talk in both]

    assert median(varieties(varied).values()) >= 0.9
    assert median(varieties(varied).values()) > median(varieties(left_to_chance).values())


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_prompt_is_unreachable(language: str) -> None:
    left = {prompt.key for prompt in library_in(language).prompts}

    for both in Crowd(500, seed=3, languages=[language]).meet_with_a_past(2_000):
        left -= {key for talk in both for key in talk.keys}
        if not left:
            break

    assert left == set(), f"never chosen in 2,000 talks: {', '.join(sorted(left))}"
