"""Weekly reviews: the hour a person keeps for theirs, one list for each week, and whom it named."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The day is numbered as ISO 8601 does, Monday 1; null is no review. The hour is by the clocks of people.timezone.
    # review_due_at is when the next one is ready, null while that has not been reckoned: each change of the hour or of
    # the zone sets it null.
    op.execute("""
        ALTER TABLE people
            ADD COLUMN review_weekday smallint DEFAULT 5
                CONSTRAINT people_review_weekday_known CHECK (review_weekday BETWEEN 1 AND 7),
            ADD COLUMN review_at time NOT NULL DEFAULT '16:00',
            ADD COLUMN review_due_at timestamptz
    """)
    op.execute("""
        CREATE INDEX people_by_review ON people (review_due_at NULLS FIRST) WHERE review_weekday IS NOT NULL
    """)
    op.execute("""
        CREATE TABLE review_weeks (
            person_id uuid NOT NULL CONSTRAINT review_weeks_of_person REFERENCES people ON DELETE CASCADE,
            week_of date NOT NULL CONSTRAINT review_weeks_begin_on_monday CHECK (EXTRACT(isodow FROM week_of) = 1),
            ready_at timestamptz NOT NULL,
            made_at timestamptz NOT NULL,
            CONSTRAINT review_weeks_pkey PRIMARY KEY (person_id, week_of)
        )
    """)
    # The swap is the one by which the two share their contact; it points into its event softly. touched_from is when
    # they had last been in touch before this was done, so that doing it can be taken back.
    op.execute("""
        CREATE TABLE review_follow_ups (
            person_id uuid NOT NULL,
            id uuid NOT NULL,
            week_of date NOT NULL,
            relationship_id uuid NOT NULL,
            met_event_id uuid NOT NULL,
            met_swap_id uuid NOT NULL,
            place smallint NOT NULL,
            reason text NOT NULL,
            draft text NOT NULL,
            times timestamptz[] NOT NULL,
            state text NOT NULL DEFAULT 'OPEN' CONSTRAINT review_follow_ups_state_known
                CHECK (state IN ('OPEN', 'DONE', 'LATER', 'DISMISSED')),
            suggested_on date NOT NULL,
            due_on date NOT NULL,
            settled_at timestamptz,
            touched_from timestamptz,
            CONSTRAINT review_follow_ups_pkey PRIMARY KEY (person_id, id),
            CONSTRAINT review_follow_ups_one_per_week UNIQUE (person_id, relationship_id, week_of),
            CONSTRAINT review_follow_ups_of_week FOREIGN KEY (person_id, week_of)
                REFERENCES review_weeks ON DELETE CASCADE,
            CONSTRAINT review_follow_ups_of_relationship FOREIGN KEY (person_id, relationship_id)
                REFERENCES relationships ON DELETE CASCADE
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE review_follow_ups")
    op.execute("DROP TABLE review_weeks")
    op.execute("ALTER TABLE people DROP COLUMN review_due_at, DROP COLUMN review_at, DROP COLUMN review_weekday")
