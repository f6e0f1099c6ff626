"""Every statement about one reader's vault: who is hidden from them, how far it has come, what to send."""

from collections.abc import Sequence
from typing import Any, LiteralString, TypeAlias
from uuid import UUID

from server.db import Connection
from server.vault.models import Change, Reader, State
from server.vault.sealing import SealedEntry

#: Entries by badge; None where one has gone.
Entries: TypeAlias = dict[UUID, SealedEntry | None]

#: Whether and where the person has a place at the event that counts.
SELECT_PLACE: LiteralString = """
    SELECT id FROM registrations WHERE event_id = $1 AND person_id = $2 AND cancelled_at IS NULL
"""


async def select_place(connection: Connection, *, event_id: UUID, person_id: UUID) -> UUID | None:
    place: UUID | None = await connection.fetchval(SELECT_PLACE, event_id, person_id)
    return place


#: Who is to be hidden from a reader and is not, or is and need not be any longer: where either side withdrew the swap,
#: or blocked the other.
SELECT_HIDING_CHANGES: LiteralString = """
    WITH apart AS (
        SELECT CASE WHEN lower_id = $2 THEN upper_id ELSE lower_id END AS id
        FROM swaps
        WHERE event_id = $1 AND (lower_id = $2 OR upper_id = $2) AND withdrawn_at IS NOT NULL
        UNION
        SELECT other_id FROM blocked_pairs WHERE event_id = $1 AND registration_id = $2
    ), kept AS (
        SELECT hidden_id AS id FROM vault_hidings WHERE event_id = $1 AND registration_id = $2 AND is_hidden
    )
    SELECT id, apart.id IS NOT NULL AS is_hidden
    FROM apart
    FULL JOIN kept USING (id)
    WHERE apart.id IS NULL OR kept.id IS NULL
"""


async def select_hiding_changes(connection: Connection, *, reader: Reader) -> list[tuple[UUID, bool]]:
    rows = await connection.fetch(SELECT_HIDING_CHANGES, reader.event_id, reader.registration_id)
    return [(row["id"], row["is_hidden"]) for row in rows]


#: The count of changes to what is hidden from a reader, held until the transaction ends: two phones take turns.
HOLD_HIDINGS: LiteralString = """
    INSERT INTO vault_viewers (event_id, registration_id)
    SELECT $1, $2
    ON CONFLICT ON CONSTRAINT vault_viewers_pkey DO UPDATE SET version = vault_viewers.version
    RETURNING version
"""


async def hold_hidings(connection: Connection, *, reader: Reader) -> int:
    version: int = await connection.fetchval(HOLD_HIDINGS, reader.event_id, reader.registration_id)
    return version


#: Who is hidden from a reader from now on, and who no longer is; all under one version, which the count moves to.
UPSERT_HIDINGS: LiteralString = """
    WITH counted AS (
        UPDATE vault_viewers SET version = $5 WHERE event_id = $1 AND registration_id = $2
    )
    INSERT INTO vault_hidings (event_id, registration_id, hidden_id, is_hidden, version)
    SELECT $1, $2, changed.hidden_id, changed.is_hidden, $5
    FROM unnest($3::uuid[], $4::boolean[]) AS changed (hidden_id, is_hidden)
    ON CONFLICT ON CONSTRAINT vault_hidings_pkey
        DO UPDATE SET is_hidden = EXCLUDED.is_hidden, version = EXCLUDED.version
"""


async def upsert_hidings(
    connection: Connection, *, reader: Reader, changes: Sequence[tuple[UUID, bool]], version: int
) -> None:
    await connection.execute(
        UPSERT_HIDINGS, reader.event_id, reader.registration_id, [hidden_id for hidden_id, _ in changes],
        [is_hidden for _, is_hidden in changes], version,
    )  # fmt: skip


#: How far a reader's vault has come, and the event's counter. What is hidden from them moves none of it.
SELECT_STATE: LiteralString = """
    SELECT vaults.epoch, vaults.version AS counter,
           COALESCE((
               SELECT entries.version
               FROM vault_entries AS entries
               WHERE entries.event_id = $1 AND entries.registration_id <> $2
                 AND NOT EXISTS (
                     SELECT 1 FROM vault_hidings AS hidings
                     WHERE hidings.event_id = $1 AND hidings.registration_id = $2
                       AND hidings.hidden_id = entries.registration_id AND hidings.is_hidden
                 )
               ORDER BY entries.version DESC
               LIMIT 1
           ), 0) AS version,
           COALESCE((SELECT version FROM vault_viewers WHERE event_id = $1 AND registration_id = $2), 0) AS hidings
    FROM vaults
    WHERE vaults.event_id = $1
"""


