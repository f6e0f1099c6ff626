"""The statements of a person's export about what they were told by push and mail, and what they chose about it."""

from typing import LiteralString

#: What the person was told by push and mail, and what became of it; no notice holds a name or a word of anybody.
SELECT_NOTICES: LiteralString = """
    SELECT notices.kind, notices.told_at, deliveries.channel, deliveries.device, deliveries.state, deliveries.settled_at
    FROM notices
    LEFT JOIN deliveries ON deliveries.person_id = notices.person_id AND deliveries.notice_id = notices.id
    WHERE notices.person_id = $1
    ORDER BY notices.told_at, notices.id, deliveries.id
"""

#: The devices that take pushes; never the address that a push goes to, nor its keys.
SELECT_PUSH_DEVICES: LiteralString = """
    SELECT device, subscribed_at, seen_at AS last_seen_at
    FROM push_subscriptions
    WHERE person_id = $1
    ORDER BY subscribed_at, id
"""

#: When the person wants nothing sent, by their own clock.
SELECT_QUIET_HOURS: LiteralString = """
    SELECT to_char(quiet_from, 'HH24:MI') AS quiet_from, to_char(quiet_until, 'HH24:MI') AS quiet_until
    FROM quiet_hours
    WHERE person_id = $1
"""

#: What the person switched on or off.
SELECT_NOTICE_SWITCHES: LiteralString = """
    SELECT kind, channel, is_on FROM notice_switches WHERE person_id = $1 ORDER BY kind, channel
"""
