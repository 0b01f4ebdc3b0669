"""Buttons that say their key, and a check box, both drawn from the tokens.

`kind` is "" (outlined), "primary", "go", "quiet", "plain" or "danger"; `size` is s 36, m 40, l 44, xl 58 or
tile 56 (key below the words).
"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from posapp.ui.actions import Action
from posapp.ui.icons import paint_icon
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.lines import cut_line, line
from posapp.ui.widgets.paint import box, cut, draw_key_cap, draw_text, key_cap_width, key_words
from posapp.ui.widgets.toggling import HearsToggle

_HEIGHT = {"s": 36, "m": 40, "l": 44, "xl": 58, "tile": 56}
_STEP = {"s": "body", "m": "body", "l": "field", "xl": "title", "tile": "field"}


class Button(QPushButton):
    """A push button with an icon before and a key cap after (or, as a tile, below) its words."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: str = "",
        size: str = "m",
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._keeps_words = False
        self._size, self._icon, self._kind = size, icon, kind
        self.key = key
        """The key that is printed on the button; printing it does not bind it."""
        self._tip: tuple[str, str] | None = None
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._said = ""
        self._say_key()

    def set_key(self, key: str) -> None:
        """Print another key."""
        self.key = key
        self._say_key()
        self.updateGeometry()
        self.update()

    def _say_key(self) -> None:
        self._said = key_words(self.key) if self.key else ""
        self.setAccessibleDescription(self._said)

    def set_tip(self, name: str, key: str) -> None:
        """Say a name and its key where the mouse rests."""
        self._tip = name, key
        self.setToolTip(f"{name} ({key_words(key)})" if name else key_words(key))

    def keys_moved(self) -> None:
        """The till has other keys now: what is told of them, and the room for the cap."""
        if self.accessibleDescription() == self._said:
            self._say_key()
        if self._tip is not None:
            self.set_tip(*self._tip)
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Change the kind after the button was shown: the most useful action is the filled one."""
        self._kind = kind
        set_look(self, kind=kind)

    def set_icon(self, name: str) -> None:
        """Show another icon, "" for none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_saving(self, saving: bool, words: str = "") -> None:
        """While it saves, the button says so and cannot be pressed again; afterwards its own words return."""
        if saving:
            self.setProperty("said", self.text())
            self.setText(words or self.tr("Saving"))
        elif self.property("said"):
            self.setText(self.property("said"))
            self.setProperty("said", "")
        self.setEnabled(not saving)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, like the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for icon, words and key in the font of the size."""
        look = theme()
        height = look.tool_height() if self._size == "s" else look.px(_HEIGHT[self._size])
        if not self.text():
            return QSize(height, height)
        content = self._line_width()
        if self._size == "tile":
            content = max(content, key_cap_width(self.key) if self.key else 0)
        else:
            content += self._cap_room()
        side = 8 if self._kind in ("quiet", "plain") or self._size == "tile" else 14
        return QSize(content + 2 * look.px(side), height)

    def minimumSizeHint(self) -> QSize:
        """The height always, of the width at least the icon and some words."""
        full = self.sizeHint()
        least = full.width() - self._cap_room() if self._keeps_words else theme().px(96)
        return QSize(min(full.width(), least), full.height())

    def keep_words(self, keeps: bool = True) -> None:
        """In a narrow row this one gives way, and leaves its key out before a word is cut."""
        self._keeps_words = keeps
        policy = QSizePolicy.Policy.Preferred if keeps else QSizePolicy.Policy.Minimum
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

    def _cap_room(self) -> int:
        return theme().px(8) + key_cap_width(self.key) if self.key and self._size != "tile" else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame from the style sheet, the content in the colours of now."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        if self._size == "tile" and self.key:
            self._paint_tile(painter)
        else:
            self._paint_row(painter)
        painter.end()

    def ink(self) -> QColor:
        """The colour of words and icon."""
        tokens = theme().tokens
        if not self.isEnabled():
            return tokens.text2 if self._kind in ("primary", "go") else tokens.text3
        if self._kind == "plain" and not self.text():
            return tokens.text2
        if self._on_fill():
            return tokens.on_fill
        return {"quiet": tokens.primary, "danger": tokens.danger}.get(self._kind, tokens.text)

    def _on_fill(self) -> bool:
        return self._kind in ("primary", "go") and self.isEnabled()

    def _icon_px(self) -> int:
        return theme().px(21 if self._size == "xl" else 18)

    def _line_width(self) -> int:
        width = line(self._words(), _STEP[self._size], 600).width
        return width + (self._icon_px() + theme().px(8) if self._icon else 0)

    def _words(self) -> str:
        return self.text().replace("&", "")

    def _paint_row(self, painter: QPainter) -> None:
        look, middle = theme(), self.height() / 2
        has_room = self.width() >= self.sizeHint().width()  # in a narrow place the words are worth more
        cap = key_cap_width(self.key) if self.key and has_room else 0
        gap = look.px(8) if cap else 0
        room = self.width() - 2 * look.px(6)
        content = min(self._line_width() + gap + cap, room) if self._words() else self._icon_px()
        end = self._paint_line(painter, (self.width() - content) / 2, middle, room - gap - cap)
        if cap:
            at = self._mirrored(end + gap, cap)
            draw_key_cap(painter, at, middle, self.key, on_fill=self._on_fill())

    def _paint_tile(self, painter: QPainter) -> None:
        look = theme()
        width = min(self._line_width(), self.width() - look.px(8))
        self._paint_line(painter, (self.width() - width) / 2, self.height() * 0.34, self.width() - look.px(8))
        cap = key_cap_width(self.key)
        draw_key_cap(
            painter, (self.width() - cap) / 2, self.height() * 0.69, self.key, on_fill=self._on_fill()
        )

    def _paint_line(self, painter: QPainter, x: float, middle: float, room: float) -> float:
        look, ink = theme(), self.ink()
        if self._icon:
            size = self._icon_px()
            paint_icon(painter, self._icon, self._mirrored(x, size), middle - size / 2, size, ink)
            x += size + look.px(8)
            room -= size + look.px(8)
        words = cut_line(self._words(), room, _STEP[self._size], 600)
        words.draw(painter, self._mirrored(x, words.width), middle, ink)
        return x + words.width

    def _mirrored(self, x: float, width: float) -> float:
        """Where a part stands that begins `x` from the leading side."""
        return self.width() - x - width if self.isRightToLeft() else x


def button(
    text: str,
    *,
    kind: str = "",
    size: str = "m",
    icon: str = "",
    key: str = "",
    run: Callable[[], object] | None = None,
) -> Button:
    """A button with its key printed on it; `run` is called on click. Shortcuts bind the key."""
    made = Button(text, kind=kind, size=size, icon=icon, key=key)
    if run is not None:
        made.clicked.connect(lambda _checked=False: run())
    return made


def action_button(action: Action, *, words: str = "", kind: str = "", size: str = "m") -> Button:
    """The button of an action; with other `words` where its text is too long."""
    return button(
        words or action.text, kind=kind, size=size, icon=action.icon, key=action.key, run=action.run
    )


def action_icon(action: Action, *, kind: str = "plain") -> Button:
    """The button of an action that shows its icon alone."""
    made = icon_button(action.icon, action.text, kind=kind, key=action.key)
    if (run := action.run) is not None:
        made.clicked.connect(lambda _checked=False: run())
    return made


def icon_button(icon: str, name: str, *, kind: str = "plain", key: str = "") -> Button:
    """A button with only an icon; `name` is its accessible name and its tool tip."""
    made = Button("", kind=kind, size="s", icon=icon)
    made.setAccessibleName(name)
    if key:
        made.set_tip(name, key)
    else:
        made.setToolTip(name)
    return made


class CheckBox(HearsToggle, QCheckBox):
    """A check box whose tick is drawn from the tokens; the whole line is the target."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._gives_way = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.hear_toggle()

    def give_way(self) -> None:
        """In a narrow row its words are cut; the tool tip has all of them."""
        self._gives_way = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.text())

    def sizeHint(self) -> QSize:
        """Box and words."""
        look = theme()
        width = look.metrics("body").horizontalAdvance(self.text().replace("&", ""))
        return QSize(width + look.px(32), look.tool_height(32))

    def minimumSizeHint(self) -> QSize:
        """Never cut, but for one that gives way."""
        full = self.sizeHint()
        return QSize(min(full.width(), theme().px(96)), full.height()) if self._gives_way else full

    def hitButton(self, pos: object) -> bool:
        """Box and words press alike."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the form; only the space bar ticks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick and words."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        side, middle = look.px(20), self.height() / 2
        x = self.width() - side if self.isRightToLeft() else 0
        rect = QRectF(x, round(middle - side / 2), side, side)
        if self.isChecked():
            box(painter, rect, look.px(5), tokens.fill)
            paint_icon(
                painter, "check", rect.x() + look.px(2), rect.y() + look.px(2), look.px(16), tokens.on_fill
            )
        else:
            box(painter, rect, look.px(5), tokens.surface, tokens.control)
        ink = tokens.text if self.isEnabled() else tokens.text3
        at = side + look.px(8)
        words = cut(self.text().replace("&", ""), look.font("body"), self.width() - at)
        if self.isRightToLeft():
            at = self.width() - at - look.metrics("body").horizontalAdvance(words)
        draw_text(painter, at, middle, words, look.font("body"), ink)
        painter.end()
