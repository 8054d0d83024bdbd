"""Sessions in Django's own table, read by one written-out statement: every page asks for one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

_SESSION_SQL = """
SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(db.SessionStore):
    """Django's store; keys, data and ends are its own, only the looking up is shorter."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without a key, when it is over or was never there."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_SESSION_SQL, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found
