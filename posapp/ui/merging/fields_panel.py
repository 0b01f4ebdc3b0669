"""The fields of both customers side by side: a radio where one value stays, boxes where both are kept."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from posapp.domain.old_data.merging import MergeField, Side
from posapp.ui.actions import Action
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, columns, held, refill, rows, wide
from posapp.ui.merging.words import field_words, value_words
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, PlBadge, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.old_data.merging import FieldSight, MergeCard, MergePreview

_tr = translator("Merging")
_NARROW = 84


class Option(QAbstractButton):
    """The value of one side; `keeps_both` draws a box that is ticked, with what the value becomes."""

    arrow = Signal(int)  # -1 towards the survivor, 1 towards the loser

    def __init__(self, text: str, *, keeps_both: bool) -> None:
        super().__init__()
        self._keeps_both, self._aside = keeps_both, ""
        self.setText(text)
        self.setToolTip(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_chosen(self, is_chosen: bool, aside: str, spoken: str) -> None:
        """Whether it is the one; `aside` is what stands at its end."""
        self.setChecked(is_chosen)
        self._aside = aside
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)
        self.update()

    def nextCheckState(self) -> None:
        """A click chooses; only the other one lets go."""
        self.setChecked(True)

    def sizeHint(self) -> QSize:
        """A line."""
        return QSize(theme().px(160), theme().tool_height(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose, as they are seen; Enter chooses, too."""
        arrows = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = arrows.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.arrow.emit(-step if self.isRightToLeft() else step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, sign, value, and what it becomes."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        is_kept = self.isChecked() or self._keeps_both
        ground = QRectF(self.rect()).adjusted(0, 0, 0, 0)
        line_ink = tokens.primary if is_kept else tokens.control
        box(painter, ground, look.px(7), tokens.primary_soft if is_kept else tokens.surface, line_ink)
        side, middle = look.px(18), self.height() / 2
        self._paint_sign(painter, QRectF(self._at(look.px(12), side), middle - side / 2, side, side))
        room = self.width() - look.px(50)
        if self._aside:
            font, metrics = look.font("small"), look.metrics("small")
            width = metrics.horizontalAdvance(self._aside)
            if width + look.px(8) + look.metrics("body", 600).horizontalAdvance(self.text()) <= room:
                at = self._at(self.width() - look.px(12) - width, width)
                draw_text(painter, at, middle, self._aside, font, tokens.text2)
                room -= width + look.px(8)
        weight = 600 if is_kept else 500
        font = look.font("body", weight)
        words = cut(self.text(), font, room)
        width = look.metrics("body", weight).horizontalAdvance(words)
        draw_text(painter, self._at(look.px(40), width), middle, words, font, tokens.text)
        painter.end()

    def _paint_sign(self, painter: QPainter, rect: QRectF) -> None:
        look, tokens = theme(), theme().tokens
        if self._keeps_both:
            box(painter, rect, look.px(4), tokens.fill)
            paint_icon(painter, "check", rect.x() + 2, rect.y() + 2, int(rect.width()) - 4, tokens.on_fill)
            return
        box(painter, rect, rect.width() / 2, tokens.surface, tokens.control)
        if self.isChecked():
            box(painter, rect, rect.width() / 2, tokens.fill)
            inner = rect.adjusted(look.px(6), look.px(6), -look.px(6), -look.px(6))
            box(painter, inner, inner.width() / 2, tokens.on_fill)

    def _at(self, x: float, width: float) -> float:
        return self.width() - x - width if self.isRightToLeft() else x


class FieldRow(QWidget):
    """One field. `chosen` tells the side that a person chose."""

    chosen = Signal(object)  # Side

    def __init__(self, sight: "FieldSight", ids: tuple[str, str], room: int) -> None:
        """`ids` are those of both customers; `room` is how wide the names of fields stand."""
        super().__init__()
        self.sight, self._ids = sight, ids
        self.side = sight.chosen
        self.options: dict[Side, Option] = {}
        self._name = label(field_words(sight.field), "small", tone="text2")
        self.set_room(room)
        parts = self._same() if sight.is_same else [wide(self._part(side)) for side in Side]
        rows(wide(columns(self._name, *parts, gap=8, pad=(16, 4, 12, 4))), line(), gap=0, host=self)
        self.setMinimumHeight(theme().px(48))
        self._show()

    def set_room(self, width: int) -> None:
        """How wide the name stands."""
        self._name.setFixedWidth(width)

    def _same(self) -> list[object]:
        sight = self.sight
        text = Elided(value_words(sight.field, sight.survivor), "body")
        if not sight.survivor or sight.survivor != sight.loser:
            return [wide(text)]
        same = label(_tr("same on both"), "small", weight=600, tone="success")
        return [wide(text), IconLabel("check", "success", 16), same]

    def _part(self, side: Side) -> QWidget:
        values = self.sight.survivor if side is Side.SURVIVOR else self.sight.loser
        if not values and self.sight.field is not MergeField.MESSAGES:
            return held(columns(label(_tr("empty"), "body", tone="text3"), STRETCH, pad=(13, 8)))
        both = self.sight.keeps_both and bool(self.sight.survivor and self.sight.loser)
        option = Option(value_words(self.sight.field, values), keeps_both=both)
        option.clicked.connect(lambda _checked=False: self.choose(side))
        option.arrow.connect(self._step)
        self.options[side] = option
        return option

    def _step(self, step: int) -> None:
        side = Side.LOSER if step > 0 else Side.SURVIVOR
        if side in self.options:
            self.choose(side)
            self.options[side].setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, side: Side) -> None:
        """Let the value of this side stay, or stand first."""
        is_other = side is not self.side
        self.side = side
        self._show()
        if is_other:
            self.chosen.emit(side)

    def _show(self) -> None:
        for side, option in self.options.items():
            is_chosen = side is self.side or len(self.options) == 1
            aside = ""
            if self.sight.keeps_both and len(self.options) == 2:
                aside = _tr("main") if is_chosen else _tr("further")
                if self.sight.field is MergeField.NOTE:
                    aside = _tr("first") if is_chosen else _tr("then")
            whose = self._ids[0 if side is Side.SURVIVOR else 1]
            state = aside or (_tr("stays") if is_chosen else _tr("does not stay"))
            spoken = f"{field_words(self.sight.field)}, {whose}: {option.text()}, {state}"
            option.show_chosen(is_chosen, aside, spoken)

    def stop(self) -> QWidget | None:
        """Where Tab comes to."""
        return self.options.get(self.side) or next(iter(self.options.values()), None)


