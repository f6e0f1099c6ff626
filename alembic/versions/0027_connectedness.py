"""How connected the room of an event was: three figures, kept once and for all, or none."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE connectedness (
            event_id uuid NOT NULL CONSTRAINT connectedness_of_event REFERENCES events ON DELETE CASCADE,
            worked_out_at timestamptz NOT NULL,
            people_who_met_someone integer,
            median_people_met double precision,
            people_who_met_nobody integer,
            CONSTRAINT connectedness_pkey PRIMARY KEY (event_id),
            CONSTRAINT connectedness_never_of_a_few CHECK (
                num_nulls(people_who_met_someone, median_people_met, people_who_met_nobody) = 3
                OR (num_nulls(people_who_met_someone, median_people_met, people_who_met_nobody) = 0
                    AND people_who_met_someone >= 5 AND people_who_met_nobody >= 5)
            )
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE connectedness")
