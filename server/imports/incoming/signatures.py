"""Whether a delivery was signed with a key's secret, over its raw bytes, and lately. Pure.

Standard Webhooks (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): `webhook-id`,
`webhook-timestamp` in seconds, `webhook-signature` with one or more `v1,<base64>`; HMAC-SHA256 of `id.timestamp.body`
under the base64 of what follows `whsec_`. Hi.Events signs with spatie/laravel-webhook-server: the header `Signature` is
the hex HMAC-SHA256 of the body; it has no time of its own, so the signed body's `event_sent_at` counts.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from server.imports.incoming.models import Delivery, ImportSender

#: How far a sender's clock may be off, and how late a first try may come.
WINDOW = timedelta(minutes=5)
#: Hi.Events tries again for a while with the same body, and so with the same time in it.
WINDOW_WITH_TRIES = timedelta(hours=1)


def delivery_of(
    sender: ImportSender, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime
) -> Delivery | None:
    """The delivery, where the signature fits; None otherwise. `headers` are in small letters."""
    if sender is ImportSender.STANDARD:
        return _standard(headers, body, secret, now)
    if sender is ImportSender.HI_EVENTS:
        return _hi_events(headers, body, secret, now)
    return None


def _standard(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Delivery | None:
    delivery_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = [part.removeprefix("v1,") for part in headers.get("webhook-signature", "").split() if part[:3] == "v1,"]
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    made = base64.b64encode(hmac.digest(_decoded(secret), signed, hashlib.sha256)).decode()
    fits = [hmac.compare_digest(each.encode(), made.encode()) for each in given]
    if not delivery_id or not any(fits) or not _is_near(timestamp, now):
        return None
    return Delivery(delivery_id, body)


def _hi_events(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Delivery | None:
    made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(headers.get("signature", "").encode(), made.encode()):
        return None
    try:
        sent_at = datetime.fromisoformat(json.loads(body)["event_sent_at"])
        is_late = abs(now - sent_at) > WINDOW_WITH_TRIES
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return None if is_late else Delivery(made, body)


def _is_near(timestamp: str, now: datetime) -> bool:
    return timestamp.isdecimal() and len(timestamp) < 12 and abs(now.timestamp() - int(timestamp)) <= WINDOW.seconds


def _decoded(secret: str) -> bytes:
    """The bytes of a secret as Standard Webhooks write it; of another its own."""
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return secret.encode()
