"""On what terms a customer buys, as fields of the customer's form."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLayout

from posapp.domain.customers.customers import REASON_LIMIT, TAX_NUMBER_LIMIT, Terms
from posapp.ui.fields import ComboField, MoneyField, TextField
from posapp.ui.layout import columns, rows
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.catalogue.price_levels import PriceLevel

_tr = translator("CustomerTerms")


class TermsFields:
    """Price level and limit, tax number and why no tax is paid; a form takes them in and lays them out."""

    def __init__(self, wording: Wording) -> None:
        self._currency = wording.currency
        self._usual = (None, _tr("Usual prices"))
        self.level = ComboField("price_level_id", _tr("Price level"), [self._usual])
        self.limit = MoneyField("account_limit", _tr("May owe"), wording=wording)
        self.limit.editor.setPlaceholderText(_tr("as all"))
        self.number = TextField("tax_number", _tr("Tax number"), limit=TAX_NUMBER_LIMIT)
        self.reason = TextField("tax_exempt_reason", _tr("Pays no tax because"), limit=REASON_LIMIT)
        self.fields = (self.level, self.limit, self.number, self.reason)

    def lines(self) -> QLayout:
        """The fields, two beside each other."""
        return rows(
            columns(self.level, self.limit, gap=12), columns(self.number, self.reason, gap=12), gap=12
        )

    def show_levels(self, levels: "Sequence[PriceLevel]") -> None:
        """Offer these; an archived one only while the customer has it."""
        mine = self.level.value()
        offered = [(one.id, one.name) for one in levels if not one.is_archived or one.id == mine]
        self.level.set_choices([self._usual, *offered])

    def values_of(self, terms: Terms) -> dict[str, Any]:
        """What the fields show of these terms."""
        from posapp.domain.base.money import Money

        key, limit = terms.price_level_id, terms.account_limit_minor
        if key is not None and key not in self.level.values():
            self.level.set_choices([self._usual, (key, "…")])  # until the names are read
        shown = self.limit.shown(None if limit is None else Money(limit, self._currency))
        return {
            "price_level_id": key,
            "account_limit": shown,
            "tax_number": terms.tax_number,
            "tax_exempt_reason": terms.tax_exempt_reason,
        }

    def words_of(self, key: int | None) -> str:
        """What a price level is called."""
        return self.level.words_of(key)

    def typed(self) -> Terms:
        """The terms that are typed; every field is right by now."""
        limit = self.limit.value()
        return Terms(
            self.level.value(),
            self.reason.value(),
            self.number.value(),
            None if limit is None else limit.minor,
        )
