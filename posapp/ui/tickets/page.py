"""The Tickets screen: filters, board, list or what nobody collects; a quick look in the side sheet."""

from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import PosappError
from posapp.domain.base.journal import Change
from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.board import Filter
from posapp.domain.repairs.tickets import BoardCard
from posapp.services.papers.content import PaperOf
from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.layout import rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.sell.take_payment import TakePayment
from posapp.ui.session import Session
from posapp.ui.ticket.place import TicketPlace
from posapp.ui.tickets.board import Board
from posapp.ui.tickets.card_steps import LOOK, CardSteps
from posapp.ui.tickets.presenter import BoardPresenter, ShownCard
from posapp.ui.tickets.ticket_list import TicketList
from posapp.ui.tickets.ticket_sheet import TicketSheet
from posapp.ui.tickets.tools import BOARD, LIST, UNCOLLECTED, BoardTools
from posapp.ui.tickets.uncollected import UncollectedView
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell


class TicketsPage(Page):
    """F4. `show_page("tickets", "uncollected")` shows what nobody collects."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._presenter = BoardPresenter(session)
        self._wants_focus = True
        self.tools = BoardTools()
        self._notice = NoticeBar()
        self.board = Board()
        self.list = TicketList()
        self.uncollected = UncollectedView(shell, session)
        self._empty = EmptyState(
            self.tr("No ticket matches."), action=self.tr("Clear filters"), run=self._clear_filters
        )
        self._nothing = EmptyState(self.tr("No device is in the shop."))
        self._stack = Stack()
        for part in (self.board, self.list, self.uncollected, self._empty, self._nothing):
            self._stack.addWidget(part)
        rows(self.tools, self._notice, wide(self._stack), gap=12, pad=16, host=self)
        self.ask = AskBar(self)
        self._taking = TakePayment(shell, session, self)
        self._steps = CardSteps(shell, session, self._presenter, self.ask, self)
        self._bind()

    def _bind(self) -> None:
        self.tools.filtered.connect(self._filter)
        self.tools.view_chosen.connect(self._show)
        self.tools.new_asked.connect(self._new_ticket)
        self._set_plain_keys()
        self.board.asked.connect(self._asked)
        self.board.move_asked.connect(self._steps.move)
        self.list.asked.connect(self._asked)
        self._steps.changed.connect(self._read)
        self._steps.asking_over.connect(self._focus_cards)
        self._steps.ticket_asked.connect(self.open_ticket)
        self.uncollected.opened.connect(lambda number, position: self.open_ticket(number, position=position))
        self._session.feed.changed.connect(self._changed)

    def _set_plain_keys(self) -> None:
        self.list.table.plain_keys = self._session.till.plain_keys
        self.board.set_plain_keys(self.list.table.plain_keys)

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Tickets")

    def own_actions(self) -> tuple[Action, ...]:
        """Plain keys act on the cards, the others on the page."""
        tr, has_plain = self.tr, self._has_plain_keys
        return (
            hint("↑↓←→", tr("Move")),
            hint("1…6", tr("Set status"), has_plain),
            hint("Return", tr("Open")),
            hint("Space", tr("Quick look")),
            hint("A", tr("Assign"), has_plain),
            hint("N", tr("Note"), has_plain),
            hint("T", tr("Tell"), has_plain),
            hint("M", tr("My jobs"), has_plain),
            Action("tickets_mine", tr("My jobs"), "Alt+M", self._swap_mine, in_bar=False),
            Action(
                "tickets_find", tr("Find on the board"), "Ctrl+F", self.tools.words.setFocus, in_bar=False
            ),
            Action("tickets_new", tr("New ticket"), "Ctrl+T", self._new_ticket, in_bar=False),
            Action(
                "tickets_print",
                tr("Print the label"),
                "Ctrl+P",
                self._print_label,
                word=tr("Label"),
                on_record=True,
            ),
            Action("tickets_pay", tr("Take payment"), "F9", self._take_payment, "banknote", on_record=True),
            Action("tickets_list", tr("Board, list, uncollected"), "Alt+L", self._swap, in_bar=False),
            hint("Ctrl+Z", tr("Undo")),
        )

    def _has_plain_keys(self) -> bool:
        return self._session.till.plain_keys

    def keys(self) -> list[KeyWord]:
        """Those of the view or the sheet that is in front."""
        sheet = self.shell.sheet_content
        if self._stack.currentWidget() is self.uncollected:
            return bar((*self.uncollected.own_actions(), hint("Alt+L", self.tr("Board, list"))))
        return bar(sheet.own_actions()) if isinstance(sheet, TicketSheet) else super().keys()

    def first_field(self) -> QWidget | None:
        """The card that had the focus last."""
        shown = self._stack.currentWidget()
        if shown is self.board:
            return self.board.view_of(self.board.last_job())
        return shown if shown in (self.list, self.uncollected) else self.tools.view

    def activated(self, payload: object = None) -> None:
        """Read the board."""
        if payload == UNCOLLECTED:
            self.tools.view.set_current(UNCOLLECTED)
        self._set_plain_keys()
        self._wants_focus = True
        self._read()

    def take_scan(self, code: str) -> bool:
        """A shelf: what is looked at, else has the focus, lies there now; else what lies there is shown."""
        sheet, shelf = self.shell.sheet_content, code.strip().upper()
        if isinstance(sheet, TicketSheet):
            return sheet.take_scan(code.strip())
        board = self._presenter.board
        if board is None or shelf not in board.shelves or self.uncollected.isVisible():
            return False
        cards = self._focused_cards()
        if cards:
            self._steps.put_on_shelf(cards, shelf)
        else:
            self.tools.words.setText(shelf)
        return True

    def _focused_cards(self) -> list[ShownCard]:
        """What is under the focus itself: a card that had it last is not meant by a scan."""
        if self.list.table.hasFocus():
            return self.list.table.chosen()
        card = self.board.focused_card()
        return [card] if card is not None else []

    def compact_changed(self, is_compact: bool) -> None:
        """In a narrow window the board scrolls sideways."""
        self.board.set_folding(is_compact)
        self.tools.set_narrow(is_compact)
        self.list.set_narrow(is_compact)
        self._show()

    def escape(self) -> bool:
        """Close the question, then the filter."""
        if self.ask.close_bar():
            self._focus_cards()
            return True
        if self.uncollected.isVisible() and self.uncollected.escape():
            return True
        if self._presenter.filter.is_on:
            self._clear_filters()
            return True
        return False

    # -- reading and showing --------------------
    def _read(self) -> None:
        if self._presenter.board is None:
            self.shell.loading.begin(self.tr("Loading tickets"))
        self._presenter.load(self._arrived, self._failed)
        if self.tools.view.current() == UNCOLLECTED:
            self.uncollected.read()

    def _arrived(self) -> None:
        self.shell.loading.end()
        self._show()

    def _changed(self, changes: list[Change]) -> None:
        about = {change.subject for change in changes}
        if self.isVisible() and about & {"ticket", "customer", "catalogue", "ticket_state", "shelf"}:
            self._read()

    def _show(self) -> None:
        self._notice.hide()
        view, board = self.tools.view.current(), self._presenter.board
        self.tools.set_view(view)
        self.tools.show_cards(
            self._presenter.all_cards(),
            tickets=board.open_tickets if board is not None else 0,
            me=self._presenter.my_name(),
        )
        self._presenter.filter = self.tools.filter  # who or what is gone from the board is no filter any more
        if view != UNCOLLECTED:
            self._show_cards(view)
            self.list.fit_columns()
        elif self._stack.currentWidget() is not self.uncollected:
            self._stack.setCurrentWidget(self.uncollected)
            self.uncollected.read()
        self.keys_changed.emit()
        self._focus_wanted()

    def _show_cards(self, view: str) -> None:
        """Only the view that is in front: a filter shows it anew at every key."""
        columns = self._presenter.columns()
        cards = [card for column in columns for card in column.cards]
        if view == LIST:
            self.list.show_cards(cards)
        else:
            self.board.show_columns(columns)
        if self._presenter.filter.is_on and not cards:
            self._stack.setCurrentWidget(self._empty)
        elif not cards and self._presenter.board is not None:  # before it was read nobody knows
            self._stack.setCurrentWidget(self._nothing)
        else:
            self._stack.setCurrentWidget(self.list if view == LIST else self.board)

    def _focus_wanted(self) -> None:
        if self._wants_focus and self.isVisible() and self.shell.sheet_content is None:
            self._wants_focus = False
            self._focus_cards()

    def _focus_cards(self) -> None:
        if self._stack.currentWidget() is self.board:
            self.board.focus_card(self.board.last_job())
        elif (first := self.first_field()) is not None:
            first.setFocus()

    def _failed(self, error: Exception) -> None:
        self.shell.loading.end()
        self._notice.offer_again(sentence_of(error, self.tr("The board cannot be read.")), self._read)

    # -- filters --------------------
    def _filter(self) -> None:
        if self._presenter.filter != self.tools.filter:
            self._presenter.filter = self.tools.filter
            self._show_cards(self.tools.view.current())

    def _asked(self, what: str, cards: list[ShownCard]) -> None:
        if what == "mine":
            self._swap_mine()
        else:
            self._steps.do(what, cards)

    def _swap_mine(self) -> None:
        """What the technician who is signed in has to do; once more, everything."""
        if self.tools.view.current() == UNCOLLECTED:
            return
        me = self._presenter.my_name()
        if me:
            self.tools.swap_mine(me)
            self._focus_cards()
        else:
            words = self.tr("Nobody is signed in who is a technician of that name.")
            self.shell.notices.status(words, "warning", seconds=6.0)

    def _clear_filters(self) -> None:
        self.tools.clear()
        self._presenter.filter = Filter()
        self._show()
        self._focus_cards()

    def _swap(self) -> None:
        views = [BOARD, LIST, UNCOLLECTED]
        self.tools.set_view(views[(views.index(self.tools.view.current()) + 1) % len(views)])
        self._show()
        self._focus_cards()

    # -- one ticket --------------------
    def open_ticket(
        self, number: str, part: str = "", position: int = 1, refused: PosappError | None = None
    ) -> None:
        """Show a ticket on its page, the cursor where `TicketPlace` says; a quick look stays here."""
        if part == LOOK:
            self.shell.open_sheet(number, TicketSheet(self.shell, self._session, number, position))
            self.keys_changed.emit()
        else:
            self.shell.leave_for("ticket", TicketPlace(number, position, part, refused))

    def _new_ticket(self) -> None:
        counter = self.shell.counter
        self.shell.show_page("intake", getattr(counter, "id", None))

    def _print_label(self) -> None:
        card = self._card_in_front()
        if card is not None:
            wanted = PaperOf(number=card.number, kind=PaperKind.DEVICE_LABEL, position=card.position)
            self.shell.show_page("preview", wanted)

    def _take_payment(self) -> None:
        card = self._card_in_front()
        if card is not None:
            self._taking.take(card.number)

    def _card_in_front(self) -> BoardCard | None:
        """What is chosen in the view that is shown; nothing in one that is not."""
        shown = self._stack.currentWidget()
        if shown is self.uncollected:
            row = self.uncollected.table.current()
        elif shown is self.list:
            row = self.list.table.current()
        else:
            row = self.board.current_card() if shown is self.board else None
        return row.card if row is not None else None
