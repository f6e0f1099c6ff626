"""Asking for one's own export, and reading what came."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from tests.front_door import FrontDoor


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it arrived: the contact files by name, the data, and the page on top."""

    contacts: dict[str, str]
    data: dict[str, Any]
    readme: str

    @property
    def words(self) -> str:
        """All that it says, names of files too."""
        return "\n".join(
            [*self.contacts, *self.contacts.values(), json.dumps(self.data, ensure_ascii=False), self.readme]
        )


async def ask_for_export(front_door: FrontDoor, token: str) -> Export:
    """The export of whoever holds this token."""
    response = await front_door.client.get("/me/export", headers={"authorization": f"Bearer {token}"})
    assert response.status_code == 200, response.text
    return read_export(response.content)


def read_export(content: bytes) -> Export:
    """The parts of a ZIP file; fails where one is broken."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    data = json.loads(files.pop("handsel.json"))
    readme = files.pop("README.txt")
    assert all(name.startswith("contacts/") for name in files)
    return Export({name.removeprefix("contacts/"): text for name, text in files.items()}, data, readme)
