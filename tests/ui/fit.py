"""Whether a window has room: every part is asked how much it needs, and none may lie over another."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button
from posapp.ui.widgets.labels import Elided
from posapp.ui.widgets.paint import key_cap_width
from posapp.ui.window.page import Page


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
        content, is_still = part.widget(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if part.horizontalScrollBarPolicy() == is_still or isinstance(content, Page):
            return (content.minimumSizeHint().width() if content else 0), part.viewport().width()
    elif isinstance(part, QLabel) and not isinstance(part, Elided) and "<" not in part.text():
        if part.wordWrap():
            return part.heightForWidth(part.width()), part.height()
        return part.fontMetrics().horizontalAdvance(part.text()), part.contentsRect().width()
    return 0, 0


def crowded(root: QWidget) -> list[str]:
    """What is lower or narrower than it can be, lies over its neighbour, or reaches out of what holds it."""
    found = []
    for host in (root, *root.findChildren(QWidget)):
        if not host.isVisible() or host.visibleRegion().isEmpty():
            continue
        if isinstance(host, QLineEdit | QComboBox) and host.height() < host.fontMetrics().height():
            found.append(f"{_name(host)}: lower than its letters, {host.height()}")
        layout = host.layout()
        if layout is not None:
            found += _crowded_in(host, list(_items(layout)))
    return found


def _items(layout: QLayout) -> Iterator[QLayoutItem]:
    """The widgets in sight that a layout has placed, those of the layouts in it too."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        assert item is not None
        inner, part = item.layout(), item.widget()
        if inner is not None:
            yield from _items(inner)
        elif part is not None and part.isVisible() and not isinstance(layout, QStackedLayout):
            yield item


def _crowded_in(host: QWidget, items: list[QLayoutItem]) -> Iterator[str]:
    parts = [part for item in items if (part := item.widget()) is not None]
    for item, part in zip(items, parts, strict=True):
        needs, place = item.minimumSize(), part.geometry()
        if isinstance(part, QAbstractButton | QLabel):
            needs.setWidth(0)  # words that are cut are found as such
        inner = part.layout()
        is_leaf = inner is None or not inner.count()
        if is_leaf and (place.width() < needs.width() - 1 or place.height() < needs.height() - 1):
            has = f"{place.width()}x{place.height()} of {needs.width()}x{needs.height()}"
            yield f"{_name(part)} in {_name(host)}: squeezed, {has}"
        if not host.rect().adjusted(-1, -1, 1, 1).contains(place):
            yield f"{_name(part)} in {_name(host)}: reaches out, {place.getRect()} of {host.size().toTuple()}"
    for one, other in combinations(parts, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > 1 and both.height() > 1:
            yield f"{_name(one)} and {_name(other)} in {_name(host)}: one over the other, {both.getRect()}"


def _name(part: QWidget) -> str:
    words = part.text() if isinstance(part, QLabel | QAbstractButton) else part.accessibleName()
    return f"{type(part).__name__} {words[:30]}".strip()
