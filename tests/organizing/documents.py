"""What the tests of setting up an event ask."""

CREATE = """
    mutation ($input: EventInput!, $key: ID!) { createEvent(input: $input, key: $key) {
        __typename
        ... on Event { id slug title venue startsAt endsAt timezone usesCheckIn checksInWith scansPeopleOut
                       cardQuestions languages settings { capacity eveningAt retentionDays continues { slug } } }
        ... on Problem { message } ... on InputNotValid { field } } }
"""
COPY = """
    mutation ($event: ID!, $startsAt: DateTime!, $key: ID!, $title: String) {
        copyEvent(event: $event, startsAt: $startsAt, key: $key, title: $title) {
            __typename
            ... on Event { id slug title startsAt endsAt settings { capacity continues { slug } } }
            ... on Problem { message } } }
"""
UPDATE = """
    mutation ($event: ID!, $input: EventChanges!, $seen: EventChanges) {
        updateEvent(event: $event, input: $input, seen: $seen) {
        __typename
        ... on Event { slug title venue startsAt endsAt timezone checksInWith cardQuestions languages
                       settings { capacity placesTaken eveningAt retentionDays continues { slug } } }
        ... on Problem { message } ... on InputNotValid { field } ... on TooLateToChange { field }
        ... on ChangedMeanwhile { field } } }
"""
DOORS = "query ($event: ID!) { doors(event: $event) { name } }"
