"""The row of tools above the board: how it is shown, the filters, and what is late or due today."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.board import Due, Filter
from posapp.domain.repairs.devices import DeviceKind
from posapp.ui.fields.edits import Combo, LineEdit
from posapp.ui.layout import STRETCH, at, columns, sides, wide
from posapp.ui.theme import theme
from posapp.ui.tickets.intake.choices import kind_words
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.paint import box
from posapp.ui.widgets.toggling import HearsToggle

_COUNT_FROM = 1340
BOARD, LIST, UNCOLLECTED = "board", "list", "uncollected"


class ToneButton(HearsToggle, Button):
    """A filter that is a count: words in its tone; pressed, it stands on the tone's soft colour."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__("", kind="plain", size="s", icon=icon)
        self._tone = tone
        self.setCheckable(True)
        self.hear_toggle()

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
        self.who = _choice(self.tr("Technician"), 108)
        self.kind = _choice(self.tr("Device type"), 124)
        self.due = _choice(self.tr("Due"), 140)
        due = {
            Due.ANY: self.tr("Due any time"),
            Due.LATE: self.tr("Late"),
            Due.TODAY: self.tr("Due today"),
            Due.NONE: self.tr("No date"),
            Due.WAITING: self.tr("Waiting long"),
            Due.TOO_LONG: self.tr("Too long in a state"),
        }
        _offer(self.due, [*due.items()])
        self.words = LineEdit("search")
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
        self._fit_height()
        theme().changed.connect(self._fit_height)

    def _lay_out(self) -> None:
        first = (at(Qt.AlignmentFlag.AlignVCenter, one) for one in (self.view, self.who, self.kind, self.due))
        rest = (wide(self.words, 3), self.late, self.today, STRETCH, self.count, self.new)
        sides(columns(*first, gap=10), wide(columns(*rest, gap=10)), gap=10, host=self)

    def _fit_height(self) -> None:
        for tool in (self.who, self.kind, self.due, self.words):
            tool.setFixedHeight(theme().tool_height())

    def _bind(self) -> None:
        for part in (self.who, self.kind):
            part.activated.connect(lambda _place: self.filtered.emit())
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
            str(self.who.currentData() or ""),
            str(self.kind.currentData() or ""),
            self.words.text(),
            Due(self.due.currentData() or Due.ANY),
        )

    def clear(self) -> None:
        """Everything is shown again."""
        for choice in (self.who, self.kind, self.due):
            choice.setCurrentIndex(0)
        with QSignalBlocker(self.words):
            self.words.clear()
        self._chose_due()

    def set_view(self, key: str) -> None:
        """Board, list or what nobody collects; the filters belong to the first two."""
        self.view.set_current(key)
        for part in (self.who, self.kind, self.words):
            part.setVisible(key != UNCOLLECTED)
        self.due.setVisible(key != UNCOLLECTED and not self._is_narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for; late and due today stay as buttons."""
        self._is_narrow = narrow
        self.due.setVisible(not narrow and self.view.current() != UNCOLLECTED)
        self.words.setMinimumWidth(theme().px(100 if narrow else 120))
        self.new.set_key("" if narrow else "Ctrl+T")
        self._fit_count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The number of open tickets stands where there is room for it."""
        super().resizeEvent(event)
        self._fit_count()

    def _fit_count(self) -> None:
        self.count.setVisible(not self._is_narrow and self.width() >= theme().px(_COUNT_FROM))

    def show_cards(self, cards: Sequence[ShownCard], *, tickets: int, me: str) -> None:
        """Who has work on the board, on what, and how many are late, due today, and open in all."""
        late, today = sum(card.is_late for card in cards), sum(card.is_due_today for card in cards)
        self._show_tone(self.late, late, self.tr("{n} late").format(n=late))
        self._show_tone(self.today, today, self.tr("{n} due today").format(n=today))
        many = self.tr("{n} open tickets").format(n=tickets)
        self.count.setText(self.tr("1 open ticket") if tickets == 1 else many)
        names = sorted({card.card.technician for card in cards if card.card.technician} - {me})
        own = [(me, self.tr("My jobs"))] if me else []
        _offer(self.who, [("", self.tr("Anyone")), *own, *((name, name) for name in names)])
        here = {card.card.kind for card in cards}
        kinds = [(kind.value, kind_words(kind)) for kind in DeviceKind if kind in here]
        _offer(self.kind, [("", self.tr("Any device")), *kinds])

    def swap_mine(self, me: str) -> None:
        """Only what this technician has to do; once more, everybody's."""
        is_mine = self.who.currentData() == me
        self.who.setCurrentIndex(0 if is_mine else self.who.findData(me))
        self.filtered.emit()

    def _show_tone(self, tone: ToneButton, count: int, words: str) -> None:
        tone.setText(str(count) if self._is_narrow else words)
        tone.setAccessibleName(words)
        tone.setToolTip(words if self._is_narrow else "")
        tone.setVisible(self.view.current() != UNCOLLECTED and (count > 0 or tone.isChecked()))


def _choice(name: str, width: int) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.setFixedWidth(theme().px(width))
    return made


def _offer(combo: Combo, choices: Sequence[tuple[str, str]]) -> None:
    """Other choices; what was chosen stays chosen while it is among them."""
    if [combo.itemData(place) for place in range(combo.count())] == [key for key, _ in choices]:
        return
    chosen = combo.currentData()
    combo.clear()
    for key, words in choices:
        combo.addItem(words, key)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
