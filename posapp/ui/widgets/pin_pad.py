"""The pad on which a PIN is typed, by finger or keyboard: only its dots are seen.

A scanner types like a keyboard. What comes at its speed is therefore no PIN before a moment has passed in
which nothing followed; the program's `Scanner` takes a scan back out of the dots, as out of every field.
"""

from functools import partial
from time import monotonic

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from posapp.ui.layout import at, rows
from posapp.ui.mirror import as_on_a_telephone
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import announce
from posapp.ui.widgets.pad_key import PadKey

FAST_MS, PAUSE_MS = 35, 110
"""Digits that follow each other so fast may be a scanner's; after such a pause they are none."""
_DIGITS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"))
_DOT, _GAP, _LINE, _EDGE = 18, 16, 2, 6
_WIDE, _HIGH, _LEAST = 96, 72, 44
_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PinDots(QLineEdit):
    """A dot for each digit, filled once it is typed; in the tone of a fault after a wrong PIN."""

    entered = Signal(str)

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length, self._filled, self._is_wrong = length, 0, False
        self.setProperty("variant", "bare")
        self.setEchoMode(QLineEdit.EchoMode.NoEcho)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_dots(self, filled: int, *, length: int, is_wrong: bool = False) -> None:
        """So many of so many are typed."""
        if length != self._length:
            self._length = length
            self.updateGeometry()
        self._filled, self._is_wrong = filled, is_wrong
        self.update()

    def sizeHint(self) -> QSize:
        """The dots and the room between and around them."""
        px = theme().px
        width = self._length * px(_DOT) + (self._length - 1) * px(_GAP)
        return QSize(width + 2 * px(_EDGE), px(_DOT) + 2 * px(_EDGE))

    def minimumSizeHint(self) -> QSize:
        """Every dot is seen."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose people, never a place among the digits."""
        if event.key() in _MOVES:
            event.ignore()
        elif event.key() in _ENTERS:
            self.entered.emit(self.text())
        elif not event.isAutoRepeat() or not event.text().isprintable():
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rings, and discs from the leading side on."""
        px, tokens = theme().px, theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self._length):
            is_filled = self._is_wrong or place < self._filled
            ink = tokens.danger if self._is_wrong else tokens.text if is_filled else tokens.control
            painter.setPen(QPen(ink, _LINE))
            painter.setBrush(ink if is_filled else Qt.BrushStyle.NoBrush)
            shown = self._length - 1 - place if self.isRightToLeft() else place
            x = px(_EDGE) + shown * (px(_DOT) + px(_GAP))
            side = px(_DOT) - _LINE
            painter.drawEllipse(QRectF(x + _LINE / 2, px(_EDGE) + _LINE / 2, side, side))
        painter.end()


class PinPad(QWidget):
    """Dots, a sentence where one is needed, and twelve keys. The last digit tells the PIN by itself.

    From then on the pad waits for `clear` or `show_wrong`; digits that are typed meanwhile belong to the next
    try.
    """

    typed = Signal(str)
    changed = Signal(int)
    """So many digits are there."""
    lettered = Signal(str)
    """Somebody typed letters: part of a name."""
    entered = Signal(str)
    """Enter was pressed after something that is no PIN: a badge of a slow scanner."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length, self._is_waiting, self._digits = length, False, ""
        self._is_slow, self._at = False, 0.0
        self.dots, self._said = PinDots(length), label("", "small", tone="danger", wrap=True)
        self.dots.setAccessibleName(self.tr("PIN"))
        self.dots.textEdited.connect(self._edited)
        self.dots.entered.connect(self._entered)
        self._said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._said.setMinimumHeight(theme().line("small"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        middle = Qt.AlignmentFlag.AlignHCenter
        rows(at(middle, self.dots), self._said, at(middle, self._made_keys()), gap=8, host=self)
        self.setFocusProxy(self.dots)
        self._show()

    @property
    def length(self) -> int:
        """How many digits a PIN has here."""
        return self._length

    @property
    def sentence(self) -> str:
        """What it says of the last try."""
        return self._said.text()

    def set_length(self, length: int) -> None:
        """Another shop, or its setting was changed."""
        if length != self._length:
            self._length = length
            self.clear()

    def clear(self) -> None:
        """Nothing is typed, and nothing was wrong."""
        self._pause.stop()
        self._is_waiting = False
        self._said.setText("")
        self._hold("")

    def show_wrong(self, sentence: str) -> None:
        """That PIN was not right: say so until the next digit."""
        ahead = self.dots.text()
        self.clear()
        self._said.setText(sentence)
        self._show(is_wrong=True)
        announce(self.dots, sentence, urgent=True)
        if ahead:
            self.dots.setText(ahead)
            self._edited(ahead)

    def press(self, digit: str) -> None:
        """A digit was touched."""
        self._is_slow = True
        self._take(self._digits + digit)

    def erase(self) -> None:
        """Take the last digit back."""
        self._take(self._digits[:-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes all digits back; without any it is for others."""
        if event.key() == Qt.Key.Key_Escape and self.dots.text():
            self.clear()
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Esc is no shortcut while digits are there."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_escape and self.dots.text():
            event.accept()
            return True
        return super().event(event)

    # -- what is typed ---------------------------------------------------------------------------------
    def _edited(self, text: str) -> None:
        now = monotonic() * 1000
        is_fast, self._at = now - self._at <= FAST_MS, now
        self._is_slow = len(text) > 1 and (self._is_slow or not is_fast)
        if _is_digits(text):
            self._take(text)
        else:
            self._pause.start()

    def _take(self, digits: str) -> None:
        self._hold(digits)
        if self._is_waiting or len(digits) < self._length:
            return
        if self._is_slow:
            self._tell()
        else:
            self._pause.start()

    def _paused(self) -> None:
        """Nothing followed: what came so fast was no scan."""
        text = self.dots.text()
        if not _is_digits(text):
            self._hold(self._digits)
            self.lettered.emit(text.removeprefix(self._digits))
        elif len(text) == self._length and not self._is_waiting:
            self._tell()
        elif len(text) > self._length:
            self._hold("")  # the code of something, from a scanner that ends with no key

    def _tell(self) -> None:
        pin = self._digits[: self._length]
        self._pause.stop()
        self._is_waiting = True
        self._digits = ""
        self.dots.clear()
        self.typed.emit(pin)

    def _entered(self, text: str) -> None:
        if text and not _is_digits(text):
            self._pause.stop()
            self._hold("")
            self.entered.emit(text)

    def _hold(self, digits: str) -> None:
        self._digits = digits
        if self.dots.text() != digits:
            self.dots.setText(digits)
        if not self._is_waiting:
            self._show()

    def _show(self, *, is_wrong: bool = False) -> None:
        filled = min(len(self._digits), self._length)
        self.dots.show_dots(filled, length=self._length, is_wrong=is_wrong)
        if filled:
            self._said.setText("")
        words = self.tr("{count} of {length} digits").format(count=filled, length=self._length)
        self.dots.setAccessibleDescription(words)
        self.changed.emit(filled)

    # -- keys ------------------------------------------------------------------------------------------
    def _made_keys(self) -> QWidget:
        host = QWidget()
        as_on_a_telephone(host)
        keys = QGridLayout(host)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(theme().px(10))
        for row, digits in enumerate(_DIGITS):
            for column, digit in enumerate(digits):
                keys.addWidget(self._digit_key(digit), row, column)
        back = _key("", "step", "delete")
        back.setAccessibleName(self.tr("Take the last digit back"))
        back.clicked.connect(self.erase)
        empty = _key(self.tr("Clear"), "step")
        empty.clicked.connect(self.clear)
        keys.addWidget(empty, len(_DIGITS), 0)
        keys.addWidget(self._digit_key("0"), len(_DIGITS), 1)
        keys.addWidget(back, len(_DIGITS), 2)
        return host

    def _digit_key(self, digit: str) -> PadKey:
        key = _key(digit, "pin")
        key.clicked.connect(partial(self._clicked, digit))
        return key

    def _clicked(self, digit: str, _checked: bool = False) -> None:
        self.dots.setFocus()
        self.press(digit)


def _key(text: str, kind: str, icon: str = "") -> PadKey:
    key = PadKey(text, kind, icon, wide=_WIDE, high=_HIGH, least=_LEAST)
    key.setMinimumWidth(theme().px(_WIDE))
    return key


def _is_digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal())
