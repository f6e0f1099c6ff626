"""What tests of relationships send."""

KEPT = """
    id kind ended conversations isThird lastTouchAt restingUntil
    card { name upTo seeking topics } contact { email phone links file { content } }
    whenMet { eventTitle venue days }
    swaps { id share } notes { text } promises { id text keptAt } insights { text question }
    gifts { id direction kind text givenAt }
"""
RESULT = (
    f"{{ __typename ... on Relationship {{ {KEPT} }} ... on InputNotValid {{ field }} ... on Problem {{ message }} }}"
)
LIST = f"""
    query ($first: Int! = 20, $after: String, $search: String, $kind: RelationshipKind) {{
        relationships(first: $first, after: $after, search: $search, kind: $kind) {{
            edges {{ cursor node {{ {KEPT} }} }} pageInfo {{ hasNextPage endCursor }} }} }}
"""
NAMES = """
    query ($first: Int! = 20, $after: String, $search: String, $kind: RelationshipKind) {
        relationships(first: $first, after: $after, search: $search, kind: $kind) {
            edges { node { id card { name } } } pageInfo { hasNextPage endCursor } } }
"""
NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Relationship {{ {KEPT} }} }} }}"
SET_KIND = f"""
    mutation ($of: ID!, $kind: RelationshipKind) {{ setRelationshipKind(relationship: $of, kind: $kind) {RESULT} }}
"""
LOG_TOUCH = f"""
    mutation ($of: ID!, $gave: String, $received: String, $gaveKind: GiftKind, $receivedKind: GiftKind, $key: ID,
              $at: DateTime) {{
        logTouch(relationship: $of, gave: $gave, received: $received, gaveKind: $gaveKind,
                 receivedKind: $receivedKind, key: $key, at: $at) {RESULT} }}
"""
TAKE_BACK = f"mutation ($of: ID!, $key: ID!) {{ takeBackTouch(relationship: $of, key: $key) {RESULT} }}"
LET_REST = f"mutation ($of: ID!, $until: Date) {{ letRest(relationship: $of, until: $until) {RESULT} }}"
FORGET_GIFT = f"mutation ($gift: ID!) {{ forgetGift(gift: $gift) {RESULT} }}"
KEEP = "mutation ($promise: ID!) { keepPromise(promise: $promise) { __typename } }"
REOPEN = "mutation ($promise: ID!) { reopenPromise(promise: $promise) { __typename } }"
