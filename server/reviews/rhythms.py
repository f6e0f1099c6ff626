"""How long two people may go without a word before a review brings one to the other's mind, by kind of relationship.

They are read in docs/reviews.md with their reasons, and kept there and here alike by a test.
"""

from collections.abc import Mapping

from server.relationships.models import RelationshipKind

#: Days from the last touch of any sort. Whole weeks, since a review comes once a week.
RHYTHMS: Mapping[RelationshipKind | None, int] = {
    RelationshipKind.GET_TO_KNOW: 21,
    None: 56,
    RelationshipKind.STAY_IN_TOUCH: 91,
    RelationshipKind.WORKED_WITH: 182,
}
