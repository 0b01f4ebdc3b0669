"""Closes a shift on one page: count, confirm, and only then see what should be there; then the Z.

Until the count is confirmed nothing here knows what is expected: the page asks the desk for it only then.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.selling.payments import Tender
from posapp.domain.selling.shifts import NOTE_LIMIT
from posapp.services.selling.shifts import Reading, TillDrawer
from posapp.ui.actions import Action
from posapp.ui.fields import Form, NoteField
from posapp.ui.layout import STRETCH, columns, held, rows, sides, wide
from posapp.ui.shift.count import CountCard, Counted
from posapp.ui.shift.facts import FactLine, FactRows, OutcomeBand, drawer_lines, outcome_of, tender_lines
from posapp.ui.shift.open_panel import NARROW, WIDE
from posapp.ui.shift.terminal import TerminalCard
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.paint import key_words
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording


class ClosePanel(Form):
    """`confirmed` asks for what is expected; `accepted` closes."""

    confirmed = Signal()
    turned = Signal()
    """Counting or comparing: other keys work now."""
    left = Signal()

    def __init__(self, wording: Wording, confirm: Action, close: Action) -> None:
        super().__init__()
        self._wording = wording
        self.counted: Counted | None = None
        """The count that was confirmed; None while it is counted."""
        words = self.tr("Note for the manager")
        self.note = self.add_field(NoteField("note", words, lines=2, limit=NOTE_LIMIT))
        self.count = CountCard(
            self.tr("1. Count the drawer"), wording, held(rows(self.note, pad=(16, 12, 16, 14)))
        )
        self.confirm = action_button(confirm, size="s")
        self._tick = IconLabel("circle-check", "success", 18)
        self._said = label("", "body", tone="success", weight=600)
        self.again = button(self.tr("Count again"), kind="quiet", size="s", key=confirm.key, run=confirm.run)
        for part in (self._tick, self._said, self.again, self.confirm):
            self.count.head.addWidget(part)
        self.close_button = button(close.text, kind="primary", size="xl", key=close.key)
        self.set_save_button(self.close_button)
        self.cancel = button(self.tr("Cancel"), size="xl", run=self.left.emit)
        self.side = self._make_side()
        self.count.finished.connect(self.confirm.setFocus)
        self.count.changed.connect(self.edited)
        sides(wide(self.count), self.side, gap=16, host=self)
        self.count_again()

    def _make_side(self) -> QWidget:
        self._compare = Card(self.tr("2. Compare"))
        self._compare.head.addWidget(label(self.tr("shown after the count"), "small", tone="text2"))
        self._waits = label(
            self.tr(
                "What should be in the drawer, and the difference, are shown once you confirm the count."
            ),
            "body",
            tone="text2",
            wrap=True,
        )
        self._waits_host = held(rows(self._waits, pad=(16, 14)))
        self.facts, self.band = FactRows(), OutcomeBand()
        self._facts_host = held(rows(self.facts, pad=(16, 8, 16, 8)))
        for part in (self._waits_host, self._facts_host, self.band):
            self._compare.body.addWidget(part)
        self.tenders, self.rest = FactRows(), FactRows()
        self.terminal = TerminalCard(self._wording)
        self.add_field(self.terminal.slip)
        self._tenders_card = Card(self.tr("Other payments"))
        self._tenders_card.body.addLayout(rows(self.tenders, pad=(16, 8)))
        foot, self._rest_card = Card(), Card()
        self._rest_card.body.addLayout(rows(self.rest, pad=(16, 8)))
        buttons = columns(wide(self.close_button), self.cancel, gap=8)
        foot.body.addLayout(rows(self.summary, buttons, gap=10, pad=(16, 12)))
        side = QWidget()
        cards = (self._compare, self.terminal, self._tenders_card, self._rest_card, STRETCH)
        rows(wide(Scroller(held(rows(*cards, gap=12)))), foot, gap=12, host=side)
        side.setFixedWidth(theme().px(WIDE))
        return side

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave the count its room."""
        self.side.setFixedWidth(theme().px(NARROW if is_narrow else WIDE))

    def show_drawer(self, drawer: TillDrawer, wording: Wording) -> None:
        """What is known of the till before it is counted."""
        self._wording = wording
        self.count.show_wording(wording)
        above = drawer.settings.difference_minor
        if not above:
            self.note.say("")
        elif not self.note.message():
            needed = self.tr("Needed where the drawer differs by more than {amount}.")
            self.note.say(needed.format(amount=wording.price(above)))
        self._arrange()

    def first(self) -> QWidget:
        """Where counting begins; once it is confirmed, the note."""
        return self.count.first() if self.counted is None else self.note.editor

    # -- counting --------------------------------------------------------------------------------------
    def toggle(self) -> None:
        """Alt+C: confirm what is counted, or count again."""
        if self.is_saving:
            return
        if self.counted is not None:
            self.count_again()
            self.count.first().setFocus()
            return
        counted = self.count.counted()
        if counted is None:
            self._say_uncounted(self.tr("Count the drawer first. Type 0 if it is empty."))
            return
        self.summary.hide()
        self.counted = counted
        self.confirmed.emit()

    def _say_uncounted(self, words: str) -> None:
        self.summary.say(words, "warning")
        self._arrange()
        (self.confirm if not self.count.is_empty() else self.count.first()).setFocus()

    def submit(self) -> bool:
        """Close, once the count is confirmed; before that nothing is compared and nothing closed."""
        if self.counted is None or not self.facts.lines:
            if not self.is_doubled():
                self._say_uncounted(
                    self.tr("Confirm the count first ({key}).").format(key=key_words("Alt+C"))
                )
            return False
        return super().submit()

    def count_again(self) -> None:
        """What is expected goes out of sight, and the drawer can be counted."""
        self.counted = None
        self.facts.show_lines(())
        self.terminal.clear()
        self.tenders.show_lines(())
        self.rest.show_lines(())
        self._show_state()

    def show_reading(self, reading: Reading) -> None:
        """The count is confirmed: what is expected, how it differs, and what can go to the safe."""
        counted, wording = self.counted, self._wording
        if counted is None:  # counted again meanwhile
            return
        is_first = not self.facts.lines
        self.facts.show_lines(drawer_lines(reading, wording))
        self.band.show_outcome(outcome_of(counted.minor - reading.drawer.expected_minor, wording))
        self.terminal.show_reading(reading, wording)
        self.tenders.show_lines(tender_lines(reading, wording, Tender.CARD))
        self.rest.show_lines(self._rest(counted, reading))
        self.terminal.setVisible(self.terminal.has_cards)
        self._tenders_card.setVisible(bool(self.tenders.lines))
        if is_first:
            at = wording.time(wording.now().time())
            self._said.setText(self.tr("Count confirmed {time}").format(time=at))
            self._show_state()
            self.note.editor.setFocus()

    def _rest(self, counted: Counted, reading: Reading) -> list[FactLine]:
        """As much as lay in the drawer at its opening stays; what is above goes to the safe."""
        wording, stays = self._wording, min(reading.drawer.float_minor, counted.minor)
        return [
            FactLine(self.tr("To the safe"), wording.price(counted.minor - stays), is_strong=True),
            FactLine(self.tr("Stays in the drawer"), wording.price(stays)),
        ]

    def _show_state(self) -> None:
        is_confirmed = self.counted is not None and bool(self.facts.lines)
        self.count.set_locked(is_confirmed)
        for part in (self._tick, self._said, self.again, self._facts_host, self.band, self._rest_card):
            part.setVisible(is_confirmed)
        self.terminal.setVisible(is_confirmed and self.terminal.has_cards)
        self._tenders_card.setVisible(is_confirmed and bool(self.tenders.lines))
        for part in (self.confirm, self._waits_host):
            part.setVisible(not is_confirmed)
        self._arrange()
        self.turned.emit()

    def _arrange(self) -> None:
        """Tab goes as it is done: count, confirm, the note, close."""
        head = [*self.count.stops(), self.confirm, self.again, self.note, self.terminal.slip, self.count.way]
        chain([*head, *stops_in(self.summary), self.close_button, self.cancel])

    def settle(self) -> None:
        """It is closed: the next closing begins empty."""
        self.set_saving(False)
        self.note.set_text("")
        self.count.clear()
        self.count_again()
        self.clear_problems()
