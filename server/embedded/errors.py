"""Why the embedded database cannot start: one sentence each, with the way out, never with data in it."""

from pathlib import Path

from server.start_up import StartUpError

_OTHER_FOLDER = "give HANDSEL_DATA another folder"


class EmbeddedDatabaseError(StartUpError):
    """The root of this family."""


class NoBinaries(EmbeddedDatabaseError):
    """No PostgreSQL was found anywhere that is looked at."""

    def __init__(self) -> None:
        super().__init__(
            "No PostgreSQL was found on this machine: install the package postgresql, set PG_BIN to the "
            "folder that holds its programs, or set DATABASE_URL to a server of your own."
        )


class BinariesNotUsable(EmbeddedDatabaseError):
    """The folder named holds no PostgreSQL that runs here."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The PostgreSQL programs in {folder} cannot be used ({reason}): set PG_BIN to a folder that "
            "holds postgres and initdb of PostgreSQL 15 or newer."
        )


class FolderNotWritable(EmbeddedDatabaseError):
    """The data folder cannot be made or written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"Handsel cannot write to its data folder {folder} ({reason}): make it writable for this user, "
            f"or {_OTHER_FOLDER}."
        )


class FolderOutOfReach(EmbeddedDatabaseError):
    """Started as root, PostgreSQL runs as another user, who cannot pass one of the folders above the data."""

    def __init__(self, folder: Path, closed: Path, account: str) -> None:
        super().__init__(
            f"PostgreSQL does not run as root, and the user {account} it runs as here cannot enter {closed} "
            f"to reach the data folder {folder}: {_OTHER_FOLDER} (such as /var/lib/handsel), or start "
            "Handsel as an ordinary user."
        )


class NoSuchAccount(EmbeddedDatabaseError):
    """`PG_OS_USER` names nobody, or root."""

    def __init__(self, account: str) -> None:
        super().__init__(
            f"PostgreSQL cannot run as the user {account!r}: set PG_OS_USER to an ordinary user of this machine."
        )


class FolderOfAnotherUser(EmbeddedDatabaseError):
    """The cluster was made by another user, and this one is not root."""

    def __init__(self, folder: Path, account: str) -> None:
        super().__init__(
            f"The database in {folder} belongs to the user {account}: start Handsel the way it was started "
            f"before, or {_OTHER_FOLDER}."
        )


class FolderHoldsSomethingElse(EmbeddedDatabaseError):
    """There are files where the cluster should be made, and they are no cluster."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The folder {folder} holds files that are no database, and nothing in it was changed: move them "
            f"away, or {_OTHER_FOLDER}."
        )


class OtherMajorVersion(EmbeddedDatabaseError):
    """A cluster can be read only by the PostgreSQL major version that made it."""

    def __init__(self, folder: Path, made_by: str, found: int) -> None:
        super().__init__(
            f"The database in {folder} was made by PostgreSQL {made_by}, and the one found here is "
            f"PostgreSQL {found}: set PG_BIN to the programs of PostgreSQL {made_by} (such as "
            f"/usr/lib/postgresql/{made_by}/bin), or {_OTHER_FOLDER}; the data was not touched."
        )


class NoSpace(EmbeddedDatabaseError):
    """The disk is full, or so nearly that PostgreSQL would stop soon."""

    def __init__(self, folder: Path, needed: int) -> None:
        super().__init__(
            f"The disk under {folder} is too full to start (at least {needed // 1_000_000} MB must be free): "
            f"make room, or {_OTHER_FOLDER}; no data was lost."
        )


class InUse(EmbeddedDatabaseError):
    """Another Handsel holds the data folder and does not become ready, or a server there does not end."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another process is using the database in {folder} and does not answer: end it, then start again."
        )


class ServerEnded(EmbeddedDatabaseError):
    """PostgreSQL ended while starting, for a reason that only its own words tell."""

    def __init__(self, log: Path, last_words: str) -> None:
        super().__init__(
            f"PostgreSQL could not start: {last_words or 'it said nothing'} (its log is {log}). No data was "
            "removed; mend the cause and start again, or set DATABASE_URL to a server of your own."
        )
