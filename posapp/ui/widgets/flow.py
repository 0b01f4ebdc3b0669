"""A layout that puts widgets in a row and starts another row where the room ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

from posapp.ui.theme import theme


class FlowLayout(QLayout):
    """Rows of widgets at their own size, `gap` (pixels of the design) apart, mirrored for right-to-left.

    Within a row they are `between` apart, where that is another distance. Hidden ones take no room.
    """

    def __init__(self, *, gap: int = 8, between: int | None = None) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._between = gap if between is None else between
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item (Qt calls this from `addWidget`)."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item back, None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the rows at that width."""
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items in place."""
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        """One row, if there is room."""
        gap = theme().px(self._between)
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        gap, y = theme().px(self._gap), 0
        for row in self._rows(rect.width()):
            height = max(size.height() for _, size, _ in row)
            if not is_trial:
                self._place(row, rect, rect.top() + y, height)
            y += height + gap
        return max(y - gap, 0)

    def _rows(self, room: int) -> list[list[tuple[QLayoutItem, QSize, int]]]:
        """Which items share a row, each with its size and where it begins."""
        rows: list[list[tuple[QLayoutItem, QSize, int]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if not rows or x + size.width() > room:
                rows.append([])
                x = 0
            size.setWidth(min(size.width(), room))
            rows[-1].append((item, size, x))
            x += size.width() + theme().px(self._between)
        return rows

    def _place(self, row: list[tuple[QLayoutItem, QSize, int]], rect: QRect, top: int, height: int) -> None:
        """Put a row into place, its items in the middle of it."""
        host = self.parentWidget()
        mirrored = host is not None and host.isRightToLeft()
        for item, size, x in row:
            left = rect.right() + 1 - x - size.width() if mirrored else rect.left() + x
            item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
