"""The key bar: what can be pressed right now, what was just said, and how scanner and printer are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.actions import KeyWord
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, columns
from posapp.ui.mirror import mirror
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.messages import TONE_ICONS, announce
from posapp.ui.widgets.paint import cut, draw_key_cap, draw_text, key_cap_width, key_words
from posapp.ui.window.notices import Message


class KeyBar(QWidget):
    """32 high. A message takes the place of the keys for its seconds; a click opens the last messages."""

    messages_asked = Signal()

    STATES_AT_MOST = 0.33
    """Of the width: what is said needs the rest, and longer words of a state are cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme().px(32))
        self.setAccessibleName(self.tr("Keys and messages"))
        self._keys: list[KeyWord] = []
        self._message: Message | None = None
        self._most = 99
        self._states = {"scanner": ("scan-barcode", "", "text2"), "printer": ("printer", "", "text2")}
        self.when_pressed: dict[str, Callable[[], bool]] = {}
        """What a click on a state does; where that is nothing (False), the last messages are opened."""
        self._steps: list[Button] = []
        self._toast_at = -1
        self._row = columns(STRETCH, host=self)
        self._row.setContentsMargins(0, 1, 0, 0)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.clear_message)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme().px(640), theme().px(32))

    def show_keys(self, keys: Sequence[KeyWord]) -> None:
        """The keys that work right now, most useful first."""
        self._keys = list(keys)
        self.setAccessibleDescription(", ".join(f"{key_words(keys)} {word}" for keys, word in keys))
        self.update()

    def keys(self) -> list[KeyWord]:
        """What it shows when it has no message."""
        return list(self._keys)

    def set_most(self, most: int) -> None:
        """Narrow windows show 5 keys."""
        self._most = most
        self.update()

    def share_states(self, other: "KeyBar") -> None:
        """Show the states of scanner and printer that another bar is told."""
        self._states = other._states

    def show_state(self, part: str, text: str, tone: str = "text2") -> None:
        """State of "scanner" or "printer" in words; "" hides it."""
        self._states[part] = (self._states[part][0], text, tone)
        self.update()

    def show_message(self, message: Message) -> None:
        """Say it for its seconds; its steps are buttons meanwhile."""
        self.clear_message()
        self._message = message
        for step in message.steps:
            made = button(step.text, kind="quiet", size="s", run=step.run)
            made.setFixedHeight(theme().px(28))
            made.clicked.connect(self.clear_message)
            self._row.insertWidget(self._row.count() - 1, made)
            self._steps.append(made)
        self._place_steps()
        self._end.start(int((message.seconds if not message.steps else max(message.seconds, 6)) * 1000))
        announce(self, message.text, urgent=message.tone == "danger")
        self.update()

    def message(self) -> Message | None:
        """What it says at this moment."""
        return self._message

    def clear_message(self) -> None:
        """Back to the keys."""
        self._end.stop()
        self._message = None
        for step in self._steps:
            self._row.removeWidget(step)
            step.deleteLater()
        self._steps = []
        self.update()

    def make_room(self, toast_at: int) -> None:
        """A toast begins there; -1: there is none. What is said ends before it, buttons included.

        Buttons for which no room is left come back after it, for as long as they would have stood there.
        """
        if toast_at < 0 and any(step.isHidden() for step in self._steps):
            self._end.start()
        self._toast_at = toast_at
        self._place_steps()
        self.update()

    def states_start(self) -> float:
        """Where the states of scanner and printer begin."""
        return min((x for _, x, _, _ in self._placed_states()), default=self.width()) - theme().px(16)

    def _placed_states(self) -> list[tuple[str, float, str, str]]:
        """Each state in sight: its name, where it begins, its words as far as there is room, its tone."""
        look = theme()
        shown = [(name, text, tone) for name, (_, text, tone) in self._states.items() if text]
        font, room = look.font("small"), self.width() * self.STATES_AT_MOST / max(len(shown), 1)
        placed, x = [], float(self.width() - look.px(16))
        for name, text, tone in reversed(shown):
            words = cut(text, font, max(room - look.px(22 + 16), look.px(24)))
            x -= look.metrics("small").horizontalAdvance(words) + look.px(22)
            placed.append((name, x, words, tone))
            x -= look.px(16)
        return placed

    def _end_of_words(self) -> float:
        """Where keys or message end: before the toast, the states, and the buttons of the message."""
        end = self.states_start() if self._toast_at < 0 else self._toast_at - theme().px(8)
        return end - sum(step.sizeHint().width() for step in self._steps)

    def _place_steps(self) -> None:
        if self._message is None:
            return
        px = theme().px
        width = theme().metrics("small", 600).horizontalAdvance(self._message.text)
        room = int(self._end_of_words()) - px(40 + 12)
        for step in self._steps:
            step.setVisible(room >= 0)
        width = min(width, max(0, room))
        before = px(16 + 24 + 12) + width
        self._row.setContentsMargins(*((0, 1, before, 0) if self.isRightToLeft() else (before, 1, 0, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons of a message stay where there is room."""
        super().resizeEvent(event)
        self._place_steps()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Do what the state under the mouse stands for, else open the last messages."""
        if event.button() == Qt.MouseButton.LeftButton and self._press_state(event.position().x()):
            return
        self.messages_asked.emit()

    def _press_state(self, x: float) -> bool:
        reach = theme().px(8)
        x = self.width() - x if self.isRightToLeft() else x
        name = next((name for name, starts, _, _ in self._placed_states() if x >= starts - reach), "")
        return name in self.when_pressed and self.when_pressed[name]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """It has no focus; keys travel on."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Keys or message where the row begins, states where it ends."""
        painter = QPainter(self)
        if self.isRightToLeft():
            mirror(painter, self.rect())
        tokens = theme().tokens
        tone = self._message.tone if self._message is not None else "info"
        fill = tokens.surface if tone == "info" else tokens.soft(tone)
        painter.fillRect(self.rect(), fill)
        painter.fillRect(0, 0, self.width(), 1, tokens.border)
        self._paint_states(painter)
        end = self._end_of_words()
        if self._message is not None:
            self._paint_message(painter, self._message, end)
        else:
            self._paint_keys(painter, end)
        painter.end()

    def _paint_states(self, painter: QPainter) -> None:
        look = theme()
        px, middle = look.px, (self.height() + 1) / 2
        for name, x, words, tone in self._placed_states():
            draw_text(painter, x + px(22), middle, words, look.font("small"), _ink(tone))
            paint_icon(painter, self._states[name][0], x, middle - px(8), px(16), _ink(tone))

    def _paint_keys(self, painter: QPainter, end: float) -> None:
        look, tokens = theme(), theme().tokens
        px, middle = look.px, (self.height() + 1) / 2
        x: float = px(16)
        for keys, word in self.fitting(end - x):
            x += draw_key_cap(painter, x, middle, keys) + px(7)
            x += draw_text(painter, x, middle, word, look.font("small"), tokens.text2) + px(16)

    def fitting(self, room: float) -> list[KeyWord]:
        """The keys for which there is room. The last one stays: it leads to all the others."""
        *shown, last = self._keys or [KeyWord("", "")]
        shown = shown[: max(self._most - 1, 0)]
        while shown and sum(map(_width, (*shown, last))) - theme().px(16) > room:
            shown.pop()
        return [*shown, last] if self._keys else []

    def _paint_message(self, painter: QPainter, message: Message, end: float) -> None:
        look, px = theme(), theme().px
        middle, ink = (self.height() + 1) / 2, _ink(message.tone)
        paint_icon(painter, TONE_ICONS[message.tone], px(16), middle - px(8), px(16), ink)
        font = look.font("small", 600)
        draw_text(painter, px(40), middle, cut(message.text, font, end - px(40)), font, ink)


def _width(one: KeyWord) -> int:
    """Of a key, its word and the gap after it."""
    look = theme()
    return key_cap_width(one.keys) + look.metrics("small").horizontalAdvance(one.word) + look.px(7 + 16)


def _ink(tone: str) -> QColor:
    tokens = theme().tokens
    return tokens.text2 if tone == "info" else tokens.colour(tone)
