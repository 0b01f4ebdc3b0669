"""The statement of a customer in the side sheet: a period, entries between two balances, and its paper."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLabel, QStyleOptionViewItem, QWidget

from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.ledger import Account, Entry
from posapp.services.selling.order_commands import Statement
from posapp.ui.actions import Keys
from posapp.ui.alive import while_alive
from posapp.ui.fields.edits import Combo
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.front_desk.parts import LineDelegate
from posapp.ui.history.presenter import PERIODS, begin_of
from posapp.ui.layout import columns, rows, wide
from posapp.ui.presenter import Presenter, code_of, sentence_of
from posapp.ui.preview.paper_card import SIZES, sheet_of
from posapp.ui.preview.print_watch import paper_output, why_not_made
from posapp.ui.session import Session
from posapp.ui.tables import OpenList
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.paint import cut, draw_text
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from datetime import date

    from posapp.domain.base.actor import Actor
    from posapp.domain.customers.customers import Customer
    from posapp.services.desks import Shop

_tr = translator("Statement")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """An entry in words with the balance after it."""

    day: str
    words: str
    amount: str
    balance: str

    def spoken(self) -> str:
        """The row in one line."""
        return ", ".join((self.day, self.words, self.amount, self.balance))


def statement_rows(made: Statement, wording: Wording) -> list[StatementRow]:
    """Every entry, the oldest first."""
    balance, found = made.opening_minor, []
    for one in made.entries:
        balance += one.amount_minor
        amounts = wording.price(one.amount_minor), wording.price(balance)
        found.append(StatementRow(wording.day_of_year(one.day), _words(one), *amounts))
    return found


def _words(one: Entry) -> str:
    accounts = {Account.DEBT: "", Account.DEPOSIT: _tr("deposit"), Account.CREDIT: _tr("credit")}
    first = one.number or _tr("Brought forward")
    return " · ".join(filter(None, (first, one.shown_about, accounts[one.account])))


class StatementDelegate(LineDelegate):
    """Day, what it was, amount, and the balance after it."""

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: StatementRow) -> None:
        """The row in one line."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        middle, small, font = rect.center().y() + 0.5, look.font("small"), look.font("small", 600)
        left, right = rect.x() + look.px(16), float(rect.right() + 1 - look.px(16))
        draw_text(painter, left, middle, cut(row.day, small, look.px(74)), small, tokens.text2)
        for words, ink, kind, weight, room in (
            (row.balance, tokens.text2, "small", None, 82),
            (row.amount, tokens.text, "small", 600, 82),
        ):
            wide_by = look.metrics(kind, weight).horizontalAdvance(words)
            draw_text(painter, right - wide_by, middle, words, look.font(kind, weight), ink)
            right -= max(wide_by + look.px(10), look.px(room))
        left += look.px(78)
        draw_text(painter, left, middle, cut(row.words, font, right - left), font, tokens.text)


