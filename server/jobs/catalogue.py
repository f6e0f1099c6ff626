"""Every job there is. A new one is a file beside this with its `KINDS`, and one line here."""

from server.jobs import attendance, evenings, notices, promises, reports, reviews, sheets, vaults
from server.jobs.kinds import Kind

KINDS: tuple[Kind, ...] = (
    *attendance.KINDS,
    *evenings.KINDS,
<<<<<<< HEAD
    *promises.KINDS,
=======
    *notices.KINDS,
>>>>>>> 826fe82 (Send what people are told by push and mail, once, whoever hangs or dies)
    *reports.KINDS,
    *reviews.KINDS,
    *sheets.KINDS,
    *vaults.KINDS,
)
