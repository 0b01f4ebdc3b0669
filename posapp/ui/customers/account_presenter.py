"""What the forms that ask who comes have in common: finding somebody, and two steps on their account."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from posapp.ui.front_desk.presenter import look_up
from posapp.ui.presenter import Done, Failed, Presenter, ignore

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer
    from posapp.ui.front_desk.presenter import Answer
    from posapp.ui.session import Session

__all__ = ["AccountPresenter", "Done", "Failed", "ignore"]


class AccountPresenter(Presenter):
    """Base of the presenters of booking form and intake."""

    @property
    def _session(self) -> "Session":
        return self.session

    def _ask(self, topic: str, work: Callable[[], object], done: Done[Any], failed: Failed = ignore) -> None:
        self.read(lambda _shop, _actor: work(), done, failed, topic=topic)

    def _write(self, work: Callable[[], object], done: Done[Any], failed: Failed = ignore) -> None:
        self.do(lambda _shop, _actor: work(), done, failed)

    def search(self, text: str, done: "Done[Answer | None]", failed: Failed) -> None:
        """Everything about what is typed to find the customer; empty text ends what is on its way."""
        region = self.session.region
        self.read(
            lambda shop, actor: look_up(shop, actor, text, region) if text.strip() else None,
            done,
            failed,
            topic="search",
            lane=self.session.lanes.search,
        )

    def take_back_phone(
        self, customer_id: int, phone: "PhoneNumber", done: "Done[Customer]", failed: Failed
    ) -> None:
        """A former number is that customer's again."""
        self.do(lambda shop, actor: shop.phones.take_back(actor, customer_id, phone), done, failed)

    def add_contact(
        self, customer_id: int, name: str, done: "Done[Customer]" = ignore, failed: Failed = ignore
    ) -> None:
        """Put another person on an account."""
        self.do(lambda shop, actor: shop.customers.add_contact(actor, customer_id, name), done, failed)
