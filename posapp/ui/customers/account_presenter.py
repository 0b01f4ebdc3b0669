"""What the forms that ask who comes have in common: the lanes, and two steps on the customer's account."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.ui.session import Session

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


def ignore(_answer: object) -> None:
    """For work whose outcome nobody waits for."""


class AccountPresenter:
    """Hands work to the database lane; what only reads has a topic, so that a late answer never comes."""

    topic = ""

    def __init__(self, session: "Session") -> None:
        self._session = session

    def take_back_phone(self, customer_id: int, phone: "PhoneNumber", done: Done, failed: Failed) -> None:
        """A former number is that customer's again."""
        shop, actor = self._session.shop, self._session.actor
        self._write(lambda: shop.phones.take_back(actor, customer_id, phone), done, failed)

    def add_contact(self, customer_id: int, name: str, done: Done, failed: Failed) -> None:
        """Put another person on an account."""
        shop, actor = self._session.shop, self._session.actor
        self._write(lambda: shop.customers.add_contact(actor, customer_id, name), done, failed)

    def _ask(self, topic: str, work: Callable[[], object], done: Done, failed: Failed) -> None:
        self._session.lanes.database.run(work, done=done, failed=failed, topic=f"{self.topic}-{topic}")

    def _write(self, work: Callable[[], object], done: Done, failed: Failed) -> None:
        self._session.lanes.database.run(work, done=done, failed=failed)
