"""Whose line of the doors' roster changed, and in which transaction: so that a phone can ask for that alone."""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

#: Table, the column that names the registration, and the changes of it that show in a roster.
_WATCHED = (
    ("registrations", "id", "(changed.name, changed.ticket_type, changed.cancelled_at)"),
    ("admissions", "registration_id", None),
    ("ticket_codes", "registration_id", None),
    ("badges", "registration_id", "(changed.revoked_at, changed.printed_at)"),
)
_KEYS = {"registrations": "id", "badges": "id"}


def upgrade() -> None:
    # Rows are only added, so that nobody waits for another's: what changed twice stands here twice. A registration that
    # is gone is still named. The transaction's number says who may not have seen it yet; see docs/decisions.
    op.execute("""
        CREATE TABLE roster_changes (
            event_id uuid NOT NULL CONSTRAINT roster_changes_of_event REFERENCES events ON DELETE CASCADE,
            changed_in xid8 NOT NULL,
            registration_id uuid NOT NULL,
            CONSTRAINT roster_changes_pkey PRIMARY KEY (event_id, changed_in, registration_id)
        )
    """)
    for table, column, shown in _WATCHED:
        _watch(table, column, shown)


def _watch(table: str, column: str, shown: str | None) -> None:
    """Note what is inserted into, updated in and deleted from a table, once a statement.

    An event that is being deleted takes its notes along: none are added for it.
    """
    for change in ("INSERT", "UPDATE", "DELETE"):
        rows = "OLD TABLE AS changed" if change == "DELETE" else "NEW TABLE AS changed"
        only = ""
        if change == "UPDATE" and shown is not None:
            rows += " OLD TABLE AS former"
            key = _KEYS[table]
            only = f"""
                JOIN former ON former.event_id = changed.event_id AND former.{key} = changed.{key}
                    AND {shown} IS DISTINCT FROM {shown.replace("changed.", "former.")}
            """
        name = f"{table}_{change.lower()}_in_roster"
        op.execute(f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO roster_changes (event_id, changed_in, registration_id)
                SELECT DISTINCT changed.event_id, pg_current_xact_id(), changed.{column}
                FROM changed
                JOIN events ON events.id = changed.event_id
                {only}
                ON CONFLICT ON CONSTRAINT roster_changes_pkey DO NOTHING;
                RETURN NULL;
            END
            $$
        """)  # noqa: S608 - names of our own tables
        op.execute(f"""
            CREATE TRIGGER {name} AFTER {change} ON {table} REFERENCING {rows}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}()
        """)


def downgrade() -> None:
    for table, _, _ in _WATCHED:
        for change in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER {table}_{change}_in_roster ON {table}")
            op.execute(f"DROP FUNCTION {table}_{change}_in_roster()")
    op.execute("DROP TABLE roster_changes")
