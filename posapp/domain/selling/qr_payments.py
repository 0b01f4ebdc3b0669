"""Payment by QR code: what a payer's banking app reads, without any network or contract.

Which code fits is a question of the shop's currency and of what the shop said about itself: a SEPA transfer
(EPC069-12 version 3), UPI (NPCI linking specification 1.6), Pix (BR Code, Manual de Padrões para Iniciação do
Pix), PromptPay (EMVCo merchant-presented QR) or a Swiss QR bill (SIX implementation guidelines 2.3). Nobody
tells the shop that it was paid: whoever stands at the till looks and confirms.
"""

import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from posapp.domain.base.money import Money
from posapp.domain.shop.businesses import Business

MOST_MINOR: Final = 99_999_999_999
"""Of SEPA and Swiss transfers; the other codes carry at least as much."""


class QrKind(StrEnum):
    """Which scheme a code is of."""

    EPC = "epc"
    SWISS = "swiss"
    UPI = "upi"
    PIX = "pix"
    PROMPTPAY = "promptpay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """What a shop says of itself so that it can be paid; whatever it left out is empty.

    The address is that of the account holder; Swiss bills and Pix name it.
    """

    name: str = ""
    iban: str = ""
    bic: str = ""
    upi: str = ""
    pix: str = ""
    promptpay: str = ""
    street: str = ""
    house: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class QrPayment:
    """A code to be paid by: its scheme, what stands in it, how much it asks and about what.

    `png` is its picture for a screen, empty until somebody wants one.
    """

    kind: QrKind
    payload: str
    amount_minor: int
    about: str
    png: bytes = field(default=b"", repr=False)


def payee_of(business: Business) -> Payee:
    """What a shop's settings say."""
    return Payee(
        name=business.payment_name or business.name,
        iban=business.payment_iban,
        bic=business.payment_bic,
        upi=business.payment_upi,
        pix=business.payment_pix,
        promptpay=business.payment_promptpay,
        street=business.payment_street,
        house=business.payment_house,
        postcode=business.payment_postcode,
        city=business.payment_city,
        country=business.region,
    )


def qr_payment(payee: Payee, currency: str, amount_minor: int, about: str) -> QrPayment | None:
    """The code that asks for an amount; None where the shop's currency or what it said of itself has none.

    `about` is the number that the payment is for: T12, S2207, or the reference of a sale that is open.
    """
    kind = scheme_of(payee, currency)
    if kind is None or not 1 <= amount_minor <= MOST_MINOR:
        return None
    amount = str(Money(amount_minor, currency).as_decimal())
    return QrPayment(kind, _PAYLOADS[kind](payee, currency, amount, about), amount_minor, about)


def scheme_of(payee: Payee, currency: str) -> QrKind | None:
    """Which scheme a shop can be paid by; of two that fit, the Swiss bill."""
    return next((kind for kind, fits in _FITS.items() if fits(payee, currency)), None)


def is_swiss(iban: str) -> bool:
    """Whether an account is at home where QR bills are."""
    return iban[:2] in ("CH", "LI")


def is_qr_iban(iban: str) -> bool:
    """Whether an account takes only payments with a QR reference (institutions 30000 to 31999)."""
    return is_swiss(iban) and iban[4:9].isdigit() and 30_000 <= int(iban[4:9]) <= 31_999


_FITS: Final[dict[QrKind, Callable[[Payee, str], bool]]] = {
    QrKind.SWISS: lambda payee, currency: (
        currency in ("CHF", "EUR")
        and is_swiss(payee.iban)
        and all((payee.name, payee.postcode, payee.city, payee.country))
    ),
    QrKind.EPC: lambda payee, currency: currency == "EUR" and bool(payee.iban and payee.name),
    QrKind.UPI: lambda payee, currency: currency == "INR" and bool(payee.upi and payee.name),
    QrKind.PIX: lambda payee, currency: currency == "BRL" and all((payee.pix, payee.name, payee.city)),
    QrKind.PROMPTPAY: lambda payee, currency: currency == "THB" and bool(payee.promptpay),
}


# -- SEPA ----------------------------------------------------------------------------------------------
def _epc(payee: Payee, currency: str, amount: str, about: str) -> str:
    """Version 002, UTF-8; the text for the payee comes after purpose and creditor reference, both empty."""
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        payee.bic,
        payee.name[:70],
        payee.iban,
        currency + amount,
        "",
        "",
        about,
    )
    return "\n".join(lines)


# -- Switzerland ---------------------------------------------------------------------------------------
_NOBODY: Final = ("",) * 7


