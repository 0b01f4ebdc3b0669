"""What nobody collects: how long it waits, reminders, storage fee, and what may be disposed of."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from posapp.domain.repairs.informing import ContactHow, Uncollected
from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.uncollected import Dispose, Remind
from posapp.ui.actions import Action, hint
from posapp.ui.fields import TextField
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.presenter import Presenter, sentence_of
from posapp.ui.session import Session
from posapp.ui.tables import Column
from posapp.ui.tables.sorted_table import SortedTable
from posapp.ui.theme import theme
from posapp.ui.tickets.telling import TellingForm
from posapp.ui.tickets.ticket_list import customer_words, number_key
from posapp.ui.tickets.words import shown_days, shown_reminders
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.labels import label
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_count


class DisposeDialog(QDialog):
    """A device leaves for good: the question, the reason, and the safe answer first."""

    def __init__(self, parent: QWidget, line: Uncollected, fee: str) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Dispose of a device"))
        self.setFixedWidth(theme().px(480))
        self.reason = TextField(
            "reason",
            self.tr("How and why"),
            placeholder=self.tr("Recycled after four reminders"),
            missing=self.tr("Say how and why it is disposed of."),
        )
        card = line.card
        question = self.tr("Dispose of {device} of {number}?").format(device=card.device, number=card.number)
        waited = self.tr("It waits for {days}, with {reminders} sent. Storage so far: {fee}.")
        facts = waited.format(
            days=shown_days(line.days),
            reminders=shown_reminders(line.sent),
            fee=fee,
        )
        undo = self.tr("This cannot be undone. The record stays in the history of the ticket.")
        self.yes = button(self.tr("Dispose of it"), kind="danger", size="l", run=self._agree)
        self.no = button(self.tr("Keep it"), size="l", key="Esc", run=self.reject)
        rows(
            label(question, "title", wrap=True),
            label(facts, "body", tone="text2", wrap=True),
            label(undo, "body", tone="text2", wrap=True),
            self.reason,
            columns(STRETCH, self.yes, self.no, gap=8),
            gap=12,
            pad=(20, 18, 20, 16),
            host=self,
        )
        self.reason.editor.setFocus()

    def _agree(self) -> None:
        if self.reason.check() is not None:
            self.reason.editor.setFocus()
        else:
            self.accept()


class UncollectedView(QWidget):
    """A table with the two things that can be done about a row; `opened` tells the ticket and the device."""

    opened = Signal(str, int)

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        self._presenter = Presenter(session)
        self.notice = NoticeBar()
        letters = {Qt.Key.Key_R: "remind", Qt.Key.Key_D: "dispose"}
        self.table = SortedTable(
            self.tr("Uncollected devices"),
            self._columns(),
            key=lambda row: row.card.job_id,
            letters=letters,
            wide=1,
        )
        self.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
        self.table.pressed_key.connect(self._pressed)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _old: self._show_actions())
        self.remind = button(self.tr("Remind"), size="s", icon="bell", key="R", run=self._remind)
        self.dispose = button(
            self.tr("Dispose of"), kind="danger", size="s", icon="trash-2", key="D", run=self._dispose
        )
        self._why = label("", "small", tone="text2")
        self._card = Card()
        self._card.body.addWidget(self.table)
        self._empty = EmptyState(self.tr("Everything that is ready was collected in time."))
        self._actions = held(columns(self.remind, self.dispose, self._why, STRETCH, gap=10))
        rows(self.notice, wide(self._card), wide(self._empty), self._actions, gap=12, host=self)
        self.setFocusProxy(self.table)
        self._empty.hide()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Ticket"), lambda row: row.card.number, number_key),
            Column(self.tr("Device"), lambda row: row.card.device),
            Column(self.tr("Customer"), customer_words, lambda row: row.card.customer_name.casefold()),
            Column(self.tr("Waits"), lambda row: shown_days(row.days), lambda row: row.days, True),
            Column(
                self.tr("Reminded"),
                lambda row: (
                    shown_count(row.sent, self.tr("time"), self.tr("times"))
                    if row.sent
                    else self.tr("not yet")
                ),
                lambda row: row.sent,
                True,
            ),
            Column(self.tr("Next reminder"), self._next, self._next_key),
            Column(
                self.tr("Storage"),
                lambda row: self._session.wording.price(row.fee_minor) if row.fee_minor else "",
                lambda row: row.fee_minor,
                True,
            ),
            Column(self.tr("Shelf"), lambda row: row.card.shelf),
        )

    def _next(self, row: Uncollected) -> str:
        if row.due_step is not None:
            return self.tr("reminder {n} is due").format(n=row.due_step)
        return self._session.wording.moment(row.next_at) if row.next_at else self.tr("none left")

    def _next_key(self, row: Uncollected) -> float:
        if row.due_step is not None:
            return 0.0
        return row.next_at.timestamp() if row.next_at else float("inf")

    # -- for the page --------------------
    def own_actions(self) -> tuple[Action, ...]:
        """What the table does with its row."""
        return (
            hint("Return", self.tr("Open")),
            hint("R", self.tr("Remind")),
            hint("D", self.tr("Dispose of")),
        )

    def escape(self) -> bool:
        """Close what is said."""
        if self.notice.isHidden():
            return False
        self.notice.hide()
        return True

    def read(self) -> None:
        """Read the list anew."""
        self.table.plain_keys = self._session.till.plain_keys
        self._presenter.read(lambda shop, actor: shop.uncollected.list(actor), self._show, self._read_failed)

    def _show(self, lines: list[Uncollected]) -> None:
        had_focus = self.table.hasFocus()
        self.table.show_rows(lines)
        self.table.setColumnHidden(6, not any(one.fee_minor for one in lines))
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(2, min(self.table.columnWidth(2), theme().px(190)))
        self._card.setVisible(bool(lines))
        self._actions.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        if had_focus and lines:
            self.table.setFocus()
        self._show_actions()

    def _show_actions(self) -> None:
        row = self.table.current()
        self.remind.setEnabled(row is not None)
        self.dispose.setEnabled(row is not None and row.may_dispose)
        self._why.setText(
            self.tr("Too early to dispose of {number}").format(number=row.card.number)
            if row is not None and not row.may_dispose
            else ""
        )

    def _read_failed(self, error: Exception) -> None:
        self.notice.offer_again(sentence_of(error, self.tr("The list cannot be read.")), self.read)

    # -- what can be done --------------------
    def _pressed(self, what: str) -> None:
        row = self.table.current()
        if row is None:
            return
        if what == "open":
            self.opened.emit(row.card.number, row.card.position)
        elif what == "remind":
            self._remind()
        elif self.dispose.isEnabled():
            self._dispose()
        else:
            self._shell.notices.status(self._why.text(), "warning", seconds=4.0)

    def _remind(self) -> None:
        row = self.table.current()
        if row is not None:
            self._presenter.read(
                lambda shop, actor: shop.tickets.get(actor, row.card.number),
                partial(self._ask_reminder, row),
                self._read_failed,
                topic="remind",
            )

    def _ask_reminder(self, row: Uncollected, ticket: Ticket) -> None:
        """What is said to the customer, with the number to ring."""
        form, shell = TellingForm(self.tr("Reminded")), self._shell
        phone = self._session.wording.phone(ticket.phone) if ticket.phone else self.tr("no phone")
        facts = (row.card.device, row.card.customer_name, phone, shown_days(row.days))
        note = label(" · ".join(filter(None, facts)), "body", tone="text2", wrap=True)
        host = held(rows(note, form, STRETCH, gap=12, pad=(16, 4, 16, 16)))
        host.setFocusProxy(form.how.editor)
        form.closed.connect(shell.close_sheet)
        form.told.connect(partial(self._send, form, row))
        shell.open_sheet(self.tr("Remind {number}").format(number=row.card.number), host)
        words = self.tr("{device} waits to be collected").format(device=row.card.device)
        form.begin(words)

    def _send(self, form: TellingForm, row: Uncollected, how: ContactHow, words: str, answer: str) -> None:
        command = Remind(number=row.card.number, how=how, words=words, answer=answer)

        def noted() -> None:
            self._shell.close_sheet()
            self._said(self.tr("{number}: reminder noted").format(number=row.card.number))

        form.send(self._presenter, lambda shop, actor: shop.uncollected.remind(actor, command), noted)

    def _dispose(self) -> None:
        row = self.table.current()
        if row is None:
            return
        dialog = DisposeDialog(self.window(), row, self._session.wording.price(row.fee_minor))
        dialog.accepted.connect(lambda: self._do_dispose(row, dialog.reason.text()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _do_dispose(self, row: Uncollected, reason: str) -> None:
        command = Dispose(number=row.card.number, position=row.card.position, reason=reason)
        words = self.tr("{number}: disposed of").format(number=row.card.number)
        self._presenter.do(
            lambda shop, actor: shop.uncollected.dispose(actor, command),
            lambda _ticket: self._said(words),
            self._read_failed,
        )

    def _said(self, words: str) -> None:
        self._shell.notices.toast(words)
        self.read()
        self.table.setFocus()
