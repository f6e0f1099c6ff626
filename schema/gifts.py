"""What was given and received, as memory. No field counts anything."""

from datetime import datetime

import strawberry

from schema.ids import Kind, global_id
from schema.nodes import Node
from server.relationships import models
from server.relationships.models import GiftDirection, GiftKind

#: Whoever needs the enums in the contract takes them from here, where they are described.
__all__ = ["Gift", "GiftDirection", "GiftKind"]

strawberry.enum(GiftDirection, description="Whether I gave it or received it.")
strawberry.enum(GiftKind, description="What people who know each other give: more than business.")


@strawberry.type(description="Something I gave somebody or received from them. Only I see it.")
class Gift(Node):
    direction: GiftDirection = strawberry.field(description="Whether I gave it or received it.")
    kind: GiftKind = strawberry.field(description="What kind of thing it was.")
    text: str = strawberry.field(description="In my own words; empty where the kind says it.")
    given_at: datetime = strawberry.field(description="When it was given.")

    @classmethod
    def from_model(cls, gift: models.Gift) -> "Gift":
        return cls(
            id=global_id(Kind.GIFT, gift.id),
            direction=gift.direction,
            kind=gift.kind,
            text=gift.text,
            given_at=gift.given_at,
        )
