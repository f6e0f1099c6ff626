"""GraphQL over the socket: subscriptions alone, under the rules that hold over HTTP.

A message that is none of the protocol's closes the socket with a sentence; it never reaches the library.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLError, OperationType, get_operation_ast, parse
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
    SubscribeMessage,
)

from schema import bodies
from schema.admission import Admitted, DocumentRefused
from schema.context import Context
from schema.masking import masked
from schema.metering import REQUESTS
from server.traces import report

if TYPE_CHECKING:
    from schema.transport import GraphQLEndpoint

#: Close codes of graphql-transport-ws.
BAD_REQUEST = 4400
#: RFC 6455, registered: try again later.
TRY_AGAIN_LATER = 1013

_LONGEST_ID = 100


class SocketHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """One socket. Its session is looked at when it connects; subscriptions look again while they last."""

    view: "GraphQLEndpoint"

    async def handle_message(self, message: Message) -> None:
        mistake = _mistake(message)
        if mistake is not None:
            await self.websocket.close(code=BAD_REQUEST, reason=mistake)
            return
        await super().handle_message(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        token = (message.get("payload") or {}).get("token")
        if isinstance(token, str) and self.context.viewer is None:
            viewer = await self.view.find_viewer(token)
            self.context = Context(self.view.services, viewer, self.context.connection)
        await super().handle_connection_init({**message, "payload": message.get("payload") or {}})

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        if not self.connection_acknowledged:
            await super().handle_subscribe(message)  # which closes the socket
            return
        try:
            admitted = await self._admitted(cast("dict[str, Any]", message["payload"]))
        except DocumentRefused as refusal:
            REQUESTS.labels("other", "refused").inc()
            await self.send_message({"id": message["id"], "type": "error", "payload": [refusal.error.formatted]})
            return
        REQUESTS.labels(admitted.name, "watched").inc()
        payload = {**message["payload"], "query": admitted.text, "operationName": admitted.operation}
        await super().handle_subscribe(cast("SubscribeMessage", {**message, "payload": payload}))

    async def handle_task_exception(self, error: Exception) -> None:
        """The library would log the error's text."""
        report(error)

    async def _admitted(self, payload: dict[str, Any]) -> Admitted:
        if (reason := bodies.why_not(payload)) is not None:
            raise DocumentRefused("BAD_REQUEST", f"The message {reason}")
        variables = payload.get("variables")
        if variables is not None and not isinstance(variables, dict):
            raise DocumentRefused("BAD_REQUEST", "`variables` must be an object.")
        admitted = await self.view.admission.admit(payload, self.context)
        _require_subscription(admitted)
        return admitted


def _mistake(message: object) -> str | None:
    """Why a message is none of the protocol's; None when it is one."""
    if not isinstance(message, Mapping) or not isinstance(message.get("type"), str):
        return "A message is a JSON object with a type."
    kind, of, payload = message["type"], message.get("id"), message.get("payload")
    if kind in {"subscribe", "complete"} and not (isinstance(of, str) and 0 < len(of) <= _LONGEST_ID):
        return f"A message of this type needs an id of at most {_LONGEST_ID} characters."
    if not isinstance(payload, Mapping) and (kind == "subscribe" or payload is not None):
        return "The payload must be an object."
    if kind != "subscribe" and (reason := bodies.why_not(payload)) is not None:
        return f"The message {reason}"
    if kind not in {"connection_init", "ping", "pong", "subscribe", "complete"}:
        return "That type of message is unknown here."
    return None


def _require_subscription(admitted: Admitted) -> None:
    """Raises `DocumentRefused` for a query or mutation: those travel by HTTP, where cookies and limits are."""
    try:
        document = parse(admitted.text)
    except GraphQLError as error:
        raise DocumentRefused("BAD_REQUEST", masked(error).message) from error
    operation = get_operation_ast(document, admitted.operation)
    if operation is None:
        raise DocumentRefused("BAD_REQUEST", "Say in `operationName` which of the document's operations to run.")
    if operation.operation is not OperationType.SUBSCRIPTION:
        raise DocumentRefused("BAD_REQUEST", "Only subscriptions are taken here. Send queries and mutations by POST.")
