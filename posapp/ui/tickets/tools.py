"""The row of tools above the board: how it is shown, the filters, and what is late or due today."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from posapp.ui.fields.edits import Combo, LineEdit
from posapp.ui.theme import theme
from posapp.ui.tickets.presenter import Due, Filter
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.paint import box

BOARD, LIST, UNCOLLECTED = "board", "list", "uncollected"


class ToneButton(Button):
    """A filter that is a count: words in its tone; pressed, it stands on the tone's soft colour."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__("", kind="plain", size="s", icon=icon)
        self._tone = tone
        self.setCheckable(True)

    def ink(self) -> QColor:
        """The tone."""
        return theme().tokens.colour(self._tone)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of a pressed filter, then words and icon."""
        painter = QPainter(self)
        if self.isChecked() or self.underMouse():
            tokens = theme().tokens
            fill = tokens.colour(f"{self._tone}_soft") if self.isChecked() else tokens.sunken
            box(painter, QRectF(self.rect()), theme().px(8), fill, self.ink() if self.isChecked() else None)
        self._paint_row(painter)
        painter.end()


class _ToolCombo(Combo):
    """As high as the other tools."""

    def __init__(self, name: str, width: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedWidth(theme().px(width))

    def sizeHint(self) -> QSize:
        """The height of a tool."""
        return QSize(super().sizeHint().width(), theme().tool_height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(super().minimumSizeHint().width(), theme().tool_height())


class _Words(LineEdit):
    """As high as the other tools."""

    def sizeHint(self) -> QSize:
        """The height of a tool."""
        return QSize(super().sizeHint().width(), theme().tool_height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(super().minimumSizeHint().width(), theme().tool_height())


class BoardTools(QWidget):
    """Says what is asked for; `filtered` comes with every change of the filter."""

    filtered = Signal()
    view_chosen = Signal()
    new_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._is_narrow = False
        self.view = Segmented(
            [
                Choice(BOARD, self.tr("Board")),
                Choice(LIST, self.tr("List")),
                Choice(UNCOLLECTED, self.tr("Uncollected")),
            ],
            name=self.tr("Show as"),
        )
        self.view.set_current(BOARD)
        self.view.chosen.connect(lambda _key: self.view_chosen.emit())
        self.who = _ToolCombo(self.tr("Technician"), 132)
        self.due = _ToolCombo(self.tr("Due"), 140)
        for key, words in (
            (Due.ANY, self.tr("Due any time")),
            (Due.LATE, self.tr("Late")),
            (Due.TODAY, self.tr("Due today")),
            (Due.NONE, self.tr("No date")),
        ):
            self.due.addItem(words, key)
        self.words = _Words("search")
        self.words.setAccessibleName(self.tr("Find on the board"))
        self.words.setPlaceholderText(self.tr("Find"))
        self.words.setMinimumWidth(px(120))
        self.words.setMaximumWidth(px(220))
        self.late = ToneButton("triangle-alert", "danger")
        self.today = ToneButton("clock", "warning")
        self.count = label("", "body", tone="text2")
        self.new = button(
            self.tr("New ticket"), kind="primary", icon="plus", key="Ctrl+T", run=self.new_asked.emit
        )
        self._lay_out()
        self._bind()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(10))
        for widget in (self.view, self.who, self.due):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 3)
        row.addWidget(self.late)
        row.addWidget(self.today)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.new)

    def _bind(self) -> None:
        self.who.activated.connect(lambda _place: self.filtered.emit())
        self.due.activated.connect(lambda _place: self._chose_due())
        self.words.textChanged.connect(lambda _text: self.filtered.emit())
        self.late.clicked.connect(lambda on: self._press(Due.LATE if on else Due.ANY))
        self.today.clicked.connect(lambda on: self._press(Due.TODAY if on else Due.ANY))

    def _press(self, due: Due) -> None:
        self.due.setCurrentIndex(self.due.findData(due))
        self._chose_due()

    def _chose_due(self) -> None:
        self.late.setChecked(self.due.currentData() == Due.LATE)
        self.today.setChecked(self.due.currentData() == Due.TODAY)
        self.filtered.emit()

    @property
    def filter(self) -> Filter:
        """What is asked for now."""
        return Filter(
            str(self.who.currentData() or ""), self.words.text(), Due(self.due.currentData() or Due.ANY)
        )

    def clear(self) -> None:
        """Everything is shown again."""
        for part in (self.who, self.due, self.words):
            part.blockSignals(True)
        self.who.setCurrentIndex(0)
        self.words.clear()
        self.due.setCurrentIndex(0)
        for part in (self.who, self.due, self.words):
            part.blockSignals(False)
        self._chose_due()

    def set_view(self, key: str) -> None:
        """Board, list or what nobody collects; the filters belong to the first two."""
        self.view.set_current(key)
        for part in (self.who, self.words):
            part.setVisible(key != UNCOLLECTED)
        self.due.setVisible(key != UNCOLLECTED and not self._is_narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for; late and due today stay as buttons."""
        self._is_narrow = narrow
        self.count.setVisible(not narrow)
        self.due.setVisible(not narrow and self.view.current() != UNCOLLECTED)
        self.who.setFixedWidth(theme().px(104 if narrow else 132))
        self.new.set_key("" if narrow else "Ctrl+T")

    def show_counts(self, late: int, today: int, tickets: int) -> None:
        """How many are late, due today, and open in all."""
        self.late.setText(self.tr("{n} late").format(n=late))
        self.late.setVisible(self.view.current() != UNCOLLECTED and (late > 0 or self.late.isChecked()))
        self.today.setText(self.tr("{n} due today").format(n=today))
        self.today.setVisible(self.view.current() != UNCOLLECTED and (today > 0 or self.today.isChecked()))
        self.count.setText(
            self.tr("1 open ticket") if tickets == 1 else self.tr("{n} open tickets").format(n=tickets)
        )

    def show_technicians(self, names: Sequence[str]) -> None:
        """Who has work on the board."""
        wanted = ["", *names]
        if [self.who.itemData(place) for place in range(self.who.count())] == wanted:
            return
        chosen = self.who.currentData()
        self.who.clear()
        for name in wanted:
            self.who.addItem(name or self.tr("Anyone"), name)
        self.who.setCurrentIndex(max(self.who.findData(chosen), 0))
