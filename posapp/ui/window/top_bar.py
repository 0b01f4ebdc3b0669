"""The top bar: what is shown, who stands at the counter, search, the till and the time."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from posapp.ui.actions import Action
from posapp.ui.icons import paint_icon
from posapp.ui.layout import columns, space, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, icon_button
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.paint import (
    badge_size,
    box,
    cut,
    draw_badge,
    draw_key_cap,
    draw_text,
    key_cap_width,
    key_words,
)
from posapp.ui.window.shell import CounterCustomer
from posapp.ui.window.user_button import UserButton


class CustomerChip(QWidget):
    """The customer at the counter on every screen: press it to open the Desk, the x lets go."""

    opened = Signal()
    released = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._face = _ChipFace(self)
        self._face.clicked.connect(self.opened)
        self._close = icon_button("x", self.tr("Let the customer go"), key="Esc")
        self._close.clicked.connect(self.released)
        columns(self._face, self._close, gap=0, pad=(0, 0, 2, 0), host=self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_customer(None)

    def show_customer(self, customer: CounterCustomer | None) -> None:
        """Show this customer; None hides the chip."""
        if customer is not None:
            self._face.show_words(str(customer.pl_id), customer.name)
        self.setVisible(customer is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The outline that holds badge, name and x together."""
        tokens = theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), self.height() / 2, tokens.sunken, tokens.border)
        painter.end()


