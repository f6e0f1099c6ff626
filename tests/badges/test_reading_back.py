"""A badge's code is read back by two programs that share no code, from pictures as poor as phones take them."""

import pytest

from server.badges.tokens import BadgeSecret
from server.sheets.symbols import modules_of
from tests.badges.poor_pictures import Sight, read_by_opencv, read_by_zxing, seen, with_quiet_zone

BADGES = [
    BadgeSecret(token, "ABCD2345").address("https://meet.example.org")
    for token in ("01JD9Q6Z3K7H8M2N4P5R6S7T8V", "7ZYXWVTSRQPNMKJHGFEDCBA987", "00000000000000000000000000")
]


@pytest.mark.parametrize(
    "sight",
    [
        pytest.param(Sight(100), id="small"),
        pytest.param(Sight(130, turned=33), id="turned"),
        pytest.param(Sight(150, tilted=30), id="tilted"),
        pytest.param(Sight(150, turned=-12, tilted=20), id="turned and tilted"),
        pytest.param(Sight(150, blur=1), id="out of focus"),
        pytest.param(Sight(150, noise=12, contrast=0.6), id="in poor light"),
        pytest.param(Sight(180, turned=8, tilted=14, blur=1, noise=8, contrast=0.8), id="all at once"),
        pytest.param(Sight(1200, turned=5, tilted=10, blur=4), id="very near"),
    ],
)
def test_a_badge_is_read_by_both_decoders(sight: Sight) -> None:
    for number, address in enumerate(BADGES):
        picture = seen(with_quiet_zone(modules_of(address)), sight, seed=number)
        assert (read_by_zxing(picture), read_by_opencv(picture)) == ([address], [address])


def test_a_badge_that_cannot_be_read_is_read_as_nothing_and_never_as_another() -> None:
    for number, address in enumerate(BADGES):
        for width in range(24, 100, 4):
            picture = seen(
                with_quiet_zone(modules_of(address)), Sight(width, turned=7, blur=1.5, noise=25), seed=number
            )
            assert read_by_zxing(picture) in ([], [address])
            assert read_by_opencv(picture) in ([], [address])
