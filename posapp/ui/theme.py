"""How everything looks: the tokens of the moment, the scale of this till, one palette, one style sheet.

A length of the design is a pixel at 100 %; a till may be set to another scale. Colours stand in
`resources/tokens`, what they do in `resources/style`.

A palette and a style sheet belong to the application, so there is one `Theme` per application;
`theme()` gives it to whoever paints. Delegates and painted widgets ask it in every paint and keep no colours.
"""

import re
from functools import lru_cache
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from posapp.paths import resources
from posapp.ui.fonts import SCALE, load_interface_fonts, make_font
from posapp.ui.tokens import Tokens, load_tokens

Choice = Literal["system", "light", "dark"]

_COLOUR = re.compile(r"@(\w+)")
_LENGTH = re.compile(r"\b(\d+)u\b")
_TOUCH_ROW, _TOUCH_TOOL = 48, 44


class Theme(QObject):
    """Light or dark, how large, for fingers or not. `changed` says that everything must be painted anew."""

    changed = Signal()

    def __init__(self, *, choice: Choice = "system", scale: int = 100, touch: bool = False) -> None:
        super().__init__()
        self.choice: Choice = choice
        """What the till asked for: follow the system, or one of the two always."""
        self.scale = scale
        """Percent of the design's sizes."""
        self.touch = touch
        """Whether small targets are made larger for fingers."""
        self._app: QApplication | None = None
        self.tokens = load_tokens("light")
        """The colours of now. Read them in every paint."""
        self._fonts: dict[tuple[str, int | None, bool], QFont] = {}

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in use."""
        return self.tokens is load_tokens("dark")

    def px(self, length: float) -> int:
        """A length of the design in pixels of this till."""
        return round(length * self.scale / 100)

    def row_height(self, design: int) -> int:
        """Height of a row of a table or list; never below 48 for fingers."""
        return self.px(max(design, _TOUCH_ROW) if self.touch else design)

    def tool_height(self, design: int = 36) -> int:
        """Height of a chip or tool button; never below 44 for fingers."""
        return self.px(max(design, _TOUCH_TOOL) if self.touch else design)

    def font(self, size: str = "body", weight: int | None = None, *, mono: bool = False) -> QFont:
        """A font of the type scale by name ("caption" to "change"); `weight` replaces its usual weight."""
        key = (size, weight, mono)
        if key not in self._fonts:
            step = SCALE[size]
            self._fonts[key] = make_font(self.px(step.size), weight or step.weight, mono=mono)
        return self._fonts[key]

    def line(self, size: str = "body") -> int:
        """Line height of a step of the type scale, in pixels of this till."""
        return self.px(SCALE[size].line)

    def metrics(self, size: str = "body", weight: int | None = None) -> QFontMetrics:
        """Measures of a font of the type scale."""
        return QFontMetrics(self.font(size, weight))

    def change(
        self, *, choice: Choice | None = None, scale: int | None = None, touch: bool | None = None
    ) -> None:
        """Take over settings of the till at once; what is None stays, and what stays is not dressed anew."""
        worn = self.choice, self.scale, self.touch
        wanted = choice or self.choice, scale or self.scale, self.touch if touch is None else touch
        if wanted != worn:
            self.choice, self.scale, self.touch = wanted
            self._refresh()

    def apply(self, app: QApplication) -> None:
        """Dress the application, and follow the system's light and dark from now on."""
        global _current  # noqa: PLW0603 - one application, one look
        _current = self
        self._app = app
        load_interface_fonts()
        if app.style().name() != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
        app.styleHints().colorSchemeChanged.connect(self._refresh)
        self._take_tokens()
        if style_sheet(self.tokens, self.scale) != app.styleSheet():  # else it is dressed like this
            self._refresh()

    def _take_tokens(self) -> None:
        self.tokens = load_tokens("dark" if self._wants_dark() else "light")
        self._fonts.clear()

    def _refresh(self) -> None:
        self._take_tokens()
        if self._app is None:
            return
        self._app.setFont(self.font("body"))
        self._app.setPalette(palette_of(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens, self.scale))
        self.changed.emit()
        for widget in self._app.allWidgets():
            widget.update()

    def _wants_dark(self) -> bool:
        if self.choice != "system" or self._app is None:
            return self.choice == "dark"
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark


_current: Theme | None = None


def theme() -> Theme:
    """The theme of the application; a plain one is put on if nobody did."""
    if _current is None:
        Theme().apply(cast(QApplication, QApplication.instance()))
    assert _current is not None
    return _current


def set_look(widget: QWidget, **properties: str | bool) -> None:
    """Set dynamic properties that the style sheet looks at (kind, size, tone, state, type) and dress anew."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


@lru_cache(maxsize=4)
def _template() -> str:
    return (resources() / "style" / "posapp.qss").read_text(encoding="utf-8")


def style_sheet(tokens: Tokens, scale: int = 100) -> str:
    """The one style sheet: `@name` in the template is a colour, `12u` a length of the design."""
    colours = tokens.named()
    text = _COLOUR.sub(lambda found: colours[found[1]], _template())
    return _LENGTH.sub(lambda found: f"{round(int(found[1]) * scale / 100)}px", text)


def palette_of(tokens: Tokens) -> QPalette:
    """Every role of the palette, so that no colour of the system shines through."""
    palette = QPalette()
    role = QPalette.ColorRole
    plain = {
        role.Window: tokens.bg,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_fill,
        role.Light: tokens.surface,
        role.Midlight: tokens.sunken,
        role.Mid: tokens.border,
        role.Dark: tokens.control,
        role.Shadow: QColor(0, 0, 0),
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Link: tokens.primary,
        role.LinkVisited: tokens.violet,
        role.Accent: tokens.fill,
    }
    for key, colour in plain.items():
        palette.setColor(key, colour)
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, tokens.text3)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, tokens.sunken)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Button, tokens.sunken)
    return palette
