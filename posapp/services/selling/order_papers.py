"""The papers of sales and payments: what stands on receipt and invoice at this moment."""

from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.local_dates import local_day, local_time
from posapp.domain.base.money import Money
from posapp.domain.base.numbers import Letter
from posapp.domain.papers.documents import Document, PaperKind
from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.invoice_rules import InvoiceRule, Stamped, rule_of
from posapp.domain.selling.orders import Order, OrderLine, OrderStatus
from posapp.domain.selling.payments import Payment
from posapp.domain.selling.qr_payments import payee_of, qr_payment
from posapp.domain.selling.sale_papers import (
    DueLine,
    Invoice,
    PaidLine,
    PaymentReceipt,
    SaleReceipt,
    SoldLine,
    TaxLine,
)
from posapp.domain.shop.businesses import Business
from posapp.services.customers.customers import require_customer
from posapp.services.papers.content import Content, PaperOf, header, no_such_paper, wall
from posapp.services.papers.papers import Output, queue_paper
from posapp.services.repairs.papers import device_mark, warranty_words
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.finding import require_order
from posapp.services.selling.payments import require_payment

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

_INCLUDED, _ADDED = "included", "added"


class OrderPapers:
    """Where the papers of sales and refunds come from."""

    letter = Letter.SALE

    def hold(self, uow: "UnitOfWork", number: str) -> None:
        """Keep other tills from giving out the same copy until this transaction ends."""
        uow.orders.hold(require_order(uow, number).id)

    def content(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        """The receipt of a sale or refund, or its invoice."""
        return paper_of_order(uow, require_order(uow, wanted.number), wanted.what)


class PaymentPapers:
    """Where the papers of payments come from."""

    letter = Letter.PAYMENT

    def hold(self, uow: "UnitOfWork", number: str) -> None:
        """Keep other tills from giving out the same copy until this transaction ends."""
        payment = require_payment(uow, number)
        if payment.order:
            uow.orders.hold(require_order(uow, payment.order).id)
        elif payment.customer_id is not None:
            uow.customers.hold(payment.customer_id)

    def content(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        """What says that money was taken, or given back."""
        payment = require_payment(uow, wanted.number)
        if wanted.what != PaperKind.PAYMENT_RECEIPT:
            raise no_such_paper(payment.number)
        return _paper_of_payment(uow, payment)


def paper_of_order(uow: "UnitOfWork", order: Order, kind: PaperKind = PaperKind.SALE_RECEIPT) -> Content:
    """A sale's or refund's receipt, or its invoice."""
    made: Document
    if kind is PaperKind.SALE_RECEIPT:
        made = _receipt(uow, order)
    elif kind is PaperKind.INVOICE:
        made = _invoice(uow, order)
    else:
        raise no_such_paper(order.number)
    return Content(order.number, kind.value, made, order.customer_id, None)


def queue_receipt(uow: "UnitOfWork", order: Order, output: Output | None) -> int | None:
    """Put the receipt into the print queue where one is wanted; the job of its first copy."""
    if output is None:
        return None
    content = paper_of_order(uow, order)
    jobs = [queue_paper(uow, content, output) for _ in range(output.copies)]
    return jobs[0]


def queue_payment(uow: "UnitOfWork", payment: Payment, output: Output | None) -> int | None:
    """Put the receipt of a payment into the print queue where one is wanted; the job of its first copy."""
    if output is None:
        return None
    content = _paper_of_payment(uow, payment)
    jobs = [queue_paper(uow, content, output) for _ in range(output.copies)]
    return jobs[0]


def _paper_of_payment(uow: "UnitOfWork", payment: Payment) -> Content:
    kind = PaperKind.PAYMENT_RECEIPT.value
    return Content(payment.number, kind, _payment_receipt(uow, payment), payment.customer_id, None)


# -- receipt and invoice -----------------------------------------------------------------------------------
def _receipt(uow: "UnitOfWork", order: Order) -> SaleReceipt:
    business = uow.businesses.get()
    rule = rule_of(business.region)
    heading = rule.receipt_heading(is_taxed=bool(order.tax_minor and business.tax_id))
    if order.refund_of:
        heading = f"Refund of {order.refund_of}"
    elif all(line.kind is LineKind.DEPOSIT for line in order.lines):
        heading = "Deposit"
    return SaleReceipt(
        **_who(uow, order, business),
        **_sold(uow, order, business, rule),
        heading=heading,
        dues=_dues(uow, order),
    )


def _invoice(uow: "UnitOfWork", order: Order) -> Invoice:
    if order.customer_id is None:
        raise DomainError(
            "invoice_nobody", f"{order.number} names no buyer, so it has no invoice.", field="kind"
        )
    business, buyer = uow.businesses.get(), require_customer(uow, order.customer_id)
    rule, tax_id = rule_of(business.region), buyer.terms.tax_number
    return Invoice(
        **_who(uow, order, business),
        **_sold(uow, order, business, rule),
        heading=rule.heading(is_refund=order.is_refund, is_taxed=bool(order.tax_minor), buyer_tax_id=tax_id),
        buyer_address=buyer.address,
        buyer_tax_id=tax_id,
        tax_id_label=rule.tax_number,
        codes_label=rule.codes,
        supplied=order.day.isoformat(),
        words=rule.words(Money(order.total_minor, business.currency)) if rule.words else "",
        signed_by=rule.sign,
    )


def _who(uow: "UnitOfWork", order: Order, business: Business) -> dict[str, Any]:
    """Shop, number and customer, moment and till."""
    customer = require_customer(uow, order.customer_id) if order.customer_id is not None else None
    phone = customer.phone if customer else None
    return {
        "shop": header(business),
        "number": order.number,
        "pl_id": order.pl_id,
        "customer_name": order.customer_name,
        "customer_phone": phone.shown(business.region) if phone else "",
        "contact_name": "",
        "made_at": wall(order.at, business),
        "made_by": ", ".join(dict.fromkeys(filter(None, (order.till, order.by)))),
        "terms": business.terms,
    }


def _sold(uow: "UnitOfWork", order: Order, business: Business, rule: InvoiceRule) -> dict[str, Any]:
    """Lines, taxes and money."""
    letters = _letters(order)
    asked = None
    if order.status is OrderStatus.COMPLETED and order.owed_minor > 0:
        asked = qr_payment(payee_of(business), business.currency, order.owed_minor, order.number)
    return {
        "refund_of": order.refund_of,
        "voided": _voided(order, business),
        "prices": _INCLUDED if order.includes_tax else _ADDED,
        "lines": _lines(uow, order, business, letters),
        "taxes": _taxes(order, letters),
        "net_minor": order.net_minor,
        "total_minor": order.total_minor,
        "rounding_minor": order.rounding_minor,
        "payments": tuple(_paid(order, one) for one in order.payments),
        "change_minor": order.change_minor,
        "owed_minor": order.owed_minor,
        "exempt": order.exempt,
        "stamp": _stamp(order, business, rule),
        "scheme": asked.kind.value if asked else "",
        "payment": asked.payload if asked else "",
    }


def _stamp(order: Order, business: Business, rule: InvoiceRule) -> str:
    """The tax office's code, where the country has one and the shop a number: its last word."""
    if rule.stamp is None or not business.tax_id or not order.tax_minor:
        return ""
    total, tax = Money(order.total_minor, business.currency), Money(order.tax_minor, business.currency)
    return rule.stamp(Stamped(business.name, business.tax_id.split()[-1], order.at, total, tax))


def _voided(order: Order, business: Business) -> str:
    if order.voided_at is None:
        return ""
    at = wall_of(order.voided_at, business.time_zone)
    day, clock = local_day(at.date(), business.locale), local_time(at.time(), business.locale)
    return ": ".join(filter(None, (f"{day}, {clock}, {order.voided_by}", order.void_reason)))


# -- lines and taxes ---------------------------------------------------------------------------------------
def _letters(order: Order) -> dict[Any, str]:
    """A letter for each tax, in the order in which they were rung up; none where none was taken."""
    taxed = [] if order.exempt else [line.tax for line in order.lines if line.amounts.tax_minor]
    taxes = dict.fromkeys(taxed)
    return {tax: ascii_uppercase[place % 26] for place, tax in enumerate(taxes)}


def _lines(
    uow: "UnitOfWork", order: Order, business: Business, letters: dict[Any, str]
) -> tuple[SoldLine, ...]:
    told: set[tuple[str, int]] = set()
    found = []
    for line in order.lines:
        device = (line.number, line.job)
        is_first = line.kind is LineKind.TICKET and device not in told
        told.add(device)
        detail = _about_device(uow, line, business) if is_first else ""
        found.append(_line(line, detail, letters, is_inside=order.includes_tax))
    return tuple(found)


def _line(line: OrderLine, detail: str, letters: dict[Any, str], *, is_inside: bool) -> SoldLine:
    amounts = line.amounts
    return SoldLine(
        text=line.text,
        detail=detail,
        number=line.number,
        sku=line.sku,
        code=line.commodity_code,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        discount_minor=amounts.discount_minor,
        letter=letters.get(line.tax, ""),
        net_minor=amounts.net_minor,
        amount_minor=amounts.gross_minor if is_inside else amounts.net_minor,
    )


def _about_device(uow: "UnitOfWork", line: OrderLine, business: Business) -> str:
    """Serial and warranties of the device that a line of a ticket is about."""
    ticket = require_ticket(uow, line.number)
    job = next((one for one in ticket.jobs if one.position == line.job), None)
    if job is None:
        return ""
    return "\n".join(filter(None, (device_mark(job), warranty_words(uow, ticket, job, business))))


def _taxes(order: Order, letters: dict[Any, str]) -> tuple[TaxLine, ...]:
    """The table of taxes as the order sums it up; what a letter comes to stands in its last row."""
    rows = []
    for tax, letter in letters.items():
        parts = [row for row in order.taxes if row.tax == tax.name and row.part in tax.parts]
        whole = sum(row.tax_minor for row in parts)
        for place, row in enumerate(parts, start=1):
            gross = row.net_minor + whole if place == len(parts) else None
            rows.append(TaxLine(letter, row.part.name, row.part.rate, row.net_minor, row.tax_minor, gross))
    return tuple(rows)


# -- money -------------------------------------------------------------------------------------------------
def _paid(order: Order, payment: Payment) -> PaidLine:
    day = payment.day.isoformat() if payment.day != order.day else ""
    minor = payment.tendered_minor if payment.amount_minor > 0 else payment.amount_minor
    return PaidLine(payment.tender.value, payment.reference, day, minor)


def _dues(uow: "UnitOfWork", order: Order) -> tuple[DueLine, ...]:
    """What the customer owes for others."""
    if order.customer_id is None:
        return ()
    dues = uow.ledger.standing(order.customer_id).dues
    return tuple(
        DueLine(one.number, one.day.isoformat(), one.owed_minor)
        for one in dues
        if one.number != order.number and one.owed_minor > 0
    )


def _payment_receipt(uow: "UnitOfWork", payment: Payment) -> PaymentReceipt:
    business = uow.businesses.get()
    order = require_order(uow, payment.order) if payment.order else None
    customer = require_customer(uow, payment.customer_id) if payment.customer_id is not None else None
    heading, about = _purpose(payment, order)
    is_in = payment.amount_minor > 0
    return PaymentReceipt(
        shop=header(business),
        number=payment.number,
        pl_id=str(customer.pl_id) if customer else "",
        customer_name=customer.shown_name(business.region) if customer else "",
        customer_phone=customer.phone.shown(business.region) if customer and customer.phone else "",
        contact_name="",
        made_at=wall(payment.at, business),
        made_by=", ".join(dict.fromkeys(filter(None, (payment.till, payment.by)))),
        terms=business.terms,
        heading=heading,
        about=about,
        tender=payment.tender.value,
        reference=payment.reference,
        tendered_minor=payment.tendered_minor if is_in else payment.amount_minor,
        change_minor=payment.change_minor,
        rounding_minor=payment.rounding_minor,
        amount_minor=payment.amount_minor,
        left_minor=order.owed_minor if order and is_in else None,
    )


def _purpose(payment: Payment, order: Order | None) -> tuple[str, str]:
    """What a payment is called, and what it is for."""
    if order is None:
        return "Payment", "What was owed"
    if order.refund_of:
        return "Refund", f"{order.number}, refund of {order.refund_of}"
    if payment.reverses:
        return "Void", f"{order.number}, reverses {payment.reverses}"
    numbers = ", ".join(dict.fromkeys(line.number for line in order.lines if line.number))
    if all(line.kind is LineKind.DEPOSIT for line in order.lines):
        return "Deposit", f"Deposit for {numbers}"
    return "Payment", ", ".join(filter(None, (f"Sale {order.number}", numbers)))