async def select_state(connection: Connection, *, reader: Reader, texts: bytes) -> tuple[State, int] | None:
    """The state and the event's counter. None without a vault."""
    row = await connection.fetchrow(SELECT_STATE, reader.event_id, reader.registration_id)
    if row is None:
        return None
    return State(row["epoch"], row["version"], row["hidings"], texts), row["counter"]


#: How many entries a reader's vault holds.
COUNT_ENTRIES: LiteralString = """
    SELECT count(*)
    FROM vault_entries AS entries
    WHERE entries.event_id = $1 AND entries.registration_id <> $2 AND entries.made_from IS NOT NULL
      AND NOT EXISTS (
          SELECT 1 FROM vault_hidings AS hidings
          WHERE hidings.event_id = $1 AND hidings.registration_id = $2
            AND hidings.hidden_id = entries.registration_id AND hidings.is_hidden
      )
"""


async def count_entries(connection: Connection, *, reader: Reader) -> int:
    count: int = await connection.fetchval(COUNT_ENTRIES, reader.event_id, reader.registration_id)
    return count


#: All of a reader's vault.
SELECT_WHOLE: LiteralString = """
    SELECT entries.badge_id, entries.lookup, false AS is_gone
    FROM vault_entries AS entries
    WHERE entries.event_id = $1 AND entries.registration_id <> $2 AND entries.made_from IS NOT NULL
      AND NOT EXISTS (
          SELECT 1 FROM vault_hidings AS hidings
          WHERE hidings.event_id = $1 AND hidings.registration_id = $2
            AND hidings.hidden_id = entries.registration_id AND hidings.is_hidden
      )
    ORDER BY entries.lookup
"""


async def select_whole(connection: Connection, *, reader: Reader) -> list[Change]:
    rows = await connection.fetch(SELECT_WHOLE, reader.event_id, reader.registration_id)
    return [_change(row) for row in rows]


#: What has changed for a reader since version $3 of the entries and $4 of who is hidden. Whoever was hidden by then is
#: passed over; whoever was hidden since is gone like a badge that is no longer in use; whoever came back is sent.
SELECT_CHANGES: LiteralString = """
    SELECT entries.badge_id, entries.lookup, entries.made_from IS NULL OR hidings.is_hidden IS TRUE AS is_gone
    FROM vault_entries AS entries
    LEFT JOIN vault_hidings AS hidings ON hidings.event_id = entries.event_id AND hidings.registration_id = $2
        AND hidings.hidden_id = entries.registration_id
    WHERE entries.event_id = $1 AND entries.registration_id <> $2
      AND (entries.version > $3 OR (hidings.version > $4 AND entries.made_from IS NOT NULL))
      AND NOT (hidings.is_hidden IS TRUE AND hidings.version <= $4)
    ORDER BY entries.lookup
"""


async def select_changes(connection: Connection, *, reader: Reader, since: State) -> list[Change]:
    rows = await connection.fetch(SELECT_CHANGES, reader.event_id, reader.registration_id, since.version, since.hidings)
    return [_change(row) for row in rows]


#: Some entries as they are now; one that has gone meanwhile has no ciphertext.
SELECT_ENTRIES: LiteralString = """
    SELECT badge_id, lookup, version, nonce, ciphertext
    FROM vault_entries
    WHERE event_id = $1 AND badge_id = ANY($2::uuid[])
"""


async def select_entries(connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID]) -> Entries:
    """By badge; None where the entry has gone."""
    rows = await connection.fetch(SELECT_ENTRIES, event_id, badge_ids)
    return {row["badge_id"]: _entry(row) for row in rows}


def _entry(row: Any) -> SealedEntry | None:
    if row["ciphertext"] is None:
        return None
    return SealedEntry(row["lookup"], row["version"], row["nonce"], row["ciphertext"])


def _change(row: Any) -> Change:
    return Change(row["badge_id"], row["lookup"], row["is_gone"])
