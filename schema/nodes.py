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


@strawberry.type(description="Where a page of a list lies in the whole.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow after `endCursor`.")
    has_previous_page: bool = strawberry.field(description="Whether some lie before `startCursor`.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first edge; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last edge; null on an empty page.")
