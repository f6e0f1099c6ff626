"""Whatever somebody's name and details say: one card, exactly what is shared, and a file name that is one."""

from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from server.contacts.card_file import FileNames, card_file, file_name
from server.people.models import Contact
from tests.contacts.reading import read_card

DAY = date(2027, 4, 22)
ANA = Contact("ana@example.org", "+351 21 123 4567", ("https://ana.example/about", "https://ana.example/talks"))

#: Lines that somebody would like to see in another's address book, and what could make them lines.
NASTY = st.sampled_from([
    "\r\nTEL:+999", "\nEND:VCARD\nBEGIN:VCARD", "\\nNOTE:x", "\u2028EMAIL:x@x.example", "\x85URL:https://x.example",
    "\x0bX:1", "\x00", "\\", ";", ",", ":", " ", "\t", "\u202eevil", "é" * 80, "日本語" * 40, "👩‍👩‍👧‍👦" * 12, "ש" * 50,
])  # fmt: skip
WORDS = st.lists(st.one_of(st.text(), NASTY), max_size=6).map("".join)
LINKS = st.lists(WORDS.map(lambda words: f"https://a.example/{words}"), max_size=5).map(tuple)
CONTACTS = st.builds(Contact, st.none() | WORDS, st.none() | WORDS, LINKS)


def shown(text: str) -> str:
    """The text as it may arrive: each kind of line end a line feed, other control characters gone."""
    for end in ("\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return "".join(sign for sign in text if sign == "\n" or not (ord(sign) < 32 or 127 <= ord(sign) < 160))


def test_a_card_holds_the_name_what_is_shared_and_where_we_met() -> None:
    file = card_file(name="Ana Silva", contact=ANA, event_title="Repair Summit", met_on=DAY)

    assert file.name == "Ana Silva.vcf"
    assert file.content == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;Ana Silva;;;\r\nFN:Ana Silva\r\n"
        "EMAIL;TYPE=INTERNET:ana@example.org\r\nTEL:+351 21 123 4567\r\n"
        "URL:https://ana.example/about\r\nURL:https://ana.example/talks\r\n"
        "NOTE:Met at Repair Summit\\, 22 April 2027\r\nEND:VCARD\r\n"
    )


@pytest.mark.parametrize(
    ("contact", "names"),
    [
        (Contact(), ["N", "FN", "NOTE"]),
        (Contact(phone="+351 21 123"), ["N", "FN", "TEL", "NOTE"]),
        (Contact(email="a@example.org"), ["N", "FN", "EMAIL", "NOTE"]),
        (Contact(links=("https://a.example",)), ["N", "FN", "URL", "NOTE"]),
    ],
)
def test_what_is_not_shared_is_not_there(contact: Contact, names: list[str]) -> None:
    file = card_file(name="Ana", contact=contact, event_title="Fair", met_on=DAY)

    assert [name for name, _ in read_card(file.content)] == names


@given(WORDS, CONTACTS, WORDS)
@example("Ana\r\nTEL:1", Contact("a@b.example\nNOTE:x", "1\r\nEND:VCARD", ("https://x.example/\r\nTEL:2",)), "E\nX:1")
def test_whatever_the_words_it_is_one_card_of_exactly_the_shared_properties(
    name: str, contact: Contact, title: str
) -> None:
    content = card_file(name=name, contact=contact, event_title=title, met_on=DAY).content

    properties = read_card(content)

    expected = [("N", shown(name)), ("FN", shown(name))]
    expected += [("EMAIL", shown(contact.email))] if contact.email else []
    expected += [("TEL", shown(contact.phone))] if contact.phone else []
    expected += [("URL", link) for link in contact.links]
    expected += [("NOTE", shown(f"Met at {title}, 22 April 2027"))]
    assert [(kind, unquote(value) if kind == "URL" else value) for kind, value in properties] == [
        (kind, unquote(value) if kind == "URL" else value) for kind, value in expected
    ]


@given(WORDS, CONTACTS, WORDS)
def test_an_address_book_reads_the_same(name: str, contact: Contact, title: str) -> None:
    content = card_file(name=name, contact=contact, event_title=title, met_on=DAY).content

    (card,) = vobject.readComponents(content)

    assert card.fn.value == shown(name)
    kinds = sorted(child.name for child in card.getChildren())
    assert kinds == sorted(["VERSION", *(kind for kind, _ in read_card(content))])
    assert [each.value for each in card.contents.get("url", [])] == [
        value for kind, value in read_card(content) if kind == "URL"
    ]


@given(WORDS)
@example("../../etc/passwd")
@example("=HYPERLINK(1)")
@example("nul.txt")
@example("C:\\Windows")
def test_a_file_name_is_one_name_on_every_system(name: str) -> None:
    made = file_name(name)

    assert made.endswith(".vcf")
    assert PurePosixPath(made).name == PureWindowsPath(made).name == made
    assert not PureWindowsPath(made).is_reserved()
    assert made[0] not in "=+-@. ~'"
    assert len(made.encode()) <= 84
    assert made.isprintable()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Ana Silva", "Ana Silva.vcf"), ("Łukasz Żak", "Łukasz Żak.vcf"), ("山田 花子", "山田 花子.vcf"),
        ("  Ana\n Silva ", "Ana Silva.vcf"), ("AC/DC", "ACDC.vcf"), ("con", "Contact.vcf"), ("", "Contact.vcf"),
        ("\u202egnp.ana", "gnp.ana.vcf"),
    ],
)  # fmt: skip
def test_a_file_is_named_as_its_person(name: str, made: str) -> None:
    assert file_name(name) == made


def test_two_of_one_name_are_told_apart() -> None:
    names = FileNames()

    given = ["Ana.vcf", "ana.vcf", "Ben.vcf", "Ana (2).vcf", "Ana.vcf"]

    assert [names.apart(each) for each in given] == [
        "Ana.vcf", "ana (2).vcf", "Ben.vcf", "Ana (2) (2).vcf", "Ana (3).vcf",
    ]  # fmt: skip
