"""GraphQL over HTTP and over the socket: finds trusted documents by their id, and limits those it does not know.

A request that is not the app's own JSON never reaches a resolver: wrong content type, no `Handsel-Client` header on
a cookie session, a body that is no object.
"""

import json
from typing import Any, cast

from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError, OperationType, get_operation_ast, parse
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    SubscribeMessage,
)

from schema import limits
from schema.context import Context, Services
from schema.root import schema
from schema.trusted import TrustedDocuments
from server.sessions import operations as sessions
from server.sessions.models import Viewer
from server.sessions.tokens import cookie_name
from server.settings import Environment

MAX_BODY_BYTES = 512_000  # a day's queue of 500 scans fits several times
MAX_JSON_DEPTH = 40
CLIENT_HEADER = "handsel-client"


class DocumentRefused(Exception):
    """The document may not be run as sent; carries the code and the sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.error = GraphQLError(sentence, extensions={"code": code})


class GraphQLEndpoint(GraphQL[Context, None]):
    """One endpoint for the app (by document id) and for API clients (by text, within limits)."""

    def __init__(self, services: Services, documents: TrustedDocuments) -> None:
        in_development = services.settings.env is Environment.DEVELOPMENT
        super().__init__(
            schema,
            graphql_ide="graphiql" if in_development else None,
            allow_queries_via_get=False,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            max_subscriptions_per_connection=8,
            allowed_origins=[services.settings.public_url],
        )
        self.services = services
        self.documents = documents
        self.takes_any_document = in_development
        self.graphql_transport_ws_handler_class = _SocketHandler

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        return Context(
            services=self.services,
            viewer=await self._viewer(request),
            connection=request,
            response=response if isinstance(response, Response) else None,
        )

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        data = _read_object(await request.get_body(), request.content_type or "")
        try:
            is_bearer = _is_bearer(request.headers.get("authorization", ""))
            data["query"] = self.text_of(data, viewer=_ANY_BEARER if is_bearer else None)
        except DocumentRefused as refusal:
            raise _Answered(refusal.error) from refusal
        variables = data.get("variables")
        if variables is not None and not isinstance(variables, dict):
            raise HTTPException(400, "`variables` must be an object.")
        operation = data.get("operationName")
        return GraphQLRequestData(
            query=data["query"],
            variables=variables,
            operation_name=operation if isinstance(operation, str) else None,
            extensions=None,
        )

    def text_of(self, data: dict[str, Any], *, viewer: object) -> str:
        """The document asked for: trusted by its id, or as text where that is allowed. Raises `DocumentRefused`."""
        document_id = data.get("documentId")
        if document_id is not None:
            text = self.documents.text(document_id) if isinstance(document_id, str) else None
            if text is None:
                raise DocumentRefused(
                    "DOCUMENT_NOT_FOUND",
                    "This version of the app is older or newer than the server. Reload it.",
                )
            return text
        text = data.get("query")
        if not isinstance(text, str):
            raise DocumentRefused("BAD_REQUEST", "Send a `documentId` or a `query`.")
        if not (self.takes_any_document or viewer is _ANY_BEARER):
            raise DocumentRefused("DOCUMENT_NOT_TRUSTED", "Only the app's own documents are taken here.")
        try:
            limits.check(text)
        except GraphQLError as error:
            raise DocumentRefused("DOCUMENT_REFUSED", error.message) from error
        return text

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and (sentence := self._foreign(Request(scope))):
            await PlainTextResponse(sentence, 403)(scope, receive, send)
            return
        try:
            await super().__call__(scope, receive, send)
        except _Answered as answered:
            body: GraphQLHTTPResponse = {"data": None, "errors": [cast("Any", answered.error.formatted)]}
            await Response(self.encode_json(body), media_type="application/json")(scope, receive, send)

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        response = super().create_response(response_data, sub_response)
        response.headers["cache-control"] = "no-store"
        return response

    async def render_graphql_ide(self, request: Request) -> Response:  # noqa: ARG002 - the library's signature
        """GraphiQL, sending the header that a cookie session needs: so it works for whoever is signed in."""
        page = self.graphql_ide_html.replace(
            "const defaultHeaders = {};", f'const defaultHeaders = {{"{CLIENT_HEADER}": "graphiql"}};'
        )
        return HTMLResponse(page)

    def _foreign(self, request: Request) -> str | None:
        """Why a request may not use the cookie it may carry: another site's page could have sent it. None if it may.

        A browser adds a cookie to whatever asks for it, but never a bearer token, and a page elsewhere can neither
        add a header nor hide its origin.
        """
        if request.method != "POST" or _is_bearer(request.headers.get("authorization", "")):
            return None
        origin = request.headers.get("origin")
        host = request.headers.get("host")
        own = {self.services.settings.public_url, f"http://{host}", f"https://{host}"}
        if origin is not None and origin not in own:
            return "This request comes from a page of another site.\n"
        cookie = cookie_name(is_secure=self.services.settings.is_secure)
        if cookie in request.cookies and CLIENT_HEADER not in request.headers:
            return "A request with a session cookie needs the header Handsel-Client.\n"
        return None

    async def _viewer(self, request: HTTPConnection) -> Viewer | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            token = request.cookies.get(cookie_name(is_secure=self.services.settings.is_secure), "")
        return await self.find_viewer(token)

    async def find_viewer(self, token: str) -> Viewer | None:
        """Who holds this session token, cookie's or bearer's."""
        if not token:
            return None
        async with self.services.pool.acquire() as connection:
            return await sessions.find_viewer(connection, token=token, now=self.services.clock())


class _Answered(Exception):
    """Ends a request early with one top-level error in a GraphQL answer."""

    def __init__(self, error: GraphQLError) -> None:
        super().__init__()
        self.error = error


_ANY_BEARER = object()


class _SocketHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """The same rules over the socket: document ids, limits, and a session that is looked at when it connects."""

    view: GraphQLEndpoint

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        payload = message.get("payload")
        token = payload.get("token") if isinstance(payload, dict) else None
        if isinstance(token, str) and self.context.viewer is None:
            viewer = await self.view.find_viewer(token)
            self.context = Context(self.view.services, viewer, self.context.connection)
        await super().handle_connection_init(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        payload = cast("dict[str, Any]", message["payload"])
        viewer = self.context.viewer
        try:
            payload["query"] = self.view.text_of(
                payload, viewer=_ANY_BEARER if viewer is not None and viewer.is_bearer else None
            )
            _require_subscription(payload["query"], payload.get("operationName"))
        except DocumentRefused as refusal:
            await self.send_message({"id": message["id"], "type": "error", "payload": [refusal.error.formatted]})
            return
        await super().handle_subscribe(message)


def _is_bearer(authorization: str) -> bool:
    return authorization.lower().startswith("bearer ")


def _require_subscription(text: str, operation_name: object) -> None:
    """Raises `DocumentRefused` for a query or mutation: those travel by HTTP, where cookies and limits are."""
    try:
        document = parse(text, no_location=True)
    except GraphQLError:
        return  # the answer to a document that cannot be read is the library's
    operation = get_operation_ast(document, operation_name if isinstance(operation_name, str) else None)
    if operation is not None and operation.operation is not OperationType.SUBSCRIPTION:
        raise DocumentRefused("BAD_REQUEST", "Only subscriptions are taken here. Send queries and mutations by POST.")


def _read_object(body: bytes | str, content_type: str) -> dict[str, Any]:
    """The request's JSON object. Raises `HTTPException` 400 with a sentence for anything else, never a 500."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(400, "Send JSON, with the content type application/json.")
    if len(body) > MAX_BODY_BYTES:
        raise HTTPException(413, f"A request may hold at most {MAX_BODY_BYTES} bytes.")
    try:
        text = body if isinstance(body, str) else body.decode("utf-8")
        data = json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise HTTPException(400, "The body is not JSON in UTF-8.") from error
    if not isinstance(data, dict):
        raise HTTPException(400, "The body must be one JSON object.")
    _refuse_unstorable(data)
    return data


def _refuse_unstorable(value: object, depth: int = 0) -> None:
    """NUL and lone surrogates are no text PostgreSQL can hold, and nesting without end is nobody's variables."""
    if depth > MAX_JSON_DEPTH:
        raise HTTPException(400, "The body is nested too deeply.")
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise HTTPException(400, "The body holds a character that is no text.")
    elif isinstance(value, dict):
        for key, each in value.items():
            _refuse_unstorable(key, depth + 1)
            _refuse_unstorable(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _refuse_unstorable(each, depth + 1)
