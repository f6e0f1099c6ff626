"""GraphQL over HTTP, and the way to the socket. A request that is not the app's own never reaches a resolver, and
every request has an answer in words: a refused one, a slow one, and one that meets no database.
"""

import asyncio
import json
from typing import Any

import structlog
from cross_web import AsyncHTTPRequestAdapter, HTTPException, StarletteRequestAdapter
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData, process_result
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from schema import bodies, media
from schema.admission import Admission, DocumentRefused
from schema.context import PERSON_HEADER, Context, Services
from schema.ids import Kind, global_id
from schema.masking import Told, masked
from schema.metering import Metered, metered
from schema.root import schema
from schema.sockets import TRY_AGAIN_LATER, SocketHandler
from schema.trusted import TrustedDocuments
from server.callers import CLIENT_HEADER, find_viewer, session_token, why_foreign
from server.db import is_unreachable
from server.plain_http import TOO_SLOW, UNAVAILABLE
from server.sessions.models import Viewer
from server.settings import Environment

log = structlog.get_logger(__name__)

#: Seconds for a whole request, from its first byte; longer than any statement may take.
DEADLINE = 15.0

#: GraphiQL brings its scripts from elsewhere. Only development serves it.
_POLICY_OF_GRAPHIQL = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"


#: Where a request's scope keeps what it is counted by.
_METER = "handsel.meter"


class _Adapted(StarletteRequestAdapter):
    """The request as the library wants it, with the request itself."""

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.request = request


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
        self.admission = Admission(services, documents)
        self.deadline = DEADLINE
        self.request_adapter_class = _Adapted
        self.graphql_transport_ws_handler_class = SocketHandler

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            request = Request(scope, receive)
            response = await self._answer(request)
            response.headers["cache-control"] = "no-store"
            await response(scope, receive, send)
            return
        try:
            await super().__call__(scope, receive, send)
        except Exception as error:
            if not is_unreachable(error):
                raise
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER, "reason": UNAVAILABLE})

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            if self.graphql_ide and self.should_render_graphql_ide(_Adapted(request)):
                return await self.render_graphql_ide(request)
            return PlainTextResponse("Send GraphQL by POST.\n", 405, {"allow": "POST"})
        with metered() as meter:
            request.scope[_METER] = meter
            try:
                self._refuse_foreign(request)
                async with asyncio.timeout(self.deadline):
                    return await self.run(request)
            except HTTPException as error:
                meter.outcome = "refused"
                return PlainTextResponse(f"{error.reason}\n", error.status_code)
            except Exception as error:
                if isinstance(error, TimeoutError):
                    return await self._given_up(request, TOO_SLOW, code="TOO_SLOW")
                if is_unreachable(error):
                    return await self._given_up(request, UNAVAILABLE, code="UNAVAILABLE")
                raise

    async def _given_up(self, request: Request, sentence: str, *, code: str) -> Response:
        error = Told(sentence, extensions={"code": code})
        _meter(request).ended([error])
        log.warning("request given up", reason=code)
        answer = process_result(PreExecutionError(data=None, errors=[error]))
        return self.create_response(answer, await self.get_sub_response(request))

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        return Context(
            services=self.services,
            viewer=await self._viewer(request),
            connection=request,
            response=response if isinstance(response, Response) else None,
        )

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        sub_response = await super().get_sub_response(request)
        sub_response.media_type = media.chosen(request.headers.get("accept"))
        return sub_response

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        assert isinstance(request, _Adapted)  # noqa: S101 - it is what we asked the library for
        data = await bodies.read_object(request.request)
        variables = data.get("variables")
        if variables is not None and not isinstance(variables, dict):
            raise HTTPException(400, "`variables` must be an object.")
        return GraphQLRequestData(query=None, variables=variables, operation_name=None, extensions=data)

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,  # noqa: ARG002 - as above
        sub_response: Response,  # noqa: ARG002 - as above
        context: Context,
        root_value: None,  # noqa: ARG002 - as above
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        meter = _meter(request)
        result = await self._execute(request_data, context, meter)
        # Once more: what fails while a document is being read passes by the schema's own masking.
        result.errors = [masked(error) for error in result.errors] if result.errors else None
        meter.ended(result.errors)
        return result

    async def _execute(self, data: GraphQLRequestData, context: Context, meter: Metered) -> ExecutionResult:
        try:
            admitted = await self.admission.admit(data.extensions or {}, context)
            meter.operation = admitted.name
            return await self.schema.execute(
                admitted.text,
                variable_values=data.variables,
                context_value=context,
                operation_name=admitted.operation,
                allowed_operation_types={OperationType.QUERY, OperationType.MUTATION},
            )
        except DocumentRefused as refusal:
            return PreExecutionError(data=None, errors=[refusal.error])
        except CannotGetOperationTypeError:
            return _bad_request("Say in `operationName` which of the document's operations to run.")
        except InvalidOperationTypeError:
            return _bad_request("Subscriptions are watched over the socket.")

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        assert isinstance(response_data, dict)  # noqa: S101 - lists of operations are not taken
        media_type = sub_response.media_type or media.JSON
        body, status = media.written(response_data, media_type)
        response = Response(
            self.encode_json(body),
            status_code=sub_response.status_code or status,
            media_type=f"{media_type}; charset=utf-8",
            background=sub_response.background,
        )
        response.headers.raw.extend(header for header in sub_response.headers.raw if header[0] != b"content-length")
        return response

    def decode_json(self, data: str | bytes) -> object:
        """What a socket's message holds; over HTTP `schema.bodies` reads."""
        try:
            return bodies.read_json(data if isinstance(data, str) else data.decode())
        except ValueError as error:
            raise json.JSONDecodeError("no JSON", "", 0) from error

    async def render_graphql_ide(self, request: Request) -> Response:  # noqa: ARG002 - the library's signature
        """GraphiQL, sending the header that a cookie session needs: so it works for whoever is signed in."""
        page = self.graphql_ide_html.replace(
            "const defaultHeaders = {};", f'const defaultHeaders = {{"{CLIENT_HEADER}": "graphiql"}};'
        )
        return HTMLResponse(page, headers={"content-security-policy": _POLICY_OF_GRAPHIQL})

    def _refuse_foreign(self, request: Request) -> None:
        """Raises `HTTPException` for a request that another site's page could have sent with our cookie, and for one
        whose answer it could not read.
        """
        if media.chosen(request.headers.get("accept")) is None:
            raise HTTPException(406, f"Answers are {media.GRAPHQL_RESPONSE} or {media.JSON}.")
        if (sentence := why_foreign(request, self.services.settings)) is not None:
            raise HTTPException(403, sentence)

    async def _viewer(self, request: HTTPConnection) -> Viewer | None:
        viewer = await self.find_viewer(session_token(request, self.services.settings))
        meant = request.headers.get(PERSON_HEADER)
        if viewer is not None and meant not in {None, global_id(Kind.PERSON, viewer.person_id)}:
            return None  # written by somebody else, on a phone on which this one has signed in since
        return viewer

    async def find_viewer(self, token: str) -> Viewer | None:
        """Who holds this session token, cookie's or bearer's."""
        return await find_viewer(self.services.pool, token=token, now=self.services.clock())


def _bad_request(sentence: str) -> PreExecutionError:
    return PreExecutionError(data=None, errors=[Told(sentence, extensions={"code": "BAD_REQUEST"})])


def _meter(request: Request) -> Metered:
    meter: Metered = request.scope[_METER]
    return meter
