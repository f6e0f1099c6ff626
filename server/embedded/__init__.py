"""PostgreSQL as a child process, for those who have no server of their own. Touches no other server."""

from server.embedded.supervisor import EmbeddedPostgres
from server.embedded.throw_away import throw_away_postgres

__all__ = ["EmbeddedPostgres", "throw_away_postgres"]
