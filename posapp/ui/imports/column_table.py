"""The columns of a table: samples, what each goes to, and how many rows have it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from posapp.domain.old_data.imports import ColumnSight, ImportField
from posapp.ui.fields.edits import Combo
from posapp.ui.icons import paint_icon
from posapp.ui.imports.order import Draft, shown_at_first
from posapp.ui.imports.words import field_word
from posapp.ui.tables import Column, RowsModel, dress_table
from posapp.ui.tables.rows_model import ROW, SHOWN, Index
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import translator

_tr = translator("Import")
NAME, SAMPLES, CHOICE, FILLED = range(4)
ROW_HEIGHT, BOX_HEIGHT = 40, 32
_WIDTHS = {NAME: 160, CHOICE: 260, FILLED: 112}
_COMPACT_WIDTHS = {NAME: 126, CHOICE: 190, FILLED: 80}
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F4)
State = Callable[[ColumnSight], tuple[ImportField | None, bool]]
"""What a column goes to now, and whether that is still open."""


class ChoiceBox(Combo):
    """The fields that a column can go to; it is open for as long as it is there."""

    closed = Signal()

    def showPopup(self) -> None:
        """Whatever was chosen, the box is done with its list; Escape closes that one past `hidePopup`."""
        super().showPopup()
        self.view().window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell that the list went."""
        if event.type() == QEvent.Type.Hide and isinstance(watched, QWidget) and watched.isWindow():
            self.closed.emit()
        return super().eventFilter(watched, event)