class StatementSheet(QWidget):
    """Ctrl+P prints it on the till's own paper, Alt+A on a sheet, Ctrl+S makes a file of it."""

    def __init__(self, shell: Shell, session: Session, customer: "Customer", period: str) -> None:
        super().__init__()
        self._shell, self._session, self._customer = shell, session, customer
        self._presenter = Presenter(session)
        self.notice = NoticeBar()
        self.period = Combo()
        self.period.setAccessibleName(self.tr("Period"))
        for key, words in PERIODS:
            self.period.addItem(words(), key)
        self.period.setCurrentIndex(max(self.period.findData(period), 0))
        self.period.activated.connect(self.read)
        self.entries = OpenList(self.tr("Entries"), StatementDelegate())
        self._lay_out()
        self.setFocusProxy(self.print)
        self.read()

    def _lay_out(self) -> None:
        sheet = SIZES[sheet_of(self._session.region)]
        self.opening, self.closing, self.more = (
            label(""),
            label("", "figure"),
            label("", "small", tone="text2", wrap=True),
        )
        self.closing_words = label("", "strong", weight=600)
        self.print = button(
            self.tr("Print"), kind="primary", size="l", icon="printer", key="Ctrl+P", run=self.give_out
        )
        on_sheet = self.tr("On {paper}").format(paper=sheet)
        self.print_sheet = button(on_sheet, size="l", key="Alt+A", run=partial(self.give_out, on_sheet=True))
        self.save = button(self.tr("PDF"), size="l", icon="download", key="Ctrl+S", run=self._ask_where)
        before = columns(wide(label(self.tr("Balance before"), tone="text2")), self.opening, pad=(16, 8))
        after = columns(wide(self.closing_words), self.closing)
        buttons = columns(wide(self.print_sheet), wide(self.save), gap=8)
        rows(
            rows(self.period, self.notice, gap=8, pad=(16, 0, 16, 8)),
            line(),
            before,
            line(),
            wide(self.entries),
            line(),
            rows(after, self.more, self.print, buttons, gap=8, pad=(16, 12, 16, 16)),
            gap=0,
            host=self,
        )

    def front_keys(self) -> Keys:
        """In front of the history these keys are the statement's."""
        return {
            "Ctrl+P": self.give_out,
            "Alt+A": partial(self.give_out, on_sheet=True),
            "Ctrl+S": self._ask_where,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Over a screen that has no such keys they come here."""
        keys = {
            (Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier): "Alt+A",
            (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier): "Ctrl+S",
        }
        word = keys.get((Qt.Key(event.key()), event.modifiers()))
        if word is None:
            super().keyPressEvent(event)
        else:
            self.front_keys()[word]()

    # -- reading -----------------------------------------------------------------------------------------
    def _span(self) -> "tuple[date | None, date]":
        """The days that are asked for, by the shop's calendar."""
        wording = self._session.wording
        since = begin_of(str(self.period.currentData()), wording.now())
        return (since.date() if since is not None else None), wording.today()

    def read(self) -> None:
        """Read the ledger anew."""
        key, (first, last) = self._customer.id, self._span()
        self._presenter.read(
            lambda shop, actor: shop.ledger.statement(actor, key, first, last),
            while_alive(self, self._show),
            while_alive(self, self._not_read),
        )

    def _not_read(self, error: Exception) -> None:
        self.notice.offer_again(sentence_of(error, self.tr("The statement cannot be read.")), self.read)

    def _show(self, made: Statement) -> None:
        price, closing = self._session.wording.price, made.closing_minor
        self.notice.hide()
        self.opening.setText(price(made.opening_minor))
        self.entries.rows.show_rows(statement_rows(made, self._session.wording))
        words = (
            self.tr("Owes") if closing > 0 else self.tr("Has credit") if closing < 0 else self.tr("Balance")
        )
        self.closing_words.setText(words)
        _say(self.closing, price(abs(closing)), "danger" if closing > 0 else "success" if closing else "")
        self.more.setText("\n".join(self._standing(made)))
        self.more.setVisible(bool(self.more.text()))

    def _standing(self, made: Statement) -> list[str]:
        """What is owed for each sale, and for what the shop holds a deposit."""
        price, standing = self._session.wording.price, made.standing
        before = self.tr("from before")
        dues = [
            f"{one.number or before} {price(one.owed_minor)}" for one in standing.dues if one.owed_minor > 0
        ]
        held = [f"{one.number} {price(one.amount_minor)}" for one in standing.deposits]
        lines = []
        if dues:
            lines.append(self.tr("Owed for {sales}").format(sales=", ".join(dues)))
        if held:
            lines.append(self.tr("Deposits for {tickets}").format(tickets=", ".join(held)))
        return lines

    # -- giving out --------------------------------------------------------------------------------------
    def give_out(self, *, on_sheet: bool = False) -> None:
        """Print it and wait for the outcome; one that fails is as good the next time."""
        if not self.print.isEnabled():
            return
        size = sheet_of(self._session.region) if on_sheet else PaperSize(self._session.till.slip_paper)
        output, key, span = paper_output(self._session, size), self._customer.id, self._span()
        self.notice.hide()
        self.print.set_saving(True, self.tr("Printing"))

        def work(shop: "Shop", actor: "Actor") -> Statement:
            return shop.ledger.print_statement(actor, key, *span, output.paper, output.printer)

        self._presenter.do(
            work,
            while_alive(self, self._printed),
            while_alive(self, partial(self._not_printed, on_sheet)),
            lane=self._session.lanes.paper,
        )

    def _printed(self, made: Statement) -> None:
        self.print.set_saving(False)
        self._show(made)
        self._shell.notices.status(self.tr("Statement printed"), "success")

    def _not_printed(self, on_sheet: bool, error: Exception) -> None:
        self.print.set_saving(False)
        again = Step(self.tr("Print again"), partial(self.give_out, on_sheet=on_sheet))
        self.notice.show_message(Message(why_not_made(error), "danger", (again,)))
        self.print.setFocus()

    def _ask_where(self) -> None:
        usual = f"{self._customer.pl_id} statement.pdf"
        title = self.tr("Save the statement")
        name, _ = FileDialog.getSaveFileName(self, title, usual, self.tr("PDF (*.pdf)"))
        if name:
            self.save_to(Path(name), may_replace=True)  # the dialog has asked

    def save_to(self, path: Path, *, may_replace: bool = False) -> None:
        """Make a file of it, for a sheet of this part of the world."""
        key, span, size = self._customer.id, self._span(), sheet_of(self._session.region)

        def work(shop: "Shop", actor: "Actor") -> Statement:
            return shop.ledger.save_statement(actor, key, *span, size, path, replace=may_replace)

        self._presenter.do(
            work,
            while_alive(self, partial(self._saved, path)),
            while_alive(self, partial(self._not_saved, path)),
        )

    def _saved(self, path: Path, made: Statement) -> None:
        self._show(made)
        self._shell.notices.status(self.tr("Saved as {name}").format(name=path.name), "success")

    def _not_saved(self, path: Path, error: Exception) -> None:
        steps = [Step(self.tr("Choose again"), self._ask_where)]
        if code_of(error) == "file_exists":
            steps.append(Step(self.tr("Replace it"), partial(self.save_to, path, may_replace=True)))
        self.notice.show_message(Message(why_not_made(error), "danger", tuple(steps)))


def _say(part: QLabel, words: str, tone: str) -> None:
    part.setText(words)
    set_look(part, tone=tone)
