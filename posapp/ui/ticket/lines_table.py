"""The lines of a ticket as a table of rows 50 high: part or work, state, warranty, price."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Column, RowsModel, dress_list
from posapp.ui.theme import theme
from posapp.ui.ticket.lines_rows import ICONS, LineRow
from posapp.ui.widgets.paint import cut, draw_text
from posapp.ui.wording import Wording

WHAT, STATE, WARRANTY, PRICE = range(4)
_WIDTHS = {STATE: 126, WARRANTY: 96, PRICE: 92}
_NARROW = 400
"""In less than that the warranty is left to the row that is edited."""
ROW_HIGH, EDIT_HIGH, _SIDE, _ICON = 50, 132, 16, 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKE_OFF = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class TicketLineDelegate(QStyledItemDelegate):
    """Paints a cell in the colours of now."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, bar and words."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, tokens.selection)
            if index.column() == WHAT:
                x = rect.right() + 1 - look.px(4) if is_mirrored else rect.x()
                painter.fillRect(x, rect.y(), look.px(4), rect.height(), tokens.primary)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        row: LineRow = index.data(ROW)
        if index.column() == WHAT:
            self._what(painter, option, row)
        elif index.column() == STATE:
            self._state(painter, option, row)
        else:
            is_price = index.column() == PRICE
            self._words(painter, option, str(index.data()), is_price=is_price)

    def _what(self, painter: QPainter, option: QStyleOptionViewItem, row: LineRow) -> None:
        look, tokens, rect = theme(), theme().tokens, option.rect
        room = rect.width() - look.px(_SIDE + 8)
        upper = rect.y() + rect.height() * (0.34 if row.second else 0.5)
        for text, step, weight, middle, ink in (
            (row.text, "field", 500, upper, tokens.text),
            (row.second, "small", 400, rect.y() + rect.height() * 0.70, tokens.text2),
        ):
            if text:
                font = look.font(step, weight)
                shown = cut(text, font, room)
                self._draw(painter, option, look.px(_SIDE), shown, (step, weight), middle, ink)

    def _state(self, painter: QPainter, option: QStyleOptionViewItem, row: LineRow) -> None:
        look, tokens, rect = theme(), theme().tokens, option.rect
        icon, tone = ICONS[row.state]
        side, ink = look.px(_ICON), tokens.colour(tone)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        inner = look.px(_SIDE)
        x = rect.right() + 1 - inner - side if is_mirrored else rect.x() + inner
        middle = rect.y() + rect.height() / 2
        paint_icon(painter, icon, x, middle - side / 2, side, ink)
        font, room = look.font("small", 600), rect.width() - inner - look.px(_ICON + 8)
        self._draw(
            painter,
            option,
            inner + look.px(_ICON + 6),
            cut(row.state_words, font, room),
            ("small", 600),
            middle,
            ink,
        )

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, text: str, *, is_price: bool) -> None:
        look, tokens, rect = theme(), theme().tokens, option.rect
        middle = rect.y() + rect.height() / 2
        if not is_price:
            self._draw(painter, option, look.px(_SIDE), text, ("small", 400), middle, tokens.text2)
            return
        before = rect.width() - look.px(_SIDE) - look.metrics("field", 600).horizontalAdvance(text)
        self._draw(painter, option, before, text, ("field", 600), middle, tokens.text)

    @staticmethod
    def _draw(
        painter: QPainter,
        option: QStyleOptionViewItem,
        before: float,
        text: str,
        font: tuple[str, int],
        middle: float,
        ink: object,
    ) -> None:
        """Words `before` pixels from the side where the cell begins."""
        look, rect = theme(), option.rect
        x: float = rect.x() + before
        if option.direction == Qt.LayoutDirection.RightToLeft:
            x = rect.right() + 1 - before - look.metrics(*font).horizontalAdvance(text)
        draw_text(painter, x, middle, text, look.font(*font), ink)  # type: ignore[arg-type]


