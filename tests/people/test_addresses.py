"""Only the form of an address is looked at."""

import pytest

from server.people.addresses import address_key, is_address


@pytest.mark.parametrize(
    "address", ["ana@example.org", "a.b+tag@mail.example.org", "jörg.müller@münchen.example", "o'brien@example.org"]
)
def test_plausible_addresses_pass(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "ana", "ana@", "@example.org", "ana@localhost", "a b@example.org", "a@b@example.org", "ana@example..org",
     ".ana@example.org", "Ana <ana@example.org>", "a@example.org,b@example.org", f"{'a' * 65}@example.org",
     f"a@{'b' * 250}.org", "ana@example.org\r\nBcc: all@example.org", "a\0na@example.org", "ana@exa\ud800mple.org",
     "\u200bana@example.org", "ana@example.org\u202e", "\x07ana@example.org"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(address: str) -> None:
    assert not is_address(address)


def test_addresses_compare_lower_cased() -> None:
    assert address_key(" Ana@Example.ORG ") == "ana@example.org"
