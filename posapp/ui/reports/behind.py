"""What is behind a figure: its documents in the side sheet, each opened by Enter or a click."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind
from posapp.ui.alive import while_alive
from posapp.ui.layout import rows, wide
from posapp.ui.presenter import Done, Failed, sentence_of
from posapp.ui.reports.question import Target
from posapp.ui.reports.values import shown_figure
from posapp.ui.tables import ROW, PagedModel, TwoLineDelegate, TwoLineRow, dress_list
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.wording import Wording


class ReadsBehind(Protocol):
    """Whoever can be asked what is behind a figure."""

    @property
    def wording(self) -> Wording:
        """How this shop writes values."""

    def read_behind(
        self, target: Target, period: Period, after: int, *, done: Done[Sequence[Behind]], failed: Failed
    ) -> None:
        """The next documents behind a row."""


class _Delegate(TwoLineDelegate):
    """Number, what it is, when and whose, and what it adds to the figure."""

    height, lead_room = 56, 82

    def __init__(self, shown: Callable[[Behind], TwoLineRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = shown

    def row_of(self, value: Behind) -> TwoLineRow:
        """How a document looks."""
        return self._shown(value)


class _List(QListView):
    opened = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ROW))
        else:
            super().keyPressEvent(event)


class BehindSheet(QWidget):
    """The documents behind a row, oldest first, 200 at a time; `opened` tells the number of one."""

    opened = Signal(str)

    def __init__(self, presenter: ReadsBehind, target: Target, period: Period) -> None:
        super().__init__()
        self._presenter, self.target, self._period = presenter, target, period
        self.notice = NoticeBar()
        self.list = _List()
        dress_list(self.list)
        self.list.setAccessibleName(self.tr("Documents behind {figure}").format(figure=target.title))
        self.list.setMinimumHeight(theme().px(240))
        self.model = PagedModel(self._spoken, self._fetch, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.row_of, self.list))
        self.list.opened.connect(lambda row: self.opened.emit(row.number))
        self.list.clicked.connect(lambda index: self.opened.emit(index.data(ROW).number))
        self.empty = EmptyState(self.tr("No document is behind this figure."))
        self.empty.hide()
        rows(self.notice, self.empty, wide(self.list), gap=0, host=self)
        self.setFocusProxy(self.list)
        self.model.restart()

    def row_of(self, one: Behind) -> TwoLineRow:
        """How a document looks."""
        day = self._wording.day(one.day) if one.day is not None else ""
        name = one.text or day
        second = " · ".join(filter(None, (day if one.text else "", one.customer)))
        amount = shown_figure(one.amount, self.target.unit, self._wording)
        return TwoLineRow(name, second, badge=one.number, right=amount, right_tone="text")

    @property
    def _wording(self) -> Wording:
        return self._presenter.wording

    def _spoken(self, one: Behind) -> str:
        row = self.row_of(one)
        return ", ".join(filter(None, (one.number, row.name, row.second, row.right)))

    def _fetch(self, after: Behind | None, _limit: int, arrived: Callable[[Sequence[Behind]], None]) -> None:
        def done(found: Sequence[Behind]) -> None:
            self.notice.hide()
            arrived(found)
            if after is None:
                self._begin(bool(found))

        self._presenter.read_behind(
            self.target,
            self._period,
            after.at if after is not None else 0,
            done=while_alive(self, done),
            failed=while_alive(self, self._failed),
        )

    def _begin(self, has_some: bool) -> None:
        self.empty.setVisible(not has_some)
        if has_some and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _failed(self, error: Exception) -> None:
        self.model.stop()
        self.notice.offer_again(sentence_of(error, self.tr("This could not be read.")), self.model.restart)
