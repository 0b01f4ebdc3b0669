"""The people who can sign in, as tiles beside and below each other."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from posapp.domain.people.users import Seat
from posapp.ui.tables import ROW, Index, RowListModel
from posapp.ui.theme import theme
from posapp.ui.widgets.initials import draw_initials
from posapp.ui.widgets.paint import box, cut, draw_text

HIGH, GAP, COLUMNS = 84, 12, 2
_ROUND = 48
Second = Callable[[Seat], str]


class _TileDelegate(QStyledItemDelegate):
    """A card: initials, name, and below what is told of them."""

    def __init__(self, second: Second, tiles: "Tiles") -> None:
        super().__init__(tiles)
        self._second, self._tiles = second, tiles

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._tiles.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, tokens = theme(), theme().tokens
        px, seat = look.px, index.data(ROW)
        is_chosen = index.row() == self._tiles.currentIndex().row()
        room = QRectF(option.rect)
        is_leading, half = index.row() % COLUMNS == 0, px(GAP / COLUMNS)
        inset = 0 if is_leading != self._tiles.isRightToLeft() else half
        area = QRectF(room.x() + inset, room.y(), room.width() - half, px(HIGH))
        fill, line = (tokens.primary_soft, tokens.primary) if is_chosen else (tokens.surface, tokens.border)
        box(painter, area, px(10), fill, line, 2 if is_chosen else 1)
        side = px(_ROUND)
        middle, is_mirrored = area.center().y(), self._tiles.isRightToLeft()
        left = area.right() - px(17) - side if is_mirrored else area.x() + px(17)
        circle = QRectF(left, middle - side / 2, side, side)
        draw_initials(painter, circle, seat.tile.name, step="strong", is_chosen=is_chosen)
        width = area.width() - side - px(17 + 14 + 16)
        lines = (
            (seat.tile.name, "field", 600, tokens.text),
            (self._second(seat), "small", 400, tokens.text2),
        )
        for (text, step, weight, ink), at in zip(lines, (middle - px(10), middle + px(11)), strict=True):
            font = look.font(step, weight)
            shown = cut(text, font, width)
            start = circle.right() + px(14)
            if is_mirrored:
                start = circle.left() - px(14) - look.metrics(step, weight).horizontalAdvance(shown)
            draw_text(painter, start, at, shown, font, ink)


class Tiles(QListView):
    """Shows who is there; keys are told to it, since the focus stays where the PIN is typed."""

    chosen = Signal(object)
    """Another seat is marked, or None."""

    def __init__(self, second: Second) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Who is at the till?"))
        self._is_filling = False
        self._model = RowListModel(lambda seat: f"{seat.tile.name}, {second(seat)}", self)
        self.setModel(self._model)
        self.setItemDelegate(_TileDelegate(second, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def seat(self) -> Seat | None:
        """Who is marked."""
        found: Seat | None = self._model.row_at(self.currentIndex())
        return found

    def seats(self) -> Sequence[Seat]:
        """Whom it shows."""
        return self._model.rows()

    def show_seats(self, seats: Sequence[Seat], marked: int | None) -> None:
        """Show these people; the one of that key is marked, else the first."""
        kept = [seat.tile.user_id for seat in seats]
        self._is_filling = True
        self._model.show_rows(seats)
        self._fit()
        if seats:
            self.setCurrentIndex(self._model.index(kept.index(marked) if marked in kept else 0, 0))
        self._is_filling = False
        self._tell()

    def _tell(self) -> None:
        if not self._is_filling:
            self.chosen.emit(self.seat)

    def walk(self, step: int) -> None:
        """Mark a tile so many further on."""
        place = self.currentIndex().row() + step
        if 0 <= place < self._model.rowCount():
            self.setCurrentIndex(self._model.index(place, 0))

    def refresh(self) -> None:
        """What is told of them has changed by the clock."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, whatever the width."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """As high as its rows; where there is no room for them all, the bar takes its share of the width."""
        high = theme().px(HIGH + GAP)
        whole = -(-self._model.rowCount() // COLUMNS) * high
        self.setMaximumHeight(max(whole, high))
        policy = Qt.ScrollBarPolicy
        is_cut = self.height() < whole
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if is_cut else policy.ScrollBarAlwaysOff)
        bar = self.verticalScrollBar().sizeHint().width() if is_cut else 0
        self.setGridSize(QSize((self.width() - bar - 1) // COLUMNS, high))
