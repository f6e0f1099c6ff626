"""The shapes of an evening's drafts."""

import pytest

from server.evening.drafts import DRAFTS
from tests.drafts.shapes import loud_or_long, shapes_of, share_a_run

LANGUAGES = sorted(DRAFTS.languages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_shapes_share_a_run_of_five_words(language: str) -> None:
    assert share_a_run(shapes_of(DRAFTS, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shape_is_calm_and_claims_no_day(language: str) -> None:
    assert loud_or_long(shapes_of(DRAFTS, language)) == []
