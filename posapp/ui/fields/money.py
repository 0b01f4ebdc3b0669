"""The money field: typed as people write amounts, kept in minor units."""

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import LineEdit
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.money import Money


_SIGN, _COUNT = r"\s*[*×xX]\s*", r"[0-9]{1,4}"
_PRODUCT = re.compile(
    rf"\s*(?:(?P<first>{_COUNT}){_SIGN}(?P<last>[^*×xX]*[0-9][^*×xX]*)"
    rf"|(?P<price>[^*×xX]*[0-9][^*×xX]*?){_SIGN}(?P<count>{_COUNT})\s*)"
)


class _AmountEdit(LineEdit):
    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return  # what is typed goes on
        # After the click that brought the focus: it would take the selection away again.
        QTimer.singleShot(0, self, self.selectAll)


def _split(text: str) -> tuple[str, int]:
    """The price and the count of `12.5*2` or `2 x 12.5`; any other text is a price, taken once."""
    found = _PRODUCT.fullmatch(text)
    if found is None:
        return text, 1
    price, count = found["price"] or found["last"], found["count"] or found["first"]
    return price, int(count)


class MoneyField(LabeledField):
    """An amount of the shop's currency; `,` and `.` are both understood. Empty is None where it may be.

    A price times a count (`12.5*2`) is worked out when the field is left. `missing` is said of an empty one
    that has to be filled in.
    """

    def __init__(
        self, name: str, text: str, *, wording: Wording, required: bool = False, missing: str = ""
    ) -> None:
        super().__init__(name, text, _AmountEdit())
        self._wording, self._required, self._missing = wording, required, missing
        self.committed.connect(lambda: self.put(self.value()))

    def set_wording(self, wording: Wording) -> None:
        """The shop writes amounts otherwise now, or takes another currency."""
        self._wording = wording

    def value(self) -> "Money | None":
        """The amount; raises `DomainError` amount_invalid or amount_negative."""
        from posapp.domain.base.locales import decimal_mark
        from posapp.domain.base.money import parse_amount

        if self.is_empty() and self._missing:
            raise DomainError("amount_missing", self._missing, field=self.name)
        if self.is_empty() and not self._required:
            return None
        locale, currency = self._wording.locale, self._wording.currency
        mark = decimal_mark(locale)
        amount, times = _split(self.text())
        price = parse_amount(amount, currency, decimal_mark=mark, locale=locale, field=self.name)
        if times == 1:
            return price
        # Read once more, so that the limit of an amount holds for the product too.
        return parse_amount(self.shown(price * times), currency, decimal_mark=mark, field=self.name)

    def set_money(self, amount: "Money | None") -> None:
        """Show this amount, None for an empty field."""
        self.set_text(self.shown(amount))

    def shown(self, amount: "Money | None") -> str:
        """How an amount stands in the field."""
        from posapp.domain.base.locales import decimal_mark

        if amount is None:
            return ""
        return f"{amount.as_decimal():f}".replace(".", decimal_mark(self._wording.locale))

    def put(self, value: Any) -> None:
        """Show this amount."""
        self.set_money(value)
