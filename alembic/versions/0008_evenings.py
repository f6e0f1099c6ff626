"""Evenings: one list per person and local day, made once, topped up until it is opened."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE evenings (
            event_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            day date NOT NULL,
            made_at timestamptz NOT NULL,
            opened_at timestamptz,
            CONSTRAINT evenings_pkey PRIMARY KEY (event_id, registration_id, day),
            CONSTRAINT evenings_of_registration FOREIGN KEY (event_id, registration_id)
                REFERENCES registrations ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE TABLE follow_ups (
            event_id uuid NOT NULL,
            id uuid NOT NULL,
            registration_id uuid NOT NULL,
            day date NOT NULL,
            kind text NOT NULL CONSTRAINT follow_ups_kind_known CHECK (kind IN (
                'KEEP_PROMISE', 'INTRODUCE', 'THANK', 'SHARE', 'SPEAK_UP', 'MEET', 'ASK'
            )),
            subject_id uuid NOT NULL,
            swap_id uuid NOT NULL,
            place smallint NOT NULL,
            reason text NOT NULL,
            draft text NOT NULL,
            state text NOT NULL DEFAULT 'OPEN' CONSTRAINT follow_ups_state_known
                CHECK (state IN ('OPEN', 'DONE', 'LATER', 'DISMISSED')),
            due_on date NOT NULL,
            made_at timestamptz NOT NULL,
            settled_at timestamptz,
            kept_promise boolean NOT NULL DEFAULT false,
            CONSTRAINT follow_ups_pkey PRIMARY KEY (event_id, id),
            CONSTRAINT follow_ups_one_per_subject UNIQUE (event_id, registration_id, day, kind, subject_id),
            CONSTRAINT follow_ups_of_evening FOREIGN KEY (event_id, registration_id, day)
                REFERENCES evenings ON DELETE CASCADE,
            CONSTRAINT follow_ups_of_side FOREIGN KEY (event_id, swap_id, registration_id)
                REFERENCES swap_sides ON DELETE CASCADE
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE follow_ups")
    op.execute("DROP TABLE evenings")
