"""What an import in the app can be refused for."""

from server.errors import DomainError


class ImportHasBadRows(DomainError):
    """Some rows cannot be read, and leaving them out was not asked for. Nothing was brought in."""

    def __init__(self, bad: int) -> None:
        super().__init__()
        self.bad = bad

    @property
    def message(self) -> str:
        rows = "1 row cannot be read" if self.bad == 1 else f"{self.bad} rows cannot be read"
        return f"{rows}, so nothing was brought in. Correct the list, or say that these rows are to be left out."


class ImportNotReady(DomainError):
    """It is still being read, or has been brought in already, or its file is gone."""

    @property
    def message(self) -> str:
        return "This list cannot be changed or brought in just now. Look at the page again, or choose the file anew."


class TooManyUploads(DomainError):
    """One organizer has sent lists too often in a short time."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        return "You have sent lists very often. Nothing was changed; try again in a few minutes."


class UploadTooLarge(DomainError):
    """More bytes than a list in the app may have. Nothing was stored."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    @property
    def message(self) -> str:
        return f"The file is larger than {self.most} MB. Save the list alone, or split it. Nothing was stored."
