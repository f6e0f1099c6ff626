"""What a phone asks about its weekly review."""

REVIEW = """
    query { review { weekOf complete endedAt nextAt knowsSomebody followUps {
        id kind state reason draft dueOn times theirTimezone other { id } swap { id card { name } } } } }
"""
_ENDED = "{ __typename ... on Review { weekOf complete endedAt followUps { state } } ... on Problem { message } }"
END = f"mutation ($weekOf: Date!) {{ endReview(weekOf: $weekOf) {_ENDED} }}"
GO_ON = f"mutation ($weekOf: Date!) {{ reopenReview(weekOf: $weekOf) {_ENDED} }}"
_SETTLED = "{ __typename ... on FollowUp { id state dueOn } ... on Problem { message } }"
DO = f"mutation ($followUp: ID!) {{ doFollowUp(followUp: $followUp) {_SETTLED} }}"
POSTPONE = (
    f"mutation ($followUp: ID!, $until: Date!) {{ postponeFollowUp(followUp: $followUp, until: $until) {_SETTLED} }}"
)
DISMISS = f"mutation ($followUp: ID!) {{ dismissFollowUp(followUp: $followUp) {_SETTLED} }}"
REOPEN = f"mutation ($followUp: ID!) {{ reopenFollowUp(followUp: $followUp) {_SETTLED} }}"
SET_TIME = """
    mutation ($weekday: Weekday, $at: String) { setReviewTime(weekday: $weekday, at: $at) {
        __typename ... on Person { reviewWeekday reviewAt } ... on InputNotValid { field message } } }
"""
SET_QUIET = (
    "mutation ($quiet: Boolean!) { setQuiet(quiet: $quiet) { ... on Person { quiet } ... on Problem { message } } }"
)
