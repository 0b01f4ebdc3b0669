"""Days of a shop, drawn by hypothesis: what is rung up, how it is paid, what comes back, what is void."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import ItemKind
from posapp.domain.catalogue.taxes import TaxPart
from posapp.domain.customers.customers import Terms
from posapp.domain.selling.amounts import Discount
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.payments import Tender, Tendered
from posapp.domain.shop.businesses import TaxRounding
from posapp.services.catalogue.items import command_of
from posapp.services.catalogue.taxes import SetTax
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Exchange, Pay, Refund, RefundLine, Sell, Sold
from posapp.services.selling.shifts import CloseShift
from posapp.services.shop.businesses import EditBusiness
from tests.books import check_order, check_paid, written
from tests.factories import TILL, a_customer, a_shop, the_clock
from tests.repairs import a_device, a_ticket
from tests.sales import by_card, card, cash, goods, sold

T = TypeVar("T")
PIECES = 100_000
OTHER = "Till 2"
PRICES = st.one_of(st.integers(0, 200), st.integers(0, 99_999))
HOMES = {
    "EUR": (
        "IE",
        EditBusiness(cash_rounding_minor=5, tax_rounding=TaxRounding.LINE, prices_include_tax=True),
    ),
    "JPY": ("JP", EditBusiness(tax_rounding=TaxRounding.RATE, prices_include_tax=False)),
    "KWD": (
        "KW",
        EditBusiness(cash_rounding_minor=5, tax_rounding=TaxRounding.RATE, prices_include_tax=True),
    ),
}
"""The currencies, each in a shop that prices and rounds in another way."""
REFUSED = frozenset(
    {
        "refund_too_much", "refund_invalid", "void_late", "void_invalid", "void_refunded", "void_paid",
        "giftcard_for_card", "giftcard_used", "deposit_used", "nothing_owed", "customer_missing",
        "discount_invalid", "line_unknown", "tender_too_much", "credit_short", "giftcard_short",
        "order_unknown", "drawer_short", "not_paid",
    }
)  # fmt: skip
"""What a step may be told that does not fit what was before it."""


def found_shop(place: str, currency: str) -> None:
    """A shop of that currency: three items with different taxes, two customers, a drawer that is open."""
    region, settings = HOMES[currency]
    shop = a_shop(place, currency=currency, region=region)
    actor = shop.actor(TILL)
    shop.businesses.edit(actor, settings)
    keys = [
        shop.taxes.set(actor, SetTax(name=name, rate=rate, parts=parts)).id
        for name, rate, parts in (
            ("VAT", 190_000, ()),
            ("GST", 180_000, (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000))),
            ("Low", 7_125, ()),
        )
    ]
    for key in keys:
        goods(shop, actor, 1000, opening=PIECES, tax_id=key)
    a_customer(shop, actor)
    other = a_customer(shop, actor, "Charity")
    shop.customers.edit(
        actor, EditCustomer(customer_id=other.id, terms=Terms(None, "Charity", "IE 99", 5000))
    )
    shop.shifts.open(actor, 10**9)
    shop.close()


@dataclass(frozen=True, slots=True)
class Ring:
    """Goods: which item, price, pieces, percent off; percent off the whole; whose; how it is paid."""

    lines: list[tuple[int, int, int, int]]
    off: int
    whose: int
    how: str
    more: int

    def act(self, story: "Story") -> None:
        cart = Cart(discount=Discount(percent=self.off * 10_000))
        for which, price, pieces, less in self.lines:
            [line] = story.shop.orders.scanned(story.actor, story.skus[which], story.who(self.whose)).lines
            off = Discount(percent=less * 10_000)
            cart = cart.with_line(replace(line, unit_minor=price, quantity=pieces, discount=off))
        story.sell(cart, self.whose, self.how, self.more)


@dataclass(frozen=True, slots=True)
class LoadCard:
    """A gift card is sold, or one that was sold is topped up."""

    minor: int
    is_new: bool
    how: str

    def act(self, story: "Story") -> None:
        code = "" if self.is_new or not story.codes else story.codes[-1]
        made = story.sell(Cart((story.shop.gift_cards.line(story.actor, self.minor, code),)), 1, self.how, 7)
        if made is not None:
            story.codes += [code for _, code in made.codes]


@dataclass(frozen=True, slots=True)
class Repair:
    """A device is taken in at a price, a deposit is left, and it is paid for."""

    price: int
    deposit: int
    whose: int
    how: str

    def act(self, story: "Story") -> None:
        shop, actor, who = story.shop, story.actor, story.who(self.whose or 1)
        number = a_ticket(shop, actor, a_device(price_minor=self.price), customer_id=who).number
        if self.deposit:
            text = "Deposit"
            line = CartLine(kind=LineKind.DEPOSIT, text=text, unit_minor=self.deposit, number=number)
            story.sell(Cart((line,)), self.whose or 1, "cash", 3)
        cart = Cart(shop.orders.scanned(actor, number, who).lines)
        story.sell(cart, self.whose or 1, self.how, 11, held=self.deposit)


@dataclass(frozen=True, slots=True)
class Back:
    """Something of a sale comes back, or all that is left of it."""

    sale: int
    position: int
    pieces: int
    minor: int
    to: Tender
    is_restocked: bool

    def act(self, story: "Story") -> None:
        number = story.sales[self.sale % len(story.sales)] if story.sales else "S1"
        lines = (RefundLine(position=self.position, quantity=self.pieces, is_restocked=self.is_restocked),)
        command = Refund(number=number, lines=lines if self.position else (), to=self.to)
        if self.minor:
            command = Refund(number=number, amount_minor=self.minor, to=self.to)
        made = story.tried(lambda: story.shop.refunds.refund(story.actor, command))
        if made is not None:
            check_order(made.order)
            out = sum(one.settled_minor for one in made.order.payments)
            assert made.order.total_minor <= out <= 0


@dataclass(frozen=True, slots=True)
class Swap:
    """Something of a sale comes back and goods go out for it; whatever is left to pay is paid in some way."""

    sale: int
    position: int
    pieces: int
    to: Tender
    which: int
    price: int
    how: str

    def act(self, story: "Story") -> None:
        shop, actor = story.shop, story.actor
        number = story.sales[self.sale % len(story.sales)] if story.sales else "S1"
        lines = (RefundLine(position=self.position, quantity=self.pieces),) if self.position else ()
        [line] = shop.orders.scanned(actor, story.skus[self.which]).lines
        cart = Cart((replace(line, unit_minor=self.price),))
        command = Exchange(refund=Refund(number=number, lines=lines, to=self.to), sale=Sell(cart=cart))
        plan = story.tried(lambda: shop.exchanges.plan(actor, command))
        if plan is None:
            return
        tenders = story.tenders(plan.left_minor, self.how, 13, plan.refund.order.customer_id)
        paid = replace(command, sale=replace(command.sale, tenders=tenders))
        made = story.tried(lambda: shop.exchanges.exchange(actor, paid))
        if made is not None:
            story.sales.append(made.sold.order.number)
            check_order(made.back.order)
            check_order(made.sold.order)
            check_paid(made.sold.order)


@dataclass(frozen=True, slots=True)
class Recast:
    """Goods become parts, or parts become goods."""

    which: int

    def act(self, story: "Story") -> None:
        shop, actor = story.shop, story.actor
        [item] = [one for one in shop.items.find(actor) if one.sku == story.skus[self.which]]
        kind = ItemKind.PART if item.kind is ItemKind.GOODS else ItemKind.GOODS
        shop.items.save(actor, replace(command_of(item), kind=kind))


@dataclass(frozen=True, slots=True)
class Void:
    """The last sale is void."""

    def act(self, story: "Story") -> None:
        number = story.sales[-1] if story.sales else "S1"
        story.tried(lambda: story.shop.refunds.void(story.actor, number, "wrong"))


@dataclass(frozen=True, slots=True)
class Debt:
    """A customer pays what is owed, or a part of it."""

    whose: int
    minor: int
    how: str

    def act(self, story: "Story") -> None:
        who = story.who(self.whose or 1)
        standing = story.shop.orders.counter(story.actor, who).standing
        assert standing is not None
        minor = min(self.minor, standing.debt_minor)
        tenders = {"card": (card(minor),), "credit": (Tendered(Tender.CREDIT, minor),)}
        tender = tenders.get(self.how, (cash(self.minor),))
        made = story.tried(lambda: story.shop.orders.pay(story.actor, Pay(customer_id=who, tenders=tender)))
        if made is not None:
            paid = sum(one.settled_minor for one in made.payments)
            assert made.standing is not None
            assert made.standing.debt_minor == standing.debt_minor - paid


@dataclass(frozen=True, slots=True)
class Count:
    """The drawer is counted and closed; the next shift begins, some hours later."""

    counted: int
    hours: int

    def act(self, story: "Story") -> None:
        story.shop.shifts.close(story.actor, CloseShift(counted_minor=self.counted))
        the_clock(story.shop).advance(timedelta(hours=self.hours))
        story.shop.shifts.open(story.actor, 10**9)


@dataclass(frozen=True, slots=True)
class Walk:
    """The clerk goes to the other till, whose drawer has another shift."""

    def act(self, story: "Story") -> None:
        shop = story.shop
        story.actor = shop.actor(OTHER if story.actor.till == TILL else TILL)
        if shop.orders.counter(story.actor).shift is None:
            shop.shifts.open(story.actor, 10**9)


Step = Ring | LoadCard | Repair | Back | Swap | Recast | Void | Debt | Count | Walk
HOW = st.sampled_from(["cash", "over", "card", "split", "transfer", "account", "credit", "gift card"])
WHOSE = st.integers(0, 2)
LINE = st.tuples(st.integers(0, 2), PRICES, st.integers(1, 9), st.sampled_from([0, 0, 0, 10, 33, 100]))
RING = st.builds(
    Ring,
    st.lists(LINE, min_size=1, max_size=5),
    st.sampled_from([0, 0, 0, 5, 33, 100]),
    WHOSE,
    HOW,
    st.integers(0, 5000),
)
TO = st.sampled_from([Tender.CASH, Tender.CARD, Tender.TRANSFER, Tender.CREDIT, Tender.GIFT_CARD])
BACK = st.builds(
    Back,
    st.integers(0, 20),
    st.integers(0, 3),
    st.integers(0, 4),
    st.one_of(st.just(0), st.integers(1, 20_000)),
    TO,
    st.booleans(),
)
SWAP = st.builds(
    Swap, st.integers(0, 20), st.integers(0, 3), st.integers(0, 4), TO, st.integers(0, 2), PRICES, HOW
)
STEP = st.one_of(
    RING,
    RING,
    BACK,
    BACK,
    SWAP,
    st.builds(Recast, st.integers(0, 2)),
    st.builds(LoadCard, st.integers(1, 20_000), st.booleans(), HOW),
    st.builds(Repair, st.integers(1, 20_000), st.integers(0, 25_000), WHOSE, HOW),
    st.builds(Debt, WHOSE, st.integers(1, 20_000), HOW),
    st.just(Void()),
    st.just(Walk()),
    st.builds(Count, st.integers(0, 10**9), st.integers(0, 30)),
)
STORIES = st.lists(STEP, min_size=4, max_size=10)


class Story:
    """A shop in which steps happen one after the other."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.actor = shop, shop.actor(TILL)
        self.skus = [one.sku for one in shop.items.find(self.actor)]
        self.sales: list[str] = []
        self.codes: list[str] = []

    def who(self, whose: int) -> int | None:
        """Nobody, or a customer by key."""
        return whose or None

    def tried(self, act: Callable[[], T]) -> T | None:
        """What came of an act; one that is refused writes nothing."""
        before = written(self.shop, self.actor)
        try:
            return act()
        except DomainError as refused:
            assert refused.code in REFUSED, refused.code
            assert written(self.shop, self.actor) == before
            return None

    def sell(self, cart: Cart, whose: int, how: str, more: int, *, held: int = 0) -> Sold | None:
        """Complete a sale that is paid in some way."""
        who = self.who(whose)
        counter = self.shop.orders.counter(self.actor, who)
        total = cart.sums(counter.rules).total_minor
        left = max(total - held, 0)
        tenders = self.tenders(left, how, more, who)
        made = self.tried(lambda: sold(self.shop, self.actor, cart=cart, customer_id=who, tenders=tenders))
        if made is None:
            return None
        self.sales.append(made.order.number)
        assert made.order.total_minor == total
        check_order(made.order)
        check_paid(made.order)
        return made

    def tenders(self, left: int, how: str, more: int, who: int | None) -> tuple[Tendered, ...]:
        """What lies on the table for so much."""
        if not left:
            return ()
        first: Tendered | None = None
        match how:
            case "over":
                return (cash(left + more),)
            case "card":
                return (card(left, "4711"),)
            case "transfer":
                return (Tendered(Tender.TRANSFER, left),)
            case "split":
                first = card(left // 3) if left >= 3 else None
            case "account":
                first = Tendered(Tender.ACCOUNT, max(left - more, 1))
            case "credit":
                first = self._credit(left, who)
            case "gift card":
                first = self._gift_card(left)
        rest = left - (first.amount_minor if first else 0)
        return tuple(filter(None, (first, cash(rest) if rest else None)))

    def _credit(self, left: int, who: int | None) -> Tendered | None:
        standing = self.shop.orders.counter(self.actor, who).standing
        has = min(standing.credit_minor if standing else 0, left)
        return Tendered(Tender.CREDIT, has) if has else None

    def _gift_card(self, left: int) -> Tendered | None:
        if not self.codes:
            return None
        has = min(self.shop.gift_cards.balance(self.actor, self.codes[-1]).balance_minor, left)
        return by_card(self.codes[-1], has) if has else None

    def give_all_back(self) -> None:
        """Whatever is left of each sale comes back in cash, the last one first."""
        for number in reversed(self.sales):
            self.tried(partial(self.shop.refunds.refund, self.actor, Refund(number=number)))
