"""What a sale, a payment, a refund or a void does to gift cards, inside its transaction.

Cards are held after orders and items and before the shift, in the order of their keys, so that no two tills
spend what only one of them can.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import day_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.local_dates import local_day
from posapp.domain.base.numbers import Letter, kept_whole, number_of
from posapp.domain.selling.carts import CartLine, LineKind
from posapp.domain.selling.gift_cards import (
    MOST_MONTHS,
    CardMoveKind,
    CardUse,
    GiftCard,
    check_code,
    end_of,
    is_mistyped,
    new_code,
    plain_code,
)
from posapp.domain.selling.orders import Order, OrderLine
from posapp.domain.selling.payments import Tender, Tendered

if TYPE_CHECKING:
    from posapp.services.selling.records import Book
    from posapp.storage.unit_of_work import UnitOfWork

MONTHS = "gift_card_months"
"""The setting: for how many months a card is good from the day it is loaded; 0 (the default): for ever."""
_ACTIONS = {
    CardMoveKind.SOLD: Action.GIFT_CARD_SOLD,
    CardMoveKind.TOPPED_UP: Action.GIFT_CARD_TOPPED_UP,
    CardMoveKind.USED: Action.GIFT_CARD_USED,
    CardMoveKind.RETURNED: Action.GIFT_CARD_RETURNED,
    CardMoveKind.EXPIRED: Action.GIFT_CARD_EXPIRED,
}


# -- found -------------------------------------------------------------------------------------------------
def find_card(uow: "UnitOfWork", text: str) -> GiftCard | None:
    """The card of a code, or None for a text that is none or that no card has."""
    code = plain_code(text)
    return uow.gift_cards.by_code(code) if code else None


def require_card(uow: "UnitOfWork", text: str) -> GiftCard:
    """The card of a code or of its number in the books; refuses with `giftcard_unknown`, `code_invalid`."""
    number = number_of(text, Letter.GIFT_CARD, bare=False)
    if number is not None:
        found = uow.gift_cards.by_number(number)
        if found is None:
            raise DomainError("giftcard_unknown", f"There is no gift card G{number}.", field="code")
        return found
    code = check_code(text)
    found = uow.gift_cards.by_code(code)
    if found is None:
        more = " A sign of it is wrong: scan it, or type it again." if is_mistyped(code) else ""
        raise DomainError("giftcard_unknown", f"There is no gift card with this code.{more}", field="code")
    return found


def refuse_expired(uow: "UnitOfWork", card: GiftCard) -> None:
    """Refuse a card that pays nothing any more; what is on it stays there."""
    business = uow.businesses.get()
    if card.expires_on is not None and card.is_expired(business.day_of(uow.now)):
        until = local_day(card.expires_on, business.locale)
        raise DomainError("giftcard_expired", f"{card.number} was good until {until}.", field="code")


# -- held --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Cards:
    """The cards that a sale touches, kept from other tills: those that pay by code, those loaded by key."""

    by_code: dict[str, GiftCard]
    by_key: dict[int, GiftCard]

    def of(self, tendered: Tendered) -> GiftCard:
        """The card that pays."""
        return self.by_code[tendered.code]

    def reference(self, tendered: Tendered) -> str:
        """What its payment carries: the number of a card, else what a slip says."""
        return self.of(tendered).number if tendered.tender is Tender.GIFT_CARD else tendered.reference


def hold_cards(uow: "UnitOfWork", tenders: Iterable[Tendered], lines: Iterable[CartLine] = ()) -> Cards:
    """Hold the cards of tenders and of lines that top one up; refuses codes that no card has."""
    seen = _seen(uow, tenders)
    keys = {*seen.values(), *_topped_up(lines)}
    uow.gift_cards.hold(keys)
    found = {key: uow.gift_cards.get(key) for key in keys}
    held = {key: card for key, card in found.items() if card is not None}
    return Cards({code: held[key] for code, key in seen.items()}, held)


def _seen(uow: "UnitOfWork", tenders: Iterable[Tendered]) -> dict[str, int]:
    """The keys of the cards that pay, by their codes."""
    codes = sorted({one.code for one in tenders if one.tender is Tender.GIFT_CARD})
    if any(number_of(code, Letter.GIFT_CARD, bare=False) for code in codes):
        raise DomainError("code_invalid", "A gift card pays by its code: scan it.", field="code")
    return {code: require_card(uow, code).id for code in codes}


def _topped_up(lines: Iterable[CartLine]) -> set[int]:
    return {line.card for line in lines if line.kind is LineKind.GIFT_CARD and line.card}


def check_cards(uow: "UnitOfWork", cards: Cards, tenders: Iterable[Tendered], most_minor: int) -> None:
    """Refuse cards that hold less than they are to pay, and to pay for cards (all but `most_minor`)."""
    asked: dict[int, int] = {}
    for one in tenders:
        if one.tender is Tender.GIFT_CARD:
            card = cards.of(one)
            asked[card.id] = asked.get(card.id, 0) + one.amount_minor
    for key, minor in asked.items():
        card = cards.by_key[key]
        refuse_expired(uow, card)
        if minor > card.balance_minor:
            raise _short(uow, card)
    if asked and sum(asked.values()) > most_minor:
        raise DomainError(
            "giftcard_for_card",
            "A gift card is not paid with a gift card. Take money for it.",
            field="amount",
            most_minor=most_minor,
        )


def _short(uow: "UnitOfWork", card: GiftCard) -> DomainError:
    used = uow.gift_cards.last_use(card.id)
    when = f" {_used_at(uow, used)}." if used else ""
    return DomainError(
        "giftcard_short",
        f"There is {uow.businesses.get().shown(card.balance_minor)} on {card.number}.{when}",
        field="amount",
        balance_minor=card.balance_minor,
    )


def _used_at(uow: "UnitOfWork", used: CardUse) -> str:
    return f"{used.till} used it at {uow.businesses.get().clock_of(used.at, uow.now)}"


def check_card_line(uow: "UnitOfWork", cards: Cards, line: CartLine) -> None:
    """Refuse to sell a card of nothing, and to top one up that is unknown or no longer good."""
    if not line.unit_minor:
        raise DomainError("amount_invalid", "Enter an amount above zero.", field="amount")
    if line.card and line.card not in cards.by_key:
        raise DomainError("giftcard_unknown", "This gift card is not known here.", field="line")
    if line.card:
        refuse_expired(uow, cards.by_key[line.card])


# -- moved -------------------------------------------------------------------------------------------------
def move_card(
    uow: "UnitOfWork",
    card: GiftCard,
    kind: CardMoveKind,
    minor: int,
    *,
    day: int,
    order_id: int | None = None,
    line_id: int | None = None,
    payment_id: int | None = None,
) -> None:
    """What is on a card grows by so much, or (below zero) less; the journal tells of it."""
    cause = {"order_id": order_id, "line_id": line_id, "payment_id": payment_id}
    uow.gift_cards.move(card.id, kind, minor, business_day=day, **cause)
    uow.journal.add(_ACTIONS[kind], "gift_card", card.id, ref=card.number, after={"amount_minor": minor})


def load_card(
    book: "Book", line: CartLine, *, order_id: int, line_id: int, code: str, customer_id: int | None
) -> str:
    """A line sells a card, whose code is given back, or tops one up ("")."""
    uow = book.uow
    kind, told = CardMoveKind.TOPPED_UP, ""
    if line.card:
        card = _held_again(uow, line.card)
        end = _end(uow, day_of(book.day))
        if end is not None and card.expires_on is not None and end > card.expires_on:
            uow.gift_cards.extend(card.id, end)
    else:
        kind = CardMoveKind.SOLD
        card, told = make_card(book, code, customer_id)
    move_card(uow, card, kind, line.unit_minor, day=book.day, order_id=order_id, line_id=line_id)
    return told


def make_card(book: "Book", code: str, customer_id: int | None) -> tuple[GiftCard, str]:
    """A card with the next number, on which nothing is yet, and its code: a new one unless one is printed."""
    uow = book.uow
    code = check_code(code) if code else new_code()
    number = uow.counters.next(Letter.GIFT_CARD)
    end = _end(uow, day_of(book.day))
    key = uow.gift_cards.add(number, code, customer_id=customer_id, expires_on=end)
    return _held_again(uow, key), code


def months_of(uow: "UnitOfWork") -> int:
    """For how many months a card is good."""
    return kept_whole(uow.businesses.settings().get(MONTHS), 0, most=MOST_MONTHS)


def _end(uow: "UnitOfWork", day: date) -> date | None:
    return end_of(day, months_of(uow))


def _held_again(uow: "UnitOfWork", key: int) -> GiftCard:
    card = uow.gift_cards.get(key)
    assert card is not None
    return card


# -- given back --------------------------------------------------------------------------------------------
def hold_cards_of(
    uow: "UnitOfWork", order: Order, tenders: Iterable[Tendered] = (), lines: Iterable[CartLine] = ()
) -> None:
    """Hold the cards that an order loaded, those that paid it, and those of what is sold in the same step."""
    numbers = {line.number for line in order.lines if line.kind is LineKind.GIFT_CARD}
    loaded = {require_card(uow, number).id for number in numbers}
    beside = {*_seen(uow, tenders).values(), *_topped_up(lines)}
    uow.gift_cards.hold({*loaded, *uow.gift_cards.that_paid(order.id), *beside})


def refuse_used(uow: "UnitOfWork", order: Order, lines: Iterable[OrderLine]) -> None:
    """Refuse to void a sale of cards that have paid since."""
    loaded: dict[str, int] = {}
    for line in lines:
        loaded[line.number] = loaded.get(line.number, 0) + line.amounts.gross_minor
    for number, minor in loaded.items():
        card = require_card(uow, number)
        if card.balance_minor < minor:
            used = uow.gift_cards.last_use(card.id)
            when = _used_at(uow, used) if used else "it was used"
            raise DomainError(
                "giftcard_used", f"{order.number} sold {number}, and {when}.", field="number", card=number
            )


def shares_of(book: "Book", order: Order, minor: int) -> tuple[list[tuple[GiftCard, int]], str]:
    """Which cards take so much back, those first that paid; a new one, whose code is told, for the rest.

    What a card paid that is no longer good goes to the new one.
    """
    uow, found = book.uow, []
    today = uow.businesses.get().day_of(uow.now)
    paid = [(_held_again(uow, key), part) for key, part in uow.gift_cards.that_paid(order.id).items()]
    good = [(card, part) for card, part in paid if not card.is_expired(today)]
    for card, part in good:
        share = min(max(part, 0), minor)
        if share:
            found.append((card, share))
            minor -= share
    if not minor:
        return found, ""
    card, code = make_card(book, "", order.customer_id)
    return [*found, (card, minor)], code
