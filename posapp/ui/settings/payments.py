"""How the shop is paid by QR code: the account holder, bank accounts and IDs, and the code as it would be."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QLayout

from posapp.domain.selling.qr_payments import QrPayment
from posapp.domain.shop.payees import (
    PAYEE_LIMITS,
    check_bic,
    check_iban,
    check_pix,
    check_promptpay,
    check_upi,
)
from posapp.ui.fields import TextField
from posapp.ui.layout import rows
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.saving_form import SavingForm
from posapp.ui.settings.section import group
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import remark
from posapp.ui.wording import translator

_tr = translator("Settings")
_SIDE = 168
"""Pixels of the code at the usual size of the window."""


def scheme_words(kind: str) -> str:
    """A scheme as its payers call it."""
    return {
        "epc": _tr("SEPA transfer"),
        "swiss": _tr("Swiss QR bill"),
        "upi": _tr("UPI"),
        "pix": _tr("Pix"),
        "promptpay": _tr("PromptPay"),
    }[kind]


class PaymentsForm(SavingForm):
    """What stands in the codes; the shop's currency decides which scheme it is."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter.of_shop)
        self._presenter = presenter
        self.picture = QLabel()
        self.picture.setAccessibleName(self.tr("Payment code"))
        self.words = remark("")
        self.setLayout(
            rows(
                self._make_holder(),
                self._make_banks(),
                self._make_others(),
                group(self.tr("The code"), [(rows(self.picture, self.words, gap=8),)]),
                gap=24,
            )
        )

    def show_stored(self) -> None:
        """The code, too."""
        super().show_stored()
        self._presenter.sample_code(self._show_code)

    def _show_code(self, code: QrPayment | None) -> None:
        self.picture.setVisible(code is not None)
        if code is None:
            currency = self._presenter.business.currency
            words = self.tr("With {currency} and what stands above there is no code to pay by.")
            self.words.setText(words.format(currency=currency))
            return
        picture, side = QPixmap(), theme().px(_SIDE)
        picture.loadFromData(code.png)
        self.picture.setPixmap(
            picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)  # squares stay sharp
        )
        amount = self._presenter.wording.price(code.amount_minor)
        words = self.tr("{scheme}. This one asks for {amount} and can be tried with a phone.")
        self.words.setText(words.format(scheme=scheme_words(code.kind.value), amount=amount))

    # -- fields ----------------------------------------------------------------------------------------
    def _text(self, name: str, words: str, said: str, hint: str = "") -> TextField:
        return self.keep(TextField(name, words, limit=PAYEE_LIMITS[name]), said, hint)

    def _make_holder(self) -> QLayout:
        tr = self.tr
        self.name = self._text(
            "payment_name",
            tr("Account holder"),
            tr("Account holder saved"),
            tr("Empty: the name of the shop."),
        )
        street = self._text("payment_street", tr("Street"), tr("Street saved"))
        house = self._text("payment_house", tr("House number"), tr("House number saved"))
        postcode = self._text("payment_postcode", tr("Postcode"), tr("Postcode saved"))
        city = self._text("payment_city", tr("Town"), tr("Town saved"))
        fields = [(self.name, None), (street, house), (postcode, city)]
        return group(tr("Account holder"), fields, tr("Swiss QR bills need the address, Pix needs the town."))

    def _make_banks(self) -> QLayout:
        tr = self.tr
        self.iban = self.keep(TextField("payment_iban", tr("IBAN"), read=check_iban), tr("IBAN saved"))
        self.bic = self.keep(TextField("payment_bic", tr("BIC"), read=check_bic), tr("BIC saved"))
        return group(tr("Bank account"), [(self.iban, self.bic)], tr("For euros and Swiss francs."))

    def _make_others(self) -> QLayout:
        tr = self.tr
        upi = self.keep(TextField("payment_upi", tr("UPI ID"), read=check_upi), tr("UPI ID saved"))
        pix = self.keep(TextField("payment_pix", tr("Pix key"), read=check_pix), tr("Pix key saved"))
        promptpay = TextField("payment_promptpay", tr("PromptPay ID"), read=check_promptpay)
        self.keep(promptpay, tr("PromptPay ID saved"))
        return group(tr("Payment apps"), [(upi, pix), (promptpay, None)], tr("For rupees, reais and baht."))
