"""Whether words have room: every part of a window is asked how much it needs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button
from posapp.ui.widgets.labels import Elided
from posapp.ui.widgets.paint import key_cap_width


def cut_off(root: QWidget) -> list[str]:
    """The labels, buttons and scrolled contents of a window that have less room than they need."""
    found = []
    for part in root.findChildren(QWidget):
        if not part.isVisible() or part.visibleRegion().isEmpty():
            continue
        needs, has = _needs(part)
        if needs > has + 1:
            words = part.text() if isinstance(part, QLabel | QAbstractButton) else type(part).__name__
            found.append(f"{words}: {has} of {needs} pixels")
    return found


def _needs(part: QWidget) -> tuple[int, int]:
    """What a part needs and has, in pixels; nothing for one that may cut or break its words."""
    if isinstance(part, Button) and part.text():
        key = key_cap_width(part.key) + theme().px(8) if part.key else 0  # it gives way to the words
        return part.sizeHint().width() - key, part.width()
    if isinstance(part, QScrollArea):
        if part.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            content = part.widget()
            return (content.minimumSizeHint().width() if content else 0), part.viewport().width()
    elif isinstance(part, QLabel) and not isinstance(part, Elided) and "<" not in part.text():
        if part.wordWrap():
            return part.heightForWidth(part.width()), part.height()
        return part.fontMetrics().horizontalAdvance(part.text()), part.contentsRect().width()
    return 0, 0
