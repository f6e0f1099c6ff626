"""Keeps the vaults of coming events as their cards are, so that phones do not wait."""

from server.jobs.kinds import Timed, Tools
from server.vault.keeping import keep_ready

VAULTS_READY = "vaults ready"


async def _keep_vaults_ready(tools: Tools) -> None:
    await keep_ready(tools.pool, secrets=tools.secrets, now=tools.clock())


KINDS = (Timed(VAULTS_READY, "* * * * *", _keep_vaults_ready),)
