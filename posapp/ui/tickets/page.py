"""The Tickets screen: filters, board or list, and one ticket in full in the side sheet."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from posapp.domain.errors import PosappError
from posapp.domain.tickets import Alert, TicketState, needs_reason
from posapp.ui.fields.edits import Combo
from posapp.ui.fields.search_field import SearchField
from posapp.ui.navigation import KeyWord, Page
from posapp.ui.notices import Message, Step
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.tickets.board import Board
from posapp.ui.tickets.presenter import BoardPresenter, Due, Filter, ShownCard
from posapp.ui.tickets.ticket_list import TicketList
from posapp.ui.tickets.ticket_sheet import TicketSheet
from posapp.ui.widgets.ask_bar import AskBar
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import NoticeBar

if TYPE_CHECKING:
    from posapp.domain.journal import Change
    from posapp.domain.tickets import Ticket


class TicketsPage(Page):
    """F4. `show_page("tickets", "T12")` opens that ticket."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._presenter = BoardPresenter(session)
        self._opening = ""
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addLayout(self._make_tools())
        self._notice = NoticeBar()
        column.addWidget(self._notice)
        self._board = Board()
        self._board.set_plain_keys(session.till.plain_keys)
        self._board.asked.connect(self._asked)
        self._board.move_asked.connect(self._move)
        self._list = TicketList()
        self._list.opened.connect(self.open_ticket)
        self._empty = EmptyState(
            self.tr("No ticket matches."), action=self.tr("Clear filters"), run=self._clear_filters
        )
        self._stack = QStackedWidget()
        for part in (self._board, self._list, self._empty):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)
        self._ask = AskBar(self)
        session.feed.changed.connect(self._changed)

    def _make_tools(self) -> QHBoxLayout:
        px = theme().px
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self._view = Segmented(
            [Choice("board", self.tr("Board")), Choice("list", self.tr("List"))], name=self.tr("Show as")
        )
        self._view.set_current("board")
        self._view.chosen.connect(lambda _key: self._show())
        self._who = Combo()
        self._who.setAccessibleName(self.tr("Technician"))
        self._who.setFixedWidth(px(150))
        self._who.activated.connect(lambda _place: self._filter())
        self._words = SearchField(self.tr("Find on the board"), self.tr("Device or name"))
        self._words.setProperty("variant", "")
        self._words.setFixedWidth(px(240))
        self._words.textChanged.connect(lambda _text: self._filter())
        self._late = button(
            "", kind="plain", size="s", icon="triangle-alert", run=partial(self._only, Due.LATE)
        )
        self._today = button("", kind="plain", size="s", icon="clock", run=partial(self._only, Due.TODAY))
        self._count = label("", "body", tone="text2")
        self._new = button(
            self.tr("New ticket"), kind="primary", icon="plus", key="Ctrl+T", run=self._new_ticket
        )
        for widget in (self._view, self._who, self._words, self._late, self._today):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._count)
        row.addWidget(self._new)
        return row

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Tickets")

    def keys(self) -> list[KeyWord]:
        """What works here."""
        return [
            KeyWord("↑↓←→", self.tr("Move")),
            KeyWord("1…6", self.tr("Set status")),
            KeyWord("Return", self.tr("Open")),
            KeyWord("A", self.tr("Assign")),
            KeyWord("Ctrl+T", self.tr("New ticket")),
            KeyWord("Ctrl+P", self.tr("Label")),
            KeyWord("Ctrl+Z", self.tr("Undo")),
        ]

    def entered(self) -> None:
        """Bind the keys of this page."""
        add = self.shell.shortcuts.add
        add("tickets_find", self.tr("Find on the board"), "Ctrl+F", self._words.setFocus, page="tickets")
        add("tickets_print", self.tr("Print the label"), "Ctrl+P", self._print_label, page="tickets")
        add("tickets_list", self.tr("Board or list"), "Alt+L", self._swap, page="tickets")
        self._board.set_plain_keys(self._session.till.plain_keys)

    def first_field(self) -> QWidget | None:
        """The card that had the focus last."""
        return None

    def activated(self, payload: object = None) -> None:
        """Read the board; open the named ticket."""
        if isinstance(payload, str) and payload:
            self._opening = payload
        self._read()

    def escape(self) -> bool:
        """Close the question, then the filter."""
        if self._ask.close_bar():
            return True
        if self._presenter.filter.is_on:
            self._clear_filters()
            return True
        return False

    # -- reading and showing --------------------
    def _read(self) -> None:
        self._presenter.read(done=self._show, failed=self._failed)

    def _changed(self, changes: "list[Change]") -> None:
        if self.isVisible() and {change.subject for change in changes} & {"ticket", "customer", "catalogue"}:
            self._read()

    def _show(self) -> None:
        self._notice.hide()
        columns = self._presenter.columns()
        everything = self._presenter.all_cards()
        late = sum(card.is_late for card in everything)
        today = sum(Alert.DUE_TODAY in card.alerts for card in everything)
        self._late.setText(self.tr("{n} late").format(n=late))
        self._late.setVisible(late > 0)
        self._today.setText(self.tr("{n} due today").format(n=today))
        self._today.setVisible(today > 0)
        tickets = len({card.card.ticket_id for card in everything})
        self._count.setText(
            self.tr("1 open ticket") if tickets == 1 else self.tr("{n} open tickets").format(n=tickets)
        )
        self._show_technicians()
        cards = [card for column in columns for card in column.cards]
        if self._presenter.filter.is_on and not cards:
            self._stack.setCurrentWidget(self._empty)
        elif self._view.current() == "list":
            self._list.show_cards(cards)
            self._stack.setCurrentWidget(self._list)
        else:
            self._board.show_columns(columns)
            self._stack.setCurrentWidget(self._board)
        if self._opening:
            number, self._opening = self._opening, ""
            self.open_ticket(number)

    def _show_technicians(self) -> None:
        names = ["", *self._presenter.technicians()]
        if [self._who.itemData(place) for place in range(self._who.count())] == names:
            return
        chosen = self._presenter.filter.technician
        self._who.clear()
        for name in names:
            self._who.addItem(name or self.tr("Anyone"), name)
        self._who.setCurrentIndex(max(self._who.findData(chosen), 0))

    def _failed(self, error: Exception) -> None:
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("The board cannot be read.")
        self._notice.show_message(Message(sentence, "danger", (Step(self.tr("Try again"), self._read),)))

    # -- filters --------------------
    def _filter(self) -> None:
        self._presenter.filter = Filter(
            str(self._who.currentData() or ""), self._words.text(), self._presenter.filter.due
        )
        self._show()

    def _only(self, due: Due) -> None:
        now = self._presenter.filter
        self._presenter.filter = Filter(now.technician, now.words, Due.ANY if now.due == due else due)
        self._show()

    def _clear_filters(self) -> None:
        self._presenter.filter = Filter()
        self._words.blockSignals(True)
        self._words.clear()
        self._words.blockSignals(False)
        self._who.setCurrentIndex(0)
        self._show()
        self._board.focus_card(None)

    def _swap(self) -> None:
        self._view.set_current("list" if self._view.current() == "board" else "board")
        self._show()

    # -- what is asked of a card --------------------
    def _asked(self, what: str, card: ShownCard) -> None:
        if what == "open":
            self.open_ticket(card.card.number)
        elif what == "assign":
            self._assign(card)
        elif what == "note":
            self.open_ticket(card.card.number)

    def _move(self, card: ShownCard, state: TicketState) -> None:
        if state.id == card.state.id:
            return
        if state.code == "collected":
            self.shell.show_page("hand_back", card.card.number)
            return
        if needs_reason(card.state, state):
            words = self.tr("{number} goes back to {state}. Why?").format(
                number=card.card.number, state=state.name.lower()
            )
            self._ask.say(
                words,
                tone="info",
                answer=lambda reason: self._do_move(card, state, reason),
                word=self.tr("Move it"),
            )
            return
        self._do_move(card, state, "")

    def _do_move(self, card: ShownCard, state: TicketState, reason: str) -> None:
        before = card.state

        def done(_ticket: "Ticket") -> None:
            words = self.tr("{number} is {state}").format(number=card.card.number, state=state.name.lower())
            back = self.tr("Undone")
            self.shell.notices.toast(words, undo=lambda: self._take_back(card, before, back))
            self._read()

        self._presenter.move(card.card, state.code, reason, done=done, failed=self._refused)

    def _take_back(self, card: ShownCard, before: TicketState, reason: str) -> None:
        self._presenter.move(
            card.card, before.code, reason, done=lambda _ticket: self._read(), failed=self._refused
        )

    def _refused(self, error: Exception) -> None:
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("That did not work.")
        self.shell.notices.status(sentence, "danger", seconds=5.0)
        self._read()

    def _assign(self, card: ShownCard) -> None:
        people = [one for one in self._session.catalogue.resources if not one.is_archived]
        steps = [
            Step(one.name, partial(self._do_assign, card, one.id))
            for one in people
            if one.kind.value == "staff"
        ]
        steps.append(Step(self.tr("Nobody"), partial(self._do_assign, card, 0)))
        self._ask.say(self.tr("Who repairs {number}?").format(number=card.card.number), steps, tone="info")

    def _do_assign(self, card: ShownCard, technician_id: int) -> None:
        self._ask.dismiss()
        self._presenter.assign(
            card.card, technician_id, done=lambda _ticket: self._read(), failed=self._refused
        )

    # -- one ticket --------------------
    def open_ticket(self, number: str) -> None:
        """Show a ticket in full in the side sheet."""
        sheet = TicketSheet(self._session, number)
        sheet.customer_asked.connect(lambda key: self.shell.show_page("desk", key))
        sheet.print_asked.connect(lambda wanted: self.shell.show_page("preview", wanted))
        sheet.hand_back_asked.connect(lambda ticket: self.shell.show_page("hand_back", ticket))
        self.shell.open_sheet(number, sheet)

    def _new_ticket(self) -> None:
        counter = self.shell.counter
        self.shell.show_page("intake", getattr(counter, "id", None))

    def _print_label(self) -> None:
        from posapp.domain.documents import PaperKind
        from posapp.services.paper_content import PaperOf

        card = self._board.current_card()
        if card is not None:
            wanted = PaperOf(
                number=card.card.number, kind=PaperKind.DEVICE_LABEL, position=card.card.position
            )
            self.shell.show_page("preview", wanted)
