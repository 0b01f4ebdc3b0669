"""The pairs: how sure, who with whom, and why; and what was dismissed."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from posapp.ui.actions import Action
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.merging.words import reason_words, sure_words
from posapp.ui.settings.restore_dialog import Job
from posapp.ui.tables import ROW, OpenList
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.paint import badge_size, cut, draw_badge, draw_text
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.old_data.duplicates import DuplicatePair
    from posapp.ui.merging.presenter import Listed

_tr = translator("Merging")
HEIGHT = 76


def spoken(pair: "DuplicatePair") -> str:
    """A pair in one line, for screen readers."""
    who = f"{pair.a.pl_id} {pair.a.name}, {pair.b.pl_id} {pair.b.name}"
    return f"{who}, {pair.score} {sure_words(pair.score)}, {reason_words(pair)}"


class PairDelegate(QStyledItemDelegate):
    """A row of three lines: both numbers, the name, the reasons; the score stands before them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are of one height."""
        return QSize(0, theme().row_height(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row in the colours of now."""
        pair, rect = index.data(ROW), option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._mirror = option.direction == Qt.LayoutDirection.RightToLeft
        self._ground(painter, rect, is_chosen, bool(option.state & QStyle.StateFlag.State_MouseOver))
        self._score(painter, rect, pair)
        self._who(painter, rect, pair, is_chosen)

    def _ground(self, painter: QPainter, rect: QRect, is_chosen: bool, is_under: bool) -> None:
        tokens, bar = theme().tokens, theme().px(4)
        if is_chosen or is_under:
            painter.fillRect(rect, tokens.selection if is_chosen else tokens.sunken)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        if is_chosen:
            painter.fillRect(self._at(rect, 0, bar), rect.y(), bar, rect.height(), tokens.primary)

    def _score(self, painter: QPainter, rect: QRect, pair: "DuplicatePair") -> None:
        look, middle = theme(), rect.center().y()
        room, start = look.px(40), look.px(16)
        lines = (
            (str(pair.score), look.font("title", 700), look.metrics("title", 700), -look.px(9), "text"),
            (sure_words(pair.score), look.font("small"), look.metrics("small"), look.px(15), "text2"),
        )
        for text, font, metrics, offset, tone in lines:
            width = metrics.horizontalAdvance(text)
            x = self._at(rect, start + (room - width) // 2, width)
            draw_text(painter, x, middle + offset, text, font, look.tokens.colour(tone))

    def _who(self, painter: QPainter, rect: QRect, pair: "DuplicatePair", is_chosen: bool) -> None:
        look, middle, left = theme(), rect.center().y(), theme().px(68)
        room = rect.width() - left - look.px(12)
        upper, x = middle - look.px(21), left
        for place, side in enumerate((pair.a, pair.b)):
            width = badge_size(str(side.pl_id))[0]
            strong = is_chosen and place == 0
            draw_badge(painter, self._at(rect, x, width), upper, str(side.pl_id), strong=strong)
            x += width + look.px(8)
            if place == 0:
                size = look.px(14)
                arrow = "arrow-right" if self._mirror else "arrow-left"
                at = self._at(rect, x, size)
                paint_icon(painter, arrow, at, upper - size / 2, size, look.tokens.text2)
                x += size + look.px(8)
        name = pair.a.name or pair.b.name
        for text, step, weight, offset, tone in (
            (name, "body", 600 if is_chosen else 500, look.px(1), "text"),
            (reason_words(pair), "caption", None, look.px(21), "text2"),
        ):
            font = look.font(step, weight)
            shown = cut(text, font, room)
            width = look.metrics(step, weight).horizontalAdvance(shown)
            at = self._at(rect, left, width)
            draw_text(painter, at, middle + offset, shown, font, look.tokens.colour(tone))

    def _at(self, rect: QRect, x: float, width: float) -> int:
        """Where something stands that begins `x` from the leading side."""
        return int(rect.right() + 1 - x - width) if self._mirror else int(rect.x() + x)


class PairPanel(QWidget):
    """The list with its foot: how many were dismissed, and looking again."""

    chosen = Signal(object)  # DuplicatePair, or None
    turned = Signal(bool)  # the dismissed ones are shown, or not

    def __init__(self, look: Action) -> None:
        super().__init__()
        self._listed: Listed | None = None
        self.shows_dismissed = self._is_narrow = False
        self.card = Card(self.tr("Duplicates"))
        self.aside = label(self.tr("likely first"), "small", tone="text2")
        self.card.head.addWidget(self.aside)
        self.list = OpenList(self.tr("Pairs of customers"), PairDelegate(), spoken)
        self.list.setProperty("ring", False)
        self.list.selectionModel().currentChanged.connect(lambda *_places: self._current())
        self.empty = label(self.tr("No customers look like one person."), "body", tone="text2", wrap=True)
        self.none = held(rows(self.empty, STRETCH, pad=(16, 20)))
        self.count = label("", "small", tone="text2")
        self.turn = button("", kind="quiet", size="s", run=self.show_other)
        self.dismissed = held(columns(self.count, self.turn, STRETCH, gap=4))
        self.job = Job()
        self.look = action_button(look)
        self.job.busy_changed.connect(self._looking)
        foot = rows(self.dismissed, self.job, wide(self.look, 0), gap=8, pad=(12, 8, 12, 12))
        put(self.card.body, wide(self.none), wide(self.list), line(), foot)
        rows(wide(self.card), host=self)
        self.setFocusProxy(self.list)

    def _looking(self, is_busy: bool) -> None:
        """The focus goes where keys still do something, before Qt gives it to any neighbour."""
        if is_busy and self.look.hasFocus():
            (self.list if self.list.isVisible() else self.job.cancel).setFocus()
        self.look.setEnabled(not is_busy)
        if not is_busy and self.job.cancel.hasFocus():
            self.look.setFocus()

    def show_listed(self, listed: "Listed") -> None:
        """Both lists, of which one is shown; who was chosen stays so, else the first is."""
        self._listed = listed
        if not listed.dismissed:
            self.shows_dismissed = False
        self._show()

    def set_narrow(self, is_narrow: bool) -> None:
        """Fewer words where there is less room."""
        self._is_narrow = is_narrow
        self.aside.setVisible(not is_narrow)
        if self._listed is not None:
            self._show()

    def show_other(self) -> None:
        """The dismissed ones instead of the others, and back."""
        self.shows_dismissed = not self.shows_dismissed
        self._show()
        self.list.setFocus()
        self.turned.emit(self.shows_dismissed)

    def _show(self) -> None:
        assert self._listed is not None
        shown = self._listed.dismissed if self.shows_dismissed else self._listed.pairs
        count, before = len(self._listed.dismissed), self.current()
        self.card.title.setText(self.tr("Two people") if self.shows_dismissed else self.tr("Duplicates"))
        self.card.count.set_text(str(len(shown)))
        self.aside.setText(self.tr("newest first") if self.shows_dismissed else self.tr("likely first"))
        said = self.tr("{n} pair is no duplicate.") if count == 1 else self.tr("{n} pairs are no duplicates.")
        if self._is_narrow:
            said = self.tr("{n} told apart.")
        self.count.setText(said.format(n=count))
        self.turn.setText(self.tr("Back") if self.shows_dismissed else self.tr("Show"))
        self.dismissed.setVisible(bool(count))
        if not shown and self.list.hasFocus():
            self.look.setFocus()  # before Qt gives the focus to any neighbour
        self.none.setVisible(not shown)
        self.list.setVisible(bool(shown))
        if shown and self.look.hasFocus():
            self.list.setFocus()
        place, keys = max(self.list.currentIndex().row(), 0), [_keys(one) for one in shown]
        self.list.rows.show_rows(shown)
        if shown:
            is_kept = before is not None and _keys(before) in keys
            self.list.choose_at(keys.index(_keys(before)) if is_kept else min(place, len(shown) - 1))
        else:
            self.chosen.emit(None)

    def _current(self) -> None:
        if self.list.currentIndex().isValid():
            self.chosen.emit(self.current())

    def current(self) -> "Any":
        """The pair with the bar, None without one."""
        return self.list.current_row()

    def choose_none(self) -> None:
        """Two others are looked at than those of the list."""
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())


def _keys(pair: "Any") -> frozenset[int]:
    return frozenset((pair.a.id, pair.b.id))
