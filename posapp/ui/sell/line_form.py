"""What is changed of a line or of the whole, in a small form over the quick items, so that nothing jumps."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.taxes import parse_percent
from posapp.domain.selling.amounts import NOTHING_OFF, Discount
from posapp.domain.selling.carts import CartLine, LineKind
from posapp.domain.selling.orders import NOTE_LIMIT
from posapp.ui.fields import Form, LabeledField, LineEdit, MoneyField, TextField
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.sell.words import discount_words
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided
from posapp.ui.widgets.messages import soft_shadow
from posapp.ui.wording import Wording, translator

_tr = translator("Sell")


@dataclass(frozen=True, slots=True)
class LineChange:
    """What a line is to be."""

    quantity: int
    unit_minor: int
    discount: Discount


class CountField(LabeledField):
    """How many, as a whole number."""

    def __init__(self) -> None:
        super().__init__("quantity", _tr("Quantity"), LineEdit())

    def value(self) -> int:
        """The count; `DomainError` quantity_invalid."""
        text = self.text().strip()
        if not text.isdecimal() or len(text) > 9:
            raise DomainError("quantity_invalid", _tr("Enter how many, as a whole number."), field=self.name)
        return int(text)


class DiscountField(LabeledField):
    """`10%` or an amount; empty for nothing off."""

    def __init__(self, wording: Wording) -> None:
        super().__init__("discount", _tr("Discount, as 10% or 5"), LineEdit())
        self._wording = wording

    def value(self) -> Discount:
        """The discount; `DomainError` percent_invalid, amount_invalid."""
        from posapp.domain.base.locales import decimal_mark
        from posapp.domain.base.money import parse_amount

        plain, wording = self.text().strip(), self._wording
        if not plain:
            return NOTHING_OFF
        if plain.endswith("%"):
            return Discount(percent=parse_percent(plain, field=self.name))
        mark, locale = decimal_mark(wording.locale), wording.locale
        found = parse_amount(plain, wording.currency, decimal_mark=mark, locale=locale, field=self.name)
        return Discount(minor=found.minor)


class LineForm(Form):
    """Enter takes it over from any field, Esc leaves it."""

    line_changed = Signal(object)  # LineChange
    whole_changed = Signal(object)  # Discount
    noted = Signal(str)
    closed = Signal()

    def __init__(self, host: QWidget, wording: Wording) -> None:
        super().__init__()
        self._host, self._wording, self._about = host, wording, ""
        self._before: QWidget | None = None
        self.refused: DomainError | None = None
        self._title = Elided("", "field", weight=600)
        self.quantity = self.add_field(CountField())
        self.price = self.add_field(
            MoneyField("price", self.tr("Price of one"), wording=wording, required=True)
        )
        self.discount = self.add_field(DiscountField(wording))
        self.note = self.add_field(TextField("note", self.tr("Note"), limit=NOTE_LIMIT))
        save = button(self.tr("Take over"), kind="primary", size="m", key="Return")
        self.set_save_button(save)
        self.cancel = button(self.tr("Leave it"), kind="quiet", size="m", key="Esc", run=self.close_form)
        self._frame = QFrame(host)
        self._frame.setProperty("role", "popup")
        fields = columns(self.quantity, self.price, wide(self.discount), wide(self.note), gap=10)
        foot = columns(save, self.cancel, STRETCH, gap=8)
        rows(self._title, fields, self.summary, foot, gap=8, host=self)
        rows(self, host=self._frame, pad=(14, 10, 14, 12))
        soft_shadow(self._frame)
        self._frame.hide()
        host.installEventFilter(self)
        self._frame.installEventFilter(self)
        self.accepted.connect(self._accept)

    # -- opening -------------------------------------------------------------------------------------
    def open_line(self, line: CartLine, *, at_discount: bool) -> None:
        """A line: how many, for how much, less what."""
        self.quantity.set_text(str(line.quantity))
        is_plain, is_deposit = not line.number, line.kind is LineKind.DEPOSIT
        self._call_price(self.tr("Amount") if is_deposit else self.tr("Price of one"))
        self.price.set_text(self._typed_price(line.unit_minor) if line.unit_minor or is_plain else "")
        self._put_discount(line.discount)
        has_price = is_plain or is_deposit
        self._open(line.text, "line", quantity=is_plain, price=has_price, discount=not is_deposit)
        field = self.price if has_price and (is_deposit or not at_discount) else self.discount
        field.editor.setFocus()
        field.editor.selectAll()  # type: ignore[union-attr]  # a line, not a note

    def _call_price(self, words: str) -> None:
        self.price.label.setText(words)
        self.price.editor.setAccessibleName(words)

    def open_whole(self, discount: Discount) -> None:
        """What is taken off the whole sale."""
        self._put_discount(discount)
        self._open(self.tr("Discount on the whole sale"), "whole", discount=True)
        self.discount.editor.setFocus()

    def open_note(self, text: str) -> None:
        """What is worth knowing about the sale."""
        self.note.set_text(text)
        self._open(self.tr("Note on this sale"), "note", note=True)
        self.note.editor.setFocus()

    def _put_discount(self, discount: Discount) -> None:
        words = discount_words(discount, self._wording)
        typed = self._typed_price(discount.minor) if discount.minor else words
        self.discount.set_text("" if discount == NOTHING_OFF else typed)

    def _typed_price(self, minor: int) -> str:
        from posapp.domain.base.money import Money

        return self.price.shown(Money(minor, self._wording.currency))

    def _open(
        self,
        title: str,
        about: str,
        *,
        quantity: bool = False,
        price: bool = False,
        discount: bool = False,
        note: bool = False,
    ) -> None:
        now = focused()
        self._before = now if now is not None and not self.isAncestorOf(now) else self._before
        self._about = about
        self._title.setText(title)
        self.clear_problems()
        parts = ((self.quantity, quantity), (self.price, price), (self.discount, discount), (self.note, note))
        for field, is_there in parts:
            field.setVisible(is_there)
        self._frame.show()
        self._place()

    @property
    def is_open(self) -> bool:
        """Whether it lies over the sale."""
        return self._frame.isVisible()

    def has_focus(self) -> bool:
        """Whether the cursor is in it."""
        now = focused()
        return now is not None and self.isAncestorOf(now)

    def close_form(self) -> bool:
        """Leave it as it was; False if it was not open."""
        if not self.is_open:
            return False
        before = self._before
        if before is not None and before.isVisible():
            before.setFocus()  # before it is hidden: Qt would hand the focus to a neighbour
        self._frame.hide()
        self.closed.emit()
        return True

    # -- taking over ---------------------------------------------------------------------------------
    def _accept(self) -> None:
        """Whoever hears it sets `refused` where it cannot be so: then it stays open and says why."""
        self.refused = None
        self._tell()
        self._end(self.refused)

    def _end(self, refused: DomainError | None) -> None:
        if refused is not None:
            self.show_error(refused)
        else:
            self.close_form()

    def _tell(self) -> None:
        if self._about == "note":
            self.noted.emit(self.note.value())
        elif self._about == "whole":
            self.whole_changed.emit(self.discount.value())
        else:
            has_price = self.price.isVisibleTo(self)
            change = LineChange(
                quantity=self.quantity.value() if has_price else -1,
                unit_minor=self.price.value().minor if has_price else -1,  # type: ignore[union-attr]
                discount=self.discount.value(),
            )
            self.line_changed.emit(change)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it over, also from a field: these are few."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.submit()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        px, host = theme().px, self._host
        width = host.width() - px(24)
        height = self._frame.sizeHint().height()
        self._frame.setGeometry(px(12), max(px(12), host.height() - height - px(12)), width, height)
        self._frame.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it lies over, and of what it says: a refusal needs a line of its own."""
        is_grown = watched is self._frame and event.type() == QEvent.Type.LayoutRequest
        is_moved = watched is self._host and event.type() == QEvent.Type.Resize
        if (is_grown or is_moved) and self._frame.isVisible():
            self._place()
        return False
