"""What each role may do, as a table: permissions by part of the trade, a column for each role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from posapp.domain.base.actor import Permission
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.people.roles import RoleRights
from posapp.domain.people.users import Role
from posapp.ui.icons import paint_icon
from posapp.ui.settings.role_words import permission_groups, role_word, why_fixed
from posapp.ui.tables import ROW, SHOWN, SPOKEN, Index, dress_list
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import translator

_tr = translator("Roles")
ROLES = tuple(Role)
_HEIGHT, _WIDTH, _NARROW = 40, 104, 84
_ALIGN = Qt.ItemDataRole.TextAlignmentRole


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A row: a head of a part (no `permission`), the discount limit (`is_limit`), or something one may do."""

    words: str
    permission: Permission | None = None
    is_limit: bool = False

    @property
    def is_head(self) -> bool:
        """Whether it only names what stands below it."""
        return self.permission is None and not self.is_limit


def role_lines() -> list[RoleLine]:
    """All rows in order."""
    lines = [RoleLine(_tr("Discounts")), RoleLine(_tr("Discount alone, up to"), is_limit=True)]
    for part, permissions in permission_groups():
        lines.append(RoleLine(part))
        lines += [RoleLine(words, permission) for permission, words in permissions]
    return lines


class RoleModel(QAbstractTableModel):
    """Lines by roles. What is fixed says why (`why`)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[RoleLine] = role_lines()
        self._rights: Mapping[Role, RoleRights] = {}
        self._is_read_only = False

    def show_rights(self, rights: Sequence[RoleRights], *, is_read_only: bool) -> None:
        """Show what the roles may do now; the cursor stays."""
        self._rights = {one.role: one for one in rights}
        self._is_read_only = is_read_only
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rights(self, role: Role) -> RoleRights | None:
        """What a role may do, None while nobody has read it."""
        return self._rights.get(role)

    def cell(self, index: Index) -> tuple[RoleLine, Role] | None:
        """What a cell is about; None for words and heads."""
        if not index.isValid() or index.column() == 0 or self.lines[index.row()].is_head:
            return None
        return self.lines[index.row()], ROLES[index.column() - 1]

    def is_granted(self, index: Index) -> bool:
        """Whether the role may do it."""
        found = self.cell(index)
        rights = self._rights.get(found[1]) if found else None
        return bool(found and rights and found[0].permission in rights.permissions)

    def why(self, index: Index) -> str:
        """Why a cell does not change; "" for one that does."""
        found = self.cell(index)
        if found is None:
            return ""
        fixed = why_fixed(found[1], found[0].permission)
        return fixed or (_tr("Only an Admin changes what roles may do.") if self._is_read_only else "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Heads count."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Words, then the roles."""
        return 0 if parent.isValid() else 1 + len(ROLES)

    def data(self, index: Index, role: int = SHOWN) -> Any:
        """Words, the limit, the tick; and for a listener all of it in a sentence."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role == _ALIGN and index.column():
            return Qt.AlignmentFlag.AlignCenter
        if role in (SHOWN, SPOKEN) and index.column() == 0:
            return line.words
        if role == SHOWN:
            return self._limit(index) if line.is_limit else None
        if role == SPOKEN:
            return self._spoken(index)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() and line.permission is not None:
            return Qt.CheckState.Checked if self.is_granted(index) else Qt.CheckState.Unchecked
        return None

    def _limit(self, index: Index) -> str:
        rights = self._rights.get(ROLES[index.column() - 1])
        return f"{percent_text(rights.discount_limit)} %" if rights else ""

    def _spoken(self, index: Index) -> str:
        found = self.cell(index)
        if found is None:
            return ""
        line, role = found
        may = _tr("allowed") if self.is_granted(index) else _tr("not allowed")
        state = self._limit(index) if line.is_limit else may
        words = _tr("{role}, {what}: {state}").format(role=role_word(role), what=line.words, state=state)
        return f"{words}. {self.why(index)}" if self.why(index) else words

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        """The roles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(ROLES):
            return None
        if role == SHOWN:
            return role_word(ROLES[section - 1]) if section else _tr("May")
        if role == _ALIGN:
            first = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            return Qt.AlignmentFlag.AlignCenter if section else first
        return None


