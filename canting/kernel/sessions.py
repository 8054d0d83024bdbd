"""Sessions in Django's own table, read by one written-out statement: every page asks for one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from canting.kernel.database import hot_cursor

_SESSION_SQL = """
SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(db.SessionStore):
    """Django's store; keys, data and ends are its own, only the looking up is shorter."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without a key, when it is over or was never there."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with hot_cursor() as cursor:
            cursor.execute(_SESSION_SQL, [self.session_key, now])
            row = cursor.fetchone()
        return self._read(row[0] if row else None)

    @property
    def is_read(self) -> bool:
        """True once the table was asked, by this store or by whoever handed its answer over."""
        return hasattr(self, "_session_cache")

    def take(self, data: str | None) -> None:
        """Go on with what a statement of the caller's found in the table under this store's key."""
        self._session_cache = self._read(data)

    def _read(self, data: str | None) -> dict[str, Any]:
        if data is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(data)
        return found