class _ChipFace(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_words("", "")

    def show_words(self, badge: str, name: str) -> None:
        self._badge, self._name = badge, name
        self.setAccessibleName(self.tr("At the counter: {badge} {name}").format(badge=badge, name=name))
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px, metrics = theme().px, theme().metrics
        width = (
            metrics("small").horizontalAdvance(self.tr("At the counter")) + badge_size(self._badge, "m")[0]
        )
        width += min(metrics("body", 500).horizontalAdvance(self._name), px(180))
        return QSize(width + px(16 + 8 + 8 + 8), px(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(badge_size(self._badge, "m")[0] + theme().px(72), theme().px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, tokens = theme(), theme().tokens
        px, middle = look.px, self.height() / 2
        painter = QPainter(self)
        x: float = px(16)
        if self.width() >= self.sizeHint().width() - px(90):
            x += draw_text(
                painter, x, middle, self.tr("At the counter"), look.font("small"), tokens.text2
            ) + px(8)
        x += draw_badge(painter, x, middle, self._badge, strong=True, size="m") + px(8)
        font = look.font("body", 500)
        draw_text(painter, x, middle, cut(self._name, font, self.width() - x - px(4)), font, tokens.text)
        painter.end()


class SearchButton(QAbstractButton):
    """Looks like a field, opens "search everything"; in a narrow window only its icon is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_compact = False
        self.setText(self.tr("Search or scan"))
        self.setAccessibleName(self.tr("Search everything"))
        self.keys_moved()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keys_moved(self) -> None:
        """What is told of its key."""
        key = key_words("Ctrl+K")
        self.setAccessibleDescription(key)
        self.setToolTip(self.tr("Search everything ({key})").format(key=key))

    def set_compact(self, is_compact: bool) -> None:
        """Only the icon, or all of it."""
        self._is_compact = is_compact
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """250 wide, or a square."""
        return QSize(theme().px(36 if self._is_compact else 250), theme().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field with its key at the end."""
        look, tokens = theme(), theme().tokens
        px, middle = look.px, self.height() / 2
        painter = QPainter(self)
        fill = tokens.sunken if self.underMouse() else tokens.surface
        box(painter, QRectF(self.rect()), px(8), fill, tokens.control)
        left = (self.width() - px(18)) / 2 if self._is_compact else px(12)
        paint_icon(painter, "search", left, middle - px(9), px(18), tokens.text2)
        if not self._is_compact:
            draw_text(painter, px(36), middle, self.text(), look.font("body"), tokens.text3)
            draw_key_cap(painter, self.width() - px(9) - key_cap_width("Ctrl+K"), middle, "Ctrl+K")
        painter.end()


class TillButton(QAbstractButton):
    """The till and its shift, with a dot; pressed it opens the menu of the drawer.

    The dot is in the tone of the shift, and danger while the database does not answer.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._shift = "", ""
        self.tone, self._shift_tone = "success", "success"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def show_state(self, name: str) -> None:
        """The name of the till."""
        self._name = name
        self._say()

    def show_shift(self, words: str, tone: str) -> None:
        """The state of its shift in words; the dot only repeats them."""
        self._shift, self._shift_tone = words, tone
        self._say()

    def show_tone(self, tone: str) -> None:
        """Whether the database answers; a screen reader hears what the tone says."""
        self.tone = tone
        self._say()

    def words(self) -> str:
        """What it says."""
        return " · ".join(filter(None, (self._name, self._shift)))

    def _say(self) -> None:
        said = self.tr("{till}, no connection") if self.tone == "danger" else "{till}"
        self.setAccessibleName(said.format(till=self.words() or self.tr("Till")))
        self.keys_moved()
        self.updateGeometry()
        self.update()

    def keys_moved(self) -> None:
        """What is told of its key."""
        key = key_words("Shift+F5")
        self.setAccessibleDescription(key)
        self.setToolTip(self.tr("Shift ({key})").format(key=key))

    def sizeHint(self) -> QSize:
        """Dot and words, in a target that a finger meets."""
        px, width = theme().px, theme().metrics("caption").horizontalAdvance(self.words())
        return QSize(width + px(14 + 16) + 2 if self.words() else 0, theme().tool_height())

    def minimumSizeHint(self) -> QSize:
        """A till's name may be long: in a narrow window it is cut."""
        return QSize(min(self.sizeHint().width(), theme().px(120)), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down open the menu, as on every button of a menu."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dot and words in the colours of now."""
        if not self.words():
            return
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            box(painter, QRectF(self.rect()), look.px(8), tokens.sunken)
        dot, side, middle = look.px(8), look.px(8), self.height() / 2
        tone = "danger" if self.tone == "danger" else self._shift_tone
        width = look.metrics("caption").horizontalAdvance(self.words())
        is_mirrored = self.isRightToLeft()
        at = self.width() - side - dot if is_mirrored else side
        box(painter, QRectF(at, middle - dot / 2, dot, dot), dot / 2, tokens.colour(tone))
        font = look.font("caption")
        words = cut(self.words(), font, self.width() - 2 * side - look.px(14))
        x = self.width() - side - look.px(14) - width if is_mirrored else side + look.px(14)
        draw_text(painter, x, middle, words, font, tokens.text2)
        painter.end()


class TopBar(QWidget):
    """56 high: title and number, chip, search, till, user, clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.setFixedHeight(px(56))
        self.title = label("", "title")
        self.subtitle = Elided("", "body", tone="text2")
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.waiting = Button(self.tr("Waiting"), size="s")
        self.waiting.clicked.connect(self._press_waiting)
        self.waiting.hide()
        self._wait: Action | None = None
        self.chip = CustomerChip()
        self.search = SearchButton()
        self.till = TillButton()
        self.user = UserButton()
        self.clock = label("", "strong")
        left, right = (self.title, space(4), wide(self.subtitle)), (self.till, self.user, self.clock)
        self._row = row = columns(
            *left, self.waiting, self.chip, self.search, space(4), *right, gap=12, host=self
        )
        row.setContentsMargins(px(16), 0, px(16), 1)

    def set_compact(self, is_compact: bool) -> None:
        """In a narrow window its parts stand closer, and of search and user the signs are left."""
        self.search.set_compact(is_compact)
        self.user.set_compact(is_compact)
        self._row.setSpacing(theme().px(8 if is_compact else 12))

    def show_title(self, title: str, subtitle: str = "") -> None:
        """What is shown, and in grey the number of it or the date."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def show_waiting(self, action: Action | None) -> None:
        """What waits on the screen in front."""
        self._wait = action
        if action is not None:
            self.waiting.setText(action.text)
            self.waiting.set_icon(action.icon)
            self.waiting.set_key(action.key)
        self.waiting.setVisible(action is not None)

    def _press_waiting(self, _checked: bool = False) -> None:
        if self._wait is not None and self._wait.run is not None:
            self._wait.run()

    def show_time(self, shown: str) -> None:
        """The shop's clock, in its own words; empty while no shop is open."""
        if shown != self.clock.text():
            self.clock.setText(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().tokens.border)
        painter.end()
