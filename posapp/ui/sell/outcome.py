"""What is said once money has changed hands: paid or given back, how much, and what to hand over now."""

from dataclasses import dataclass, replace

from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.payments import Payment, Tender
from posapp.services.selling.order_commands import Exchanged, Paid, Sold
from posapp.ui.sell.tenders import tender_words
from posapp.ui.wording import Wording, translator

_tr = translator("SaleDone")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ask` and `figure` stand large; `paper` is the number whose paper is shown, "" for none."""

    title: str
    number: str
    head: str
    tone: str
    ask: str
    figure: str
    lines: tuple[tuple[str, str], ...]
    paper: str = ""
    job_id: int | None = None
    tickets: tuple[str, ...] = ()
    cards: tuple[tuple[str, str], ...] = ()
    """Gift cards that were loaded: number, and the code of a new one."""
    others: tuple[tuple[str, int | None], ...] = ()
    """Further papers with their jobs."""
    owed_minor: int = 0
    """What it leaves on account itself."""


def of_sale(sold: Sold, wording: Wording) -> Outcome:
    """A sale, or a refund, that was completed."""
    order, price = sold.order, wording.price
    if order.is_refund:
        return _of_refund(sold, wording)
    is_open = order.owed_minor > 0
    head = _tr("{price} on account").format(price=price(order.owed_minor)) if is_open else _tr("Paid in full")
    paid = _paid_line(order.payments, wording)
    codes = dict(sold.codes)
    loaded = [line for line in order.lines if line.kind is LineKind.GIFT_CARD]
    cards = {line.number: codes.get(line.position, "") for line in loaded}
    work = (line.number for line in order.lines if line.kind is LineKind.TICKET)
    return Outcome(
        _tr("Sale done"),
        order.number,
        head,
        "warning" if is_open else "success",
        *_change(order.change_minor, wording),
        ((_tr("{number}, total").format(number=order.number), price(order.total_minor)), *paid),
        paper=order.number,
        job_id=sold.job_id,
        tickets=tuple(dict.fromkeys(work)),
        cards=tuple(cards.items()),
        owed_minor=order.owed_minor,
    )


def of_exchange(made: Exchanged, wording: Wording) -> Outcome:
    """Goods came back and others went out: both papers, and what changes hands in the end."""
    back, sale, price = made.back.order, made.sold.order, wording.price
    done = of_sale(made.sold, wording)
    in_cash = [one for order in (back, sale) for one in order.payments if one.tender is Tender.CASH]
    out = -sum(one.amount_minor for one in in_cash)
    ask, figure = (_tr("Give back"), price(out)) if out > 0 else _change(sale.change_minor, wording)
    came = (_tr("{number}, given back").format(number=back.number), price(-back.total_minor))
    return replace(
        done,
        title=_tr("Exchange done"),
        ask=ask,
        figure=figure,
        lines=(came, done.lines[0]),
        others=((back.number, made.back.job_id),),
        cards=(*_new_card(made.back), *done.cards),
    )


def of_debt(paid: Paid, wording: Wording) -> Outcome:
    """Money that was taken for a debt."""
    settled = sum(one.settled_minor for one in paid.payments)
    left = paid.standing.debt_minor if paid.standing is not None else 0
    price, numbers = wording.price, ", ".join(one.number for one in paid.payments)
    head = _tr("Still owes {price}").format(price=price(left)) if left > 0 else _tr("Owes nothing now")
    lines = ((_tr("Taken off the debt"), price(settled)), *_paid_line(paid.payments, wording))
    tone, change = ("warning" if left > 0 else "success"), _change(paid.change_minor, wording)
    papers = [(one.number, job) for one, job in zip(paid.payments, paid.job_ids, strict=False)]
    return Outcome(
        _tr("Debt paid"),
        numbers,
        head,
        tone,
        *change,
        lines,
        paper=paid.payments[0].number,
        job_id=papers[0][1] if papers else None,
        others=tuple(papers[1:]),
    )


def _of_refund(sold: Sold, wording: Wording) -> Outcome:
    order, price = sold.order, wording.price
    cash = -sum(one.amount_minor for one in order.payments if one.tender is Tender.CASH)
    total = _tr("{number}, given back").format(number=order.number)
    head = _tr("Refund of {number}").format(number=order.refund_of)
    ask, figure = (_tr("Give back"), price(cash)) if cash > 0 else (_tr("No cash to give"), "")
    lines = ((total, price(-order.total_minor)), *_paid_line(order.payments, wording))
    cards = _new_card(sold)
    title, paper = _tr("Refund done"), order.number
    return Outcome(
        title, order.number, head, "success", ask, figure, lines, paper, job_id=sold.job_id, cards=cards
    )


def _new_card(sold: Sold) -> tuple[tuple[str, str], ...]:
    """The card that a refund made: it takes what is left, so it is the last that was paid."""
    numbers = [one.reference for one in sold.order.payments if one.tender is Tender.GIFT_CARD]
    return tuple((numbers[-1], code) for _, code in sold.codes)


def _change(minor: int, wording: Wording) -> tuple[str, str]:
    return (_tr("Give change"), wording.price(minor)) if minor > 0 else (_tr("No change"), "")


def _paid_line(payments: tuple[Payment, ...], wording: Wording) -> tuple[tuple[str, str], ...]:
    """`Card €80.00, Cash €50.00` and their sum, as they were handed over; one alone says its amount once."""
    if not payments:
        return ()
    if len(payments) == 1:
        return ((tender_words(payments[0].tender), wording.price(abs(_handed(payments[0])))),)
    parts = [
        _tr("{tender} {price}").format(
            tender=tender_words(one.tender), price=wording.price(abs(_handed(one)))
        )
        for one in payments
    ]
    return ((", ".join(parts), wording.price(abs(sum(map(_handed, payments))))),)


def _handed(payment: Payment) -> int:
    return payment.tendered_minor if payment.amount_minor > 0 else payment.amount_minor
