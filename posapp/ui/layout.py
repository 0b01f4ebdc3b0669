"""Rows and columns: what stands below and beside each other, with the spacings of the design.

    rows(
        columns(title, STRETCH, close, gap=8),
        self.notice,
        wide(self.table),
        columns(self.save, self.cancel, STRETCH, gap=8),
        gap=12, pad=16, host=self,
    )

Lengths are the design's (`theme().px` makes the till's of them). `gap` stands between the parts, `pad` around
them: one length for all sides, two for the sides and for above and below, or left, above, right, below. With
`host` the parts are that widget's; without it they become a part of the next. A part is a widget, rows or
columns of their own, `STRETCH`, `space(4)`, or None, which is left out.

A field stands above in columns of higher ones: what is said below its neighbour must not move it.

Widgets come into the Tab order in the order in which they are named, so name them as they are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QVBoxLayout,
    QWidget,
)

from posapp.ui.theme import theme

Box = TypeVar("Box", bound=QBoxLayout)
Pad: TypeAlias = float | tuple[float, float] | tuple[float, float, float, float]
_NOWHERE = Qt.AlignmentFlag(0)
_ANY_WIDTH = (1 << 24) - 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A part with its share of the room that is left, and where it stands in its own."""

    part: "QWidget | QLayout | None"
    share: int = 0
    align: Qt.AlignmentFlag = _NOWHERE
    length: float = 0


Part: TypeAlias = QWidget | QLayout | Placed | None
STRETCH = Placed(None, 1)
"""Takes the room that is left."""


def wide(part: QWidget | QLayout, share: int = 1) -> Placed:
    """A part that takes its share of the room that is left."""
    return Placed(part, share)


def at(align: Qt.AlignmentFlag, part: QWidget | QLayout, share: int = 0) -> Placed:
    """A part that stands at a side of its room instead of filling it."""
    return Placed(part, share, align)


def top(part: QWidget | QLayout) -> Placed:
    """A part that stands above in a row of higher ones."""
    return at(Qt.AlignmentFlag.AlignTop, part)


def space(length: float) -> Placed:
    """An empty length of the design."""
    return Placed(None, length=length)


def rows(*parts: Part, gap: float | None = None, pad: Pad = 0, host: QWidget | None = None) -> QVBoxLayout:
    """The parts below each other."""
    return _filled(QVBoxLayout(host) if host is not None else QVBoxLayout(), parts, gap, pad)


def columns(*parts: Part, gap: float | None = None, pad: Pad = 0, host: QWidget | None = None) -> QHBoxLayout:
    """The parts beside each other."""
    return _filled(QHBoxLayout(host) if host is not None else QHBoxLayout(), parts, gap, pad)


def sides(*parts: Part, gap: float | None = None, pad: Pad = 0, host: QWidget | None = None) -> "Sides":
    """The parts beside each other where there is room, else below each other, each as wide as there is."""
    return _filled(Sides(host) if host is not None else Sides(), parts, gap, pad)


class Sides(QHBoxLayout):
    """Columns that become rows in a narrow window; what holds them scrolls then (a screen does)."""

    def __init__(self, *host: QWidget) -> None:
        super().__init__(*host)
        self.is_stacked, self._free_length = False, 0.0
        self._widths: dict[QWidget, int] = {}
        """What parts of a fixed width have beside each other."""

    def leave_free(self, length: float) -> None:
        """Room at the end for what lies over it, where there is as much; else it lies over the parts."""
        self._free_length = length
        self.invalidate()

    def minimumSize(self) -> QSize:
        """As narrow as the widest part."""
        least = super().minimumSize()
        if self.is_stacked:
            return least
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(min(widest + self._edges(), least.width()), least.height())

    def setGeometry(self, rect: QRect) -> None:
        """Put the parts beside or below each other."""
        free = theme().px(self._free_length)
        if free and rect.width() - self.minimumSize().width() >= free:
            host = self.parentWidget()
            mirrored = host is not None and host.isRightToLeft()
            rect = rect.adjusted(free, 0, 0, 0) if mirrored else rect.adjusted(0, 0, -free, 0)
        if (is_stacked := rect.width() < self._needed()) != self.is_stacked:
            self.is_stacked = is_stacked
            below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self.setDirection(below if is_stacked else beside)
            self.update()
        self._free()
        super().setGeometry(rect)

    def _free(self) -> None:
        """Below each other parts fill the width; beside each other they have their own again."""
        if not self.is_stacked:
            for part, width in self._widths.items():
                part.setFixedWidth(width)
            self._widths.clear()
            return
        for item in self._shown():
            fixed = item.widget()
            if fixed is not None and fixed.minimumWidth() == fixed.maximumWidth():
                self._widths[fixed] = fixed.minimumWidth()
                fixed.setMinimumWidth(0)
                fixed.setMaximumWidth(_ANY_WIDTH)

    def _needed(self) -> int:
        widths = [self._width(item) for item in self._shown()]
        return sum(widths) + self.spacing() * max(len(widths) - 1, 0) + self._edges()

    def _width(self, item: QLayoutItem) -> int:
        part = item.widget()
        least = item.minimumSize().width()
        return least if part is None else self._widths.get(part, least)

    def _edges(self) -> int:
        around = self.contentsMargins()
        return around.left() + around.right()

    def _shown(self) -> list[QLayoutItem]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]


