"""Text as it goes into a cell, so that no program takes what somebody has written for a formula. Pure.

The rule is OWASP's for CSV injection: a cell that begins with = + - @ or a control character, or with a full-width form
of one of those, gets an apostrophe before it. So does what follows a semicolon: programs of many countries part cells
there and not at our comma, and our quotes, which then stand inside a cell, hold nothing together.
"""

import unicodedata

#: What begins a formula in one program or another.
_BEGINS_A_FORMULA = frozenset("=+-@")
#: Characters that programs pass over, or show nothing of, at the start of a cell: separators, controls, invisible ones.
_PASSED_OVER = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def is_like_a_formula(text: str) -> bool:
    """Whether some program might work out the text instead of showing it."""
    if text[:1] and unicodedata.category(text[0]) == "Cc":
        return True
    for character in text:
        if unicodedata.category(character) not in _PASSED_OVER:
            return unicodedata.normalize("NFKC", character)[:1] in _BEGINS_A_FORMULA
    return False


def safe(text: str) -> str:
    """The text as a cell of a CSV file, where nothing else says that it is text."""
    first, *others = text.split(";")
    return ";".join([_marked(first, seen=first), *(_marked(each, seen=each.replace('"', "")) for each in others)])


def _marked(part: str, *, seen: str) -> str:
    return f"'{part}" if is_like_a_formula(seen) else part
