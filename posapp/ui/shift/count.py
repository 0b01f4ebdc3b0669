"""Counts a drawer: notes and coins one below the other, or a sum where the currency is not listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money
from posapp.domain.selling.cash import denominations
from posapp.domain.selling.shifts import counted_sum
from posapp.ui.fields import LineEdit, MoneyField
from posapp.ui.layout import STRETCH, columns, held, refill, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording

PIECES, SUM = "pieces", "sum"
_DIGITS = QRegularExpression(r"\d{0,4}", QRegularExpression.PatternOption.UseUnicodePropertiesOption)
_MARKS = frozenset(".,٫")
"""Between units and cents: who types one tells an amount, not how many there are."""
_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class Counted:
    """What lies in a drawer: its worth, and the notes and coins if they were told one by one."""

    minor: int
    pieces: tuple[tuple[int, int], ...] = ()


class CountEdit(LineEdit):
    """How many there are of one kind. Enter and Down go to the next, Up to the one before."""

    stepped = Signal(int)
    amount_begun = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("variant", "count")
        self.setValidator(QRegularExpressionValidator(_DIGITS, self))
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedSize(theme().px(84), theme().px(36))

    def sizeHint(self) -> QSize:
        """Lower than a field of a form: fifteen of them stand below each other."""
        return QSize(theme().px(84), theme().px(36))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def count(self) -> int:
        """The number that is typed, 0 for nothing."""
        return int(self.text() or 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What stands there is replaced by what is typed next."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.selectAll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down mean nothing else in a line."""
        step = None if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else _STEPS.get(_key(event))
        if event.text() in _MARKS and self.text() and not self.isReadOnly():
            self.amount_begun.emit(self.text() + event.text())
        elif step is None or event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


def _key(event: QKeyEvent) -> Qt.Key:
    return Qt.Key(event.key())


