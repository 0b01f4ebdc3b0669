"""Base of the screens of one ticket: `show_page("hand_back", "T12")` reads it, and again when it changes."""

from PySide6.QtWidgets import QLayout

from posapp.domain.base.journal import Change
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.layout import Part, columns, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.session import Session
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.widgets.labels import Elided, PlBadge
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell


class TicketPage(Page):
    """A subclass begins another ticket (`begin_another`) and shows what was read (`show_whole`)."""

    subjects = frozenset({"ticket", "customer"})
    """What another screen or till may change of it."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self.session = session
        self.presenter = TicketPresenter(session, "")
        self.whole: WholeTicket | None = None
        self.notice = DraftBar(self)
        self._who: tuple[PlBadge, Elided] | None = None
        session.feed.changed.connect(self.changed)

    def begin_another(self) -> None:
        """Another ticket is asked for."""
        raise NotImplementedError

    def show_whole(self, whole: WholeTicket, *, is_first: bool) -> None:
        """The ticket was read, for the first time since it was asked for, or anew."""
        raise NotImplementedError

    def head(self, *more: Part) -> QLayout:
        """Whose ticket it is."""
        self._who = badge, person = PlBadge(""), Elided("", "title")
        return columns(badge, wide(person), *more, gap=10)

    def subtitle(self) -> str:
        """Which ticket."""
        return self.presenter.number

    def activated(self, payload: object = None) -> None:
        """Another ticket begins anew; the same one goes on where it was."""
        if isinstance(payload, str) and payload:
            if self.presenter.number != payload:
                self.begin_another()
                self.presenter.forget()
                self.whole = None
            self.presenter.number = payload
            self.notice.hide()
            self.title_changed.emit()
        self.read()

    def read(self) -> None:
        """Read the ticket anew."""
        if self.presenter.number:
            self.presenter.whole(self._show, self.read_failed)

    def read_failed(self, error: Exception) -> None:
        """Why, and the way to try again."""
        self.notice.offer_again(sentence_of(error, self.tr("The ticket cannot be read.")), self.read)

    def changed(self, changes: list[Change]) -> None:
        """Something was written, here or elsewhere."""
        if self.isVisible() and {change.subject for change in changes} & self.subjects:
            self.read()

    def _show(self, whole: WholeTicket) -> None:
        if not self.presenter.number:
            return  # it was let go while it was read
        is_first, self.whole = self.whole is None, whole
        if self._who is not None:
            badge, person = self._who
            badge.set_text(str(whole.ticket.pl_id))
            person.setText(whole.ticket.customer_name or str(whole.ticket.pl_id))
        self.show_whole(whole, is_first=is_first)

    def leave(self) -> None:
        """Back to the screen before."""
        if not self.shell.back():
            self.shell.show_page("tickets")
