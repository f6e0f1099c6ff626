"""The same bytes are always read as the same text."""

# ruff: noqa: RUF001 - names of many scripts are what is tested

import pytest

from server.imports.decoding import decode
from server.imports.errors import (
    EmptyFile,
    EncodingNotRecognised,
    NotPlainText,
)

GERMAN = "Name;E-Mail\r\nJörg Müller;joerg@example.org\r\nŽofie Straßer;zofie@example.org\r\n"
RUSSIAN = "name;email\r\nИван Петров;ivan@example.org\r\nМария Соколова;maria@example.org\r\n"


@pytest.mark.parametrize(
    ("codec", "shown"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-32", "UTF-32")],
)
def test_unicode_files_are_known_by_rule(codec: str, shown: str) -> None:
    text = decode(RUSSIAN.encode(codec))

    assert (text.characters, text.encoding, text.is_guess) == (RUSSIAN, shown, False)


def test_big_endian_utf_16_is_known_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + GERMAN.encode("utf-16-be")).characters == GERMAN


@pytest.mark.parametrize(
    "name", ["José", "Siân Ôté", "Mª Luisa", "L’Hôte", "Ånn-Kåre Bjørnsøn", "Œuvrard — Noël", "García…"]
)
def test_western_names_are_read_as_windows_1252_however_short_the_file(name: str) -> None:
    text = decode(f"name\n{name}\n".encode("cp1252"))

    assert (text.characters, text.encoding, text.is_guess) == (f"name\n{name}\n", "Windows-1252", True)


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", RUSSIAN),
        ("cp1253", "name;email\r\nΕλένη Παπαδοπούλου;eleni@example.org\r\nΓιώργος Νικολάου;giorgos@example.org\r\n"),
        ("cp1250", "name;city\r\nWałęsa Świętosława;Łódź\r\nŻaneta Gołąb;Kraków\r\nDvořák Jiří;Plzeň\r\n"),
        ("mac_roman", "name;city\r\nJosé Muñoz;Málaga\r\nHélène Lefèvre;Besançon\r\nJürgen Größe;Köln\r\n"),
        ("cp850", "name;city\r\nJosé Muñoz;Málaga\r\nHélène Lefèvre;Besançon\r\nJürgen Größe;Köln\r\n"),
    ],
)
def test_other_legacy_encodings_are_judged_by_their_letters(codec: str, text: str) -> None:
    decoded = decode(text.encode(codec))

    assert decoded.characters == text
    assert decoded.is_guess


def test_one_odd_word_among_many_does_not_unsettle_a_western_file() -> None:
    text = "name\n" + "Jörg Müller\n" * 60 + "AÄÖÜB\n"

    assert decode(text.encode("cp1252")).encoding == "Windows-1252"


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe \x00"])
def test_empty_files_are_refused(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        decode(data)


@pytest.mark.parametrize("data", [b"name\nAna\0\n", GERMAN.encode("utf-16-le"), "name\nAna\0".encode("utf-16")])
def test_nul_bytes_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(NotPlainText, match="NUL"):
        decode(data)


def test_a_file_that_breaks_its_own_mark_is_refused() -> None:
    with pytest.raises(EncodingNotRecognised):
        decode(b"\xef\xbb\xbfname\nJ\xf6rg\n")