class RoleDelegate(QStyledItemDelegate):
    """Paints words, ticks and limits in the colours of now; what is fixed is grey."""

    def __init__(self, view: "RoleTable") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as every row."""
        return QSize(theme().px(_WIDTH), theme().row_height(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, and what stands in it."""
        tokens, rect, line = theme().tokens, option.rect, index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.is_head:
            painter.fillRect(rect, tokens.sunken)
        elif index.row() == self._view.currentIndex().row():
            painter.fillRect(rect, tokens.selection)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        if index.column() == 0:
            self._words(painter, rect, line, option.direction)
        elif line.is_limit:
            self._figure(painter, rect, index)
        elif not line.is_head:
            self._tick(painter, rect, index)
        if option.state & QStyle.StateFlag.State_HasFocus and not line.is_head and index.column():
            inner = QRectF(rect).adjusted(2, 2, -2, -3)
            painter.setPen(tokens.primary)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for shrink in (0.0, 1.0):
                painter.drawRoundedRect(inner.adjusted(shrink, shrink, -shrink, -shrink), 6, 6)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, line: RoleLine, direction: Qt.LayoutDirection) -> None:
        look, tokens = theme(), theme().tokens
        font = look.font("body", 600 if line.is_head else None)
        side = look.px(16)
        words = cut(line.words, font, rect.width() - 2 * side)
        width = look.metrics("body", 600 if line.is_head else None).horizontalAdvance(words)
        is_rtl = direction == Qt.LayoutDirection.RightToLeft
        x = rect.right() - side - width if is_rtl else rect.x() + side
        ink = tokens.text if line.is_head else tokens.text2
        draw_text(painter, x, rect.center().y() + 1, words, font, ink)

    def _figure(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, tokens = theme(), theme().tokens
        words = str(index.data(SHOWN) or "")
        x = rect.center().x() - look.metrics("body", 600).horizontalAdvance(words) / 2
        ink = tokens.text3 if self._view.roles.why(index) else tokens.text
        draw_text(painter, x, rect.center().y() + 1, words, look.font("body", 600), ink)

    def _tick(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, tokens = theme(), theme().tokens
        model, side = self._view.roles, look.px(20)
        square = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        is_fixed, is_granted = bool(model.why(index)), model.is_granted(index)
        if is_fixed:
            box(painter, square, look.px(5), tokens.sunken, tokens.border)
        elif is_granted:
            box(painter, square, look.px(5), tokens.fill)
        else:
            box(painter, square, look.px(5), tokens.surface, tokens.control)
        if is_granted:
            ink = tokens.text3 if is_fixed else tokens.on_fill
            at = look.px(2)
            paint_icon(painter, "check", square.x() + at, square.y() + at, look.px(16), ink)


class RoleTable(QTableView):
    """The arrows go from cell to cell, Space and Enter change one; the heads of the roles stay in sight."""

    pressed_cell = Signal(QModelIndex)
    turned = Signal(QModelIndex)
    """Another cell is the current one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.roles = RoleModel(self)
        self.setModel(self.roles)
        self.setAccessibleName(name)
        self.setProperty("role", "ticks")  # heads as narrow as their columns
        dress_list(self)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(RoleDelegate(self))
        for row, line in enumerate(self.roles.lines):
            if line.is_head:
                self.setSpan(row, 0, 1, self.roles.columnCount())
        self.clicked.connect(self._clicked)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.setCurrentIndex(self.roles.index(1, 1 + ROLES.index(Role.MANAGER)))
        self._fit()
        theme().changed.connect(self._fit)

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window the roles stand closer together."""
        width = theme().px(_NARROW if is_narrow else _WIDTH)
        for column in range(1, self.roles.columnCount()):
            self.horizontalHeader().resizeSection(column, width)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table."""
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter change the cell, everything else moves."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.pressed_cell.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Only cells of roles are walked through, heads passed over; Home and End are a column's ends."""
        actions = QAbstractItemView.CursorAction
        now, last = self.currentIndex(), self.roles.rowCount() - 1
        column = max(now.column(), 1)
        if action in (actions.MoveHome, actions.MoveEnd):
            return self._cell(
                0 if action is actions.MoveHome else last, column, 1 if action is actions.MoveHome else -1
            )
        found = super().moveCursor(action, modifiers)
        step = -1 if found.row() < now.row() else 1
        return self._cell(found.row(), max(found.column(), 1) if found.column() else column, step)

    def _cell(self, row: int, column: int, step: int) -> QModelIndex:
        while 0 <= row < self.roles.rowCount() and self.roles.lines[row].is_head:
            row += step
        if not 0 <= row < self.roles.rowCount():
            return self.currentIndex()
        return self.roles.index(row, column)

    def _clicked(self, index: QModelIndex) -> None:
        if self.roles.cell(index) is not None:
            self.pressed_cell.emit(index)

    def _current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        for index in (now, before):
            if index.isValid():
                self.roles.dataChanged.emit(index.siblingAtColumn(0), index.siblingAtColumn(len(ROLES)))
        self.turned.emit(now)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row_height(_HEIGHT))
        self.set_narrow(is_narrow=False)
