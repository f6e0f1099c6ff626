"""Why a backup was not made or not brought back. Each says what to do; nothing was changed."""

from pathlib import Path

from server.start_up import StartUpError


class FileThere(StartUpError):
    """A file of that name is there already, and a backup never writes over anything."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Give the backup another name.")


class FileNotWritable(StartUpError):
    """The place for the backup cannot be written to."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be written ({reason}). Nothing was kept there.")


class NoBackup(StartUpError):
    """The file is no backup, or not whole."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be brought back: {why}. Nothing was changed.")


class ProgramMissing(StartUpError):
    """PostgreSQL's own program for the work is nowhere on this machine."""

    def __init__(self, program: str) -> None:
        super().__init__(
            f"PostgreSQL's program {program} is not on this machine. Install PostgreSQL's client programs of the "
            "database's version, or name their folder in PG_BIN."
        )


class ProgramFailed(StartUpError):
    """PostgreSQL's own program said no. Its words hold no rows."""

    def __init__(self, program: str, said: str) -> None:
        super().__init__(f"{program} could not do it: {said}")


class NotEmpty(StartUpError):
    """The database holds tables: what is there is never written over."""

    def __init__(self) -> None:
        super().__init__(
            "The database is not empty, and nothing is written over. Name an empty data folder with --data, or an "
            "empty database in DATABASE_URL."
        )


class OtherSecret(StartUpError):
    """The host's secret file is another one than the backup's: badges in print would stop working."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The secret file {path} is another one than the backup's. Move it away if nothing needs it, and try again."
        )
