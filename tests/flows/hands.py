"""Two ways to do the same work: a hand on the keys and a hand on the mouse. Each counts what a task costs.

A task is said once, as steps that a clerk would name. `ByKeys` presses the key that is printed on them,
`ByMouse` clicks what can be seen there: it aims at a place of the window, so that whatever lies over it gets
the click. A typed text counts as one.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tests.flows.clerk import Clerk, until


@dataclass
class Hand(ABC):
    """What a clerk can do with the program, and what it has cost: `costs` by task, its dearest turn."""

    clerk: Clerk
    costs: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        """What is done inside is this task."""
        self._count = 0
        yield
        self.costs[name] = max(self.costs.get(name, 0), self._count)

    def keys(self, *keys: str) -> None:
        """Press keys, whichever hand it is: what has no button."""
        self.clerk.press(*keys)
        self._count += len(keys)

    def type(self, text: str) -> None:
        """Type where the cursor is."""
        self.clerk.type(text)
        self._count += 1

    @abstractmethod
    def do(self, words: str, *keys: str) -> None:
        """Press the button of these words, or its keys."""

    @abstractmethod
    def go(self, name: str, *keys: str) -> None:
        """Put the cursor into the field of that name, or press its keys."""

    @abstractmethod
    def fill(self, name: str, text: str) -> None:
        """Type into the field of that name."""

    @abstractmethod
    def tick(self, words: str) -> None:
        """Tick the box of these words."""

    @abstractmethod
    def take(self, words: str, *keys: str) -> None:
        """The row of a list that begins with, or says, these words; the keys lead there."""


class ByKeys(Hand):
    """Only keys."""

    def do(self, words: str, *keys: str) -> None:
        """Its keys; without any, Tab leads to the button and Enter presses it."""
        if keys:
            self.keys(*keys)
            return
        self._go(words)
        self.keys("Return")

    def go(self, name: str, *keys: str) -> None:
        """The keys."""
        self.keys(*keys)

    def fill(self, name: str, text: str) -> None:
        """Tab to it; what stands there is replaced."""
        self._go(name)
        self.type(text)

    def tick(self, words: str) -> None:
        """Tab leads there, Space ticks."""
        self._go(words)
        self.keys("Space")

    def take(self, words: str, *keys: str) -> None:
        """The keys."""
        self.keys(*keys)

    def _go(self, name: str) -> None:
        before = self.clerk.strokes
        self.clerk.tab_to(name)
        self._count += self.clerk.strokes - before


@dataclass
class ByMouse(Hand):
    """Clicks, and keys only to type."""

    _scrolled: QWidget | None = None

    def do(self, words: str, *keys: str) -> None:
        """Click it."""
        self._click(self._seen(words, _is_pressed))

    def go(self, name: str, *keys: str) -> None:
        """Click it."""
        self._click(self._seen(name, _is_written))

    def fill(self, name: str, text: str) -> None:
        """Click into it unless the cursor is there; what stands there is replaced."""
        target, now = self._seen(name, _is_written), self.clerk.focus()
        if not (target is now or target.isAncestorOf(now)):
            self._click(target)
            select = getattr(self.clerk.focus(), "selectAll", None)
            if select is not None:
                select()
        self.type(text)

    def tick(self, words: str) -> None:
        """Click it."""
        self.do(words)

    def take(self, words: str, *keys: str) -> None:
        """Click the row."""
        self._click(*self._row(words))

    # -- aiming --------------------------------------------------------------------------------------
    def _seen(self, name: str, of_kind: Callable[[QWidget], bool]) -> QWidget:
        found: list[QWidget] = []

        def look() -> bool:
            found[:] = [one for one in self._widgets() if name in _names(one) and of_kind(one)]
            return any(one.isEnabled() for one in found)

        until(look, f"nothing here is called {name}")
        return next(one for one in found if one.isEnabled())

    def _row(self, words: str) -> tuple[QWidget, QRect]:
        found: list[tuple[QWidget, QRect]] = []

        def look() -> bool:
            views = (one for one in self._widgets() if isinstance(one, QAbstractItemView))
            found[:] = [(one.viewport(), place) for one in views for place in _rows(one, words)]
            return bool(found)

        until(look, f"no row says {words}")
        return found[0]

    def _widgets(self) -> list[QWidget]:
        """What can be seen, in front first: a list that was opened below a field leaves the rest in sight."""
        fronts = (QApplication.activePopupWidget(), QApplication.activeModalWidget() or self.clerk.window)
        return [one for at in fronts if at for one in at.findChildren(QWidget) if one.isVisible()]

    def _click(self, widget: QWidget, place: QRect | None = None) -> None:
        self._scroll_to(widget)
        at, window = self._still(widget, place), widget.window().windowHandle()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self._count += 1
        self.clerk.quiet()

    def _scroll_to(self, widget: QWidget) -> None:
        """Turn the wheel until its middle can be seen; a turn counts as a click, however far."""
        area = _scroller(widget)
        while area is not None and not area.rect().contains(widget.mapTo(area, widget.rect().center())):
            is_below = widget.mapTo(area, widget.rect().center()).y() > 0
            _turn(area, -1 if is_below else 1)
            self._count += self._scrolled is not widget
            self._scrolled = widget
            self.clerk.quiet()

    def _still(self, widget: QWidget, place: QRect | None) -> QPoint:
        """The place in the window, once nothing moves there and a click would reach it."""
        window, aim = widget.window(), (place or _face(widget)).center()
        been: list[QPoint] = []

        def is_there() -> bool:
            been.append(widget.mapTo(window, aim))
            hit = window.childAt(been[-1])
            return (
                been[-3:] == 3 * been[-1:] and hit is not None and (hit is widget or widget.isAncestorOf(hit))
            )

        until(is_there, f"something lies over {_names(widget)}")
        return been[-1]


def _names(widget: QWidget) -> tuple[str, str]:
    """What it is called, and what is written on it."""
    if isinstance(widget, QLabel):
        link = widget.text().partition(">")[2].partition("</a>")
        return (link[0] if link[1] else "", "")
    return widget.accessibleName(), widget.text() if isinstance(widget, QAbstractButton) else ""


def _is_pressed(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton | QLabel)


def _is_written(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QComboBox)


def _face(widget: QWidget) -> QRect:
    """Where it is aimed at: the words of a link stand before its key, at the far end of their label."""
    if not isinstance(widget, QLabel):
        return widget.rect()
    wide = min(widget.sizeHint().width(), widget.width())
    return QRect(widget.width() - wide, 0, wide // 2, widget.height())


def _scroller(widget: QWidget) -> QWidget | None:
    """What shows a part of where it stands."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above.parentWidget(), QScrollArea):
        above = above.parentWidget()
    return above


def _turn(area: QWidget, notches: int) -> None:
    middle = area.rect().center().toPointF()
    none = QPoint()
    event = QWheelEvent(
        middle,
        area.mapToGlobal(middle),
        none,
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area, event)


def _rows(view: QAbstractItemView, words: str) -> Iterator[QRect]:
    """Where rows that say these words can be seen."""
    model = view.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        says = (index.data(Qt.ItemDataRole.AccessibleTextRole), index.data(Qt.ItemDataRole.DisplayRole))
        rect = view.visualRect(index)
        if any(words in str(one) for one in says if one) and view.viewport().rect().contains(rect.center()):
            yield rect


HANDS = (ByKeys, ByMouse)


def told(hand: Hand) -> None:
    """Say what each task cost; POSAPP_COSTS=1 pytest -s shows it."""
    if os.environ.get("POSAPP_COSTS"):
        for task, cost in hand.costs.items():
            print(f"{type(hand).__name__}\t{task}\t{cost}")
