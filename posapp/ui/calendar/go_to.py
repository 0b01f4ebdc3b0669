"""To another day: typed in any usual way, or from the month below."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import LineEdit
from posapp.ui.fields.moments import DayPopup
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import announce

if TYPE_CHECKING:
    from posapp.ui.wording import Wording

_LINE, _HINT = 52, 22


class GoToDay(DayPopup):
    """`14`, `fri`, `+7`, `3 Apr` and Enter; the month follows what is typed, Down leads into it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Go to a day"))
        self._today = date.min
        self._wording: Wording | None = None
        self.line = LineEdit()
        self.line.setAccessibleName(self.tr("Day"))
        self.line.setPlaceholderText(self.tr("14, Fri, +7 or 3 Apr"))
        self.line.textEdited.connect(self._typed)
        self.hint = label("", "caption", tone="danger")
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.line)
        layout.insertWidget(1, self.hint)
        size = self.size()
        self.setFixedSize(size.width(), size.height() + theme().px(_LINE) + theme().px(_HINT))

    def ask(self, corner: QPoint, day: date, today: date, wording: "Wording") -> None:
        """Open below that corner, on the day that is shown now."""
        self._today, self._wording = today, wording
        self.line.clear()
        self.hint.setText("")
        self.open_at(corner, day, today)
        self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there; Down leads into the month."""
        if not self.line.hasFocus():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif event.key() == Qt.Key.Key_Down:
            self.month.setFocus()
        else:
            super().keyPressEvent(event)

    def _parsed(self) -> date:
        from posapp.domain.base.typed_dates import parse_day

        assert self._wording is not None
        return parse_day(self.line.text(), self._today, locale=self._wording.locale, field="day")

    def _typed(self) -> None:
        self.hint.setText("")
        try:
            day = self._parsed()
        except DomainError:
            return
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))

    def _go(self) -> None:
        if not self.line.text().strip():
            self.take(self.month.selectedDate())
            return
        try:
            day = self._parsed()
        except DomainError as error:
            self.hint.setText(error.sentence)
            announce(self.line, error.sentence)
            return
        self.take(QDate(day.year, day.month, day.day))
