"""The QR codes are the library's own, mask for mask."""

import secrets

import pytest
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from server.sheets.symbols import symbol_of

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def as_the_library_makes_it(text: str) -> tuple[int, ...]:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return tuple(sum(bool(dark) << place for place, dark in enumerate(row)) for row in code.get_matrix())


@pytest.mark.parametrize("host", ["H.IO", "MEET.EXAMPLE.ORG", "AN-EVENT.OF-A-VERY-LONG-NAME.EXAMPLE.ORG:8443"])
def test_a_symbol_is_the_one_that_the_library_would_choose(host: str) -> None:
    for _ in range(12):
        text = f"HTTPS://{host}/B/{''.join(secrets.choice(LETTERS) for _ in range(26))}"

        assert symbol_of(text) == as_the_library_makes_it(text)


@pytest.mark.parametrize("length", [1, 14, 40, 90, 160, 300])
def test_symbols_of_every_size_are_the_library_s(length: int) -> None:
    text = "a" * length

    assert symbol_of(text) == as_the_library_makes_it(text)
