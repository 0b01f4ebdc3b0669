"""What the forms that ask who comes have in common: finding somebody, and what is done on their account."""

from typing import TYPE_CHECKING

from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.front_desk.presenter import look_up
from posapp.ui.presenter import Done, Failed

if TYPE_CHECKING:
    from posapp.ui.front_desk.presenter import Answer


class AccountPresenter(CustomerPresenter):
    """Base of the presenters of booking form and intake."""

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
