"""Cells of the list that are more than words: the state as a pill, what is late in its tone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.domain.repairs.tickets import Alert
from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Index
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.paint import cut, draw_pill, draw_text


class _Cell(QStyledItemDelegate):
    """The ground as the style draws it, the content painted on top."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then content."""
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        painter.save()
        shown: ShownCard = index.data(ROW)
        rect = option.rect
        side = theme().px(12)
        self.paint_card(
            painter, shown, rect.x() + side, rect.y() + rect.height() / 2, rect.width() - 2 * side
        )
        painter.restore()

    def paint_card(self, painter: QPainter, shown: ShownCard, x: float, middle: float, room: float) -> None:
        """The content of the cell."""
        raise NotImplementedError


class StateCell(_Cell):
    """Shape, word and colour, as everywhere."""

    def paint_card(self, painter: QPainter, shown: ShownCard, x: float, middle: float, room: float) -> None:
        """The pill."""
        draw_pill(painter, x, middle, ticket_look(shown.state))


class DueCell(_Cell):
    """Late and due today stand out in shape and tone."""

    def paint_card(self, painter: QPainter, shown: ShownCard, x: float, middle: float, room: float) -> None:
        """Icon and words."""
        look, tokens = theme(), theme().tokens
        icon, tone, weight = "", tokens.text, None
        if shown.is_late:
            icon, tone, weight = "triangle-alert", tokens.danger, 600
        elif Alert.DUE_TODAY in shown.alerts:
            icon, tone, weight = "clock", tokens.warning, 600
        if icon:
            side = look.px(15)
            paint_icon(painter, icon, x, middle - side / 2, side, tone)
            x, room = x + side + look.px(5), room - side - look.px(5)
        font = look.font("body", weight)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        draw_text(painter, x, middle, cut(shown.due_words, font, room), font, tone)
