"""Where an error happened, told without its text: an exception's words may hold somebody's own."""

import secrets

import structlog

log = structlog.get_logger(__name__)


def report(bug: BaseException, **where: object) -> str:
    """Log a bug without its text. The answer is the reference by which it is found in the log."""
    reference = secrets.token_hex(4)
    log.error("unexpected error", reference=reference, kind=type(bug).__name__, traceback=places(bug), **where)
    return reference


def places(error: BaseException) -> list[str]:
    """The lines the error went through, outermost first, without any value."""
    found: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found