def grid(
    *lines: Iterable[QWidget | QLayout | None],
    gap: tuple[float, float | None],
    shares: Iterable[int] = (),
    align: Qt.AlignmentFlag = _NOWHERE,
) -> QGridLayout:
    """Lines of parts in common columns, `gap` apart beside and below each other; `shares` of the columns.

    A line of one part is as wide as all of them.
    """
    lines_here, px, made = [tuple(line) for line in lines], theme().px, QGridLayout()
    made.setHorizontalSpacing(px(gap[0]))
    if gap[1] is not None:
        made.setVerticalSpacing(px(gap[1]))
    for column, share in enumerate(shares):
        made.setColumnStretch(column, share)
    widest = max(map(len, lines_here))
    for row, line in enumerate(lines_here):
        for column, part in enumerate(line):
            place = row, column, 1, widest if len(line) == 1 else 1, _stand(part, align)
            if isinstance(part, QWidget):
                made.addWidget(part, *place)
            elif part is not None:
                made.addLayout(part, *place)
    return made


def least_height(host: QWidget, width: int) -> int:
    """The height that the layout of a widget can do with at this width, -1 without one."""
    layout = host.layout()
    return layout.totalMinimumHeightForWidth(width) if layout is not None else -1


def held(layout: QLayout, host: QWidget | None = None) -> QWidget:
    """A widget that holds rows or columns, to be shown and hidden as one."""
    host = host or QWidget()
    host.setLayout(layout)
    return host


def put(layout: QBoxLayout, *parts: Part) -> None:
    """More parts at the end of rows or columns that are there."""
    for part in parts:
        if part is not None:
            _put(layout, part if isinstance(part, Placed) else Placed(part))


def let_go(layout: QLayout, parts: Iterable[QWidget]) -> None:
    """Take these widgets out of a layout for good."""
    for part in parts:
        layout.removeWidget(part)
        part.hide()
        part.deleteLater()


def emptied(layout: QLayout) -> None:
    """Take all widgets out of a layout and let them go."""
    while (item := layout.takeAt(0)) is not None:
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()


def refill(layout: QLayout, parts: Iterable[QWidget]) -> None:
    """Show these in a layout instead of what was there."""
    emptied(layout)
    for part in parts:
        layout.addWidget(part)
        if part.parentWidget() is not None:  # else it would be a window
            part.show()


def _filled(box: Box, parts: tuple[Part, ...], gap: float | None, pad: Pad) -> Box:
    px = theme().px
    if gap is not None:
        box.setSpacing(px(gap))
    box.setContentsMargins(*(px(length) for length in _sides(pad)))
    put(box, *parts)
    return box


def _stand(part: QWidget | QLayout | None, align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    is_field = align == _NOWHERE and getattr(part, "is_field", False)
    return Qt.AlignmentFlag.AlignTop if is_field else align


def _put(layout: QBoxLayout, placed: Placed) -> None:
    if isinstance(placed.part, QWidget):
        is_row = isinstance(layout, QHBoxLayout)
        align = _stand(placed.part, placed.align) if is_row else placed.align
        layout.addWidget(placed.part, placed.share, align)
    elif placed.part is not None:
        layout.addLayout(placed.part, placed.share)
        if placed.align != _NOWHERE:
            layout.setAlignment(placed.part, placed.align)
    elif placed.share:
        layout.addStretch(placed.share)
    else:
        layout.addSpacing(theme().px(placed.length))


def _sides(pad: Pad) -> tuple[float, float, float, float]:
    if not isinstance(pad, tuple):
        return (pad, pad, pad, pad)
    if len(pad) == 2:
        return (pad[0], pad[1], pad[0], pad[1])
    return pad
