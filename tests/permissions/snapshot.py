"""The database as it was: what a test changed is put back in one go, and whether it changed at all can be asked."""

from dataclasses import dataclass
from typing import Self

from server.db import Pool

TABLES = """
    SELECT relname AS table_name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relpersistence = 'p'
      AND relname <> 'alembic_version'
    ORDER BY relname
"""


#: Rises with every transaction that wrote anything: where it is as it was, so are all rows.
WRITTEN = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"


@dataclass(slots=True)
class Snapshot:
    """Copies of all tables, in a schema beside them; but for those of the moment, which are not logged.

    `as_of` is the last write after which the tables were as in the copies.
    """

    pool: Pool
    tables: tuple[str, ...]
    as_of: str

    @classmethod
    async def take(cls, pool: Pool) -> Self:
        tables = tuple(row["table_name"] for row in await pool.fetch(TABLES))
        copies = "; ".join(f"CREATE TABLE kept.{table} AS TABLE public.{table}" for table in tables)
        await pool.execute(f"DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept; {copies}")
        return cls(pool, tables, as_of=await pool.fetchval(WRITTEN))

    async def put_back(self) -> None:
        """Without triggers, so that the order of the tables does not matter."""
        statements = "; ".join(
            f"DELETE FROM public.{table}; INSERT INTO public.{table} SELECT * FROM kept.{table}"  # noqa: S608 - our own tables
            for table in self.tables
        )
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SET LOCAL session_replication_role = replica; {statements}")
        self.as_of = await self.pool.fetchval(WRITTEN)

    async def is_written(self) -> bool:
        """Whether anything was written since, be it the same again."""
        return bool(await self.pool.fetchval(WRITTEN) != self.as_of)

    async def changed(self) -> list[str]:
        """The tables that hold other rows than they did."""
        differing = " UNION ALL ".join(
            f"SELECT '{table}' AS name WHERE EXISTS ((TABLE public.{table} EXCEPT ALL TABLE kept.{table})"
            f" UNION ALL (TABLE kept.{table} EXCEPT ALL TABLE public.{table}))"
            for table in self.tables
        )
        return [row["name"] for row in await self.pool.fetch(differing)]

    async def drop(self) -> None:
        await self.pool.execute("DROP SCHEMA kept CASCADE")
