"""Keys by which other programs bring attendees into an event, for its organizers. What they send is no GraphQL."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info, Services
from schema.ids import Kind, global_id, read_event, read_key
from schema.nodes import Done, Problem
from schema.problems import InputNotValid, KeyReused, NotFound, register
from server.errors import InputNotValid as InputRefused
from server.imports.incoming import errors, models, operations
from server.imports.incoming.models import WORDS, ImportSender

strawberry.enum(
    ImportSender,
    description="Who uses a key: a program that sends lists with a token, whoever signs as Standard Webhooks say, or "
    "Hi.Events.",
)


@strawberry.type(description="A key by which another program brings attendees into this event, and does nothing else.")
class ImportKey:
    key: strawberry.ID = strawberry.field(description="The key it was made with.")
    sender: ImportSender = strawberry.field(description="Who uses it.")
    name: str = strawberry.field(description="What organizers call it.")
    made_at: datetime = strawberry.field(description="When it was made.")
    revoked_at: datetime | None = strawberry.field(description="Since when it is worth nothing; null while in use.")
    last_used_at: datetime | None = strawberry.field(description="When something came by it last.")
    taken: int = strawberry.field(description="How often something came by it.")
    trouble: str | None = strawberry.field(description="What was wrong with the last of it; null when nothing was.")
    answered_by: str | None = strawberry.field(
        description="Who answers for it: whoever made it or took it over. Null where they have no account any more."
    )
    person: strawberry.ID | None = strawberry.field(description="Who that is, as the team names them.")
    resting: bool = strawberry.field(
        description="Whether nothing comes in by it, since they are no organizer of the event any more."
    )
    held: int = strawberry.field(
        description="Signed deliveries that came and are not brought in: for seven days they wait for a decision."
    )

    @classmethod
    def from_model(cls, key: models.ImportKey) -> "ImportKey":
        return cls(
            key=strawberry.ID(str(key.id)), sender=key.sender, name=key.name, made_at=key.made_at,
            revoked_at=key.revoked_at, last_used_at=key.last_used_at, taken=key.taken, trouble=key.trouble,
            answered_by=key.answered_by, resting=key.rests, held=key.held,
            person=None if key.person_id is None else global_id(Kind.PERSON, key.person_id),
        )  # fmt: skip


@strawberry.type(description="A new key, with what it is used with. This is shown once.")
class ImportKeyAdded:
    import_key: ImportKey = strawberry.field(description="The key.")
    secret: str = strawberry.field(description="The token, or the secret that signs. It is not told again.")
    address: str = strawberry.field(description="Where the other program sends to.")


@strawberry.type(description="The event has as many keys as it may have.")
class TooManyImportKeys(Problem):
    most: int = strawberry.field(description="How many that are.")


register(errors.TooManyImportKeys, TooManyImportKeys)

AddImportKeyResult = Annotated[
    ImportKeyAdded | TooManyImportKeys | KeyReused | InputNotValid | NotFound,
    strawberry.union("AddImportKeyResult", description="The key, or why there is none."),
]
TakeOverImportKeyResult = Annotated[
    ImportKey | InputNotValid | NotFound,
    strawberry.union("TakeOverImportKeyResult", description="The key as it is now, or why it is as it was."),
]
RevokeImportKeyResult = Annotated[
    Done | InputNotValid | NotFound,
    strawberry.union("RevokeImportKeyResult", description="It is worth nothing from now on, or why not."),
]


async def keys_of(info: Info, event_id: UUID) -> list[ImportKey]:
    """The event's keys, for its organizers."""
    viewer = info.context.signed_in()
    async with info.context.pool.acquire() as connection:
        found = await operations.list_keys(connection, event_id=event_id, person_id=viewer.person_id)
    return [ImportKey.from_model(each) for each in found]


@strawberry.type
class ImportKeysMutation:
    @strawberry.mutation(
        description="Makes a key for another program. `key` is a UUID made by the phone. `secret` is what the sender "
        "signs with, where it has one of its own; else one is made."
    )
    async def add_import_key(
        self,
        info: Info,
        event: strawberry.ID,
        key: strawberry.ID,
        sender: ImportSender,
        name: str,
        secret: str | None = None,
    ) -> AddImportKeyResult:
        viewer = info.context.signed_in()
        event_id = read_event(event)
        async with info.context.pool.acquire() as connection:
            made, used_with, slug = await operations.add_key(
                connection, event_id=event_id, person_id=viewer.person_id, key_id=_key(key), sender=sender, name=name,
                secret=secret, secrets=info.context.services.secrets, now=info.context.now,
            )  # fmt: skip
        return ImportKeyAdded(
            import_key=ImportKey.from_model(made),
            secret=used_with,
            address=_address(info.context.services, slug, sender),
        )

    @strawberry.mutation(
        description="Answers for a key in the place of whoever did. One that rests goes on, and what was delivered "
        "meanwhile is brought in. Whoever left may still know what it is used with."
    )
    async def take_over_import_key(
        self, info: Info, event: strawberry.ID, key: strawberry.ID
    ) -> TakeOverImportKeyResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            taken = await operations.take_over_key(
                connection, event_id=read_event(event), person_id=viewer.person_id, key_id=_key(key)
            )
        return ImportKey.from_model(taken)

    @strawberry.mutation(
        description="Ends a key, at once and for good. What came by it stays; what came while it rested is let go."
    )
    async def revoke_import_key(self, info: Info, event: strawberry.ID, key: strawberry.ID) -> RevokeImportKeyResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.revoke_key(
                connection, event_id=read_event(event), person_id=viewer.person_id, key_id=_key(key),
                now=info.context.now,
            )  # fmt: skip
        return Done(message="This key is worth nothing from now on. What came by it stays.")


def _address(services: Services, slug: str, sender: ImportSender) -> str:
    end = "attendees" if sender is ImportSender.INTERFACE else f"orders/{WORDS[sender]}"
    return f"{services.settings.public_url}/api/events/{slug}/{end}"


def _key(text: str) -> UUID:
    read = read_key(text)
    if read is None:
        raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
    return read
