"""The two interfaces everything else implements."""

import strawberry


@strawberry.interface(description="A thing with an id of its own, that can be asked for again.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque; the same for the life of the thing.")


@strawberry.interface(description="Something the person can act on. Every refusal in a result union implements it.")
class Problem:
    message: str = strawberry.field(description="The sentence to show: what happened, what is safe, what to do.")


@strawberry.type(description="Done, where nothing is left to show.")
class Done:
    message: str = strawberry.field(description="A sentence that says what was done.")
