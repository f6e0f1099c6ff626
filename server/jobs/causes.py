"""The cause of each kind of notice: asked just before one leaves, whether there still is something to tell.

Every kind has one. What ended, was answered or was seen meanwhile is told by nobody, whichever way it came about.
"""

from collections.abc import Mapping

from server.encounters.announcing.operations import scan_still_new
from server.evening.announcing.operations import still_to_do
from server.introductions.announcing import still_asked, still_made
from server.meetings.announcing import still_as_told
from server.notifications.choosing.operations import still_wanted
from server.notifications.models import NoticeKind
from server.notifications.posting.models import Cause
from server.promises.reminding import still_due
from server.reviews.announcing import still_to_review

CAUSES: Mapping[NoticeKind, Cause] = {
    NoticeKind.EVENING_READY: still_to_do,
    NoticeKind.REVIEW_READY: still_to_review,
    NoticeKind.PROMISE_DUE: still_due,
    NoticeKind.SWAP: scan_still_new,
    NoticeKind.INTRODUCTION_ASKED: still_asked,
    NoticeKind.INTRODUCTION_MADE: still_made,
    NoticeKind.MEETING_PROPOSED: still_as_told,
    NoticeKind.MEETING_CHANGED: still_as_told,
    NoticeKind.TEST: still_wanted,
}
