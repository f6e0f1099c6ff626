"""What an export is made of."""

from typing import TypeAlias

#: One thing as it stands in the file, each value under a name that its reader understands.
Entry: TypeAlias = dict[str, object]
