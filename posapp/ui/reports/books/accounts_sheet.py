"""What the accountant calls each account, in the side sheet: kept on leaving a field."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.figures.books import NumberedAccount
from posapp.domain.figures.charts import Chart
from posapp.ui.alive import while_alive
from posapp.ui.fields.edits import Combo
from posapp.ui.fields.text import TextField
from posapp.ui.layout import held, refill, rows, wide
from posapp.ui.presenter import why_not_saved
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import remark
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notice_bar import NoticeBar

if TYPE_CHECKING:
    from posapp.ui.reports.books.presenter import BooksPresenter


class AccountsSheet(QWidget):
    """One field an account; `kept` tells which one has another number now."""

    kept = Signal(object)  # NumberedAccount

    def __init__(self, presenter: "BooksPresenter", chart: Chart, *, may_write: bool) -> None:
        super().__init__()
        self._presenter, self._may_write = presenter, may_write
        self.fields: dict[str, TextField] = {}
        self._known: dict[str, NumberedAccount] = {}
        self.notice = NoticeBar()
        self.charts = Combo()
        self.charts.setAccessibleName(self.tr("Numbers of"))
        self.charts.setFixedHeight(theme().tool_height())
        for one, words in (
            (Chart.GENERAL, self.tr("This program")),
            (Chart.SKR03, self.tr("DATEV, SKR 03")),
            (Chart.SKR04, self.tr("DATEV, SKR 04")),
            (Chart.XERO, self.tr("Xero")),
            (Chart.QUICKBOOKS, self.tr("QuickBooks")),
            (Chart.TEXT, self.tr("Ledger and Beancount")),
        ):
            self.charts.addItem(words, one)
        self.charts.setCurrentIndex(self.charts.findData(chart))
        self.charts.activated.connect(lambda _place: self._read())
        said = self.tr("These are proposals. Ask your accountant, then change them here.")
        self._column = rows(gap=10, pad=(16, 4, 16, 16))
        self._scroller = Scroller(held(self._column))
        rows(
            self.notice,
            rows(self.charts, remark(said), gap=8, pad=(16, 12, 16, 8)),
            wide(self._scroller),
            gap=0,
            host=self,
        )
        self.setFocusProxy(self.charts)
        self._read()

    @property
    def chart(self) -> Chart:
        """Whose numbers are shown."""
        return Chart(self.charts.currentData())

    def _read(self) -> None:
        self._presenter.read_accounts(
            self.chart, while_alive(self, self._show), while_alive(self, self._failed)
        )

    def _show(self, accounts: tuple[NumberedAccount, ...]) -> None:
        self.notice.hide()
        self._known = {one.account.code: one for one in accounts}
        self.fields = {code: self._field(one) for code, one in self._known.items()}
        refill(self._column, self.fields.values())

    def _field(self, one: NumberedAccount) -> TextField:
        field = TextField(one.account.code, one.account.words)
        field.set_text(one.number)
        field.editor.setEnabled(self._may_write)
        field.committed.connect(lambda: self._keep(field))
        return field

    def _keep(self, field: TextField) -> None:
        known, number = self._known.get(field.name), field.text().strip()
        if known is None or number == known.number or self.fields.get(field.name) is not field:
            return
        self._presenter.set_account(
            self.chart,
            known.account,
            number,
            done=while_alive(self, partial(self._kept, field)),
            failed=while_alive(self, lambda error: field.show_problem(why_not_saved(error))),
        )

    def _kept(self, field: TextField, one: NumberedAccount) -> None:
        self._known[field.name] = one
        field.clear_problem()
        self.kept.emit(one)

    def _failed(self, error: Exception) -> None:
        self.notice.offer_again(why_not_saved(error), self._read)
