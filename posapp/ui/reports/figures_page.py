"""Base of the pages that show figures: read beside the window's work, live, and each leads to documents."""

from typing import TYPE_CHECKING

from posapp.ui.reports.behind import BehindSheet
from posapp.ui.reports.figures_presenter import FiguresPresenter
from posapp.ui.session import Session
from posapp.ui.window.page import Page
from posapp.ui.window.places import place_of
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.services.counter.search import Hit

_READ_ANEW = frozenset(
    {
        *("booking", "business", "customer", "gift_card", "item", "order", "payment", "resource", "shift"),
        *("catalogue", "stock_move", "ticket", "ticket_state"),
    }
)
"""Kinds of records that figures follow from."""


class FiguresPage(Page):
    """A page says how it reads (`reload`) and which of its sheets go when it does (`own_sheets`)."""

    own_sheets: tuple[type, ...] = (BehindSheet,)

    def __init__(self, shell: Shell, session: Session, presenter: FiguresPresenter) -> None:
        super().__init__(shell)
        self._asks = presenter
        session.feed.changed.connect(self._changed)

    def reload(self) -> None:
        """Read the figures anew."""
        raise NotImplementedError

    def deactivated(self) -> None:
        """The side sheet does not stay over another page, and nobody waits any more."""
        self.close_own_sheet()
        self.stop()

    def stop(self) -> None:
        """Nobody waits for the figures any more."""
        self._asks.stop()
        self.shell.loading.end()

    def close_own_sheet(self) -> None:
        """Figures of another question would stand beside it."""
        if isinstance(self.shell.sheet_content, self.own_sheets):
            self.shell.close_sheet()

    def open_number(self, number: str) -> None:
        """Open the document of a number."""
        self._asks.find(number, self._show_document)

    def _show_document(self, found: "Hit | None") -> None:
        if found is None:
            self.shell.notices.status(self.tr("This cannot be opened here."), "warning")
        else:
            self.shell.leave_for(*place_of(found))

    def _changed(self, changes: "list[Change]") -> None:
        if self.isVisible() and {change.subject for change in changes} & _READ_ANEW:
            self.reload()
