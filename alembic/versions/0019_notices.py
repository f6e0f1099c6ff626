"""What is told to people by push and mail: notices, their deliveries, the devices that take pushes, and what each
person chose about them.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_KINDS = """'EVENING_READY', 'REVIEW_READY', 'PROMISE_DUE', 'SWAP', 'INTRODUCTION_ASKED', 'INTRODUCTION_MADE',
                'MEETING_PROPOSED', 'MEETING_CHANGED', 'TEST'"""


def upgrade() -> None:
    # zone: where the person is as the cause knows it, such as an event's; null means their own.
    op.execute(f"""
        CREATE TABLE notices (
            person_id uuid NOT NULL CONSTRAINT notices_of_person REFERENCES people ON DELETE CASCADE,
            id uuid NOT NULL,
            kind text NOT NULL CONSTRAINT notices_kind_known CHECK (kind IN (
                {_KINDS}
            )),
            key text NOT NULL,
            path text NOT NULL CONSTRAINT notices_path_of_the_app CHECK (path ~ '^/[^/]' OR path = '/'),
            zone text,
            told_at timestamptz NOT NULL,
            laid_out_at timestamptz,
            withdrawn_at timestamptz,
            CONSTRAINT notices_pkey PRIMARY KEY (person_id, id),
            CONSTRAINT notices_once UNIQUE (person_id, kind, key)
        )
    """)
    op.execute("""
        CREATE INDEX notices_to_lay_out ON notices (told_at) WHERE laid_out_at IS NULL
    """)
    op.execute("""
        CREATE INDEX notices_by_cause ON notices (kind, key)
    """)
    # A browser's address for pushes belongs to whoever is signed in there, and ends with that session.
    op.execute("""
        CREATE TABLE push_subscriptions (
            person_id uuid NOT NULL CONSTRAINT push_subscriptions_of_person REFERENCES people ON DELETE CASCADE,
            id uuid NOT NULL,
            session_id uuid NOT NULL CONSTRAINT push_subscriptions_of_session REFERENCES sessions ON DELETE CASCADE,
            endpoint text NOT NULL,
            endpoint_hash bytea NOT NULL CONSTRAINT push_subscriptions_one_per_endpoint UNIQUE,
            origin text NOT NULL,
            p256dh bytea NOT NULL,
            auth bytea NOT NULL,
            device text NOT NULL,
            subscribed_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            CONSTRAINT push_subscriptions_pkey PRIMARY KEY (person_id, id)
        )
    """)
    op.execute("""
        CREATE INDEX push_subscriptions_by_session ON push_subscriptions (session_id)
    """)
    # One for each device of a push, one for a mail. subscription_id is a soft pointer: the log outlives the device.
    op.execute("""
        CREATE TABLE deliveries (
            person_id uuid NOT NULL,
            id uuid NOT NULL,
            notice_id uuid NOT NULL,
            channel text NOT NULL CONSTRAINT deliveries_channel_known CHECK (channel IN ('PUSH', 'MAIL')),
            subscription_id uuid,
            device text,
            origin text,
            state text NOT NULL CONSTRAINT deliveries_state_known CHECK (state IN (
                'WAITING', 'SENDING', 'SENT', 'SWITCHED_OFF', 'QUIET', 'ENOUGH', 'WITHDRAWN', 'TOO_LATE',
                'DEVICE_GONE', 'REFUSED', 'UNREACHABLE', 'UNSURE'
            )),
            due_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            attempts smallint NOT NULL DEFAULT 0,
            claim uuid,
            claimed_at timestamptz,
            settled_at timestamptz,
            CONSTRAINT deliveries_pkey PRIMARY KEY (person_id, id),
            CONSTRAINT deliveries_of_notice FOREIGN KEY (person_id, notice_id) REFERENCES notices ON DELETE CASCADE,
            CONSTRAINT deliveries_one_per_device UNIQUE NULLS NOT DISTINCT
                (person_id, notice_id, channel, subscription_id)
        )
    """)
    op.execute("""
        CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'WAITING'
    """)
    op.execute("""
        CREATE INDEX deliveries_under_way ON deliveries (claimed_at) WHERE state = 'SENDING'
    """)
    # From and until the same means no quiet hours.
    op.execute("""
        CREATE TABLE quiet_hours (
            person_id uuid CONSTRAINT quiet_hours_pkey PRIMARY KEY
                CONSTRAINT quiet_hours_of_person REFERENCES people ON DELETE CASCADE,
            quiet_from time NOT NULL,
            quiet_until time NOT NULL
        )
    """)
    # Only what somebody changed; what a kind does by itself stands in the code.
    op.execute(f"""
        CREATE TABLE notice_switches (
            person_id uuid NOT NULL CONSTRAINT notice_switches_of_person REFERENCES people ON DELETE CASCADE,
            kind text NOT NULL CONSTRAINT notice_switches_kind_known CHECK (kind IN (
                {_KINDS}
            )),
            channel text NOT NULL CONSTRAINT notice_switches_channel_known CHECK (channel IN ('PUSH', 'MAIL')),
            is_on boolean NOT NULL,
            CONSTRAINT notice_switches_pkey PRIMARY KEY (person_id, kind, channel)
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE notice_switches")
    op.execute("DROP TABLE quiet_hours")
    op.execute("DROP TABLE deliveries")
    op.execute("DROP TABLE push_subscriptions")
    op.execute("DROP TABLE notices")