class LinesTable(QTableView):
    """Enter edits a row, U uses its part, R puts it back, Del takes it off; a letter is for the field."""

    opened = Signal(int)
    removed = Signal(int)
    used = Signal(int)
    put_back = Signal(int)
    chosen = Signal()  # another row, or none
    left = Signal()  # up from the first row

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._model = RowsModel(self._columns(wording), self)
        self.setModel(self._model)
        self.setItemDelegate(TicketLineDelegate(self))
        self.setAccessibleName(self.tr("Parts and work"))
        dress_list(self)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._editing: int | None = None
        self._none = ""
        self._fit()
        theme().changed.connect(self._fit)

    def _columns(self, wording: Wording) -> tuple[Column, ...]:
        def price(row: LineRow) -> str:
            return "" if row.amount_minor is None else wording.price(row.amount_minor)

        return (
            Column(self.tr("Part or work"), lambda row: ", ".join(filter(None, (row.text, row.second)))),
            Column(self.tr("State"), lambda row: row.state_words),
            Column(self.tr("Warranty"), lambda row: row.warranty),
            Column(self.tr("Price"), price, is_figure=True),
        )

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row_height(ROW_HIGH))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme().px(width))
        self.setColumnHidden(WARRANTY, self.width() < theme().px(_NARROW))
        self.setMinimumHeight(theme().row_height(ROW_HIGH) + theme().px(34))

    def resizeEvent(self, event: object) -> None:
        """A narrow one leaves the words more room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; where there are none, a sentence that says so."""
        super().paintEvent(event)
        if self._none:
            look, view = theme(), self.viewport()
            room = view.width() - look.px(2 * _SIDE)
            words = cut(self._none, look.font("small"), room)
            width = look.metrics("small").horizontalAdvance(words)
            before = view.width() - look.px(_SIDE) - width if self.isRightToLeft() else look.px(_SIDE)
            painter = QPainter(view)
            draw_text(painter, before, look.px(24), words, look.font("small"), look.tokens.text2)
            painter.end()

    # -- rows ----------------------------------------------------------------------------------------
    def show_rows(self, rows: Sequence[LineRow], none: str = "") -> None:
        """Replace the rows; the chosen place stays chosen. `none` is what is said where there are none."""
        self._none = "" if rows else none
        self.setAccessibleDescription(self._none)
        place = self.place()
        self.end_edit()
        self._model.show_rows(rows)
        if rows:
            self.choose(min(max(place, 0), len(rows) - 1))
        self.chosen.emit()

    def rows(self) -> tuple[LineRow, ...]:
        """All rows, as they are shown."""
        return self._model.rows()

    def row(self) -> LineRow | None:
        """The chosen row."""
        found = self._model.row_at(self.currentIndex()) if self.currentIndex().isValid() else None
        return found if isinstance(found, LineRow) else None

    def place(self) -> int:
        """The place of the chosen row, -1 for none."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def choose(self, place: int) -> None:
        """Make a row the current one, in sight."""
        index = self._model.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def currentChanged(
        self, now: QModelIndex | QPersistentModelIndex, before: QModelIndex | QPersistentModelIndex
    ) -> None:
        """What can be done is another thing."""
        super().currentChanged(now, before)
        self.chosen.emit()

    # -- a row that is edited ------------------------------------------------------------------------
    def begin_edit(self, place: int, form: QWidget) -> None:
        """The form stands in the place of the row until `end_edit`."""
        self.end_edit()
        self._editing = place
        self.setSpan(place, 0, 1, self._model.columnCount())
        self.setRowHeight(place, max(theme().px(EDIT_HIGH), form.sizeHint().height()))
        self.setIndexWidget(self._model.index(place, 0), form)
        self.scrollTo(self._model.index(place, 0))

    def end_edit(self) -> None:
        """The row stands there again."""
        if self._editing is None:
            return
        place, self._editing = self._editing, None
        self.setIndexWidget(self._model.index(place, 0), None)  # type: ignore[arg-type]
        self.clearSpans()
        self.setRowHeight(place, theme().row_height(ROW_HIGH))

    # -- keys ----------------------------------------------------------------------------------------
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Never on nothing."""
        super().focusInEvent(event)
        if self.place() < 0 and self._model.rowCount():
            self.choose(0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table."""
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a row; the rest is the table's."""
        place, key = self.place(), event.key()
        asked = {Qt.Key.Key_U: self.used, Qt.Key.Key_R: self.put_back}.get(Qt.Key(key))
        asked = self.opened if key in _ENTER else self.removed if key in _TAKE_OFF else asked
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Up and place <= 0:
            self.left.emit()
        elif asked is not None and place >= 0:
            asked.emit(place)
        elif asked is None and event.text().isdigit():
            event.ignore()  # the states of the ticket
        else:
            super().keyPressEvent(event)