class FieldsPanel(Card):
    """Head with both customers, and the fields. `chosen` tells a field and the side whose value stays."""

    chosen = Signal(object, object)  # MergeField, Side

    def __init__(self, swap: Action, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.swap = action_button(swap)
        self.rows: list[FieldRow] = []
        self._badges = [PlBadge(size="l"), PlBadge(size="l", is_strong=False)]
        self._names = [Elided("", "strong", weight=600) for _ in range(2)]
        self._ways = [label("", "small", weight=600, tone=tone) for tone in ("success", "")]
        self._notes = [Elided("", "small", tone="text2") for _ in range(2)]
        heads = [
            columns(badge, wide(rows(name, columns(way, wide(note), gap=0), gap=0)), gap=10)
            for badge, name, way, note in zip(self._badges, self._names, self._ways, self._notes, strict=True)
        ]
        head = columns(self.swap, *(wide(one) for one in heads), gap=8, pad=(16, 10, 12, 10))
        self._list = rows(gap=0)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(Scroller(held(rows(self._list, STRETCH, gap=0)), room=48), 1)

    def set_narrow(self, is_narrow: bool) -> None:
        """The names of fields, and the button above them, take less room."""
        width = theme().px(_NARROW) if is_narrow else self.swap.sizeHint().width()
        self.swap.setFixedWidth(width)
        for row in self.rows:
            row.set_room(width)

    def show_preview(self, preview: "MergePreview") -> None:
        """Both customers, and every field that one of them has."""
        ids = str(preview.survivor.pl_id), str(preview.loser.pl_id)
        goes = _tr("Goes into {pl}").format(pl=ids[0])
        for place, (card, way) in enumerate(((preview.survivor, _tr("Stays")), (preview.loser, goes))):
            self._badges[place].set_text(str(card.pl_id))
            self._names[place].setText(card.name or "–")
            self._ways[place].setText(way)
            self._notes[place].setText(_tr(", since {day}").format(day=self._since(card)))
        self.rows = [
            FieldRow(one, ids, self.swap.width()) for one in preview.fields if one.survivor or one.loser
        ]
        for row in self.rows:
            row.chosen.connect(partial(self.chosen.emit, row.sight.field))
        refill(self._list, self.rows)

    def _since(self, card: "MergeCard") -> str:
        return self._wording.day_of_year(self._wording.here(card.since).date())

    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through."""
        return [self.swap, *(stop for row in self.rows if (stop := row.stop()) is not None)]
