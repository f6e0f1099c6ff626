"""Every job there is. A new one is a file beside this with its `KINDS`, and one line here."""

from server.jobs import (
    attendance,
    connectedness,
    evenings,
    exports,
    invitations,
    lists,
    notices,
    promises,
    reports,
    retention,
    reviews,
    sheets,
    teams,
    topics,
    vaults,
)
from server.jobs.kinds import Kind

KINDS: tuple[Kind, ...] = (
    *attendance.KINDS,
    *connectedness.KINDS,
    *evenings.KINDS,
    *exports.KINDS,
    *invitations.KINDS,
    *lists.KINDS,
    *notices.KINDS,
    *promises.KINDS,
    *reports.KINDS,
    *retention.KINDS,
    *reviews.KINDS,
    *sheets.KINDS,
    *teams.KINDS,
    *topics.KINDS,
    *vaults.KINDS,
)