class PieceTable(QWidget):
    """Notes on the left, coins on the right: what each is called, how many, what they come to."""

    changed = Signal()
    finished = Signal()
    """Enter in the last one."""
    amount_begun = Signal(str)
    """Nothing else was counted, and somebody types the sum into the first field they see."""

    def __init__(self) -> None:
        super().__init__()
        self._body = columns(gap=0, host=self)
        self._amounts: dict[int, QLabel] = {}
        self.edits: dict[int, CountEdit] = {}
        """By what a piece is worth, notes first, the largest first."""
        self._wording: Wording | None = None

    def show_currency(self, wording: Wording) -> bool:
        """The notes and coins of the shop; False if they are not known. What was counted of them stays."""
        known = denominations(wording.currency)
        shown = self._wording
        habits = (wording.currency, wording.locale)
        if known is None or (shown is not None and (shown.currency, shown.locale) == habits):
            return known is not None
        self._wording, self.edits = wording, {}
        notes = self._half(self.tr("Notes"), known.notes, wording)
        coins = self._half(self.tr("Coins"), known.coins, wording)
        refill(self._body, [notes, line(upright=True), coins])
        for place in (0, 2):
            self._body.setStretch(place, 1)
        self._show_amounts()
        return True

    def _half(self, title: str, pieces: Sequence[int], wording: Wording) -> QWidget:
        px = theme().px
        count = label(self.tr("Count"), "small", tone="text2")
        amount = label(self.tr("Amount"), "small", tone="text2")
        title_label = label(title, "small", tone="text2")
        head = held(columns(wide(title_label), count, amount, gap=12, pad=(16, 0)), QFrame())
        head.setFixedHeight(px(32))
        head.setProperty("role", "sunken")
        for part, width in ((count, 84), (amount, 88)):
            part.setFixedWidth(px(width))
            part.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        lines: list[QWidget] = [head]
        for minor in pieces:
            lines += [line(), self._row(minor, wording)]
        return held(rows(*lines, line(), STRETCH, gap=0))

    def _row(self, minor: int, wording: Wording) -> QWidget:
        px, name = theme().px, wording.piece(minor)
        edit = self.edits[minor] = CountEdit(self.tr("How many of {piece}").format(piece=name))
        amount = self._amounts[minor] = label("", "body", tone="text2")
        amount.setFixedWidth(px(88))
        amount.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        edit.textChanged.connect(self._typed)
        edit.stepped.connect(lambda step: self._step(minor, step))
        edit.amount_begun.connect(lambda typed: self._begin_amount(edit, typed))
        host = held(columns(wide(label(name, "body", weight=600)), edit, amount, gap=12, pad=(16, 0)))
        host.setFixedHeight(px(41))
        return host

    def _typed(self) -> None:
        self._show_amounts()
        self.changed.emit()

    def _show_amounts(self) -> None:
        assert self._wording is not None
        for minor, edit in self.edits.items():
            said = self._wording.price(minor * edit.count()) if edit.text() else ""
            self._amounts[minor].setText(said)

    def _step(self, minor: int, step: int) -> None:
        order = list(self.edits)
        place = order.index(minor) + step
        if place >= len(order):
            self.finished.emit()
        elif place >= 0:
            self.edits[order[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _begin_amount(self, edit: CountEdit, typed: str) -> None:
        if not any(one.text() for one in self.edits.values() if one is not edit):
            edit.clear()
            self.amount_begun.emit(typed)

    def is_empty(self) -> bool:
        """Whether nothing was counted, not even that there is none."""
        return not any(edit.text() for edit in self.edits.values())

    def pieces(self) -> tuple[tuple[int, int], ...]:
        """What each is worth and how many there are, of those that there are."""
        return tuple((minor, edit.count()) for minor, edit in self.edits.items() if edit.count())

    def clear(self) -> None:
        """Nothing is counted yet."""
        for edit in self.edits.values():
            edit.clear()

    def set_locked(self, is_locked: bool) -> None:
        """Keep what was counted as it is."""
        for edit in self.edits.values():
            edit.setReadOnly(is_locked)


class CountCard(Card):
    """Counts piece by piece or as a sum, with the total at its foot; `extra` stands above the foot."""

    changed = Signal()
    finished = Signal()

    def __init__(self, title: str, wording: Wording, extra: QWidget | None = None) -> None:
        super().__init__(title)
        self._wording = wording
        ways = [Choice(PIECES, self.tr("Notes and coins")), Choice(SUM, self.tr("A sum"))]
        self.way = Segmented(ways, name=self.tr("How it is counted"))
        self.way.set_current(PIECES)
        self.way.chosen.connect(lambda _key: self._choose_way())
        self.table = PieceTable()
        self.sum = MoneyField("counted", self.tr("Cash in the drawer"), wording=wording)
        self.sum.setMaximumWidth(theme().px(280))
        self._sum_host = held(rows(self.sum, STRETCH, pad=(16, 14)))
        self.total = label("", "amount")
        self.table.changed.connect(self._count)
        self.table.finished.connect(self.finished)
        self.table.amount_begun.connect(self._begin_amount)
        self.sum.edited.connect(self._count)
        body = Scroller(held(rows(self.table, self._sum_host, extra, STRETCH, gap=0)))
        self.body.addWidget(body, 1)
        words = label(self.tr("Cash counted"), "strong")
        foot = held(columns(words, self.way, STRETCH, self.total, gap=16, pad=(16, 6)))
        foot.setMinimumHeight(theme().px(56))
        self.body.addWidget(line())
        self.body.addWidget(foot)
        self._is_listed = False
        self.show_wording(wording)

    def show_wording(self, wording: Wording) -> None:
        """The shop's currency and how it is written."""
        self._wording = wording
        self.sum.set_wording(wording)
        self._is_listed = self.table.show_currency(wording)
        self.way.setVisible(self._is_listed)
        if not self._is_listed:
            self.way.set_current(SUM)
        self._choose_way()

    def _begin_amount(self, typed: str) -> None:
        """The sum goes on where sums are typed."""
        self.way.set_current(SUM)
        self._choose_way()
        self.sum.set_text(typed)
        self.sum.editor.setFocus(Qt.FocusReason.PopupFocusReason)
        if isinstance(self.sum.editor, LineEdit):
            self.sum.editor.end(False)

    def _choose_way(self) -> None:
        is_sum = self.way.current() == SUM
        self.table.setVisible(not is_sum)
        self._sum_host.setVisible(is_sum)
        self._count()

    def _count(self) -> None:
        self.total.setText(self._wording.price(self._minor()))
        self.changed.emit()

    def _minor(self) -> int:
        """What is typed so far; a sum that cannot be read yet counts for nothing."""
        if self.way.current() == PIECES:
            return counted_sum(self.table.pieces())
        try:
            amount = self.sum.value()
        except DomainError:
            return 0
        return amount.minor if isinstance(amount, Money) else 0

    def stops(self) -> list[QWidget]:
        """Where Tab stops while it is counted, in the order of the counting."""
        return [*self.table.edits.values(), self.sum]

    def first(self) -> QWidget:
        """Where counting begins."""
        if self.way.current() == PIECES and self.table.edits:
            return next(iter(self.table.edits.values()))
        return self.sum.editor

    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return self.table.is_empty() if self.way.current() == PIECES else self.sum.is_empty()

    def counted(self) -> Counted | None:
        """What was counted; None where something is missing, which is said at its field."""
        if self.is_empty() or (self.way.current() == SUM and self.sum.check() is not None):
            return None
        pieces = self.table.pieces() if self.way.current() == PIECES else ()
        return Counted(self._minor(), pieces)

    def clear(self) -> None:
        """Nothing is counted yet."""
        self.table.clear()
        self.sum.set_text("")
        self._count()

    def set_locked(self, is_locked: bool) -> None:
        """Keep what was counted as it is."""
        self.table.set_locked(is_locked)
        editor = self.sum.editor
        if isinstance(editor, LineEdit):
            editor.setReadOnly(is_locked)
        self.way.setVisible(self._is_listed and not is_locked)
