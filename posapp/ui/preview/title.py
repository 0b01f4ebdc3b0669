"""What a paper is: its number, whose it is, and for when."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.domain.base.money import Money, format_money
from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import CustomerPaper, PaperKind
from posapp.domain.repairs.papers import ClaimTicket, DeviceLabel, EstimatePaper, HandBackPaper
from posapp.domain.selling.papers import ZReport
from posapp.domain.selling.sale_papers import PaymentReceipt, SalePaper
from posapp.ui.layout import columns, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import Elided, PlBadge, label
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.papers.documents import Document
    from posapp.services.papers.content import PaperOf

_tr = translator("Preview")


class PaperTitle(QWidget):
    """The head of the left column."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._number = label("", "amount")
        self._badge = PlBadge("")
        self._name = Elided("", "strong")
        self._name.setFixedHeight(px(28))
        self._what, self._when = Elided("", "body", tone="text2"), Elided("", "body", tone="text2")
        who = columns(self._badge, wide(self._name), gap=10)
        rows(self._number, who, self._what, self._when, gap=4, pad=(20, 16, 20, 14), host=self)

    def show_number(self, number: str) -> None:
        """Another paper comes: its number is known, the rest is not yet."""
        self._number.setText(number)
        self._badge.set_text("")
        self._badge.hide()
        for part in (self._name, self._what, self._when):
            part.setText("")

    def show_paper(self, document: "Document", wording: Wording) -> None:
        """The names and texts that stand on the paper."""
        self._number.setText(document.number)
        self._badge.set_text(document.pl_id)
        self._badge.setVisible(bool(document.pl_id))
        phone = document.customer_phone if isinstance(document, CustomerPaper) else ""
        self._name.setText(document.customer_name or phone)
        self._name.setVisible(bool(document.customer_name or phone))
        what, when = self._facts(document, wording)
        self._what.setText(what)
        self._when.setText(when)

    def _facts(self, document: "Document", wording: Wording) -> tuple[str, str]:
        """What the paper is about, and when or by whom."""
        if isinstance(document, BookingSlip):
            when = wording.day(date.fromisoformat(document.day))
            starts = wording.time(time.fromisoformat(document.starts))
            with_whom = self.tr("with {name}").format(name=document.with_whom)
            return document.service, f"{when}, {starts} {with_whom}"
        if isinstance(document, ClaimTicket):
            return ", ".join(one.device for one in document.devices), self._ready(document.ready_by, wording)
        if isinstance(document, DeviceLabel):
            device = f"{document.device} {document.place}".strip()
            return device, self._ready(document.due, wording)
        if isinstance(document, SalePaper | PaymentReceipt):
            return self._sold(document, wording)
        if isinstance(document, EstimatePaper):
            return document.devices, document.answer or self.tr("Version {n}").format(n=document.version)
        if isinstance(document, ZReport):
            closed = self._moment(document.closed_at, wording)
            return document.till, self.tr("Closed {when}, {who}").format(when=closed, who=document.closed_by)
        assert isinstance(document, HandBackPaper)
        taken = self.tr("Taken by {name}").format(name=document.taken_by)
        return ", ".join(one.device for one in document.devices), taken

    def _sold(self, document: SalePaper | PaymentReceipt, wording: Wording) -> tuple[str, str]:
        """What the paper is and how much it is about, then the moment of it."""
        at = datetime.fromisoformat(document.made_at)
        minor = document.total_minor if isinstance(document, SalePaper) else document.amount_minor
        money = format_money(Money(minor, document.shop.currency), document.shop.locale)
        return f"{document.heading}, {money}", f"{wording.day(at.date())}, {wording.time(at.time())}"

    def _ready(self, local: str, wording: Wording) -> str:
        if not local:
            return ""
        return self.tr("Ready by {when}").format(when=self._moment(local, wording))

    def _moment(self, local: str, wording: Wording) -> str:
        at = datetime.fromisoformat(local)
        return f"{wording.day(at.date())}, {wording.time(at.time())}"


def kind_name(kind: PaperKind) -> str:
    """What a kind of paper is called in the window."""
    return {
        PaperKind.BOOKING_SLIP: _tr("Booking slip"),
        PaperKind.CLAIM_TICKET: _tr("Claim ticket"),
        PaperKind.DEVICE_LABEL: _tr("Device label"),
        PaperKind.PRICE_LABEL: _tr("Price label"),
        PaperKind.SHELF_LABEL: _tr("Shelf label"),
        PaperKind.ESTIMATE: _tr("Estimate"),
        PaperKind.HAND_BACK: _tr("Hand-back"),
        PaperKind.X_REPORT: _tr("X report"),
        PaperKind.Z_REPORT: _tr("Z report"),
        PaperKind.SALE_RECEIPT: _tr("Receipt"),
        PaperKind.INVOICE: _tr("Invoice"),
        PaperKind.PAYMENT_RECEIPT: _tr("Payment receipt"),
        PaperKind.GIFT_CARD: _tr("Gift card"),
        PaperKind.STATEMENT: _tr("Statement"),
        PaperKind.REPORT: _tr("Report"),
        PaperKind.BADGE: _tr("Badge"),
    }[kind]


def paper_name(wanted: "PaperOf") -> str:
    """A paper among others: `B12`, `T12`, `T12 label 2`, `T12 estimate`."""
    words = {
        PaperKind.DEVICE_LABEL: _tr("{number} label {n}"),
        PaperKind.ESTIMATE: _tr("{number} estimate"),
        PaperKind.HAND_BACK: _tr("{number} hand-back"),
        PaperKind.INVOICE: _tr("{number} invoice"),
    }.get(wanted.what, "{number}")
    return words.format(number=wanted.number, n=wanted.position)
