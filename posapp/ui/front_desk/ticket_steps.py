"""What the Desk does with tickets: a new one, an open one, handing over, the board."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from posapp.ui.front_desk.page import DeskPage


class TicketSteps(QObject):
    """Steps of the page that lead to the screens of repairs."""

    def __init__(self, page: "DeskPage") -> None:
        super().__init__(page)
        self._page = page
        card = page.card
        card.ticket_asked.connect(self.take_in)
        card.ticket_opened.connect(self.open)
        card.hand_over_asked.connect(self.hand_over)
        page.welcome.tickets_asked.connect(self.show_board)

    def take_in(self) -> None:
        """A new ticket for the customer at the counter, or for nobody yet."""
        self._page.shell.close_sheet()
        self._page.shell.show_page("intake", self._page.shown_id)

    def open(self, number: str) -> None:
        """A ticket in full."""
        self._page.shell.show_page("tickets", number)

    def hand_over(self, number: str) -> None:
        """Give the devices of a ticket back."""
        self._page.shell.close_sheet()
        self._page.shell.show_page("hand_back", number)

    def show_board(self) -> None:
        """Everything that is in the shop."""
        self._page.shell.close_sheet()
        self._page.shell.show_page("tickets")
