"""Opens a shift: the last count is proposed and accepted with Enter, or the drawer is counted anew."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.services.selling.shifts import TillDrawer
from posapp.ui.actions import Action
from posapp.ui.fields.edits import is_save
from posapp.ui.layout import STRETCH, columns, rows, sides, wide
from posapp.ui.shift.count import CountCard
from posapp.ui.shift.facts import FactLine, FactRows
from posapp.ui.tab_order import chain
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.wording import Wording

WIDE, NARROW = 430, 340


class OpenPanel(QWidget):
    """`opened` tells the float in minor units."""

    opened = Signal(int)

    def __init__(self, wording: Wording, open_it: Action, listed: Action) -> None:
        super().__init__()
        self._wording, self._proposed = wording, 0
        self._is_saving = self._is_proposing = False
        self.count = CountCard(self.tr("Count the drawer"), wording)
        self.summary = NoticeBar()
        self._why = label("", "body", tone="text2", wrap=True)
        self.facts = FactRows()
        self.save = action_button(open_it, kind="primary", size="xl")
        self.list = action_button(listed, kind="quiet")
        self.side = self._make_side()
        self.count.changed.connect(self._show_words)
        self.count.finished.connect(self.save.setFocus)
        sides(wide(self.count), self.side, gap=16, host=self)

    def _make_side(self) -> QWidget:
        card = Card(self.tr("Opening cash"))
        card.body.addLayout(rows(self._why, self.facts, gap=8, pad=(16, 14)))
        card.body.addWidget(line())
        card.body.addLayout(rows(self.summary, self.save, gap=10, pad=(16, 14)))
        side = QWidget()
        rows(card, columns(self.list, STRETCH), STRETCH, gap=12, host=side)
        side.setFixedWidth(theme().px(WIDE))
        return side

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave the count its room."""
        self.side.setFixedWidth(theme().px(NARROW if is_narrow else WIDE))

    def show_drawer(self, drawer: TillDrawer, wording: Wording) -> None:
        """Propose what the till's last closing counted."""
        self._wording = wording
        self.count.show_wording(wording)
        closing = drawer.last.closing if drawer.last is not None else None
        self._is_proposing = closing is not None
        if closing is None:
            self._why.setText(self.tr("This till was never closed. Count what lies in the drawer."))
            self.facts.show_lines(())
        else:
            self._proposed = closing.counted_minor
            when = wording.moment(closing.at)
            words = self.tr("Counted at {number}, {when}").format(number=closing.number, when=when)
            self._why.setText(self.tr("Take over what was counted last, or count again."))
            self.facts.show_lines((FactLine(words, wording.price(closing.counted_minor)),))
        self._show_words()
        chain([*self.count.stops(), self.count.way, self.save, self.list])

    def first(self) -> QWidget:
        """The button where there is something to accept, else where counting begins."""
        return self.save if self._is_proposing or not self.count.is_empty() else self.count.first()

    def _float(self) -> int | None:
        if self.count.is_empty() and self._is_proposing:
            return self._proposed
        counted = self.count.counted()
        return counted.minor if counted is not None else None

    def _show_words(self) -> None:
        is_counted = not self.count.is_empty()
        if self._is_saving:
            return
        if not is_counted and not self._is_proposing:
            self.save.setText(self.tr("Open the shift"))
            return
        amount = self.count.total.text() if is_counted else self._wording.price(self._proposed)
        self.save.setText(self.tr("Open with {amount}").format(amount=amount))

    def submit(self) -> None:
        """Open with what was counted, else with what is proposed."""
        if self._is_saving:
            return
        minor = self._float()
        if minor is None:
            self.summary.say(self.tr("Count the drawer first. Type 0 if it is empty."), "warning")
            self.count.first().setFocus()
            return
        self.summary.hide()
        self.opened.emit(minor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter opens from any field."""
        if is_save(event) and not event.isAutoRepeat():
            self.submit()
        else:
            super().keyPressEvent(event)

    def set_saving(self, is_saving: bool) -> None:
        """While it is on its way a second press does nothing."""
        self._is_saving = is_saving
        self.save.set_saving(is_saving)
        self._show_words()

    def settle(self) -> None:
        """It is open: the next opening begins empty."""
        self.set_saving(False)
        self.count.clear()