def _swiss(payee: Payee, currency: str, amount: str, about: str) -> str:
    """Version 0200: a structured address of the creditor, no ultimate creditor, room for the debtor."""
    kind, reference = swiss_reference(payee.iban, about)
    address = (payee.street[:70], payee.house[:16], payee.postcode[:16], payee.city[:35], payee.country)
    creditor = ("S", payee.name[:70], *address)
    lines = ("SPC", "0200", "1", payee.iban, *creditor, *_NOBODY, amount, currency, *_NOBODY)
    return "\r\n".join((*lines, kind, reference, about, "EPD"))


@dataclass(frozen=True, slots=True)
class SwissLines:
    """What a Swiss bill shows beside its code, read from the code."""

    creditor: str
    reference: str
    message: str
    amount: str
    currency: str

    @classmethod
    def read(cls, payload: str) -> "SwissLines":
        """The lines of a payload of `qr_payment`."""
        lines = payload.split("\r\n")
        street = " ".join(filter(None, lines[6:8]))
        place = f"{lines[10]}-{lines[8]} {lines[9]}" if lines[10] != "CH" else f"{lines[8]} {lines[9]}"
        creditor = "\n".join(filter(None, (_grouped(lines[3]), lines[5], street, place)))
        return cls(creditor, lines[28], lines[29], lines[18], lines[19])

    @property
    def shown_reference(self) -> str:
        """In groups: fours from the left, of a QR reference fives from the right."""
        if self.reference.startswith("RF"):
            return _grouped(self.reference)
        return f"{self.reference[:2]} {_grouped(self.reference[2:], 5)}"


def _grouped(text: str, by: int = 4) -> str:
    return " ".join(text[place : place + by] for place in range(0, len(text), by))


def swiss_reference(iban: str, about: str) -> tuple[str, str]:
    """The reference by which the payment is found: QRR for a QR-IBAN, else an ISO 11649 one.

    A QR reference has digits only: the letter goes in as its place in the alphabet, before nine digits.
    """
    from stdnum.ch import esr
    from stdnum.iso7064 import mod_97_10

    if is_qr_iban(iban):
        letter, digits = about[:1].upper(), "".join(filter(str.isdigit, about))
        place = ord(letter) - ord("A") + 1 if "A" <= letter <= "Z" else 0
        body = f"{place:02d}{digits[-9:]:0>9}".rjust(26, "0")
        return "QRR", body + str(esr.calc_check_digit(body))
    body = "".join(filter(str.isalnum, about.upper()))[:21]
    return "SCOR", f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"


# -- India ---------------------------------------------------------------------------------------------
def _upi(payee: Payee, currency: str, amount: str, about: str) -> str:
    given = {"pa": payee.upi, "pn": payee.name, "am": amount, "cu": currency, "tr": about, "tn": about}
    return "upi://pay?" + "&".join(f"{name}={quote(value, safe='@')}" for name, value in given.items())


# -- EMVCo: Brazil and Thailand ------------------------------------------------------------------------
def _pix(payee: Payee, _currency: str, amount: str, about: str) -> str:
    account = _field("00", "br.gov.bcb.pix") + _field("01", payee.pix)
    name, city = _latin(payee.name, 25), _latin(payee.city, 15)
    reference = "".join(filter(str.isalnum, about))[:25]
    fields = (("00", "01"), ("26", account), ("52", "0000"), ("53", "986"), ("54", amount), ("58", "BR"))
    return _sealed((*fields, ("59", name), ("60", city), ("62", _field("05", reference or "***"))))


def _promptpay(payee: Payee, _currency: str, amount: str, about: str) -> str:
    """`01` a phone (13 digits with the country's), `02` a national or tax number, `03` a wallet."""
    digits = payee.promptpay
    places = {13: "02", 15: "03"}
    place, value = (places[len(digits)], digits) if len(digits) in places else ("01", "0066" + digits[-9:])
    account = _field("00", "A000000677010111") + _field(place, value)
    fields = (("00", "01"), ("01", "12"), ("29", account), ("53", "764"), ("54", amount), ("58", "TH"))
    return _sealed((*fields, ("62", _field("05", about[:25]))))


def _field(place: str, value: str) -> str:
    return f"{place}{len(value):02d}{value}"


def _sealed(fields: tuple[tuple[str, str], ...]) -> str:
    """The fields, and last their CRC-16/CCITT-FALSE, its own place and length included."""
    body = "".join(_field(place, value) for place, value in fields) + "6304"
    return f"{body}{binascii.crc_hqx(body.encode('ascii'), 0xFFFF):04X}"


def _latin(text: str, limit: int) -> str:
    """A text in the letters that every bank reads."""
    from anyascii import anyascii

    return str(anyascii(text)).strip()[:limit].strip()


_PAYLOADS: Final = {
    QrKind.EPC: _epc,
    QrKind.SWISS: _swiss,
    QrKind.UPI: _upi,
    QrKind.PIX: _pix,
    QrKind.PROMPTPAY: _promptpay,
}
