"""Cards and contact details as types; who sees which is decided below, in the operations."""

from collections.abc import Iterable

import strawberry

from server.contacts import card_file as contacts
from server.people import models as people
from server.registrations import models as registrations
from server.topics.table import topic_table

ContactField = strawberry.enum(people.ContactField, description="A contact detail that can be offered by itself.")


@strawberry.type(description="What a person says about themselves at one event.")
class Card:
    name: str = strawberry.field(description="As the person writes it; a first name alone while their card is closed.")
    pronouns: str | None = strawberry.field(description="How they are spoken of.")
    up_to: str | None = strawberry.field(description="What they are up to these days.")
    seeking: str | None = strawberry.field(description="Where they would welcome help.")
    offering: str | None = strawberry.field(description="What they can help with.")
    ask_me_about: str | None = strawberry.field(description="What they like to be asked about.")
    good_introduction: str | None = strawberry.field(description="Whom they would like to be introduced to.")
    new_here: bool = strawberry.field(description="First time at this gathering.")
    returning: bool = strawberry.field(description="Here before, by their own word; never with `newHere`.")
    between_things: bool = strawberry.field(description="In transition, such as between two jobs.")
    topics: list[str] = strawberry.field(
        description="Topics recognised in the texts, named in the reader's language; none of a closed card."
    )

    @classmethod
    def from_model(cls, card: registrations.Card, language: str) -> "Card":
        return cls(
            name=card.name,
            pronouns=card.pronouns,
            up_to=card.up_to,
            seeking=card.seeking,
            offering=card.offering,
            ask_me_about=card.ask_me_about,
            good_introduction=card.good_introduction,
            new_here=card.new_here,
            returning=card.returning,
            between_things=card.between_things,
            topics=[topic.name for topic in topics_of(card.topics, language)],
        )


@strawberry.type(description="A contact as a file for any address book: one vCard 3.0, media type `text/vcard`.")
class ContactFile:
    name: str = strawberry.field(description="A file name that every system takes, such as `Ana Silva.vcf`.")
    content: str = strawberry.field(description="The whole file, its line ends CRLF; to be written as UTF-8.")

    @classmethod
    def from_model(cls, file: contacts.CardFile) -> "ContactFile":
        return cls(name=file.name, content=file.content)


@strawberry.type(description="Something people do, know or care about, as the table of topics names it.")
class Topic:
    key: str = strawberry.field(description="The same in every language.")
    name: str = strawberry.field(description="In the language I chose, else in English.")


def topics_of(keys: Iterable[str], language: str) -> list[Topic]:
    """The topics with their names. A key that the table lost since is left out."""
    known = topic_table().topics
    return [Topic(key=key, name=known[key].shown_as(language)) for key in keys if key in known]


@strawberry.type(description="Contact details, present only while their owner shares them with the viewer.")
class Contact:
    email: str | None = strawberry.field(description="Mail address.")
    phone: str | None = strawberry.field(description="Phone number, as its owner writes it.")
    links: list[str] = strawberry.field(description="Web addresses, http or https.")
    file: ContactFile | None = strawberry.field(
        description="The same for an address book, with where we met; null on my own details."
    )

    @classmethod
    def from_model(cls, contact: people.Contact, *, file: contacts.CardFile | None = None) -> "Contact":
        return cls(
            email=contact.email,
            phone=contact.phone,
            links=list(contact.links),
            file=None if file is None else ContactFile.from_model(file),
        )
