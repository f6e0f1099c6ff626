"""What counts as a mail address and how two are compared.

Only the form is looked at: whether anybody reads it is for the mail to find out.
"""

import re
import unicodedata

from server.texts import NOT_TEXT, deceives

#: RFC 5321, section 4.5.3.1.3: a path of 256 octets with its angle brackets.
LONGEST_ADDRESS = 254

_PART = r"[^\s@,;:<>()\[\]\"\\.]+"
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){_PART}(\.{_PART})*@{_PART}(\.{_PART})+")


def is_address(text: str) -> bool:
    """Whether `text` has the form name@domain.tld, in any script.

    Quoted local parts and lone host names do not, nor does what holds a sign that nobody can see or type.
    """
    if len(text.encode("utf-8", "replace")) > LONGEST_ADDRESS or _ADDRESS.fullmatch(text) is None:
        return False
    return (text.isascii() and text.isprintable()) or not any(map(_is_unseen, text))


def address_key(address: str) -> str:
    """How addresses are compared and found: lower-cased, as every large provider delivers them."""
    return address.strip().lower()


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in NOT_TEXT or deceives(sign)
