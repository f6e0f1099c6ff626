"""How a name is looked for in a queue of people: without accents and case, and with one slip of the finger a word.

Pure. A slip is one letter that is wrong, missing, too much, or swapped with its neighbour.
"""

import re

from server.people.names import name_key

FEWEST_LETTERS = 2
LONGEST_SEARCH = 80
MOST_WORDS = 5

#: Shorter words are too alike for a slip to be forgiven.
SHORTEST_WITH_SLIP = 4


def words_of(search: str) -> tuple[str, ...]:
    """The words to look for, in the form names are compared in; none when too few letters were given."""
    words = tuple(name_key(search[:LONGEST_SEARCH]).split()[:MOST_WORDS])
    return words if sum(map(len, words)) >= FEWEST_LETTERS else ()


def anywhere(word: str) -> str:
    """A LIKE pattern: the word somewhere in a name."""
    return f"%{_literal(word)}%"


def at_start_of_word(word: str) -> str:
    """A LIKE pattern over a space and a name: one of its words begins so."""
    return f"% {_literal(word)}%"


def with_a_slip(word: str) -> str:
    """A regular expression: one of the name's words begins so, give or take one slip."""
    spellings = [re.escape(word)]
    if len(word) >= SHORTEST_WITH_SLIP:
        for place in range(len(word)):
            before, letter, after = re.escape(word[:place]), re.escape(word[place]), re.escape(word[place + 1 :])
            spellings += [f"{before}.{after}", f"{before}.{letter}{after}", f"{before}{after}"]
            if after:
                spellings.append(f"{before}{re.escape(word[place + 1])}{letter}{re.escape(word[place + 2 :])}")
    return f"(?:^| )(?:{'|'.join(dict.fromkeys(spellings))})"


def whole_of(words: tuple[str, ...]) -> list[str]:
    """LIKE patterns over a space and a name. Every name that any slip lets through fits one of them.

    A slip in the longest word leaves its beginning or its end whole. Looking for these first is far cheaper than trying
    the expressions on everybody.
    """
    longest = max(words, key=len)
    if len(longest) < SHORTEST_WITH_SLIP:
        return [at_start_of_word(longest)]
    part = (len(longest) - 1) // 2
    return [at_start_of_word(longest[:part]), anywhere(longest[-part:])]


def _literal(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)
