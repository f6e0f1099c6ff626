"""A second reading of a vCard, strictly by RFC 2426 and on octets: nothing is forgiven."""

import re

_LINE = re.compile(r"(?P<name>[A-Z]+)(?P<parameters>(?:;[A-Z]+=[A-Z]+)*):(?P<value>.*)", re.DOTALL)
#: Section 4: `text-value` is made of these; a backslash stands before another, a comma, a semicolon or an n.
_TEXT = re.compile(r"(?:[^\\,;\x00-\x1f\x7f]|\\[\\,;nN])*")
_UNESCAPED = {"\\\\": "\\", "\\,": ",", "\\;": ";", "\\n": "\n", "\\N": "\n"}
_LONGEST = 75


def read_card(content: str) -> list[tuple[str, str]]:
    """The properties of the one card in `content`, in order: names and unescaped values.

    Raises `ValueError` for whatever is not by the book.
    """
    raw = content.encode()
    if not raw.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        raise ValueError("a line ends otherwise than with CRLF")
    lines = raw[:-2].split(b"\r\n")
    if any(len(line) > _LONGEST for line in lines):
        raise ValueError("a line is longer than 75 octets")
    for line in lines:
        line.decode()  # each by itself: a fold inside a character is none of UTF-8
    unfolded = re.sub(rb"\r\n ", b"", raw[:-2]).decode().split("\r\n")
    begin, version, *properties, end = unfolded
    if (begin, version, end) != ("BEGIN:VCARD", "VERSION:3.0", "END:VCARD"):
        raise ValueError("it is no vCard 3.0")
    return [_property(line) for line in properties]


def _property(line: str) -> tuple[str, str]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError("a line is no property")
    name, value = found["name"], found["value"]
    if name == "URL":
        if not re.fullmatch(r"[!-~]*", value):
            raise ValueError("a URI holds what no URI can")
        return name, value
    if name == "N":
        if not (value.startswith(";") and value.endswith(";;;")):
            raise ValueError("a name stands whole in the second of five parts")
        return name, _text(value[1:-3])
    return name, _text(value)


def _text(value: str) -> str:
    if not _TEXT.fullmatch(value):
        raise ValueError("a text is not escaped")
    return re.sub(r"\\.", lambda found: _UNESCAPED[found[0]], value)
