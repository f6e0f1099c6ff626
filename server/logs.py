"""What the process logs, and how: one line for each event, without anybody's words.

Only our own lines follow `HANDSEL_LOG_LEVEL`. Libraries are heard from warnings on: below, they tell of addresses and
frames. The text of an error is never written, only its kind and the places it went through.
"""

import logging
import sys

import structlog

from server.traces import places


def configure(level: str) -> None:
    """Set up logging for the process; `level` is debug, info, warning or error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _without_texts,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(LibraryFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("strawberry.ws").setLevel(logging.ERROR)  # its warning tells of other pages' addresses
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))


class LibraryFormatter(logging.Formatter):
    """A library's line: who says it and what, and of an error its kind and places."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s [%(levelname)s] %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        told = logging.makeLogRecord(record.__dict__)
        error = record.exc_info[1] if record.exc_info else None
        told.exc_info = told.exc_text = told.stack_info = None
        if record.name == "asyncio":  # its messages quote errors and arguments
            told.msg, told.args = "something in the background failed or was left behind", ()
        if error is not None:
            first_line = told.getMessage().partition("\n")[0]
            told.msg, told.args = f"{first_line} kind={type(error).__name__} traceback={places(error)}", ()
        return super().format(told)


def _without_texts(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Our own lines never ask for an error's text; should one do so, it gets its kind and places."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["kind"], event["traceback"] = type(error).__name__, places(error)
    return event
