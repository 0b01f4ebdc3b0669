"""Counts what a desk asks its database: each statement, on either engine, by whichever way it goes there."""

from collections.abc import Callable
from typing import TypeVar

from posapp.services.desks import Shop
from tests.storage.own_business import heard

T = TypeVar("T")


def questions(shop: Shop, call: Callable[[], T]) -> tuple[T, list[str]]:
    """What a call answers, and the statements that it took, without the words of the transaction itself.

    One of these asks SQLite whether what is kept of the shop still stands (`PRAGMA data_version`).
    """
    with heard(shop.store.database) as said:
        answer = call()
    own = ("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK", "--")
    return answer, [words for words in said if words.split(maxsplit=1)[0] not in own]
