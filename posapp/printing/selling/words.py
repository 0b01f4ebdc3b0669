"""How the papers of money say what stands in their documents."""

import re
from datetime import date
from typing import Final

from posapp.domain.base.local_dates import local_day
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.selling.papers import RateLine, SumLine
from posapp.domain.selling.sale_papers import DueLine, PaidLine, SalePaper, SoldLine, TaxLine

TOTAL, SUBTOTAL, CHANGE, ROUNDING = "Total", "Subtotal", "Change", "Rounding"
LEFT, OWED, NO_TAX = "Left to pay", "Still owed", "No tax"
_TENDERS: Final = {
    "cash": "Cash",
    "card": "Card",
    "transfer": "Transfer",
    "qr": "QR payment",
    "giftcard": "Gift card",
    "credit": "Credit",
    "deposit": "Deposit",
    "account": "On account",
}
_SUMS: Final = {
    "sales": "Sales",
    "refunds": "Refunds",
    "apart": "Deposits and gift cards sold",
    "used": "Deposits, credit and cards used",
    "account": "On account, debts paid",
    "rounding": "Rounding",
    "taken": "Taken in",
}
_SCHEMES: Final = {
    "epc": "Pay with your banking app",
    "swiss": "Pay with your banking app",
    "upi": "Pay with any UPI app",
    "pix": "Pague com Pix",
    "promptpay": "Pay with PromptPay",
}


def day(text: str, locale: str) -> str:
    """`2026-03-14` as "14 Mar 2026"; "" for none."""
    return local_day(date.fromisoformat(text), locale) if text else ""


def paid(line: PaidLine, locale: str) -> str:
    """ "Card ending 4417", "Deposit T1042, 5 Mar 2026"."""
    return ", ".join(filter(None, (tender(line.tender, line.reference), day(line.day, locale))))


def tender(kind: str, reference: str) -> str:
    """A tender with what tells it from others."""
    name = _TENDERS.get(kind, kind)
    if not reference.strip():
        return name
    is_end = kind == "card" and re.fullmatch(r"[0-9]{4}", reference)
    return f"{name} ending {reference}" if is_end else f"{name} {reference}"


def due(line: DueLine, locale: str) -> str:
    """ "S2190, 9 Mar 2026" of another sale, the day alone of an opening balance."""
    return ", ".join(filter(None, (line.number, day(line.day, locale))))


def name(line: SoldLine) -> str:
    """What a line is called, with the number that it is about."""
    return f"{line.number} {line.text}" if line.number and line.number not in line.text else line.text


def pieces(quantity: int) -> str:
    """How many, with a real minus where they come back."""
    return str(quantity).replace("-", "−")


def percent(rate: int) -> str:
    """A rate of millionths as "13.5 %"."""
    return f"{percent_text(rate)} %"


def tax(row: TaxLine | RateLine) -> str:
    """ "CGST 9 %"; a name that tells the rate already is enough."""
    rate = percent_text(row.rate)
    if not row.name:
        return f"{rate} %"
    if re.search(rf"(?<![0-9.,]){re.escape(rate)}(?![0-9.,])", row.name):
        return row.name if "%" in row.name else f"{row.name} %"
    return f"{row.name} {rate} %"


def shift_sum(what: str) -> str:
    """A figure of X and Z."""
    return _SUMS.get(what, what)


def shift_count(one: SumLine) -> str:
    """How many sales or refunds; "" where nothing is counted."""
    names = {"sales": ("sale", "sales"), "refunds": ("refund", "refunds")}.get(one.what)
    return f"{one.count} {names[one.count != 1]}" if names else ""


def rate_of(paper: SalePaper, letter: str) -> str:
    """The rate that a line bears, all parts together; "–" for none."""
    rates = [row.rate for row in paper.taxes if row.letter == letter] if letter else []
    return percent(sum(rates)) if rates else "–"


def pay_with(scheme: str) -> str:
    """How a code to pay by is read."""
    return _SCHEMES.get(scheme, "")
