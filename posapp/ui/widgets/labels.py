"""Words on the window: labels of the type scale, key hints, PL badges, pills of states and counts."""

import re

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QStyle, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.paint import (
    badge_size,
    box,
    draw_badge,
    draw_key_cap,
    draw_pill,
    draw_text,
    key_cap_width,
    key_words,
    pill_width,
)
from posapp.ui.widgets.status import StatusLook

_LONG_WORD = re.compile("[!-\u02af\u0370-\u0482\u048a-\u052f]{31,}")
"""Latin, Greek and Cyrillic: scripts without spaces break by themselves, and joined letters must stay so."""
_PIECE = re.compile(".{10}")


def label(
    text: str = "", type: str = "body", *, tone: str = "", weight: int | None = None, wrap: bool = False
) -> QLabel:
    """A label of the type scale ("caption" to "change") in a tone ("text2", "danger"); plain text only."""
    made = _Wrapped(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", type)
    if tone:
        made.setProperty("tone", tone)
    if weight:
        made.setProperty("weight", str(weight))
    made.setWordWrap(wrap)
    return made


class _Wrapped(QLabel):
    """Words on several lines, of which one may be longer than a line: a link, or keys that were held down.

    Qt breaks lines between words only, and would widen whatever the label stands in.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._said = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text."""
        self._said = text
        super().setText(_LONG_WORD.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word[0]), text))

    def text(self) -> str:
        """What was given to show."""
        return self._said


def remark(text: str) -> QLabel:
    """A sentence in small grey words that explains what stands beside it."""
    return label(text, "small", tone="text2", wrap=True)


def line(*, upright: bool = False) -> QFrame:
    """A thin line between two regions."""
    made = QFrame()
    made.setProperty("role", "upright" if upright else "line")
    return made


class Elided(QLabel):
    """A label of one line that ends in … where it has no room; the tool tip has all of it.

    It stands at the side of its layout, whichever script its words are of: names in a column keep one edge.
    """

    def __init__(
        self, text: str = "", type: str = "body", *, tone: str = "", weight: int | None = None
    ) -> None:
        super().__init__()
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type)
        self.setProperty("tone", tone)
        self.setProperty("weight", str(weight or ""))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._align()
        self.setText(text)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        """Leading and trailing are those of the layout; Qt would take those of the text."""
        self._side = alignment
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Change sides with the layout."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        side = QStyle.visualAlignment(self.layoutDirection(), self._side)
        super().setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)

    def setText(self, text: str) -> None:
        """Show this text, cut if it must be."""
        self._full = text
        self.setAccessibleName(text)
        self._cut()

    def full_text(self) -> str:
        """The text without any cut."""
        return self._full

    def resizeEvent(self, event: object) -> None:
        """Cut anew for the new width."""
        self._cut()

    def natural_width(self) -> int:
        """How wide the text is without a cut."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self._full) + 2

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width(), 0))
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class KeyHint(QWidget):
    """A key cap beside words; it lets the mouse through to what it stands on."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The cap."""
        return QSize(key_cap_width(self._keys), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cap in the colours of now."""
        painter = QPainter(self)
        draw_key_cap(painter, 0, self.height() / 2, self._keys)
        painter.end()

    def keys_moved(self) -> None:
        """Another cap is wider or narrower."""
        self.updateGeometry()


class KeyLabel(QLabel):
    """A key as quiet words, without its cap."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setProperty("type", "small")
        self.setProperty("tone", "text3")
        self.keys_moved()

    def keys_moved(self) -> None:
        """Say the key that this till has for it."""
        self.setText(key_words(self._keys))


class PlBadge(QWidget):
    """The number of a customer. A click (or Space, if it may have the focus) copies it."""

    copied = Signal(str)

    def __init__(self, text: str = "", *, size: str = "m", is_strong: bool = True) -> None:
        """Not `is_strong`: a quiet one, beside the one that counts."""
        super().__init__()
        self._size, self._is_strong = size, is_strong
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text)

    def text(self) -> str:
        """The number as it is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another number."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(self.tr("Copy {number}").format(number=text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The badge."""
        return QSize(*badge_size(self._text, self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The badge in the colours of now."""
        painter = QPainter(self)
        draw_badge(painter, 0, self.height() / 2, self._text, strong=self._is_strong, size=self._size)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Copy."""
        self.copy()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the keys that press a button."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the number on the clipboard and say so with `copied`."""
        if self._text:
            QApplication.clipboard().setText(self._text)
            self.copied.emit(self._text)


def _show_if(pill: QWidget, is_wanted: bool) -> None:
    """Show or hide a pill; one that has no place yet is left to be shown with it, not as a window."""
    if is_wanted and pill.parentWidget() is None:
        pill.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        pill.setVisible(is_wanted)


class StatusPill(QWidget):
    """A state as icon, word and tone."""

    def __init__(self, look: StatusLook | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_look(look)

    def set_look(self, look: StatusLook | None) -> None:
        """Show this state; None hides the pill."""
        self._look = look
        self.setAccessibleName(look.word if look else "")
        _show_if(self, look is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The pill."""
        return QSize(pill_width(self._look) if self._look else 0, theme().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill in the colours of now."""
        if self._look is None:
            return
        painter = QPainter(self)
        draw_pill(painter, 0, self.height() / 2, self._look)
        painter.end()


class CountPill(QWidget):
    """A small grey pill with a count or a word ("4 left")."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show this; "" hides the pill."""
        self._text = text
        self.setAccessibleName(text)
        _show_if(self, bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The pill."""
        width = QFontMetrics(theme().font("caption", 600)).horizontalAdvance(self._text)
        return QSize(max(width + theme().px(14), theme().px(20)), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill in the colours of now."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), self.height() / 2, tokens.neutral_soft)
        font = look.font("caption", 600)
        x = (self.width() - QFontMetrics(font).horizontalAdvance(self._text)) / 2
        draw_text(painter, x, self.height() / 2, self._text, font, tokens.neutral)
        painter.end()
