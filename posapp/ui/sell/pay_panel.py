"""The right side of a sale: what is to pay, what was paid, by what, how much, and the change."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.gift_cards import check_code
from posapp.domain.selling.payments import CHOSEN, Tender, Tendered
from posapp.services.selling.order_commands import Counter
from posapp.ui.fields.edits import LineEdit
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.sell.amount_box import HIGH, AmountEdit, ChangeBox
from posapp.ui.sell.code_view import CodeView
from posapp.ui.sell.num_pad import NumPad
from posapp.ui.sell.on_table import OnTable
from posapp.ui.sell.quick_amounts import QuickAmounts
from posapp.ui.sell.taken_list import TakenList
from posapp.ui.sell.tenders import TenderTiles
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import announce
from posapp.ui.wording import Wording

_LOW, _LOWEST = 620, 560
_WITH_REFERENCE = (Tender.CARD, Tender.TRANSFER, Tender.QR, Tender.GIFT_CARD)


class PayPanel(Card):
    """It asks nobody: the page brings what is to pay and hears what was laid on the table."""

    tendered = Signal(object)  # Tendered
    completed = Signal()
    taken_off = Signal(int)
    code_wanted = Signal(int)  # a code to pay by, for so many minor units

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._table = OnTable()
        self._counter: Counter | None = None
        self._notes: Sequence[int] = ()
        self._is_typed = False
        self._has_quick = True
        self.takes_codes = False
        """Whether the shop can be paid by QR code."""
        self.over_minor = 0
        """What is given back instead: more comes back than goes out."""
        self.may_be_less = False
        """Whether a part may be taken: of a debt, not of a sale."""
        self._make()
        self._lay_out()
        self._bind()

    # -- what is where -------------------------------------------------------------------------------
    def _make(self) -> None:
        self.to_pay, self.still = label("", "amount"), label("", "name", weight=700)
        self._title = label(self.tr("To pay"), "strong")
        self.taken = TakenList(self._wording)
        self.tiles = TenderTiles()
        self.amount = AmountEdit(self._wording)
        self.change = ChangeBox()
        self.reference = LineEdit()
        self.reference.setFixedHeight(theme().px(HIGH))
        self._amount_label, self._beside_label = label("", "body", tone="text2"), label("", "body")
        self._amount_label.setBuddy(self.amount)
        set_look(self._beside_label, tone="text2")
        self.quick = QuickAmounts(self._wording)
        self.refusal = label("", "body", tone="danger", weight=500, wrap=True)
        self.pad, self.code = NumPad(self._wording), CodeView()
        self._pad_or_code = QStackedWidget()
        for part in (self.pad, self.code):
            self._pad_or_code.addWidget(part)
        self._pad_or_code.setMaximumHeight(self.pad.maximumHeight())
        self.complete = button(self.tr("Complete sale"), kind="go", size="xl", key="F9", run=self.finish)

    def _lay_out(self) -> None:
        px = theme().px
        head = columns(self._title, STRETCH, self.to_pay, gap=8)
        self._still_row = held(columns(label(self.tr("Still to pay"), "strong"), STRETCH, self.still, gap=8))
        self._beside = QStackedWidget()
        self._beside.addWidget(self.change)
        self._beside.addWidget(self.reference)
        self._beside.setFixedHeight(px(HIGH))
        left = rows(self._amount_label, self.amount, gap=4)
        right = rows(self._beside_label, self._beside, gap=4)
        self._below = QStackedWidget()
        self._below.addWidget(self.quick)
        self._below.addWidget(self.refusal)
        self._below.setFixedHeight(px(40))
        amounts = columns(wide(left, 3), wide(right, 2), gap=8)
        parts = (
            head,
            self.taken,
            self._still_row,
            self.tiles,
            amounts,
            self._below,
            wide(self._pad_or_code, 100),
        )
        self._rows = rows(*parts, STRETCH, self.complete, gap=8, pad=(15, 10, 15, 9))
        self.body.addLayout(self._rows)

    def _bind(self) -> None:
        self.taken.taken_off.connect(self.taken_off)
        self.tiles.chosen.connect(self._turn_to)
        self.amount.textEdited.connect(self._typed)
        self.amount.entered.connect(self.enter)
        self.reference.returnPressed.connect(self.enter)
        self.reference.textEdited.connect(lambda _text: self.refuse(""))
        self.quick.chosen.connect(self._take)
        self.pad.typed.connect(self._pad_typed)
        self.pad.added.connect(self._pad_added)
        self.pad.erased.connect(self._pad_erased)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window tiles and amount are lower: a finger needs the pad."""
        super().resizeEvent(event)
        px, height = theme().px, self.height()
        is_low, is_lowest = height < px(_LOW), height < px(_LOWEST)
        self.tiles.set_low(is_low)
        for part in (self.amount, self.change, self.reference, self._beside):
            part.setFixedHeight(px(HIGH - 8 if is_low else HIGH))
        self.complete.setFixedHeight(px(50 if is_low else 58))
        self._has_quick = not is_lowest
        self._below.setVisible(self._has_quick or self._below.currentWidget() is self.refusal)
        self._rows.setSpacing(px(6 if is_low else 8))

    # -- showing -------------------------------------------------------------------------------------
    def know_notes(self, notes: Sequence[int]) -> None:
        """The notes that there are, the smallest first."""
        self._notes = tuple(notes)
        self.pad.show_notes(self._notes)
        self._refresh()

    def set_words(self, title: str, complete: str) -> None:
        """What is paid, and what the last key does."""
        self._title.setText(title)
        self.complete.setText(complete)

    def show_table(self, table: OnTable, counter: Counter | None) -> None:
        """What is to pay and what lies on the table now; an amount that somebody typed stays."""
        is_another = (table, counter) != (self._table, self._counter)
        self._table, self._counter = table, counter
        if is_another:
            self.tiles.show_tenders(self._offered())
            if not self.tiles.current():
                self.tiles.set_current(Tender.CASH.value)
            self.refuse("")
        self._refresh(fill=is_another)

    def _offered(self) -> list[Tender]:
        shown = {Tender.QR: self.takes_codes, Tender.CREDIT: self._credit() > 0}
        return [one for one in CHOSEN if shown.get(one, True)]

    def _credit(self) -> int:
        standing = self._counter.standing if self._counter is not None else None
        used = self._table.by(Tender.CREDIT)
        return standing.credit_minor - used if standing is not None else 0

    def _refresh(self, *, fill: bool = False) -> None:
        table, price = self._table, self._wording.price
        self.to_pay.setText(price(self.over_minor or table.to_pay_minor))
        self.taken.show_tenders(table.tenders)
        self._still_row.setVisible(bool(table.tenders))
        self.still.setText(price(table.left_minor))
        if fill and not self._is_typed:
            self._propose()
        self._dress()
        self._show_change()
        self._ask_code()

    def _ask_code(self) -> None:
        """Another amount, another code."""
        is_code = self.tiles.tender is Tender.QR
        self._pad_or_code.setCurrentWidget(self.code if is_code else self.pad)
        minor = self.amount.minor_or_nothing()
        if is_code and minor:
            self.code_wanted.emit(minor)

    def _propose(self) -> None:
        self.amount.show_minor(self._proposed())

    def _proposed(self) -> int:
        tender = self.tiles.tender
        asked = self._table.proposed(tender)
        return min(asked, self._credit()) if tender is Tender.CREDIT else asked

    def _dress(self) -> None:
        """Labels and places of the chosen tender."""
        tender = self.tiles.tender
        is_cash, has_reference = tender is Tender.CASH, tender in _WITH_REFERENCE
        words = self.tr("Cash received") if is_cash else self.tr("Amount")
        self._amount_label.setText(words)
        self.amount.setAccessibleName(words)
        beside = self.tr("Change") if is_cash else self._beside_words(tender)
        self._beside_label.setText(beside)
        self.reference.setAccessibleName(beside)
        self._beside.setCurrentWidget(self.reference if has_reference else self.change)
        self.quick.show_amounts(self._proposed(), self._notes if is_cash else ())

    def _beside_words(self, tender: Tender) -> str:
        if tender is Tender.GIFT_CARD:
            return self.tr("Code of the card")
        return self.tr("Reference") if tender in _WITH_REFERENCE else self._limit_words(tender)

    def _limit_words(self, tender: Tender) -> str:
        return self.tr("Left of the credit") if tender is Tender.CREDIT else self.tr("May go on account")

    def _show_change(self) -> None:
        tender, price = self.tiles.tender, self._wording.price
        if tender is Tender.CASH:
            self.change.set_text(self._change())
        elif tender is Tender.CREDIT:
            self.change.set_text(price(self._credit()))
        elif tender is Tender.ACCOUNT:
            counter = self._counter
            has_account = counter is not None and counter.customer_id is not None
            left = counter.account_left_minor if counter and has_account else None
            self.change.set_text(price(left) if left is not None else "", is_good=bool(left))

    def _change(self) -> str:
        """From the first digit on; nothing while what is typed does not cover the rest."""
        table, minor = self._table, self.amount.minor_or_nothing()
        if not table.to_pay_minor:
            return ""
        try:
            if not table.is_covered:
                table = table.with_one(Tendered(Tender.CASH, minor or 0))
            return self._wording.price(table.settled.change_minor) if table.is_covered else ""
        except DomainError:
            return ""

    # -- doing ---------------------------------------------------------------------------------------
    def begin(self) -> None:
        """The money key: all that is left stands in the amount, selected."""
        self.refuse("")
        self._is_typed = False
        self._refresh(fill=True)
        self.amount.setFocus()
        self.amount.selectAll()

    def forget(self) -> None:
        """Another sale begins."""
        self.tiles.set_current(Tender.CASH.value)
        self.reference.clear()
        self._is_typed = False
        self.refuse("")
        self._refresh(fill=True)

    def choose(self, tender: Tender) -> bool:
        """Alt+1 to Alt+7; False for one that is not offered."""
        return self.tiles.choose_number(CHOSEN.index(tender) + 1)

    def _turn_to(self, _key: str) -> None:
        self.reference.clear()
        self.begin()

    def take_gift_card(self, code: str, balance_minor: int) -> None:
        """A card was scanned: pay with it, as far as it reaches."""
        self.tiles.set_current(Tender.GIFT_CARD.value)
        self.begin()
        self.reference.setText(code)
        self.amount.show_minor(min(balance_minor, self._table.left_minor))
        self._is_typed = True

    def enter(self) -> None:
        """Enter adds the payment; once nothing is left, it completes."""
        if self._table.is_covered:
            self.finish()
        elif self._add():
            self.amount.setFocus()

    def finish(self) -> None:
        """F9 adds what is typed, and completes if that covers the rest."""
        if not self._table.is_covered and not self._add():
            return
        if self._table.is_covered or self.may_be_less:
            self.completed.emit()
        else:
            self.amount.setFocus()

    def _add(self) -> bool:
        """Lay what is typed on the table; False where it was refused."""
        try:
            one = self._typed_one()
            self._table.with_one(one)
        except DomainError as error:
            self.refuse(error.sentence)
            place = self.reference if error.field == "code" else self.amount
            place.setFocus()
            return False
        self._is_typed = False
        self.reference.clear()
        self.tendered.emit(one)
        return True

    def _typed_one(self) -> Tendered:
        tender, words = self.tiles.tender, self.reference.text().strip()
        has_customer = self._counter is not None and self._counter.customer_id is not None
        if tender.rules.needs_customer and not has_customer:
            sentence = self.tr("An account belongs to somebody. Choose the customer first.")
            raise DomainError("customer_missing", sentence, field="amount")
        if tender is Tender.GIFT_CARD and not words:
            sentence = self.tr("Scan the gift card, or type its code.")
            raise DomainError("code_missing", sentence, field="code")
        if tender is Tender.GIFT_CARD:
            check_code(words)
        minor = self.amount.minor()
        if tender is Tender.CREDIT and minor > self._credit():
            sentence = self.tr("The customer has {price} of credit.")
            price = self._wording.price(self._credit())
            raise DomainError("credit_short", sentence.format(price=price), field="amount")
        if tender is Tender.GIFT_CARD:
            return Tendered(tender, minor, code=words)
        return Tendered(tender, minor, reference=words if tender in _WITH_REFERENCE else "")

    def refuse(self, sentence: str) -> None:
        """Why not, in the place of the quick amounts; "" brings them back."""
        if sentence:
            self.refusal.setText(sentence)
            self._below.setCurrentWidget(self.refusal)
            announce(self, sentence, urgent=True)
        else:
            self._below.setCurrentWidget(self.quick)
        self._below.setVisible(self._has_quick or bool(sentence))
        set_look(self.amount, state="error" if sentence else "")

    # -- the amount ------------------------------------------------------------------------------------
    def _typed(self) -> None:
        self._is_typed = True
        self.refuse("")
        self._show_change()
        self._ask_code()

    def _take(self, minor: int) -> None:
        self.amount.show_minor(minor)
        self._typed()
        self.amount.setFocus()

    def _pad_typed(self, text: str) -> None:
        self.amount.setFocus()
        if not self._is_typed:
            self.amount.clear()
        self.amount.insert(text)
        self._typed()

    def _pad_added(self, minor: int) -> None:
        before = self.amount.minor_or_nothing() if self._is_typed else 0
        self._take((before or 0) + minor)

    def _pad_erased(self) -> None:
        self.amount.setFocus()
        self.amount.backspace()
        self._typed()

    def has_focus(self) -> bool:
        """Whether the cursor is in it."""
        from posapp.ui.focus_filter import focused

        now: QWidget | None = focused()
        return now is not None and self.isAncestorOf(now)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [self.tiles, self.amount, self.reference, *self.quick.buttons, self.complete]