class ColumnDelegate(QStyledItemDelegate):
    """Paints a row in the colours of now; the choice looks like the box that opens over it."""

    def __init__(self, view: QWidget, state: State) -> None:
        super().__init__(view)
        self._view, self._state = view, state
        self.is_still = False
        """Whether nothing can be chosen now."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of the same height."""
        return QSize(0, theme().row_height(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and line, then what the column says."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        column: ColumnSight = index.data(ROW)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        field, is_open = self._state(column)
        painter.save()
        if is_selected:
            painter.fillRect(rect, tokens.selection)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        is_rtl = option.direction == Qt.LayoutDirection.RightToLeft
        if is_selected and index.column() == NAME:
            bar = look.px(4)
            at = rect.right() + 1 - bar if is_rtl else rect.x()
            painter.fillRect(at, rect.y(), bar, rect.height(), tokens.primary)
        is_faint = field is None and not is_open
        if index.column() == CHOICE:
            self._paint_choice(painter, choice_rect(rect, is_rtl=is_rtl), field, is_open, is_selected)
        else:
            self._paint_words(painter, rect, index, is_faint=is_faint, is_rtl=is_rtl)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, rect: QRect, index: Index, *, is_faint: bool, is_rtl: bool
    ) -> None:
        look, tokens, column = theme(), theme().tokens, index.column()
        side = look.px(15)
        start = side
        end = look.px(34) if column == SAMPLES else side if column == FILLED else look.px(8)
        if column == SAMPLES:
            icon = look.px(14)
            x = rect.x() + look.px(10) if is_rtl else rect.right() - look.px(10) - icon
            name = "arrow-left" if is_rtl else "arrow-right"
            paint_icon(painter, name, x, rect.center().y() - icon / 2, icon, tokens.text2)
        font = look.font("small") if column == SAMPLES else look.font("body", 600 if column == NAME else None)
        if column == NAME and is_faint:
            font = look.font("body")
        room = rect.width() - start - end
        words = cut(str(index.data(SHOWN) or ""), font, room)
        width = look.metrics("small" if column == SAMPLES else "body", 600 if column == NAME else None)
        length = width.horizontalAdvance(words)
        is_far = (column == FILLED) != is_rtl
        x = rect.right() + 1 - (end if not is_rtl else start) - length if is_far else rect.x()
        if not is_far:
            x += start if not is_rtl else end
        ink = tokens.text2 if column == SAMPLES or is_faint else tokens.text
        draw_text(painter, x, rect.center().y() + 0.5, words, font, ink)

    def _paint_choice(
        self, painter: QPainter, rect: QRect, field: ImportField | None, is_open: bool, is_selected: bool
    ) -> None:
        look, tokens = theme(), theme().tokens
        is_faint = field is None and not is_open
        has_ring = is_selected and self._view.hasFocus()
        line = (
            tokens.primary if has_ring else tokens.border if is_faint and not is_selected else tokens.control
        )
        fill = tokens.surface if not self.is_still else tokens.sunken
        box(painter, rect.toRectF(), look.px(8), fill, line, 2 if has_ring else 1)
        is_rtl = self._view.isRightToLeft()
        gap, icon, mark = look.px(12), look.px(18), look.px(16)
        middle = rect.center().y() + 0.5
        x = rect.x() + gap if not is_rtl else rect.right() + 1 - gap
        if is_open:
            at = x if not is_rtl else x - mark
            paint_icon(painter, "circle-help", at, middle - mark / 2, mark, tokens.warning)
            x += (mark + look.px(6)) * (1 if not is_rtl else -1)
        chevron = rect.right() - look.px(10) - icon if not is_rtl else rect.x() + look.px(10)
        paint_icon(painter, "chevron-down", chevron, middle - icon / 2, icon, tokens.text2)
        words = _tr("Choose a field") if is_open and field is None else field_word(field)
        weight = 600 if is_open else 500
        font = look.font("body", weight)
        room = chevron - x - look.px(4) if not is_rtl else x - chevron - icon - look.px(4)
        shown = cut(words, font, room)
        if is_rtl:
            x -= look.metrics("body", weight).horizontalAdvance(shown)
        ink = tokens.warning if is_open else tokens.text2 if is_faint else tokens.text
        draw_text(painter, x, middle, shown, font, ink)

    # -- choosing --------------------------------------------------------------------------------------
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A box with all fields, open at once; closing it is the end of it."""
        made = ChoiceBox()
        made.setParent(parent)
        made.setAccessibleName(_tr("What {column} goes to").format(column=index.data(ROW).name))
        for choice in (None, *ImportField):
            made.addItem(field_word(choice), choice)
        made.setMaxVisibleItems(17)
        made.activated.connect(lambda _row: self.commitData.emit(made))
        made.closed.connect(lambda: QTimer.singleShot(0, made, lambda: self._close(made)))
        QTimer.singleShot(0, made, made.showPopup)
        return made

    def _close(self, made: Combo) -> None:
        self.closeEditor.emit(made, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is chosen now."""
        field, _is_open = self._state(index.data(ROW))
        assert isinstance(editor, Combo)
        editor.setCurrentIndex(0 if field is None else list(ImportField).index(field) + 1)

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Tell the table what was chosen."""
        assert isinstance(editor, Combo)
        table = self._view
        assert isinstance(table, ColumnTable)
        row = editor.currentIndex()
        table.chose.emit(index.data(ROW).name, None if row <= 0 else list(ImportField)[row - 1])

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The box lies where the row shows one."""
        is_rtl = option.direction == Qt.LayoutDirection.RightToLeft
        editor.setGeometry(choice_rect(option.rect, is_rtl=is_rtl))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab in the box are its own; it closes with its list."""
        return False


def choice_rect(cell: QRect, *, is_rtl: bool) -> QRect:
    """Where the box of a choice lies in its cell."""
    px, height = theme().px, theme().px(BOX_HEIGHT)
    top = cell.y() + (cell.height() - 1 - height) // 2
    start, end = (px(15), px(9)) if not is_rtl else (px(9), px(15))
    return QRect(cell.x() + start, top, cell.width() - start - end, height)


class ColumnRows(RowsModel):
    """Of each column its choice can be changed."""

    is_compact = False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The choice has a box."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == CHOICE else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        """The last head is shorter where there is little room."""
        if section == FILLED and role == SHOWN and self.is_compact:
            return _tr("Filled")
        return super().headerData(section, orientation, role)


class ColumnTable(QTableView):
    """One row a column of the file. Tab goes to the next one and out after the last; Enter chooses."""

    chose = Signal(str, object)  # the column's name; ImportField or None

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._shows_all = False
        self.rows = ColumnRows(self._columns(), self)
        self.setModel(self.rows)
        self.setAccessibleName(_tr("Columns of the file"))
        dress_table(self, row=ROW_HEIGHT)
        self.setProperty("ring", False)  # the box of the current column has it
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(SAMPLES, QHeaderView.ResizeMode.Stretch)
        self.delegate = ColumnDelegate(self, self._state)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        theme().changed.connect(self._fit)
        self._fit()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_tr("In the file"), lambda row: row.name or _tr("(no name)")),
            Column(_tr("Samples"), lambda row: " · ".join(row.samples)),
            Column(_tr("Goes to"), self._spoken_choice),
            Column(_tr("Rows filled"), lambda row: f"{row.filled:,}", is_figure=True),
        )

    def _spoken_choice(self, row: ColumnSight) -> str:
        field, is_open = self._state(row)
        return _tr("Choose a field") if is_open and field is None else field_word(field)

    def _state(self, row: ColumnSight) -> tuple[ImportField | None, bool]:
        assert self._draft is not None
        return self._draft.field_of(row), self._draft.is_open(row)

    # -- showing ---------------------------------------------------------------------------------------
    def show_draft(self, draft: Draft) -> None:
        """Show the columns of a file; the same file keeps its place."""
        is_same = self._draft is not None and self._draft.sights == draft.sights
        self._draft = draft
        if is_same:
            self.viewport().update()
            return
        self._shows_all = False
        self._show_rows()
        if self.rows.rowCount():
            self.selectRow(0)
        self.scrollToTop()

    def show_all(self) -> None:
        """Show what is left out, too."""
        self._shows_all = not self._shows_all
        self._show_rows()
        self.selectRow(0)

    @property
    def shows_all(self) -> bool:
        """Whether every column is listed."""
        return self._shows_all

    @property
    def has_more(self) -> bool:
        """Whether some columns are not listed at first."""
        columns = self._draft.columns if self._draft is not None else ()
        return shown_at_first(columns) < len(columns)

    def _show_rows(self) -> None:
        assert self._draft is not None
        columns = self._draft.columns
        self.rows.show_rows(columns if self._shows_all else columns[: shown_at_first(columns)])

    def set_still(self, is_still: bool) -> None:
        """While rows are imported nothing is chosen."""
        self.delegate.is_still = is_still
        self.viewport().update()

    def set_compact(self, is_compact: bool) -> None:
        """Narrow windows have narrower boxes."""
        self.rows.is_compact = is_compact
        self._fit()

    def _fit(self) -> None:
        widths = _COMPACT_WIDTHS if self.rows.is_compact else _WIDTHS
        for column, width in widths.items():
            self.horizontalHeader().resizeSection(column, theme().px(width))
        self.verticalHeader().setDefaultSectionSize(theme().row_height(ROW_HEIGHT))

    # -- keys ------------------------------------------------------------------------------------------
    def choose(self) -> None:
        """Open the fields of the current column."""
        index = self.currentIndex()
        if index.isValid() and not self.delegate.is_still:
            self.edit(index.siblingAtColumn(CHOICE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and Alt+Down open the fields; letters are nobody's."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt_down or (event.key() in _OPENS and is_plain):
            self.choose()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes from column to column, and out at the ends."""
        row = self.currentIndex().row() + (1 if is_next else -1)
        if 0 <= row < self.rows.rowCount():
            self.selectRow(row)
            return True
        return QWidget.focusNextPrevChild(self, is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab it is entered at its first row, backwards at its last."""
        super().focusInEvent(event)
        last = self.rows.rowCount() - 1
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.selectRow(0)
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.selectRow(last)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box opens it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        cell = self.visualRect(index)
        if index.column() == CHOICE and choice_rect(cell, is_rtl=self.isRightToLeft()).contains(at):
            self.choose()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Only rows are walked through."""
        edges = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.rows.rowCount() - 1,
        }
        if action in edges:
            return self.rows.index(edges[action], NAME)
        index = super().moveCursor(action, modifiers)
        return index.siblingAtColumn(NAME) if index.isValid() else index

    def subject(self) -> object:
        """The column that keys are about."""
        return self.currentIndex().data(ROW)
