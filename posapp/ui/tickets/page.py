"""The Tickets screen: filters, board, list or what nobody collects; one ticket in full in the side sheet."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from posapp.domain.codes import is_own_number
from posapp.domain.errors import PosappError
from posapp.domain.tickets import Alert, StateGroup, TicketState, needs_reason
from posapp.ui.actions import KeyWord
from posapp.ui.record.drafts import KeptForms
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.tickets.board import Board
from posapp.ui.tickets.presenter import BoardPresenter, Filter, ShownCard, version_of
from posapp.ui.tickets.ticket_list import TicketList
from posapp.ui.tickets.ticket_sheet import TicketSheet
from posapp.ui.tickets.tools import BOARD, LIST, UNCOLLECTED, BoardTools
from posapp.ui.tickets.uncollected import UncollectedView
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import Turn, Work

if TYPE_CHECKING:
    from posapp.domain.journal import Change
    from posapp.domain.tickets import BoardCard, Ticket

COLLECTED, READY, NEEDS_APPROVAL = "collected", "ready", "needs_approval"


class TicketsPage(Page):
    """F4. `show_page("tickets", "T12")` opens that ticket, `"uncollected"` what nobody collects."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._presenter = BoardPresenter(session)
        self._drafts = KeptForms(session, "ticket-edit")
        self._opening = ""
        self._running: set[int] = set()
        self._wants_focus = True
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        self.tools = BoardTools()
        column.addWidget(self.tools)
        self._notice = NoticeBar()
        column.addWidget(self._notice)
        self.board = Board()
        self.list = TicketList()
        self.uncollected = UncollectedView(shell, session)
        self._empty = EmptyState(
            self.tr("No ticket matches."), action=self.tr("Clear filters"), run=self._clear_filters
        )
        self._nothing = EmptyState(self.tr("No device is in the shop."))
        self._stack = QStackedWidget()
        for part in (self.board, self.list, self.uncollected, self._empty, self._nothing):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)
        self.ask = AskBar(self)
        self._bind()
        self._bind_keys()

    def _bind(self) -> None:
        self.tools.filtered.connect(self._filter)
        self.tools.view_chosen.connect(self._show)
        self.tools.new_asked.connect(self._new_ticket)
        self._set_plain_keys()
        for part in (self.board, self.list):
            part.asked.connect(self._asked)
            part.move_asked.connect(self._move)
        self.uncollected.opened.connect(self.open_ticket)
        self._session.feed.changed.connect(self._changed)

    def _set_plain_keys(self) -> None:
        self.board.set_plain_keys(self._session.till.plain_keys)
        self.list.set_plain_keys(self._session.till.plain_keys)

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Tickets")

    def keys(self) -> list[KeyWord]:
        """What works here."""
        if self._stack.currentWidget() is self.uncollected:
            return [*self.uncollected.keys(), KeyWord("Alt+L", self.tr("Board, list"))]
        if isinstance(self.shell.sheet_content, TicketSheet):
            return [
                KeyWord("Tab", self.tr("Next field")),
                KeyWord("Ctrl+Return", self.tr("Save")),
                KeyWord("Esc", self.tr("Close the ticket")),
            ]
        words = [
            KeyWord("↑↓←→", self.tr("Move")),
            KeyWord("1…6", self.tr("Set status")),
            KeyWord("Return", self.tr("Open")),
            KeyWord("A", self.tr("Assign")),
            KeyWord("N", self.tr("Note")),
            KeyWord("T", self.tr("Tell")),
            KeyWord("Ctrl+P", self.tr("Label")),
            KeyWord("Ctrl+Z", self.tr("Undo")),
        ]
        return words if self._session.till.plain_keys else [words[0], words[2], *words[6:]]

    def _bind_keys(self) -> None:
        add = self.shell.shortcuts.add
        add("tickets_find", self.tr("Find on the board"), "Ctrl+F", self.tools.words.setFocus, page="tickets")
        add("tickets_new", self.tr("New ticket"), "Ctrl+T", self._new_ticket, page="tickets")
        add(
            "tickets_print",
            self.tr("Print the label"),
            "Ctrl+P",
            self._print_label,
            page="tickets",
            on_record=True,
        )
        add("tickets_list", self.tr("Board, list, uncollected"), "Alt+L", self._swap, page="tickets")
        self.shell.closing.connect(self._closing)

    def _closing(self) -> None:
        """The window closes: keep what is half typed while the lanes still work."""
        sheet = self.shell.sheet_content
        if isinstance(sheet, TicketSheet):
            sheet.keep_draft()
        self._drafts.freeze()

    def first_field(self) -> QWidget | None:
        """The card that had the focus last."""
        shown = self._stack.currentWidget()
        if shown is self.board:
            return self.board.view_of(self.board.last_job())
        return shown if shown in (self.list, self.uncollected) else self.tools.view

    def activated(self, payload: object = None) -> None:
        """Read the board; open the named ticket."""
        if payload == UNCOLLECTED:
            self.tools.view.set_current(UNCOLLECTED)
        elif isinstance(payload, str) and payload:
            self._opening = payload
        self._set_plain_keys()
        self._wants_focus = True
        self._read()

    def take_scan(self, code: str) -> bool:
        """A shelf: into its field if that has the focus; on the board, what lies there is shown."""
        sheet, code = self.shell.sheet_content, code.strip()
        if isinstance(sheet, TicketSheet):
            return any(panel.form.take_scan(code) for panel in sheet.devices.values())
        lies_there = any(card.card.shelf == code.upper() for card in self._presenter.all_cards())
        if is_own_number(code) or not lies_there or self.uncollected.isVisible():
            return False
        self.tools.words.setText(code.upper())
        return True

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

    def _changed(self, changes: "list[Change]") -> None:
        about = {change.subject for change in changes}
        if self.isVisible() and about & {"ticket", "customer", "catalogue", "ticket_state"}:
            self._read()

    def _show(self) -> None:
        self._notice.hide()
        view = self.tools.view.current()
        self.tools.set_view(view)
        everything = self._presenter.all_cards()
        late = sum(card.is_late for card in everything)
        today = sum(Alert.DUE_TODAY in card.alerts for card in everything)
        self.tools.show_counts(late, today, len({card.card.ticket_id for card in everything}))
        self.tools.show_technicians(self._presenter.technicians())
        self.tools.show_kinds(self._presenter.kinds())
        self._presenter.filter = self.tools.filter  # who or what is gone from the board is no filter any more
        if view == UNCOLLECTED:
            if self._stack.currentWidget() is not self.uncollected:
                self._stack.setCurrentWidget(self.uncollected)
                self.uncollected.read()
        else:
            self._show_cards(view)
        self.keys_changed.emit()
        self._open_asked()

    def _show_cards(self, view: str) -> None:
        columns = self._presenter.columns()
        cards = [card for column in columns for card in column.cards]
        self.board.show_columns(columns)
        self.list.set_states([column.state for column in columns])
        self.list.show_cards(cards)
        if self._presenter.filter.is_on and not cards:
            self._stack.setCurrentWidget(self._empty)
        elif not cards and self._presenter.board is not None:  # before it was read nobody knows
            self._stack.setCurrentWidget(self._nothing)
        else:
            self._stack.setCurrentWidget(self.list if view == LIST else self.board)

    def _open_asked(self) -> None:
        if self._opening:
            number, self._opening = self._opening, ""
            self._wants_focus = False
            self.open_ticket(number)
        elif self._wants_focus and self.isVisible() and self.shell.sheet_content is None:
            self._wants_focus = False
            self._focus_cards()

    def _focus_cards(self) -> None:
        if self._stack.currentWidget() is self.board:
            self.board.focus_card(self.board.last_job())
        elif (first := self.first_field()) is not None:
            first.setFocus()

    def _failed(self, error: Exception) -> None:
        self.shell.loading.end()
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("The board cannot be read.")
        self._notice.show_message(Message(sentence, "danger", (Step(self.tr("Try again"), self._read),)))

    # -- filters --------------------
    def _filter(self) -> None:
        if self._presenter.filter != self.tools.filter:
            self._presenter.filter = self.tools.filter
            self._show()

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

    # -- what is asked of cards --------------------
    def _asked(self, what: str, cards: list[ShownCard]) -> None:
        if not cards:
            return
        number = cards[0].card.number
        if what == "assign":
            self._assign(cards)
        else:
            self.open_ticket(number, part="" if what == "open" else what)

    def _move(self, cards: list[ShownCard], state: TicketState) -> None:
        cards = [card for card in cards if card.state.id != state.id]
        if not cards:
            return
        first = cards[0].card.number
        if state.code == COLLECTED:
            self.shell.show_page("hand_back", first)
            return
        if not any(needs_reason(card.state, state) for card in cards):
            self._do_moves(cards, state, "")
            return
        words = self.tr("{number} goes back to {state}. Why?").format(number=first, state=state.name.lower())
        if len(cards) > 1:
            words = self.tr("{n} devices go back to {state}. Why?").format(
                n=len(cards), state=state.name.lower()
            )
        self.ask.say(
            words,
            tone="info",
            answer=lambda reason: self._do_moves(cards, state, reason),
            word=self.tr("Move it") if len(cards) == 1 else self.tr("Move them"),
        )

    def _do_moves(self, cards: list[ShownCard], state: TicketState, reason: str) -> None:
        self._focus_cards()
        is_alone = len(cards) == 1
        for card in self._not_running(cards):
            self._presenter.move(
                card.card,
                state.code,
                reason,
                done=partial(self._moved, card, state, reason, is_alone),
                failed=partial(self._not_moved, card),
            )

    def _not_running(self, cards: list[ShownCard]) -> list[ShownCard]:
        """Those of which no change is on its way: a second press means the same card as it is still shown."""
        free = [card for card in cards if card.card.job_id not in self._running]
        self._running.update(card.card.job_id for card in free)
        return free

    def _moved(
        self, card: ShownCard, state: TicketState, reason: str, is_alone: bool, ticket: "Ticket"
    ) -> None:
        self._running.discard(card.card.job_id)
        number = card.card.number
        words = self.tr("{number}: {state}").format(number=number, state=state.name.lower())
        step = None
        if state.group == StateGroup.READY:
            step = Step(self.tr("Tell the customer"), partial(self.open_ticket, number, "tell"))
        elif state.code == NEEDS_APPROVAL:
            step = Step(self.tr("Estimate"), partial(self._leave_for, "estimate", number))
        left = version_of(card.card, ticket)
        move = partial(self._presenter.move, card.card, seen=left)
        undo = self._turning(partial(move, card.state.code, self.tr("Undone"), is_back=True))
        redo = self._turning(partial(move, state.code, reason))
        self.shell.notices.toast(words, undo=undo, redo=redo, step=step)
        self._read()
        if is_alone and state.code == NEEDS_APPROVAL and card.card.price_minor is None:
            self._open_sheet(number, part="price", position=card.card.position)

    def _turning(self, change: Callable[..., object]) -> Work:
        """A change of a device, back or forth; the board is read anew however it went."""

        def run(turn: Turn) -> None:
            def done(_ticket: "Ticket") -> None:
                turn.done()
                self._read()

            def failed(error: Exception) -> None:
                turn.failed(error)
                self._read()

            change(done=done, failed=failed)

        return run

    def _not_moved(self, card: ShownCard, error: Exception) -> None:
        """What a state wants to know of the device is asked for in its sheet."""
        self._running.discard(card.card.job_id)
        if isinstance(error, PosappError) and error.code == "state_needs":
            self._open_sheet(str(error.facts["number"]), refused=error)
        else:
            self._refused(error)

    def _refused(self, error: Exception) -> None:
        sentence = error.sentence if isinstance(error, PosappError) else self.tr("That did not work.")
        self.shell.notices.status(sentence, "danger", seconds=6.0)
        self._read()

    def _assign(self, cards: list[ShownCard]) -> None:
        words = self.tr("Who repairs {number}?").format(number=cards[0].card.number)
        if len(cards) > 1:
            words = self.tr("Who repairs these {n} devices?").format(n=len(cards))
        steps = [
            Step(one.name, partial(self._do_assign, cards, one.id, one.name))
            for one in self._session.catalogue.resources
            if one.kind.value == "staff" and not one.is_archived
        ]
        steps.append(Step(self.tr("Nobody"), partial(self._do_assign, cards, 0, "")))
        self.ask.say(words, steps, tone="info")

    def _do_assign(self, cards: list[ShownCard], technician_id: int, name: str) -> None:
        self.ask.dismiss()
        self._focus_cards()
        for card in self._not_running(cards):
            self._presenter.assign(
                card.card,
                technician_id,
                done=partial(self._assigned, card, technician_id, name),
                failed=partial(self._not_moved, card),
            )

    def _assigned(self, card: ShownCard, technician_id: int, name: str, ticket: "Ticket") -> None:
        self._running.discard(card.card.job_id)
        before = next(
            (one.id for one in self._session.catalogue.resources if one.name == card.card.technician), 0
        )
        words = self.tr("{number}: {name}").format(
            number=card.card.number, name=name or self.tr("no technician")
        )

        assign = partial(self._presenter.assign, card.card, seen=version_of(card.card, ticket))
        undo, redo = self._turning(partial(assign, before)), self._turning(partial(assign, technician_id))
        self.shell.notices.toast(words, undo=undo, redo=redo)
        self._read()

    # -- one ticket --------------------
    def open_ticket(self, number: str, part: str = "") -> None:
        """Show a ticket in full in the side sheet; `part` is "note" or "tell", where the cursor goes."""
        self._open_sheet(number, part=part)

    def _open_sheet(
        self, number: str, *, part: str = "", position: int = 1, refused: PosappError | None = None
    ) -> None:
        sheet = TicketSheet(
            self._session,
            number,
            self.shell.notices,
            self._drafts,
            part=part,
            position=position,
            refused=refused,
        )
        sheet.customer_asked.connect(partial(self._leave_for, "desk"))
        sheet.print_asked.connect(partial(self._leave_for, "preview"))
        sheet.hand_back_asked.connect(partial(self._leave_for, "hand_back"))
        sheet.estimate_asked.connect(partial(self._leave_for, "estimate"))
        sheet.page_asked.connect(self._leave_for)
        self.shell.open_sheet(number, sheet)
        self.keys_changed.emit()

    def _leave_for(self, page: str, payload: object) -> None:
        self.shell.close_sheet()
        self.shell.show_page(page, payload)

    def _new_ticket(self) -> None:
        counter = self.shell.counter
        self.shell.show_page("intake", getattr(counter, "id", None))

    def _print_label(self) -> None:
        from posapp.domain.documents import PaperKind
        from posapp.services.paper_content import PaperOf

        card = self._card_in_front()
        if card is not None:
            wanted = PaperOf(number=card.number, kind=PaperKind.DEVICE_LABEL, position=card.position)
            self.shell.show_page("preview", wanted)

    def _card_in_front(self) -> "BoardCard | None":
        """What is chosen in the view that is shown; nothing in one that is not."""
        shown = self._stack.currentWidget()
        if shown is self.uncollected:
            row = self.uncollected.current()
            return row.card if row is not None else None
        if shown not in (self.board, self.list):
            return None
        card = self.list.current_card() if shown is self.list else self.board.current_card()
        return card.card if card is not None else None
