"""The devices of a ticket as tabs, each with the shape of its own state."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from posapp.domain.repairs.devices import told_apart
from posapp.domain.repairs.tickets import Job
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, columns, emptied, put, wide
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.widgets.buttons import icon_button
from posapp.ui.widgets.paint import cut, draw_text

_HEIGHT, _ICON, _LEAST = 44, 16, 64


class DeviceTab(QAbstractButton):
    """One device; the one that is shown has a line below."""

    def __init__(self, job: Job, tabs: "DeviceTabs") -> None:
        super().__init__()
        self.job, self._tabs, self.is_current = job, tabs, False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", False)

    def show_job(self, job: Job, named: str, *, is_current: bool) -> None:
        """The device as it is now, and its name beside the others."""
        self.job, self.is_current = job, is_current
        name = job.device.model or job.device.name
        self.setText(name + named.removeprefix(job.device.name))
        said = self.tr("{device}, {state}, shown") if is_current else "{device}, {state}"
        self.setAccessibleName(said.format(device=named, state=job.state.name))
        self.setToolTip(named)
        one_stop = Qt.FocusPolicy.StrongFocus if is_current else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(one_stop)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Shape and name."""
        px = theme().px
        return QSize(
            theme().metrics("field", 600).horizontalAdvance(self.text()) + px(_ICON + 40), px(_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        """Many devices share the room."""
        return QSize(theme().px(_LEAST), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go to the next device."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self._tabs.step(-step if self.isRightToLeft() else step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape in the colour of the state, name, the line of the current one."""
        look, tokens, px = theme(), theme().tokens, theme().px
        shape, painter = ticket_look(self.job.state), QPainter(self)
        if not self.is_current:
            painter.fillRect(self.rect(), tokens.sunken)
        x: float = px(14)
        ink = shape.colours(tokens)[1]
        paint_icon(
            painter, shape.icon, self._at(x, px(_ICON)), (self.height() - px(_ICON)) / 2, px(_ICON), ink
        )
        x += px(_ICON + 8)
        font = look.font("field", 600 if self.is_current else 400)
        words = cut(self.text(), font, self.width() - x - px(8))
        width = look.metrics("field", 600 if self.is_current else 400).horizontalAdvance(words)
        words_ink = tokens.text if self.is_current else tokens.text2
        draw_text(painter, self._at(x, width), self.height() / 2, words, font, words_ink)
        if self.is_current:
            painter.fillRect(QRectF(0, self.height() - 2, self.width(), 2), tokens.primary)
        if self.hasFocus():
            frame = QRectF(self.rect()).adjusted(3, 3, -3, -4)
            painter.setPen(tokens.primary)
            painter.drawRoundedRect(frame, px(5), px(5))
        else:
            edge = 0 if self.isRightToLeft() else self.width() - 1
            painter.fillRect(edge, 0, 1, self.height(), tokens.border)
        painter.end()

    def _at(self, x: float, width: float) -> float:
        return self.width() - x - width if self.isRightToLeft() else x


class DeviceTabs(QWidget):
    """One stop of Tab; `chosen` gives the position of the device to show."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = columns(gap=0)
        self.another = icon_button("plus", self.tr("Another device"), key="Ctrl+D")
        self.another.setFixedSize(theme().px(32), theme().px(32))
        self.more = icon_button("ellipsis", self.tr("More for this device"))
        columns(wide(self._row), self.another, self.more, gap=0, pad=(0, 0, 6, 0), host=self)
        self.tabs: list[DeviceTab] = []
        self.setMinimumHeight(theme().px(_HEIGHT))

    def show_jobs(self, jobs: Sequence[Job], position: int) -> None:
        """The devices, and the one that is shown."""
        if [tab.job.id for tab in self.tabs] != [job.id for job in jobs]:
            self.tabs = [DeviceTab(job, self) for job in jobs]
            emptied(self._row)
            put(self._row, *self.tabs, STRETCH)
            for tab in self.tabs:
                tab.clicked.connect(lambda _on=False, tab=tab: self.chosen.emit(tab.job.position))
        self.another.setVisible(any(job.is_here for job in jobs))
        names = told_apart([job.device for job in jobs])
        for tab, job, name in zip(self.tabs, jobs, names, strict=True):
            tab.show_job(job, name, is_current=job.position == position)

    def stops(self) -> list[QWidget]:
        """Where Tab stops: the device that is shown, then what else can be done."""
        return [*self.tabs, self.another, self.more]

    def step(self, step: int) -> None:
        """The next or last device, with the focus."""
        place = next((at for at, tab in enumerate(self.tabs) if tab.is_current), 0)
        tab = self.tabs[(place + step) % len(self.tabs)]
        self.chosen.emit(tab.job.position)
        tab.setFocus(Qt.FocusReason.TabFocusReason)
