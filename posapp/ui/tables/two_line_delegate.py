"""A row of two lines in one paint: badge, name, second line, words at the end, the matched part bold.

One Python call a row is what keeps lists fast; so fonts and measures are kept for as long as the theme
stays the same, and colours are read in every paint.
"""

from dataclasses import dataclass
from typing import Any
from unicodedata import bidirectional

from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from posapp.ui.icons import paint_icon
from posapp.ui.tables.rows_model import ROW, Index
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import badge_size, draw_badge, draw_pill, pill_width
from posapp.ui.widgets.status import StatusLook

Span = tuple[int, int]
"""Start and length of the matched part."""


@dataclass(frozen=True, slots=True)
class TwoLineRow:
    """What the delegate paints. Tones are names of tokens."""

    name: str
    second: str = ""
    badge: str = ""
    lead: str = ""
    right: str = ""
    right_second: str = ""
    right_tone: str = "text2"
    second_tone: str = "text2"
    icon: str = ""
    pill: StatusLook | None = None
    name_match: Span | None = None
    second_match: Span | None = None
    is_strong: bool = False
    """Dark badge and tinted row: the customer at the counter."""


class TwoLineDelegate(QStyledItemDelegate):
    """Base of the delegates of lists: override `row_of` to say how a value looks."""

    height = 60
    lead_room = 70
    """Pixels of the design from badge, or lead (a time, a number), to the name: names stand in a line."""
    name_step, name_weight = "field", 600

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mirror: int | None = None
        theme().changed.connect(self._measure)
        self._measure()

    def row_of(self, value: Any) -> TwoLineRow:
        """How the value of a row looks; the value itself, if it already is a `TwoLineRow`."""
        if isinstance(value, TwoLineRow):
            return value
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of the same height."""
        return QSize(0, theme().row_height(self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row, in the colours of now; in a right-to-left layout it begins at the right."""
        row, rect = self.row_of(index.data(ROW)), option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        self._mirror = rect.left() + rect.right() + 1 if is_mirrored else None
        # The words decide: in the direction of the window a phone number would change the order of its parts.
        window = painter.layoutDirection()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._paint_ground(painter, rect, is_selected, row.is_strong, option)
        self._paint_row(painter, row, rect, strong=is_selected or row.is_strong)
        painter.setLayoutDirection(window)

    def _paint_row(self, painter: QPainter, row: TwoLineRow, rect: QRect, *, strong: bool) -> None:
        tokens = theme().tokens
        left, right = rect.x() + self._side, rect.right() - self._side
        upper, lower = rect.y() + self._upper, rect.y() + self._lower
        if not row.second:
            upper = rect.y() + self._only
        if row.badge:
            width = badge_size(row.badge)[0]
            at = self._at(left, width)
            draw_badge(painter, at, rect.center().y() + 0.5, row.badge, strong=strong)
            left += max(width + self._gap, self._lead_room)
        elif row.lead:
            font, metrics = self._lead
            width = metrics.horizontalAdvance(row.lead)
            at = self._at(left, width)
            painter.setFont(font)
            painter.setPen(tokens.text)
            painter.drawText(QPointF(at, rect.y() + self._only), row.lead)
            left += max(width + self._gap, self._lead_room)
        elif row.icon:
            at = self._at(left, self._icon)
            paint_icon(painter, row.icon, at, rect.center().y() - self._icon // 2, self._icon, tokens.text2)
            left += self._icon + self._gap
        right = self._paint_right(painter, row, rect, right)
        self._paint_text(
            painter, left, upper, row.name, row.name_match, self._name, right - left, tokens.text
        )
        if row.second:
            ink = tokens.colour(row.second_tone)
            self._paint_text(
                painter, left, lower, row.second, row.second_match, self._second, right - left, ink
            )

    def _at(self, x: int, width: int) -> int:
        """Where something stands that is `width` wide and `x` from the side where rows begin."""
        return x if self._mirror is None else self._mirror - x - width

    def _paint_ground(
        self, painter: QPainter, rect: QRect, is_selected: bool, is_tinted: bool, option: QStyleOptionViewItem
    ) -> None:
        tokens = theme().tokens
        if is_selected or is_tinted:
            painter.fillRect(rect, tokens.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.sunken)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        if is_selected:
            at = (
                rect.x()
                if option.direction == Qt.LayoutDirection.LeftToRight
                else rect.right() + 1 - self._bar
            )
            painter.fillRect(at, rect.y(), self._bar, rect.height(), tokens.primary)

    def _paint_right(self, painter: QPainter, row: TwoLineRow, rect: QRect, right: int) -> int:
        """Words and pill at the end; returns where the room for the name ends."""
        tokens, end = theme().tokens, right
        if row.pill is not None:
            width = pill_width(row.pill)
            draw_pill(painter, self._at(right - width, width), rect.center().y() + 0.5, row.pill)
            return right - width - self._gap
        for text, base, tone in (
            (row.right, self._upper if row.right_second else self._only, row.right_tone),
            (row.right_second, self._lower, "text2"),
        ):
            if text:
                font, metrics = self._strong_right if tone not in ("text2", "text3") else self._small_right
                width = metrics.horizontalAdvance(text)
                painter.setFont(font)
                painter.setPen(tokens.colour(tone))
                painter.drawText(QPointF(self._at(right - width, width), rect.y() + base), text)
                end = min(end, right - width - self._gap)
        return end

    def _paint_text(
        self,
        painter: QPainter,
        x: int,
        base: int,
        text: str,
        match: Span | None,
        fonts: tuple[QFont, QFontMetrics, QFont, QFontMetrics],
        room: int,
        ink: QColor,
    ) -> None:
        plain, plain_metrics, bold, bold_metrics = fonts
        if match is None:
            shown = _cut(text, plain, plain_metrics, room)
            at = x if self._mirror is None else self._at(x, plain_metrics.horizontalAdvance(shown))
            painter.setFont(plain)
            painter.setPen(ink)
            painter.drawText(QPointF(at, base), shown)
            return
        start, end = match[0], match[0] + match[1]
        pieces: list[tuple[str, int, bool]] = []
        left = room
        for piece, is_match in ((text[:start], False), (text[start:end], True), (text[end:], False)):
            if not piece or left <= 0:
                continue
            metrics = bold_metrics if is_match else plain_metrics
            shown, width = piece, metrics.horizontalAdvance(piece)
            if width > left:
                shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, left)
                width = metrics.horizontalAdvance(shown)
            pieces.append((shown, width, is_match))
            left -= width
        at = self._at(x, room - left)
        for shown, width, is_match in reversed(pieces) if _runs_left(text) else pieces:
            painter.setFont(bold if is_match else plain)
            painter.setPen(theme().tokens.primary if is_match else ink)
            painter.drawText(QPointF(at, base), shown)
            at += width

    def _measure(self) -> None:
        look = theme()
        px = look.px
        self._side, self._gap, self._bar, self._icon = px(15), px(8), px(4), px(18)
        self._lead_room = px(self.lead_room)
        name, name_bold = look.font(self.name_step, self.name_weight), look.font(self.name_step, 700)
        second, second_bold = look.font("small"), look.font("small", 700)
        self._name = (name, QFontMetrics(name), name_bold, QFontMetrics(name_bold))
        self._second = (second, QFontMetrics(second), second_bold, QFontMetrics(second_bold))
        lead = look.font("field", 600)
        self._lead = (lead, QFontMetrics(lead))
        strong, small = look.font("body", 600), look.font("small")
        self._strong_right = (strong, QFontMetrics(strong))
        self._small_right = (small, QFontMetrics(small))
        height = look.row_height(self.height)
        rise = self._name[1].ascent() - self._name[1].descent()
        self._upper = round(height / 2 - px(10) + rise / 2)
        self._lower = round(height / 2 + px(10) + (self._second[1].ascent() - self._second[1].descent()) / 2)
        self._only = round(height / 2 + rise / 2)


def _cut(text: str, font: QFont, metrics: QFontMetrics, room: int) -> str:
    # Measuring costs as much as drawing; Latin text of ordinary length fits without it.
    if text.isascii() and len(text) * font.pixelSize() * 0.72 <= room and not text.isupper():
        return text
    if metrics.horizontalAdvance(text) <= room:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))


def _runs_left(text: str) -> bool:
    """Whether the first letter is of a script that is written from right to left."""
    if text.isascii():
        return False
    kinds = (bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def dress_list(view: QAbstractItemView) -> None:
    """What every list of ours has: whole rows, uniform sizes, hover, no horizontal bar."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setMouseTracking(True)
    if isinstance(view, QListView):
        view.setUniformItemSizes(True)


def dress_table(table: QTableView, *, row: int = 44) -> None:
    """What every table of ours has besides: one line a row of that height, no grid, no row numbers."""
    dress_list(table)
    table.setWordWrap(False)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme().row_height(row))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
