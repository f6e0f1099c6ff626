"""Signing in, as a phone does it."""

from typing import Any

from tests.front_door import FrontDoor
from tests.mailbox import Mailbox

REQUEST = "mutation ($email: String!) { requestSignIn(email: $email) { message attempt } }"
SIGN_IN = """
    mutation ($code: String!, $attempt: ID, $asToken: Boolean! = false) {
        signIn(code: $code, attempt: $attempt, asToken: $asToken) {
            __typename
            ... on SignedIn { me { id email name } token }
            ... on Problem { message }
        }
    }
"""
ME = """
    { me { id name email locale timezone contact { email phone links } sharing { always fields }
           roles { role event { slug } } claimable { id name ticketType event { slug } }
           registrations { id openToEvent openToIntroductions goal event { slug }
               card { name pronouns upTo seeking offering askMeAbout goodIntroduction
                       newHere returning betweenThings } } } }
"""


async def request_sign_in(phone: FrontDoor, email: str) -> str:
    """The attempt that the phone keeps."""
    data = await phone.ask(REQUEST, email=email)
    attempt: str = data["requestSignIn"]["attempt"]
    return attempt


async def sign_in(phone: FrontDoor, code: str, attempt: str | None = None, **more: Any) -> dict[str, Any]:
    """What signIn answered."""
    data = await phone.ask(SIGN_IN, code=code, attempt=attempt, **more)
    answer: dict[str, Any] = data["signIn"]
    return answer


async def sign_in_by_mail(phone: FrontDoor, mailbox: Mailbox, email: str) -> dict[str, Any]:
    """Ask, read the mail, type the code."""
    attempt = await request_sign_in(phone, email)
    return await sign_in(phone, mailbox.newest(email).code, attempt)
