"""Ending, from another thread, what a connection is asked: nobody waits for it any more."""

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import cache
from threading import Lock, Thread
from typing import Any

from sqlalchemy import Connection

CANCEL_SECONDS = 5.0


def cancel(driver: Any) -> None:
    """Ask a server, over a connection of its own, to end what the driver's connection runs."""
    with contextlib.suppress(psycopg_error()):  # a server that is gone has nothing to end
        driver.cancel_safe(timeout=CANCEL_SECONDS)


@cache
def psycopg_error() -> Any:
    """What psycopg raises; it is loaded only where a shop is on a server."""
    import psycopg

    return psycopg.Error


class Stopping:
    """Knows the connection that is at work, and ends its statement when told so from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._driver: Any = None
        self._ending: Thread | None = None

    @contextlib.contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """What runs on this connection may be ended; nothing of what it is used for later is."""
        with self._lock:
            self._driver = connection.connection.driver_connection
        try:
            yield
        finally:
            with self._lock:
                self._driver = None
                ending, self._ending = self._ending, None
            if ending is not None:
                ending.join()

    def stop(self) -> None:
        """End the statement that is running, at once: a server is asked beside it."""
        with self._lock:
            if isinstance(self._driver, sqlite3.Connection):
                self._driver.interrupt()
            elif self._driver is not None and self._ending is None:
                self._ending = Thread(target=cancel, args=(self._driver,), name="stopping", daemon=True)
                self._ending.start()
