"""The head of a ticket: number, state, customer; promise, shelf and technician as buttons; print and save."""

from datetime import datetime

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QSizePolicy, QWidget

from posapp.domain.repairs.tickets import Job, Ticket
from posapp.ui.icons import paint_icon
from posapp.ui.layout import Part, columns, held, rows, sides, wide
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.widgets.buttons import Button, icon_button
from posapp.ui.widgets.labels import Elided, PlBadge, StatusPill, label, line
from posapp.ui.widgets.messages import soft_shadow
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import Wording

_HEIGHT, _ICON, _WIDEST, _LEAST = 48, 16, 200, 60


class HeadButton(QAbstractButton):
    """A word above, a value below it that a press changes."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word, self._value, self._icon, self._tone = word, "", "", "text"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_value("")

    def show_value(self, value: str, *, icon: str = "", tone: str = "text") -> None:
        """The value as it is now."""
        self._value, self._icon, self._tone = value, icon, tone
        self.setText(value)
        self.setAccessibleName(f"{self._word}: {value}")
        self.setToolTip(f"{self._word}: {value}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Both lines, and the mark that something opens."""
        look, px = theme(), theme().px
        value = look.metrics("strong", 600).horizontalAdvance(self._value) + px(_ICON + 6)
        value += px(_ICON + 6) if self._icon else 0
        word = look.metrics("caption").horizontalAdvance(self._word)
        return QSize(min(max(value, word), px(_WIDEST)) + px(20), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """In a narrow window the end of the value is cut."""
        return QSize(min(theme().px(_LEAST), self.sizeHint().width()), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down open it."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
        if event.key() in keys and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colours of now."""
        look, tokens, px = theme(), theme().tokens, theme().px
        painter = QPainter(self)
        if (self.underMouse() or self.isDown()) and self.isEnabled():
            box(painter, QRectF(self.rect()), px(8), tokens.sunken)
        side, ink = px(10), tokens.colour(self._tone)
        room = self.width() - 2 * side
        word = cut(self._word, look.font("caption"), room)
        at = self._at(side, look.metrics("caption").horizontalAdvance(word))
        draw_text(painter, at, px(12), word, look.font("caption"), tokens.text2)
        x: float = side
        if self._icon:
            paint_icon(painter, self._icon, self._at(x, px(_ICON)), px(32) - px(_ICON) / 2, px(_ICON), ink)
            x += px(_ICON + 6)
        arrow = px(_ICON + 4) if self.isEnabled() else 0
        font = look.font("strong", 600)
        value = cut(self._value, font, self.width() - x - side - arrow)
        width = look.metrics("strong", 600).horizontalAdvance(value)
        draw_text(painter, self._at(x, width), px(32), value, font, ink)
        if arrow:
            x += width + px(4)
            paint_icon(painter, "chevron-down", self._at(x, px(_ICON)), px(24), px(_ICON), tokens.text3)
        painter.end()

    def _at(self, x: float, width: float) -> float:
        return self.width() - x - width if self.isRightToLeft() else x


class HeadPopup(QFrame):
    """Fields under a button of the head. What is typed counts at once; Enter, Esc or leaving closes it."""

    closed = Signal()

    def __init__(self, host: QWidget, *parts: Part, width: float = 300) -> None:
        super().__init__(host)
        self._host, self._anchor, self._width = host, host, width
        self.setProperty("role", "popup")
        rows(*parts, gap=10, pad=14, host=self)
        soft_shadow(self)
        self.hide()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def open_under(self, anchor: QWidget, first: QWidget) -> None:
        """Show it with the cursor in its first field."""
        self._anchor = anchor
        self.setFixedWidth(theme().px(self._width))
        self.adjustSize()
        corner = anchor.mapTo(self._host, QPoint(0, anchor.height() + theme().px(4)))
        left = corner.x() + (anchor.width() - self.width() if self.isRightToLeft() else 0)
        self.move(max(0, min(left, self._host.width() - self.width() - theme().px(8))), corner.y())
        self.show()
        self.raise_()
        first.setFocus()

    def close_popup(self) -> bool:
        """Put it away; False if it was not open."""
        if self.isHidden():
            return False
        self._anchor.setFocus()
        self.hide()
        self.closed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is enough; with Ctrl it saves."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (is_enter and not event.modifiers()) or event.key() == Qt.Key.Key_Escape:
            self.close_popup()
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Somebody went on elsewhere; a list or month that opens from a field is a window of its own."""
        if self.isHidden() or now is None or self.isAncestorOf(now) or now.window() is not self.window():
            return
        self.hide()
        self.closed.emit()


class Head(QFrame):
    """`opened` says which of the values is to be changed: "due", "shelf" or "technician"."""

    opened = Signal(str)
    customer_asked = Signal()

    def __init__(self, states: QWidget, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.setProperty("role", "card")
        self.number, self.pill = label("", "name", weight=600), StatusPill()
        self.badge, self.phone = PlBadge(""), Elided("", "small", tone="text2")
        self.name = Elided("", "strong", weight=600)
        self.customer = icon_button("user", self.tr("Open the customer"))
        self.customer.clicked.connect(lambda _on=False: self.customer_asked.emit())
        self.due = self._value("due", self.tr("Due"))
        self.shelf = self._value("shelf", self.tr("Shelf"))
        self.technician = self._value("technician", self.tr("Technician"))
        self.print = Button(self.tr("Print"), size="s", icon="printer", key="Ctrl+P")
        self.save = Button(self.tr("Save"), size="s", icon="save", key="Ctrl+Return")
        for one in (self.print, self.save):
            one.keep_words()
        who = rows(self.name, self.phone, gap=0)
        values = (
            part for one in (self.due, self.shelf, self.technician) for part in (line(upright=True), one)
        )
        whose = self.number, self.pill, line(upright=True), self.badge, wide(who), self.customer
        does = columns(*values, self.print, self.save, gap=10)
        first = sides(wide(columns(*whose, gap=10)), does, gap=10, pad=(16, 8, 16, 8))
        second = held(columns(wide(states), pad=(16, 8, 16, 8)))
        rows(first, line(), second, gap=0, host=self)

    def _value(self, name: str, word: str) -> HeadButton:
        made = HeadButton(word)
        made.clicked.connect(lambda _on=False: self.opened.emit(name))
        return made

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window keys and the way to the customer give way."""
        self.customer.setVisible(not is_narrow)
        for one, key in ((self.print, "Ctrl+P"), (self.save, "Ctrl+Return")):
            one.set_key("" if is_narrow else key)

    def show_ticket(self, ticket: Ticket, job: Job) -> None:
        """Whose ticket it is, and the state of the device that is shown."""
        self.number.setText(ticket.number)
        self.pill.set_look(ticket_look(job.state))
        self.badge.set_text(str(ticket.pl_id))
        self.name.setText(ticket.customer_name or str(ticket.pl_id))
        phone = self._wording.phone(ticket.phone) if ticket.phone else ""
        self.phone.setText(" · ".join(filter(None, (phone, ticket.contact_name))))
        for one in (self.due, self.shelf, self.technician):
            one.setEnabled(job.is_here)
        self.save.setVisible(ticket.is_open)

    def show_values(
        self, due: datetime | None, *, rush: bool, shelf: str, technician: str, tone: str
    ) -> None:
        """What is typed now, saved or not."""
        when = self._wording.moment(due) if due is not None else self.tr("no promise")
        if rush:
            when = self.tr("{when}, rush").format(when=when)
        self.due.show_value(when, icon="clock" if due is not None else "", tone=tone)
        self.shelf.show_value(shelf or self.tr("none"))
        self.technician.show_value(technician)
