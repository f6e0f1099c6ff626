"""The options that every command takes, and the settings they make together with the environment."""

from dataclasses import asdict, dataclass
from pathlib import Path

import typer
from pydantic import ValidationError

from server.settings import Settings
from server.start_up import StartUpError

_WITH_VALUE = ("--port", "--host", "--data", "--public-url", "--log-level")
_ALONE = ("--tls",)


@dataclass(frozen=True, slots=True)
class Options:
    """What was said on the command line; None where nothing was. It holds over the environment."""

    port: int | None = None
    host: str | None = None
    data: Path | None = None
    public_url: str | None = None
    log_level: str | None = None
    tls: bool | None = None

    def settings(self) -> Settings:
        """The settings of this run. Raises `SettingsNotValid`."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        try:
            return Settings(**said)
        except ValidationError as error:
            raise SettingsNotValid(error) from None  # the cause quotes the values, and some are secrets


class SettingsNotValid(StartUpError):
    """A setting has a value that cannot be used. Names the variable, never its value."""

    def __init__(self, error: ValidationError) -> None:
        first = error.errors(include_url=False, include_input=False)[0]
        reason = str(first["msg"]).removeprefix("Value error, ")
        where = _variable(first["loc"])
        super().__init__(f"{where} cannot be used: {reason[0].lower()}{reason[1:]}." if where else reason)


def _variable(location: tuple[int | str, ...]) -> str:
    """The variable of the environment that sets the field at `location`; empty when several together are wrong."""
    if not location:
        return ""
    name = str(location[0])
    return name if name.isupper() else f"HANDSEL_{name.upper()}"


def options_first(words: list[str]) -> list[str]:
    """The same command line with the options of every command moved before the command, where typer wants them."""
    first: list[str] = []
    rest: list[str] = []
    remaining = iter(words)
    for word in remaining:
        if word == "--":
            rest += [word, *remaining]
        elif word in _WITH_VALUE:
            first += [word, *([value] if (value := next(remaining, None)) is not None else [])]
        elif word in _ALONE or word.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            first.append(word)
        else:
            rest.append(word)
    return first + rest


def settings_of(context: typer.Context) -> Settings:
    """The settings of the command that is running. Raises `SettingsNotValid`."""
    options: Options = context.obj
    return options.settings()
