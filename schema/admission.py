"""Which documents may be run: the app's own by their id, for everybody; others as text, from those who organize.

While developing anybody may send text. Text is measured by `schema.limits`, and how much new text one session may
send is limited, since reading and validating a document costs more than running it.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from schema import limits
from schema.context import Context, Services
from schema.masking import Told, masked
from schema.trusted import TrustedDocuments
from server.events import operations as events
from server.settings import Environment

#: New documents of one session. A client that writes its values into the text, instead of sending variables, is told.
NEW_DOCUMENTS = "60/minute"
#: So many are remembered as measured: as many as the schema keeps read and validated.
REMEMBERED = 256

#: The name under which documents that are not ours are counted, whatever they call themselves.
OTHER = "other"


class DocumentRefused(Exception):
    """The document may not be run as sent; `error` carries the code and the sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.error = Told(sentence, extensions={"code": code})


@dataclass(frozen=True, slots=True)
class Admitted:
    """A document that may be run. `name` is one of ours or `OTHER`."""

    text: str
    name: str
    operation: str | None


class Admission:
    """The one gate for documents, over HTTP and over the socket."""

    def __init__(self, services: Services, documents: TrustedDocuments) -> None:
        self._services = services
        self._documents = documents
        self._takes_text_of_anybody = services.settings.env is Environment.DEVELOPMENT
        self._measured: OrderedDict[bytes, int] = OrderedDict()

    async def admit(self, asked: Mapping[str, Any], context: Context) -> Admitted:
        """The document that a request names or holds. Raises `DocumentRefused`."""
        if asked.get("documentId") is not None:
            document = self._documents.find(asked["documentId"])
            if document is None:
                raise DocumentRefused(
                    "DOCUMENT_NOT_FOUND", "This version of the app is older or newer than the server. Reload it."
                )
            return Admitted(document.text, document.name, None)
        text, operation = asked.get("query"), asked.get("operationName")
        if not isinstance(text, str) or not text.strip():
            raise DocumentRefused("BAD_REQUEST", "Send a `documentId` or a `query`.")
        if operation is not None and not isinstance(operation, str):
            raise DocumentRefused("BAD_REQUEST", "`operationName` must be text.")
        if not await self._may_send_text(context):
            raise DocumentRefused("DOCUMENT_NOT_TRUSTED", "Only the app's own documents are taken here.")
        if await self._operations_in(text, context) != 1 and operation is None:
            raise DocumentRefused("BAD_REQUEST", "Say in `operationName` which of the document's operations to run.")
        return Admitted(text, OTHER, operation)

    async def _may_send_text(self, context: Context) -> bool:
        """In production those who organize, by bearer token: a cookie is the app's, and the app knows its documents."""
        if self._takes_text_of_anybody:
            return True
        viewer = context.viewer
        if viewer is None or not viewer.is_bearer:
            return False
        async with context.pool.acquire() as connection:
            return await events.organizes_anything(connection, person_id=viewer.person_id)

    async def _operations_in(self, text: str, context: Context) -> int:
        """How many operations the text has, once it has been measured. Raises `DocumentRefused`."""
        name = hashlib.sha256(text.encode()).digest()
        if name in self._measured:
            self._measured.move_to_end(name)
            return self._measured[name]
        who = str(context.viewer.session_id) if context.viewer else context.network
        if not await self._services.limiter.allows(NEW_DOCUMENTS, "new document", who):
            raise DocumentRefused(
                "RATE_LIMITED",
                "That was a lot of new documents at once. Wait a minute, and send values as variables.",
            )
        try:
            self._measured[name] = limits.check(text)
        except GraphQLError as error:
            raise DocumentRefused("DOCUMENT_REFUSED", masked(error).message) from error
        if len(self._measured) > REMEMBERED:
            self._measured.popitem(last=False)
        return self._measured[name]
