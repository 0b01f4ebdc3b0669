"""The shift of this till. `show_page("shift")` opens or shows it, `"close"` closes it, `"list"` lists all.

A number of a Z opens that shift. F9 does the next thing: open, close, print.
"""

from PySide6.QtWidgets import QWidget

from posapp.domain.base.journal import Change
from posapp.domain.selling.shifts import CashKind
from posapp.services.selling.shifts import CloseShift, Reading, TillDrawer
from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.layout import rows, wide
from posapp.ui.presenter import Presenter, code_of, sentence_of, why_not_saved
from posapp.ui.preview.print_watch import paper_order, print_watch
from posapp.ui.session import Session
from posapp.ui.shift.close_panel import ClosePanel
from posapp.ui.shift.facts import outcome_of
from posapp.ui.shift.open_panel import OpenPanel
from posapp.ui.shift.reading_sheet import ReadingSheet
from posapp.ui.shift.shift_list import ShiftList
from posapp.ui.shift.steps import ShiftSteps
from posapp.ui.shift.till_panel import TillPanel
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell

TILL, CLOSE, LIST = "till", "close", "list"
_SUBJECTS = frozenset({"shift", "order", "payment", "catalogue"})


class ShiftPage(Page):
    """Four panels, of which one is shown: to open, the open till, to close, all shifts."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._presenter = Presenter(session)
        self._view, self._number, self._wants_focus = TILL, "", False
        self._drawer: TillDrawer | None = None
        self.notice = NoticeBar()
        self._make_actions()
        self.opening = OpenPanel(session.wording, self._open_it, self._list_them)
        self.till = TillPanel(
            session.wording, (self._begin_close, self._cash_in, self._cash_out, self._x, self._list_them)
        )
        self.closing = ClosePanel(session.wording, self._confirm, self._close_it)
        self.list = ShiftList(session)
        self.steps = ShiftSteps(shell, session, self)
        self._stack = Stack()
        self._blank = QWidget()
        for part in (self._blank, self.opening, self.till, self.closing, self.list):
            self._stack.addWidget(part)
        rows(self.notice, wide(self._stack), gap=12, pad=16, host=self)
        self._bind()

    def _make_actions(self) -> None:
        tr = self.tr
        is_open, is_closed = self._is_open_till, self._is_closed_till
        self._main = Action("shift_main", tr("Open, close the shift"), "F9", self._do_main, in_bar=False)
        self._open_it = Action("", tr("Open the shift"), "F9", self._do_main, when=is_closed)
        self._begin_close = Action("", tr("Close the shift"), "F9", self._do_main, when=is_open)
        self._close_it = Action("", tr("Close and print"), "F9", self._do_main, when=self._is_closing)
        self._confirm = Action(
            "shift_confirm",
            tr("Confirm count"),
            "Alt+C",
            self._toggle_count,
            when=self._is_closing,
            in_bar=False,
        )
        self._cash_in = Action(
            "shift_in", tr("Cash in"), "Alt+I", lambda: self.steps.cash(CashKind.IN), "plus", is_open
        )
        self._cash_out = Action(
            "shift_out", tr("Cash out"), "Alt+O", lambda: self.steps.cash(CashKind.OUT), "minus", is_open
        )
        self._x = Action("shift_x", tr("X report"), "Alt+X", self._show_x, "eye", is_open)
        self._list_them = Action(
            "shift_list", tr("Shifts of all tills"), "Alt+L", self._swap_list, "history", in_bar=False
        )
        self._paper = Action(
            "shift_paper",
            tr("Preview and print"),
            "Ctrl+P",
            self._do_paper,
            when=self._has_paper,
            word=tr("Print"),
            on_record=True,
        )

    def _bind(self) -> None:
        self.opening.opened.connect(self._open)
        self.closing.confirmed.connect(self._read_expected)
        self.closing.accepted.connect(self._close)
        self.closing.left.connect(self._leave_closing)
        self.closing.turned.connect(self.keys_changed)
        self.list.opened.connect(self._show_z)
        self._session.feed.changed.connect(self._changed)

    # -- the window's questions ------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        if self._view == LIST:
            return self.tr("Shifts")
        if self._view == CLOSE:
            return self.tr("Close shift")
        return self.tr("Open the shift") if self._is_closed_till() else self.tr("Shift")

    def subtitle(self) -> str:
        """Which till, and the day of its shift."""
        if self._view == LIST or self._drawer is None:
            return ""
        wording, shift = self._session.wording, self._drawer.shift
        day = shift.day if shift is not None else wording.today()
        return f"{self._session.actor.till}, {wording.day(day)}"

    def own_actions(self) -> tuple[Action, ...]:
        """What the keys do, by what is shown."""
        move = hint("Return", self.tr("Next field"), lambda: self._is_closing() or self._is_closed_till())
        opens = hint("Return", self.tr("Open"), lambda: self._view == LIST)
        mains = (self._open_it, self._begin_close, self._close_it)
        counts = (
            hint("Alt+C", self.tr("Confirm count"), lambda: self._is_closing() and not self._is_confirmed()),
            hint("Alt+C", self.tr("Count again"), lambda: self._is_closing() and self._is_confirmed()),
        )
        lists = (
            hint("Alt+L", self.tr("All shifts"), lambda: self._view != LIST),
            hint("Alt+L", self.tr("This till"), lambda: self._view == LIST),
        )
        acts = (self._confirm, self._cash_in, self._cash_out, self._x, self._list_them, self._paper)
        named = [hint(one.keys, one.text, one.when) for one in mains]
        return (move, opens, self._main, *counts, *named, *acts, *lists, hint("Esc", self.tr("Back")))

    def keys(self) -> list[KeyWord]:
        """Those of X or Z while its sheet is in front."""
        sheet = self.shell.sheet_content
        if isinstance(sheet, ReadingSheet) and sheet.isVisible():
            return bar(sheet.own_actions())
        return super().keys()

    def first_field(self) -> QWidget | None:
        """Of the panel that is shown."""
        shown = self._stack.currentWidget()
        if isinstance(shown, OpenPanel | TillPanel | ClosePanel):
            return shown.first()
        return self.list if shown is self.list else None

    def activated(self, payload: object = None) -> None:
        """Read the till; a payload says what is wanted of it."""
        if payload in (CLOSE, LIST):
            self._view = str(payload)
        elif isinstance(payload, str) and payload:
            self._view, self._number = LIST, payload
        elif self._view == LIST:
            self._view = TILL
        self._wants_focus = True
        self._read()

    def compact_changed(self, is_compact: bool) -> None:
        """Narrow windows leave the count its room."""
        for part in (self.opening, self.till, self.closing):
            part.set_narrow(is_compact)

    def escape(self) -> bool:
        """From closing and from the list back to the till; what was counted stays."""
        if self._view == TILL:
            return False
        self._turn_to(TILL)
        return True

    def _is_open_till(self) -> bool:
        return self._view == TILL and self._drawer is not None and self._drawer.shift is not None

    def _is_closed_till(self) -> bool:
        return self._view == TILL and self._drawer is not None and self._drawer.shift is None

    def _is_confirmed(self) -> bool:
        return self.closing.counted is not None

    def _is_closing(self) -> bool:
        return self._view == CLOSE

    # -- reading and showing ---------------------------------------------------------------------------
    def _read(self) -> None:
        self._presenter.read(
            lambda shop, actor: shop.shifts.at_till(actor), self._arrived, self._failed, topic="till"
        )
        if self._view == LIST:
            self.list.read()
        if self.closing.counted is not None:
            self._read_expected()

    def _changed(self, changes: "list[Change]") -> None:
        if self.isVisible() and {change.subject for change in changes} & _SUBJECTS:
            self._read()

    def _arrived(self, drawer: TillDrawer) -> None:
        self._drawer = drawer
        wording = self._session.wording
        if drawer.shift is None and self._view == CLOSE:
            self._view, self._wants_focus = TILL, True
        for part in (self.opening, self.till, self.closing):
            part.show_drawer(drawer, wording)
        self._show_forgotten(drawer)
        self._show()

    def _show_forgotten(self, drawer: TillDrawer) -> None:
        if drawer.shift is None or not drawer.is_forgotten or self._view == LIST:
            self.notice.hide()
            return
        words = self.tr("The shift of {till} is open since {day}. Count the drawer and close it.")
        day = self._session.wording.day(drawer.shift.day)
        said = words.format(till=drawer.shift.till, day=day)
        if self.notice.isHidden() or self.notice.text() != said:
            self.notice.say(said, "warning")

    def _failed(self, error: Exception) -> None:
        self.notice.offer_again(sentence_of(error, self.tr("The shift cannot be read.")), self._read)

    def _show(self) -> None:
        by_view: dict[str, QWidget] = {LIST: self.list, CLOSE: self.closing}
        till = self.opening if self._is_closed_till() else self.till
        self._stack.setCurrentWidget(by_view.get(self._view, till))
        self.title_changed.emit()
        self.keys_changed.emit()
        if self._wants_focus and self.isVisible() and self.shell.sheet_content is None:
            self._wants_focus = False
            self.restore_focus()
        if self._number:
            number, self._number = self._number, ""
            self._show_z(number)

    def _turn_to(self, view: str) -> None:
        self.shell.close_sheet()
        self._view, self._wants_focus = view, True
        self._read()

    def _swap_list(self) -> None:
        self._turn_to(TILL if self._view == LIST else LIST)

    def _show_x(self) -> None:
        self._follow(self.steps.x())

    def _show_z(self, number: str) -> None:
        sheet = self.steps.z(number)
        sheet.verified.connect(self.list.read)
        self._follow(sheet)

    def _follow(self, sheet: ReadingSheet) -> None:
        """While it is open its keys are shown."""
        sheet.left.connect(self.keys_changed)
        self.keys_changed.emit()

    def _has_paper(self) -> bool:
        if isinstance(self.shell.sheet_content, ReadingSheet):
            return True  # the sheet answers
        return self._is_open_till() or (self._view == LIST and bool(self.list.number()))

    def _do_paper(self) -> None:
        """Of the open drawer the X, of a shift in the list its Z."""
        if self._view == LIST:
            self.shell.show_page("preview", self.list.number())
        else:
            self._show_x()

    # -- the next thing --------------------------------------------------------------------------------
    def _do_main(self) -> None:
        if self._is_closing():
            self.closing.submit()
        elif self._is_open_till():
            self._turn_to(CLOSE)
        elif self._is_closed_till():
            self.opening.submit()

    def _open(self, minor: int) -> None:
        if self.shell.is_read_only:
            self.opening.summary.say(
                self.tr("The database does not answer. The shift is not open."), "danger"
            )
            return
        self.opening.set_saving(True)
        self._presenter.do(lambda shop, actor: shop.shifts.open(actor, minor), self._opened, self._not_opened)

    def _opened(self, reading: Reading) -> None:
        self.opening.settle()
        amount = self._session.wording.price(reading.shift.float_minor)
        words = self.tr("The shift of {till} is open with {amount}")
        self.shell.notices.toast(words.format(till=reading.shift.till, amount=amount))
        self._turn_to(TILL)

    def _not_opened(self, error: Exception) -> None:
        self.opening.set_saving(False)
        self.opening.summary.say(why_not_saved(error), "danger")
        self._read()

    # -- closing ---------------------------------------------------------------------------------------
    def _toggle_count(self) -> None:
        self.closing.toggle()

    def _read_expected(self) -> None:
        """The count is confirmed: only now is asked what should be there."""
        self._presenter.read(
            lambda shop, actor: shop.shifts.x(actor),
            self.closing.show_reading,
            self._not_compared,
            topic="expected",
        )

    def _not_compared(self, error: Exception) -> None:
        if self.closing.counted is None:  # closed or counted again meanwhile: nothing is left to compare
            return
        self.closing.count_again()
        self.closing.summary.say(sentence_of(error, self.tr("The shift cannot be read.")), "danger")

    def _close(self) -> None:
        counted = self.closing.counted
        assert counted is not None  # only a confirmed count is submitted
        if self.shell.is_read_only:
            self.closing.summary.say(
                self.tr("The database does not answer. The shift is not closed."), "danger"
            )
            return
        command = CloseShift(
            counted_minor=counted.minor,
            pieces=counted.pieces,
            note=self.closing.note.value(),
            terminal_minor=self.closing.terminal.minor(),
            output=paper_order(self._session),
        )
        self.closing.set_saving(True)
        self._presenter.do(
            lambda shop, actor: shop.shifts.close(actor, command), self._closed, self._not_closed
        )

    def _closed(self, reading: Reading) -> None:
        """The record is there whatever the printer does; its sheet waits for whoever verifies it."""
        closing = reading.shift.closing
        assert closing is not None
        self.closing.settle()
        if self._session.till.slip_output != "none":
            print_watch(self.shell).give_out(closing.number)
        outcome = outcome_of(closing.difference_minor, self._session.wording)
        words = self.tr("{number} closed: {outcome} {amount}")
        said = words.format(number=closing.number, outcome=outcome.words.lower(), amount=outcome.amount)
        self.shell.notices.toast(said)
        self._number = closing.number
        self._turn_to(TILL)

    def _not_closed(self, error: Exception) -> None:
        self.closing.refuse(error)
        if code_of(error) in ("shift_closed", "shift_missing"):
            self._read()

    def _leave_closing(self) -> None:
        self._turn_to(TILL)
