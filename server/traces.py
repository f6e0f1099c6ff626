"""Where an error happened, told without its text: an exception's words may hold somebody's own."""


def places(error: BaseException) -> list[str]:
    """The lines the error went through, outermost first, without any value."""
    found: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found
