"""What the till does that is killed: it books, sells and moves money, and says what is saved.

A line of its output is a number (B, S, P, G, Z) whose transaction was committed before the line was written.
"""

import random
from contextlib import suppress
from datetime import datetime, timedelta

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.payments import Tender, Tendered
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.customers.customers import EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.selling.order_commands import Pay, Refund, RefundLine, Sold
from posapp.services.selling.shifts import CloseShift
from posapp.services.shop.businesses import SaveResource
from tests.factories import NOW, TILL, a_phone, at
from tests.sales import a_cart, by_card, card, cash, goods, sold

PAPER = Output(paper=PaperSize.A4, printer="Nowhere")
FLOAT, LOADED = 100_000, 3000
OTHERS_WERE_QUICKER = ("shift_missing", "shift_closed", "void_late", "drawer_short")


def prepare(shop: Shop) -> None:
    """Give the bench and the shelves room for everything."""
    actor = shop.actor(TILL)
    [bench] = shop.businesses.catalogue(actor).resources
    command = SaveResource(id=bench.id, kind=ResourceKind.BENCH, name=bench.name, capacity=100_000)
    shop.businesses.save_resource(actor, command)
    shop.shifts.open(actor, FLOAT)
    for _ in range(3):
        goods(shop, actor, opening=1_000_000)


def do_for_ever(place: str, chance: random.Random) -> None:
    """Until it is killed. What another till was quicker with is refused, and the stream goes on."""
    shop = open_shop(place, clock=_Clock())
    till = _Till(shop, shop.actor(TILL), chance)
    while True:
        try:
            till.serve()
        except DomainError as refused:
            if refused.code not in OTHERS_WERE_QUICKER:
                raise
            if refused.code in ("shift_missing", "shift_closed"):  # somebody was killed before opening it
                till.open()


class _Till:
    def __init__(self, shop: Shop, actor: Actor, chance: random.Random) -> None:
        self._shop, self._actor, self._chance = shop, actor, chance
        self._skus = [one.sku for one in shop.items.find(actor)]
        self._codes: list[str] = []

    def open(self) -> None:
        """Begin a shift, unless another till just did."""
        with suppress(DomainError):
            self._shop.shifts.open(self._actor, FLOAT)

    def serve(self) -> None:
        """One customer: a booking, a deposit for it perhaps, a sale, and what follows from one."""
        shop, actor, chance = self._shop, self._actor, self._chance
        who = FindOrCreate(phone=a_phone(chance.randrange(500_000)), name=f"Name {chance.random()}")
        start = at(9 + chance.randrange(8)) + timedelta(days=chance.randrange(40))
        person = f"Person {chance.randrange(5)}"
        booked = shop.bookings.book(actor, MakeBooking(starts=start, who=who, person=person, output=PAPER))
        number, customer_id = booked.booking.number, booked.customer.id
        _say(number)
        act = chance.choice((self._sell, self._sell, self._sell, self._card, self._account, self._close))
        act(customer_id)
        if chance.random() < 0.4:
            self._deposit(customer_id, number)
        self._do_more(customer_id, number)

    def _sell(self, customer_id: int) -> None:
        """A sale of a few lines, with a customer or without, in various ways; now and then it comes back."""
        chance = self._chance
        cart = a_cart(
            self._shop, self._actor, *(chance.choice(self._skus) for _ in range(chance.randrange(1, 4)))
        )
        total = self._total(cart)
        ways = [(cash(total),), (card(total // 2), cash(total))]
        if self._codes and total > 1:
            code = self._codes.pop()
            ways = [(by_card(code, min(total, LOADED)), cash(total))]
        whose = customer_id if chance.random() < 0.5 else None
        made = self._said(
            sold(self._shop, self._actor, cart=cart, tenders=chance.choice(ways), customer_id=whose)
        )
        self._undo(made, whose)

    def _undo(self, made: Sold, whose: int | None) -> None:
        number, refunds = made.order.number, self._shop.refunds
        match self._chance.randrange(8):
            case 0:
                self._said(refunds.refund(self._actor, Refund(number=number, output=PAPER)))
            case 1:
                some = (RefundLine(position=1, quantity=1),)
                self._said(refunds.refund(self._actor, Refund(number=number, lines=some, to=Tender.CARD)))
                to = Tender.CREDIT if whose else Tender.GIFT_CARD
                if self._shop.orders.get(self._actor, number).left_minor:
                    self._said(refunds.refund(self._actor, Refund(number=number, amount_minor=1, to=to)))
            case 2:
                refunds.void(self._actor, number, "wrong")

    def _card(self, customer_id: int) -> None:
        """A gift card is sold; the next sale is paid with it."""
        cart = Cart((self._shop.gift_cards.line(self._actor, LOADED),))
        made = self._said(sold(self._shop, self._actor, cart=cart, customer_id=customer_id))
        self._codes += [code for _, code in made.codes]

    def _account(self, customer_id: int) -> None:
        """Something is put on account, and paid in two parts."""
        cart = a_cart(self._shop, self._actor, self._chance.choice(self._skus))
        total = self._total(cart)
        tenders = (Tendered(Tender.ACCOUNT, total),)
        self._said(sold(self._shop, self._actor, cart=cart, tenders=tenders, customer_id=customer_id))
        for tender in (card(total // 2), cash(total)):
            paid = self._shop.orders.pay(self._actor, Pay(customer_id=customer_id, tenders=(tender,)))
            for one in paid.payments:
                _say(one.number)

    def _deposit(self, customer_id: int, number: str) -> None:
        line = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=500, number=number)
        made = self._said(sold(self._shop, self._actor, cart=Cart((line,)), customer_id=customer_id))
        if self._chance.random() < 0.3:
            self._said(self._shop.refunds.refund(self._actor, Refund(number=made.order.number)))

    def _close(self, _customer_id: int) -> None:
        """The drawer is counted, and a new shift begins."""
        closing = self._shop.shifts.close(
            self._actor, CloseShift(counted_minor=FLOAT, output=PAPER)
        ).shift.closing
        assert closing is not None
        _say(closing.number)
        self.open()

    def _do_more(self, customer_id: int, number: str) -> None:
        shop, actor, chance = self._shop, self._actor, self._chance
        status = type(shop.bookings.get(actor, number).status)
        match chance.randrange(3):
            case 0:
                shop.bookings.set_status(actor, number, status.ARRIVED)
            case 1:
                note = f"note {chance.random()}"
                edit = EditCustomer(customer_id=customer_id, name=f"New {note}", note=note)
                shop.customers.edit(actor, edit)
            case _:
                shop.bookings.set_status(actor, number, status.CANCELLED, reason="x")

    def _total(self, cart: Cart) -> int:
        return cart.sums(self._shop.orders.counter(self._actor).rules).total_minor

    def _said(self, made: Sold) -> Sold:
        _say(made.order.number)
        for one in made.order.payments:
            _say(one.number)
        for line in made.order.lines:
            if line.kind is LineKind.GIFT_CARD:
                _say(line.number)
        return made


def _say(number: str) -> None:
    print(number, flush=True)


class _Clock:
    """The time of the tests' shop, so that no booking is in the past."""

    def now(self) -> datetime:
        return NOW
