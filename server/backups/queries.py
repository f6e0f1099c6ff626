"""What bringing a backup back asks of the database itself."""

from typing import LiteralString

from server.db import Connection

#: Whether anything of ours, or of anybody, stands in the database.
SELECT_HAS_TABLES: LiteralString = """
    SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema'))
"""


async def select_has_tables(connection: Connection) -> bool:
    return bool(await connection.fetchval(SELECT_HAS_TABLES))


#: Vaults are made anew when they are next asked for. A phone's cursor from after the backup would otherwise pass for
#: one of the restored database (docs/decisions/0015).
DELETE_VAULTS: LiteralString = """
    DELETE FROM vaults
"""


async def delete_vaults(connection: Connection) -> None:
    await connection.execute(DELETE_VAULTS)
