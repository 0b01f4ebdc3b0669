"""Words about a drawer that the top bar needs, too."""

from datetime import datetime

from posapp.domain.selling.payments import Tender
from posapp.domain.selling.shifts import CashKind
from posapp.domain.selling.takings import Figure, FigureKind
from posapp.ui.wording import Wording, translator

_tr = translator("Shift")


def kind_words(kind: CashKind) -> str:
    """Which way cash went."""
    return _tr("Cash in") if kind is CashKind.IN else _tr("Cash out")


def tender_words(tender: Tender) -> str:
    """A way to pay."""
    return {
        Tender.CASH: _tr("Cash"),
        Tender.CARD: _tr("Card"),
        Tender.TRANSFER: _tr("Transfer"),
        Tender.ACCOUNT: _tr("On account"),
        Tender.QR: _tr("QR code"),
        Tender.GIFT_CARD: _tr("Gift card"),
        Tender.CREDIT: _tr("Store credit"),
        Tender.DEPOSIT: _tr("Deposit"),
    }[tender]


def figure_words(one: Figure) -> str:
    """A figure of X and Z; of sales and refunds how many there were."""
    words = {
        FigureKind.SALES: _tr("Sales"),
        FigureKind.REFUNDS: _tr("Refunds"),
        FigureKind.APART: _tr("Deposits and gift cards sold"),
        FigureKind.USED: _tr("Deposits, credit and cards used"),
        FigureKind.ACCOUNT: _tr("On account, debts paid"),
        FigureKind.ROUNDING: _tr("Rounding"),
        FigureKind.TAKEN: _tr("Taken in"),
    }[one.kind]
    return _tr("{what} ({count})").format(what=words, count=one.count) if one.count else words


def opening_time(at: datetime, wording: Wording) -> str:
    """When a shift was opened: the time alone today, else with its day."""
    here = wording.here(at)
    return wording.time(here.time()) if here.date() == wording.today() else wording.moment(at)
